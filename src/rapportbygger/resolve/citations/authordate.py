"""The engine for author-date styles: citeproc-py formats one reference, this what depends on the whole document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rapportbygger.language import labels
from rapportbygger.nodes import words
from rapportbygger.resolve.citations.authordate_style import AuthorDateStyle, read
from rapportbygger.resolve.citations.cited_names import cited
from rapportbygger.resolve.citations.cluster_text import Writer
from rapportbygger.resolve.citations.clusters import Cluster, Entry, Formatted, Item
from rapportbygger.resolve.citations.csl import root_of
from rapportbygger.resolve.citations.csl_locale import locale_of
from rapportbygger.resolve.citations.disambiguation import Author, Batch, Told, letter, told_apart
from rapportbygger.resolve.citations.items import creators, tidy
from rapportbygger.resolve.citations.locators import Locator
from rapportbygger.resolve.citations.order import CiteOrder, Sorting
from rapportbygger.resolve.citations.parts import author_part, details_part
from rapportbygger.resolve.citations.reference import Renderer
from rapportbygger.resolve.citations.richtext import inlines, joined
from rapportbygger.resolve.citations.task import Task, Tools
from rapportbygger.resolve.citations.templates import Slot, Templates

_LETTER = "\ue4ff"
"""Stands for the letter after a year."""
_UNSAID = re.compile("[\ue000-\ue0ff«»“”‘’]")
"""Italics and quotation marks: works that differ in them only are cited alike."""


def formatted(task: Task, tools: Tools) -> Formatted:
    """Every citation and the reference list, in an author-date style.

    Works that are not among the references show their key in bold with a question mark.
    """
    bcp47 = labels(task.lang).bcp47
    style, renderer = read(task.style), Renderer(bcp47, tools.memory)
    items = {key: _nameable(key, tidy(task.references[key], bcp47)) for key in task.keys}
    works = _Works(style, renderer, task, items)
    writer = Writer(style, works, items.keys(), works.cite_order())
    entries = {key: inlines(renderer.entry(style.xml, works.lettered(key))) for key in works.order}
    return Formatted(
        tuple(tuple(joined(writer.cluster(cluster))) for cluster in task.clusters),
        tuple(Entry(key, tuple(entry or words(_plainly(items[key])))) for key, entry in entries.items()),
        frozenset(key for key, entry in entries.items() if not entry),
    )


def _nameable(key: str, item: Item) -> Item:
    """A work with something to cite it by: where there is neither name nor title, its key."""
    return item if creators(item) or item.get("title") else {**item, "title": key}


def _plainly(item: Item) -> str:
    """What can be said of a work that could not be formatted."""
    return str(item.get("title") or "?")


class _Works:
    """The works of a document, in the order of the list, with what tells them apart."""

    def __init__(self, style: AuthorDateStyle, renderer: Renderer, task: Task, items: Mapping[str, Item]) -> None:
        lang, clusters = task.lang, task.clusters
        write, xml = renderer.cite, style.xml
        self._style, self._items, self._lang, self._write = style, items, lang, write
        self._locale = locale_of(root_of(xml), labels(lang).bcp47)
        authors = Templates(author_part(xml), write)
        self._author_templates = {key: authors.of(item) for key, item in items.items()}
        self._names: dict[tuple[str, Told], str] = {}
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

    def _by(self, key: str, told: Told) -> str:
        """Who a work is by, with the first list of names as it is to be told apart."""
        if (key, told) not in self._names:
            self._names[key, told] = self._written_by(key, told)
        return self._names[key, told]

    def _written_by(self, key: str, told: Told) -> str:
        item, first = self._items[key], True
        made = ""
        for piece in self._author_templates[key]:
            if isinstance(piece, str):
                made += piece
                continue
            names = item[piece.role]
            levels, count = (told.levels, told.shown) if first else ((0,) * len(names), len(names))
            made += cited(names, piece.form, self._locale, levels, count)
            first = False
        return made

    # ------------------------------------------------------------------------------------------------ what is written

    def by(self, key: str) -> str:
        """«A. Dahl mfl.»."""
        return self._by(key, self._apart[key])

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
        text = "".join(
            piece
            if isinstance(piece, str)
            else cited(names := item[piece.role], piece.form, self._locale, (0,) * len(names), len(names))
            for piece in template
        )
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


def _after_year(text: str, item: Item, sign: str) -> str:
    """The text with a sign after the year, where the style leaves that to the processor (CSL 1.0.2, year-suffix)."""
    parts = item.get("issued", {}).get("date-parts")
    year = str(abs(int(parts[0][0]))) if parts else ""
    return text.replace(year, year + sign, 1) if year else text
