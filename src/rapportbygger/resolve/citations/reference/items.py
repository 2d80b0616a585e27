"""References as they come, tidied to what CSL-JSON says: names, dates and texts in one form each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from rapportbygger import doi
from rapportbygger.csl_variables import DATES, NAMES
from rapportbygger.resolve.citations.clusters import Item
from rapportbygger.resolve.citations.reference.dates import csl_date
from rapportbygger.resolve.citations.reference.richtext import from_html

Name: TypeAlias = dict[str, str]

_CREATORS = ("author", "editor")
"""Who a work is listed under, in that order, and then its title."""

_RENAMED = {
    "shortTitle": "title-short",
    "journalAbbreviation": "container-title-short",
    "archive_collection": "archive-collection",
    "archive_location": "archive-location",
}
_OURS = frozenset(("id", "type", "language", "year-suffix"))
"""What is not taken over as it is: letters after years are ours to give."""
_NAME_PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal")
_NAME_FLAGS = ("comma-suffix", "static-ordering")


def tidy(item: Item, lang: str) -> Item:
    """A reference with the variables of CSL in one form each, and nothing that is empty.

    `lang` (`nb-NO`) is the language of a reference that does not say its own.
    """
    known = {_RENAMED.get(key, key): value for key, value in item.items()} | dict(item)
    made: dict[str, Any] = {
        "type": str(known.get("type") or "document"),
        "language": str(known.get("language") or lang),
    }
    for key, value in known.items():
        if key not in _OURS and (tidied := _value(key, value)):
            made[key] = tidied
    return made


def _value(key: str, value: Any) -> Any:
    if key in NAMES:
        return _names(value)
    if key in DATES:
        return csl_date(_text(value) if isinstance(value, str) else value)
    if key == "DOI":
        return doi.bare(_text(value))
    if key == "URL":
        return _text(value)
    return from_html(_text(value))


def _text(value: Any) -> str:
    """A text without line breaks and without the marks that `richtext` keeps for itself."""
    if value is None or isinstance(value, (Mapping, bool)):
        return ""
    if isinstance(value, (list, tuple)):
        return ", ".join(_text(part) for part in value)
    return re.sub(r"[\ue000-\uf8ff]", "", re.sub(r"\s+", _space, str(value).strip())).strip()


def _space(spaces: re.Match[str]) -> str:
    """One space for what has line breaks in it, and for rows that nobody wrote to be seen."""
    return " " if len(spaces[0]) > _LONGEST_ROW or re.search(r"[\r\n\t]", spaces[0]) else spaces[0]


_LONGEST_ROW = 20


def _names(value: Any) -> list[Name]:
    several: Iterable[Any] = value if isinstance(value, (list, tuple)) else [value]
    return [name for one in several if (name := _name(one))]


def _name(value: Any) -> Name | None:
    if not isinstance(value, Mapping):
        literal = _text(value)
        return {"literal": literal} if literal else None
    parts = {part: text for part in _NAME_PARTS if (text := _text(value.get(part)))}
    literal = parts.get("literal") or _text(value.get("name"))
    if literal:
        return {"literal": literal}
    if "family" not in parts:
        return {"literal": parts["given"]} if "given" in parts else None
    return parts | {flag: "true" for flag in _NAME_FLAGS if value.get(flag) in (True, 1, "true", "1")}


def creators(item: Item) -> list[Name]:
    """Who a tidied work is listed under; empty where that is its title."""
    return list(next((item[role] for role in _CREATORS if item.get(role)), []))
