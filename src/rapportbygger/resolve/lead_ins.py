"""Lines that announce what follows («Prosjektet skulle:»): they are kept on its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from operator import is_

from rapportbygger.diagnostics import Problems
from rapportbygger.model import LEAD_IN, Document, Setting
from rapportbygger.nodes import Node, elements, holds, plain, span
from rapportbygger.recent import OfEach

LONGEST = 160
"""Letters: about two lines. A longer paragraph is more than an announcement."""
_ANNOUNCED = ("BulletList", "OrderedList", "BlockQuote", "CodeBlock", "LineBlock")


def resolve(document: Document, _setting: Setting) -> tuple[Document, Problems]:
    """The document with a mark at the head of every paragraph that announces a list, a quote or code."""
    return replace(document, blocks=tuple(_marked(document.blocks, ()))), ()


def _marked(blocks: Sequence[Node], behind: Sequence[Node]) -> Iterator[Node]:
    """The blocks, and those of their Divs, where `behind` stands after the last of them."""
    for block, after in zip(blocks, chain(blocks[1:], behind, (None,)), strict=False):
        announced = after is not None and _first(after)["t"] in _ANNOUNCED
        if block["t"] == "Div" and (announced or holds(block, *_ANNOUNCED)):
            attributes, inside = block["c"]
            marked = list(_marked(inside, [after] if after else ()))
            yield block if all(map(is_, marked, inside)) else {**block, "c": [attributes, marked]}
        elif announced and block["t"] == "Para" and _announces(block):
            yield _led(block)
        else:
            yield block


_led = OfEach[Node, Node](lambda block: {**block, "c": [span([], LEAD_IN), *block["c"]]})


def _first(block: Node) -> Node:
    """What a block begins with."""
    return _first(block["c"][1][0]) if block["t"] == "Div" and block["c"][1] else block


def _announces(paragraph: Node) -> bool:
    text = plain(paragraph["c"]).rstrip()
    return text.endswith(":") and len(text) <= LONGEST and not elements(paragraph["c"], "Note")
