"""Tables: exact column widths, rows that do not break, a header row that is repeated, a caption above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rapportbygger.nodes import Node
from rapportbygger.theme.line_height import box, half_up
from rapportbygger.theme.look import Style, TableMeasures
from rapportbygger.write.columns import column_widths
from rapportbygger.write.pdf.call import Value, call, raw
from rapportbygger.write.pdf.figures import caption_inlines
from rapportbygger.write.pdf.flow import Flow
from rapportbygger.write.pdf.spacing import Gap

CELL_FOOT = (1825 / 2048, 443 / 2048, 87 / 2048)
"""LibreOffice: a cell has the line spacing of its last line at its foot, measured in Liberation Serif."""


def write_table(flow: Flow, content: Any) -> None:
    """A table, with its caption above and kept with it."""
    (identifier, _, _), caption, _specs, head, bodies, foot = content
    words = caption_inlines(caption)
    caption_style = flow.style("caption")
    name = flow.names.take(identifier)
    if words:
        flow.space(flow.gap_above(caption_style))
    gap = flow.gap_above(_nothing(flow))
    if words:
        flow.content(call("captioned-table", name, caption_style.name, gap.amount), words)
        flow.out[-1] = raw("][")
    else:
        flow.space(gap)
        flow.code(f"#{call('anchor', name)}" if name else "")
    with flow.inside(out=[]):
        _grid(flow, {"t": "Table", "c": content}, head[1], _body_rows(bodies, foot))
        grid = flow.out
    flow.out += [*grid, raw("]")] if words else grid
    flow.above, flow.first, flow.chain = _nothing(flow), True, None


def _nothing(flow: Flow) -> Style:
    """What stands above and below a table, as far as space goes."""
    return replace(flow.style(), name="", before=0, after=0, surplus=0, contextual=False, page_break=False)


def _body_rows(bodies: list[Any], foot: Any) -> list[Any]:
    return [*(row for body in bodies for part in (body[2], body[3]) for row in part), *foot[1]]


@dataclass(frozen=True, slots=True)
class _Columns:
    """How the cells of each column are aligned, and how wide they are."""

    alignments: tuple[Node, ...]
    widths: tuple[int, ...]


def _grid(flow: Flow, table: Node, head: list[Any], body: list[Any]) -> None:
    width = flow.theme.section.text_width if flow.room is None else flow.room
    columns = _Columns(tuple(spec[0] for spec in table["c"][2]), column_widths(table, width, flow.letters))
    rules = list(_rules(flow.theme.table, len(head), len(head) + len(body)))
    flow.code(f"#{call('tabular', columns.widths, len(head), len(rules))[:-1]}, (")
    for row, rule in zip(head, rules, strict=False):
        _row(flow, row, columns, "head", rule)
    flow.code("), (")
    for row, rule in zip(body, rules[len(head) :], strict=True):
        _row(flow, row, columns, "cell", rule)
    flow.code("))")


def _rules(table: TableMeasures, heads: int, rows: int) -> Iterator[tuple[int, int]]:
    """The heights of the rules above and below each row, as far as they are the row's own."""
    for i in range(rows):
        above = table.header_rule if i == heads and table.header_rule.size else table.inner_rule
        yield (table.top_rule if i == 0 else above).size, table.bottom_rule.size if i == rows - 1 else 0


def _row(flow: Flow, row: Any, columns: _Columns, place: str, rules: tuple[int, int]) -> None:
    """Cells that earlier rows span into are not there in pandoc's rows, and the columns counted here ignore them."""
    at = 0
    for _, alignment, high, wide, blocks in row[1]:
        own = columns.alignments[at % len(columns.alignments)] if alignment["t"] == "AlignDefault" else alignment
        align = own["t"].removeprefix("Align").lower()
        room = sum(columns.widths[at : at + wide]) - flow.theme.table.left - flow.theme.table.right
        at += wide
        with flow.inside(align=None if align == "default" else align, room=room, cell=place):
            written, opening, last = _cell(flow, blocks)
        named: dict[str, Value] = {"head": True} if place == "head" else {}
        named |= {key: n for key, n in (("colspan", wide), ("rowspan", high)) if n > 1}
        margins = rules[0] + opening.amount, rules[1] + last.after + _foot(last)
        flow.out += [raw(f"{call('cell', *margins, **named)}["), *written, raw("],")]


def _cell(flow: Flow, blocks: Sequence[Node]) -> tuple[list[Node], Gap, Style]:
    """What stands in a cell, the space above its first paragraph (which stays), and its last paragraph's style."""
    changes = {"out": [], "above": _nothing(flow), "level": -1, "left": 0, "compact": True, "container": None}
    with flow.inside(**changes, opening=None, keeps_opening=True):
        flow.blocks(blocks or [{"t": "Plain", "c": []}])
        return flow.out, flow.opening or Gap(), flow.above or _nothing(flow)


def _foot(style: Style) -> int:
    """Rule 9: space after and the last line's surplus stay at a cell's foot."""
    if style.rule != "auto":
        return 0
    line = box(*CELL_FOOT, style.look.size)
    return max(0, (half_up(style.line / 2.4) - 100) * (line.ascent + line.descent) // 100)
