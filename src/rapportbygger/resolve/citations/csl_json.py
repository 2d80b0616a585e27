"""References as they come, as the CSL-JSON that pandoc reads: nothing of what they say is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapportbygger.csl_variables import DATES, NAMES
from rapportbygger.resolve.citations.clusters import Item
from rapportbygger.resolve.citations.reference.dates import csl_date

_FLAGS = ("comma-suffix", "static-ordering", "parse-names")


def csl_json(key: str, item: Item) -> dict[str, Any]:
    """The item as CSL-JSON, under `key`. What is written as CSL-JSON already stays as it is."""
    made = {name: value for name, given in item.items() if (value := _value(name, given)) is not None}
    return {**made, "id": key, "type": _text(item.get("type")) or "document"}


def _value(name: str, value: Any) -> Any:
    if name in DATES:
        return value if _is_date(value) else csl_date(_text(value) if isinstance(value, str) else value)
    if name in NAMES:
        several = value if isinstance(value, list) else [value]
        return [made for one in several if (made := _name(one))]
    return _text(value)


def _text(value: Any) -> str | None:
    """A text as it is, a number as one; None for what is none. Half a character would be none of UTF-8's."""
    if isinstance(value, list):
        return ", ".join(text for one in value if (text := _text(one)))
    if value is None or isinstance(value, (bool, Mapping)):
        return None
    return str(value).encode("utf-8", "replace").decode()


def _is_date(value: Any) -> bool:
    """Whether a date has the form that CSL-JSON gives it."""
    if not isinstance(value, Mapping) or not value.keys() <= {"date-parts", "season", "circa"}:
        return False
    parts, others = value.get("date-parts"), [value.get("season", 1), value.get("circa", 1)]
    return (
        isinstance(parts, list)
        and all(isinstance(other, int) for other in others)
        and all(isinstance(one, list) and one and all(map(_is_part, one)) for one in parts)
    )


def _is_part(part: Any) -> bool:
    return isinstance(part, int) and not isinstance(part, bool)


def _name(value: Any) -> dict[str, Any] | None:
    if not isinstance(value, Mapping):
        literal = _text(value)
        return {"literal": literal} if literal else None
    named = {"literal" if part == "name" else str(part): _text(text) for part, text in value.items()}
    flags = {flag: True for flag in _FLAGS if value.get(flag) in (True, 1, "true")}
    return {part: text for part, text in named.items() if text} | flags or None
