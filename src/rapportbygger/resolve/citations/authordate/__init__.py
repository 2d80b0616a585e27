"""The engine for author-date styles: citeproc-py formats one reference, this what depends on the whole document."""

from __future__ import annotations

from rapportbygger.memory import kept
from rapportbygger.nodes import Node
from rapportbygger.resolve.citations.authordate.catalogue import Catalogue
from rapportbygger.resolve.citations.authordate.cluster_text import Writer
from rapportbygger.resolve.citations.authordate.works import Works, batches
from rapportbygger.resolve.citations.clusters import Cluster, Entry, Formatted
from rapportbygger.resolve.citations.reference.richtext import joined
from rapportbygger.resolve.citations.task import Task, Tools

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
    """The works of one document or of several that cite the same in the same order, and their citations."""

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
    """The works as they are told apart, kept for the next document that cites them in the same order."""
    catalogue = _catalogue(task, tools)
    works = catalogue.works(task)
    met = tuple(batches(works, task.clusters))

    def made() -> _Bibliography:
        return _Bibliography(catalogue, Works(catalogue, works, met))

    return tools.memory.shared("bibliography", met, made) if tools.memory else made()


def _catalogue(task: Task, tools: Tools) -> Catalogue:
    """The works of all documents in that style and language, where there is a memory to keep them in."""
    style, lang, memory = task.style, task.lang, tools.memory
    if memory is None:
        return Catalogue(style, lang, None)
    return memory.shared("catalogue", (style.xml, lang), lambda: Catalogue(style, lang, memory))
