"""Word's markup and styles among pandoc's elements, as its docx writer takes them."""

from __future__ import annotations

from collections.abc import Iterable

from rapportbygger.nodes import Node


def raw(markup: str) -> Node:
    """Word's markup among inlines. It need not be balanced, where what stands around it makes it so."""
    return {"t": "RawInline", "c": ["openxml", markup]}


def raw_block(markup: str) -> Node:
    """Word's markup among blocks."""
    return {"t": "RawBlock", "c": ["openxml", markup]}


def styled(blocks: Iterable[Node], style: str) -> Node:
    """Blocks in a paragraph style, by its name."""
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], list(blocks)]}
