"""What a workbook says, with the cells in which it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rapportbygger.diagnostics import Location
from rapportbygger.messages import _
from rapportbygger.model import Data


@dataclass(frozen=True, slots=True)
class WorkbookData(Data):
    """Values of a workbook. `values` are rows and columns, also of cells left empty; `on` is the sheet of a path.

    `labels` are what the workbook calls a value.
    """

    on: Mapping[tuple[str | int, ...], str] = field(default_factory=dict)
    labels: Mapping[tuple[str | int, ...], str] = field(default_factory=dict)

    def location(self, path: tuple[str | int, ...] = (), *, key: bool = False) -> Location:  # noqa: ARG002 - as `Data`
        """The cell of the value at `path`, else of the nearest one around it, else the file."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.values:
                row, column = self.values[path[:end]]
                return cell(self.file, self.on[path[:end]], row, column)
        return Location(self.file)


def cell(file: str, sheet: str, row: int = 0, column: int = 0) -> Location:
    """A cell, or a whole sheet, as a place."""
    return replace(Location(file, row, column), within=_("sheet «{name}»").format(name=sheet))
