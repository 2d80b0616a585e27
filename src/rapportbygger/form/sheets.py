"""Writes the sheets of the workbook to fill in: what is asked for, how, and what is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rapportbygger.form import cells, layout
from rapportbygger.form.layout import HEADER, Field, Sheet
from rapportbygger.messages import _

ROWS = 30
"""So many rows of a list are drawn, at least."""
_WIDTHS, _NAMED_WIDTHS = (28, 60, 60), (40, 24, 60)
_HIGHEST = 400
"""Excel takes 409 points."""


def write(book: Any, parts: Sequence[Sheet], known: Mapping[str, Any]) -> None:
    """Add the sheets to an openpyxl workbook, and the lists of what can be chosen on a hidden one."""
    chosen = cells.Choices()
    for part in parts:
        sheet = book.create_sheet(part.name)
        value = at(known, part.path)
        if part.shape == "fields":
            _fields(sheet, part, known, chosen)
        elif part.shape == "named":
            _named(sheet, part, value if isinstance(value, dict) else {}, chosen)
        else:
            _list(sheet, part, value if isinstance(value, list) else [], chosen)
        _on_paper(sheet)
    chosen.write(book)


def at(value: Any, path: Sequence[str]) -> Any:
    """The value at a path; None where there is nothing."""
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _fields(sheet: Any, part: Sheet, known: Mapping[str, Any], chosen: cells.Choices) -> None:
    _head(sheet, part, [_("Field"), _("To fill in"), _("Help")], _WIDTHS)
    for number, one in enumerate(part.fields):
        row = HEADER + 1 + number
        cells.label(sheet.cell(row, 1), _marked(one))
        cells.to_fill_in(sheet.cell(row, 2), one)
        cells.put(sheet.cell(row, 2), at(known, one.path))
        cells.help_text(sheet.cell(row, 3), one.help)
        cells.restrict(sheet, f"B{row}", one, chosen)
        sheet.row_dimensions[row].height = _height(
            [sheet.cell(row, 1), sheet.cell(row, 2), sheet.cell(row, 3)], _WIDTHS
        )


def _list(sheet: Any, part: Sheet, items: Sequence[Any], chosen: cells.Choices) -> None:
    widths = [cells.width(one) if part.shape == "records" else 90 for one in part.fields]
    _head(sheet, part, [_marked(one) for one in part.fields], widths, [one.help for one in part.fields])
    last = HEADER + max(ROWS, len(items) + ROWS // 2)
    for number, one in enumerate(part.fields, 1):
        letter = sheet.cell(HEADER, number).column_letter
        for row in range(HEADER + 1, last + 1):
            cells.to_fill_in(sheet.cell(row, number), one)
        for row, item in enumerate(items, HEADER + 1):
            cells.put(sheet.cell(row, number), at(item, one.path) if part.shape == "records" else item)
        cells.restrict(sheet, f"{letter}{HEADER + 1}:{letter}{last}", one, chosen)
    for row in range(HEADER + 1, HEADER + 1 + len(items)):
        sheet.row_dimensions[row].height = _height(list(sheet[row]), widths)


def _named(sheet: Any, part: Sheet, values: Mapping[str, Any], chosen: cells.Choices) -> None:
    other = part.other or Field((), layout.VALUE, "any")
    _head(sheet, part, [layout.NAME, layout.VALUE, _("Help")], _NAMED_WIDTHS)
    known = {one.path[0]: one for one in part.fields}
    names = [*known, *(name for name in values if name not in known)]
    for number in range(max(ROWS, len(names) + ROWS // 2)):
        row, name = HEADER + 1 + number, names[number] if number < len(names) else ""
        one = known.get(name, other)
        cells.to_fill_in(sheet.cell(row, 1), Field((), layout.NAME, "text"))
        cells.put(sheet.cell(row, 1), one.label if name in known else name)
        cells.to_fill_in(sheet.cell(row, 2), one)
        cells.put(sheet.cell(row, 2), values.get(name))
        cells.restrict(sheet, f"B{row}", one, chosen)
        if name in known:
            cells.help_text(sheet.cell(row, 3), one.help)


def _marked(one: Field) -> str:
    return f"{one.label} *" if one.required else one.label


def _head(sheet: Any, part: Sheet, names: Sequence[str], widths: Sequence[int], helps: Sequence[str] = ()) -> None:
    """The rows over what is filled in, and how wide the columns are."""
    needed = _("Fields with * must be filled in.") if any(one.required for one in part.fields) else ""
    cells.title(sheet.cell(1, 1), part.title)
    cells.introduction(sheet.cell(2, 1), " ".join(filter(None, (part.help, needed))))
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[sheet.cell(HEADER, number).column_letter].width = width
        cells.heading(sheet.cell(HEADER, number), names[number - 1])
        cells.said(sheet.cell(HEADER - 1, number), helps[number - 1] if helps else "")
    if len(widths) > 1:
        sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=len(widths))
    sheet.row_dimensions[1].height = 2 * cells.LINE
    sheet.row_dimensions[2].height = _height([sheet.cell(2, 1)], [sum(widths)])
    sheet.row_dimensions[HEADER - 1].height = _height(list(sheet[HEADER - 1]), widths) if any(helps) else cells.LINE / 2
    sheet.row_dimensions[HEADER].height = _height(list(sheet[HEADER]), [width - 3 for width in widths]) + cells.LINE / 3
    sheet.freeze_panes = sheet.cell(HEADER + 1, 1)
    sheet.sheet_view.showGridLines = False


def _height(row: Sequence[Any], widths: Sequence[int]) -> float:
    """How high a row must be for its texts, about; Excel and LibreOffice measure it anew when it is changed."""
    lines = (
        sum(1 + len(line) // max(1, int(width * 0.95)) for line in str(cell.value or "").split("\n"))
        for cell, width in zip(row, widths, strict=True)
    )
    return min(cells.LINE * max(lines), _HIGHEST) + 2


def _on_paper(sheet: Any) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEADER}:{HEADER}"
