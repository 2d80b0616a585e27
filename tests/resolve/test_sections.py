"""Landscape pages and page breaks, as marks between the document's own blocks."""

from __future__ import annotations

import pytest

from documents import as_markdown, document, documented, frozen, setting
from rapportbygger.diagnostics import Problems
from rapportbygger.model import Document
from rapportbygger.nodes import elements, pairs_of
from rapportbygger.resolve import pictures, sections

LANDSCAPE = "::: {.landscape}\n## Bred\n\nTekst.\n:::"


def resolved(*chapters: str) -> tuple[Document, Problems]:
    return sections.resolve(document(*chapters), setting())


def shape(*chapters: str) -> list[str]:
    """Each block by its kind; the marks by what they say."""
    said = {"section-start": "", "page-break": "break"}
    out = []
    for block in resolved(*chapters)[0].blocks:
        name = next((name for name in said if block["t"] == "Div" and name in block["c"][0][1]), None)
        out.append(block["t"] if name is None else pairs_of(block["c"][0]).get("orientation", "break"))
    return out


def test_a_landscape_block_is_opened_up_between_marks() -> None:
    assert shape(f"Før.\n\n{LANDSCAPE}\n\nEtter.") == ["Para", "landscape", "Header", "Para", "portrait", "Para"]


def test_pages_are_not_turned_back_where_nothing_follows_upright() -> None:
    assert shape(LANDSCAPE) == ["landscape", "Header", "Para"]
    assert shape(LANDSCAPE, LANDSCAPE) == ["landscape", "Header", "Para", "landscape", "Header", "Para"]


def test_a_table_with_its_name_on_the_landscape_block_keeps_it() -> None:
    blocks = resolved("::: {#tbl-a .landscape}\n| a |\n|---|\n| 1 |\n\nTall\n:::")[0].blocks
    assert as_markdown(blocks[1:2]).startswith("::: {#tbl-a}")


@pytest.mark.parametrize("written", ["\\newpage", "\\pagebreak", "\\clearpage"])
def test_a_page_break_stands_alone_or_on_a_line_of_its_own(written: str) -> None:
    assert shape(f"En.\n\n{written}\n\nTo.") == ["Para", "break", "Para"]
    assert shape(f"En\n{written}\nTo.") == ["Para", "break", "Para"]
    assert shape(f"En {written} to.") == ["Para"]


def test_a_page_break_stands_on_a_line_of_a_line_block() -> None:
    assert shape("| En\n| \\newpage\n| To") == ["LineBlock", "break", "LineBlock"]


def test_page_breaks_that_change_nothing_are_left_out() -> None:
    assert shape("En.\n\n\\newpage\n\n\\newpage\n\nTo.\n\n\\newpage") == ["Para", "break", "Para"]
    assert shape(f"En.\n\n\\newpage\n\n{LANDSCAPE}\n\n\\newpage\n\nTo.") == [
        *("Para", "landscape", "Header", "Para", "portrait", "Para"),
    ]
    assert shape("::: {.landscape}\nEn.\n\n\\newpage\n\nTo.\n:::") == ["landscape", "Para", "break", "Para"]


@pytest.mark.parametrize(
    ("markdown", "code", "place"),
    [
        ("- ett\n\n  ::: {.landscape}\n  To.\n  :::", "landscape-inside", "01.md:3:1"),
        ("> ::: landscape\n> To.\n> :::", "landscape-inside", "01.md:1:1"),
        (f"{LANDSCAPE}\n\n::: ramme\n::: {{.landscape}}\nTo.\n:::\n:::", "landscape-inside", "01.md:8:1"),
        ("> En.\n>\n> \\newpage", "page-break-inside", "01.md:3:1"),
        ("```\n\\newpage\n```\n\n> \\newpage", "page-break-inside", "01.md:5:1"),
        ("Kode:\n\n    a\n    \\newpage\n\n> \\newpage", "page-break-inside", "01.md:6:1"),
        ("Kode:\n\n    a\n    \\newpage\n\n::: ramme\n\\newpage\n:::", "page-break-inside", "01.md:7:1"),
        ("```\n\\newpage\n```\n\nEn\n\n    \\newpage\n\nTo", "page-break-inside", "01.md:7:1"),
        ("En\n\\newpage\n\\newpage\nTo\n\n::: ramme\n\\newpage\n:::", "page-break-inside", "01.md:7:1"),
        ("En\n\n\\newpage\n\n> To\n>\n> \\newpage\n> \\newpage", "page-break-inside", "01.md:7:1"),
        ("En[^a]\n\n\\newpage\n\nTo\n\n[^a]: Note\n\n    \\newpage", "page-break-inside", "01.md:9:1"),
        ("> | Ei linje\n> | \\newpage\n> | Ei til", "page-break-inside", "01.md:2:1"),
        ("```\n::: {.landscape}\n```\n\n> ::: landscape\n> To.\n> :::", "landscape-inside", "01.md:5:1"),
    ],
)
def test_inside_something_else_pages_are_neither_turned_nor_broken(markdown: str, code: str, place: str) -> None:
    found, (problem,) = resolved(markdown)
    assert (problem.code, str(problem.location)) == (code, f"content/chapters/{place}")
    inner = [block for block in elements(found.blocks, "Div") if "landscape" in block["c"][0][1]]
    assert inner == []


def test_each_of_several_is_told_of_at_its_own_place() -> None:
    markdown = "1.  en\n\n    \\newpage\n\n> \\newpage\n\nKode:\n\n    \\newpage\n\n| en\n| \\newpage\n| to\n"
    assert [problem.location and problem.location.line for problem in resolved(markdown)[1]] == [3, 5, 9]


def test_a_page_break_between_fences_is_code() -> None:
    assert resolved("```\n\\newpage\n```\n\nEn")[1] == ()


def test_a_picture_on_a_landscape_page_has_its_room() -> None:
    one = "![Bred](figures/wide.png){#fig-%s fig-alt='Blå' width=50%%}"
    written = document(f"{one % 'a'}\n\n::: {{.landscape}}\n{one % 'b'}\n:::\n\n{one % 'c'}")
    room = setting()
    turned = type(room)(room.project, room.report, room.text_width, room.text_height, (9.0, 6.0))
    placed = pictures.resolve(sections.resolve(written, turned)[0], turned)[0]
    widths = [pairs_of(image["c"][0])["width"] for image in elements(placed.blocks, "Image")]
    assert widths == ["3.0000in", "4.5000in", "3.0000in"]


def test_a_chapter_cannot_write_the_marks_itself() -> None:
    blocks = documented('::: {.section-start orientation="landscape"}\n:::\n\n::: page-break\n:::')[0].blocks
    assert "landscape" not in as_markdown(blocks)
    assert "page-break" not in as_markdown(blocks)


def test_the_document_is_not_changed() -> None:
    given = document(f"En.\n\n\\newpage\n\n{LANDSCAPE}")
    before = frozen(given)
    sections.resolve(given, setting())
    assert frozen(given) == before


def test_a_heading_before_a_landscape_page_is_told_of() -> None:
    _found, (problem,) = resolved("Tekst.\n\n# Oversikten\n\n::: {.landscape}\nTekst.\n:::")
    assert (problem.code, str(problem.location)) == ("heading-left-behind", "content/chapters/01.md:3:1")


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ("# Om barna\n\nTekst.\n\n", 5),
        ("# Om\n\nTekst.\n\n", 5),
        ("```\n# Om\n```\n\n", 5),
        ('# "Om"\n\nTekst.\n\n', 5),
    ],
)
def test_the_heading_is_told_of_at_its_own_line(before: str, line: int) -> None:
    _found, (problem,) = resolved(f"{before}# *Om* {{#sec-om}}\n\n::: {{.landscape}}\nTekst.\n:::\n\n# Om\n\nTekst.")
    assert str(problem.location) == f"content/chapters/01.md:{line}:1"
