"""Word's markup of common blocks: as pandoc writes it, without asking pandoc.

Paragraphs, headings, what names a style, quotes, lists, tables and raw blocks, as far as what they hold is as common.
Running text has one style here: `paragraphs` says which of it is a first paragraph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from rapportbygger.nodes import Node
from rapportbygger.write.docx import pandoc_markup as markup
from rapportbygger.write.docx.counting import Counting, UnsureError
from rapportbygger.write.docx.fragments import Fragment, List
from rapportbygger.write.docx.pandoc_reference import Lookup
from rapportbygger.write.docx.plain_runs import Runs, bookmarked, raw

_NOTHING: list[Any] = ["", [], []]
"""No attributes."""


def written(unit: Sequence[Node], lookup: Lookup) -> Fragment | None:
    """What pandoc writes of a block with this template; None where it has to be asked.

    >>> written([{"t": "Para", "c": [{"t": "Str", "c": "a"}]}], Lookup((), (("paragraph", "BodyText", "Body Text"),)))
    ... # doctest: +ELLIPSIS
    Fragment(body=('<w:p><w:pPr><w:pStyle w:val="BodyText" /></w:pPr><w:r><w:t xml:space="preserve">a</w:t></w:r>...
    """
    if len(unit) != 1:
        return None
    counting = Counting()
    try:
        return counting.fragment(markup.BETWEEN.join(_Blocks(lookup, counting).of(unit[0])))
    except UnsureError:
        return None


class _Blocks:
    """Writes a block, in parts between which pandoc's template puts something; raises UnsureError."""

    def __init__(self, lookup: Lookup, counting: Counting) -> None:
        self._counting, self._runs = counting, Runs(lookup, counting)

    def of(self, block: Node) -> list[str]:
        """A block of the body."""
        if block["t"] not in _KINDS:
            raise UnsureError
        return _KINDS[block["t"]](self, block)

    def _paragraph(self, block: Node) -> list[str]:
        return self._paragraphs([block], "Body Text")

    def _raw(self, block: Node) -> list[str]:
        return [raw(block["c"])]

    def _quote(self, block: Node) -> list[str]:
        return self._paragraphs(block["c"], "Block Text")

    def _header(self, block: Node) -> list[str]:
        level, attributes, inlines = block["c"]
        if attributes != _NOTHING:
            raise UnsureError
        return [self._runs.paragraph(f"heading {level}", inlines)]

    def _paragraphs(self, blocks: Sequence[Node], style: str) -> list[str]:
        if not blocks or any(block["t"] != "Para" for block in blocks):
            raise UnsureError
        return [self._runs.paragraph(style, block["c"]) for block in blocks]

    def _div(self, block: Node) -> list[str]:
        """What names a style, or holds such."""
        (identifier, classes, pairs), blocks = block["c"]
        if classes or not blocks or [name for name, _style in pairs] not in ([], ["custom-style"]):
            raise UnsureError
        if pairs:
            inside = self._paragraphs(blocks, pairs[0][1])
        elif all(block["t"] == "Div" for block in blocks):
            inside = [part for inner in blocks for part in self._div(inner)]
        else:
            raise UnsureError
        return bookmarked(self._counting, identifier, inside)

    # ----------------------------------------------------------------------------------------------------------- lists

    def _list(self, block: Node, level: int = 0) -> list[str]:
        number = self._counting.list(_list_of(block))
        items = block["c"] if block["t"] == "BulletList" else block["c"][1]
        return [part for item in items for part in self._item(item, level, number)]

    def _item(self, blocks: Sequence[Node], level: int, number: str) -> Iterable[str]:
        """Its first paragraph is numbered; others only stand below it, in a list that has no labels."""
        if not blocks or blocks[0]["t"] not in {"Para", "Plain"}:
            raise UnsureError
        for at, block in enumerate(blocks):
            if block["t"] in {"Para", "Plain"}:
                style = "Compact" if block["t"] == "Plain" else ""
                place = markup.in_list(level, number if at == 0 else _NO_LABEL)
                yield self._runs.paragraph(style, block["c"], place)
            elif block["t"] in {"BulletList", "OrderedList"}:
                yield from self._list(block, level + 1)
            else:
                raise UnsureError

    # ---------------------------------------------------------------------------------------------------------- tables

    def _table(self, block: Node) -> list[str]:
        """A table without a caption, of one body, in which no cell is larger than another."""
        attributes, caption, columns, head, bodies, foot = block["c"]
        if attributes != _NOTHING or caption != [None, []] or foot != [_NOTHING, []] or len(bodies) != 1:
            raise UnsureError
        body_attributes, headings, more_head, body = bodies[0]
        if body_attributes != _NOTHING or headings or more_head or head[0] != _NOTHING:
            raise UnsureError
        said, widths = _widths([width for _side, width in columns])
        sides = [side["t"] for side, _width in columns]
        rows = [self._row(row, sides, header=True) for row in head[1]]
        if rows and not any(cell[4] for row in head[1] for cell in row[1]):
            raise UnsureError
        rows += [self._row(row, sides, header=False) for row in body]
        return [markup.table(widths, said=said, header=bool(head[1]), rows="".join(rows))]

    def _row(self, row: Any, sides: Sequence[str], *, header: bool) -> str:
        attributes, cells = row
        if attributes != _NOTHING or len(cells) != len(sides):
            raise UnsureError
        return markup.row([self._cell(cell, side) for cell, side in zip(cells, sides, strict=True)], header=header)

    def _cell(self, cell: Any, side: str) -> str:
        attributes, own, rows, columns, blocks = cell
        if (
            attributes != _NOTHING
            or (rows, columns) != (1, 1)
            or [block["t"] for block in blocks] not in ([], ["Plain"])
        ):
            raise UnsureError
        if not blocks:
            return self._runs.empty("Compact")
        aligned = _SIDES[side if own["t"] == "AlignDefault" else own["t"]]
        return self._runs.paragraph("Compact", blocks[0]["c"], aligned)


_KINDS: Mapping[str, Callable[[_Blocks, Node], list[str]]] = {
    "Para": _Blocks._paragraph,
    "Header": _Blocks._header,
    "RawBlock": _Blocks._raw,
    "Div": _Blocks._div,
    "BlockQuote": _Blocks._quote,
    "BulletList": _Blocks._list,
    "OrderedList": _Blocks._list,
    "Table": _Blocks._table,
}
_NO_LABEL = "1000"
_SIDES = {
    "AlignDefault": "",
    "AlignLeft": markup.aligned("left"),
    "AlignRight": markup.aligned("right"),
    "AlignCenter": markup.aligned("center"),
}


def _widths(columns: Sequence[Node]) -> tuple[bool, list[float]]:
    """Whether a table says how wide its columns are, and how wide they are as parts of the text's width."""
    said = [float(column["c"]) for column in columns if column["t"] == "ColWidth"]
    if not columns or (said and (len(said) < len(columns) or min(said) <= 0)):
        raise UnsureError
    return bool(said), said or [1 / len(columns)] * len(columns)


_FORMATS = {
    "Decimal": ("4", "decimal"),
    "LowerRoman": ("5", "lowerRoman"),
    "UpperRoman": ("6", "upperRoman"),
    "LowerAlpha": ("7", "lowerLetter"),
    "UpperAlpha": ("8", "upperLetter"),
}
_AROUND = {"Period": ("1", ("", ".")), "OneParen": ("2", ("", ")")), "TwoParens": ("3", ("(", ")"))}


def _list_of(block: Node) -> List:
    if block["t"] == "BulletList":
        return _bullets()
    start, style, delimiter = block["c"][0]
    if style["t"] not in _FORMATS or delimiter["t"] not in _AROUND or start < 0:
        raise UnsureError
    return _numbers(start, style["t"], delimiter["t"])


@lru_cache(maxsize=1)
def _bullets() -> List:
    return List(markup.numbering("991", None), "991", markup.bullets("991"))


@lru_cache(maxsize=64)
def _numbers(start: int, style: str, delimiter: str) -> List:
    (sign, name), (other, around) = _FORMATS[style], _AROUND[delimiter]
    kind = f"99{sign}{other}{start}"
    return List(markup.numbering(kind, start), kind, markup.numbers(kind, start, name, around))
