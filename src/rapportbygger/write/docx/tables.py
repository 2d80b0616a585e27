"""What pandoc's docx writer leaves to be said of tables."""

from __future__ import annotations

from lxml import etree

from rapportbygger.write.docx.ooxml import Element, W, required, value
from rapportbygger.write.docx.paragraphs import BEFORE_KEEP_NEXT, put, style_of


def finish_tables(content: Element, columns: tuple[tuple[int, ...], ...], *, styled: bool) -> None:
    """Exact widths (LibreOffice reads the grid, Word the cells), rows that do not break, captions kept with tables.

    Where the template has a style for the text of tables (`styled`), cells are in it.
    """
    for table, widths in zip(content.iter(W + "tbl"), columns, strict=True):
        _set_widths(table, widths)
        _keep_rows_whole(table)
        for style in table.iter(W + "pStyle") if styled else ():
            if value(style) == "Compact":
                style.set(W + "val", "TableText")
        caption = table.getprevious()
        if caption is not None and style_of(caption) == "Caption":
            put(caption, etree.Element(W + "keepNext"), BEFORE_KEEP_NEXT)


def _set_widths(table: Element, widths: tuple[int, ...]) -> None:
    for column, width in zip(table.findall(f"{W}tblGrid/{W}gridCol"), widths, strict=True):
        column.set(W + "w", str(width))
    _set_width(required(table, "tblPr/tblW"), sum(widths))
    _fix_layout(required(table, "tblPr"))
    for row in table.findall(W + "tr"):
        at = 0
        for cell in row.findall(W + "tc"):
            at += _set_cell_width(cell, widths[at:])


def _fix_layout(properties: Element) -> None:
    """Columns stay as wide as they are said to be (17.4.52)."""
    layout = properties.find(W + "tblLayout")
    if layout is None:
        layout = etree.Element(W + "tblLayout")
        behind = ("tblCellMar", "tblLook", "tblCaption", "tblDescription")
        properties.insert(sum(etree.QName(child).localname not in behind for child in properties), layout)
    layout.set(W + "type", "fixed")


def _set_cell_width(cell: Element, widths: tuple[int, ...]) -> int:
    """Gives a cell the width of the columns that it spans; returns how many they are."""
    properties = required(cell, "tcPr")
    span = properties.find(W + "gridSpan")
    count = 1 if span is None else int(value(span))
    width = properties.find(W + "tcW")
    if width is None:
        width = etree.Element(W + "tcW")
        properties.insert(0, width)
    _set_width(width, sum(widths[:count]))
    return count


def _set_width(element: Element, width: int) -> None:
    element.set(W + "type", "dxa")
    element.set(W + "w", str(width))


def _keep_rows_whole(table: Element) -> None:
    for row in table.findall(W + "tr"):
        properties = row.find(W + "trPr")
        if properties is None:
            properties = etree.Element(W + "trPr")
            row.insert(0, properties)
        if properties.find(W + "tblHeader") is None:  # on a header row LibreOffice 7.4 can lose the rows below it
            properties.insert(0, etree.Element(W + "cantSplit"))
