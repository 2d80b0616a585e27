"""How the tables of a document are laid out, in their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rapportbygger.model import Document, sections
from rapportbygger.nodes import holds
from rapportbygger.write.cells import TableLetters
from rapportbygger.write.columns import Plan, plan
from rapportbygger.write.geometry import list_level


def table_plans(document: Document, text_widths: Mapping[str, int], letters: TableLetters) -> tuple[Plan, ...]:
    """Those of all tables; `text_widths` are those of portrait and landscape pages, in twips."""
    return tuple(
        plan
        for turned, blocks in sections(document.blocks)
        for plan in _plans((block for block in blocks if holds(block, "Table")), text_widths[turned], letters)
    )


def _plans(nodes: Any, text_width: int, letters: TableLetters, level: int = -1) -> Iterator[Plan]:
    """A table in a list has the room beside its indent."""
    for node in nodes:
        kind = node.get("t") if isinstance(node, dict) else None
        if kind == "Table":
            indent = list_level(level).left if level >= 0 else 0
            yield plan(node, max(text_width - indent, text_width // 4), letters)
        inner = level + 1 if kind in ("BulletList", "OrderedList") else level
        content = node.get("c") if isinstance(node, dict) else node
        if isinstance(content, list | tuple) and kind != "Note":
            yield from _plans(content, text_width, letters, inner)
