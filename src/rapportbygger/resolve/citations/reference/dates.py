"""Dates as people write them in bibliographies, as the dates of CSL-JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

CslDate: TypeAlias = dict[str, Any]
Parts: TypeAlias = list[int]

_ISO = r"(-?\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:T.*)?"


_LAST_SEASON = 24
"""Months from 13 on are seasons: 13 to 16 in CSL-JSON, 21 to 24 in EDTF."""


def csl_date(value: Any) -> CslDate | None:
    """`{"date-parts": [[2021, 3, 19]]}` or `{"literal": "våren 2021"}`; None for nothing.

    A range has two of them, the second `[0]` where it is open. Takes years, ISO dates and ranges of them as text,
    Python's dates, CSL's own forms, and pandoc's `{year: 2021, month: 3}`. Of a date that does not exist, the part
    that does is kept.
    """
    if isinstance(value, Mapping):
        return _from_mapping(value)
    if isinstance(value, date):
        return {"date-parts": [[value.year, value.month, value.day]]}
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return {"date-parts": [[int(value)]]}
    if isinstance(value, str):
        return _from_text(value.strip())
    if isinstance(value, Sequence):
        return _from_sequence(value)
    return None


def _from_mapping(value: Mapping[str, Any]) -> CslDate | None:
    found = next((date_ for key in ("date-parts", "raw", "literal") if (date_ := _of(key, value.get(key)))), None)
    if found is None and "year" in value:
        found = _of("date-parts", [[value.get(part) for part in ("year", "month", "day")]])
    if found is None:
        return None
    if value.get("circa") not in (None, False, 0, "", "0", "false"):
        found["circa"] = 1
    season = _integer(value.get("season"))
    if season is not None and 1 <= season <= 4 and "date-parts" in found:
        found["season"] = season
    return found


def _of(key: str, value: Any) -> CslDate | None:
    if value in (None, "", []):
        return None
    if key == "date-parts":
        return _from_sequence(value if isinstance(value, (list, tuple)) else [value])
    if key == "raw":
        return csl_date(value)
    return {"literal": str(value)}


def _from_sequence(value: Sequence[Any]) -> CslDate | None:
    """From `[[2021, 3], [2021, 4]]`, `[2021, 3]` or `[{year: 2021}]`."""
    if value and isinstance(value[0], Mapping):
        return csl_date(value[0])
    several = value if value and isinstance(value[0], (list, tuple)) else [value]
    begin, *ends = [_parts(list(one)) for one in several[:2]]
    if not begin:
        return {"date-parts": ends} if any(ends) else None
    return {"date-parts": [begin, *(end or [0] for end in ends)]}


def _from_text(text: str) -> CslDate | None:
    if not text:
        return None
    matches = [re.fullmatch(_ISO, part) for part in text.rstrip("~?").split("/")]
    if len(matches) > 2 or not all(matches):
        return {"literal": text}
    found = _from_sequence([list(match.groups()) for match in matches if match])
    if found and text[-1] in "~?":
        found["circa"] = 1
    return found


def _parts(values: list[Any]) -> Parts:
    """Year, month and day as far as they exist."""
    numbers = [_integer(value) for value in values[:3]]
    year, month, day = [*numbers, None, None, None][:3]
    if year is None or year == 0:
        return []
    if month is None or not 1 <= month <= (_LAST_SEASON if day is None else 12):
        return [year]
    return [year, month, day] if day is not None and _exists(year, month, day) else [year, month]


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year if 1 <= year <= 9999 else 2000, month, day)
    except ValueError:
        return False
    return True


def _integer(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None
