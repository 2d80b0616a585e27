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
        heading, blocks = blocks[0]["c"][2], blocks[1:]
        if blocks:
            title = heading
        else:  # all that it says
            blocks = [{"t": "Para", "c": heading}]
    kept = [[key, value] for key, value in pairs if key not in _ABOUT_LOOKS]
    others = [name for name in classes if not name.startswith("callout")]
    return {"t": "Div", "c": [[identifier, others, kept], [{"t": "BlockQuote", "c": _titled(title, blocks)}]]}


def _titled(title: list[Node], blocks: list[Node]) -> list[Node]:
    """The title stands first in the first paragraph, else it announces what follows («Merk:»).

    Alone in a paragraph that is bold from end to end it would look like a heading, and is none: its sign is not bold.
    """
    words_alone, sign = _without_sign(title)
    if blocks and blocks[0]["t"] in ("Para", "Plain"):
        bold = {"t": "Strong", "c": [*words_alone, string(sign or ".")]}
        return [{"t": "Para", "c": [bold, {"t": "Space"}, *blocks[0]["c"]]}, *blocks[1:]]
    return [{"t": "Para", "c": [{"t": "Strong", "c": words_alone}, string(sign or ":")]}, *blocks]


def _without_sign(title: list[Node]) -> tuple[list[Node], str]:
    """A title without the sign that it ends in, and that sign."""
    last = title[-1]["c"] if title and title[-1]["t"] == "Str" else ""
    return (title, "") if last[-1:] not in tuple(".:!?") else ([*title[:-1], string(last[:-1])], last[-1])
