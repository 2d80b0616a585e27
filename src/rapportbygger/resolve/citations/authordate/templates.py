"""Parts of citations as templates: citeproc-py is asked once for all works that it would treat alike."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from rapportbygger.csl_variables import NAMES
from rapportbygger.memory import kept
from rapportbygger.resolve.citations.authordate.parts import FORMS, Part
from rapportbygger.resolve.citations.clusters import Item
from rapportbygger.resolve.citations.locators import Locator
from rapportbygger.resolve.citations.reference.name_lists import NameForm

_MOST = 2000
"""How many templates of a part are kept."""
_ROLES, _TITLES, _LAST = 0xE200, 0xE300, 0xE3FF
_SOME_NUMBER, _SOME_YEAR = "987654321987", "765432176"
"""Stand for every locator that is one number, and for every year of four figures: what is around them is the same."""
_ROLE = f"[{chr(_ROLES)}-{chr(_TITLES - 1)}]"
_LIST = re.compile(rf"([{chr(FORMS)}-{chr(_ROLES - 1)}])?({_ROLE})(?:.*?(?!\2){_ROLE})?")
_NEEDED = re.compile(f"[{chr(_TITLES)}-{chr(_LAST)}]")


@dataclass(frozen=True, slots=True)
class Slot:
    """A list of names: whose, and how it is written."""

    role: str
    form: NameForm


Template: TypeAlias = tuple[str | Slot, ...]
"""Text marked as `richtext` marks it, and lists of names in it."""
Write: TypeAlias = Callable[[bytes, Item, Locator | None], str]
"""Formats a work with the citations' layout of a style."""


class Templates:
    """The templates of one part, each made when it is asked for."""

    def __init__(self, part: Part, write: Write) -> None:
        self._part = part
        self._write = write
        self._asked = sorted(part.variables)
        self._made: dict[tuple[Any, ...], Template] = {}

    def asks(self, variable: str) -> bool:
        """Whether the part names a variable."""
        return variable in self._part.variables

    def of(self, item: Item, locator: Locator | None = None) -> Template:
        """What the part writes of a tidied work, with its names left open."""
        made, signs = item, dict[str, str]()
        if locator and not self._part.counts_locators and locator.value.isdecimal():
            signs[_SOME_NUMBER] = locator.value
            locator = Locator(locator.label, _SOME_NUMBER)
        if not self._part.shortens_years and (year := _year(item)):
            signs[_SOME_YEAR] = str(year)
            made = {**item, "issued": _dated(item["issued"], int(_SOME_YEAR))}
        return _with_own(self._of(made, locator), signs)

    def _of(self, item: Item, locator: Locator | None) -> Template:
        asked = {name: item[name] for name in self._asked if name in item}
        key = self._key(item, asked, locator, self._part.titles)
        found = kept(self._made, key, lambda: self._template(item, asked, locator), _MOST)
        return found if found != _OPEN else self._titled(item, asked, locator)

    def _titled(self, item: Item, asked: Item, locator: Locator | None) -> Template:
        """A template with the work's own titles, where they are written."""
        key = self._key(item, asked, locator, frozenset())
        return kept(self._made, key, lambda: self._template(item, asked, locator, titled=True), _MOST)

    def _key(self, item: Item, asked: Item, locator: Locator | None, signs: frozenset[str]) -> tuple[Any, ...]:
        shapes = tuple((name, _shape(name, value, open_=name in signs)) for name, value in asked.items())
        return item["type"], item["language"], locator, shapes

    def _template(self, item: Item, asked: Item, locator: Locator | None, *, titled: bool = False) -> Template:
        roles = [name for name in asked if name in NAMES]
        signs = {name: chr(_TITLES + at) for at, name in enumerate(sorted(self._part.titles))}
        made: dict[str, Any] = {"type": item["type"], "language": item["language"]}
        for name, value in asked.items():
            made[name] = _signs(roles.index(name), value) if name in roles else value
            if name in signs and not titled:
                made[name] = signs[name]
        for name, (date, _parts) in self._part.dates.items():
            if date in asked:
                made[name] = date_key(asked[date], _parts)
        text = self._write(self._part.xml, {name: value for name, value in made.items() if value}, locator)
        return _OPEN if _NEEDED.search(text) else tuple(self._pieces(text, roles))

    def _pieces(self, text: str, roles: list[str]) -> list[str | Slot]:
        pieces: list[str | Slot] = []
        end = 0
        for match in _LIST.finditer(text):
            form = self._part.forms[ord(match[1]) - FORMS if match[1] else 0]
            pieces += [text[end : match.start()], Slot(roles[(ord(match[2]) - _ROLES) // 2], form)]
            end = match.end()
        return [piece for piece in (*pieces, text[end:]) if piece]


def _year(item: Item) -> int:
    """The year that a work was issued in, where that is one of four figures."""
    parts = item.get("issued", {}).get("date-parts") or [[]]
    year = parts[0][0] if len(parts) == 1 and parts[0] else 0
    return year if isinstance(year, int) and 1000 <= year <= 9999 else 0


def _dated(date: Item, year: int) -> Item:
    return {**date, "date-parts": [[year, *date["date-parts"][0][1:]]]}


def _with_own(template: Template, signs: Mapping[str, str]) -> Template:
    """The template with a work's own numbers."""
    return tuple(_replaced(piece, signs) if isinstance(piece, str) else piece for piece in template)


def _replaced(text: str, signs: Mapping[str, str]) -> str:
    for sign, value in signs.items():
        text = text.replace(sign, value)
    return text


_OPEN: Template = (chr(_LAST),)
"""Stands for the templates that have titles in them."""


def _shape(name: str, value: Any, *, open_: bool) -> str:
    if open_:
        return ""
    if isinstance(value, str):
        return value
    return str(min(len(value), 2)) if name in NAMES else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _signs(at: int, names: list[Any]) -> list[dict[str, str]]:
    """A sign for one name, or one for the first and one for the last of several."""
    return [{"literal": chr(_ROLES + 2 * at + last)} for last in range(min(len(names), 2))]


def date_key(date: Mapping[str, Any], parts: tuple[str, ...] = ("year", "month", "day")) -> str:
    """A date as figures that sort as it does, years before Christ too; nothing for one in words."""
    ends = date.get("date-parts") or []
    if not ends or not ends[0]:
        return ""
    return "".join(_figures(ends[at] if at < len(ends) else [], parts) for at in (0, 1))


def _figures(end: list[Any], parts: tuple[str, ...]) -> str:
    values = dict(zip(("year", "month", "day"), (int(value) for value in end), strict=False))
    year, month, day = (values.get(name, 0) if name in parts else 0 for name in ("year", "month", "day"))
    return f"{f'1{year:04}' if year >= 0 else f'0{9999 + year:04}'}{month:02}{day:02}"
