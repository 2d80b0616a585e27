"""What a workbook holds by a JSON Schema: a sheet of single fields and a sheet for each list, with their columns.

Sheets and columns are found again by their names, which come from the schema alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from rapportbygger.json_schema import choices, kind, mapping, resolved

NAME, VALUE = "Navn", "Verdi"
"""The columns of a sheet in which names are given freely: a mapping that takes any key."""
CHOICES = "_valg"
"""The hidden sheet of what can be chosen."""
HEADER = 4
"""The row with the names of the columns. Over it stand the sheet's title and help, and what is said of each column."""
DEPTH = 6
_LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
"""Excel's rules for the name of a sheet."""

Path: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A value to fill in. `path` leads to it from the file (a single field), or from the row's item (a column).

    `kind` as in `json_schema`, or `list`: several values in one cell, a line each.
    """

    path: Path
    label: str
    kind: str
    help: str = ""
    required: bool = False
    choices: tuple[Any, ...] = ()
    schema: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet. `shape` is fields, list (one column, a value a row), records (an object a row) or named (NAME, VALUE).

    `path` leads to what the sheet holds. `fields` are its rows (fields, and the known names of named) or its columns.
    """

    name: str
    shape: str
    path: Path
    fields: tuple[Field, ...]
    title: str = ""
    help: str = ""
    other: Field | None = None


def sheets(schema: Any) -> tuple[Sheet, ...]:
    """The sheets of a schema of objects, lists and single values. What no cell can hold is left out."""
    root = resolved(schema, schema)
    parts = list(_parts(root, schema, (), ""))
    singles = _distinct(part for part in parts if isinstance(part, Field))
    title = str(root.get("title") or "Skjema")
    first = Sheet(title, "fields", (), singles, title, _help(root))
    made: list[Sheet] = []
    for sheet in (first, *(part for part in parts if isinstance(part, Sheet))):
        made.append(replace(sheet, name=_free_name(sheet.name, {folded(each.name) for each in made})))
    return tuple(made)


def folded(text: Any) -> str:
    """A name as it is compared: without case, doubled spaces, and the mark of what must be filled in."""
    return " ".join(str(text).replace("\u00a0", " ").split()).rstrip("* ").casefold()


def _free_name(title: str, taken: set[str]) -> str:
    """A sheet name that Excel takes and that no other sheet has."""
    name = " ".join(_FORBIDDEN.sub(" ", title).split()).strip("'") or "Ark"
    name = name[:_LONGEST].strip()
    number = 1
    candidate = name
    while folded(candidate) in taken | {folded(CHOICES), "history"}:
        number += 1
        candidate = f"{name[: _LONGEST - len(str(number)) - 1].strip()} {number}"
    return candidate


def _parts(schema: Mapping[str, Any], root: Any, path: Path, label: str) -> Iterator[Field | Sheet]:
    """The single fields and the sheets of an object, in order."""
    for key, each in mapping(schema, "properties").items():
        one, here = resolved(each, root), (*path, str(key))
        name = _joined(label, _title(one, key))
        match kind(one):
            case "object" if _is_open(one):
                yield _named(one, root, here, name)
            case "object":
                if len(here) < DEPTH:
                    yield from _parts(one, root, here, name)
            case "array":
                yield from _list(one, root, here, name)
            case _:
                yield _field(one, here, name, key in _required(schema))


def _is_open(schema: Mapping[str, Any]) -> bool:
    """Whether names can be given freely."""
    return isinstance(schema.get("additionalProperties"), dict) or not mapping(schema, "properties")


def _named(schema: Mapping[str, Any], root: Any, path: Path, name: str) -> Sheet:
    known = (
        _field(resolved(each, root), (str(key),), _title(resolved(each, root), key), key in _required(schema))
        for key, each in mapping(schema, "properties").items()
    )
    other = _field(resolved(schema.get("additionalProperties"), root), (), VALUE, False)
    fields = _distinct(each for each in known if each.kind not in ("object", "array"))
    return Sheet(name, "named", path, fields, name, _help(schema), other)


def _list(schema: Mapping[str, Any], root: Any, path: Path, name: str) -> Iterator[Sheet]:
    item = resolved(schema.get("items"), root)
    if kind(item) == "object":
        columns = _distinct(_columns(item, root, (), ""))
        if columns:
            yield Sheet(name, "records", path, columns, name, _help(schema))
    elif kind(item) != "array":
        label = _title(item, name)
        label = f"{label} (én per rad)" if folded(label) == folded(name) else label
        yield Sheet(name, "list", path, (_field(item, (), label, False),), name, _help(schema))


def _columns(schema: Mapping[str, Any], root: Any, path: Path, label: str) -> Iterator[Field]:
    for key, each in mapping(schema, "properties").items():
        one, here = resolved(each, root), (*path, str(key))
        name, needed = _joined(label, _title(one, key)), key in _required(schema)
        if kind(one) == "object":
            if len(here) < DEPTH:
                yield from _columns(one, root, here, name)
        elif kind(one) == "array":
            item = resolved(one.get("items"), root)
            if kind(item) not in ("object", "array"):
                yield Field(here, name, "list", _help(one), needed, schema=item)
        else:
            yield _field(one, here, name, needed)


def _field(schema: Mapping[str, Any], path: Path, label: str, required: bool) -> Field:
    return Field(path, label, kind(schema), _help(schema), required, choices(schema), schema)


def _distinct(fields: Iterable[Field]) -> tuple[Field, ...]:
    """The fields, of two with the same label the second with its name in the schema beside it."""
    made: list[Field] = []
    for each in fields:
        name = f"{each.label} ({'.'.join(each.path)})"
        taken = folded(each.label) in {folded(one.label) for one in made}
        made.append(replace(each, label=name) if taken else each)
    return tuple(made)


def _joined(label: str, title: str) -> str:
    return f"{label} – {title}" if label else title


def _title(schema: Mapping[str, Any], key: Any) -> str:
    return " ".join(str(schema.get("title") or key).split())


def _help(schema: Mapping[str, Any]) -> str:
    return " ".join(str(schema.get("description") or "").split())


def _required(schema: Mapping[str, Any]) -> list[Any]:
    told = schema.get("required")
    return told if isinstance(told, list) else []
