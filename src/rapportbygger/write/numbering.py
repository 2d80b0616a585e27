"""The list and heading numbering of a Word file, and the styles that are bound to it."""

from __future__ import annotations

import copy

from lxml import etree

from rapportbygger.write import ooxml
from rapportbygger.write.ooxml import W, serialise
from rapportbygger.write.paragraphs import BEFORE_NUMBERING

HEADINGS = 980
"""The heading numbering's number: below 990, where pandoc's own begin."""


def numbering(written: bytes, *, numbered: bool) -> bytes:
    """pandoc's lists with bullets in the text's own font, and the heading numbering where it is asked for."""
    root = etree.fromstring(written)
    bullets = {"\uf0b7": "•", "o": "–", "\uf0a7": "•"}
    for level in root.iter(W + "lvl"):
        form, text, font = (level.find(W + tag) for tag in ("numFmt", "lvlText", "rPr"))
        if form.get(W + "val") == "bullet":
            text.set(W + "val", bullets.get(text.get(W + "val"), text.get(W + "val")))
            if font is not None:
                level.remove(font)
    if numbered:
        root.insert(0, ooxml.element(ooxml.heading_levels(HEADINGS)))
        root.append(ooxml.element(ooxml.numbering_instance(HEADINGS, HEADINGS)))
    return serialise(root)


def styles(template: bytes, written: bytes, *, numbered: bool) -> bytes:
    """The template's styles, with those that pandoc had to add; headings bound to their numbering."""
    root = etree.fromstring(template)
    own = {style.get(W + "styleId"): style for style in root.iter(W + "style")}
    for style in etree.fromstring(written).iter(W + "style"):
        if style.get(W + "styleId") not in own:
            root.append(copy.deepcopy(style))
    for level in range(9 if numbered else 0):
        style = own.get(f"Heading{level + 1}")
        if style is not None:
            properties = style.find(W + "pPr")
            if properties is None:
                properties = etree.Element(W + "pPr")
                style.insert(sum(etree.QName(child).localname not in ("rPr", "tblPr") for child in style), properties)
            old = properties.find(W + "numPr")
            if old is not None:
                properties.remove(old)
            new = ooxml.element(ooxml.numbering_properties(HEADINGS, level))
            at = sum(etree.QName(child).localname in BEFORE_NUMBERING for child in properties)
            properties.insert(at, new)
    return serialise(root)
