"""Tables in Excel workbooks: a row of names, then rows of values. What a municipality fills in is read elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rapportbygger.diagnostics import Diagnostic, Location, Problems, nearest
from rapportbygger.load import workbook_file
from rapportbygger.load.workbook_cells import text
from rapportbygger.messages import _
from rapportbygger.model import Data


def read(path: Path, file: str, sheet: str, at: Location) -> tuple[list[dict[str, Any]] | None, Problems]:
    """The rows of a sheet (the first, without a name) by the names in its first row; None where it cannot be used.

    `file` is what problems call the workbook, `at` where it is named.
    """
    content, problems = workbook_file.read(path, file)
    if content is None:
        return None, problems
    book, problems = workbook_file.opened(content, file)
    if book is None:
        return None, problems
    names = [each.title for each in book.worksheets]
    if sheet and sheet not in names:
        near = nearest(sheet, names)
        hint = _("did you mean «{name}»?").format(name=near) if near else _("it has {names}").format(names=_said(names))
        message = _("there is no sheet «{name}» in «{file}»").format(name=sheet, file=file)
        return None, (Diagnostic("unknown-sheet", message, at, hint),)
    chosen = book[sheet] if sheet else book.worksheets[0]
    grid = _filled(chosen)
    return _table(grid, file, chosen.title) if grid else (None, (_empty(file, chosen.title),))


def every(content: bytes, file: str) -> tuple[Data | None, Problems]:
    """The rows of all sheets that hold something, by the sheets' names; where there is one, its rows alone.

    As in CSV, cells that hold nothing are empty texts. A sheet that is no table is left out, and a problem.
    """
    book, problems = workbook_file.opened(content, file)
    if book is None:
        return None, problems
    rows: dict[str, list[dict[str, Any]]] = {}
    grids = {sheet.title: grid for sheet in book.worksheets if (grid := _filled(sheet))}
    for name, grid in grids.items():
        table, found = _table(grid, file, name)
        problems = (*problems, *found)
        if table is not None:
            rows[name] = [{column: "" if cell is None else cell for column, cell in row.items()} for row in table]
    if not rows:
        return None, problems or (_empty(file, book.worksheets[0].title),)
    return Data(file, rows if len(grids) > 1 else next(iter(rows.values()))), problems


def _empty(file: str, sheet: str) -> Diagnostic:
    return Diagnostic("empty-file", _("the sheet is empty"), Location(file, 1, 1, _sheet(sheet)))


def _filled(sheet: Any) -> list[tuple[int, list[Any]]]:
    """The rows that hold something, of the cells that are there: a sheet formatted to its last row has a billion."""
    by_row: dict[int, dict[int, Any]] = {}
    for (row, column), cell in sheet._cells.items():
        value = _value(cell.value)
        if value is not None:
            by_row.setdefault(row, {})[column] = value
    width = max((max(cells) for cells in by_row.values()), default=0)
    return [(row, [by_row[row].get(column) for column in range(1, width + 1)]) for row in sorted(by_row)]


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return text(value) or None
    if isinstance(value, datetime):
        return (value.date() if value.time() == datetime.min.time() else value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _table(
    grid: Sequence[tuple[int, list[Any]]], file: str, sheet: str
) -> tuple[list[dict[str, Any]] | None, Problems]:
    (first, header), *body = grid
    names = ["" if cell is None else str(cell) for cell in header]
    columns = [at for at, name in enumerate(names) if name]
    for number, cells in body:
        nameless = next((at for at, cell in enumerate(cells) if cell is not None and not names[at]), None)
        if nameless is not None:
            message, hint = _("the column of this cell has no name"), _("give every column a name in the first row")
            return None, (Diagnostic("csv-header", message, Location(file, number, nameless + 1, _sheet(sheet)), hint),)
    for at in columns:
        if names[at] in names[:at]:
            message = _("two columns are called «{name}»").format(name=names[at])
            hint = _("give every column a name of its own in the first row")
            return None, (Diagnostic("csv-header", message, Location(file, first, at + 1, _sheet(sheet)), hint),)
    return [{names[at]: cells[at] for at in columns} for _number, cells in body], ()


def _sheet(name: str) -> str:
    return _("sheet «{name}»").format(name=name)


def _said(names: Iterable[str]) -> str:
    return ", ".join(f"«{name}»" for name in names)
