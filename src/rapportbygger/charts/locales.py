"""Numbers and dates in charts, as the report's language writes them (d3-format and d3-time-format)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from rapportbygger.language import labels


def numbers(lang: str) -> Mapping[str, Any]:
    """d3's locale of numbers: «1 234,5» with a thin space that no line is broken at, «1,234.5» in English."""
    if lang == "en":
        return {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["NOK ", ""]}
    return {
        "decimal": ",",
        "thousands": "\u202f",
        "grouping": [3],
        "currency": ["", "\u00a0kr"],
        "percent": "\u00a0%",
        "minus": "\u2212",
    }


@cache
def dates(lang: str) -> Mapping[str, Any]:
    """d3's locale of dates: names of months and days in nb, nn or en."""
    from babel import Locale

    locale = Locale.parse(labels(lang).bcp47.replace("-", "_").replace("_NO", ""))
    days, months = locale.days["stand-alone"], locale.months["stand-alone"]
    monday_last = (6, 0, 1, 2, 3, 4, 5)
    english = lang == "en"
    return {
        "dateTime": "%A %-d %B %Y %H:%M" if english else "%A %-d. %B %Y %H:%M",
        "date": "%d/%m/%Y" if english else "%d.%m.%Y",
        "time": "%H:%M",
        "periods": ["am", "pm"],
        "days": [days["wide"][day] for day in monday_last],
        "shortDays": [days["abbreviated"][day].rstrip(".") for day in monday_last],
        "months": [months["wide"][month] for month in range(1, 13)],
        "shortMonths": [months["abbreviated"][month].rstrip(".") for month in range(1, 13)],
    }
