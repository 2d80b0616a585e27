"""What can be wrong with a workbook that was filled in, in words for the one who filled it in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rapportbygger.diagnostics import Diagnostic, Location, Severity
from rapportbygger.form.layout import CHOICES, Field, Sheet
from rapportbygger.form.places import cell
from rapportbygger.load.workbook_grid import Grid, Spot
from rapportbygger.messages import _


def not_a_form(file: str, names: Sequence[str]) -> Diagnostic:
    """No sheet is one of the form's."""
    message = _("this is not the form: none of its sheets is here ({names})").format(names=_quoted(names))
    return Diagnostic("workbook", message, Location(file), _anew())


def no_sheet(file: str, sheet: Sheet) -> Diagnostic:
    """A sheet is gone."""
    message = _("the sheet «{name}» is missing").format(name=sheet.name)
    return Diagnostic("missing-sheet", message, Location(file), _anew(), Severity.WARNING)


def renamed(file: str, sheet: Sheet, grid: Grid) -> Diagnostic:
    """A sheet has another name and was known by what is on it."""
    message = _("the sheet is read as «{name}»").format(name=sheet.name)
    hint = _("give it the name «{name}» again").format(name=sheet.name)
    return Diagnostic("renamed-sheet", message, cell(file, grid.name), hint, Severity.INFO)


def extra_sheets(file: str, found: Sequence[Grid]) -> Iterator[Diagnostic]:
    """Sheets that nobody asked for."""
    for grid in found:
        if grid.cells and grid.name != CHOICES:
            message = _("the sheet is not part of the form and is not read")
            yield Diagnostic("extra-sheet", message, cell(file, grid.name), "", Severity.INFO)


def no_header(file: str, sheet: Sheet, grid: Grid) -> Diagnostic:
    """No row has the names of the columns."""
    names = [sheet.fields[0].label] if sheet.shape == "list" else [each.label for each in sheet.fields]
    message = _("no row has the names of the columns ({names})").format(names=_quoted(names))
    return Diagnostic("missing-column", message, cell(file, grid.name), _anew())


def missing_columns(file: str, grid: Grid, row: int, names: Sequence[str], badly: Severity) -> Iterator[Diagnostic]:
    """Columns that were deleted, or whose names were changed."""
    for name in names:
        message = _("the column «{name}» is missing").format(name=name)
        hint = _("put the column in again, with that name in row {row}").format(row=row)
        yield Diagnostic("missing-column", message, cell(file, grid.name, row, 1), hint, badly)


def extra_columns(file: str, grid: Grid, row: int, known: Sequence[int]) -> Iterator[Diagnostic]:
    """Columns that nobody asked for, with something in them."""
    extra = sorted({column for at, column in grid.cells if at > row and column not in known})
    for column in extra:
        first = min(at for at, here in grid.cells if here == column and at > row)
        where = cell(file, grid.name, first, column)
        message = _("the column {letter} is not part of the form and is not read")
        message = message.format(letter=where.cell.rstrip("0123456789"))
        hint = _("move what stands there to one of the form's columns")
        yield Diagnostic("extra-column", message, where, hint, Severity.WARNING)


def no_rows(file: str, sheet: Sheet, grid: Grid) -> Diagnostic:
    """No row of single fields has a name."""
    message = _("no row has the name of a field ({names})").format(names=_quoted([one.label for one in sheet.fields]))
    return Diagnostic("missing-row", message, cell(file, grid.name), _anew())


def help_texts(file: str, grid: Grid, spot: Spot) -> Diagnostic:
    """The column that is filled in was deleted: the help stands where it was."""
    message = _("the column to fill in is missing: the help stands in its place")
    return Diagnostic("missing-column", message, cell(file, grid.name, *spot), _anew())


def missing_rows(file: str, grid: Grid, names: Sequence[str]) -> Iterator[Diagnostic]:
    """Single fields whose rows were deleted, or whose names were changed."""
    for name in names:
        message = _("the row «{name}» is missing").format(name=name)
        hint = _("put the row in again, with that name in the first column")
        yield Diagnostic("missing-row", message, cell(file, grid.name), hint, Severity.WARNING)


def unknown_row(file: str, grid: Grid, spot: Spot) -> Diagnostic:
    """A row that nobody asked for."""
    message = _("the form has no row «{name}»; it is not read").format(name=_shown(grid, spot))
    return Diagnostic("extra-row", message, cell(file, grid.name, *spot), "", Severity.WARNING)


def twice(file: str, grid: Grid, spot: Spot) -> Diagnostic:
    """The same name a second time."""
    message = _("«{name}» stands twice").format(name=_shown(grid, spot))
    return Diagnostic("duplicate-key", message, cell(file, grid.name, *spot), _("keep one of them"))


def no_name(file: str, grid: Grid, spot: Spot) -> Diagnostic:
    """A value without what it is the value of."""
    message = _("the value beside this cell has no name")
    return Diagnostic("missing-field", message, cell(file, grid.name, *spot), _("write its name in this cell"))


def several_lines(file: str, grid: Grid, spot: Spot, value: Any) -> Iterator[Diagnostic]:
    """One item of a list with line breaks in it: perhaps it was meant as several."""
    if isinstance(value, str) and "\n" in value:
        message = _("the cell has several lines, which are read as one item")
        hint = _("write each item in a row of its own")
        yield Diagnostic("several-lines", message, cell(file, grid.name, *spot), hint, Severity.WARNING)


def never_calculated(at: Location, field: Field) -> Diagnostic:
    """A formula without the value that Excel has for it."""
    message = _("«{label}» holds a formula that has never been calculated").format(label=field.label)
    return Diagnostic("cell-error", message, at, _("write the value itself instead of the formula"))


def in_fields(file: str, grid: Grid, column: int, top: int) -> Iterator[Diagnostic]:
    """Merged cells among single fields, from their first row on."""
    for first, last in grid.merged:
        if last[0] >= top and first[1] <= column <= last[1] and (first[1] < column or first[0] != last[0]):
            yield _merged(file, grid, first, last)


def in_list(file: str, grid: Grid, header: int, columns: Sequence[int]) -> Iterator[Diagnostic]:
    """Merged and hidden cells in a list."""
    for first, last in grid.merged:
        covered = [column for column in columns if first[1] <= column <= last[1]]
        if covered and last[0] >= header and (len(covered) > 1 or first[0] != last[0]):
            yield _merged(file, grid, first, last)
    hidden = [row for row in grid.rows if row > header and row in grid.hidden]
    if hidden:
        message = _("hidden rows are read too: {rows}").format(rows=", ".join(map(str, hidden)))
        where = cell(file, grid.name, hidden[0], 1)
        yield Diagnostic("hidden-row", message, where, _("delete them if they do not belong here"), Severity.INFO)


def _merged(file: str, grid: Grid, first: Spot, last: Spot) -> Diagnostic:
    area = f"{cell(file, grid.name, *first).cell}:{cell(file, grid.name, *last).cell}"
    message = _("the cells {area} are merged: only the first of them holds something").format(area=area)
    hint = _("unmerge them in Excel, and fill in each cell")
    return Diagnostic("merged-cells", message, cell(file, grid.name, *first), hint)


def _anew() -> str:
    return _("copy what is filled in to a new form")


def _shown(grid: Grid, spot: Spot) -> str:
    return " ".join(str(grid.cells[spot].value).split())[:60]


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"«{name}»" for name in names[:8])
