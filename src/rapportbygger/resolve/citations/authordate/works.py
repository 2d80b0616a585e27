"""The works of a document: their order, what tells them apart, and how each is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rapportbygger.language import labels
from rapportbygger.resolve.citations.authordate.cited_names import cited, shown
from rapportbygger.resolve.citations.authordate.disambiguation import Author, Batch, Told, letter, told_apart
from rapportbygger.resolve.citations.authordate.order import CiteOrder, Sorting
from rapportbygger.resolve.citations.authordate.parts import author_part, details_part
from rapportbygger.resolve.citations.authordate.style import AuthorDateStyle
from rapportbygger.resolve.citations.authordate.templates import Slot, Template, Templates, Write
from rapportbygger.resolve.citations.clusters import Cluster, Item
from rapportbygger.resolve.citations.csl import NAMESPACE, root_of
from rapportbygger.resolve.citations.locators import Locator
from rapportbygger.resolve.citations.reference.csl_locale import CslLocale, locale_of
from rapportbygger.resolve.citations.reference.name_lists import NameForm
from rapportbygger.resolve.citations.task import Task

_LETTER = "\ue4ff"
"""Stands for the letter after a year."""
_UNSAID = re.compile("[\ue000-\ue0ff«»“”‘’]")
"""Italics and quotation marks: works that differ in them only are cited alike."""
_BEHIND_QUOTES = re.compile("(”[\ue000-\ue0ff]*)([.,])")


class Works:
    """The works of a document, in the order of the list, with what tells them apart."""

    def __init__(self, style: AuthorDateStyle, write: Write, task: Task, items: Mapping[str, Item]) -> None:
        lang, clusters = task.lang, task.clusters
        xml = style.xml
        self._style, self._items, self._lang, self._write = style, items, lang, write
        self._locale = locale_of(root_of(xml), labels(lang).bcp47)
        self._spoken = _spoken(xml, labels(lang).bcp47)
        authors = Templates(author_part(xml), write)
        self._author_templates = {key: authors.of(item) for key, item in items.items()}
        self._names: dict[tuple[str, Told, bool], str] = {}
        self._texts: dict[tuple[str, Locator | None, str], str] = {}
        self._details = Templates(details_part(xml), write)
        sorting, keys = Sorting(xml, "bibliography", write), style.list_sort or ()
        ranks = sorting.ranks(items, keys, lang)
        self.order = tuple(sorted(items, key=lambda key: ranks[key]))
        self._apart: Mapping[str, Told] = {}
        batches = list(self._batches(clusters, sorting.roles(items, keys)))
        self._apart = told_apart(batches, self.order, style, self._said)

    def _batches(self, clusters: Sequence[Cluster], sorted_by: Mapping[str, list[str]]) -> Iterator[Batch]:
        """The works by the citation that cites them first; those that none cites are last."""
        left = dict.fromkeys(self._items)
        for keys in (*([cite.key for cite in cluster] for cluster in clusters), list(left)):
            new = [key for key in dict.fromkeys(keys) if key in left]
            for key in new:
                del left[key]
            names = [self._items[key][role] for key in new for role in sorted_by[key]]
            if new:
                yield Batch([self._author(key) for key in new], names)

    def _said(self, author: Author, told: Told) -> str:
        return _UNSAID.sub("", f"{self._by(author.key, told)}\n{self.details(author.key)}")

    def _slots(self, key: str) -> list[Slot]:
        return [piece for piece in self._author_templates[key] if isinstance(piece, Slot)]

    def _author(self, key: str) -> Author:
        slots = self._slots(key)
        return Author(key, tuple(self._items[key][slots[0].role]), slots[0].form) if slots else Author(key)

    def _by(self, key: str, told: Told, *, in_text: bool = False) -> str:
        """Who a work is by, with the first list of names as it is to be told apart."""
        wanted = (key, told, in_text)
        if wanted not in self._names:
            locale = self._spoken if in_text else self._locale
            template = self._author_templates[key]
            self._names[wanted] = _filled(_in_words(template) if in_text else template, self._items[key], locale, told)
        return self._names[wanted]

    # ------------------------------------------------------------------------------------------------ what is written

    def by(self, key: str, *, in_text: bool = False) -> str:
        """«A. Dahl mfl.»; in running text «and» is a word («Aarre og Lie»)."""
        return self._by(key, self._apart[key], in_text=in_text)

    def together(self, author: str, details: str) -> str:
        """«A. Dahl mfl., 2006»: with what stands between, which goes inside quotation marks in some languages."""
        text = author + self._style.between + details if author and details else author + details
        return _BEHIND_QUOTES.sub(r"\2\1", text) if self._locale.punctuation_in_quotes else text

    def named(self, key: str) -> bool:
        """Whether a work is cited by names, and not by its title."""
        return bool(self._slots(key))

    def details(self, key: str, locator: Locator | None = None) -> str:
        """«2006a, s. 12»."""
        told = self._apart.get(key)
        if told is None or told.letter < 0:
            return self._text(key, locator, "")
        return self._text(key, locator, _LETTER).replace(_LETTER, letter(told.letter))

    def after_letter(self, key: str, locator: Locator | None) -> str | None:
        """What stands from the letter on, «a, s. 12»; None for a work without one."""
        told = self._apart[key]
        if told.letter < 0:
            return None
        return letter(told.letter) + self._text(key, locator, _LETTER).partition(_LETTER)[2]

    def year(self, key: str) -> str:
        """What stands before the letter."""
        return self._text(key, None, _LETTER).partition(_LETTER)[0]

    def _text(self, key: str, locator: Locator | None, sign: str) -> str:
        if (key, locator, sign) not in self._texts:
            self._texts[key, locator, sign] = self._written(key, locator, sign)
        return self._texts[key, locator, sign]

    def _written(self, key: str, locator: Locator | None, sign: str) -> str:
        item = self._items[key]
        template = self._details.of({**item, "year-suffix": sign} if sign else item, locator)
        text = _filled(template, item, self._locale, Told())
        return text if sign in text else _after_year(text, item, sign)

    def lettered(self, key: str) -> Item:
        """The work as it is listed."""
        at = self._apart[key].letter
        return self._items[key] if at < 0 else {**self._items[key], "year-suffix": letter(at)}

    def cite_order(self) -> CiteOrder | None:
        """The order of the works in a citation; None where they stand as they are written."""
        if self._style.sort is None:
            return None
        ranks = Sorting(self._style.xml, "citation", self._write).ranks(self._items, self._style.sort, self._lang)
        authors = {key: self.by(key) for key in self._items if self._style.collapse and self.named(key)}
        return CiteOrder(ranks, authors)


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


def _spoken(xml: bytes, lang: str) -> CslLocale:
    """The style's language where «and» is a word, though the style may have a sign for it."""
    root = root_of(xml)
    for term in [term for term in root.iter(f"{NAMESPACE}term") if term.get("name") == "and" and term.text == "&"]:
        term.getparent().remove(term)
    return locale_of(root, lang)


def _after_year(text: str, item: Item, sign: str) -> str:
    """The text with a sign after the year, where the style leaves that to the processor (CSL 1.0.2, year-suffix)."""
    parts = item.get("issued", {}).get("date-parts")
    year = str(abs(int(parts[0][0]))) if parts else ""
    return text.replace(year, year + sign, 1) if year else text
