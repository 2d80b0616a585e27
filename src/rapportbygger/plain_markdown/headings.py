"""Headings."""

from __future__ import annotations

import re

from rapportbygger.nodes import Node
from rapportbygger.plain_markdown import words, written_attributes

_HEADING = re.compile(rf"(#{{1,6}}) ([^\n]*[^\n.\s{{}}])(?: ({written_attributes.WRITTEN}))?")
_KNOWN_LETTERS = re.compile(r"[\x20-\xff–]*")
"""Those whose small letters are the same for pandoc and for us."""
_LEFT_OUT = re.compile(r"[^\w\s.-]")
_BEFORE_LETTERS = re.compile(r"^[^a-zªµºß-öø-ÿ]+")


def read(markdown: str) -> list[Node] | None:
    """A heading; None where pandoc has to be asked."""
    found = _HEADING.fullmatch(markdown)
    title = words.lines(found[2]) if found else None
    attributes = written_attributes.read(found[3] or "") if found else None
    if not found or title is None or attributes is None:
        return None
    identifier = attributes[0] or _identifier(found[2])
    return [{"t": "Header", "c": [len(found[1]), [identifier, *attributes[1:]], title]}] if identifier else None


def _identifier(title: str) -> str:
    """What pandoc calls a heading without an identifier (`auto_identifiers`); empty where that is not sure."""
    if "@" in title or "*" in title or not _KNOWN_LETTERS.fullmatch(title):
        return ""
    return _BEFORE_LETTERS.sub("", "-".join(_LEFT_OUT.sub("", title.lower()).split()))
