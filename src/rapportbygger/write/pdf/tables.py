"""Tables: exact column widths, rows that do not break, a header row that is repeated, a caption above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from rapportbygger.nodes import Node, elements
from rapportbygger.theme.look import Band, Rule, TableMeasures
from rapportbygger.write.cells import Cell, rows_of
from rapportbygger.write.columns import Plan, plan, space_below
from rapportbygger.write.pdf.call import Value, call, literal, raw
from rapportbygger.write.pdf.figures import caption_inlines
from rapportbygger.write.pdf.flow import Flow
from rapportbygger.write.pdf.table_cells import Cells, foot, nothing
from rapportbygger.write.pdf.units import Crowded

_CALLS = ("Div", "Image", "Link", "Note", "Span")
"""What may be a link, a footnote or a place with a name."""


def write_table(flow: Flow, content: Any) -> None:
    """A table, with its caption above and kept with it."""
    (identifier, _, _), caption = content[:2]
    words = caption_inlines(caption)
    caption_style = flow.style("caption")
    name = flow.names.take(identifier)
    if words:
        flow.space(flow.gap_above(caption_style))
        flow.noted(words, caption_style)
    gap = flow.gap_above(nothing(flow))
    if words:
        dressing = flow.dressing(words, caption_style)
        flow.content(call("captioned-table", name, caption_style.name, gap.amount, **dressing), words)
        flow.out[-1] = raw("][")
    else:
        flow.space(gap)
        flow.code(f"#{call('anchor', name)}" if name else "")
    table = {"t": "Table", "c": content}
    width = flow.theme.section.text_width if flow.room is None else flow.room
    layout = plan(table, width, flow.letters)
    if layout.broken:
        flow.crowded.append(Crowded(table, layout.broken, flow.landscape))
    with flow.inside(out=[]):
        _grid(flow, layout, list(rows_of(table)))
        grid = flow.out
    flow.out += [*grid, raw("]")] if words else grid
    flow.above = replace(nothing(flow), after=space_below(flow.theme.style()))
    flow.first, flow.chain, flow.after = True, None, None


def _grid(flow: Flow, layout: Plan, rows: Sequence[list[Cell]]) -> None:
    measures = flow.theme.table
    heads = sum(row[0].part == "head" for row in rows if row)
    rules = list(_rules(measures, heads, len(rows)))
    lines = [(rule.size, rule.color) for rule in rules]
    cells = Cells(flow, layout.widths, rows)
    text = cells.style.name, cells.aligns
    opening = call("tabular", layout.widths, *text, heads, lines, flow.level < 0, layout.whole)
    flow.code(f"#{opening[:-1]}, (")
    for i, row in enumerate(rows):
        if i == heads:
            flow.code("), (")
        above = max(rules[i].size, measures.bottom_rule.size if i and _ends_below(rows, i - 1) else 0)
        last = rules[len(rows)].size if i == len(rows) - 1 else 0
        write = _head if i < heads else _row
        write(flow, cells, row, (above, last), _shading(measures, i, heads))
    flow.code("))" if len(rows) > heads else "), ())")


def _ends_below(rows: Sequence[list[Cell]], row: int) -> bool:
    """Whether a cell of several rows goes on to the table's end: LibreOffice gives its row the last rule's height."""
    return any(cell.high > 1 and row + cell.high >= len(rows) for cell in rows[row])


def _rules(table: TableMeasures, heads: int, rows: int) -> Iterator[Rule]:
    """The rule above each row, and the one below the last: of two rows the stronger one's, or what lies between all."""
    yield table.header_top_rule if heads else table.top_rule
    for i in range(1, rows):
        own = [rule for rule in (_band(table, i - 1, heads).bottom, _band(table, i, heads).top) if rule is not None]
        if i == heads and table.header_rule.size:
            own.append(table.header_rule)
        yield max(own, key=lambda rule: rule.size) if own else table.inner_rule
    if rows:
        yield table.bottom_rule


def _band(table: TableMeasures, row: int, heads: int) -> Band:
    """What a row below the header has of its own; they are counted from the second row, however high the header is."""
    return table.bands[(row - min(heads, 1)) % len(table.bands)] if row >= heads else Band()


def _shading(table: TableMeasures, row: int, heads: int) -> str | None:
    return _band(table, row, heads).shading or None


def _row(flow: Flow, cells: Cells, row: list[Cell], rules: tuple[int, int], shading: str | None) -> None:
    """`rules` are the heights of the rules above and below the row, as far as they are the row's own."""
    above, below = (rule + own for rule, own in zip(rules, cells.text_margins(), strict=True))
    texts = [cells.text(cell) for cell in row]
    is_line = None not in texts and all(map(cells.is_line, row))
    flow.code(f"({above}, {below}, {literal(is_line)}, {literal(shading)}, (")
    for cell, text in zip(row, texts, strict=True):
        if text is None:
            _cell(flow, cells, cell, rules, {"fill": shading} if shading else {})
        else:
            flow.out += text
    flow.code(")),")


def _head(flow: Flow, cells: Cells, row: list[Cell], rules: tuple[int, int], _shading: str | None) -> None:
    for cell in row:
        _cell(flow, cells, cell, rules, {"head": True})


def _cell(flow: Flow, cells: Cells, cell: Cell, rules: tuple[int, int], named: dict[str, Value]) -> None:
    written, opening, last = cells.written(cell)
    named |= {key: n for key, n in (("colspan", cell.wide), ("rowspan", cell.high)) if n > 1}
    margins = rules[0] + opening.amount, rules[1] + foot(last)
    written = _once(flow, written) if cell.part == "head" and elements(cell.blocks, *_CALLS) else written
    flow.out += [raw(f"{call('cell', *margins, **named)}["), *written, raw("],")]


def _once(flow: Flow, written: list[Node]) -> list[Node]:
    """What stands in a header cell: without links, notes and names where the header is repeated on the next page."""
    flow.heads += 1
    opening = f"#{call('in-head', flow.heads)}["
    return [raw('#import "heads.typ": anchor, footnote, in-head'), raw(opening), *written, raw("]")]
