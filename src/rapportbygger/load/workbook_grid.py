"""The filled-in cells of a workbook's sheets, and which sheet and which row of names belongs to what is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from rapportbygger.form.layout import CHOICES, HEADER, NAME, VALUE, Sheet, folded

Spot: TypeAlias = tuple[int, int]
"""A row and a column, from 1."""

_WITHIN = 30
"""The names of columns are looked for in so many rows."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds: its value, and Excel's kind of it (`e`: an error; `f`: a formula never calculated).

    `link` is the address that it leads to, which need not be what is seen.
    """

    value: Any
    kind: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet. Only cells that hold something are in `cells`; `merged` are the first and last spot of merged cells."""

    name: str
    cells: Mapping[Spot, Cell]
    hidden: frozenset[int] = frozenset()
    merged: tuple[tuple[Spot, Spot], ...] = ()
    names: Mapping[Spot, str] = field(default_factory=dict)

    @property
    def rows(self) -> Sequence[int]:
        """The rows that hold something, in order."""
        return sorted({row for row, _column in self.cells})


def grids(book: Any, formulas: Any | None) -> tuple[Grid, ...]:
    """The sheets of a workbook; of those with formulas `formulas` are the same sheets with them."""
    return tuple(_grid(sheet, formulas[sheet.title] if formulas else None) for sheet in book.worksheets)


def _grid(sheet: Any, formulas: Any | None) -> Grid:
    # The cells that are there, not a range: a sheet that is formatted to its last row has a billion.
    filled = ((spot, one) for spot, one in sheet._cells.items() if not _blank(one.value))
    cells = {spot: Cell(one.value, one.data_type, _link(one)) for spot, one in filled}
    for spot, one in formulas._cells.items() if formulas else ():
        if one.data_type == "f" and spot not in cells:
            cells[spot] = Cell(str(one.value), "f")
    return Grid(
        sheet.title,
        dict(sorted(cells.items())),
        frozenset(row for row, how in sheet.row_dimensions.items() if how.hidden),
        tuple(
            ((area.min_row, area.min_col), (area.max_row, area.max_col))
            for area in sorted(sheet.merged_cells.ranges, key=lambda area: (area.min_row, area.min_col))
        ),
        {spot: folded(cell.value) for spot, cell in cells.items() if spot[0] <= _WITHIN or spot[1] <= 2},
    )


def _link(one: Any) -> str:
    return str((one.hyperlink and one.hyperlink.target) or "")


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def labels(sheet: Sheet) -> tuple[str, ...]:
    """The names by which the sheet's rows or columns are known."""
    return (NAME, VALUE) if sheet.shape == "named" else tuple(each.label for each in sheet.fields)


def assigned(wanted: Sequence[Sheet], found: Sequence[Grid]) -> dict[str, Grid]:
    """The grid of each sheet, by the sheet's name: the one of that name, else the one not yet taken that looks so."""
    by_name = {folded(grid.name): grid for grid in found}
    made = {sheet.name: by_name[folded(sheet.name)] for sheet in wanted if folded(sheet.name) in by_name}
    for sheet in wanted:
        free = [grid for grid in found if grid not in made.values() and grid.name != CHOICES]
        best = max(free, key=lambda grid: _likeness(sheet, grid), default=None)
        if sheet.name not in made and best is not None and _likeness(sheet, best) >= 1:
            made[sheet.name] = best
    return made


def _likeness(sheet: Sheet, grid: Grid) -> float:
    """1 or more where the sheet's title or most of its names are in the grid."""
    there = set(grid.names.values())
    named = folded(sheet.title) in there
    known = sum(folded(label) in there for label in labels(sheet))
    return named + (2 * known / len(sheet.fields) if sheet.fields and sheet.shape != "named" else 0.0)


def header(sheet: Sheet, grid: Grid) -> int:
    """The row with the names of the columns; 0 where there is none."""
    wanted = {folded(label) for label in labels(sheet)}
    counts = Counter(row for (row, _c), name in grid.names.items() if row <= _WITHIN and name in wanted)
    best = [row for row, count in counts.items() if count == max(counts.values())]
    return HEADER if HEADER in best else min(best, default=0)


def label_column(names: Iterable[str], grid: Grid) -> int:
    """The column in which most of the names stand."""
    wanted = {folded(name) for name in names}
    counts = Counter(column for (_r, column), name in grid.names.items() if name in wanted)
    return min(counts, key=lambda column: (-counts[column], column), default=1)
