"""The data that a chart or a chapter names as a file, as rows with numbers as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rapportbygger.diagnostics import Diagnostic, Location, Problems
from rapportbygger.files import project_files
from rapportbygger.load import data_files, sheets
from rapportbygger.messages import _

ENDINGS = (".csv", ".tsv", ".json", ".yaml", ".yml", ".xlsx")
_SPACES = "[ \u00a0\u202f]"
_NUMBER = re.compile(rf"[-+\u2212]?(?:\d{{1,3}}(?:{_SPACES}\d{{3}})+|0|[1-9]\d*)(?:[,.]\d+)?")
"""Codes with a zero in front are no numbers."""


def read(path: Path, file: str, sheet: str, at: Location) -> tuple[Any, Problems]:
    """The rows of a table, or all that a YAML or JSON file holds; None where it cannot be used.

    `file` is its name in problems, `sheet` that of a workbook's sheet ("": the first), `at` where both are named.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        message = _("«{name}» is not a file of data").format(name=file)
        hint = _("data are read from {endings}").format(endings=", ".join(ENDINGS))
        return None, (Diagnostic("chart-data", message, at, hint),)
    if ending == ".xlsx":
        return sheets.read(path, file, sheet, at)
    text, problems = _text(path, file)
    if text is None:
        return None, problems
    data, problems = data_files.read(text, file)
    if data is None or problems:
        return None, problems
    return (numbered(data.value) if ending in (".csv", ".tsv") else data.value), ()


def _text(path: Path, file: str) -> tuple[str | None, Problems]:
    """The text of a file, which Excel may have written in Windows' encoding."""
    text, problems = project_files.read(path, file)
    if text is None and [problem.code for problem in problems] == ["not-utf8"]:
        text, older = project_files.read_in_older_encoding(path, file)
        problems = () if text is not None else older
    return text, problems


def numbered(rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Rows of texts with numbers in every column that holds nothing else; blank cells are None there."""
    numeric = set(_numeric_columns(rows))
    return [{name: (number(cell) if name in numeric else cell) for name, cell in row.items()} for row in rows]


def _numeric_columns(rows: list[dict[str, str]]) -> Iterator[str]:
    for name in rows[0] if rows else ():
        cells = [row[name].strip() for row in rows]
        if any(cells) and all(_NUMBER.fullmatch(cell) for cell in cells if cell):
            yield name


def number(text: str) -> float | int | None:
    """The number that a text is, as Norwegian or English spreadsheets write it: «1 234,5», «1234.5»."""
    digits = re.sub(_SPACES, "", text.strip()).replace("\u2212", "-").replace(",", ".")
    if not digits:
        return None
    return float(digits) if "." in digits else int(digits)
