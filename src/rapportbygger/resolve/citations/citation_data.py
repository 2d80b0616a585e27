"""The citations of a document as data, for programs that go on citing in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rapportbygger.cited import Citations, CitedWork
from rapportbygger.csl_variables import DATES, NAMES
from rapportbygger.nodes import Node, plain
from rapportbygger.recent import OfEach
from rapportbygger.resolve.citations.clusters import Cite, Cluster, Item
from rapportbygger.resolve.citations.reference.items import tidy


def citations(
    clusters: Sequence[Cluster], references: Mapping[str, Item], listed: Iterable[str], style: str
) -> Citations:
    """What is cited, with citations numbered from "1". `listed` are the keys of the list in its order."""
    works = {key: _items(references[key]) for key in listed if key in references}
    numbered = {str(at): _works(cluster) for at, cluster in enumerate(clusters, 1)}
    return Citations(numbered, works, style)


def _item(reference: Item) -> Item:
    """A reference with names and dates in the forms of CSL-JSON, and texts as they are."""
    formed = {name: value for name, value in tidy(reference, "").items() if name in _FORMED}
    return {name: value for name, value in reference.items() if name not in _FORMED} | formed


_FORMED = NAMES | DATES
_items = OfEach[Item, Item](_item)


def _work(cite: Cite) -> CitedWork:
    label, locator = (cite.locator.label, cite.locator.value) if cite.locator else ("", "")
    return CitedWork(cite.key, cite.form.value, label, locator, _text(cite.prefix), _text(cite.suffix))


_works = OfEach[Cluster, tuple[CitedWork, ...]](lambda cluster: tuple(map(_work, cluster)))


def _text(inlines: Sequence[Node]) -> str:
    return plain(inlines).replace("\n", " ")
