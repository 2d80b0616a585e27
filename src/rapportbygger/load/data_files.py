"""Reads structured data: YAML, JSON, and tables in CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from rapportbygger.diagnostics import Diagnostic, Location, Problems
from rapportbygger.files import yaml_places, yaml_problems
from rapportbygger.messages import _
from rapportbygger.model import Data

ENDINGS = (".yaml", ".yml", ".json", ".csv")


def read(text: str, file: str) -> tuple[Data | None, Problems]:
    """The data in a text, by the ending of its file's name (of `ENDINGS`, or .tsv); None where it cannot be used."""
    ending = file[file.rfind(".") :].lower()
    if ending in (".csv", ".tsv"):
        return _csv(text, file)
    if ending == ".json":
        return _json(text, file)
    return yaml_places.read(text, file)


# --------------------------------------------------------------------------------------------------------------- JSON


def _json(text: str, file: str) -> tuple[Data | None, Problems]:
    hint = _("JSON has double quotes around text and a comma between values")
    try:
        value = json.loads(text, parse_constant=_no_number)
        unwritable = _unwritable(value, text, file)
        return (None, (unwritable,)) if unwritable else (Data(file, value), ())
    except json.JSONDecodeError as error:
        at = Location(file, error.lineno, error.colno)
        message = _("this is not JSON: {problem}").format(problem=_in_plain_words(error.msg))
        return None, (Diagnostic("json-syntax", message, at, hint),)
    except RecursionError:
        return None, (yaml_problems.too_deep(Location(file, 1, 1)),)
    except ValueError as error:
        message = _("this is not JSON ({problem})").format(problem=error)
        return None, (Diagnostic("json-syntax", message, Location(file, 1, 1), hint),)


def _in_plain_words(problem: str) -> str:
    """What Python's reader says of JSON, for people."""
    words = (
        ("Expecting value", _("a value is missing here, or there is a comma too many before it")),
        (
            "Expecting property name",
            _("a name in double quotes is missing here, or there is a comma too many before it"),
        ),
        ("Expecting ','", _("a comma is missing before this, or a bracket is never closed")),
        ("Expecting ':'", _("a colon is missing here")),
        ("Unterminated string", _("the text that begins here has no end")),
        ("Illegal trailing comma", _("there is a comma too many here")),
        ("Extra data", _("there is something after the end")),
        ("Invalid control character", _("there is a line break or a tab inside a text")),
        ("Invalid \\", _("a backslash in a text must be written twice")),
    )
    return next((plain for known, plain in words if problem.startswith(known)), problem)


def _unwritable(value: Any, text: str, file: str) -> Diagnostic | None:
    """The first character that no Word file can hold, where it or its escape stands."""
    character = yaml_problems.UNWRITABLE.search("\n".join(_strings(value)))
    if not character:
        return None
    escapes = {"\b": r"|\\b", "\f": r"|\\f"}.get(character[0], "")
    written = rf"\\u{ord(character[0]):04x}{escapes}|{re.escape(character[0])}"
    found = re.search(rf"(?<!\\)(?:\\\\)*({written})", text, re.IGNORECASE)
    return yaml_problems.unwritable(character[0], yaml_problems.position(text, found.start(1) if found else 0, file))


def _strings(value: Any) -> Iterator[str]:
    """Every key and text in the value, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


# ---------------------------------------------------------------------------------------------------------------- CSV


def _csv(text: str, file: str) -> tuple[Data | None, Problems]:
    """A table as a list of mappings, by the names in its first row. Missing cells are empty."""
    control = yaml_problems.control_character(text, file)
    if control:
        return None, (control,)
    rows, problems = _rows(text, file)
    if problems:
        return None, problems
    if not rows:
        return None, (Diagnostic("empty-file", _("the file is empty"), Location(file, 1, 1)),)
    (line, names), *body = rows
    problems = (*_header(names, Location(file, line, 1)), *_too_long(names, body, file))
    value = [dict(zip(names, (*cells, *[""] * (len(names) - len(cells))), strict=False)) for _line, cells in body]
    return Data(file, value, values={(n,): (line, 1) for n, (line, _cells) in enumerate(body)}), problems


def _rows(text: str, file: str) -> tuple[list[tuple[int, list[str]]], Problems]:
    """The rows that hold something, with the lines they end in."""
    told = _TOLD.match(text)
    delimiter = told[1] if told else "\t" if file.lower().endswith(".tsv") else _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            if not (told and reader.line_num == 1) and any(cell.strip() for cell in cells):
                rows.append((reader.line_num, [cell.strip() for cell in cells]))  # noqa: PERF401 - kept up to the error
    except csv.Error as error:
        message = _("the table cannot be read ({problem})").format(problem=error)
        hint = _("look for a double quote that is never closed")
        line = rows[-1][0] + 1 if rows else 1  # the reader has gone on from there to the end
        return rows, (Diagnostic("csv-syntax", message, Location(file, line, 1), hint),)
    return rows, ()


_TOLD = re.compile("sep=(.)\n")
"""The line that Excel takes the delimiter from, before the first row."""


def _delimiter(text: str) -> str:
    """Semicolon, as spreadsheets write it in Norwegian, or comma: the more frequent in the first line."""
    first = text.lstrip().partition("\n")[0]
    return ";" if first.count(";") >= max(first.count(","), 1) else ","


def _header(names: list[str], at: Location) -> Problems:
    hint = _("give every column a name of its own in the first row")
    problems = []
    for number, column in enumerate(names):
        if not column:
            message = _("column {number} has no name").format(number=number + 1)
            problems.append(Diagnostic("csv-header", message, at, hint))
        elif column in names[:number]:
            problems.append(
                Diagnostic("csv-header", _("two columns are called «{name}»").format(name=column), at, hint)
            )
    return tuple(problems)


def _too_long(names: list[str], body: list[tuple[int, list[str]]], file: str) -> Problems:
    return tuple(
        Diagnostic(
            "csv-row",
            _("the row has {cells} cells, the first row {columns}").format(cells=len(cells), columns=len(names)),
            Location(file, line, 1),
            _("put text that contains the delimiter in double quotes"),
        )
        for line, cells in body
        if len(cells) > len(names) and any(cells[len(names) :])
    )


def mapping(value: Any) -> dict[str, Any]:
    """The value where it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}
