"""The cells of a table as they are written; those that hold nothing but words are alike, but for the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from rapportbygger.nodes import Node, branches
from rapportbygger.recent import OfEach
from rapportbygger.theme.look import Style
from rapportbygger.write.cells import Cell
from rapportbygger.write.pdf.flow import Flow
from rapportbygger.write.pdf.spacing import Gap

Written: TypeAlias = tuple[list[Node], Gap, Style]
"""What stands in a cell, the space above its first paragraph (which stays), and its last paragraph's style."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """What stands around the words of a cell, and what they leave in the flow: `joined` and `after`."""

    before: tuple[Node, ...]
    after: tuple[Node, ...]
    opening: Gap
    last: Style
    left: tuple[int, int | None]


class Cells:
    """Writes the cells of one table."""

    def __init__(self, flow: Flow, widths: Sequence[int]) -> None:
        self._flow, self._widths = flow, widths
        self._margins = flow.theme.table.left + flow.theme.table.right
        self._shapes: dict[tuple[Any, ...], _Shape] = {}

    def written(self, cell: Cell) -> Written:
        """What a cell becomes."""
        room = sum(self._widths[cell.column : cell.column + cell.wide]) - self._margins
        place = {"align": cell.align or None, "room": room, "cell": "head" if cell.part == "head" else "cell"}
        words = cell.blocks[0]["c"] if len(cell.blocks) == 1 and cell.blocks[0]["t"] == "Plain" else ()
        if not words or branches(words):
            return self._anew(cell, place)
        key = (*place.values(), self._is_unusual(words, place))
        if key in self._shapes:
            return self._again(self._shapes[key], words)
        out, opening, last = self._anew(cell, place)
        if not opening.new_page:
            left = self._flow.joined, self._flow.after
            self._shapes[key] = _Shape(tuple(out[:-2]), tuple(out[-1:]), opening, last, left)
        return out, opening, last

    def _is_unusual(self, words: Sequence[Node], place: dict[str, Any]) -> bool:
        with self._flow.inside(**place):
            return bool(self._flow.dressing(words, self._flow.style("compact")))

    def _again(self, shape: _Shape, words: Sequence[Node]) -> Written:
        flow = self._flow
        flow.first, flow.chain, (flow.joined, flow.after) = True, None, shape.left
        inner = flow.wording.block(words, flow.names)
        return [*shape.before, inner, *shape.after], shape.opening, shape.last

    def _anew(self, cell: Cell, place: dict[str, Any]) -> Written:
        flow = self._flow
        changes = {"out": [], "level": -1, "left": 0, "compact": True, "container": None}
        with flow.inside(**place):
            changes["above"] = nothing(flow)
            with flow.inside(**changes, opening=None, keeps_opening=True):
                flow.blocks(cell.blocks or [{"t": "Plain", "c": []}])
                return flow.out, flow.opening or Gap(), flow.above or nothing(flow)


def nothing(flow: Flow) -> Style:
    """What stands above and below a table, and in a cell above its text, as far as space goes."""
    return _spaceless(flow.style())


_spaceless = OfEach[Style, Style](
    lambda style: replace(style, name="", before=0, after=0, surplus=0, contextual=False, page_break=False)
)
