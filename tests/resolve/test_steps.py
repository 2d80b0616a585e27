"""The smaller steps: identifiers, figure blocks, quotation marks, links, the lists before the text."""

from __future__ import annotations

import pytest

from documents import as_markdown, document, frozen, setting
from rapportbygger.nodes import div, elements, pairs_of, plain
from rapportbygger.resolve import figures, identifiers, links, lists, numbers, references, typography


def places(problems) -> list[tuple[str, str]]:  # type: ignore[no-untyped-def]
    return [(problem.code, str(problem.location)) for problem in problems]


def test_an_identifier_that_is_used_twice_is_told_where_it_comes_again() -> None:
    _, problems = identifiers.resolve(document("# A {#sec-a}", "Tekst\n\n# B {#sec-a}"), setting())
    assert places(problems) == [("duplicate-identifier", "content/chapters/02.md:3:6")]
    assert "content/chapters/01.md:1:6" in problems[0].message


def test_captions_of_figures_inside_a_figure_are_said_in_its_own() -> None:
    inside = "![Før](a.png)\n\n![Etter *alt*](b.png)"
    doc, _ = figures.resolve(document(f"::: {{#fig-a layout-ncol=2}}\n{inside}\n\nBegge\n:::"), setting())
    (figure,) = doc.blocks
    assert plain(figure["c"][1][1][0]["c"]) == "Begge (a) Før (b) Etter alt"


def test_a_quarto_figure_block_is_a_figure() -> None:
    doc, problems = figures.resolve(document("::: {#fig-a}\n![](a.png)\n\nKart over *alt*\n:::"), setting())
    (figure,) = doc.blocks
    assert (figure["t"], figure["c"][0][0], plain(figure["c"][1][1][0]["c"])) == ("Figure", "fig-a", "Kart over alt")
    assert problems == ()


def test_pictures_in_one_figure_stand_beside_each_other() -> None:
    doc, _ = figures.resolve(document("::: {#fig-a layout-ncol=2}\n![](a.png)\n\n![](b.png)\n\nBegge\n:::"), setting())
    assert [[inline["t"] for inline in block["c"]] for block in doc.blocks[0]["c"][2]] == [["Image", "Space", "Image"]]


def test_a_quarto_table_block_gives_its_table_name_and_caption() -> None:
    doc, _ = figures.resolve(document("::: {#tbl-a}\n| a |\n|---|\n| 1 |\n\nTall\n:::"), setting())
    (table,) = doc.blocks
    assert (table["t"], table["c"][0][0], plain(table["c"][1][1][0]["c"])) == ("Table", "tbl-a", "Tall")


def test_a_name_without_a_caption_is_told() -> None:
    _, problems = figures.resolve(document("![](a.png){#fig-a}"), setting())
    assert places(problems) == [("missing-caption", "content/chapters/01.md:1:12")]


def test_a_table_without_a_header_row_is_told() -> None:
    _, problems = figures.resolve(document("|   |   |\n|---|---|\n| Ås | 1 |"), setting())
    assert places(problems) == [("table-without-header", "content/chapters/01.md:3:3")]


@pytest.mark.parametrize(
    ("lang", "read"), [("nb", "«Sagt ‘inni’ så»"), ("nn", "«Sagt ‘inni’ så»"), ("en", "“Sagt ‘inni’ så”")]
)
def test_straight_quotation_marks_become_those_of_the_language(lang: str, read: str) -> None:
    doc, _ = typography.resolve(document("\"Sagt 'inni' så\"", lang=lang), setting())
    assert plain(doc.blocks[0]["c"]) == read


def test_no_line_can_break_between_a_mark_and_its_word() -> None:
    doc, _ = typography.resolve(document('"ett ord"'), setting())
    assert [node.get("c") for node in doc.blocks[0]["c"]] == ["«ett", None, "ord»"]


def test_a_dead_link_is_told_and_stays_as_text() -> None:
    doc, problems = links.resolve(document("# Formål\n\n[dit](#formål) og [feil](#formal)"), setting())
    assert [node["c"][2][0] for node in elements(doc.blocks) if node["t"] == "Link"] == ["#formål"]
    assert places(problems) == [("dead-link", "content/chapters/01.md:3:25")]


def test_a_link_without_words_is_called_by_its_address() -> None:
    doc, _ = links.resolve(document("Se [](https://a.no) og [ord](https://a.no)."), setting())
    assert plain(doc.blocks[0]["c"]) == "Se https://a.no og ord."


def test_lists_are_put_first_where_asked_for_and_not_empty() -> None:
    numbered, _ = numbers.resolve(document("# A\n\n![Kart](a.png)"), setting())
    doc, _ = lists.resolve(numbered, setting(toc_depth=2, list_of_figures=True, list_of_tables=True))
    assert [(node["c"][0][1], pairs_of(node["c"][0])) for node in doc.blocks[:2]] == [
        (["toc"], {"depth": "2", "title": "Innhold"}),
        (["list-of-figures"], {"depth": "2", "title": "Figurer"}),
    ]
    assert doc.blocks[2]["t"] == "Header"


def test_the_reference_list_is_last_under_a_heading_of_its_own() -> None:
    doc, _ = references.resolve(document("# A\n\n[@tiller2006]"), setting(reference_section_title="Anvendt litteratur"))
    assert as_markdown(doc.blocks[-2:-1]) == "# Anvendt litteratur {#anvendt-litteratur .unnumbered}"
    assert doc.blocks[-1] == div([], identifier="refs")


def test_the_reference_list_stays_where_it_was_put() -> None:
    before = document("[@tiller2006]\n\n# Litteratur\n\n::: {#refs}\n:::")
    assert references.resolve(before, setting())[0] == before


def test_nothing_is_listed_where_nothing_is_cited() -> None:
    before = document("# A\n\n@fig-a")
    assert references.resolve(before, setting())[0] == before


@pytest.mark.parametrize("step", [figures, typography, links, lists, references])
def test_the_input_is_unchanged(step) -> None:  # type: ignore[no-untyped-def]
    before = document('::: {#fig-a}\n![](a.png)\n\nKart\n:::\n\n"sagt" [x](#y) [@z]\n\n# A')
    text = frozen(before)
    step.resolve(before, setting(list_of_figures=True))
    assert frozen(before) == text
