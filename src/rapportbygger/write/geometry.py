"""Measures that both writers use, so that lines break alike in both files: columns of tables, levels of lists.

Lengths are twips (1/20 pt).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapportbygger.nodes import Node, elements, pairs_of, plain

LIST_STEP, LIST_HANGING = 720, 360
BULLETS = ("•", "–", "•")
"""The signs of nested bullet lists, in turn, in the text's own font."""

# ------------------------------------------------------------------------------------------------------------- columns


def column_widths(table: Node, text_width: int) -> tuple[int, ...]:
    """The widths of a table's columns, which add up to at most the text's width.

    Relative widths (pandoc takes them from the dashes of a table with long lines; all alike mean nothing) are kept as
    far as the longest word of every column has room. Without them the table is as wide as the text, and its columns
    share that by their longest texts; none is narrower than its longest word needs, as far as that is possible.
    """
    shares = [float(width.get("c", 0.0)) for _, width in table["c"][2]]
    if len(set(shares)) > 1:
        rest = max(0.0, 1.0 - sum(shares)) / max(1, shares.count(0.0))
        wished = tuple(int((share or rest) * text_width) for share in shares)
        return _with_room_for_words(wished, _extents(table, len(shares)))
    return _shared(_extents(table, len(shares)), text_width)


@dataclass(frozen=True, slots=True)
class _Extent:
    """How much a column holds, in letters: its longest text and its longest word."""

    text: int = 1
    word: int = 1


LONGEST_TEXT = 60
"""A text longer than this makes its column no wider: it breaks over lines anyway."""
LETTER, PADDING = 125, 240
"""About what a letter and a cell's margins take, in twips."""


def _extents(table: Node, columns: int) -> list[_Extent]:
    extents = [_Extent()] * columns
    for cells in _rows(table):
        at = 0
        for _, _, _, width, blocks in cells:
            if width == 1 and at < columns:
                lines = [line for block in blocks for line in _lines(block)]
                text = max((len(line) for line in lines), default=1)
                word = max((len(word) for line in lines for word in line.split()), default=1)
                word = max(word, *(_letters(image) for image in elements(blocks, "Image")), 1)
                old = extents[at]
                extents[at] = _Extent(max(old.text, min(text, LONGEST_TEXT)), max(old.word, word))
            at += width
    return extents


def _with_room_for_words(widths: tuple[int, ...], extents: list[_Extent]) -> tuple[int, ...]:
    """Columns that are too narrow for a word of theirs get room from those that have some to spare."""
    least = [extent.word * LETTER + PADDING for extent in extents]
    spare = [max(0, width - low) for width, low in zip(widths, least, strict=True)]
    wanting = [max(0, low - width) for width, low in zip(widths, least, strict=True)]
    if not any(wanting):
        return widths
    if sum(wanting) > sum(spare):
        return _levelled(least, sum(widths))
    return tuple(
        width + more - sum(wanting) * extra // sum(spare)
        for width, more, extra in zip(widths, wanting, spare, strict=True)
    )


def _shared(extents: list[_Extent], width: int) -> tuple[int, ...]:
    least = [extent.word * LETTER + PADDING for extent in extents]
    if sum(least) >= width:
        return _levelled(least, width)
    wanted = [max(low, extent.text * LETTER + PADDING) for low, extent in zip(least, extents, strict=True)]
    more = [want - low for want, low in zip(wanted, least, strict=True)]
    left = width - sum(least)
    parts = more if sum(more) >= left else wanted
    base = least if sum(more) >= left else wanted
    spare = width - sum(base)
    return tuple(low + spare * part // sum(parts) for low, part in zip(base, parts, strict=True))


def _levelled(wishes: Sequence[int], width: int) -> tuple[int, ...]:
    """Columns that wish for more than there is: the modest ones get their wish, the others share the rest alike."""
    left, given = width, dict.fromkeys(range(len(wishes)), 0)
    for done, column in enumerate(sorted(given, key=lambda column: wishes[column])):
        given[column] = min(wishes[column], left // (len(wishes) - done))
        left -= given[column]
    return tuple(given.values())


def _rows(table: Node) -> Iterator[list[Any]]:
    _, _, _, head, bodies, foot = table["c"]
    for rows in (head[1], *(part for body in bodies for part in (body[2], body[3])), foot[1]):
        for row in rows:
            yield row[1]


def _letters(image: Node) -> int:
    """How many letters are as wide as a picture, whose width is in inches when `resolve` has been there."""
    width = pairs_of(image["c"][0]).get("width", "")
    return math.ceil(float(width[:-2]) * 1440 / LETTER) if width.endswith("in") else 1


def _lines(block: Node) -> Iterator[str]:
    if block["t"] in ("Plain", "Para"):
        yield from plain(block["c"]).split("\n")
    else:
        yield " " * LONGEST_TEXT


# --------------------------------------------------------------------------------------------------------------- lists


@dataclass(frozen=True, slots=True)
class ListLevel:
    """Where a list's text begins, and how far before it its label stands."""

    left: int
    hanging: int = LIST_HANGING


def list_level(level: int) -> ListLevel:
    """The measures of a list at a level, from 0, as pandoc's docx writer numbers them."""
    return ListLevel(LIST_STEP * (min(level, 8) + 1))


def ordered_labels(attributes: list[Any], count: int, level: int) -> tuple[str, ...]:
    """The labels of an ordered list's items: `attributes` are pandoc's (start, style, delimiter)."""
    start, style, delimiter = attributes
    kind, around = style["t"], delimiter["t"]
    if kind == "DefaultStyle":
        kind = ("Decimal", "LowerAlpha", "LowerRoman")[level % 3]
    form = _FORMS.get(kind, str)
    pattern = {"OneParen": "{})", "TwoParens": "({})"}.get(around, "{}.")
    return tuple(pattern.format(form(start + i)) for i in range(count))


def _alpha(n: int) -> str:
    return "" if n < 1 else _alpha((n - 1) // 26) + chr(97 + (n - 1) % 26)


_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def _roman(n: int) -> str:
    out = ""
    for value, sign in _ROMAN:
        out, n = out + sign * (n // value), n % value
    return out


_FORMS: Mapping[str, Callable[[int], str]] = {
    "LowerAlpha": _alpha,
    "UpperAlpha": lambda n: _alpha(n).upper(),
    "LowerRoman": _roman,
    "UpperRoman": lambda n: _roman(n).upper(),
}
