"""How wide the columns of a table are, alike in both files, as a typographer would have them.

No word is broken as long as the table can hold the longest word of every column. Columns of figures are as wide as they
need to be, with some air; the others share the rest so that short texts stand on one line and the table gets low.
Lengths are twips.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from rapportbygger.nodes import Node, elements, plain
from rapportbygger.recent import OfEach
from rapportbygger.theme.look import Style
from rapportbygger.write.cells import PARTS, Cell, TableLetters, Text, rows_of, texts_of
from rapportbygger.write.sharing import SAFETY, SHORT, Column, shared, with_room_for_words

ROWS = 30
"""How many rows (those with the longest texts) are looked at to share out the room."""


def _widths(table: Node, columns: list[Column], room: int) -> tuple[int, ...]:
    """The widths of a table's columns, which add up to the room that there is, or half of it for a very small table.

    Relative widths (pandoc takes them from the dashes of a table with long lines) are kept as far as the longest word
    of every column has room, unless they only follow the lengths of the texts, as dashes that an editor lined up do.
    """
    if not columns:
        return ()
    shares = [float(width.get("c", 0.0)) for _, width in table["c"][2]]
    if len(set(shares)) > 1 and not _accidental(shares, table):
        rest = max(0.0, 1.0 - sum(shares)) / max(1, shares.count(0.0))
        whole = sum(share or rest for share in shares)
        return with_room_for_words([int((share or rest) * room / whole) for share in shares], columns, room)
    return shared(columns, room)


WHOLE_ROWS, WHOLE_LINES = 8, 18
"""A table of so few rows and lines (less than a third of a page) is not parted by the end of a page."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How wide a table's columns are, and whether all its rows stand on one page.

    `broken` is a word that has too little room in its column, "" where all have room or break at a hyphen.
    """

    widths: tuple[int, ...]
    whole: bool
    broken: str = ""


def plan(table: Node, room: int, letters: TableLetters) -> Plan:
    """How a table is laid out in both files. Tables with footnotes and pictures may part: their height is not known.

    A table that begins outside the text ends as far outside it on the other side, one that is indented where the text
    ends.
    """
    known = _plans.get(table["c"])
    if known is None or known[:2] != (room, letters):
        known = (room, letters, _planned(table, room, letters))
        _plans.put(table["c"], known)
    return known[2]


_plans = OfEach[list[Any], tuple[int, TableLetters, Plan]]()
"""Of the last tables: both files ask, and the next document."""


def _planned(table: Node, room: int, letters: TableLetters) -> Plan:
    rows = [[_Measured(cell, tuple(_texts(cell, letters))) for cell in row] for row in rows_of(table)]
    columns = _columns(rows, len(table["c"][2]), letters)
    widths = _widths(table, columns, room - letters.edge * (1 if letters.edge > 0 else 2))
    narrow = any(width < column.narrowest - SAFETY for width, column in zip(widths, columns, strict=True))
    broken = next(_broken(rows, widths, letters), "") if narrow else ""
    if len(rows) > WHOLE_ROWS or elements(table["c"][3:], "Note", "Image"):
        return Plan(widths, whole=False, broken=broken)
    lines = sum(max((_lines(each, widths, letters) for each in row), default=1) for row in rows)
    return Plan(widths, whole=lines + len(rows) / 2 <= WHOLE_LINES, broken=broken)


class _Measured(NamedTuple):
    """A cell and its paragraphs."""

    cell: Cell
    texts: tuple[Text, ...]


def _broken(rows: Sequence[Sequence[_Measured]], widths: Sequence[int], letters: TableLetters) -> Iterator[str]:
    """The words that are wider than their cell, but for addresses, which are broken anywhere."""
    for cell in (each.cell for row in rows for each in row):
        room = sum(widths[cell.column : cell.column + cell.wide]) - letters.margins
        own = letters.head if cell.part == "head" else letters.cell
        for word in (word for block in elements(cell.blocks, "Plain", "Para") for word in plain(block["c"]).split()):
            if not {"/", "@"} & set(word) and any(own.width(part) > room for part in PARTS.split(word)):
                yield word


def space_below(text: Style) -> int:
    """The least space between a table or the caption of a figure and what follows, in twips: the height of the text's
    letters."""
    return text.look.size


def _lines(measured: _Measured, widths: Sequence[int], letters: TableLetters) -> int:
    cell, texts = measured
    room = sum(widths[cell.column : cell.column + cell.wide]) - letters.margins
    return sum(text.lines(room) for text in texts) if cell.high == 1 else 1


# ---------------------------------------------------------------------------------------------- what the columns hold


def _columns(rows: Sequence[Sequence[_Measured]], count: int, letters: TableLetters) -> list[Column]:
    found = [_column(rows, column, letters) for column in range(count)]
    for cell, texts in (pair for row in rows for pair in row if 1 < pair[0].wide <= count - pair[0].column):
        found = _widened(found, cell, max((text.word for text in texts), default=0.0))
    longest = sorted(range(len(rows)), key=lambda i: -sum(text.whole for _, texts in rows[i] for text in texts))[:ROWS]
    whole = len(longest) == len(rows)
    return [replace(each, rows=tuple(each.rows[i] for i in sorted(longest)), whole=whole) for each in found]


def _texts(cell: Cell, letters: TableLetters) -> Iterator[Text]:
    return texts_of(cell.blocks, letters.head if cell.part == "head" else letters.cell)


def _column(rows: Sequence[Sequence[_Measured]], column: int, letters: TableLetters) -> Column:
    own = [next((pair for pair in row if (pair[0].column, pair[0].wide) == (column, 1)), None) for row in rows]
    cells = [pair for pair in own if pair is not None]
    body = [pair for pair in cells if pair[0].part != "head"]
    figures = bool(body) and all(_is_figure(cell) for cell, _ in body)
    texts = [text for _, found in cells for text in found]
    numbers = [text.whole for _, found in body for text in found] if figures else []
    extra = letters.margins + SAFETY
    least = int(max([*(text.word for text in texts), *numbers], default=0) + extra)
    short = (t.whole for cell, found in (body if figures else cells) for t in found if len(t.words) <= SHORT)
    return Column(
        rows=tuple(pair[1] if pair is not None and pair[0].high == 1 else () for pair in own),
        heads=tuple(text for cell, found in cells if cell.part == "head" for text in found),
        margins=letters.margins,
        figures=figures,
        least=least,
        narrowest=int(max((text.part for text in texts), default=0) + extra),
        calm=max(least, int(max(short, default=0) + extra)),
        most=max(least, int(max((text.whole for text in texts), default=0) + extra)),
    )


def _widened(columns: list[Column], cell: Cell, word: float) -> list[Column]:
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
