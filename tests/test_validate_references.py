"""What is doubtful about references, which are never cited, and what that does to the reports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from documents import make_project
from rapportbygger.diagnostics import Location, Said, Severity
from rapportbygger.model import Project, Reference, Report
from rapportbygger.schedule import Result, build
from rapportbygger.validate.references import references, uncited


def reference(key: str, line: int = 1, **item: Any) -> Reference:
    """A book in kilder.yaml that has a title."""
    made = {"type": "book", "title": "Boka"} | item
    return Reference(
        key, {"id": key, **{name: value for name, value in made.items() if value}}, Location("k.yaml", line)
    )


def told(*several: Reference) -> list[tuple[str, Severity, str]]:
    by_key, _errors = references(several)
    return [
        (str(problem.location), problem.severity, problem.message)
        for one in by_key.values()
        for problem in one.problems
    ]


@pytest.mark.parametrize(
    ("item", "message", "hint"),
    [
        ({"title": ""}, "reference «a» has no title", "add `title`"),
        ({"type": ""}, "reference «a» has no type", "`book`, `chapter`"),
        ({"type": "artikkel"}, "«a» is of an unknown type, «artikkel»", "did you mean «article»?"),
        ({"type": "xyz"}, "«a» is of an unknown type, «xyz»", "use `document`"),
    ],
)
def test_what_is_missing_is_a_warning(item: dict[str, Any], message: str, hint: str) -> None:
    one = reference("a", 7, **item)
    by_key, errors = references([one])
    [problem] = by_key["a"].problems
    assert (problem.severity, str(problem.location), problem.message) == (Severity.WARNING, "k.yaml:7", message)
    assert hint in problem.hint
    assert errors == ()


def test_nobody_reads_a_work_before_it_is_published() -> None:
    issued, read = {"date-parts": [[2021, 5]]}, {"date-parts": [[2021, 4, 30]]}
    assert told(reference("a", 3, issued=issued, accessed=read)) == [
        ("k.yaml:3", Severity.WARNING, "reference «a» was accessed before it was published")
    ]
    assert told(reference("a", 3, issued=issued, accessed={"date-parts": [[2021, 5, 1]]})) == []
    assert told(reference("a", 3, issued=issued, accessed={"date-parts": [[2021]]})) == []


def test_letters_need_no_title() -> None:
    assert told(reference("a", type="personal_communication", title="")) == []


def test_the_same_key_twice_is_an_error_unless_the_works_are_alike() -> None:
    message = "two references have the key «a»; the other is at k.yaml:1"
    assert told(reference("a"), reference("a", 5, title="En annen")) == [("k.yaml:5", Severity.ERROR, message)]
    assert told(reference("a"), reference("a", 5)) == [("k.yaml:5", Severity.WARNING, message)]


def test_the_first_of_two_is_used() -> None:
    by_key, errors = references([reference("a", title="Den ene"), reference("a", title="Den andre")])
    assert (by_key["a"].item or {})["title"] == "Den ene"
    assert [problem.code for problem in errors] == ["duplicate-reference"]


# ---------------------------------------------------------------------------------------------------------- never cited


def project(*keys: str, nocite: tuple[str, ...] = (), data: Any = None) -> Project:
    several = {key: reference(key, line) for line, key in enumerate(keys, 1)}
    listed = tuple(Said(key, Location("content/report.yaml", 1)) for key in nocite)
    report = Report("r", "T", "nb", (), nocite=listed)
    return Project(Path(), (report,), bibliography=several, data=data or {})


def test_references_that_are_never_cited_are_one_line() -> None:
    texts = ["Om [@a, s. 3; se -@b:2]. Og @c. {kilde}", "[@{d e}, s. 2]\n\n@f: ja"]
    [problem] = uncited(project("a", "b:2", "c", "d e", "f", "g", "h"), texts)
    assert (problem.severity, str(problem.location)) == (Severity.INFO, "k.yaml:6")
    assert problem.message == "2 references are never cited: «g», «h»"


def test_many_that_are_never_cited_are_not_all_named() -> None:
    [problem] = uncited(project(*(f"k{n}" for n in range(20))), [])
    assert problem.message.endswith("«k6», «k7» and 12 more")


def test_what_is_listed_or_put_in_by_a_template_is_cited() -> None:
    assert uncited(project("a", nocite=("@a",)), []) == ()
    assert uncited(project("a", "b", nocite=("*",)), []) == ()
    assert uncited(project("a", data={"x": {"kilde": ["a"]}}), ["[@{{ data.x.kilde[0] }}]"]) == ()


# -------------------------------------------------------------------------------------------------------- whole reports

KILDER = """\
@book{god, title = {God}, date = {2010}, author = {Lie, K.}}
@book{delt, title = {Delt {i to}, date = {2011}
}
@book{Hansen 2012, title = {Fin}, date = {2012-02-30}, author = {Hansen, A.}}
@misc{ubrukt, title = {}}
"""


def built(root: Path, *chapters: str, **options: Any) -> Result:
    """Two reports with a chapter each, and the references above."""
    make_project(root, *chapters, manifest="bibliography: ../kilder.bib")
    (root / "kilder.bib").write_text(KILDER, encoding="utf-8")
    manifest = (root / "content/report.yaml").read_text(encoding="utf-8").partition("reports:")[0]
    reports = "".join(f"  r{n}: {{chapters: chapters/0{n}.md}}\n" for n in range(1, len(chapters) + 1))
    (root / "content/report.yaml").write_text(f"{manifest}reports:\n{reports}", encoding="utf-8")
    return build(root, formats=["docx"], **options)


def test_only_what_cites_a_broken_reference_fails(tmp_path: Path) -> None:
    result = built(tmp_path, "Om [@god].\n", "Om [@delt, s. 3].\n")
    assert ([file.report for file in result.written], result.failed) == (["r1"], ("r2",))
    assert [
        (str(problem.location), problem.code) for problem in result.problems if problem.severity is Severity.ERROR
    ] == [
        ("kilder.bib:2:1", "bibtex-syntax"),
        ("content/chapters/02.md:1:5", "unusable-reference"),
    ]


def test_what_is_doubtful_is_told_of_what_is_cited_only(tmp_path: Path) -> None:
    result = built(tmp_path, "Om [@{Hansen 2012}, kapp. 2] og @god [s. 7].\n")
    warnings = [problem for problem in result.problems if problem.severity is Severity.WARNING]
    assert [(str(problem.location), problem.message) for problem in warnings] == [
        ("kilder.bib:4:35", "«issued» is no possible date: that month has no day 30"),
        ("content/chapters/01.md:1:21", "«kapp» is not known as a kind of place in a work"),
    ]
    notes = [problem.message for problem in result.problems if problem.severity is Severity.INFO]
    assert notes == ["1 reference is never cited: «ubrukt»"]


def test_keys_with_spaces_need_braces(tmp_path: Path) -> None:
    result = built(tmp_path, "Om [@Hansen 2012, s. 3].\n")
    [problem] = [problem for problem in result.problems if problem.code == "unknown-reference"]
    assert problem.hint.splitlines()[0] == "a key with spaces stands in braces: «[@{Hansen 2012}]»"
