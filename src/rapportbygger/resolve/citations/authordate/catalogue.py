"""The works that documents cite in one style and language, made ready once for all of them."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from threading import Lock

from rapportbygger.language import labels
from rapportbygger.memory import key_of
from rapportbygger.protocols import Memory
from rapportbygger.resolve.citations.authordate.order import Sorting
from rapportbygger.resolve.citations.authordate.parts import author_part, details_part
from rapportbygger.resolve.citations.authordate.style import AuthorDateStyle, read
from rapportbygger.resolve.citations.authordate.templates import Templates
from rapportbygger.resolve.citations.authordate.work import Wording, Work
from rapportbygger.resolve.citations.clusters import Item
from rapportbygger.resolve.citations.csl import NAMESPACE, Style, root_of
from rapportbygger.resolve.citations.reference import Renderer
from rapportbygger.resolve.citations.reference.csl_locale import CslLocale, locale_of
from rapportbygger.resolve.citations.reference.items import creators, tidy
from rapportbygger.resolve.citations.task import Task

_MOST = 1000
"""How many works are kept."""


class Catalogue:
    """What a style says, and the works it has been asked for: those asked for longest ago are forgotten."""

    def __init__(self, style: Style, lang: str, memory: Memory | None) -> None:
        self.style = read(style)
        self._bcp47 = labels(lang).bcp47
        self.wording = _wording(self.style, lang, Renderer(self._bcp47, memory))
        self._works: OrderedDict[str, Work] = OrderedDict()
        self._lock = Lock()

    def works(self, task: Task) -> dict[str, Work]:
        """The known works of a document, in the order of the first citation."""
        return {key: self._work(key, task.references[key]) for key in task.keys}

    def _work(self, key: str, reference: Item) -> Work:
        name = key_of(key, reference)
        with self._lock:
            found = self._works.get(name)
            if found is not None:
                self._works.move_to_end(name)
                return found
        made = Work(key, _nameable(key, tidy(reference, self._bcp47)), self.wording)
        with self._lock:
            self._works[name] = made
            if len(self._works) > _MOST:
                self._works.popitem(last=False)
        return made


def _wording(style: AuthorDateStyle, lang: str, renderer: Renderer) -> Wording:
    xml, bcp47, write = style.xml, labels(lang).bcp47, renderer.cite
    return Wording(
        locale_of(root_of(xml), bcp47),
        _spoken(xml, bcp47),
        Templates(author_part(xml), write),
        Templates(details_part(xml), write),
        (
            Sorting(xml, "bibliography", style.list_sort or (), lang, write),
            Sorting(xml, "citation", style.sort or (), lang, write),
        ),
        partial(renderer.entry, xml),
    )


def _nameable(key: str, item: Item) -> Item:
    """A work with something to cite it by: where there is neither name nor title, its key."""
    return item if creators(item) or item.get("title") else {**item, "title": key}


def _spoken(xml: bytes, lang: str) -> CslLocale:
    """The style's language where «and» is a word, though the style may have a sign for it."""
    root = root_of(xml)
    for term in [term for term in root.iter(f"{NAMESPACE}term") if term.get("name") == "and" and term.text == "&"]:
        term.getparent().remove(term)
    return locale_of(root, lang)
