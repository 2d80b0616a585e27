"""What pandoc's docx writer leaves to be said of tables."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping

from lxml import etree

from rapportbygger.theme.look import Style
from rapportbygger.write import columns
from rapportbygger.write.columns import Plan
from rapportbygger.write.docx.ooxml import Element, W, parent, required, value
from rapportbygger.write.docx.paragraphs import (
    BEFORE_KEEP_NEXT,
    BEFORE_SPACING,
    by_id,
    default_style,
    in_styles,
    names,
    put,
    style_of,
    tags,
)
from rapportbygger.write.docx.table_headers import dress_headers

_TEXT = "TableText"
_BEFORE_PLACE = tags(
    *("tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW")
)
_BEHIND_LAYOUT = tags("tblCellMar", "tblLook", "tblCaption", "tblDescription")
_ROW, _ROW_PROPERTIES, _CELL, _WIDTH, _SPAN = (W + name for name in ("tr", "trPr", "tc", "tcW", "gridSpan"))
_KIND, _MEASURE = W + "type", W + "w"


def finish_tables(content: Element, plans: tuple[Plan, ...], styles: Element) -> None:
    """Exact widths (LibreOffice reads the grid, Word the cells), rows that do not break, captions kept with tables.

    Where the template (`styles`) has a style for the text of tables, cells are in it.
    """
    own = by_id(styles)
    centred, indent, chain = _centred("Table", own), _style_indent("Table", own), _chain("Table", own)
    for table, plan in zip(content.iter(W + "tbl"), plans, strict=True):
        rows = list(table.iterchildren(_ROW))
        _set_widths(table, rows, plan.widths)
        for row in rows[:-1] if plan.whole else ():
            for paragraph in row.iter(W + "p"):
                put(paragraph, etree.Element(W + "keepNext"), BEFORE_KEEP_NEXT)
        _keep_whole(rows)
        _dress_merged(table)
        dress_headers(table, chain)
        _look(required(table, "tblPr"), centred=centred)
        _indent(required(table, "tblPr"), indent)
        for style in table.iter(W + "pStyle") if _TEXT in own else ():
            if value(style) == "Compact":
                style.set(W + "val", _TEXT)
        caption = table.getprevious()
        if caption is not None and style_of(caption) == "Caption":
            put(caption, etree.Element(W + "keepNext"), BEFORE_KEEP_NEXT)


def space_below(content: Element, styles: Element, looks: Mapping[str, Style], settings: bytes) -> None:
    """Text does not stand close below a table: its first paragraph gets some space, where its style has less."""
    known = names(styles)
    default = known.get(default_style(styles), "")
    sums = b"doNotUseHTMLParagraphAutoSpacing" in settings
    for table in content.iter(W + "tbl"):
        below = table.getnext()
        if below is None or below.tag != W + "p" or default not in looks:
            continue
        style = looks.get(known.get(style_of(below), default), looks[default])
        least = columns.space_below(looks[default]) + (style.before if sums else 0)
        if least > style.before and not style.page_break and below.find(f"{W}pPr/{W}pageBreakBefore") is None:
            _spacing(below).set(W + "before", str(least))


def space_below_figures(content: Element, styles: Element, looks: Mapping[str, Style]) -> None:
    """Text does not stand closer to a figure's caption than to a table: the caption belongs to the picture above it."""
    known = names(styles)
    default = known.get(default_style(styles), "")
    caption = looks.get(known.get("Caption", ""))
    if default not in looks or caption is None or caption.after >= columns.space_below(looks[default]):
        return
    for figure in in_styles(content, "CaptionedFigure"):
        below = figure.getnext()
        if below is not None and style_of(below) == "Caption":
            _spacing(below).set(W + "after", str(columns.space_below(looks[default])))


def _spacing(paragraph: Element) -> Element:
    """A paragraph's own spacing, which it gets if it has none."""
    found = paragraph.find(f"{W}pPr/{W}spacing")
    if found is None:
        found = etree.Element(W + "spacing")
        put(paragraph, found, BEFORE_SPACING)
    return found


def settle_style(styles: Element) -> None:
    """The table style says itself what the styles say that it is based on: LibreOffice 7.4 hears only some of it."""
    own = {value(style, "styleId"): style for style in styles.iter(W + "style")}
    chain = _chain("Table", own)
    for base in chain[1:]:
        _settle(chain[0], base)


_BEHIND = {
    "pPr": tags("rPr", "tblPr", "trPr", "tcPr", "tblStylePr"),
    "rPr": tags("tblPr", "trPr", "tcPr", "tblStylePr"),
}
"""What stands behind a style's properties in the schema's order (17.7.4.17)."""


def _settle(style: Element, base: Element) -> None:
    for tag in ("pPr", "rPr"):
        theirs, ours = base.find(W + tag), style.find(W + tag)
        if theirs is None:
            continue
        if ours is None:
            at = sum(child.tag not in _BEHIND[tag] for child in style)
            style.insert(at, copy.deepcopy(theirs))
        else:
            _fill(ours, theirs)
    conditions = {value(part, "type") for part in style.findall(W + "tblStylePr")}
    parts = base.findall(W + "tblStylePr")
    style.extend(copy.deepcopy(part) for part in parts if value(part, "type") not in conditions)


def _fill(ours: Element, theirs: Element) -> None:
    """Properties that a style does not have, and attributes of those that it has, in the order of the base's."""
    at = 0
    for new in theirs:
        found = ours.find(new.tag)
        if found is None:
            ours.insert(at, copy.deepcopy(new))
            at += 1
            continue
        for name, text in new.attrib.items():
            if name not in found.attrib:
                found.set(name, text)
        at = list(ours).index(found) + 1


def _chain(style: str, own: Mapping[str, Element]) -> list[Element]:
    """A style, and those that it is based on, one after the other."""
    found: list[Element] = []
    while style in own and own[style] not in found:
        found.append(own[style])
        base = own[style].find(W + "basedOn")
        style = "" if base is None else value(base)
    return found


def _centred(style: str, own: Mapping[str, Element]) -> bool:
    """Whether tables of this style stand in the middle, as it says itself or the nearest that it is based on."""
    places = (each.find(f"{W}tblPr/{W}jc") for each in _chain(style, own))
    return next((value(place) == "center" for place in places if place is not None), False)


def _style_indent(style: str, own: Mapping[str, Element]) -> int:
    found = (each.find(f"{W}tblPr/{W}tblInd") for each in _chain(style, own))
    return next((int(float(value(each, "w") or 0)) for each in found if each is not None), 0)


def _indent(properties: Element, indent: int) -> None:
    """A table in a list is indented by its style too, not only by the list."""
    own = properties.find(W + "tblInd")
    if own is not None:
        own.set(W + "w", str(int(value(own, "w")) + indent))


def _look(properties: Element, *, centred: bool) -> None:
    """Bands are rows, not columns too (17.4.55). LibreOffice centres only what says so itself."""
    look = properties.find(W + "tblLook")
    if look is not None:
        look.set(W + "noVBand", "1")
        look.set(W + "val", f"{int(value(look) or '0', 16) | 0x0400:04X}")
    if centred and properties.find(W + "jc") is None:
        at = sum(child.tag in _BEFORE_PLACE for child in properties)
        properties.insert(at, etree.Element(W + "jc", {W + "val": "center"}))


def _dress_merged(table: Element) -> None:
    """The empty paragraphs under a cell of several rows are as small as the text of the others."""
    for merged in [each for each in table.iter(W + "vMerge") if value(each) != "restart"]:
        for paragraph in parent(parent(merged)).findall(W + "p"):
            if not style_of(paragraph):
                put(paragraph, etree.Element(W + "pStyle", {W + "val": "Compact"}), ())


def _set_widths(table: Element, rows: Iterable[Element], widths: tuple[int, ...]) -> None:
    for column, width in zip(table.findall(f"{W}tblGrid/{W}gridCol"), widths, strict=True):
        column.set(W + "w", str(width))
    _set_width(required(table, "tblPr/tblW"), sum(widths))
    _fix_layout(required(table, "tblPr"))
    for row in rows:
        at = 0
        for cell in row.iterchildren(_CELL):
            at += _set_cell_width(cell, widths[at:])


def _fix_layout(properties: Element) -> None:
    """Columns stay as wide as they are said to be (17.4.52)."""
    layout = properties.find(W + "tblLayout")
    if layout is None:
        layout = etree.Element(W + "tblLayout")
        properties.insert(sum(child.tag not in _BEHIND_LAYOUT for child in properties), layout)
    layout.set(W + "type", "fixed")


def _set_cell_width(cell: Element, widths: tuple[int, ...]) -> int:
    """Gives a cell the width of the columns that it spans; returns how many they are."""
    properties = required(cell, "tcPr")
    if len(properties) == 0:
        _set_width(etree.SubElement(properties, _WIDTH), sum(widths[:1]))
        return 1
    span, width = properties.find(_SPAN), properties.find(_WIDTH)
    count = 1 if span is None else int(value(span))
    if width is None:
        width = etree.Element(_WIDTH)
        properties.insert(0, width)
    _set_width(width, sum(widths[:count]))
    return count


def _set_width(element: Element, width: int) -> None:
    element.set(_KIND, "dxa")
    element.set(_MEASURE, str(width))


def _keep_whole(rows: Iterable[Element]) -> None:
    for row in rows:
        properties = next(row.iterchildren(_ROW_PROPERTIES), None)
        if properties is None:
            properties = etree.Element(_ROW_PROPERTIES)
            row.insert(0, properties)
        if properties.find(W + "tblHeader") is None:  # on a header row LibreOffice 7.4 can lose the rows below it
            properties.insert(0, etree.Element(W + "cantSplit"))
