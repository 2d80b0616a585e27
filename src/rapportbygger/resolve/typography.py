"""Quotation marks of the report's language, where straight ones were written."""

from __future__ import annotations

from dataclasses import replace

from rapportbygger.diagnostics import Problems
from rapportbygger.language import labels
from rapportbygger.model import Document, Setting
from rapportbygger.nodes import Node, string, walk


def resolve(document: Document, _setting: Setting) -> tuple[Document, Problems]:
    """The document with «» (nb, nn) or “” (en) as text instead of pandoc's Quoted."""
    outer, inner = labels(document.metadata.lang).quotes
    marks = {"DoubleQuote": outer, "SingleQuote": inner}

    def change(node: Node) -> list[Node]:
        opening, closing = marks[node["c"][0]["t"]]
        return _joined(string(opening), node["c"][1], string(closing))

    blocks = tuple(walk(document.blocks, {"Quoted": change}))
    return replace(document, blocks=blocks), ()


def _joined(opening: Node, inlines: list[Node], closing: Node) -> list[Node]:
    """Marks and words as one Str where they touch: a line must not break between them."""
    out = [opening, *inlines, closing]
    if len(out) > 2 and out[1]["t"] == "Str":
        out[:2] = [string(opening["c"] + out[1]["c"])]
    if len(out) > 1 and out[-2]["t"] == "Str":
        out[-2:] = [string(out[-2]["c"] + closing["c"])]
    return out
