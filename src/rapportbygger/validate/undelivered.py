"""The municipalities whose files could not be used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from pathlib import Path
from typing import Any

from rapportbygger.files import project_files
from rapportbygger.model import Municipality, Sources
from rapportbygger.validate.municipalities import UNIQUE, identifier

_EXAMPLE = re.compile(r"(?m)^eksempel:\s*true\b")


def by_id(sources: Sources, broken: frozenset[str], delivered: Set[str]) -> dict[str, str]:
    """The municipalities' files that are broken, by id; by their name where another has delivered under that id."""
    if not broken:
        return {}
    wanted = sources.manifest.value.get("municipalities") or []
    patterns = [wanted] if isinstance(wanted, str) else wanted
    at = sources.manifest.location(("municipalities",))
    found = [project_files.find(sources.root, sources.root / "content", pattern, at)[0] for pattern in patterns]
    read = {data.file: data.value for data in sources.municipalities}
    files: dict[str, str] = {}
    for file in sorted({project_files.name(sources.root, path) for paths in found for path in paths} & broken):
        name = identifier(file, read.get(file))
        files[identifier(file, None) if name in delivered else name] = file
    return dict(sorted(files.items()))


def how_many(sources: Sources, missing: Mapping[str, str], used: Iterable[Municipality]) -> int:
    """How many of those count among the municipalities: neither examples nor a second file of one that is used.

    What others say of how many they are must not depend on who has made a mistake.
    """
    read = {data.file: data.value for data in sources.municipalities}
    there = {name: {str(each.values.get(name)) for each in used} for name in UNIQUE}
    return sum(_counts(sources, file, read.get(file), there) for file in missing.values())


def _counts(sources: Sources, file: str, value: Any, there: Mapping[str, Set[str]]) -> bool:
    if not isinstance(value, dict):  # it could not be read at all
        value = {"eksempel": _EXAMPLE.search(_text(sources.root, file)) is not None}
    said = {name: str(each) for name, each in {**value, "id": identifier(file, value)}.items() if each}
    return "eksempel" not in said and not any(said.get(name) in there[name] for name in UNIQUE)


def _text(root: Path, file: str) -> str:
    """What can be read of a file that is broken."""
    try:
        inside = project_files.is_inside(root, root / file)
        return (root / file).read_bytes().decode("utf-8", "replace") if inside else ""
    except OSError:
        return ""
