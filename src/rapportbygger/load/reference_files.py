"""Reads references: CSL items by key, from CSL YAML or CSL JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rapportbygger.diagnostics import Diagnostic, Location, Problems
from rapportbygger.messages import _
from rapportbygger.model import Data

ENDINGS = (".yaml", ".yml", ".json")


def unsupported(ending: str, at: Location) -> Diagnostic:
    """A bibliography of another kind."""
    message = _("references in «{ending}» cannot be read").format(ending=ending)
    hint = _("save them as CSL YAML (.yaml) or CSL JSON (.json); Zotero exports both")
    return Diagnostic("unsupported-bibliography", message, at, hint)


def items(files: Iterable[Data]) -> tuple[Mapping[str, Mapping[str, Any]], Problems]:
    """Every item by its key, and what is wrong: no list, no key, the same key twice (the first is used)."""
    by_key: dict[str, Mapping[str, Any]] = {}
    places: dict[str, Location] = {}
    problems: list[Diagnostic] = []
    for data in files:
        path, entries = _entries(data)
        if entries is None:
            problems.append(_no_list(data))
        for number, entry in enumerate(entries or ()):
            at = data.location((*path, number))
            key = _key(entry)
            if key is None:
                problems.append(_no_key(at))
            elif key in by_key:
                problems.append(_twice(key, data.location((*path, number, "id")), places[key]))
            else:
                by_key[key], places[key] = {**entry, "id": key}, at
    return by_key, tuple(problems)


def _entries(data: Data) -> tuple[tuple[str, ...], list[Any] | None]:
    """Where the list of items stands in the file, and the list."""
    if isinstance(data.value, list):
        return (), data.value
    value = data.value.get("references") if isinstance(data.value, dict) else None
    return ("references",), value if isinstance(value, list) else None


def _key(entry: Any) -> str | None:
    key = entry.get("id") if isinstance(entry, dict) else None
    return str(key) if isinstance(key, (str, int, float)) and not isinstance(key, bool) and str(key).strip() else None


def _no_list(data: Data) -> Diagnostic:
    hint = _("begin the file with «references:» and write each reference as an item below it")
    return Diagnostic("bad-bibliography", _("there is no list of references in the file"), data.location(), hint)


def _no_key(at: Location) -> Diagnostic:
    hint = _("give it a field «id»: the key that chapters refer to it by")
    return Diagnostic("bad-reference", _("a reference without a key"), at, hint)


def _twice(key: str, at: Location, first: Location) -> Diagnostic:
    message = _("two references have the key «{key}»; the other is at {place}").format(key=key, place=first)
    return Diagnostic("duplicate-reference", message, at, _("give one of them another key"))
