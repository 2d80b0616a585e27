"""The engine for author-date styles: citeproc-py formats one reference, this what depends on the whole document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rapportbygger.language import labels
from rapportbygger.nodes import Node, string, words
from rapportbygger.resolve.citations.authordate_style import AuthorDateStyle, read
from rapportbygger.resolve.citations.clusters import Cite, Cluster, Entry, Form, Formatted, Item
from rapportbygger.resolve.citations.disambiguation import Work, disambiguated
from rapportbygger.resolve.citations.items import creators, tidy
from rapportbygger.resolve.citations.order import ordered
from rapportbygger.resolve.citations.reference import Renderer
from rapportbygger.resolve.citations.richtext import inlines, joined
from rapportbygger.resolve.citations.task import Task, Tools

_SPACE: Node = {"t": "Space"}


def formatted(task: Task, _tools: Tools) -> Formatted:
    """Every citation and the reference list, in an author-date style.

    Works that are not among the references show their key in bold with a question mark.
    """
    bcp47 = labels(task.lang).bcp47
    style = read(task.style)
    renderer = Renderer(style, bcp47)
    items = {key: _nameable(key, tidy(task.references[key], bcp47)) for key in task.keys}
    works = disambiguated(ordered(items, task.lang), style, renderer)
    writer = _Writer(style, renderer, works, {key: at for at, key in enumerate(works)})
    entries = {key: inlines(renderer.entry(work.listed)) for key, work in works.items()}
    return Formatted(
        tuple(tuple(joined(writer.cluster(cluster))) for cluster in task.clusters),
        tuple(Entry(key, tuple(entry or words(_plainly(works[key])))) for key, entry in entries.items()),
        frozenset(key for key, entry in entries.items() if not entry),
    )


def _nameable(key: str, item: Item) -> Item:
    """A work with something to cite it by: where there is neither name nor title, its key."""
    return item if creators(item) or item.get("title") else {**item, "title": key}


def _plainly(work: Work) -> str:
    """What can be said of a work that could not be formatted."""
    return str(work.listed.get("title") or work.author or "?")


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes citations of works in the order `rank`."""

    style: AuthorDateStyle
    renderer: Renderer
    works: Mapping[str, Work]
    rank: Mapping[str, int]

    def cluster(self, cluster: Cluster) -> list[Node]:
        """«(KS, 2018a, 2018b; Tiller, 2006, s. 12)», or «Tiller (2006, s. 12)»."""
        first, *others = cluster
        if first.form is not Form.IN_TEXT:
            return self._parenthesis(self._bodies(cluster))
        if first.key not in self.works:
            details = [list(first.suffix)] if first.suffix else []
        else:
            details = [[*self._details(first), *self._suffix(first)]]
        bodies = [*details, *self._bodies(others)]
        return [*self._author(first, in_text=True), *([_SPACE, *self._parenthesis(bodies)] if bodies else [])]

    def _parenthesis(self, bodies: Iterable[list[Node]]) -> list[Node]:
        made = words(self.style.prefix)
        for at, body in enumerate(bodies):
            made += [*(words(self.style.delimiter) if at else []), *body]
        return made + words(self.style.suffix)

    def _bodies(self, cites: Sequence[Cite]) -> list[list[Node]]:
        """What stands between the semicolons, with the years of one author together."""
        bodies: list[list[Node]] = []
        previous: Cite | None = None
        for cite in self._sorted(cites):
            if previous is not None and self._continues(previous, cite):
                bodies[-1] += [*words(self.style.group_delimiter), *self._details(cite), *self._suffix(cite)]
            else:
                bodies.append(self._body(cite))
            previous = cite
        return bodies

    def _sorted(self, cites: Sequence[Cite]) -> Sequence[Cite]:
        """The cites in the order of the list; one with words of its own («se ...») stays where it was written."""
        if not self.style.sorts:
            return cites
        last = len(self.rank)
        runs = groupby(cites, key=lambda cite: bool(cite.prefix or cite.suffix))
        return [
            cite
            for stays, run in runs
            for cite in (run if stays else sorted(run, key=lambda cite: self.rank.get(cite.key, last)))
        ]

    def _continues(self, previous: Cite, cite: Cite) -> bool:
        """Whether a cite needs no author, because it is by the author of the one before it."""
        works = [self.works.get(one.key) for one in (previous, cite)]
        authors = {work.author for work in works if work is not None}
        return (
            self.style.collapses
            and None not in works
            and len(authors) == 1
            and Form.SUPPRESSED not in (previous.form, cite.form)
            and not (previous.locator or previous.suffix or cite.prefix)
        )

    def _body(self, cite: Cite) -> list[Node]:
        prefix = [*cite.prefix, _SPACE] if cite.prefix else []
        suppressed = cite.form is Form.SUPPRESSED and cite.key in self.works
        author = [] if suppressed else self._author(cite)
        details = self._details(cite)
        between = words(self.style.between) if author and details else []
        return [*prefix, *author, *between, *details, *self._suffix(cite)]

    def _author(self, cite: Cite, *, in_text: bool = False) -> list[Node]:
        work = self.works.get(cite.key)
        if work is None:
            return [{"t": "Strong", "c": [string(f"{cite.key}?")]}]
        if not in_text:
            return inlines(work.author)
        return inlines(self.renderer.author(work.cited, shown=work.shown, in_text=True))

    def _details(self, cite: Cite) -> list[Node]:
        work = self.works.get(cite.key)
        if work is None:
            return []
        return inlines(self.renderer.details(work.cited, cite.locator) if cite.locator else work.year)

    def _suffix(self, cite: Cite) -> list[Node]:
        """What is written after the locator, apart from what stands before it."""
        first = cite.suffix[0] if cite.suffix else None
        if first is None or first["t"] == "Space" or (first["t"] == "Str" and not first["c"][:1].isalnum()):
            return list(cite.suffix)
        return [*words(", " if cite.form is Form.IN_TEXT else " "), *cite.suffix]
