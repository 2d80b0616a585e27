"""Cells of nothing but words are given to Typst as they are, all others as calls."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents import document
from rapportbygger import fonts, theme
from rapportbygger.template import STANDARD
from rapportbygger.theme import Theme
from rapportbygger.write.cells import table_letters
from rapportbygger.write.docx.package import read_parts
from rapportbygger.write.pdf.blocks import write_block
from rapportbygger.write.pdf.flow import Flow
from rapportbygger.write.pdf.inlines import Names

FONTS = fonts.load()
LOOK = theme.read(read_parts(STANDARD.read_bytes()), FONTS, "standard.docx")[0]


def told(cell: str, look: Theme = LOOK) -> str:
    """What Typst is told of a table with this cell, below its header."""
    flow = Flow(look, Names(frozenset(), {}, set()), {}, write_block, letters=table_letters(look, FONTS))
    flow.blocks(document(f"| A | B |\n|---|--:|\n| {cell} | 1 |\n").blocks)
    text = "\n".join(str(block["c"][1] if block["t"] == "RawBlock" else block["c"]) for block in flow.out)
    return text.split("), (\n", 1)[1]


@pytest.mark.parametrize("cell", ["ord", "to ord", "12,5 %", "«sitat» – (parentes)", "a_b"])
def test_words_are_text(cell: str) -> None:
    assert f'"{cell}",\n"1",' in told(cell)


@pytest.mark.parametrize(
    ("cell", "markup"), [("*ord*", "[\n#emph[ord]\n],"), ("2019-2022", "[\n2019-#may-break;2022\n],")]
)
def test_words_with_markup_are_markup(cell: str, markup: str) -> None:
    assert markup in told(cell)


@pytest.mark.parametrize(
    "cell", ["", "og/eller", "`kode`", "ord^[Note.]", "<https://example.org>", "$x$", "kommune" * 30]
)
def test_what_is_more_than_words_is_called_for(cell: str) -> None:
    assert "cell(" in told(cell)
    assert '"1",' in told(cell)  # the other cell of the row


@pytest.mark.parametrize(
    ("cell", "is_line"),
    [("to ord", True), ("*ett* **ord**", True), ("et ord " * 30, False), ("H~2~O", False), ("日本", False)],
)
def test_a_row_has_a_height_only_if_it_is_surely_one_line(cell: str, is_line: bool) -> None:
    assert f", {str(is_line).lower()}, none, (" in told(cell)


def test_a_style_that_is_more_than_letters_and_lines_is_called_for() -> None:
    styles = {name: replace(style, keep_next=True) for name, style in LOOK.styles.items()}
    assert '"ord",' not in told("ord", replace(LOOK, styles=styles))
