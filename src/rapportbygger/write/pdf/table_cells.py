"""The cells of a table as they are written: most hold a line of words, and that is all that is said of them.

Each function of ours that has to do with a cell costs Typst time, and memory until the layout is done. So words are
given as they are, in letters that are set for the whole table (see `tabular` in typst/blocks.typ).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from rapportbygger.nodes import Node, branches, elements, plain
from rapportbygger.recent import OfEach
from rapportbygger.theme.line_height import box, per_cent
from rapportbygger.theme.look import Style
from rapportbygger.write.cells import Cell, texts_of
from rapportbygger.write.pdf.breaks import parts
from rapportbygger.write.pdf.call import literal, raw
from rapportbygger.write.pdf.flow import Flow
from rapportbygger.write.pdf.spacing import Gap
from rapportbygger.write.pdf.unusual import ROUNDING
from rapportbygger.write.pdf.wording import wording

Written: TypeAlias = tuple[list[Node], Gap, Style]
"""What stands in a cell, the space above its first paragraph (which stays), and its last paragraph's style."""
CELL_FOOT = (1825 / 2048, 443 / 2048, 87 / 2048)
"""LibreOffice: a cell has the line spacing of its last line at its foot, measured in Liberation Serif."""

_ON_A_LINE = frozenset(("Str", "Space", "SoftBreak", "Emph", "Strong", "Link", "Span", "Cite"))
_MEASURED = re.compile(r"[ -\u024f\u2010-\u2026]*")
"""Signs that text fonts have, so that it is their own letters that are measured."""


class Cells:
    """Writes the cells of one table. `style` is that of text alone, `aligns` are its columns' alignments."""

    def __init__(self, flow: Flow, widths: Sequence[int], rows: Sequence[Sequence[Cell]]) -> None:
        self._flow, self._widths = flow, widths
        self._margins = flow.theme.table.left + flow.theme.table.right
        first = next((row for row in rows if row and row[0].part != "head"), ())
        aligns = {cell.column: cell.align for cell in first}
        self.aligns = [aligns.get(column, "") for column in range(len(widths))]
        with flow.inside(cell="cell", above=nothing(flow)):
            self.style = flow.style("compact")
            self._opening = flow.gap_above(self.style)
        spanned = any(cell.wide > 1 or cell.high > 1 for row in rows for cell in row)
        self._has_text = not spanned and not self._opening.new_page and _is_simple(self.style)

    def text(self, cell: Cell) -> list[Node] | None:
        """What a cell with a line of words holds, where letters and lines are all that it needs; None else."""
        inlines = cell.blocks[0]["c"] if len(cell.blocks) == 1 and cell.blocks[0]["t"] == "Plain" else ()
        if not (self._has_text and inlines and cell.align == self.aligns[cell.column]):
            return None
        others = branches(inlines)
        if elements(others, "Note", "Image", "Math"):
            return None
        flow = self._flow
        with flow.inside(cell="cell", room=self._widths[cell.column] - self._margins):
            if flow.dressing(inlines, self.style):
                return None
        if not others and all(len(parts(word["c"])) == 1 for word in inlines if word["t"] == "Str"):
            return [raw(f"{literal(plain(inlines).strip(' '))},")]
        return [raw("["), wording(inlines, flow.names), raw("],")]

    def is_line(self, cell: Cell) -> bool:
        """Whether the words of a cell surely stand on one line, no higher than others: Typst lays a cell of a row whose
        height is known out once, not twice."""
        inlines, letters = cell.blocks[0]["c"], self._flow.letters.cell
        kinds = {inline["t"] for inline in elements(inlines)}
        if not kinds <= _ON_A_LINE or letters.look != self.style.look or not _MEASURED.fullmatch(plain(inlines)):
            return False
        room = self._widths[cell.column] - self._margins - ROUNDING
        return all(text.whole <= room for text in texts_of(cell.blocks, letters))

    def text_margins(self) -> tuple[int, int]:
        """The space above and below text alone, beside what the table's rows have."""
        return self._opening.amount, foot(self.style)

    def written(self, cell: Cell) -> Written:
        """What any cell becomes."""
        flow = self._flow
        room = sum(self._widths[cell.column : cell.column + cell.wide]) - self._margins
        place = {"align": cell.align or None, "room": room, "cell": "head" if cell.part == "head" else "cell"}
        changes = {"out": [], "level": -1, "left": 0, "compact": True, "container": None}
        with flow.inside(**place):
            changes["above"] = nothing(flow)
            with flow.inside(**changes, opening=None, keeps_opening=True):
                flow.blocks(cell.blocks or [{"t": "Plain", "c": []}])
                return flow.out, flow.opening or Gap(), flow.above or nothing(flow)


def foot(style: Style) -> int:
    """Rule 9: space after and the last line's surplus stay at a cell's foot."""
    if style.rule != "auto":
        return style.after
    line = box(*CELL_FOOT, style.look.size)
    return style.after + max(0, (per_cent(style.line) - 100) * (line.ascent + line.descent) // 100)


def _is_simple(style: Style) -> bool:
    """Whether letters and lines are all there is to a style."""
    look, lines = style.look, (style.borders, style.shading, style.left, style.right, style.first)
    dressed = look.caps or look.smallcaps or look.underline or look.strike
    return not (any(lines) or dressed or style.keep_next or style.keep_lines or style.align == "justify")


def nothing(flow: Flow) -> Style:
    """What stands above and below a table, and in a cell above its text, as far as space goes."""
    return _spaceless(flow.style())


_spaceless = OfEach[Style, Style](
    lambda style: replace(style, name="", before=0, after=0, surplus=0, contextual=False, page_break=False)
)
