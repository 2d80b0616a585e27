"""References as they come, as the CSL-JSON that pandoc reads: nothing of what they say is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapportbygger.csl_variables import DATES, NAMES
from rapportbygger.resolve.citations.clusters import Item
from rapportbygger.resolve.citations.dates import csl_date

_DATE_WORDS = ("date-parts", "raw", "literal", "season", "circa", "year")


def csl_json(key: str, item: Item) -> dict[str, Any]:
    """The item as CSL-JSON, under `key`. What is written as CSL-JSON already stays as it is."""
    made = {name: value for name, given in item.items() if (value := _value(name, given)) is not None}
    return {**made, "id": key, "type": str(item.get("type") or "document")}


def _value(name: str, value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return None
    if name in DATES or (isinstance(value, Mapping) and any(word in value for word in _DATE_WORDS)):
        return value if _is_date(value) else csl_date(value)
    if name in NAMES or (isinstance(value, list) and any(isinstance(one, Mapping) for one in value)):
        several = value if isinstance(value, list) else [value]
        return [made for one in several if (made := _name(one))]
    if isinstance(value, list):
        return ", ".join(str(one) for one in value if one is not None)
    return None if isinstance(value, Mapping) else value if isinstance(value, (str, int)) else str(value)


def _is_date(value: Any) -> bool:
    """Whether a date has the form that CSL-JSON gives it."""
    parts = value.get("date-parts") if isinstance(value, Mapping) else None
    return isinstance(parts, list) and all(
        isinstance(one, list) and one and all(isinstance(part, (int, str)) for part in one) for one in parts
    )


def _name(value: Any) -> dict[str, Any] | None:
    if not isinstance(value, Mapping):
        return {"literal": str(value)} if value not in (None, "") else None
    named = {"literal" if part == "name" else part: text for part, text in value.items()}
    return {part: text if isinstance(text, bool) else str(text) for part, text in named.items() if text is not None}
