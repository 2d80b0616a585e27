"""Makes the municipalities of a project from their files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any
from unicodedata import normalize

from rapportbygger import formats
from rapportbygger.collation import sort_string
from rapportbygger.diagnostics import Diagnostic, Location, Problems
from rapportbygger.form.places import WorkbookData
from rapportbygger.json_schema import referred
from rapportbygger.language import DEFAULT
from rapportbygger.memory import Past
from rapportbygger.messages import _
from rapportbygger.model import Data, Municipality
from rapportbygger.validate import workbook_messages
from rapportbygger.validate.rules import Rules

UNIQUE = ("id", "kommunenummer", "navn")
"""No two municipalities have the same of these."""


def municipalities(
    files: Iterable[Data], schema: Data | None, past: Past | None = None
) -> tuple[tuple[Municipality, ...], Problems]:
    """Those of the files that are valid by the schema, by name in Norwegian order, and all that is wrong in the others.

    A municipality's id is its file's name without ending, or its field `id`. Of two with the same id, number or name
    the file with the shorter name is used, since copies are called «asker (2)». What `past` remembers as valid is not
    checked again.
    """
    rules = Rules(schema, past or Past()) if schema else None
    made: list[Municipality] = []
    problems: list[Diagnostic] = []
    first: dict[tuple[str, str], Data] = {}
    for data in sorted(files, key=lambda each: len(PurePosixPath(each.file).stem)):
        wrong = (*_invalid(data, rules), *_duplicates(data, first))
        problems += wrong
        if not wrong:
            made.append(_municipality(data, schema))
    return tuple(sorted(made, key=_order)), tuple(problems)


def _order(municipality: Municipality) -> tuple[str, str]:
    name = str(municipality.values.get("navn") or municipality.id)
    return sort_string(name, DEFAULT), name


def _id(data: Data) -> str:
    return identifier(data.file, data.value)


def identifier(file: str, value: Any) -> str:
    """A municipality's id: its field `id`, else its file's name without ending, however macOS wrote the accents."""
    own = value.get("id") if isinstance(value, dict) else None
    return normalize("NFC", PurePosixPath(file).stem) if own is None else str(own)


def _municipality(data: Data, schema: Data | None) -> Municipality:
    values = _complete(data.value, schema.value, schema.value) if schema else data.value
    return Municipality(_id(data), {**values, "id": _id(data)}, data)


# -------------------------------------------------------------------------------------------------------------- wrong


def _invalid(data: Data, rules: Rules | None) -> Problems:
    if not isinstance(data.value, dict):
        message = _("the file must hold fields, such as «navn: Asker»")
        return (Diagnostic("wrong-type", message, data.location(), _("write each field on a line of its own")),)
    by_schema = rules.problems(_without_id(data, rules.schema)) if rules else ()
    problems = tuple(dict.fromkeys(_told(path, problem, data) for path, problem in by_schema))
    return problems or _bad_id(data)


def _told(path: tuple[str | int, ...], problem: Diagnostic, data: Data) -> Diagnostic:
    return workbook_messages.told(path, problem, data) if isinstance(data, WorkbookData) and path else problem


def _without_id(data: Data, schema: Data) -> Data:
    """The field `id` is ours: a schema need not know it."""
    known = schema.value.get("properties", {}) if isinstance(schema.value, dict) else {}
    if "id" in known:
        return data
    return replace(data, value={key: value for key, value in data.value.items() if key != "id"})


def _bad_id(data: Data) -> Problems:
    told = formats.file_name(_id(data)) if data.value.get("id") is not None else None
    return (Diagnostic(told[0], told[1], data.location(("id",)), told[2]),) if told else ()


def _duplicates(data: Data, first: dict[tuple[str, str], Data]) -> Problems:
    """The first thing that a municipality shares with one before it; `first` is who has each thing first."""
    if not isinstance(data.value, dict):
        return ()
    seen: list[Diagnostic] = []
    for name in UNIQUE:
        value = _id(data) if name == "id" else data.value.get(name)
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            other = first.setdefault((name, str(value).strip().casefold()), data)
            if other is not data and not seen:
                seen.append(_duplicate(name, value, data.location((name,)), other.location((name,))))
    return tuple(seen)


def _duplicate(name: str, value: Any, place: Location, other: Location) -> Diagnostic:
    message = _("two municipalities have «{field}: {value}»; the other is at {place}").format(
        field=name, value=value, place=other
    )
    return Diagnostic("duplicate-municipality", message, place, _("correct one of them, or delete the file"))


# ----------------------------------------------------------------------------------------------------------- complete


def _complete(value: Any, schema: Any, root: Any) -> Any:
    """The value with every property of the schema, in depth: what is missing has the schema's default, or None."""
    if not isinstance(value, dict | list):
        return value
    schema = referred(schema, root)
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        absent = {key: _default(each, root) for key, each in properties.items() if value.get(key) is None}
        present = {key: _complete(each, properties.get(key, {}), root) for key, each in value.items()}
        return {**present, **absent}
    return [_complete(each, schema.get("items", {}), root) for each in value]


def _default(schema: Any, root: Any) -> Any:
    return referred(schema, root).get("default")
