"""The text of one citation: which author is written, what stands between the works, and what is put together."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from rapportbygger.nodes import Node, plain, span, string, words
from rapportbygger.resolve.citations.authordate.order import CiteOrder
from rapportbygger.resolve.citations.authordate.style import AuthorDateStyle
from rapportbygger.resolve.citations.authordate.works import Works
from rapportbygger.resolve.citations.clusters import Cite, Cluster, Form
from rapportbygger.resolve.citations.reference.richtext import inlines

_SPACE: Node = {"t": "Space"}
_STOPS = (";", ".", ",")


@dataclass(frozen=True, slots=True)
class _Written:
    """One work's part of a citation, and what the next one must know: of whom, what year, and what it was part of."""

    delimiter: str
    nodes: list[Node]
    by: str = ""
    year: str = ""
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes citations. Without `order` the works stand in the order they are written in; unknown ones are last."""

    style: AuthorDateStyle
    works: Works
    known: Container[str]
    order: CiteOrder | None

    def cluster(self, cluster: Cluster) -> list[Node]:
        """«(KS, 2018a, 2018b; Tiller, 2006, s. 12)», or «Tiller (2006, s. 12)»."""
        first, *others = cluster[:1] + tuple(_bracketed(cite) for cite in cluster[1:])
        if first.form is not Form.IN_TEXT:
            return self._parenthesis(self._sorted([first, *others]))
        prefix = [*first.prefix, _SPACE] if first.prefix else []
        rest = self._parenthesis([first, *self._sorted(others)])
        return [*prefix, *self._linked(first, self._author(first)), *([_SPACE, *rest] if rest else [])]

    def _parenthesis(self, cites: Sequence[Cite]) -> list[Node]:
        """The works in their order; of one that stands in the running text, only what follows its author."""
        made: list[Node] = []
        before = _Written("", [])
        previous: Cite | None = None
        for cite in cites:
            written = self._written(cite, before)
            if written.nodes:
                made += [*words(_between(previous, cite, written.delimiter) if made else ""), *written.nodes]
                previous = cite
            before = written
        return [*words(self.style.prefix), *made, *words(self.style.suffix)] if made else []

    def _sorted(self, cites: Sequence[Cite]) -> list[Cite]:
        return (
            list(cites) if self.order is None else [cites[at] for at in self.order.sorted([one.key for one in cites])]
        )

    def _written(self, cite: Cite, before: _Written) -> _Written:
        """A work with its author, or only its year where the one before it is by the same."""
        if cite.key not in self.known:
            author = [] if cite.form is Form.IN_TEXT else self._author(cite)
            return _Written(self.style.delimiter, self._with_words(cite, author))
        by = self.works.by(cite.key) if self.works.named(cite.key) else ""
        if by and by == before.by and self.style.collapse:
            return self._grouped(cite, by, before)
        details = self.works.details(cite.key, cite.locator)
        # A citation of which nothing else is left («[-@nou2019]» of NOU 2019: 5) is not to vanish.
        silent = cite.form is Form.IN_TEXT or (cite.form is Form.SUPPRESSED and details != "")
        text = self.works.together("" if silent else self.works.by(cite.key), details)
        delimiter = self.style.after_group if before.grouped else self.style.delimiter
        nodes = self._with_words(cite, inlines(text))
        return _Written(delimiter, nodes, by, self.works.year(cite.key))

    def _grouped(self, cite: Cite, by: str, before: _Written) -> _Written:
        """«2018b», or «b» where the style does not repeat the year."""
        year = self.works.year(cite.key)
        letter = self.works.after_letter(cite.key, cite.locator) if self.style.collapse != "year" else None
        same = letter is not None and year == before.year and not cite.prefix
        text = letter if same and letter else self.works.details(cite.key, cite.locator)
        delimiter = self.style.suffix_delimiter if same else self.style.group_delimiter
        return _Written(delimiter, self._with_words(cite, inlines(text)), by, year, grouped=True)

    def _author(self, cite: Cite) -> list[Node]:
        if cite.key in self.known:
            return inlines(self.works.by(cite.key, in_text=True))
        return [{"t": "Strong", "c": [string(f"{cite.key}?")]}]

    def _with_words(self, cite: Cite, nodes: list[Node]) -> list[Node]:
        """A work's own words between those that the author of the report has written around it."""
        prefix = [*cite.prefix, _SPACE] if cite.prefix and cite.form is not Form.IN_TEXT else []
        suffix = _suffix(cite)
        return [*prefix, *self._linked(cite, nodes), *suffix] if nodes or suffix else []

    def _linked(self, cite: Cite, nodes: list[Node]) -> list[Node]:
        return [span(nodes, "cited", key=cite.key)] if nodes and cite.key in self.known else nodes


def _bracketed(cite: Cite) -> Cite:
    """The work as it is in brackets: only the first one's author can stand in running text."""
    return replace(cite, form=Form.NORMAL) if cite.form is Form.IN_TEXT else cite


def _suffix(cite: Cite) -> list[Node]:
    """What is written after the locator, apart from what stands before it."""
    first = cite.suffix[0] if cite.suffix else None
    if first is None or first["t"] == "Space" or (first["t"] == "Str" and not first["c"][:1].isalnum()):
        return list(cite.suffix)
    return [*words(", " if cite.form is Form.IN_TEXT else " "), *cite.suffix]


def _between(before: Cite | None, cite: Cite, delimiter: str) -> str:
    """The delimiter, but for signs that those who wrote the words around the works have put there themselves."""
    if before is not None and plain(before.suffix)[-1:] in _STOPS:
        return delimiter[delimiter.find(" ") :] if " " in delimiter else ""
    follows = before is None or not before.suffix
    return "" if follows and plain(cite.prefix)[:1] in _STOPS else delimiter
