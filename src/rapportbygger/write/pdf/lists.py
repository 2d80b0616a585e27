"""Lists as Typst's own, which the PDF's tags need, with Word's measures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rapportbygger.nodes import Node
from rapportbygger.write.geometry import BULLETS, list_level, ordered_labels
from rapportbygger.write.pdf.call import call, raw
from rapportbygger.write.pdf.flow import Flow
from rapportbygger.write.pdf.spacing import Gap


def write_bullets(flow: Flow, items: list[list[Node]]) -> None:
    """A bullet list; deeper levels have their own signs."""
    sign = BULLETS[min(flow.level + 1, 8) % len(BULLETS)]
    _write_items(flow, "bullet", items, (sign,))


def write_ordered(flow: Flow, content: Any) -> None:
    """An ordered list with pandoc's start, style and delimiter."""
    attributes, items = content
    _write_items(flow, "number", items, ordered_labels(attributes, len(items), flow.level + 1))


def _write_items(flow: Flow, kind: str, items: list[list[Node]], labels: Sequence[str]) -> None:
    measures = list_level(flow.level + 1)
    indent = measures.left - measures.hanging - flow.left
    written = [_item(flow, item, measures.left) for item in items]
    if not written:
        return
    gaps = [gap for _, gap in written]
    between = min((gap.amount for gap in gaps[1:]), default=0)
    flow.space(gaps[0])
    style = flow.style("compact")
    opening = call("items", kind, style.name, indent, measures.hanging, between, labels)
    flow.code(f"#{opening[:-1]},")
    for (blocks, _), after in zip(written, [*gaps[1:], Gap(between)], strict=True):
        # what some items have more lies at the foot of the item before
        more = after.amount - between
        flow.out += [raw("["), *blocks, raw(f"#{call('foot', more)}]," if more > 0 else "],")]
    flow.code(")")
    flow.first, flow.chain = True, None


def _item(flow: Flow, item: list[Node], left: int) -> tuple[list[Node], Gap]:
    """The blocks of an item, and the space above it. One that begins with a list has an empty paragraph before that."""
    if not item or item[0]["t"] in ("BulletList", "OrderedList"):
        item = [{"t": "Plain", "c": []}, *item]
    changes = {"out": [], "level": flow.level + 1, "left": left, "compact": True, "container": None}
    whole = flow.theme.section.text_width if flow.room is None else flow.room + flow.left
    with flow.inside(**changes, opening=None, keeps_opening=True, room=whole - left):
        flow.blocks(item)
        return flow.out, flow.opening or Gap()
