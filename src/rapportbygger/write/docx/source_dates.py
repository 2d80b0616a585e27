"""The dates of a work as Word's sources say them: years, months and days apart, as texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from rapportbygger.language import labels, language

_SEASONS: Mapping[str, str] = {
    "nb": "våren sommeren høsten vinteren",
    "nn": "våren sommaren hausten vinteren",
    "en": "spring summer autumn winter",
}


def date_texts(work: Mapping[str, Any], lang: str) -> dict[str, str]:
    """When a work was issued and seen: Year, Month, Day, YearAccessed, MonthAccessed, DayAccessed, as far as known."""
    issued = next((work[name] for name in ("issued", "submitted", "event-date") if work.get(name)), None)
    accessed = _texts(work.get("accessed"), lang)
    return _texts(issued, lang) | {f"{name}Accessed": text for name, text in accessed.items()}


def _texts(date: Any, lang: str) -> dict[str, str]:
    if not isinstance(date, Mapping):
        return {}
    dates = [parts for parts in date.get("date-parts") or () if parts]
    if not dates:
        literal = str(date.get("literal") or date.get("raw") or "").strip()
        return {"Year": literal} if literal else {}
    years = dict.fromkeys(str(parts[0]) for parts in dates)
    about = f"{'c' if language(lang) == 'en' else 'ca'}. " if date.get("circa") else ""
    return {"Year": about + "–".join(years), **_day(dates, date.get("season"), lang)}


def _day(dates: Sequence[Sequence[Any]], season: Any, lang: str) -> dict[str, str]:
    """The month and the day; of a range, where it begins, if all of it is in one year."""
    first = dates[0]
    if len({str(parts[0]) for parts in dates}) > 1:
        return {}
    if len(first) < 2:
        return {"Month": _season(season, lang)} if str(season) in ("1", "2", "3", "4") else {}
    month = {"Month": _months(labels(lang).bcp47)[int(first[1]) - 1]} if 1 <= int(first[1]) <= 12 else {}
    return month | ({"Day": str(int(first[2]))} if month and len(first) > 2 else {})


def _season(season: Any, lang: str) -> str:
    return _SEASONS[language(lang)].split()[int(season) - 1]


@lru_cache(maxsize=4)
def _months(bcp47: str) -> tuple[str, ...]:
    from babel.dates import get_month_names

    names = get_month_names("wide", locale=bcp47.replace("-", "_").replace("_NO", ""))
    return tuple(str(names[month]) for month in range(1, 13))
