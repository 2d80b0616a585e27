"""A work as an author-date style writes it, whatever else its document cites: made once, and shared by documents."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from rapportbygger.memory import kept
from rapportbygger.nodes import Node, words
from rapportbygger.resolve.citations.authordate.cited_names import cited, shown
from rapportbygger.resolve.citations.authordate.disambiguation import Author, Told, letter
from rapportbygger.resolve.citations.authordate.order import Sorting
from rapportbygger.resolve.citations.authordate.templates import Slot, Template, Templates
from rapportbygger.resolve.citations.clusters import Item
from rapportbygger.resolve.citations.locators import Locator
from rapportbygger.resolve.citations.reference.csl_locale import CslLocale
from rapportbygger.resolve.citations.reference.name_lists import NameForm
from rapportbygger.resolve.citations.reference.richtext import inlines

LETTER = "\ue4ff"
"""Stands for the letter after a year."""
_UNSAID = re.compile("[\ue000-\ue0ff«»“”‘’]")
"""Italics and quotation marks: works that differ in them only are cited alike."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What writes works in a style and a language: who they are by, what follows, and as what they sort.

    `spoken` is the language where «and» is always a word. `sortings` are those of the list and of citations. `entry`
    gives None where a work cannot be formatted, and nothing where it is not listed.
    """

    locale: CslLocale
    spoken: CslLocale
    authors: Templates
    details: Templates
    sortings: tuple[Sorting, Sorting]
    entry: Callable[[Item], str | None]


@dataclass(frozen=True, slots=True)
class Listed:
    """A work in the list: without inlines it is not listed; one that could not be formatted has its title."""

    inlines: tuple[Node, ...] | None
    failed: bool = False


class Work:
    """A tidied work in a style and a language. What it is asked for is made once."""

    def __init__(self, key: str, item: Item, wording: Wording) -> None:
        self._item, self._wording = item, wording
        self._template = wording.authors.of(item)
        self._slots = [piece for piece in self._template if isinstance(piece, Slot)]
        self.author = self._author(key)
        self.listed_as, self.cited_as = (sorting.folded(item) for sorting in wording.sortings)
        self.sorted_by = wording.sortings[0].names(item)
        self._names: dict[tuple[Told, bool], str] = {}
        self._said: dict[Told, str] = {}
        self._texts: dict[tuple[Locator | None, str], str] = {}
        self._listed: dict[int, Listed] = {}

    @property
    def named(self) -> bool:
        """Whether it is cited by names, and not by its title."""
        return bool(self._slots)

    def _author(self, key: str) -> Author:
        slots = self._slots
        return Author(key, tuple(self._item[slots[0].role]), slots[0].form) if slots else Author(key)

    def by(self, told: Told, *, in_text: bool = False) -> str:
        """Who it is by, with the first list of names as it is to be told apart."""
        return kept(self._names, (told, in_text), lambda: self._by(told, in_text=in_text))

    def _by(self, told: Told, *, in_text: bool) -> str:
        if in_text:
            return _filled(_in_words(self._template), self._item, self._wording.spoken, told)
        return _filled(self._template, self._item, self._wording.locale, told)

    def said(self, told: Told) -> str:
        """What a citation of it reads, without letters: works that read alike are to be told apart."""
        return kept(self._said, told, lambda: _UNSAID.sub("", f"{self.by(told)}\n{self.details()}"))

    def details(self, locator: Locator | None = None, sign: str = "") -> str:
        """What follows who it is by, with a sign for the letter after the year."""
        return kept(self._texts, (locator, sign), lambda: self._details(locator, sign))

    def _details(self, locator: Locator | None, sign: str) -> str:
        item = {**self._item, "year-suffix": sign} if sign else self._item
        text = _filled(self._wording.details.of(item, locator), self._item, self._wording.locale, Told())
        left_to_us = sign not in text and not self._wording.details.asks("year-suffix")
        return _after_year(text, self._item, sign) if left_to_us else text

    def listed(self, at: int) -> Listed:
        """The work in the list, with the letter of that number (-1: none)."""
        return kept(self._listed, at, lambda: self._entry(at))

    def _entry(self, at: int) -> Listed:
        text = self._wording.entry(self._item if at < 0 else {**self._item, "year-suffix": letter(at)})
        if text is None:
            return Listed(tuple(words(str(self._item.get("title") or "?"))), failed=True)
        return Listed(tuple(inlines(text)) if text else None)


def _filled(template: Template, item: Item, locale: CslLocale, told: Told) -> str:
    """A template with its names: the first list as it is told apart, if it is, others as the style says."""
    made = ""
    for piece in template:
        if isinstance(piece, str):
            made += piece
            continue
        names = item[piece.role]
        levels, count = (told.levels, told.shown) if told.shown else ((0,) * len(names), shown(len(names), piece.form))
        made += cited(names, piece.form, locale, levels, count)
        told = Told()
    return made


def _in_words(template: Template) -> Template:
    """A template whose lists of names have «and» as a word."""
    return tuple(piece if isinstance(piece, str) else Slot(piece.role, _worded(piece.form)) for piece in template)


def _worded(form: NameForm) -> NameForm:
    return replace(form, options={**form.options, "and": "text"}) if form.option("and") == "symbol" else form


def _after_year(text: str, item: Item, sign: str) -> str:
    """The text with a sign after the year, where the style leaves that to the processor (CSL 1.0.2, year-suffix)."""
    parts = item.get("issued", {}).get("date-parts")
    year = str(abs(int(parts[0][0]))) if parts else ""
    return text.replace(year, year + sign, 1) if year else text
