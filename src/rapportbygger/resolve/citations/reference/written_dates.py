"""Dates as a style writes them: whole, in part, as ranges, as seasons (CSL 1.0.2, date)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapportbygger.resolve.citations.csl import NAMESPACE, Element
from rapportbygger.resolve.citations.reference import richtext
from rapportbygger.resolve.citations.reference.csl_locale import CslLocale
from rapportbygger.resolve.citations.reference.text_case import cased

_PARTS = ("year", "month", "day")
_AFFIXES = ("prefix", "suffix")


@dataclass(frozen=True, slots=True)
class DateForm:
    """How a cs:date is written: its parts in order (as attributes), and what stands between them."""

    variable: str
    parts: tuple[Mapping[str, str], ...]
    delimiter: str
    letters_year: bool = False
    """Whether the letter that tells two works apart follows the year (where the style does not say where)."""


def date_form(element: Element, locale: CslLocale, *, letters_year: bool = False) -> DateForm:
    """How a cs:date of a style is written in a language: by its own parts, or by those of the locale's form."""
    named = element.iterfind(f"{NAMESPACE}date-part[@name]")
    own = {part.get("name"): dict(part.attrib) for part in named}
    variable = element.get("variable", "")
    letters_year = letters_year and variable == "issued"
    localized = locale.dates.get(element.get("form", ""))
    if localized is None:
        return DateForm(variable, tuple(own.values()), element.get("delimiter", ""), letters_year)
    shown = (element.get("date-parts") or "year-month-day").split("-")
    parts = tuple(
        dict(part.attrib) | {key: value for key, value in own.get(name, {}).items() if key not in _AFFIXES}
        for part in localized.iterfind(f"{NAMESPACE}date-part")
        if (name := part.get("name")) in shown
    )
    return DateForm(variable, parts, localized.get("delimiter", element.get("delimiter", "")), letters_year)


@dataclass(slots=True)
class _Range:
    """The parts of a date range while it is written: those that differ are written twice."""

    differing: tuple[str, ...]
    end: list[str] = field(default_factory=list)
    written: set[str] = field(default_factory=set)


def written_date(value: Mapping[str, Any], form: DateForm, locale: CslLocale, letter: str = "") -> str:
    """A date of CSL-JSON as a form writes it, marked as `richtext` marks it; nothing where it has no such parts."""
    begin, end = _dates(value)
    differing = _differing(begin, end, form) if end else ()
    state = _Range(differing)
    made: list[str] = []
    for part in form.parts:
        name = part["name"]
        if name == "year" and value.get("literal"):
            made.append(_styled(part, str(value["literal"])))
        text = _part_text(part, begin, value, locale)
        if text:
            made.append(_in_range(part, text, end, state, locale) if name in differing else _styled(part, text))
        if name == "year" and form.letters_year and (text or value.get("literal")):
            made.append(letter)
        state.written.add(name)
    return form.delimiter.join(filter(None, made)) if form.delimiter else "".join(made)


def _dates(value: Mapping[str, Any]) -> tuple[dict[str, int], dict[str, int]]:
    parts: Sequence[Sequence[int]] = value.get("date-parts") or ()
    made = [dict(zip(_PARTS, one, strict=False)) for one in (*parts, (), ())]
    return made[0], made[1]


def _differing(begin: Mapping[str, int], end: Mapping[str, int], form: DateForm) -> tuple[str, ...]:
    """The parts from the largest that differs on down; those that are the same are written once."""
    shown = {part["name"] for part in form.parts}
    both = [name for name in _PARTS if name in shown and name in end]
    first = next((at for at, name in enumerate(both) if begin.get(name) != end[name]), None)
    return () if first is None else tuple(both[first:])


def _in_range(part: Mapping[str, str], text: str, end: Mapping[str, int], state: _Range, locale: CslLocale) -> str:
    """A part that differs: of the beginning; and when all of them are written, those of the end after a dash."""
    ending = _part_text(part, end, {}, locale)
    bare = part if state.end else {**part, "prefix": ""}
    state.end.append(_styled(bare, ending) if ending else "")
    if set(state.differing) - state.written - {part["name"]}:
        return _styled(part, text)
    dash = part.get("range-delimiter") or locale.text("year-range-delimiter") or "–"
    return _styled({**part, "suffix": ""}, text) + dash + "".join(state.end)


def _styled(part: Mapping[str, str], text: str) -> str:
    text = text.replace(".", "") if part.get("strip-periods") == "true" else text
    text = richtext.formatted(cased(part.get("text-case"), text), part)
    return f"{part.get('prefix', '')}{text}{part.get('suffix', '')}"


def _part_text(part: Mapping[str, str], date: Mapping[str, int], value: Mapping[str, Any], locale: CslLocale) -> str:
    number = date.get(part["name"])
    if number == 0:
        return ""
    match part["name"]:
        case "year":
            return _year(number, part.get("form", "long"), locale) if number else ""
        case "month":
            return _month(number, part.get("form", "long"), locale) if number else _season(value, locale)
    return _day(number, part.get("form", "numeric"), locale) if number else ""


def _year(year: int, form: str, locale: CslLocale) -> str:
    era = locale.text("bc") if year < 0 else locale.text("ad") if year < 500 else ""
    digits = str(abs(year))
    return (digits[2:] if form == "short" and len(digits) == 4 else digits) + era


def _month(month: int, form: str, locale: CslLocale) -> str:
    """A month; 13 to 24 are seasons."""
    if form.startswith("numeric"):
        return "" if not 1 <= month <= 12 else f"{month:02}" if form == "numeric-leading-zeros" else str(month)
    if month <= 12:
        return locale.text(f"month-{month:02}", form)
    return locale.text(f"season-{(month - 13) % 4 + 1:02}")


def _season(value: Mapping[str, Any], locale: CslLocale) -> str:
    season = str(value.get("season") or "")
    return locale.text(f"season-{season:0>2}") if season in ("1", "2", "3", "4") else season


def _day(day: int, form: str, locale: CslLocale) -> str:
    if form == "ordinal" and not (locale.options.get("limit-day-ordinals-to-day-1") == "true" and day != 1):
        return locale.ordinal(day)
    return f"{day:02}" if form == "numeric-leading-zeros" else str(day)
