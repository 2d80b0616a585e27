"""A picture by itself, with a caption: a figure (pandoc's `implicit_figures`)."""

from __future__ import annotations

import re

from rapportbygger.nodes import Node, attr
from rapportbygger.plain_markdown import words, written_attributes

_PICTURE = re.compile(rf"!\[((?=\S)[^\[\]\n]+(?<=\S))\]\(([\w./-]+)\)({written_attributes.WRITTEN})?")


def read(markdown: str) -> list[Node] | None:
    """A figure; None where pandoc has to be asked."""
    found = _PICTURE.fullmatch(markdown)
    caption = words.inlines(found[1]) if found else None
    attributes = written_attributes.read(found[3] or "") if found else None
    if not found or caption is None or attributes is None:
        return None
    identifier, classes, pairs = attributes
    image = {"t": "Image", "c": [["", classes, pairs], caption, [found[2], ""]]}
    short = [None, [{"t": "Plain", "c": caption}]]
    return [{"t": "Figure", "c": [attr(identifier), short, [{"t": "Plain", "c": [image]}]]}]
