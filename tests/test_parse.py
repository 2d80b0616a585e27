"""Chapters become one document; what pandoc saw becomes problems at the chapter's own lines."""

from __future__ import annotations

import pytest

from documents import as_markdown, document, documented, pandoc
from rapportbygger.model import Chapter, Metadata, Text
from rapportbygger.parse import parse


def headings(*chapters: str) -> list[str]:
    return [node["c"][1][0] for node in document(*chapters).blocks if node["t"] == "Header"]


def test_chapters_follow_each_other() -> None:
    assert as_markdown(document("# En", "# To").blocks) == "# En\n\n# To"


def test_automatic_identifiers_are_unique_across_chapters() -> None:
    assert headings("# Mål\n\n## Formål", "# Tiltak\n\n## Formål") == ["mål", "formål", "tiltak", "formål-1"]


def test_a_link_follows_its_renamed_heading() -> None:
    blocks = document("# Formål", "# Formål\n\n[dit](#formål)").blocks
    assert "[dit](#formål-1)" in as_markdown(blocks)


def test_written_identifiers_are_left_for_resolve_to_judge() -> None:
    assert headings("# A {#sec-a}", "# B {#sec-a}") == ["sec-a", "sec-a"]


def test_footnotes_of_two_chapters_do_not_meet() -> None:
    blocks = document("En[^1]\n\n[^1]: første", "To[^1]\n\n[^1]: andre").blocks
    notes = as_markdown(blocks)
    assert "første" in notes
    assert "andre" in notes


def test_the_title_in_a_quarto_chapters_front_matter_is_its_heading() -> None:
    assert as_markdown(document("---\ntitle: Bakgrunn\n---\n\nTekst").blocks) == "# Bakgrunn\n\nTekst"


def test_a_break_in_html_is_a_line_break_and_other_html_is_left_out() -> None:
    parsed, problems = documented("En<br>to <!-- taus --> <b>tre</b>")
    assert [node["t"] for node in parsed.blocks[0]["c"]].count("LineBreak") == 1
    assert [(problem.code, str(problem.location)) for problem in problems] == [
        ("raw-markup", "content/chapters/01.md:1:24")
    ]


@pytest.mark.parametrize(
    ("markdown", "code", "place"),
    [
        ("En[^1]\n\n[^1]: a\n\n[^1]: b", "markdown", "content/chapters/01.md:5:1"),
        ("::: {.rute}\nTekst", "markdown", "content/chapters/01.md:1:1"),
        ("Første linje\nog[^borte]", "unknown-footnote", "content/chapters/01.md:2:3"),
        ("---\na: [\n---\n\nTekst", "markdown", "content/chapters/01.md:1:1"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(markdown: str, code: str, place: str) -> None:
    _, problems = documented(markdown)
    assert [(problem.code, str(problem.location)) for problem in problems] == [(code, place)]


def test_places_are_those_of_the_file_not_of_the_merged_text() -> None:
    merged = Text(Chapter("01.md", "{% for %}\nx"), "a\na\nog[^borte]", (1, 1, 2))
    _, problems = parse([merged], Metadata("T", "nb"), pandoc())
    assert problems[0].location is not None
    assert problems[0].location.line == 2


@pytest.mark.parametrize(
    ("markdown", "message"),
    [
        ("Tekst\n\n[^x]: Ubrukt.", "footnote «x» is defined but not used in the text"),
        ("En[^a]\n\n[^a]: a\n\n[^a]: b", "footnote «a» is defined twice in this chapter; the last one is used"),
        ("[l]\n\n[l]: /a\n\n[l]: /b", "link «l» is defined twice in this chapter; the first one is used"),
    ],
)
def test_what_pandoc_says_is_told_with_the_name(markdown: str, message: str) -> None:
    _, problems = documented(markdown)
    assert [problem.message for problem in problems] == [message]


@pytest.mark.parametrize(
    ("markdown", "line", "tex", "hint"),
    [
        ("En $x$.\n\nTo $\\unknowncmd{x}$.", 3, "\\unknowncmd{x}", "\\unknowncmd"),
        ("En.\n\n> $\\frac{a$", 3, "\\frac{a", "brace"),
        ("Se[^1].\n\n[^1]: Her:\n\n    $$\n    a \\\\\n    b\n    $$", 5, "a \\\\ b", "aligned"),
    ],
)
def test_a_formula_that_cannot_be_read_is_told_of(markdown: str, line: int, tex: str, hint: str) -> None:
    (problem,) = documented(markdown)[1]
    assert (problem.code, problem.location.line) == ("formula", line)
    assert f"«{tex}»" in problem.message
    assert hint in problem.hint


def test_of_formulas_that_are_alike_each_has_its_place() -> None:
    places = [problem.location for problem in documented("A $\\ukjent$\n\nB $\\ukjent$")[1]]
    assert [place.line for place in places] == [1, 3]


def test_formulas_that_can_be_read_are_not_told_of() -> None:
    assert documented("$x^2$ for 5 $ og $$\\frac{a}{b}$$")[1] == ()


def test_a_chapter_that_is_the_same_in_the_next_document_is_the_same_blocks() -> None:
    one, two = document("# Felles {#sec-a}\n\nTekst.", "# Asker"), document("# Felles {#sec-a}\n\nTekst.", "# Bodø")
    assert [a is b for a, b in zip(one.blocks, two.blocks, strict=True)] == [True, True, False]


def test_a_list_is_the_same_block_whatever_stands_behind_it_in_its_piece() -> None:
    chapters = [f"# Om\n\nTekst.\n\nMer.\n\n- Et felles punkt\n\n1. {name} først" for name in ("Asker", "Bodø")]
    one, two = (document(chapter).blocks for chapter in chapters)
    assert [block["t"] for block in one[-2:]] == ["BulletList", "OrderedList"]
    assert [a is b for a, b in zip(one, two, strict=True)] == [True, True, True, True, False]


def test_equal_blocks_of_a_document_are_not_the_same_object() -> None:
    blocks = document("# Om\n\nTekst.\n\nTekst.\n\n- a\n\n1. b\n\nSå.\n\n- a\n\n1. c", "Tekst.").blocks
    assert len({id(block) for block in blocks}) == len(blocks)


def test_what_is_wrong_in_a_chapter_is_told_in_every_document() -> None:
    text = Text(Chapter("a.md", "Se[^1]."), "Se[^1].", (1,))
    told = [parse([text], Metadata("Tittel", "nb"), pandoc())[1] for _document in range(2)]
    assert [[problem.code for problem in problems] for problems in told] == [["unknown-footnote"]] * 2
