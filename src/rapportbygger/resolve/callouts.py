"""Quarto's callouts (`::: {.callout-note}`) as quotes that begin with a title."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rapportbygger.diagnostics import Problems
from rapportbygger.language import language
from rapportbygger.model import Document, Setting
from rapportbygger.nodes import Node, pairs_of, string, walk, words

_KINDS = ("note", "tip", "important", "caution", "warning")
_TITLES: Mapping[str, tuple[str, ...]] = {
    "nb": ("Merk", "Tips", "Viktig", "Forsiktig", "Advarsel"),
    "nn": ("Merk", "Tips", "Viktig", "Ver varsam", "Åtvaring"),
    "en": ("Note", "Tip", "Important", "Caution", "Warning"),
}
_ABOUT_LOOKS = ("title", "icon", "collapse", "appearance")


def resolve(document: Document, _setting: Setting) -> tuple[Document, Problems]:
    """The document with callouts as quotes. The title is its own (attribute or heading), else that of its kind."""

    def change(node: Node) -> Node | None:
        kind = next((kind for kind in _KINDS if f"callout-{kind}" in node["c"][0][1]), None)
        return None if kind is None else _quote(node, _KINDS.index(kind), document.metadata.lang)

    return replace(document, blocks=tuple(walk(document.blocks, {"Div": change}))), ()


def _quote(node: Node, kind: int, lang: str) -> Node:
    (identifier, classes, pairs), blocks = node["c"]
    own = pairs_of(node["c"][0])
    title = words(own.get("title") or _TITLES[language(own.get("lang", lang))][kind])
    if blocks and blocks[0]["t"] == "Header":
        title, blocks = blocks[0]["c"][2], blocks[1:]
    kept = [[key, value] for key, value in pairs if key not in _ABOUT_LOOKS]
    others = [name for name in classes if not name.startswith("callout")]
    return {"t": "Div", "c": [[identifier, others, kept], [{"t": "BlockQuote", "c": _titled(title, blocks)}]]}


def _titled(title: list[Node], blocks: list[Node]) -> list[Node]:
    """The title stands first in the first paragraph: alone in one it would look like a heading, and is none."""
    bold = {"t": "Strong", "c": [*title, string(".")]}
    if blocks and blocks[0]["t"] in ("Para", "Plain"):
        return [{"t": "Para", "c": [bold, {"t": "Space"}, *blocks[0]["c"]]}, *blocks[1:]]
    return [{"t": "Para", "c": [bold]}, *blocks]
