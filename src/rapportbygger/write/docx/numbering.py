"""The list and heading numbering of a Word file, and the styles that are bound to it."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from lxml import etree

from rapportbygger.write.docx import contents_entries, ooxml, ooxml_numbering
from rapportbygger.write.docx.ooxml import Element, W, parent, required, serialise, value
from rapportbygger.write.docx.paragraphs import (
    BEFORE_INDENT,
    BEFORE_OUTLINE,
    put,
    put_numbering,
    style_of,
    take_numbering,
)
from rapportbygger.write.geometry import BULLETS

HEADINGS, UNNUMBERED = 980, 981
"""The numberings of headings with and without a number: below 990, where pandoc's own begin.

A heading without one is in a numbering that says nothing; numbering 0 means the same (17.9.18), but is not defined.
"""


@lru_cache(maxsize=32)
def numbering(written: bytes, indents: tuple[int, ...]) -> bytes:
    """pandoc's lists with bullets in the text's own font, and the numbering of headings.

    `indents` says where the text of a numbered heading of each level begins, in twips; it is empty where headings have
    no numbers.
    """
    root = etree.fromstring(written)
    for level in root.iter(W + "lvl"):
        _settle(level)
        if value(required(level, "numFmt")) == "bullet" and value(required(level, "lvlText")).strip():
            required(level, "lvlText").set(W + "val", BULLETS[int(value(level, "ilvl")) % len(BULLETS)])
            for font in level.findall(W + "rPr"):
                level.remove(font)
    if indents:
        root.insert(0, ooxml.element(ooxml_numbering.heading_levels(HEADINGS, indents)))
        root.insert(1, ooxml.element(ooxml_numbering.no_levels(UNNUMBERED)))
        root.extend(ooxml.element(ooxml_numbering.numbering_instance(n, n)) for n in (HEADINGS, UNNUMBERED))
    return serialise(root)


_NAMES = "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr"
_IN_LEVEL = {name: place for place, name in enumerate(_NAMES.split())}
_SIDES = {"start": "left", "end": "right"}


def _settle(level: Element) -> None:
    """A level of a template's own numbering in the schema's order (17.9.6); LibreOffice writes another, and its sides.

    It is no longer that of a heading style, which gets its number from us.
    """
    for style in level.findall(W + "pStyle"):
        if value(style) in _LEVELS:
            level.remove(style)
    level[:] = sorted(level, key=lambda each: _IN_LEVEL.get(str(each.tag).removeprefix(W), len(_IN_LEVEL)))
    side = level.find(W + "lvlJc")
    if side is not None:
        side.set(W + "val", _SIDES.get(value(side), value(side)))


@lru_cache(maxsize=8)
def styles(template: bytes, written: bytes, *, numbered: bool) -> bytes:
    """The template's styles, with those that pandoc had to add; headings bound to their numbering.

    Whether headings have numbers is for the report to say, in both files: those of the template are left out.
    """
    root = etree.fromstring(template)
    own = {value(style, "styleId"): style for style in root.iter(W + "style")}
    for style in etree.fromstring(written).iter(W + "style"):
        if value(style, "styleId") not in own:
            root.append(copy.deepcopy(style))
    root.extend(_contents_styles(own))
    for name, level in _LEVELS.items():
        if name in own:
            _set_outline(own[name], level)
            take_numbering(own[name])
    if numbered:
        _number_headings(own)
    else:
        contents_entries.without_room(root)
    return serialise(root)


_LEVELS = {f"Heading{level + 1}": level for level in range(9)}


def _set_outline(style: Element, level: int) -> None:
    """A heading is one to the navigation pane by its level (17.3.1.20), which a template may have left out."""
    if style.find(f"{W}pPr/{W}outlineLvl") is None:
        put(style, etree.Element(W + "outlineLvl", {W + "val": str(level)}), BEFORE_OUTLINE)


def _contents_styles(own: Mapping[str, Element]) -> Iterator[Element]:
    """The styles for deep levels of the contents that the template lacks, each like that of the level above it."""
    last: Element | None = None
    for level in range(1, 10):
        style = own.get(f"TOC{level}")
        if style is None and last is not None:
            style = copy.deepcopy(last)
            style.set(W + "styleId", f"TOC{level}")
            required(style, "name").set(W + "val", f"toc {level}")
            yield style
        last = style


def _number_headings(own: Mapping[str, Element]) -> None:
    """Heading styles get their level; a style that is made from one (the heading over the contents) gets none."""
    for name, style in own.items():
        base = style.find(W + "basedOn")
        if name in _LEVELS:
            put_numbering(style, ooxml_numbering.numbering_properties(HEADINGS, _LEVELS[name]))
        elif base is not None and value(base) in _LEVELS:
            put_numbering(style, ooxml_numbering.numbering_properties(UNNUMBERED, 0))


def unnumber_headings(content: Element, names: frozenset[str]) -> None:
    """Headings that were written without a number (by their bookmarks) are taken out of their style's numbering."""
    for mark in content.iter(W + "bookmarkStart") if names else ():
        if value(mark, "name") in names:
            put_numbering(parent(mark), ooxml_numbering.numbering_properties(UNNUMBERED, 0))


def unnumber_styles(content: Element) -> None:
    """Paragraphs of the template in heading styles: the first number is that of the text's first heading."""
    for paragraph in content.iter(W + "p"):
        if style_of(paragraph) in _LEVELS:
            put_numbering(paragraph, ooxml_numbering.numbering_properties(UNNUMBERED, 0))


def number_headings(content: Element, levels: Mapping[str, tuple[int, int]], indents: Sequence[int]) -> None:
    """Headings (by their bookmarks) whose number is of another level than their style keep that style's indent."""
    for mark in content.iter(W + "bookmarkStart") if levels else ():
        style, number = levels.get(value(mark, "name"), (0, 0))
        if number:
            put_numbering(parent(mark), ooxml_numbering.numbering_properties(HEADINGS, number - 1))
            put(parent(mark), ooxml.element(ooxml_numbering.hanging(indents[style - 1])), BEFORE_INDENT)
