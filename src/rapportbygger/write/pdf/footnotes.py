"""Where Word breaks pages around footnotes, and what has to be said to Typst for it to do the same.

Rule 8. Typst may print a note on another page than its mark (typst#5314), leave a single line (typst#5376), and moves a
line where LibreOffice would leave its note for the next page. A layout is gone through in reading order as LibreOffice
fills a page; the first place in a chapter where Typst did otherwise is mended, and the document is laid out again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any

from rapportbygger.write.pdf.units import MUCH, POINT, Found, Mend, Mends, NoteLook, Unit

TOLERANCE = 0.1
"""Points: what twips rounded here and there may differ by on a page."""
SPARE = 60.0
"""Points: more than a line, less than half a page."""
CLEAR = 3.0
"""Points: room that nobody can be in doubt about."""


def mended(found: Mapping[str, Any], units: Sequence[Unit], done: Mends, look: NoteLook) -> dict[int, Mend]:
    """The mends that are new or other than before, at most one in each chapter; none: the layout is as it should be.

    `found` is what the layout says: `words` as (unit, word, page, y), `calls` as (page, y) and `heights` of footnotes
    in their order, `notes` as (number, page), `headings` as (page, y). Heights and places are points.
    """
    walk = _Walk(Found(found, units), units, done, look)
    out: dict[int, Mend] = {}
    for _, chapter in groupby(range(len(units)), key=lambda i: units[i].chapter):
        changed = next(((i, new) for i in chapter if (new := walk.step(i)) is not None), None)
        if changed:
            out[changed[0]] = changed[1]
    return out


def asked_for(found: Mapping[str, Any], units: Sequence[Unit], done: Mends, look: NoteLook) -> bool:
    """Whether the layout without any mends would surely have come to ask for these, as the layout with them tells."""
    walk = _Walk(Found(found, units), units, done, look)
    ended = -1  # the chapter where this layout asks for more: what is mended there must stand before that
    for i, unit in enumerate(units):
        if i in done and (unit.chapter == ended or not walk.would_ask(i)):
            return False
        if unit.chapter != ended and walk.step(i) is not None:
            ended = unit.chapter
    return walk.whole


@dataclass
class _Pages:
    """The heights of the notes at the foot of each page, as far as they have been placed."""

    look: NoteLook
    notes: dict[int, list[float]] = field(default_factory=dict)

    def taken(self, page: int, more: Sequence[float] = ()) -> float:
        """The room that notes take on a page, with their rule."""
        notes = [*self.notes.get(page, ()), *more]
        return self.look.above + sum(notes) + self.look.gap * (len(notes) - 1) if notes else 0.0

    def add(self, page: int, height: float) -> None:
        """Place a note."""
        self.notes.setdefault(page, []).append(height)


@dataclass
class _Filled:
    """The first lines of a paragraph on a page, as LibreOffice places them.

    `notes` have their height there, or on the next page where they are `late`; `rest` is what the last one has left for
    the next page, after which there is no room for anything.
    """

    lines: int
    notes: dict[int, float] = field(default_factory=dict)
    late: set[int] = field(default_factory=set)
    rest: float = 0.0

    def here(self) -> list[float]:
        """The heights of the notes on this page."""
        return [height for note, height in self.notes.items() if note not in self.late]

    def only(self, lines: int, notes: set[int]) -> _Filled:
        """With fewer lines, and so fewer notes."""
        kept = {note: height for note, height in self.notes.items() if note in notes}
        return _Filled(lines, kept, self.late & notes, self.rest if len(kept) == len(self.notes) else 0.0)


class _Walk:
    """One way through a layout, unit by unit."""

    def __init__(self, found: Found, units: Sequence[Unit], done: Mends, look: NoteLook) -> None:
        self._found, self._units, self._done, self._look, self._pages = found, units, done, look, _Pages(look)
        self.whole = True
        """Whether all notes so far have room on one page each."""

    def step(self, i: int) -> Mend | None:
        """The mend that a unit needs and has not got; else its notes are placed."""
        if self._units[i].kind == "lines" and i in self._found.lines:
            return self._paragraph(i)
        changes = (self._whole(i, k) for k in range(len(self._units[i].words)))
        return next((change for change in changes if change is not None), None)

    def _whole(self, i: int, k: int) -> Mend | None:
        """A row stays where it fits, and its notes are late if not; a heading or caption goes with its notes."""
        unit, old, note = self._units[i], self._done.get(i, Mend()), self._found.first[i] + k
        page, y = self._found.calls[note]
        printed, height = self._found.printed(note, page), self._found.heights[note]
        if unit.kind == "row" and printed < page and k not in dict(old.late):
            return Mend(late=(*old.late, (k, height + SPARE)))
        torn = y < (unit.top + unit.tall) / POINT  # a caption without its picture above it
        if unit.kind == "block" and (printed != page or torn) and old.at is None:
            left = MUCH if printed < page or torn else unit.bottom / POINT - y + SPARE
            return Mend(at=0, room=min(left + unit.tall / POINT, (unit.bottom - unit.top) / POINT - 1))
        self._pages.add(printed, height)
        return None

    # ------------------------------------------------------------------------------------------------------ paragraphs

    def _paragraph(self, i: int) -> Mend | None:
        unit, lines, above = self._units[i], self._found.lines[i], self._found.above.get(i)
        at_top = above is not None and above.page < lines[0].page and unit.reach is not None
        start = self._found.start(i, unit)
        if above is not None and start is not None:
            ys = [start + k * unit.pitch for k in range(len(lines))]
            filled = self._fill(i, above.page, ys, 0)
            if filled.lines:  # LibreOffice has it begin on the page before
                return self._compared(i, 0, above.page, ys, filled)
        at = 0
        while at < len(lines):
            page = lines[at].page
            here = [line.y for line in lines[at:] if line.page == page]
            ys = here + [here[-1] + (k + 1) * unit.pitch for k in range(len(lines) - at - len(here))]
            filled = self._fill(i, page, ys, at)
            if not filled.lines and (at or at_top):  # no better place than the top of a page
                filled = _Filled(len(here))
            change = self._compared(i, at, page, ys, filled)
            if change is not None:
                return change
            at += len(here)
        return None

    def _compared(self, i: int, at: int, page: int, ys: Sequence[float], filled: _Filled) -> Mend | None:
        """The mend that makes Typst's lines from `at` on be on the page as they were filled in."""
        found, lines, first, old = self._found, self._found.lines[i], self._found.first[i], self._done.get(i, Mend())
        here = sum(line.page == page for line in lines[at:])
        off = [found.printed(first + k, page) - page - (k in filled.late) for k in filled.notes]
        left = min(off, default=0) < 0 or (at == 0 and found.heading_left(i, self._units[i].heading))
        if filled.lines == here and not left and not any(off):
            self._commit(page, filled)
            return None
        new = self._mend(i, at, ys, filled)
        gone = not here and not new.late and 0 in off  # Typst took the lines away, from their notes
        if gone or (left and filled.lines == here):
            new = Mend(lines[at].word if at else 0, MUCH, new.late)
        moved_more = (
            not new.late and here < filled.lines and (old.room == MUCH or (new.at is not None and old.at is None))
        )
        if new.says() != old.says() and (gone or not moved_more):
            return new
        for k in filled.notes:  # there is nothing more to say to Typst: what it did is where things are
            self._pages.add(found.printed(first + k, page), found.heights[first + k])
        return None

    def _mend(self, i: int, at: int, ys: Sequence[float], filled: _Filled) -> Mend:
        unit, lines, first = self._units[i], self._found.lines[i], self._found.first[i]
        late = tuple((k, self._found.heights[first + k] + SPARE) for k in sorted(filled.late))
        if filled.lines == len(lines) - at:
            return Mend(late=late)
        start = at + filled.lines
        return Mend(lines[start].word if start else 0, unit.bottom / POINT - ys[filled.lines] + unit.pitch * 1.5, late)

    def _commit(self, page: int, filled: _Filled) -> None:
        for k, height in filled.notes.items():
            self._pages.add(page + (k in filled.late), height)
        if filled.rest:
            self.whole = False
            self._pages.add(page + 1, filled.rest)

    # ------------------------------------------------------------------------------------------ what was mended already

    def would_ask(self, i: int) -> bool:
        """Whether a paragraph that is cut at its mend would have asked for that, had it been whole.

        It stands where it would: on a page that LibreOffice leaves at the cut, and where Typst, which does not look for
        the notes of the lines to come (typst#5376), would have gone on.
        """
        unit, lines, mend = self._units[i], self._found.lines.get(i, []), self._done[i]
        page = lines[0].page if lines else 0
        n = sum(line.page == page for line in lines)
        is_cut = 0 < n < len(lines) and lines[n].word == mend.at and lines[n].page > page and not mend.late
        if not is_cut or not self._is_regular(i) or self._may_begin_before(i, unit):
            return False
        ys = [lines[0].y + k * unit.pitch for k in range(len(lines))]
        fills = [self._fill(i, page, [y + off for y in ys], 0) for off in (-TOLERANCE, 0, TOLERANCE)]
        if any(filled.lines != n or filled.late or filled.rest for filled in fills):
            return False
        asked = self._mend(i, 0, ys, fills[1])
        next_two = unit.pitch * (n == len(lines) - 2)
        heights = [self._found.heights[self._found.first[i] + k] for line in range(n + 1) for k in self._notes(i, line)]
        end = ys[n] + next_two + unit.style.look.descent / POINT + self._pages.taken(page, heights)
        return end + CLEAR <= unit.bottom / POINT and asked.apart == mend.apart == MUCH > max(asked.room, mend.room)

    def _is_regular(self, i: int) -> bool:
        """Whether all lines of a paragraph are equally high, on each of its pages."""
        pairs = [pair for pair in pairwise(self._found.lines[i]) if pair[0].page == pair[1].page]
        return all(abs(below.y - above.y - self._units[i].pitch) < TOLERANCE / 2 for above, below in pairs)

    def _may_begin_before(self, i: int, unit: Unit) -> bool:
        """Whether a paragraph could begin on the page before, or leaves a heading there."""
        return self._found.start(i, unit) is not None or self._found.heading_left(i, unit.heading)

    # -------------------------------------------------------------------------------------------------- filling a page

    def _fill(self, i: int, page: int, ys: Sequence[float], at: int) -> _Filled:
        """How many of a paragraph's lines from `at` on, at these places, have room on the page with their notes."""
        unit, filled = self._units[i], _Filled(len(ys))
        for n, y in enumerate(ys):
            below = (unit.bottom - unit.style.look.descent) / POINT - y + TOLERANCE
            room = below - self._pages.taken(page, filled.here())
            if (
                filled.rest
                or room < 0
                or not all(self._place(filled, i, k, page, below) for k in self._notes(i, at + n))
            ):
                filled.lines = n
                break
        lines = _unbroken(filled.lines + at, len(ys) + at, at, widow=unit.style.widow) - at
        return filled.only(lines, {k for n in range(lines) for k in self._notes(i, at + n)})

    def _notes(self, i: int, line: int) -> Iterator[int]:
        """The notes that are called on a line."""
        lines = self._found.lines[i]
        end = lines[line + 1].word if line + 1 < len(lines) else None
        for k, word in enumerate(self._units[i].words):
            if lines[line].word <= word and (end is None or word < end):
                yield k

    def _place(self, filled: _Filled, i: int, k: int, page: int, below: float) -> bool:
        """Place a note under a line; False: the line has to go to the next page with it.

        LibreOffice splits a note where at least two lines of it have room, and then the page is full. One that has room
        for a single line, below other notes, is left for the next page; the text goes on.
        """
        look, height = self._look, self._found.heights[self._found.first[i] + k]
        taken = self._pages.taken(page, filled.here())
        room = below - taken - (look.gap if taken else look.above)
        fit = int((room + look.surplus) / max(look.pitch, 1))
        if height <= room:
            filled.notes[k] = height
        elif fit >= 2:
            filled.notes[k], filled.rest = fit * look.pitch - look.surplus, height - fit * look.pitch
        elif fit == 1 and taken:
            filled.notes[k] = height
            filled.late.add(k)
        else:
            return False
        return True


def _unbroken(lines: int, total: int, at: int, *, widow: bool) -> int:
    """Rule 7: no single lines, and a paragraph of three is never split."""
    if lines >= total or not widow:
        return lines
    lines = min(lines, total - 2)
    return lines if lines - at >= 2 and total != 3 else at
