"""The engine for author-date styles: citeproc-py formats one reference, this what depends on the whole document."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from rapportbygger.memory import kept
from rapportbygger.nodes import Node
from rapportbygger.resolve.citations.authordate.catalogue import Catalogue
from rapportbygger.resolve.citations.authordate.cluster_text import Writer
from rapportbygger.resolve.citations.authordate.works import Works, batches
from rapportbygger.resolve.citations.clusters import Cluster, Entry, Formatted
from rapportbygger.resolve.citations.reference.richtext import joined
from rapportbygger.resolve.citations.task import Task, Tools

T = TypeVar("T")
_CLUSTERS = 2000
"""How many citations of the same works are kept."""


def formatted(task: Task, tools: Tools) -> Formatted:
    """Every citation and the reference list, in an author-date style.

    Works that are not among the references show their key in bold with a question mark. One whose entry is empty in
    the style (a personal communication) is not listed.
    """
    bibliography = _bibliography(task, tools)
    clusters = tuple(bibliography.cluster(cluster) for cluster in task.clusters)
    return Formatted(clusters, bibliography.entries, bibliography.failed)


class _Bibliography:
    """The works of one document, or of several that cite the same and tell it apart alike, and their citations."""

    def __init__(self, catalogue: Catalogue, works: Works) -> None:
        self._writer = Writer(catalogue.style, works, frozenset(works.order), works.cite_order())
        self._written: dict[str, tuple[Node, ...]] = {}
        listed = {key: works.listed(key) for key in works.order}
        self.entries = tuple(Entry(key, one.inlines) for key, one in listed.items() if one.inlines is not None)
        self.failed = frozenset(key for key, one in listed.items() if one.failed)

    def cluster(self, cluster: Cluster) -> tuple[Node, ...]:
        """The text of a citation."""
        return kept(self._written, repr(cluster), lambda: tuple(joined(self._writer.cluster(cluster))), _CLUSTERS)


def _bibliography(task: Task, tools: Tools) -> _Bibliography:
    """The works as they are told apart, kept for other documents: those in the same order need not even do that."""
    catalogue = _catalogue(task, tools)
    works = catalogue.works(task)
    met = tuple(batches(works, task.clusters))

    def made() -> _Bibliography:
        found = Works(catalogue, works, met)
        return _shared(tools, "told apart", found.told, lambda: _Bibliography(catalogue, found))

    return _shared(tools, "met", met, made)


def _shared(tools: Tools, kind: str, key: Hashable, make: Callable[[], T]) -> T:
    return tools.memory.shared(kind, key, make) if tools.memory else make()


def _catalogue(task: Task, tools: Tools) -> Catalogue:
    """The works of all documents in that style and language, where there is a memory to keep them in."""
    made_of = task.style.xml, task.lang
    return _shared(tools, "catalogue", made_of, lambda: Catalogue(task.style, task.lang, tools.memory))
