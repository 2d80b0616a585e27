"""Dates of references as people and programs write them, as CSL-JSON, and what is impossible about them.

Takes EDTF (ISO 8601-2: `2021-03-19`, `2018/2019`, `1998~`, `2021-21`), years and their ranges, dates in Norwegian and
English («19. mars 2021»), CSL's own mappings, and pandoc's `{year: 2021, month: 3}`. Anything else stays a text.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from rapportbygger.messages import _

CslDate: TypeAlias = dict[str, Any]
Parts: TypeAlias = list[int]

_POINT = re.compile(r"(-?\d{4,5})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:T[\d:.+Z-]*)?")
_YEARS = re.compile(r"(\d{4})\s*(?:-{1,3}|[–—])\s*(\d{4})")
_SLASHED = re.compile(r"(\d{4})/(\d{1,2})(?:/(\d{1,2}))?/*")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_IN_WORDS = re.compile(r"(?:(\d{1,2})\.?\s+)?([^\W\d_]{3,9})\.?,?\s+(\d{4})")
_AMERICAN = re.compile(r"([^\W\d_]{3,9})\.?\s+(\d{1,2}),\s+(\d{4})")
_UNDATED = re.compile(r"u\.?\s?å\.?|udatert|n\.?\s?d\.?|s\.?\s?a\.?|uten år", re.IGNORECASE)
_MONTHS = (
    "jan januar january", "feb februar february", "mar mars march", "apr april", "mai may", "jun juni june",
    "jul juli july", "aug august", "sep sept september", "okt oct oktober october", "nov november",
    "des dec desember december",
)  # fmt: skip
_BY_NAME = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_SEASONS = {21: 1, 22: 2, 23: 3, 24: 4}
"""How EDTF writes seasons in the month's place."""
_JS_SEASONS = {"13": "21", "14": "22", "15": "23", "16": "24"}
"""How citeproc-js writes them in `date-parts`, and how EDTF does."""


class Impossible(Exception):  # noqa: N818 - what it says is told as a warning
    """A date that does not exist. `kept` is the part that does."""

    def __init__(self, message: str, kept: CslDate | None) -> None:
        super().__init__(message)
        self.kept = kept


def read(value: Any) -> tuple[CslDate | None, str]:
    """The date as CSL-JSON (None: there is none), and what is impossible about it ("" where nothing is)."""
    try:
        return _date(value), ""
    except Impossible as impossible:
        return impossible.kept, str(impossible)


def _date(value: Any) -> CslDate | None:
    if isinstance(value, Mapping):
        return _from_mapping(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _interval([[str(int(value))]]) if abs(value) < 10**9 else _literal(str(value))
    if isinstance(value, str):
        return _from_text(" ".join(value.split()))
    if isinstance(value, Sequence):
        return _from_sequence(value)
    return None


def _literal(text: str) -> CslDate | None:
    return {"literal": text} if text else None


# -------------------------------------------------------------------------------------------------------------- texts


def _from_text(text: str) -> CslDate | None:
    if not text or _UNDATED.fullmatch(text):
        return None
    certain = re.sub(r"[~?%]", "", text)
    if not certain.strip():
        return None
    several = _written(certain)
    if several is None:
        return _literal(text)
    return _doubtful(several, certain != text)


def _doubtful(points: list[list[str]], circa: bool) -> CslDate | None:
    extra: CslDate = {"circa": True} if circa else {}
    try:
        made = _interval(points)
    except Impossible as impossible:
        raise Impossible(str(impossible), impossible.kept and {**impossible.kept, **extra}) from None
    return made and {**made, **extra}


def _written(text: str) -> list[list[str]] | None:
    """Year, month and day as they are written, of one date or two; None where the text is none."""
    if match := _YEARS.fullmatch(text):
        return [[match[1]], [match[2]]]
    if (match := _SLASHED.fullmatch(text)) and (match[3] or len(match[2]) <= 2):
        return [_filled(match[1], match[2], match[3])]
    if match := _DOTTED.fullmatch(text):
        return [[match[3], match[2], match[1]]]
    for pattern, day, month in ((_IN_WORDS, 1, 2), (_AMERICAN, 2, 1)):
        match = pattern.fullmatch(text)
        if match and match[month].lower() in _BY_NAME:
            return [_filled(match[3], str(_BY_NAME[match[month].lower()]), match[day])]
    ends = [end.strip() for end in text.split("/")]
    if len(ends) > 2:
        return None
    points = [_POINT.fullmatch(end) for end in ends if end not in ("", "..")]
    return [_filled(*point.groups()) for point in points if point] if points and all(points) else None


def _filled(*parts: str | None) -> list[str]:
    return [part for part in parts if part]


# --------------------------------------------------------------------------------------------------------- structures


def _from_mapping(value: Mapping[str, Any]) -> CslDate | None:
    made = _first(value)
    if made is None:
        return None
    if value.get("circa") not in (None, False, 0, "", "0", "false"):
        made["circa"] = True
    season = _number(value.get("season"))
    if season is not None and "date-parts" in made and (season in _SEASONS or 1 <= season <= 4):
        made["season"] = _SEASONS.get(season, season)
    return made


def _first(value: Mapping[str, Any]) -> CslDate | None:
    if value.get("date-parts"):
        parts = value["date-parts"]
        several = parts if isinstance(parts, (list, tuple)) else [parts]
        return _from_sequence([_with_season(one) for one in several])
    for name in ("raw", "edtf", "literal"):
        if value.get(name) not in (None, ""):
            return _from_text(" ".join(str(value[name]).split()))
    if "year" in value:
        return _from_sequence([[value.get(part) for part in ("year", "month", "day")]])
    return None


def _with_season(point: Any) -> Any:
    if isinstance(point, (list, tuple)) and len(point) == 2:
        return [point[0], _JS_SEASONS.get(str(point[1]), point[1])]
    return point


def _from_sequence(value: Sequence[Any]) -> CslDate | None:
    """From `[[2021, 3], [2021, 4]]`, `[2021, 3]` or `[{year: 2021}, {year: 2022}]`."""
    if value and isinstance(value[0], Mapping):
        value = [[one.get(part) for part in ("year", "month", "day")] for one in value if isinstance(one, Mapping)]
    several = value if value and isinstance(value[0], (list, tuple)) else [value]
    points = [[str(part) for part in one if part not in (None, "")] for one in several[:2] if one]
    return _interval([point for point in points if point])


# ---------------------------------------------------------------------------------------------------------- existence


def _interval(points: list[list[str]]) -> CslDate | None:
    """One date or two, as far as they exist. Raises Impossible."""
    if not points:
        return None
    made = [_point(point) for point in points]
    wrong = next((message for _parts, _season, message in made if message), "")
    parts = [one for one, _season, _message in made if one]
    if not wrong and len(parts) == 2 and parts[1] < parts[0][: len(parts[1])]:
        wrong, parts = _("it ends before it begins"), parts[:1]
    date: CslDate | None = {"date-parts": parts} if parts else None
    if date and made[0][1]:
        date["season"] = made[0][1]
    if wrong:
        raise Impossible(wrong, date)
    return date


def _point(written: list[str]) -> tuple[Parts, int, str]:
    """What exists of a date, its season, and what does not exist."""
    year, month, day = (*(_number(part) for part in written[:3]), None, None)[:3]
    if not year or abs(year) > 9999:
        return [], 0, _("there is no year {year}").format(year=written[0])
    if len(written) == 1 or month in _SEASONS:
        return [year], _SEASONS.get(month or 0, 0), ""
    if month is None or not 1 <= month <= 12:
        return [year], 0, _("there is no month {month}").format(month=written[1])
    if len(written) > 2 and (day is None or not 1 <= day <= monthrange(max(1, year), month)[1]):
        return [year, month], 0, _("that month has no day {day}").format(day=written[2])
    return [year, month] if day is None else [year, month, day], 0, ""


def _number(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None
