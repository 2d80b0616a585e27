"""Styles that a template names but does not have: for Word and LibreOffice it is as if nothing was named."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from rapportbygger.theme.markup import tree
from rapportbygger.write.docx import ooxml
from rapportbygger.write.docx.ooxml import Element, W, parent, value

_NAMED = re.compile(rb'<w:(?:pStyle|rStyle|tblStyle)\s[^>]*?w:val="([^"]*)"')
_IN_STORIES = tuple(W + name for name in ("pStyle", "rStyle", "tblStyle"))
_IN_STYLES = tuple(W + name for name in ("basedOn", "next", "link"))


def known_only(part: bytes, known: Collection[str]) -> bytes:
    """The part of a story that names no styles but the known ones, given by their ids."""
    unknown = {name.decode("utf-8", "replace") for name in _NAMED.findall(part)}.difference(known)
    return _without(part, frozenset(unknown)) if unknown else part


@lru_cache(maxsize=32)
def _without(part: bytes, unknown: Collection[str]) -> bytes:
    root = tree(part)
    for reference in [each for each in root.iter(*_IN_STORIES) if value(each) in unknown]:
        parent(reference).remove(reference)
    return ooxml.serialise(root)


def settle_references(styles: Element) -> frozenset[str]:
    """Removes from styles.xml what leads to no style there. The ids that there are."""
    known = frozenset(value(style, "styleId") for style in styles.iterfind(W + "style"))
    for reference in [each for each in styles.iter(*_IN_STYLES) if value(each) not in known]:
        parent(reference).remove(reference)
    return known
