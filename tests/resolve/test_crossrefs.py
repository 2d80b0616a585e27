"""Cross references in Quarto's notation."""

from __future__ import annotations

import pytest

from documents import document, frozen, setting
from rapportbygger.diagnostics import Problems
from rapportbygger.nodes import elements, has_class, pairs_of, plain
from rapportbygger.resolve import crossrefs, numbers

TARGETS = """
# Mål {#sec-mål}

![En](a.png){#fig-en}

![To](a.png){#fig-to}

![Tre](a.png){#fig-tre}

| a |
|---|
| 1 |

: Tall {#tbl-tall}

## Under {#sec-under}
"""


def reference(markdown: str, lang: str = "nb", number_sections: bool = True) -> tuple[str, Problems]:
    numbered, _ = numbers.resolve(document(TARGETS, markdown, lang=lang), setting(number_sections=number_sections))
    doc, problems = crossrefs.resolve(numbered, setting())
    return plain(doc.blocks[-1]["c"]).replace("\u00a0", " "), problems


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("@fig-en", "Figur 1"),
        ("@tbl-tall", "Tabell 1"),
        ("@sec-mål", "kapittel 1"),
        ("@Sec-under", "Kapittel 1.1"),
        ("[@fig-en; @fig-to]", "Figur 1 og 2"),
        ("[@fig-en; @fig-to; @fig-tre]", "Figur 1, 2 og 3"),
        ("[@fig-en; @tbl-tall]", "Figur 1 og Tabell 1"),
        ("[@sec-mål; @sec-under]", "kapittel 1 og 1.1"),
        ("[-@fig-to]", "2"),
        ("[figurene @fig-en; @fig-to]", "figurene 1 og 2"),
        ("[@fig-en, til venstre]", "Figur 1, til venstre"),
        ("[side @fig-to]{.page}", "side 0"),
        ("Se @fig-en.", "Se Figur 1."),
    ],
)
def test_what_is_written_and_what_is_read(written: str, read: str) -> None:
    assert reference(written) == (read, ())


def test_several_in_english() -> None:
    assert reference("[@fig-en; @fig-to]", lang="en")[0] == "Figure 1 and 2"


@pytest.mark.parametrize(
    ("written", "read"),
    [("@sec-mål", "kapittelet «Mål»"), ("@Sec-under", "Avsnittet «Under»"), ("[se @sec-mål]", "se «Mål»")],
)
def test_a_section_without_a_number_is_called_by_its_title(written: str, read: str) -> None:
    assert reference(written, number_sections=False)[0] == read


def test_each_reference_says_what_it_leads_to() -> None:
    numbered, _ = numbers.resolve(document(TARGETS, "[@fig-en; @fig-to] [@fig-tre]{.page}"), setting())
    doc, _ = crossrefs.resolve(numbered, setting())
    spans = [node for node in elements(doc.blocks[-1]) if has_class(node, "crossref") or has_class(node, "pageref")]
    assert [pairs_of(node["c"][0]).get("target") for node in spans] == ["fig-en", "fig-to", "fig-tre"]


def test_an_unknown_target_is_told_wherever_it_is_used_with_the_nearest_known() -> None:
    _, problems = reference("Se @fig-tro\nog @fig-tro.")
    assert [(problem.code, str(problem.location)) for problem in problems] == [
        ("unknown-target", "content/chapters/02.md:1:4"),
        ("unknown-target", "content/chapters/02.md:2:4"),
    ]
    assert "«fig-tre»" in problems[0].hint or "«fig-to»" in problems[0].hint


def test_an_unknown_target_with_signs_after_it_has_its_place() -> None:
    _, problems = reference("Se @fig-nei--, eller @fig-borte-.")
    assert [str(problem.location) for problem in problems] == [
        "content/chapters/02.md:1:4",
        "content/chapters/02.md:1:22",
    ]


def test_a_longer_name_is_not_mistaken_for_a_shorter() -> None:
    _, problems = reference("@fig-en @fig-en-til")
    assert [str(problem.location) for problem in problems] == ["content/chapters/02.md:1:9"]


def test_a_cross_reference_and_a_citation_in_one_bracket() -> None:
    text, problems = reference("@fig-en\n\n[@fig-en; @tiller2006]")
    assert [(problem.code, str(problem.location)) for problem in problems] == [
        ("mixed-reference", "content/chapters/02.md:3:2")
    ]
    assert text == "[@fig-en; @tiller2006]"


def test_the_input_is_unchanged() -> None:
    numbered, _ = numbers.resolve(document(TARGETS, "@fig-en [@fig-to]{.page}"), setting())
    text = frozen(numbered)
    crossrefs.resolve(numbered, setting())
    assert frozen(numbered) == text


def test_a_block_that_other_documents_have_too_says_their_own_numbers() -> None:
    shared = document(TARGETS, "Se @fig-to og @sec-mål.")

    def text(*, by_chapter: bool, number_sections: bool) -> str:
        wanted = setting(number_sections=number_sections, caption_numbers="chapter" if by_chapter else "report")
        numbered, _ = numbers.resolve(shared, wanted)
        assert numbered.blocks[-1] is shared.blocks[-1]
        return plain(crossrefs.resolve(numbered, wanted)[0].blocks[-1]["c"]).replace("\u00a0", " ")

    assert text(by_chapter=False, number_sections=True) == "Se Figur 2 og kapittel 1."
    assert text(by_chapter=True, number_sections=True) == "Se Figur 1.2 og kapittel 1."
    assert text(by_chapter=False, number_sections=False) == "Se Figur 2 og kapittelet «Mål»."
    assert text(by_chapter=False, number_sections=True) == "Se Figur 2 og kapittel 1."
