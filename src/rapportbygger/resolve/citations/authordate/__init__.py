"""The engine for author-date styles: citeproc-py formats one reference, this what depends on the whole document."""

from __future__ import annotations

from rapportbygger.language import labels
from rapportbygger.nodes import Node, words
from rapportbygger.resolve.citations.authordate.cluster_text import Writer
from rapportbygger.resolve.citations.authordate.style import read
from rapportbygger.resolve.citations.authordate.works import Works
from rapportbygger.resolve.citations.clusters import Entry, Formatted, Item
from rapportbygger.resolve.citations.reference import Renderer
from rapportbygger.resolve.citations.reference.items import creators, tidy
from rapportbygger.resolve.citations.reference.richtext import inlines, joined
from rapportbygger.resolve.citations.task import Task, Tools


def formatted(task: Task, tools: Tools) -> Formatted:
    """Every citation and the reference list, in an author-date style.

    Works that are not among the references show their key in bold with a question mark. One whose entry is empty in
    the style (a personal communication) is not listed.
    """
    bcp47 = labels(task.lang).bcp47
    style, renderer = read(task.style), Renderer(bcp47, tools.memory)
    items = {key: _nameable(key, tidy(task.references[key], bcp47)) for key in task.keys}
    works = Works(style, renderer.cite, task, items)
    writer = Writer(style, works, items.keys(), works.cite_order())
    entries = {key: renderer.entry(style.xml, works.lettered(key)) for key in works.order}
    return Formatted(
        tuple(tuple(joined(writer.cluster(cluster))) for cluster in task.clusters),
        tuple(Entry(key, tuple(_listed(entry, items[key]))) for key, entry in entries.items() if entry != ""),
        frozenset(key for key, entry in entries.items() if entry is None),
    )


def _nameable(key: str, item: Item) -> Item:
    """A work with something to cite it by: where there is neither name nor title, its key."""
    return item if creators(item) or item.get("title") else {**item, "title": key}


def _listed(entry: str | None, item: Item) -> list[Node]:
    """An entry; of a work that could not be formatted, its title."""
    return words(str(item.get("title") or "?")) if entry is None else inlines(entry)
