"""How the tables of a document are laid out, in their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rapportbygger.model import Document, sections
from rapportbygger.nodes import Node, holds
from rapportbygger.recent import OfEach
from rapportbygger.write.cells import TableLetters
from rapportbygger.write.columns import Plan, plan
from rapportbygger.write.geometry import list_level


def table_plans(document: Document, text_widths: Mapping[str, int], letters: TableLetters) -> tuple[Plan, ...]:
    """Those of all tables; `text_widths` are those of portrait and landscape pages, in twips."""
    return tuple(
        plan(table, _room(level, text_widths[turned]), letters)
        for turned, blocks in sections(document.blocks)
        for block in blocks
        if holds(block, "Table")
        for table, level in _tables(block)
    )


def _room(level: int, text_width: int) -> int:
    """A table in a list has the room beside its indent."""
    indent = list_level(level).left if level >= 0 else 0
    return max(text_width - indent, text_width // 4)


def _found(nodes: Any, level: int = -1) -> Iterator[tuple[Node, int]]:
    """Tables, each with the level of the list that it stands in (-1: in none)."""
    for node in nodes:
        kind = node.get("t") if isinstance(node, dict) else None
        if kind == "Table":
            yield node, level
        inner = level + 1 if kind in ("BulletList", "OrderedList") else level
        content = node.get("c") if isinstance(node, dict) else node
        if isinstance(content, list | tuple) and kind != "Note":
            yield from _found(content, inner)


_tables = OfEach[Node, tuple[tuple[Node, int], ...]](lambda block: tuple(_found([block])))
"""The tables in the last blocks."""
