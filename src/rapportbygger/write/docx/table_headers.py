"""Headers of several rows: Word and LibreOffice dress only the first as the table style's first row."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from lxml import etree

from rapportbygger.write.docx.ooxml import Element, W, required, value

_RUN_ORDER = (
    *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow"),
    *("emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position"),
    *("sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang"),
    *("eastAsianLayout", "specVanish", "oMath"),
)


def dress_headers(table: Element, chain: Sequence[Element]) -> None:
    """All rows of a table's header look like the first, and the rule below the header stands below the last.

    `chain` is the table style, and what it is based on.
    """
    rows = [row for row in table.iterchildren(_ROW) if row.find(_IS_HEADER) is not None]
    if len(rows) < 2:
        return
    first = next((part for style in chain for part in style.findall(W + "tblStylePr") if _is_first(part)), None)
    inner = next((b for style in chain for b in style.iterfind(f"{W}tblPr/{W}tblBorders/{W}insideH")), None)
    for number, row in enumerate(rows if first is not None else ()):
        for cell in row.findall(W + "tc"):
            _dress_cell(cell, first, inner if number < len(rows) - 1 else None, whole=number > 0)


_ROW, _IS_HEADER = W + "tr", f"{W}trPr/{W}tblHeader"


def _is_first(part: Element) -> bool:
    return value(part, "type") == "firstRow"


def _dress_cell(cell: Element, first: Element | None, below: Element | None, *, whole: bool) -> None:
    """`below` is the rule below a row that is not the last; `whole`: the row does not look like a header by itself."""
    properties = required(cell, "tcPr")
    theirs = None if first is None else first.find(W + "tcPr")
    own = [copy.deepcopy(child) for child in theirs] if theirs is not None and whole else []
    borders = next((child for child in own if child.tag == W + "tcBorders"), None)
    last = theirs is not None and theirs.find(f"{W}tcBorders/{W}bottom") is not None
    if last and (below is not None or not whole):
        if borders is None:
            borders = etree.Element(W + "tcBorders")
            own.insert(0, borders)
        _put_bottom(borders, below)
    properties.extend(own)
    runs = None if first is None or not whole else first.find(W + "rPr")
    for run in cell.iter(W + "r") if runs is not None else ():
        _dress_run(run, runs)


def _put_bottom(borders: Element, rule: Element | None) -> None:
    bottom = etree.Element(W + "bottom", {W + "val": "nil"})
    if rule is not None:
        bottom = copy.deepcopy(rule)
        bottom.tag = W + "bottom"
    for old in borders.findall(W + "bottom"):
        borders.replace(old, bottom)
        return
    at = sum(etree.QName(child).localname in ("top", "start", "left") for child in borders)
    borders.insert(at, bottom)


def _dress_run(run: Element, theirs: Element | None) -> None:
    """What a run's own properties leave unsaid, in the schema's order (17.3.2.28)."""
    properties = run.find(W + "rPr")
    if properties is None:
        properties = etree.Element(W + "rPr")
        run.insert(0, properties)
    new = [copy.deepcopy(child) for child in (() if theirs is None else theirs) if properties.find(child.tag) is None]
    properties[:] = sorted([*properties, *new], key=_place)


def _place(child: Element) -> int:
    name = etree.QName(child).localname
    return _RUN_ORDER.index(name) if name in _RUN_ORDER else len(_RUN_ORDER)
