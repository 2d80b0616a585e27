"""Lists as they are, where pandoc's docx writer would make something else of them."""

from __future__ import annotations

from rapportbygger.nodes import Node
from rapportbygger.write.docx import ooxml


def numbered_from_its_start(node: Node) -> Node | None:
    """Lists of examples are one list through the whole document to pandoc, but each begins at its own number."""
    (start, style, delimiter), items = node["c"]
    if style["t"] != "Example":
        return None
    return {"t": "OrderedList", "c": [[start, {"t": "Decimal"}, delimiter], items]}


def with_boxes(node: Node) -> Node:
    """Boxes to tick are words of their items: pandoc would make them the list's bullets."""
    return {"t": "BulletList", "c": [[_with_box(item[0]), *item[1:]] if item else item for item in node["c"]]}


def _with_box(block: Node) -> Node:
    first = block["c"][0] if block["t"] in ("Plain", "Para") and block["c"] else None
    if first is None or first.get("c") not in ("☐", "☒"):
        return block
    box = {"t": "RawInline", "c": ["openxml", ooxml.run(first["c"])]}
    return {"t": block["t"], "c": [box, *block["c"][1:]]}
