"""Italics inside italics, which are upright (CSL 1.0.2, font-style)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rapportbygger.nodes import LEAVES, Node


def turned(inlines: Iterable[Node]) -> list[Node]:
    """Inlines with no Emph inside another: what was twice emphasised stands between the two halves."""
    return [made for inline in inlines for made in _turned(inline)]


def _turned(inline: Node) -> list[Node]:
    if inline["t"] in LEAVES:
        return [inline]
    if inline["t"] != "Emph":
        return [_inside(inline)]
    made: list[Node] = []
    emphasised: list[Node] = []
    for one in inline["c"]:
        if one["t"] == "Emph":
            made += [*_emph(emphasised), *turned(one["c"])]
            emphasised = []
        else:
            emphasised.append(one)
    return made + _emph(emphasised)


def _emph(inlines: list[Node]) -> list[Node]:
    return [{"t": "Emph", "c": inlines}] if inlines else []


def _inside(inline: Node) -> Node:
    content: Any = inline.get("c")
    if inline["t"] in ("Span", "Link"):
        return {**inline, "c": [content[0], turned(content[1]), *content[2:]]}
    if inline["t"] in ("Strong", "SmallCaps", "Underline", "Superscript", "Subscript"):
        return {**inline, "c": turned(content)}
    if inline["t"] == "Note":
        return {**inline, "c": [{**block, "c": turned(block["c"])} for block in content]}
    return inline
