"""The cells of the workbook to fill in: how they look, what they hold and what they take."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rapportbygger.form.layout import CHOICES, Field
from rapportbygger.messages import _

LINE = 15
"""The height of a line, in points."""
INK, ACCENT, PAPER, EDGE = "FF1F2933", "FF1F4E5F", "FFFFFBEB", "FFC9CED6"
_INLINE = 250
"""Excel takes so many characters of choices in the cell's own rule; more must stand on a sheet."""
_FORMATS = {"date": "dd.mm.yyyy", "integer": "0", "number": "General", "any": "General"}
_WIDTHS = {"date": 20, "integer": 14, "number": 14, "boolean": 12, "choice": 22, "list": 34}
_LITERAL = re.compile(r"_x(?=[0-9A-Fa-f]{4}_)")
_LARGEST_NUMBER = 1e15


def title(cell: Any, text: str) -> None:
    """The title of a sheet."""
    _text(cell, text)
    _font(cell, sz=16, b=True, color=ACCENT)


def introduction(cell: Any, text: str) -> None:
    """What stands under the title."""
    _text(cell, text)
    _font(cell, color=INK)
    _align(cell, "top")


def heading(cell: Any, text: str) -> None:
    """The name of a column."""
    _text(cell, text)
    _font(cell, b=True, color="FFFFFFFF")
    _fill(cell, ACCENT)
    _align(cell, "center")


def label(cell: Any, text: str) -> None:
    """The name of a single field."""
    _text(cell, text)
    _font(cell, b=True, color=INK)
    _framed(cell)
    _align(cell, "top")


def help_text(cell: Any, text: str) -> None:
    """What is said of a field."""
    _text(cell, text)
    _font(cell, color=INK)
    _framed(cell)
    _align(cell, "top")


def said(cell: Any, text: str) -> None:
    """What is said of a column, over its name."""
    _text(cell, text)
    _font(cell, i=True, sz=10, color=INK)
    _align(cell, "bottom")


def to_fill_in(cell: Any, one: Field) -> None:
    """An empty cell for a field."""
    cell.number_format = _FORMATS.get(one.kind, "@")
    _framed(cell)
    _fill(cell, PAPER)
    _align(cell, "top", horizontal="left")


def put(cell: Any, value: Any) -> None:
    """A known value. Text stays text, whatever it begins with; a day is a day where the cell is one for days."""
    if isinstance(value, bool):
        _text(cell, _word(value))
    elif isinstance(value, (int, float)):
        _number(cell, value)
    elif isinstance(value, list):
        _text(cell, "\n".join(str(each) for each in value if each is not None))
    elif isinstance(value, str):
        day = _day(value) if cell.number_format == _FORMATS["date"] else None
        if day:
            cell.value, cell.number_format = day, _FORMATS["date"]
        else:
            _text(cell, value)


def width(one: Field) -> int:
    """The width of a list's column, in characters."""
    return max(_WIDTHS.get(one.kind, 44 if not one.choices else 22), min(len(one.label) + 3, 30))


def _number(cell: Any, value: float) -> None:
    if cell.number_format == "@" or abs(value) > _LARGEST_NUMBER:  # Excel has 15 digits
        _text(cell, str(value))
    else:
        cell.value = value


def _word(value: Any) -> str:
    """A value that is chosen, as it is seen in the list."""
    return (_("yes") if value else _("no")) if isinstance(value, bool) else str(value)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if len(text) == 10 and day.year > 1900 else None  # Excel knows no day before


def _text(cell: Any, text: str) -> None:
    if text:
        cell.value = _LITERAL.sub("_x005F_x", text)
        cell.data_type = "s"  # not a formula, nor an error


# ---------------------------------------------------------------------------------------------------------------- look


def _font(cell: Any, **how: Any) -> None:
    from openpyxl.styles import Font

    cell.font = Font(name="Calibri", **{"sz": 11, **how})


def _fill(cell: Any, colour: str) -> None:
    from openpyxl.styles import PatternFill

    cell.fill = PatternFill("solid", fgColor=colour)


def _framed(cell: Any) -> None:
    from openpyxl.styles import Border, Side

    edge = Side("thin", color=EDGE)
    cell.border = Border(left=edge, right=edge, top=edge, bottom=edge)


def _align(cell: Any, vertical: str, **how: Any) -> None:
    from openpyxl.styles import Alignment

    cell.alignment = Alignment(vertical=vertical, wrap_text=True, **how)


# --------------------------------------------------------------------------------------------------------------- rules


@dataclass(slots=True)
class Choices:
    """Lists of what can be chosen that are too long for a rule, each a column of a hidden sheet."""

    columns: list[tuple[str, ...]] = field(default_factory=list)

    def formula(self, words: tuple[str, ...]) -> str:
        """How a rule names the list."""
        inline = ",".join(words)
        if len(inline) <= _INLINE and not any(re.search('[,"=]|^ | $', word) for word in words):
            return f'"{inline}"'
        from openpyxl.utils import get_column_letter

        if words not in self.columns:
            self.columns.append(words)
        letter = get_column_letter(self.columns.index(words) + 1)
        return f"{CHOICES}!${letter}$1:${letter}${len(words)}"

    def write(self, book: Any) -> None:
        """Add the hidden sheet, if it is needed."""
        if self.columns:
            sheet = book.create_sheet(CHOICES)
            sheet.sheet_state = "hidden"
            for column, words in enumerate(self.columns, 1):
                for row, word in enumerate(words, 1):
                    _text(sheet.cell(row, column), word)


def restrict(sheet: Any, area: str, one: Field, chosen: Choices) -> None:
    """Let the cells take only what the field can be, and say so where something else is written."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = _rule(one, chosen)
    if rule:
        how, message = rule
        made = DataValidation(allow_blank=True, showErrorMessage=True, errorTitle=one.label[:32], error=message, **how)
        made.add(area)
        sheet.add_data_validation(made)


def _rule(one: Field, chosen: Choices) -> tuple[dict[str, Any], str] | None:
    match one.kind:
        case "choice" if one.choices:
            words = tuple(
                (_("yes") if each else _("no")) if isinstance(each, bool) else str(each) for each in one.choices
            )
            return {"type": "list", "formula1": chosen.formula(words)}, _("Choose one of the words in the list.")
        case "boolean":
            words = (_("yes"), _("no"))
            return {"type": "list", "formula1": chosen.formula(words)}, _("Choose one of the words in the list.")
        case "date":
            how = {"type": "date", "operator": "greaterThanOrEqual", "formula1": "1"}
            return how, _("Write a date with day, month and year, such as 31.12.2024.")
        case "integer":
            return _between(one, "whole"), _("Write a whole number, without letters.")
        case "number":
            return _between(one, "decimal"), _("Write a number, without letters.")
    return None


def _between(one: Field, kind: str) -> dict[str, Any]:
    """The bounds of the schema; those that are not there are further away than any number one would write."""
    least, most = (one.schema.get(name) for name in ("minimum", "maximum"))
    first = least if isinstance(least, (int, float)) else -_LARGEST_NUMBER
    last = most if isinstance(most, (int, float)) else _LARGEST_NUMBER
    return {"type": kind, "operator": "between", "formula1": f"{first:.15g}", "formula2": f"{last:.15g}"}
