"""Reads the workbook that a municipality has filled in: the values its schema asks for, and the cells they stand in.

What is certain in spite of how it is written is read so; what is not is told, with its cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from rapportbygger import formats
from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity
from rapportbygger.files import yaml_problems
from rapportbygger.form import layout, places
from rapportbygger.form.layout import Field, Sheet, folded
from rapportbygger.load import workbook_cells, workbook_file, workbook_problems
from rapportbygger.load.workbook_grid import Cell, Grid, assigned, grids, header, label_column
from rapportbygger.messages import _
from rapportbygger.model import Data

Path: TypeAlias = tuple[str | int, ...]


def read(content: bytes, file: str, schema: Any) -> tuple[Data | None, Problems]:
    """The values of a workbook by the schema's value, and what is wrong with it; None where it cannot be used."""
    book, problems = workbook_file.opened(content, file)
    if book is None:
        return None, problems
    wanted, found = layout.sheets(schema), grids(book, workbook_file.formulas(content, file))
    of = assigned(wanted, found)
    reading = _Reading(file)
    if not of:
        return None, (workbook_problems.not_a_form(file, [sheet.name for sheet in wanted]),)
    for sheet in wanted:
        if sheet.name in of:
            reading.sheet(sheet, of[sheet.name])
        elif sheet.fields:
            reading.problems.append(workbook_problems.no_sheet(file, sheet))
    reading.problems += workbook_problems.extra_sheets(file, [one for one in found if one not in of.values()])
    data = places.WorkbookData(file, reading.value, {}, reading.places, reading.on, reading.labels)
    return None if reading.lost else data, tuple(reading.problems)


@dataclass(slots=True)
class _Reading:
    """One reading of a workbook: what was found so far."""

    file: str
    value: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    on: dict[Path, str] = field(default_factory=dict)
    labels: dict[Path, str] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    lost: bool = False

    def sheet(self, sheet: Sheet, grid: Grid) -> None:
        """Read one sheet."""
        if folded(grid.name) != folded(sheet.name):
            self.problems.append(workbook_problems.renamed(self.file, sheet, grid))
        if sheet.shape == "fields":
            self._fields(sheet, grid)
            return
        row = header(sheet, grid)
        if not row:
            self.problems.append(workbook_problems.no_header(self.file, sheet, grid))
            return
        self._place(sheet.path, grid, (row, 1), sheet.title)
        columns = self._columns(sheet, grid, row)
        self.problems += workbook_problems.in_list(self.file, grid, row, list(columns))
        if sheet.shape == "named":
            self._named(sheet, grid, row, {name: column for column, name in columns.items()})
        else:
            self._items(sheet, grid, row, columns)

    # ----------------------------------------------------------------------------------------------------- fields

    def _fields(self, sheet: Sheet, grid: Grid) -> None:
        column = label_column((each.label for each in sheet.fields), grid)
        by_label = {folded(each.label): each for each in sheet.fields}
        self.labels |= {each.path: each.label for each in sheet.fields}
        if unreadable := _unreadable(self.file, sheet, grid, column):
            self.problems.append(unreadable)
            self.lost = True
            return
        seen: set[str] = set()
        for row in grid.rows:
            name = grid.names.get((row, column), "")
            if name not in by_label:
                if seen and name and (row, column + 1) in grid.cells:
                    self.problems.append(workbook_problems.unknown_row(self.file, grid, (row, column)))
                continue
            if name in seen:
                self.problems.append(workbook_problems.twice(self.file, grid, (row, column)))
                continue
            seen.add(name)
            one = by_label[name]
            self._place(one.path, grid, (row, column + 1), one.label)
            self._put(self.value, one.path, self._read(grid, (row, column + 1), one))
        missing = [each.label for each in sheet.fields if folded(each.label) not in seen]
        self.problems += workbook_problems.missing_rows(self.file, grid, missing)
        top = min(row for row in grid.rows if grid.names.get((row, column)) in by_label)
        self.problems += workbook_problems.in_fields(self.file, grid, column + 1, top)

    # ------------------------------------------------------------------------------------------------------ lists

    def _columns(self, sheet: Sheet, grid: Grid, row: int) -> dict[int, str]:
        """The columns that are asked for, with their folded names."""
        wanted = (layout.NAME, layout.VALUE) if sheet.shape == "named" else tuple(each.label for each in sheet.fields)
        names = {folded(name): name for name in wanted}
        columns: dict[int, str] = {}
        for (at, column), name in sorted(grid.names.items()):
            if at == row and name in names and name not in columns.values():
                columns[column] = name
        missing = [label for name, label in names.items() if name not in columns.values()]
        badly = Severity.ERROR if sheet.shape == "named" else Severity.WARNING  # there one is nothing without the other
        self.problems += workbook_problems.missing_columns(self.file, grid, row, missing, badly)
        if sheet.shape != "named":  # there the form's own help stands beside
            self.problems += workbook_problems.extra_columns(self.file, grid, row, list(columns))
        return columns

    def _items(self, sheet: Sheet, grid: Grid, header_row: int, columns: Mapping[int, str]) -> None:
        by_name = {folded(each.label): each for each in sheet.fields}
        items: list[Any] = []
        for row in _filled(grid, header_row, columns):
            path: Path = (*sheet.path, len(items))
            self.labels |= {(*path, *one.path): one.label for one in sheet.fields}
            self._place(path, grid, (row, min(columns)), sheet.title)
            item: Any = {}
            for column, name in columns.items():
                one = by_name[name]
                self._place((*path, *one.path), grid, (row, column), one.label)
                value = self._read(grid, (row, column), one)
                if sheet.shape == "list":
                    item = value
                    self.problems += workbook_problems.several_lines(self.file, grid, (row, column), value)
                else:
                    self._put(item, one.path, value)
            if item not in (None, {}):
                items.append(item)
        self._put(self.value, sheet.path, items or None)

    def _named(self, sheet: Sheet, grid: Grid, header_row: int, columns: Mapping[str, int]) -> None:
        if len(columns) < 2 or sheet.other is None:
            return
        name_column, value_column = columns[folded(layout.NAME)], columns[folded(layout.VALUE)]
        known = {folded(name): each for each in sheet.fields for name in (each.path[0], each.label)}
        values: dict[str, Any] = {}
        for row in _filled(grid, header_row, (value_column,)):
            if (row, name_column) not in grid.cells:
                self.problems.append(workbook_problems.no_name(self.file, grid, (row, name_column)))
                continue
            written = workbook_cells.text(str(grid.cells[row, name_column].value))
            one = known.get(folded(written), sheet.other)
            key = one.path[0] if one.path else written
            if key in values:
                self.problems.append(workbook_problems.twice(self.file, grid, (row, name_column)))
                continue
            path = (*sheet.path, key)
            self._place(path, grid, (row, value_column), one.label if one.path else written)
            values[key] = self._read(grid, (row, value_column), one)
        self._put(self.value, sheet.path, values or None)

    # ------------------------------------------------------------------------------------------------------ cells

    def _read(self, grid: Grid, spot: tuple[int, int], one: Field) -> Any:
        cell = grid.cells.get(spot)
        if cell is None:
            return None
        at = places.cell(self.file, grid.name, *spot)
        if cell.kind == "f":
            self.problems.append(workbook_problems.never_calculated(at, one))
            return None
        found = workbook_cells.value(_address(cell, one), cell.kind, one)
        if found.error:
            self._tell(found.error, at, Severity.ERROR)
        if found.note:
            self._tell(found.note, at, Severity.WARNING)
        if isinstance(found.value, str) and (unwritable := yaml_problems.unwritable(found.value, at)):
            self.problems.append(unwritable)
        return found.value

    def _tell(self, told: workbook_cells.Told, at: Location, severity: Severity) -> None:
        self.problems.append(Diagnostic(told[0], told[1], at, told[2], severity))

    def _place(self, path: Path, grid: Grid, spot: tuple[int, int], label: str) -> None:
        self.places[path], self.on[path], self.labels[path] = spot, grid.name, label

    @staticmethod
    def _put(into: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
        """Put a value in its place, and make what it lies in; nothing where nothing was filled in."""
        if value is None:
            return
        for step in path[:-1]:
            into = into.setdefault(step, {})
        into[path[-1]] = value


def _address(cell: Cell, one: Field) -> Any:
    """The cell's value; where an address is wanted and only words are seen, the one that they lead to."""
    wanted = cell.link and one.schema.get("format") in ("uri", "iri")
    return cell.link if wanted and formats.uri(str(cell.value)) else cell.value


def _unreadable(file: str, sheet: Sheet, grid: Grid, column: int) -> Diagnostic | None:
    """What makes a sheet of single fields one that says nothing: no names, or help where values should be."""
    rows = {name: row for (row, at), name in grid.names.items() if at == column}
    there = [(one, rows[folded(one.label)]) for one in sheet.fields if folded(one.label) in rows]
    if not there:
        return workbook_problems.no_rows(file, sheet, grid)
    for one, row in there:
        beside = grid.cells.get((row, column + 1))
        if beside is not None and one.help and " ".join(str(beside.value).split()) == one.help:
            return workbook_problems.help_texts(file, grid, (row, column + 1))
    return None


def _filled(grid: Grid, header_row: int, columns: Any) -> Iterator[int]:
    """The rows under the names of the columns in which something is filled in."""
    return (row for row in grid.rows if row > header_row and any((row, column) in grid.cells for column in columns))


def no_schema(file: str) -> Diagnostic:
    """A workbook can only be understood by a schema."""
    hint = _("name a schema in the manifest: «schema: municipality.schema.yaml»")
    return Diagnostic("workbook", _("a workbook can be read only where the project has a schema"), Location(file), hint)
