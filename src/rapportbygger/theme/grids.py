"""Tables in a template itself: a logo beside an address, a coloured band, a frame around a title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from rapportbygger.theme.drawings import Part
from rapportbygger.theme.look import Cell, Grid, Row, Story
from rapportbygger.theme.properties import (
    Border,
    Element,
    Properties,
    W,
    child,
    inherit,
    number,
    paragraph_borders,
    paragraph_properties,
    run_properties,
    shade,
    value,
)
from rapportbygger.theme.styles import StyleSheet

_SIDES = ("left", "top", "right", "bottom")
_WORD_SIDES = {"start": "left", "end": "right"}


class Reader(Protocol):
    """What reads the paragraphs in cells (`story.StoryReader`)."""

    @property
    def sheet(self) -> StyleSheet:
        """The template's styles."""

    @property
    def edge_at_margin(self) -> bool:
        """Whether a table's edge is at the margin, not the text in it."""

    def story(self, blocks: Iterable[Element], part: Part, table: Properties | None = None) -> Story:
        """The paragraphs and tables in a cell."""


@dataclass(frozen=True, slots=True)
class _Dress:
    """What holds for all cells of one table."""

    margins: Mapping[str, int]
    borders: Mapping[str, Border]
    shading: str
    text: Properties


def grid(table: Element, reader: Reader, part: Part) -> Grid:
    """A `w:tbl` (§17.4). Of its style only what holds for every cell is heard, not what its first row has."""
    properties = child(table, "tblPr")
    dress = _dress(table, reader)
    columns = tuple(number(column, "w") for column in table.iterfind(f"{W}tblGrid/{W}gridCol"))
    rows = [_in_grid(row, len(columns)) for row in _rows(table, dress, reader, part)]
    indent = number(child(properties, "tblInd"), "w")
    left = indent if reader.edge_at_margin else indent - dress.margins["left"]
    align = value(child(properties, "jc"), default="left").replace("start", "left").replace("end", "right")
    return Grid(_enough(columns, rows), _ruled(rows, dress.borders), left, align)


def _in_grid(row: Row, columns: int) -> Row:
    """A row whose cells go on through no more columns than there are, where there is room for all of them."""
    spare, cells = columns - len(row.cells), []
    for cell in row.cells:
        more = min(cell.columns - 1, max(spare, 0)) if columns else cell.columns - 1
        cells.append(replace(cell, columns=1 + more))
        spare -= more
    return replace(row, cells=tuple(cells))


def _enough(columns: tuple[int, ...], rows: list[Row]) -> tuple[int, ...]:
    """As many columns as the widest row has. Those that a table does not tell of are alike on a page of A4."""
    count = max((sum(cell.columns for cell in row.cells) for row in rows), default=1)
    return columns + (9070 // max(count, 1),) * (count - len(columns))


def _dress(table: Element, reader: Reader) -> _Dress:
    margins, borders, shading, text = dict.fromkeys(_SIDES, 0), dict[str, Border](), "", Properties()
    theme = reader.sheet.fonts
    for style in (*_styles(table, reader), table):
        properties = child(style, "tblPr")
        margins |= _margins(child(properties, "tblCellMar"))
        borders |= _borders(child(properties, "tblBorders"), theme)
        shading = shade(child(properties, "shd"), theme) or shading
        if style is not table:
            text = inherit(text, paragraph_properties(child(style, "pPr"), theme))
            text = inherit(text, run_properties(child(style, "rPr"), theme))
    return _Dress(margins, borders, shading, text)


def _styles(table: Element, reader: Reader) -> Iterator[Element]:
    """The table's style and what it is based on, the farthest first; without one that of all tables."""
    named = value(child(table, "tblPr/tblStyle")) or reader.sheet.default("table")
    return reversed(list(reader.sheet.chain(named)))


def _margins(margins: Element | None) -> Mapping[str, int]:
    found = ((_side(margin), number(margin, "w")) for margin in (margins if margins is not None else ()))
    return {side: width for side, width in found if side in _SIDES}


def _side(element: Element) -> str:
    name = str(element.tag).rpartition("}")[2]
    return _WORD_SIDES.get(name, name)


def _borders(borders: Element | None, theme: Mapping[str, str]) -> dict[str, Border]:
    """Lines by side; one that is said to be none is one of no thickness, which hides what would be there."""
    out: dict[str, Border] = {}
    for border in borders if borders is not None else ():
        side = _side(border)
        drawn = list(paragraph_borders([border], theme, sides=(*_SIDES, "insideH", "insideV", "start", "end")))
        out[side] = replace_side(drawn[0], side) if drawn else (side, 0, 0, "000000")
    return out


def replace_side(border: Border, side: str) -> Border:
    """The same line at another side."""
    return (side, *border[1:])


def _rows(table: Element, dress: _Dress, reader: Reader, part: Part) -> Iterator[Row]:
    for row in _inside(table, "tr"):
        properties = child(row, "trPr")
        height = child(properties, "trHeight")
        cells = tuple(_cell(cell, dress, reader, part) for cell in _inside(row, "tc"))
        before = number(child(properties, "gridBefore"))
        empty = (Cell(columns=before),) if before else ()
        yield Row((*empty, *cells), number(height), value(height, "hRule") == "exact")


def _inside(element: Element, name: str) -> Iterator[Element]:
    """Rows of a table, cells of a row: also those in content controls."""
    for inner in element:
        if inner.tag == W + name:
            yield inner
        elif inner.tag in (W + "sdt", W + "sdtContent", W + "customXml"):
            yield from _inside(inner, name)


_CONTINUED = 0
"""How many rows a cell has that belongs to the one above it."""


def _cell(cell: Element, dress: _Dress, reader: Reader, part: Part) -> Cell:
    properties = child(cell, "tcPr")
    theme, merged = reader.sheet.fonts, child(properties, "vMerge")
    margins = {**dress.margins, **_margins(child(properties, "tcMar"))}
    return Cell(
        story=reader.story(cell, part, dress.text),
        columns=max(1, number(child(properties, "gridSpan"), default=1)),
        rows=_CONTINUED if merged is not None and value(merged) != "restart" else 1,
        margins=(margins["left"], margins["top"], margins["right"], margins["bottom"]),
        borders=tuple(_borders(child(properties, "tcBorders"), theme).values()),
        shading=shade(child(properties, "shd"), theme) or dress.shading,
        align=value(child(properties, "vAlign"), default="top"),
    )


# --------------------------------------------------------------------------------------------- cells know of each other


def _ruled(rows: list[Row], table: Mapping[str, Border]) -> tuple[Row, ...]:
    """Rows whose cells have all their lines, and span the rows that they go on through."""
    out = []
    for y, row in enumerate(rows):
        at, cells, width = 0, [], sum(cell.columns for cell in row.cells)
        for cell in row.cells:
            if cell.rows != _CONTINUED:
                height = _height(rows, y, at)
                edges = {"left": at == 0, "right": at + cell.columns == width, "top": y == 0}
                edges["bottom"] = y + height == len(rows)
                cells.append(replace(cell, rows=height, borders=tuple(_lines(cell, table, edges))))
            at += cell.columns
        out.append(replace(row, cells=tuple(cells)))
    return tuple(out)


def _height(rows: list[Row], y: int, column: int) -> int:
    """How many rows the cell at a column goes on through."""
    height = 1
    while y + height < len(rows) and (below := _at(rows[y + height], column)) is not None and below.rows == _CONTINUED:
        height += 1
    return height


def _at(row: Row, column: int) -> Cell | None:
    at = 0
    for cell in row.cells:
        if at == column:
            return cell
        at += cell.columns
    return None


def _lines(cell: Cell, table: Mapping[str, Border], edges: Mapping[str, bool]) -> Iterator[Border]:
    """A cell's own lines, else the table's: those at its edge, or those between cells (§17.4.66)."""
    own = {border[0]: border for border in cell.borders}
    inner = {"left": "insideV", "right": "insideV", "top": "insideH", "bottom": "insideH"}
    for side in _SIDES:
        border = own.get(side) or table.get(side if edges[side] else inner[side])
        if border is not None and border[1] > 0:
            yield replace_side(border, side)
