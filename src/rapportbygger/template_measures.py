"""The measures of a rendered Word template as every later stage may read them: whole numbers that Word can have too.

A file may say a length in other units («25mm», ECMA-376 part 4, ST_UniversalMeasure), or what no program can use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

from lxml import etree

from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity
from rapportbygger.messages import _
from rapportbygger.theme.look import Section
from rapportbygger.theme.markup import Element, W, tree
from rapportbygger.theme.properties import child, number, value

LONGEST = 31680
"""Twips: 22 inches, the longest that Word has."""
SHORTEST_PAGE, LEAST_TEXT = 720, 720
"""Twips: half an inch, of a page and of the room that its margins leave for text."""
_LARGEST_LETTERS, _MOST_COLUMNS, _LAST_PAGE = 3276, 63, 32767
"""What Word has at most: half points (1638 pt), columns of a table, page numbers."""
_NO_LIMIT = 10**9
_POINTS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}
_MEASURE = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))\s*(mm|cm|in|pt|pc|pi)?")
_PLAIN = re.compile(r"[0-9]{1,4}")
_INDENTS = ("left", "right", "start", "end", "firstLine", "hanging")
_TWIPS: Mapping[str, tuple[str, ...]] = {
    "pgSz": ("w", "h"),
    "pgMar": ("top", "right", "bottom", "left", "header", "footer", "gutter"),
    "ind": _INDENTS,
    "spacing": ("before", "after", "line", "val"),
    "tab": ("pos",),
    "col": ("w", "space"),
    "framePr": ("w", "h", "x", "y", "hSpace", "vSpace"),
    **dict.fromkeys(("gridCol", "tblW", "tcW", "tblInd", "tblCellSpacing", "wBefore", "wAfter"), ("w",)),
    **dict.fromkeys(("top", "left", "bottom", "right", "start", "end"), ("w",)),
    **dict.fromkeys(("trHeight", "defaultTabStop"), ("val",)),
    "cols": ("space",),
}
_HALF_POINTS = ("sz", "szCs", "kern", "position")
_COUNTS = {"gridSpan": _MOST_COLUMNS, "gridBefore": _MOST_COLUMNS, "gridAfter": _MOST_COLUMNS, "outlineLvl": 9}
_READ = ("word/", "_rels/", "[Content_Types]")
_COMMENT = re.compile(rb"<!--|<\?(?!xml\s)")
_Found: TypeAlias = tuple[str, str]
"""What is said of a measure, and what to do about it."""


def measured(parts: Mapping[str, bytes], name: str) -> tuple[dict[str, bytes], Problems]:
    """The parts with such measures, without comments in their XML; `name` is what problems call the template."""
    out, problems = dict(parts), list[Diagnostic]()
    for part, data in parts.items():
        if part.startswith(_READ) and part.endswith((".xml", ".rels")):
            out[part], found = _measured(data)
            problems += (_problem(*note, name) for note in found)
    return out, tuple(dict.fromkeys(problems))


def _problem(message: str, hint: str, name: str) -> Diagnostic:
    return Diagnostic("template-measure", message, Location(name), hint, Severity.WARNING)


@lru_cache(maxsize=64)
def _measured(part: bytes) -> tuple[bytes, tuple[_Found, ...]]:
    root = tree(part)
    before = etree.tostring(root)
    found = (*_numbers(root), *(note for section in root.iter(W + "sectPr") for note in _page(section)))
    changed = _COMMENT.search(part) or part[:2] in (b"\xff\xfe", b"\xfe\xff") or etree.tostring(root) != before
    whole = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True) if changed else part
    return whole, found


# ------------------------------------------------------------------------------------------------------------- numbers


def _numbers(root: Element) -> tuple[_Found, ...]:
    """Put every measure right; what is said of those that are none, and are left out."""
    unread = []
    for element in list(root.iter()):
        name = etree.QName(element).localname if str(element.tag).startswith(W) else ""
        for attribute, least, most, points in _measures(name):
            said = element.get(W + attribute)
            if said is None or (_PLAIN.fullmatch(said) and int(said) <= most) or _is_share(name, said):
                continue
            number = _read(said, points)
            if number is None:
                unread.append(f"{name} {attribute}={said}")
                del element.attrib[W + attribute]
            else:
                element.set(W + attribute, str(min(max(number, least), most)))
        if name == "spacing":
            _single_line(element)
        elif name == "tab" and value(element) and element.get(W + "pos") is None:
            element.getparent().remove(element)  # type: ignore[union-attr]  # a root is no tab stop
    hint = _("open the template in Word, set it anew there and save")
    return tuple((_("a measure in the template cannot be read: «{said}»").format(said=each), hint) for each in unread)


def _measures(name: str) -> Iterator[tuple[str, int, int, int]]:
    """Each attribute of an element that is a number, the least and the most that it can be, its units in a point."""
    most = _NO_LIMIT if name == "pgSz" else LONGEST  # what is said of pages that are too large, is said there
    yield from ((attribute, -most, most, 20) for attribute in _TWIPS.get(name, ()))
    if name in _HALF_POINTS:
        yield "val", -_LARGEST_LETTERS, _LARGEST_LETTERS, 2
    if name in _COUNTS:
        yield "val", 0, _COUNTS[name], 1
    if name == "pgNumType":
        yield "start", 0, _LAST_PAGE, 1


def _is_share(name: str, said: str) -> bool:
    """Whether this is a part of the text's width, as tables and cells can have it (17.18.87)."""
    return name in ("tblW", "tcW") and said.endswith("%")


def _read(said: str, points: int) -> int | None:
    """A number, or a length with its unit; None for what is neither. Numbers have `points` to a point."""
    found = _MEASURE.fullmatch(said.strip())
    if found is None:
        return None
    return round(float(found[1]) * _POINTS[found[2]] * points) if found[2] else int(float(found[1]))


def _single_line(spacing: Element) -> None:
    """Lines of no height are single ones for Word and LibreOffice; where they are said to be less, that is exact."""
    line = number(spacing, "line", 240)
    if line == 0 and value(spacing, "lineRule", "auto") != "atLeast":
        spacing.attrib.update({W + "line": "240", W + "lineRule": "auto"})
    elif line < 0:
        spacing.attrib.update({W + "line": str(-line), W + "lineRule": "exact"})


# --------------------------------------------------------------------------------------------------------------- pages


def _page(section: Element) -> Iterator[_Found]:
    """Put a page's size and margins right, and say so."""
    size, margins = child(section, "pgSz"), child(section, "pgMar")
    default = Section()
    across, down = number(size, "w", default.width), number(size, "h", default.height)
    sides = [_within(side) for side in (across, down)]
    if size is not None and [across, down] != sides:
        size.attrib.update({W + "w": str(sides[0]), W + "h": str(sides[1])})
        message = _("a page of {width} × {height} cm is not possible in Word; it is made {near} cm")
        near = " × ".join(map(_centimetres, sides))
        message = message.format(width=_centimetres(across), height=_centimetres(down), near=near)
        yield message, _("choose its size in Layout > Size")
    if margins is None:
        return
    for room, pair in zip(sides, (("left", "right", "gutter"), ("top", "bottom")), strict=True):
        if room - sum(abs(number(margins, side)) for side in pair) < LEAST_TEXT:
            margins.attrib.update({W + side: str(room // 8 if side != "gutter" else 0) for side in pair})
            yield _("the margins leave no room for text on the page"), _("choose them in Layout > Margins")


def _within(side: int) -> int:
    return min(max(side, SHORTEST_PAGE), LONGEST)


def _centimetres(twips: int) -> str:
    return f"{twips / 1440 * 2.54:.1f}"
