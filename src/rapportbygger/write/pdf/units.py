"""What calls footnotes, where the layout has it, and what Typst is told about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from rapportbygger.nodes import Node
from rapportbygger.theme.look import Style

POINT = 20
"""Twips."""
MUCH = 180.0
"""Points: more than what may have been at the foot of a page, less than half a page."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What calls footnotes and moves to the next page by lines ("lines"), or as a whole ("row" of a table, "block").

    `words` says for each note how many words stand before it; `chapter` counts page breaks; `top` and `bottom` say
    where the page's text begins and ends, `reach` how far below the line above its first line stands (None: not known),
    in twips; `heading` is the first of the headings right above it, which `reach` leads to then; `tall` is the height
    of a picture above a caption. By its `text` a paragraph is known again in another document.
    """

    kind: str
    words: tuple[int, ...]
    chapter: int
    style: Style
    bottom: int
    reach: int | None = None
    heading: int | None = None
    tall: int = 0
    top: int = 0
    text: str = ""

    @property
    def pitch(self) -> float:
        """From line to line, in points."""
        return (self.style.look.ascent + self.style.look.descent + self.style.surplus) / POINT


@dataclass(frozen=True, slots=True)
class Mend:
    """What Typst is told about a unit.

    From word `at` on it stands on the next page, where there is less than `room` points left; the notes `late` (counted
    in the unit, with points that are not left for them) are printed on the next page.
    """

    at: int | None = None
    room: float = 0.0
    late: tuple[tuple[int, float], ...] = ()

    def says(self) -> tuple[int | None, tuple[int, ...]]:
        """What it asks for, whatever the room."""
        return self.at, tuple(note for note, _ in self.late)

    @property
    def apart(self) -> float:
        """The room asked for between a paragraph's two parts: alike in documents that differ in what is left there."""
        return max(self.room, MUCH)


Mends = Mapping[int, Mend]


@dataclass(frozen=True, slots=True)
class Crowded:
    """A table, on a page on its side or not, and a word that has too little room in it."""

    table: Node
    word: str
    landscape: bool


@dataclass(frozen=True, slots=True)
class NoteLook:
    """The measures of footnotes in points: their line, what lies between two lines, two notes, text and first note."""

    pitch: float
    surplus: float
    gap: float
    above: float


@dataclass(frozen=True, slots=True)
class Line:
    """The first word of a line, and where its baseline is."""

    word: int
    page: int
    y: float


class Found:
    """A layout by units: their lines, and the line above their first one."""

    def __init__(self, found: Mapping[str, Any], units: Sequence[Unit]) -> None:
        self.headings, self.calls, self.heights = found["headings"], found["calls"], found["heights"]
        self.first = [0, *accumulate(len(unit.words) for unit in units)]
        self.lines: dict[int, list[Line]] = {}
        self.above: dict[int, Line] = {}
        self._printed = {int(number) - 1: int(page) for number, page in reversed(found["notes"])}
        last = None
        for number, n, page, y in found["words"]:
            mark = Line(int(n), int(page), round(float(y), 2))
            if number >= 0:
                self._add(int(number), mark, last)
            last = mark

    def _add(self, unit: int, mark: Line, last: Line | None) -> None:
        lines = self.lines.setdefault(unit, [])
        if not lines and last is not None:
            self.above[unit] = last
        if not lines or (lines[-1].page, lines[-1].y) != (mark.page, mark.y):
            lines.append(mark)

    def printed(self, note: int, page: int) -> int:
        """The page on which a note begins; `page` if it is not known."""
        return self._printed.get(note, page)

    def heading_left(self, i: int, heading: int | None) -> bool:
        """Whether a heading above a paragraph was left on the page before."""
        return heading is not None and self.headings[heading][0] != self.lines[i][0].page

    def start(self, i: int, unit: Unit) -> float | None:
        """Where a paragraph at the top of a page would begin on the page before, if it had room there."""
        above, first = self.above.get(i), self.lines[i][0]
        if unit.reach is None or above is None or above.page != first.page - 1:
            return None
        if unit.heading is None:
            return above.y + unit.reach / POINT
        page, y = self.headings[unit.heading]
        return above.y + unit.reach / POINT + first.y - y if page == first.page else None
