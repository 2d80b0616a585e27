"""The list and heading numbering of a Word file, and the styles that are bound to it."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence

from lxml import etree

from rapportbygger.write import ooxml
from rapportbygger.write.geometry import BULLETS
from rapportbygger.write.ooxml import Element, W, required, serialise, value
from rapportbygger.write.paragraphs import put_numbering

HEADINGS = 980
"""The heading numbering's number: below 990, where pandoc's own begin."""


def numbering(written: bytes, indents: Sequence[int]) -> bytes:
    """pandoc's lists with bullets in the text's own font, and the numbering of headings.

    `indents` says where the text of a numbered heading of each level begins, in twips; it is empty where headings have
    no numbers.
    """
    root = etree.fromstring(written)
    for level in root.iter(W + "lvl"):
        if value(required(level, "numFmt")) == "bullet":
            required(level, "lvlText").set(W + "val", BULLETS[int(value(level, "ilvl")) % len(BULLETS)])
            for font in level.findall(W + "rPr"):
                level.remove(font)
    if indents:
        root.insert(0, ooxml.element(ooxml.heading_levels(HEADINGS, indents)))
        root.append(ooxml.element(ooxml.numbering_instance(HEADINGS, HEADINGS)))
    return serialise(root)


def styles(template: bytes, written: bytes, *, numbered: bool) -> bytes:
    """The template's styles, with those that pandoc had to add; headings bound to their numbering."""
    root = etree.fromstring(template)
    own = {value(style, "styleId"): style for style in root.iter(W + "style")}
    for style in etree.fromstring(written).iter(W + "style"):
        if value(style, "styleId") not in own:
            root.append(copy.deepcopy(style))
    if numbered:
        _number_headings(own)
    return serialise(root)


def _number_headings(own: Mapping[str, Element]) -> None:
    """Heading styles get their level; a style that is made from one (the heading over the contents) gets none."""
    levels = {f"Heading{level + 1}": level for level in range(9)}
    for name, style in own.items():
        base = style.find(W + "basedOn")
        if name in levels:
            put_numbering(style, ooxml.numbering_properties(HEADINGS, levels[name]))
        elif base is not None and value(base) in levels:
            put_numbering(style, ooxml.numbering_properties(0))
