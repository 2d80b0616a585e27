"""Checks of what points from one place to another: bookmarks, fields, links within the document, notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from judges.package import Package, W, attribute, text_of

_TO_BOOKMARK = re.compile(r"^(?:REF|PAGEREF|NOTEREF)\s+(\S+)")
_LINK = re.compile(r'^HYPERLINK\s+.*\\l\s+"([^"]+)"')
_WITHIN = re.compile(r"^TOC\s.*\\b\s+(\S+)")


@dataclass
class Field:
    """A field as it is read: what it asks for and what it shows."""

    instruction: str = ""
    result: str = ""
    separated: bool = False
    inner: list[Field] = field(default_factory=list)


def bookmarks(package: Package) -> Iterator[str]:
    """Bookmarks that share a number or a name, have no end, or have a name that Word does not take."""
    for name, story in package.stories.items():
        starts = [attribute(mark, "id") for mark in story.iter(W + "bookmarkStart")]
        ends = [attribute(mark, "id") for mark in story.iter(W + "bookmarkEnd")]
        if sorted(starts) != sorted(ends):
            yield f"bookmarks in {name} do not end as they begin"
    numbers = Counter(attribute(mark, "id") for mark in package.every("bookmarkStart"))
    yield from (f"the bookmark number {number} is used {n} times" for number, n in numbers.items() if n > 1)
    names = Counter(attribute(mark, "name").lower() for mark in package.every("bookmarkStart"))
    yield from (f"the bookmark «{name}» is there {n} times" for name, n in names.items() if n > 1)
    yield from (f"the bookmark name «{name}» is too long for Word" for name in names if len(name) > 40)
    yield from (f"the bookmark name «{name}» has a space or colon" for name in names if re.search(r"[\s:]", name))


def balance(package: Package) -> Iterator[str]:
    """Fields that do not begin, separate and end in this order, story by story."""
    for name, story in package.stories.items():
        depth = [0]
        for mark in story.iter(W + "fldChar"):
            yield from _step(name, attribute(mark, "fldCharType"), depth)
        if len(depth) > 1:
            yield f"{len(depth) - 1} fields in {name} have no end"


def _step(name: str, kind: str, depth: list[int]) -> Iterator[str]:
    """One mark of a field; `depth` holds how many separators each open field has had."""
    if kind == "begin":
        depth.append(0)
    elif len(depth) == 1:
        yield f"a field in {name} has a «{kind}» without a beginning"
    elif kind == "separate":
        depth[-1] += 1
        if depth[-1] > 1:
            yield f"a field in {name} separates twice"
    else:
        depth.pop()


def results(package: Package) -> Iterator[str]:
    """Fields that show nothing until the reader updates them."""
    for name, story in package.stories.items():
        for found in _fields(story):
            if not found.result.strip():
                yield f"the field «{found.instruction.strip()}» in {name} shows nothing"
            if re.search(r"error!|feil!", found.result, re.IGNORECASE):
                yield f"the field «{found.instruction.strip()}» in {name} shows «{found.result}»"


def dirty(package: Package) -> Iterator[str]:
    """Fields marked to be updated, which makes Word ask."""
    for mark in package.every("fldChar", "fldSimple", "sdtContent"):
        if attribute(mark, "dirty") not in ("", "0", "false", "off"):
            yield "a field is dirty"


def anchors(package: Package) -> Iterator[str]:
    """Links and references to bookmarks that are not there."""
    known = {attribute(mark, "name").lower() for mark in package.every("bookmarkStart")}
    linked = {attribute(link, "anchor") for link in package.every("hyperlink")} - {""}
    yield from (
        f"the link to «{name}» leads nowhere" for name in sorted(linked) if name.lower() not in known | {"_top"}
    )
    for story in package.stories.values():
        for found in _fields(story):
            instruction = found.instruction.strip()
            hit = next((m for p in (_TO_BOOKMARK, _LINK, _WITHIN) if (m := p.match(instruction))), None)
            if hit and hit[1].strip('"').lower() not in known:
                yield f"the field «{instruction}» refers to a bookmark that is not there"


def notes(package: Package) -> Iterator[str]:
    """References without a note, notes without a reference, and notes referred to twice."""
    for kind in ("footnote", "endnote"):
        part = package.parts.get(f"word/{kind}s.xml")
        found = [] if part is None else [n for n in part.iter(W + kind) if not attribute(n, "type")]
        there = Counter(attribute(note, "id") for note in found)
        used = Counter(attribute(mark, "id") for mark in package.document.iter(W + f"{kind}Reference"))
        yield from (f"{kind} {number} is not there" for number in sorted(used.keys() - there.keys()))
        yield from (f"{kind} {number} is never referred to" for number in sorted(there.keys() - used.keys()))
        yield from (f"{kind} {number} is there {n} times" for number, n in there.items() if n > 1)
        yield from (f"{kind} {number} is referred to {n} times" for number, n in used.items() if n > 1)


def _fields(story: etree._Element) -> Iterator[Field]:
    """The fields of a story in the order of their ends; simple ones among them."""
    open_fields: list[Field] = []
    for element in story.iter(W + "fldChar", W + "instrText", W + "t", W + "fldSimple", W + "drawing"):
        if element.tag == W + "fldSimple":
            yield Field(attribute(element, "instr"), text_of(element), separated=True)
        elif element.tag == W + "fldChar" and attribute(element, "fldCharType") == "begin":
            open_fields.append(Field())
        elif open_fields and element.tag == W + "fldChar" and attribute(element, "fldCharType") == "end":
            yield open_fields.pop()
        elif open_fields:
            _read(open_fields, element)


def _read(open_fields: list[Field], element: etree._Element) -> None:
    """Put one piece into the fields that are open: a result also shows in the fields around its own."""
    if element.tag == W + "fldChar":
        open_fields[-1].separated = True
    elif element.tag == W + "instrText":
        open_fields[-1].instruction += element.text or ""
    else:
        for found in open_fields:
            found.result += (element.text or "") if found.separated else ""
