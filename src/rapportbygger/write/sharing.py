"""How columns share the room of a table, by what their texts need: words are not broken as long as there is room for
them, texts of a few words stand on one line, and the table gets low. Lengths are twips.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rapportbygger.write.cells import Text

SAFETY = 30
"""Room beside the longest word: what rounding in Word, LibreOffice and Typst may come to."""
AIR = 240
"""What a column of figures has beside them at least, where there is room."""
SMALL, SMALL_WIDTH = 0.45, 1 / 2
"""A table that needs clearly less than half of the text's width is set on half of it: over the whole of it the eye
would lose the line from one figure to the next."""
SHORT, BROKEN, BROKEN_HEAD = 3, 0.7, 0.3
"""A text of so many words is to stand on one line: every line more costs as much as so many lines of the table. So
does, less, every line more of a header cell."""
STEPS = 48
"""How finely the room is shared out."""


@dataclass(frozen=True)
class Column:
    """The texts of a column by row, what its cells' margins take, and whether they are all figures.

    `least` is the width that its longest word needs, `narrowest` where words may break at their hyphens, `calm` that at
    which no text of a few words breaks, `most` the width at which nothing breaks. `heads` are the texts of its header.
    `whole` tells whether `rows` are all the rows.
    """

    rows: tuple[tuple[Text, ...], ...]
    heads: tuple[Text, ...]
    margins: int
    figures: bool
    least: int
    narrowest: int
    calm: int
    most: int
    whole: bool = True

    @cached_property
    def _heights(self) -> dict[int, list[int]]:
        return {}

    def heights(self, width: int) -> list[int]:
        """How many lines each row has at this width."""
        if width not in self._heights:
            room = width - self.margins
            self._heights[width] = [sum(text.lines(room) for text in row) for row in self.rows]
        return self._heights[width]

    @cached_property
    def _short(self) -> tuple[Text, ...]:
        """Texts of a few words. Over figures a header may well have several lines."""
        heads = set(map(id, self.heads)) if self.figures else ()
        texts = (text for row in self.rows for text in row)
        return tuple(text for text in texts if len(text.words) <= SHORT and id(text) not in heads)

    @cached_property
    def _long_heads(self) -> tuple[Text, ...]:
        return tuple(text for text in self.heads if self.figures or len(text.words) > SHORT)

    @cached_property
    def _unrest(self) -> dict[int, float]:
        return {}

    def unrest(self, width: int) -> float:
        """What broken texts of a few words and broken header cells cost at this width, in lines of the table."""
        if width not in self._unrest:
            room = width - self.margins
            short, heads = (sum(text.lines(room) - 1 for text in texts) for texts in (self._short, self._long_heads))
            self._unrest[width] = BROKEN * short + BROKEN_HEAD * heads
        return self._unrest[width]


def with_room_for_words(widths: Sequence[int], columns: Sequence[Column], room: int) -> tuple[int, ...]:
    """Columns that are too narrow for a word of theirs get room from those that have some to spare."""
    least = [column.least for column in columns]
    if sum(least) > sum(widths):
        return _cramped(columns, room)
    spare = [max(0, width - low) for width, low in zip(widths, least, strict=True)]
    wanting = [max(0, low - width) for width, low in zip(widths, least, strict=True)]
    if not any(wanting):
        return _calmed(columns, widths)
    taken = sum(wanting)
    return _calmed(columns, [w + m - taken * s // sum(spare) for w, m, s in zip(widths, wanting, spare, strict=True)])


def shared(columns: Sequence[Column], room: int) -> tuple[int, ...]:
    """The widths of columns that nothing is said about: all the room, or half of it for a very small table."""
    if sum(column.least for column in columns) > room:
        return _cramped(columns, room)
    most = sum(column.most for column in columns)
    if most > room:
        return _lowest(columns, room)
    if len(columns) > 1 and most + AIR * len(columns) < room * SMALL:
        room = int(room * SMALL_WIDTH)
    return _spread([column.most for column in columns], columns, room)


def _cramped(columns: Sequence[Column], room: int) -> tuple[int, ...]:
    """Words do not all have room: they break at hyphens first, then those of the widest columns anywhere."""
    narrowest = [column.narrowest for column in columns]
    if sum(narrowest) > room:
        return _levelled(narrowest, room)
    wishes = [column.least - column.narrowest for column in columns]
    more = _levelled(wishes, min(sum(wishes), room - sum(narrowest)))
    return tuple(low + extra for low, extra in zip(narrowest, more, strict=True))


def _levelled(wishes: Sequence[int], width: int) -> tuple[int, ...]:
    """Columns that wish for more than there is: the modest ones get their wish, the others share the rest alike."""
    left, given = width, dict.fromkeys(range(len(wishes)), 0)
    for done, column in enumerate(sorted(given, key=lambda column: wishes[column])):
        given[column] = min(wishes[column], left // (len(wishes) - done))
        left -= given[column]
    return tuple(given.values())


def _spread(widths: Sequence[int], columns: Sequence[Column], room: int, *, air: float = 2.0) -> tuple[int, ...]:
    """Columns that have what they need share what is left: figures alike, at most `air` times what they need."""
    figures = [i for i, column in enumerate(columns) if column.figures]
    widest = max((widths[i] for i in figures), default=0)
    alike = [widest if i in figures else width for i, width in enumerate(widths)]
    given = alike if sum(alike) <= room else list(widths)
    left = room - sum(given)
    parts = [left * width // sum(given) for width in given]
    if 0 < len(figures) < len(given):
        parts = [min(part, max(AIR, int(air * given[i]))) if i in figures else part for i, part in enumerate(parts)]
        others = sum(given[i] for i in range(len(given)) if i not in figures)
        rest = left - sum(parts)
        parts = [part if i in figures else part + rest * given[i] // others for i, part in enumerate(parts)]
    return tuple(width + part for width, part in zip(given, parts, strict=True))


def _lowest(columns: Sequence[Column], room: int) -> tuple[int, ...]:
    """Widths at which the table is low and calm: of two ways to come to such, the one that comes further."""
    low, calm = (_stepwise(columns, room, calm=calm) for calm in (False, True))
    best = min((_calmed(columns, low), calm), key=lambda widths: _total(columns, widths))
    return _spread([_tight(*pair) for pair in zip(columns, best, strict=True)], columns, room, air=0)


def _stepwise(columns: Sequence[Column], room: int, *, calm: bool) -> tuple[int, ...]:
    """Step by step the column gets more that makes the table lowest for its room, or also calmest."""
    widths = [column.least for column in columns]
    step = max(20, (room - sum(widths)) // STEPS)
    while (found := _next(columns, widths, room - sum(widths), step, calm=calm)) is not None:
        column, width = found
        widths[column] = width
    left = room - sum(widths)
    wishes = [max(0, column.most - width) for column, width in zip(columns, widths, strict=True)]
    more = [min(wish, left * wish // max(1, sum(wishes))) for wish in wishes]
    return tuple(width + extra for width, extra in zip(widths, more, strict=True))


def _calmed(columns: Sequence[Column], widths: Sequence[int]) -> tuple[int, ...]:
    """The columns that break short texts get room for them from the others, where the table gets no worse by that."""
    best = tuple(widths)
    for i in sorted(range(len(columns)), key=lambda i: columns[i].calm - widths[i]):
        lack = columns[i].calm - best[i]
        ways = [[_spare(*pair, calm=calm) for pair in zip(columns, best, strict=True)] for calm in (True, False)]
        given = [_given(best, i, lack, spare) for spare in ways if lack > 0]
        best = min([best, *given], key=lambda each: _total(columns, each))
    return best


def _given(widths: tuple[int, ...], wanting: int, lack: int, spare: Sequence[int]) -> tuple[int, ...]:
    """The widths when the other columns have given one what it lacks, if they can."""
    spare = [0 if i == wanting else more for i, more in enumerate(spare)]
    if lack > sum(spare):
        return widths
    given = [width - lack * more // sum(spare) for width, more in zip(widths, spare, strict=True)]
    given[wanting] = sum(widths) - sum(given[:wanting]) - sum(given[wanting + 1 :])
    return tuple(given)


def _spare(column: Column, width: int, *, calm: bool) -> int:
    """What a column can do without; with `calm` so that it breaks no texts of a few words, if it breaks none now."""
    return max(0, width - (column.calm if calm and width >= column.calm else column.least))


def _total(columns: Sequence[Column], widths: Sequence[int]) -> float:
    """What a table costs, in lines: its height, and what is broken in it."""
    heights = [column.heights(width) for column, width in zip(columns, widths, strict=True)]
    rows: list[tuple[int, ...]] = list(zip(*heights, strict=True))
    unrest = sum(column.unrest(width) for column, width in zip(columns, widths, strict=True))
    return unrest + sum(max(row) + 0.05 * sum(row) for row in rows)


def _tight(column: Column, width: int) -> int:
    """The least width at which the column's texts break no more than at this one."""
    if not column.whole:
        return width
    wanted, low, high = (column.heights(width), column.unrest(width)), column.least, width
    while low < high:
        middle = (low + high) // 2
        if (column.heights(middle), column.unrest(middle)) == wanted:
            high = middle
        else:
            low = middle + 1
    return min(width, low + SAFETY)


def _next(
    columns: Sequence[Column], widths: Sequence[int], left: int, step: int, *, calm: bool
) -> tuple[int, int] | None:
    """The column to widen next, and how wide it gets; None where no column makes the table any better."""
    heights = [column.heights(width) for column, width in zip(columns, widths, strict=True)]
    best, choice = 0.0, None
    for i, column in enumerate(columns):
        others = [max(rows) for rows in zip(*(h for j, h in enumerate(heights) if j != i), strict=True)]
        now = _cost(heights[i], others) + calm * column.unrest(widths[i])
        for width in _wider(column, widths[i], step):
            if not 0 < width - widths[i] <= left:
                continue
            gain = (now - _cost(column.heights(width), others) - calm * column.unrest(width)) / (width - widths[i])
            if gain > best:
                best, choice = gain, (i, width)
    return choice


def _wider(column: Column, width: int, step: int) -> list[int]:
    """The widths that are tried: a few steps more, and that at which texts of a few words have room."""
    return [*(min(width + more * step, column.most) for more in (1, 2, 3, 5, 8)), column.calm]


def _cost(own: Sequence[int], others: Sequence[int]) -> float:
    """The lines of the rows, and a little for every line in a cell that makes its row no higher."""
    rows = zip(own, others, strict=True) if others else ((lines, 0) for lines in own)
    return sum(max(mine, other) + 0.05 * mine for mine, other in rows)
