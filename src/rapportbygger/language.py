"""Words, dates, numbers and order in the languages a report can be written in: nb, nn and en."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - `date` is this module's own function
from functools import lru_cache
from typing import Any

DEFAULT = "nb"


@dataclass(frozen=True, slots=True)
class Labels:
    """A language's words for the parts of a report. `quotes` are the outer pair and the inner pair,
    `numerals` the words for 0 to 12."""

    lang: str
    bcp47: str
    figure: str
    table: str
    chapter: str
    chapter_titled: str
    section_titled: str
    contents: str
    list_of_figures: str
    list_of_tables: str
    references: str
    conjunction: str
    not_delivered: str
    yes: str
    no: str
    quotes: tuple[tuple[str, str], tuple[str, str]]
    numerals: str


_GUILLEMETS = (("«", "»"), ("‘", "’"))

_LABELS: Mapping[str, Labels] = {
    "nb": Labels(
        lang="nb",
        bcp47="nb-NO",
        figure="Figur",
        table="Tabell",
        chapter="kapittel",
        chapter_titled="kapittelet",
        section_titled="avsnittet",
        contents="Innhold",
        list_of_figures="Figurer",
        list_of_tables="Tabeller",
        references="Litteratur",
        conjunction="og",
        not_delivered="ikke levert",
        yes="ja",
        no="nei",
        quotes=_GUILLEMETS,
        numerals="null en to tre fire fem seks sju åtte ni ti elleve tolv",
    ),
    "nn": Labels(
        lang="nn",
        bcp47="nn-NO",
        figure="Figur",
        table="Tabell",
        chapter="kapittel",
        chapter_titled="kapittelet",
        section_titled="avsnittet",
        contents="Innhald",
        list_of_figures="Figurar",
        list_of_tables="Tabellar",
        references="Litteratur",
        conjunction="og",
        not_delivered="ikkje levert",
        yes="ja",
        no="nei",
        quotes=_GUILLEMETS,
        numerals="null ein to tre fire fem seks sju åtte ni ti elleve tolv",
    ),
    "en": Labels(
        lang="en",
        bcp47="en-GB",
        figure="Figure",
        table="Table",
        chapter="chapter",
        chapter_titled="chapter",
        section_titled="section",
        contents="Contents",
        list_of_figures="Figures",
        list_of_tables="Tables",
        references="References",
        conjunction="and",
        not_delivered="not delivered",
        yes="yes",
        no="no",
        quotes=(("“", "”"), ("‘", "’")),
        numerals="zero one two three four five six seven eight nine ten eleven twelve",
    ),
}


def language(tag: str) -> str:
    """nb, nn or en for a language tag (`nn-NO`, `en_GB`); nb for every other."""
    primary = re.split("[-_]", tag, maxsplit=1)[0].lower()
    return primary if primary in _LABELS else DEFAULT


_FORMS = {"bokmål": "nb", "nynorsk": "nn"}


def of_values(values: Mapping[str, Any], otherwise: str) -> str:
    """The language that a municipality writes in: its field `målform` (bokmål, nynorsk), or `lang` (a tag)."""
    form, tag = values.get("målform"), values.get("lang")
    own = _FORMS.get(str(form).strip().lower())
    return own or (language(tag) if isinstance(tag, str) and tag else otherwise)


def labels(lang: str) -> Labels:
    """The words of a language."""
    return _LABELS[language(lang)]


def date(value: Date | str | int, lang: str) -> str:
    """«19. mars 2021» for a date or ISO text; «mars 2021» for `2021-03`. Other text («våren 2021») as it is.

    Raises ValueError for ISO text of a day that does not exist. A no-break space holds the day and the month
    together where the day has a full stop: no line begins with the month, and a paragraph that begins with a date is
    not read as an item of a list.
    """
    if isinstance(value, Date):
        return _long_date(Date(value.year, value.month, value.day), lang)  # equal times may be of different days
    text = str(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return _long_date(Date.fromisoformat(text), lang)
    month = re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text)  # «2019-22» is a span of years
    return _month(Date.fromisoformat(f"{text}-01"), lang) if month else text


def _locale(lang: str) -> str:
    return labels(lang).bcp47.replace("-", "_").replace("_NO", "")


@lru_cache(maxsize=500)
def _long_date(day: Date, lang: str) -> str:
    """Kept: the days of a project are written again in each document."""
    from babel.dates import format_date

    return format_date(day, "long", locale=_locale(lang)).replace(". ", ".\u00a0", 1)


def _month(day: Date, lang: str) -> str:
    from babel.dates import format_skeleton

    return format_skeleton("yMMMM", day, locale=_locale(lang))


def number(value: float, lang: str) -> str:
    """«1 234,5» with a no-break space; every decimal is kept."""
    return _number(str(value), lang)


@lru_cache(maxsize=1000)
def _number(figures: str, lang: str) -> str:
    """Kept: years and small numbers are written in each document. (-0.0 and 0.0 are equal, and not written alike.)"""
    from babel.numbers import format_decimal

    return format_decimal(figures, locale=_locale(lang), decimal_quantization=False)


def spelled(n: int, lang: str) -> str:
    """0 to 12 in words, other numbers in figures."""
    numerals = labels(lang).numerals.split()
    return numerals[n] if 0 <= n < len(numerals) else number(n, lang)


def listing(items: Iterable[Any], lang: str) -> str:
    """«A, B og C»."""
    texts = [str(item) for item in items]
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {labels(lang).conjunction} {texts[-1]}"


FORMATTERS: Mapping[str, Callable[[Any, str], str]] = {
    "date": date,
    "number": number,
    "spelled": spelled,
    "listing": listing,
}
"""The functions that chapters and Word templates use as filters."""
