"""What is wrong with cited keys, told where they and the references stand."""

from __future__ import annotations

from typing import Any

from documents import document
from rapportbygger.diagnostics import Diagnostic, Location, Severity
from rapportbygger.model import Reference
from rapportbygger.nodes import elements
from rapportbygger.resolve.citations.faults import faults


def told(markdown: str, *several: Reference) -> list[tuple[str, str]]:
    """Where and what, of a chapter that cites some of the references."""
    bibliography = {one.key: one for one in several}
    items = {one.key: one.item for one in several if one.item is not None}
    return [(str(problem.location), problem.message) for problem in faults(document(markdown), items, bibliography)]


def reference(key: str, line: int, **item: Any) -> Reference:
    return Reference(key, {"id": key, "title": key, **item}, Location("k.bib", line, 1))


def test_a_reference_that_cannot_be_used() -> None:
    lost = Reference("a", None, Location("k.bib", 9, 1), problems=(Diagnostic("x", "no end", Location("k.bib", 9, 1)),))
    assert told("Om [@a].", lost) == [
        ("content/chapters/01.md:1:5", "reference «a» in k.bib:9:1 cannot be used"),
        ("k.bib:9:1", "no end"),
    ]


def test_an_unknown_key_is_told_with_the_nearest_known_ones() -> None:
    known = {key: {"title": "A"} for key in ("hansen2010", "hansen2012", "lie2016", "Dahl 2001")}
    found = faults(document("[@hansen2011] [@dahl2001] [@xyz]"), known, {})
    assert [problem.hint.splitlines()[0] for problem in found] == [
        "did you mean «hansen2012» or «hansen2010»?",
        "did you mean «@{Dahl 2001}»?",
        "add it to the bibliography, or correct the key",
    ]


def test_keys_that_differ_in_case_only() -> None:
    assert told("[@ks]", reference("ks", 1), reference("KS", 5)) == [
        ("k.bib:5:1", "references «ks» (k.bib:1:1), «KS» (k.bib:5:1) differ in case only")
    ]
    assert told("[@lie]", reference("ks", 1), reference("KS", 5), reference("lie", 7)) == []


def test_one_work_under_two_keys() -> None:
    a, b = reference("a", 1, DOI="10.1/X"), reference("b", 5, DOI="10.1/x", title="Noe annet")
    same = [("k.bib:5:1", "references «a» (k.bib:1:1), «b» (k.bib:5:1) are the same work")]
    assert told("[@a; @b]", a, b) == same
    assert told("[@a]", a, b) == []
    work = {"title": "Rammeplan: for <i>alle</i>", "issued": {"date-parts": [[2016]]}, "author": [{"literal": "KS"}]}
    other = {**work, "title": "Rammeplan for alle"}
    assert told("[@a; @b]", reference("a", 1, **work), reference("b", 5, **other)) == same
    assert told("[@a; @b]", reference("a", 1, **work), reference("b", 5, **{**other, "author": []})) == []
    thesis = {**work, "genre": "Masteroppgave"}
    assert told("[@a; @b]", reference("a", 1, **work), reference("b", 5, **thesis)) == []
    assert told("[@a; @b]", reference("a", 1, title="Forord"), reference("b", 5, title="Forord")) == []


def test_a_locator_that_is_nearly_known_is_a_warning_wherever_it_stands() -> None:
    found = faults(document("[@a, kapp. 3]\n\n[@a, kapp. 4] og [@a, pkt. 4]"), {"a": {"title": "A"}}, {})
    assert [(str(one.location), one.message, one.hint, one.severity) for one in found] == [
        (
            f"content/chapters/01.md:{line}:6",
            "«kapp» is not known as a kind of place in a work",
            "did you mean «kap»?",
            Severity.WARNING,
        )
        for line in (1, 3)
    ]


def test_keys_with_spaces() -> None:
    known = {"Hansen 2010": {"title": "A"}}
    written = document("[@{Hansen 2010}, s. 3] `@{Hansen 2010}` [@Hansen 2010]")
    [problem] = faults(written, known, {})
    assert (str(problem.location), problem.message) == ("content/chapters/01.md:1:42", "unknown reference «Hansen»")
    assert problem.hint.startswith("a key with spaces stands in braces: «[@{Hansen 2010}]»")
    assert [code["c"][1] for code in elements(written.blocks, "Code")] == ["@{Hansen 2010}"]


def test_a_citation_that_pandoc_takes_for_a_numbered_list() -> None:
    text = "(@ks2018) sier noe.\n\nSom @ks2018.\n\n- @ks2018. Mer.\n\n(@eksempel) Et eksempel.\n\nUten (@ks2018) her."
    message = "«@ks2018» begins a numbered list here, and is no citation"
    assert told(text, reference("ks2018", 1)) == [
        ("content/chapters/01.md:1:1", message),
        ("content/chapters/01.md:5:1", message),
    ]
    assert told("Som @ks2018. Og\n@ks2018 her: [@ks2018].", reference("ks2018", 1)) == []
