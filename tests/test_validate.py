"""Everything that can be wrong in a manifest and in what municipalities deliver, each thing at its place."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest
from jsonschema import Draft202012Validator

from rapportbygger import load, messages, validate
from rapportbygger.diagnostics import Diagnostic, Problems, has_errors
from rapportbygger.model import Project

SMALL = Path(__file__).parent / "projects" / "liten"
MANIFEST = "content/report.yaml"
BYGDA = "content/municipalities/bygda.yaml"
AASEN = "content/municipalities/aasen.yaml"
VALID = "navn: Bygda\nkommunenummer: '0301'\nmålform: bokmål\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return shutil.copytree(SMALL, tmp_path / "liten")


def checked(root: Path) -> tuple[Project | None, Problems]:
    """The project and all problems, of reading and of validating."""
    sources, unreadable = load.sources(root)
    if sources is None:
        return None, unreadable
    project, invalid = validate.project(sources)
    return project, (*unreadable, *invalid)


def usable(root: Path) -> Project:
    project, _problems = checked(root)
    assert project is not None
    return project


def places(problems: Problems) -> list[tuple[str, str]]:
    return [(str(problem.location), problem.code) for problem in problems]


def edit(root: Path, file: str, change: Callable[[str], str]) -> None:
    path = root / file
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def only(problems: Problems) -> Diagnostic:
    assert len(problems) == 1, problems
    return problems[0]


# ------------------------------------------------------------------------------------------------------------- project


def test_a_valid_project() -> None:
    project, problems = checked(SMALL)
    assert problems == ()
    assert project is not None
    assert project.broken == frozenset()
    assert [report.id for report in project.reports] == ["rapport", "lokal"]


def test_a_report_has_the_manifests_values_where_it_has_none_itself() -> None:
    whole, local = usable(SMALL).reports
    assert (whole.title, whole.lang, whole.subtitle, whole.authors) == (
        "En liten rapport",
        "nb",
        "Til prøve",
        ("Arbeidsgruppen",),
    )
    assert (whole.toc, whole.toc_depth, whole.list_of_figures, whole.formats) == (True, 2, True, ("docx", "pdf"))
    assert (local.title, local.lang, local.subtitle, local.date) == (
        "En lokal rapport",
        "nn",
        "Til prøve",
        "2022-11-30",
    )
    assert (local.toc, local.toc_depth, local.formats, local.for_each_municipality) == (False, 3, ("docx",), True)


def test_chapters_are_sorted_by_name_and_each_stands_where_it_is_first_named(root: Path) -> None:
    assert [path.name for path in usable(root).reports[0].chapters] == ["01-innledning.md", "02-videre.md"]
    edit(root, MANIFEST, lambda text: text.replace("[chapters/*.md]", "[chapters/02-videre.md, chapters/*.md]"))
    assert [path.name for path in usable(root).reports[0].chapters] == ["02-videre.md", "01-innledning.md"]


def test_municipalities_in_norwegian_order_with_everything_the_schema_knows() -> None:
    municipalities = usable(SMALL).municipalities
    assert [each.id for each in municipalities] == ["bygda", "doeme", "aasen"]
    bygda, _doeme, aasen = municipalities
    assert bygda.values == {
        "navn": "Bygda",
        "kommunenummer": "0301",
        "målform": "bokmål",
        "eksempel": False,
        "innbyggere": None,
        "andel": None,
        "start": None,
        "nettside": None,
        "mål": None,
        "tiltak": None,
        "omtale": None,
        "id": "bygda",
    }
    assert aasen.values["tiltak"] == [{"tittel": "Open dag", "slutt": None}]
    assert [each.example for each in municipalities] == [False, True, False]


def test_without_a_schema_municipalities_are_as_they_are(root: Path) -> None:
    edit(root, MANIFEST, lambda text: text.replace("schema: municipality.schema.yaml\n", ""))
    edit(root, BYGDA, lambda _text: "anything: [1]\nid: by\n")
    project, problems = checked(root)
    assert problems == ()
    assert project is not None
    assert [each.values for each in project.municipalities if each.id == "by"] == [{"anything": [1], "id": "by"}]


def test_the_manifests_schema_is_valid_and_tells_about_every_field() -> None:
    schema = validate.manifest_schema()
    Draft202012Validator.check_schema(schema)
    fields = {**schema["$defs"]["report"]["properties"], **schema["properties"]}
    for field in fields.values():
        known = schema["$defs"][field["$ref"].rpartition("/")[2]] if "$ref" in field else field
        assert known["title"]


# ------------------------------------------------------------------------------------------------------------ manifest


@pytest.mark.parametrize(
    ("old", "new", "place", "code"),
    [
        ("title: En liten", "titel: En liten", "1:1", "unknown-key missing-field"),
        ("title: En liten rapport\n", "", "1:1", "missing-field"),
        ("title: En liten rapport", "title:", "1:7", "missing-field"),
        ("title: En liten rapport", "title: ' '", "1:8", "pattern"),
        ("title: En liten rapport", "title: [a]", "1:8", "wrong-type"),
        ("lang: nb\n", "lang: no\n", "6:7", "not-allowed"),
        ("lang: nb\n", "lang: nb_NO\n", "6:7", "not-allowed"),
        ("lang: nb\n", "lang: [nb]\n", "6:7", "not-allowed"),
        ("date: 2022-11-30", "date: 2022-02-30", "4:7", "date"),
        ("date: 2022-11-30", "date: 30. februar 2022", "4:7", "date"),
        ("date: 2022-11-30", "date: [2022]", "4:7", "wrong-type"),
        ("author: [Arbeidsgruppen]", "author: {navn: A}", "3:9", "wrong-type"),
        ("author: [Arbeidsgruppen]", "author: [3]", "3:10", "wrong-type"),
        ("toc-depth: 2", "toc-depth: 7", "13:16", "too-large"),
        ("toc-depth: 2", "toc-depth: to", "13:16", "wrong-type"),
        ("toc-depth: 2", "toc-deph: 2", "13:5", "unknown-key"),
        ("list-of-figures: true", "list-of-figures: ja", "14:22", "wrong-type"),
        ("formats: [docx]", "formats: docx", "20:14", "wrong-type"),
        ("formats: [docx]", "formats: [odt]", "20:15", "not-allowed"),
        ("lang: nb\n", "word-citations: ja\n", "6:17", "not-allowed"),
        ("formats: [docx]", "formats: [docx, docx]", "20:21", "duplicate-item"),
        ("formats: [docx]", "formats: []", "20:14", "too-few"),
        ("for-each: municipality", "for-each: kommune", "16:15", "not-allowed"),
        ("    chapters: local/*.md\n", "", "15:3", "missing-field"),
        ("chapters: [chapters/*.md]", "chapters: []", "12:15", "too-few"),
        ("chapters: [chapters/*.md]", "chapters: [kapitler/*.md]", "12:16", "no-match"),
        ("chapters: [chapters/*.md]", "chapters: [chapters/01-inledning.md]", "12:16", "file-missing"),
        ("chapters: [chapters/*.md]", "chapters: [../../*.md]", "12:16", "outside-project"),
        ("chapters: [chapters/*.md]", "chapters: chapters", "12:15", "file-missing"),
        ("toc-depth: 2", "template: rapport.docx", "13:15", "file-missing"),
        ("toc-depth: 2", "template: rapport.dotx", "13:15", "pattern"),
        ("lang: nb\n", "csl: ../bibliography/apa.csl\n", "6:6", "file-missing"),
        ("  lokal:", "  con.x:", "15:3", "file-name"),
        ("  lokal:", "  ../x:", "15:3", "file-name"),
        ("  lokal:", "  Rapport:", "15:3", "duplicate-report"),
        ("  lokal:", "  rapport:", "15:3", "duplicate-key"),
        ("municipalities: municipalities/*.yaml\n", "", "15:15", "no-municipalities"),
        ("toc-depth: 2", "caption-numbers: chapter", "13:22", "caption-numbers"),
        ("lang: nb\n", "caption-numbers: chapter\n", "6:18", "caption-numbers caption-numbers"),
        ("toc-depth: 2", "caption-numbers: kapittel", "13:22", "not-allowed"),
    ],
)
def test_manifest_problems(root: Path, old: str, new: str, place: str, code: str) -> None:
    assert old in (root / MANIFEST).read_text(encoding="utf-8")
    edit(root, MANIFEST, lambda text: text.replace(old, new))
    found = checked(root)[1]
    assert [each for each, _code in places(found)] == [f"{MANIFEST}:{place}"] * len(found)
    assert {each.code for each in found} <= set(code.split())
    assert found


@pytest.mark.parametrize(
    "content",
    [
        "null",
        "[]",
        "3",
        "text",
        "1: 2",
        "title: x\nreports: []",
        "title: x\nreports:",
        "title: x\nreports: {}",
        "title: x\nreports: {a: }",
        "title: x\nreports: {a: []}",
        "title: x\nreports:\n  a: {chapters: {b: c}}",
        "- title: x",
        "title: x\nreports: x",
    ],
)
def test_a_manifest_of_another_shape(root: Path, content: str) -> None:
    edit(root, MANIFEST, lambda _text: content)
    project, problems = checked(root)
    assert has_errors(problems)
    assert project is None or project.reports == ()
    assert all(problem.location and problem.location.line for problem in problems)


@pytest.mark.parametrize(
    "value", ["oktober 2022", "2022", "2022-11", "Prosjektperioden 2019–2022", "19.03.2021", "2019-22"]
)
def test_the_date_of_a_report_can_be_any_text(root: Path, value: str) -> None:
    edit(root, MANIFEST, lambda text: text.replace("date: 2022-11-30", f"date: {value}"))
    assert usable(root).reports[0].date == value


def test_a_report_with_problems_does_not_keep_the_others_from_being_built(root: Path) -> None:
    edit(root, MANIFEST, lambda text: text.replace("toc: false", "tok: false"))
    project, problems = checked(root)
    assert only(problems).hint.startswith("did you mean «toc»?")
    assert project is not None
    assert [report.id for report in project.reports] == ["rapport"]
    assert project.invalid == ("lokal",)


def test_a_field_at_the_wrong_level(root: Path) -> None:
    edit(root, MANIFEST, lambda text: f"toc-depth: 3\n{text}")
    assert only(checked(root)[1]).hint == "it belongs further in, in each «Report»"


def test_a_number_in_curly_quotes(root: Path) -> None:
    edit(root, BYGDA, lambda text: text.replace("0301", "”0301”").replace("'", "").replace('"', ""))
    assert only(checked(root)[1]).hint == 'use straight quotes: "0301"'


def test_the_manifests_schema_speaks_the_readers_language(root: Path) -> None:
    edit(root, MANIFEST, lambda text: text.replace("title: En liten rapport", "title: ''", 1))
    messages.use("nb")
    assert only(checked(root)[1]).hint == "Det rapporten heter, eller det på hvert språk."


@pytest.mark.parametrize("day", ["2021-02-30", "30.02.2021", "31. april 2021"])
def test_a_report_is_not_dated_on_a_day_that_does_not_exist(root: Path, day: str) -> None:
    edit(root, MANIFEST, lambda text: re.sub("(?m)^date:.*$", f"date: {day}", text))
    assert only(checked(root)[1]).code == "date"


def test_the_hint_for_a_language(root: Path) -> None:
    edit(root, MANIFEST, lambda text: text.replace("lang: nb\n", "lang: no\n"))
    assert only(checked(root)[1]).hint.startswith("did you mean «nb»?")


# -------------------------------------------------------------------------------------------------------- municipality


@pytest.mark.parametrize(
    ("line", "place", "code", "hint"),
    [
        ("inbyggere: 3", "4:1", "unknown-key", "did you mean «innbyggere»?"),
        ("innbyggere: 12,5", "4:13", "decimal-comma", "write 12.5"),
        ("andel: 1 234,5", "4:8", "decimal-comma", "write 1234.5"),
        ("andel: '12.5'", "4:8", "wrong-type", "write 12.5"),
        ("andel: 101", "4:8", "too-large", ""),
        ("innbyggere: 0", "4:13", "too-small", ""),
        ("innbyggere: 1.5", "4:13", "wrong-type", ""),
        ("innbyggere: mange", "4:13", "wrong-type", ""),
        ("innbyggere:\u00a0180", "4:11", "yaml-syntax", "write «innbyggere: 180»"),
        ("mål: []\ntiltak: [a]", "5:10", "wrong-type", "each field on a line of its own"),
        ("start: 2022-02-30", "4:8", "date", "check the day"),
        ("start: 30. februar 2022", "4:8", "date", "check the day"),
        ("start: 19.03.2021", "4:8", "date", "write 2021-03-19"),
        ("start: 19. mars 2021", "4:8", "date", "write 2021-03-19"),
        ("start: våren 2021", "4:8", "date", "2021-03-19"),
        ("start: 2021", "4:8", "wrong-type", 'write "2021"'),
        ("nettside: www.example.org", "4:11", "uri", "write https://www.example.org"),
        ("nettside: https://", "4:11", "uri", ""),
        ("nettside: 'http://[x'", "4:11", "uri", ""),
        ("mål: Flere er med", "4:6", "wrong-type", "write [Flere er med]"),
        ("mål: Flere barn, og unge", "4:6", "wrong-type", 'write ["Flere barn, og unge"]'),
        ("mål: '\"Alle\" er med'", "4:6", "wrong-type", 'write ["\\"Alle\\" er med"]'),
        ("innbyggere: ca. 180", "4:13", "wrong-type", "write only the number: 180"),
        ("innbyggere: rundt 12 500 personer", "4:13", "wrong-type", "write only the number: 12500"),
        ("innbyggere: mellom 3 og 5", "4:13", "wrong-type", ""),
        ("innbyggere: “180”", "4:13", "wrong-type", "write 180"),
        ("andel: 12,5 prosent", "4:8", "wrong-type", "write only the number: 12.5"),
        ("start: “2021-03-19”", "4:8", "date", 'straight quotes: "2021-03-19"'),
        ("mål:\n  - a\n  - Flere: er med", "6:5", "wrong-type", "in quotes"),
        ("mål: [a, a]", "4:10", "duplicate-item", ""),
        ("mål: [a, ]\ntiltak:\n  - tittel: x\n    slutt: 2022-13-01", "7:12", "date", ""),
        ("tiltak:\n  - slutt: 2022-12-01", "5:5", "missing-field", "tittel"),
        ("tiltak:\n  - tittel:x", "5:5", "wrong-type", "tittel: x"),
        ("tiltak: {tittel: x}", "4:9", "wrong-type", ""),
        ("omtale: 3", "4:9", "wrong-type", ""),
        ("omtale: {tekst: 3}", "4:17", "wrong-type", ""),
        ("omtale: {tkst: a, tekst: a}", "4:10", "unknown-key", "did you mean «tekst»?"),
        ("eksempel: ja", "4:11", "wrong-type", "write true"),
        ("id: a/b", "4:5", "file-name", ""),
        ("navn: Bygda", "4:1", "duplicate-key", ""),
    ],
)
def test_municipality_problems(root: Path, line: str, place: str, code: str, hint: str) -> None:
    edit(root, BYGDA, lambda _text: f"{VALID}{line}\n")
    project, problems = checked(root)
    problem = only(problems)
    assert (str(problem.location), problem.code) == (f"{BYGDA}:{place}", code)
    assert hint in problem.hint
    assert project is not None
    assert [each.id for each in project.municipalities] == ["doeme", "aasen"]
    assert project.broken == {BYGDA}


@pytest.mark.parametrize("content", ["null", "[]", "- navn: x", "3", "text"])
@pytest.mark.parametrize("schema", [True, False])
def test_a_municipality_of_another_shape(root: Path, content: str, schema: bool) -> None:
    if not schema:
        edit(root, MANIFEST, lambda text: text.replace("schema: municipality.schema.yaml\n", ""))
    edit(root, BYGDA, lambda _text: content)
    assert places(checked(root)[1]) == [(f"{BYGDA}:1:1", "wrong-type")]


def test_missing_and_empty_fields(root: Path) -> None:
    edit(root, BYGDA, lambda _text: "navn:\nmålform: nynorks\ninnbyggere:\n")
    problems = checked(root)[1]
    assert places(problems) == [
        (f"{BYGDA}:1:1", "missing-field"),
        (f"{BYGDA}:1:6", "missing-field"),
        (f"{BYGDA}:2:10", "not-allowed"),
    ]
    assert "(Kommunenummer)" in "".join(problem.message for problem in problems)
    assert "«nynorsk»" in problems[2].hint


def test_all_problems_of_all_files_at_once(root: Path) -> None:
    edit(root, MANIFEST, lambda text: text.replace("toc: false", "toc: nei"))
    edit(root, BYGDA, lambda _text: "navn: 3\nandel: 1,5\n")
    edit(root, AASEN, lambda text: text.replace("2021-09-01", "2021-09-31"))
    assert len(checked(root)[1]) == 6


@pytest.mark.parametrize(
    "content",
    [
        "navn: Åsen\nkommunenummer: '0301'\nmålform: bokmål\n",
        "navn: Bygda\nkommunenummer: '9902'\nmålform: bokmål\n",
        f"{VALID}id: AASEN\n",
    ],
)
def test_duplicate_municipalities_name_both_places(root: Path, content: str) -> None:
    edit(root, BYGDA, lambda _text: content)
    project, problems = checked(root)
    problem = only(problems)
    assert problem.code == "duplicate-municipality"
    assert problem.location is not None
    assert problem.location.file == BYGDA
    assert f"{AASEN}:" in problem.message
    assert project is not None
    assert [each.id for each in project.municipalities] == ["doeme", "aasen"]


def test_what_is_not_delivered_goes_by_the_id_that_it_would_have(root: Path) -> None:
    edit(root, BYGDA, lambda _text: "id: byen\nkommunenummer: '0301'\n")
    edit(root, AASEN, lambda _text: "navn: 'a\n")
    (root / AASEN).rename(root / "content/municipalities" / f"{normalize('NFD', 'åsen')}.yaml")
    assert list(usable(root).undelivered) == ["byen", "åsen"]


def test_a_second_delivery_under_the_same_id_goes_by_its_files_name(root: Path) -> None:
    edit(root, BYGDA, lambda _text: f"{VALID}id: aasen\n")
    project = usable(root)
    assert (list(project.undelivered), [each.id for each in project.municipalities]) == (["bygda"], ["doeme", "aasen"])


# -------------------------------------------------------------------------------------------------------------- schema


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("type: objekt", "1:7"),
        ("[]", "1:1"),
        ("type: object\nproperties:\n  a: {pattern: '['}", "3:16"),
        ("type: object\nrequired: navn", "2:11"),
        ("$ref: '#/$defs/nowhere'", "1:7"),
        ("type: object\nproperties:\n  navn: {$ref: 'https://example.org/schema.json'}", "3:16"),
        ("$ref: '#'", "1:1"),
        ("properties: 3", "1:13"),
    ],
)
def test_schema_problems(root: Path, content: str, place: str) -> None:
    edit(root, "content/municipality.schema.yaml", lambda _text: content)
    project, problems = checked(root)
    assert {(str(each.location), each.code) for each in problems} == {
        (f"content/municipality.schema.yaml:{place}", "schema")
    }
    assert project is not None
    assert project.municipalities == ()


# ---------------------------------------------------------------------------------------------------------------- fuzz

MUTATIONS: tuple[Callable[[str, random.Random], str], ...] = (
    lambda _line, _random: "",
    lambda line, _random: "  " + line,
    lambda line, _random: line.replace(":", "", 1),
    lambda line, _random: line.replace(": ", ":"),
    lambda line, _random: "\t" + line.lstrip(),
    lambda line, _random: line.split(":")[0] + ":",
    lambda line, _random: line.split(":")[0] + ": {a: [1, {b: null}]}",
    lambda line, _random: line + "\n" + line,
    lambda line, _random: "- " + line,
    lambda line, random: line[: random.randrange(len(line) + 1)],
    lambda line, random: (
        line[: random.randrange(len(line) + 1)]
        + random.choice("\"'[]{}*&!|>%@`#,?-\x00ø")
        + line[random.randrange(len(line) + 1) :]
    ),
    lambda line, random: "".join(random.sample(line, len(line))),
)


@pytest.mark.parametrize(
    "file", [MANIFEST, BYGDA, AASEN, "content/municipality.schema.yaml", "bibliography/references.yaml"]
)
def test_whatever_is_changed_there_is_no_traceback_and_always_a_place(root: Path, file: str) -> None:
    chance = random.Random(2)
    lines = (root / file).read_text(encoding="utf-8").split("\n")
    for _turn in range(80):
        number = chance.randrange(len(lines))
        mutated = [*lines[:number], chance.choice(MUTATIONS)(lines[number], chance), *lines[number + 1 :]]
        (root / file).write_text("\n".join(mutated), encoding="utf-8")
        project, problems = checked(root)
        assert project is not None or has_errors(problems)
        for problem in problems:
            assert problem.location is not None, problem
            assert problem.location.line > 0, problem
            assert problem.location.column > 0, problem
            assert problem.message
