"""How wide the columns of a table are, alike in both files, as a typographer would have them.

No word is broken as long as the table can hold the longest word of every column. Columns of figures are as wide as they
need to be, with some air; the others share the rest so that the table gets as low as it can. Lengths are twips.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rapportbygger.nodes import Node, elements, plain
from rapportbygger.theme.look import Style
from rapportbygger.write.cells import Cell, TableLetters, Text, rows_of, texts_of

SAFETY = 30
"""Room beside the longest word: what rounding in Word, LibreOffice and Typst may come to."""
AIR = 240
"""What a column of figures has beside them at least, where there is room."""
SMALL, SMALL_WIDTH = 1 / 3, 1 / 2
"""A table that needs less than a third of the text's width is set on half of it: over the whole of it the eye would
lose the line from one figure to the next."""
STEPS, ROWS = 48, 30
"""How finely the room is shared out, and how many rows (those with the longest texts) are looked at for that."""


def column_widths(table: Node, room: int, letters: TableLetters) -> tuple[int, ...]:
    """The widths of a table's columns, which add up to the room that there is, or half of it for a very small table.

    A table that begins outside the text ends as far outside it on the other side, one that is indented where the text
    ends.

    Relative widths (pandoc takes them from the dashes of a table with long lines) are kept as far as the longest word
    of every column has room, unless they only follow the lengths of the texts, as dashes that an editor lined up do.
    """
    columns, room = _columns(table, letters), room - letters.edge * (1 if letters.edge > 0 else 2)
    if not columns:
        return ()
    shares = [float(width.get("c", 0.0)) for _, width in table["c"][2]]
    if len(set(shares)) > 1 and not _accidental(shares, table):
        rest = max(0.0, 1.0 - sum(shares)) / max(1, shares.count(0.0))
        whole = sum(share or rest for share in shares)
        return _with_room_for_words([int((share or rest) * room / whole) for share in shares], columns, room)
    return _shared(columns, room)


WHOLE_ROWS, WHOLE_LINES = 8, 18
"""A table of so few rows and lines (less than a third of a page) is not parted by the end of a page."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How wide a table's columns are, and whether all its rows stand on one page."""

    widths: tuple[int, ...]
    whole: bool


def plan(table: Node, room: int, letters: TableLetters) -> Plan:
    """How a table is laid out in both files. Tables with footnotes and pictures may part: their height is not known."""
    widths = column_widths(table, room, letters)
    rows = list(rows_of(table))
    if len(rows) > WHOLE_ROWS or elements(table["c"][3:], "Note", "Image"):
        return Plan(widths, whole=False)
    lines = sum(max((_lines(cell, widths, letters) for cell in row), default=1) for row in rows)
    return Plan(widths, whole=lines + len(rows) / 2 <= WHOLE_LINES)


def space_below(text: Style) -> int:
    """The least space between a table and what follows, in twips: as much as the letters of the text are high."""
    return text.look.size


def _lines(cell: Cell, widths: Sequence[int], letters: TableLetters) -> int:
    room = sum(widths[cell.column : cell.column + cell.wide]) - letters.margins
    return sum(text.lines(room) for text in _texts(cell, letters)) if cell.high == 1 else 1


# ---------------------------------------------------------------------------------------------- what the columns hold


@dataclass(frozen=True)
class _Column:
    """The texts of a column by row, what its cells' margins take, and whether they are all figures.

    `least` is the width that its longest word needs, `narrowest` where words may break at their hyphens, `most` the
    width at which nothing breaks.
    """

    rows: tuple[tuple[Text, ...], ...]
    margins: int
    figures: bool
    least: int
    narrowest: int
    most: int

    @cached_property
    def _heights(self) -> dict[int, list[int]]:
        return {}

    def heights(self, width: int) -> list[int]:
        """How many lines each row has at this width."""
        if width not in self._heights:
            room = width - self.margins
            self._heights[width] = [sum(text.lines(room) for text in row) for row in self.rows]
        return self._heights[width]


def _columns(table: Node, letters: TableLetters) -> list[_Column]:
    rows = [[(cell, tuple(_texts(cell, letters))) for cell in row] for row in rows_of(table)]
    count = len(table["c"][2])
    found = [_column(rows, column, letters) for column in range(count)]
    for cell, texts in (pair for row in rows for pair in row if 1 < pair[0].wide <= count - pair[0].column):
        found = _widened(found, cell, max((text.word for text in texts), default=0.0))
    longest = sorted(range(len(rows)), key=lambda i: -sum(text.whole for _, texts in rows[i] for text in texts))[:ROWS]
    return [replace(each, rows=tuple(each.rows[i] for i in sorted(longest))) for each in found]


def _texts(cell: Cell, letters: TableLetters) -> Iterator[Text]:
    return texts_of(cell.blocks, letters.head if cell.part == "head" else letters.cell)


def _column(rows: Sequence[Sequence[tuple[Cell, tuple[Text, ...]]]], column: int, letters: TableLetters) -> _Column:
    own = [next((pair for pair in row if (pair[0].column, pair[0].wide) == (column, 1)), None) for row in rows]
    cells = [pair for pair in own if pair is not None]
    body = [pair for pair in cells if pair[0].part != "head"]
    figures = bool(body) and all(_is_figure(cell) for cell, _ in body)
    texts = [text for _, found in cells for text in found]
    numbers = [text.whole for _, found in body for text in found] if figures else []
    extra = letters.margins + SAFETY
    least = int(max([*(text.word for text in texts), *numbers], default=0) + extra)
    return _Column(
        rows=tuple(pair[1] if pair is not None and pair[0].high == 1 else () for pair in own),
        margins=letters.margins,
        figures=figures,
        least=least,
        narrowest=int(max((text.part for text in texts), default=0) + extra),
        most=max(least, int(max((text.whole for text in texts), default=0) + extra)),
    )


def _widened(columns: list[_Column], cell: Cell, word: float) -> list[_Column]:
    """Columns that a cell spans together hold its longest word: what they lack is shared among them."""
    spanned = range(cell.column, cell.column + cell.wide)
    lack = int(word) + columns[0].margins + SAFETY - sum(columns[i].least for i in spanned)
    more = -(-max(0, lack) // cell.wide)
    return [
        replace(each, least=each.least + more, narrowest=each.narrowest + more, most=max(each.most, each.least + more))
        if i in spanned
        else each
        for i, each in enumerate(columns)
    ]


_FIGURE = re.compile(r"[^\w]*(\d[\d\s.,:/\u2013\u2212+-]*)?[\s]?([%‰]|°C?|[^\W\d_]{1,4}\.?)?[^\w]*")


def _is_figure(cell: Cell) -> bool:
    """A number with its unit, a date, a dash, or nothing."""
    text = " ".join(plain(block["c"]) for block in cell.blocks if block["t"] in ("Plain", "Para"))
    return not text or (len(text) <= 18 and _FIGURE.fullmatch(text) is not None and not text.isalpha())


def _accidental(shares: Sequence[float], table: Node) -> bool:
    """Whether the dashes are just as long as the header cells or the longest ones, with or without spaces around."""
    lengths: list[list[int]] = []
    for part in (("head",), ("head", "body", "foot")):
        longest = [0] * len(shares)
        for cell in (cell for row in rows_of(table) for cell in row if cell.part in part and cell.wide == 1):
            texts = (plain(block["c"]) for block in cell.blocks if block["t"] in ("Plain", "Para"))
            longest[cell.column] = max(longest[cell.column], *map(len, texts), 0)
        lengths += [longest, [length + 2 for length in longest]]
    return any(_alike(shares, found) for found in lengths)


def _alike(shares: Sequence[float], lengths: Sequence[int]) -> bool:
    whole, total = sum(shares), sum(lengths)
    return bool(total) and all(
        abs(s * total / (whole * n or 1) - 1) < 0.04 for s, n in zip(shares, lengths, strict=True)
    )


# ------------------------------------------------------------------------------------------------------- sharing room


def _with_room_for_words(widths: Sequence[int], columns: Sequence[_Column], room: int) -> tuple[int, ...]:
    """Columns that are too narrow for a word of theirs get room from those that have some to spare."""
    least = [column.least for column in columns]
    if sum(least) > sum(widths):
        return _cramped(columns, room)
    spare = [max(0, width - low) for width, low in zip(widths, least, strict=True)]
    wanting = [max(0, low - width) for width, low in zip(widths, least, strict=True)]
    if not any(wanting):
        return tuple(widths)
    taken = sum(wanting)
    return tuple(w + m - taken * s // sum(spare) for w, m, s in zip(widths, wanting, spare, strict=True))


def _shared(columns: Sequence[_Column], room: int) -> tuple[int, ...]:
    if sum(column.least for column in columns) > room:
        return _cramped(columns, room)
    most = sum(column.most for column in columns)
    if most > room:
        return _lowest(columns, room)
    if len(columns) > 1 and most + AIR * len(columns) < room * SMALL:
        room = int(room * SMALL_WIDTH)
    return _spread([column.most for column in columns], columns, room)


def _cramped(columns: Sequence[_Column], room: int) -> tuple[int, ...]:
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


def _spread(widths: Sequence[int], columns: Sequence[_Column], room: int) -> tuple[int, ...]:
    """Columns that all have what they need share what is left: figures alike, up to twice what they need."""
    figures = [i for i, column in enumerate(columns) if column.figures]
    widest = max((widths[i] for i in figures), default=0)
    alike = [widest if i in figures else width for i, width in enumerate(widths)]
    given = alike if sum(alike) <= room else list(widths)
    left = room - sum(given)
    parts = [left * width // sum(given) for width in given]
    if 0 < len(figures) < len(given):
        parts = [min(part, max(AIR, given[i])) if i in figures else part for i, part in enumerate(parts)]
        others = sum(given[i] for i in range(len(given)) if i not in figures)
        rest = left - sum(parts)
        parts = [part if i in figures else part + rest * given[i] // others for i, part in enumerate(parts)]
    return tuple(width + part for width, part in zip(given, parts, strict=True))


def _lowest(columns: Sequence[_Column], room: int) -> tuple[int, ...]:
    """Widths at which the table is low: step by step the column that makes it lowest for its room gets more."""
    widths = [column.least for column in columns]
    step = max(20, (room - sum(widths)) // STEPS)
    while (found := _next(columns, widths, room - sum(widths), step)) is not None:
        column, width = found
        widths[column] = width
    left = room - sum(widths)
    wishes = [max(0, column.most - width) for column, width in zip(columns, widths, strict=True)]
    more = [min(wish, left * wish // max(1, sum(wishes))) for wish in wishes]
    return tuple(width + extra for width, extra in zip(widths, more, strict=True))


def _next(columns: Sequence[_Column], widths: Sequence[int], left: int, step: int) -> tuple[int, int] | None:
    """The column to widen next, and how wide it gets; None where no column makes the table any lower."""
    heights = [column.heights(width) for column, width in zip(columns, widths, strict=True)]
    best, choice = 0.0, None
    for i, column in enumerate(columns):
        others = [max(rows) for rows in zip(*(h for j, h in enumerate(heights) if j != i), strict=True)]
        now = _cost(heights[i], others)
        for more in (step, 2 * step, 3 * step, 5 * step, 8 * step):
            width = min(widths[i] + more, column.most)
            if not 0 < width - widths[i] <= left:
                break
            gain = (now - _cost(column.heights(width), others)) / (width - widths[i])
            if gain > best:
                best, choice = gain, (i, width)
    return choice


def _cost(own: Sequence[int], others: Sequence[int]) -> float:
    """The lines of the rows, and a little for every line in a cell that makes its row no higher."""
    rows = zip(own, others, strict=True) if others else ((lines, 0) for lines in own)
    return sum(max(mine, other) + 0.05 * mine for mine, other in rows)
