"""Quarto's figure and table blocks (`::: {#fig-x}`) as pandoc's own Figure and Table."""

from __future__ import annotations

import re
from dataclasses import replace
from string import ascii_lowercase
from typing import Any

from rapportbygger.diagnostics import Diagnostic, Problems, Severity
from rapportbygger.messages import _
from rapportbygger.model import Document, Setting
from rapportbygger.nodes import Node, changed, elements, plain, string, walk
from rapportbygger.recent import OfEach


def resolve(document: Document, _setting: Setting) -> tuple[Document, Problems]:
    """The blocks with the last paragraph of a `fig-` or `tbl-` Div as the caption of what is in it."""
    blocks = changed(document.blocks, _with_captions, "Div", "Image")
    uncaptioned = (_without_caption(document, identifier) for identifier in _uncaptioned(blocks))
    headless = (_without_header(document, table) for table in elements(blocks, "Table") if not table["c"][3][1])
    return replace(document, blocks=blocks), (*uncaptioned, *headless)


def _made(block: Node) -> Any:
    """What becomes of a block of the document, which follows from the block alone: a block, or several."""
    return walk(block, {"Div": _captioned, "Para": _captioned})


_with_captions = OfEach[Node, Any](_made)


def _captioned(node: Node) -> Any:
    if node["t"] == "Div" and node["c"][0][0].startswith("fig-"):
        return _figure(node)
    if node["t"] == "Div" and node["c"][0][0].startswith("tbl-"):
        return _table(node)
    if node["t"] == "Para" and len(node["c"]) == 1 and node["c"][0]["t"] == "Image" and node["c"][0]["c"][0][0]:
        return _bare_figure(node)
    return None


def _figure(node: Node) -> Node | None:
    attributes, blocks = node["c"]
    if len(blocks) < 2 or blocks[-1]["t"] not in ("Para", "Plain"):
        return None
    caption = [{"t": "Plain", "c": [*blocks[-1]["c"], *_subcaptions(blocks[:-1])]}]
    inner = [inner for block in blocks[:-1] for inner in (block["c"][2] if block["t"] == "Figure" else [block])]
    plain = [{"t": "Plain", "c": block["c"]} if block["t"] == "Para" else block for block in inner]
    return {"t": "Figure", "c": [attributes, [None, caption], _side_by_side(plain)]}


def _side_by_side(blocks: list[Node]) -> list[Node]:
    """Pictures that follow each other as one paragraph: beside each other where there is room, as in Quarto's rows."""
    out: list[Node] = []
    for block in blocks:
        if out and all(each["t"] == "Plain" and _only_pictures(each["c"]) for each in (out[-1], block)):
            out[-1] = {"t": "Plain", "c": [*out[-1]["c"], {"t": "Space"}, *block["c"]]}
        else:
            out.append(block)
    return out


def _only_pictures(inlines: list[Node]) -> bool:
    return all(inline["t"] in ("Image", "Space", "SoftBreak") for inline in inlines)


def _subcaptions(blocks: list[Node]) -> list[Node]:
    """The captions of figures inside a figure, which are said at the end of its own: «(a) Før (b) Etter»."""
    captions = [block["c"][1][1] for block in blocks if block["t"] == "Figure" and block["c"][1][1]]
    return [
        inline
        for letter, caption in zip(ascii_lowercase, captions, strict=False)
        for inline in ({"t": "Space"}, string(f"({letter})"), {"t": "Space"}, *caption[0].get("c", ()))
    ]


def _table(node: Node) -> list[Node] | None:
    attributes, blocks = node["c"]
    tables = [block for block in blocks if block["t"] == "Table"]
    if len(tables) != 1:
        return None
    own, (short, caption), *rest = tables[0]["c"]
    last = blocks[-1]
    if not caption and last["t"] in ("Para", "Plain"):
        caption, blocks = [{"t": "Plain", "c": last["c"]}], blocks[:-1]
    table = {"t": "Table", "c": [[attributes[0], own[1], own[2]], [short, caption], *rest]}
    return [table if block["t"] == "Table" else block for block in blocks]


def _bare_figure(node: Node) -> Node:
    """A picture alone in its paragraph, with an identifier but no caption."""
    image = node["c"][0]
    (identifier, classes, pairs), alternative, target = image["c"]
    inner = {"t": "Image", "c": [["", classes, pairs], alternative, target]}
    return {"t": "Figure", "c": [[identifier, [], []], [None, []], [{"t": "Plain", "c": [inner]}]]}


def _uncaptioned(blocks: tuple[Node, ...]) -> list[str]:
    """Identifiers that promise a number on what has no caption to carry it."""
    captioned = elements(blocks, "Figure", "Table")
    return [node["c"][0][0] for node in captioned if re.match("fig-|tbl-", node["c"][0][0]) and not node["c"][1][1]]


def _without_caption(document: Document, identifier: str) -> Diagnostic:
    return Diagnostic(
        "missing-caption",
        _("«{name}» has no caption, so it gets no number").format(name=identifier),
        next(document.locate("#" + re.escape(identifier) + r"(?=[\s}])"), None),
        _("write a caption: ![Caption](picture.png) for a picture, a line «: Caption» under a table"),
        Severity.WARNING,
    )


def _without_header(document: Document, table: Node) -> Diagnostic:
    text = next((plain(block["c"]) for block in elements(table, "Plain", "Para") if plain(block["c"]).strip()), "")
    words = r"\s+".join(re.escape(word) for word in text.split()[:5])
    return Diagnostic(
        "table-without-header",
        _("the table that begins with «{text}» has no header row").format(text=text[:40]),
        next(document.locate(rf"(?m)(?:^ *|(?<=^\|)|(?<=^\| )){words} *(?:\||$)"), None) if words else None,
        _("say in its first row what the columns hold: who listens to the report hears it with every cell"),
        Severity.WARNING,
    )
