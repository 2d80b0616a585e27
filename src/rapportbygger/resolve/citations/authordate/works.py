"""The works of a document: their order, what tells them apart, and how each is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rapportbygger.resolve.citations.authordate.catalogue import Catalogue
from rapportbygger.resolve.citations.authordate.disambiguation import Author, Batch, Told, letter, told_apart
from rapportbygger.resolve.citations.authordate.order import CiteOrder, ranks
from rapportbygger.resolve.citations.authordate.work import LETTER, Listed, Work
from rapportbygger.resolve.citations.clusters import Cluster
from rapportbygger.resolve.citations.locators import Locator

_BEHIND_QUOTES = re.compile("(”[\ue000-\ue0ff]*)([.,])")
_MET = re.compile(",([\ue000-\ue0ff]*)(,)")
"""A title that ends in a comma, and the comma after it."""


class Works:
    """The works of a document, in the order of the list, with what tells them apart."""

    def __init__(self, catalogue: Catalogue, works: Mapping[str, Work], batches: Sequence[Sequence[Work]]) -> None:
        self._style, self._locale, self._works = catalogue.style, catalogue.wording.locale, works
        places = ranks({key: work.listed_as for key, work in works.items()}, self._style.list_sort or ())
        self.order = tuple(sorted(works, key=lambda key: places[key]))
        self._apart = told_apart([_batch(works) for works in batches], self.order, self._style, self._said)

    @property
    def told(self) -> tuple[tuple[Work, Told], ...]:
        """The works in the order of the list, and what tells each apart: all that citations and list depend on."""
        return tuple((self._works[key], self._apart[key]) for key in self.order)

    def _said(self, author: Author, told: Told) -> str:
        return self._works[author.key].said(told)

    # ------------------------------------------------------------------------------------------------ what is written

    def by(self, key: str, *, in_text: bool = False) -> str:
        """«A. Dahl mfl.»; in running text «and» is a word («Aarre og Lie»)."""
        return self._works[key].by(self._apart[key], in_text=in_text)

    def together(self, author: str, details: str) -> str:
        """«A. Dahl mfl., 2006»: with what stands between, which goes inside quotation marks in some languages."""
        text = _MET.sub(r"\1\2", author + self._style.between + details) if author and details else author + details
        return _BEHIND_QUOTES.sub(r"\2\1", text) if self._locale.punctuation_in_quotes else text

    def named(self, key: str) -> bool:
        """Whether a work is cited by names, and not by its title."""
        return self._works[key].named

    def details(self, key: str, locator: Locator | None = None) -> str:
        """«2006a, s. 12»."""
        told, work = self._apart[key], self._works[key]
        if told.letter < 0:
            return work.details(locator)
        return work.details(locator, LETTER).replace(LETTER, letter(told.letter))

    def after_letter(self, key: str, locator: Locator | None) -> str | None:
        """What stands from the letter on, «a, s. 12»; None for a work without one."""
        told = self._apart[key]
        if told.letter < 0:
            return None
        return letter(told.letter) + self._works[key].details(locator, LETTER).partition(LETTER)[2]

    def year(self, key: str) -> str:
        """What stands before the letter."""
        return self._works[key].details(sign=LETTER).partition(LETTER)[0]

    def listed(self, key: str) -> Listed:
        """The work as it is listed."""
        return self._works[key].listed(self._apart[key].letter)

    def cite_order(self) -> CiteOrder | None:
        """The order of the works in a citation; None where they stand as they are written."""
        if self._style.sort is None:
            return None
        places = ranks({key: work.cited_as for key, work in self._works.items()}, self._style.sort)
        authors = {key: self.by(key) for key in self._works if self._style.collapse and self.named(key)}
        return CiteOrder(places, authors)


def batches(works: Mapping[str, Work], clusters: Sequence[Cluster]) -> Iterator[tuple[Work, ...]]:
    """The works by the citation that cites them first; those that none cites are last."""
    left = dict(works)
    for keys in (*([cite.key for cite in cluster] for cluster in clusters), list(left)):
        new = tuple(left.pop(key) for key in keys if key in left)
        if new:
            yield new


def _batch(works: Sequence[Work]) -> Batch:
    return Batch([work.author for work in works], [names for work in works for names in work.sorted_by])
