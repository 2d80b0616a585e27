"""The citations of a document one by one, where they stand, and their texts put in their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from rapportbygger.model import Document
from rapportbygger.nodes import LEAVES, Node, elements, holds, walk, without_notes
from rapportbygger.recent import OfEach, Recent
from rapportbygger.resolve.citations.clusters import Cluster, cluster_of, source_of
from rapportbygger.resolve.citations.task import Place


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A citation in a document: what it cites, and where it stands. `source` is what was written, for its echoes.

    An echo is what says a citation again: the title of a heading in the contents, a caption as alternative text.
    """

    source: str
    cluster: Cluster
    place: Place


def numbered(document: Document) -> Document:
    """The document with a number for each citation, where pandoc would number it (`citationHash`)."""
    blocks, first = [], 1
    for block in document.blocks:
        cites = len(elements((block,), "Cite")) if holds(block, "Cite") else 0
        blocks.append(_numbered_from(block, first) if cites else block)
        first += cites
    return replace(document, blocks=tuple(blocks))


_known = Recent[tuple[int, int], tuple[Node, Node]]()
"""The last blocks with citations and what became of them, by what block it is and the number of its first citation."""


def _numbered_from(block: Node, first: int) -> Node:
    numbers = count(first)

    def number(cite: Node) -> Node:
        at = next(numbers)
        return {"t": "Cite", "c": [[{**one, "citationHash": at} for one in cite["c"][0]], cite["c"][1]]}

    return _known.of((id(block), first), lambda: (block, walk(block, {"Cite": number})))[1]


def occurrences(document: Document) -> dict[int, Occurrence]:
    """The citations of a `numbered` document in reading order, by number; echoes of none of them come last."""
    reader = _Reader()
    reader.read([block for block in document.blocks if holds(block, "Cite", "Note")])
    said = {one.source for one in reader.found.values()}
    echoes = [*elements(elements(document.blocks, "Image"), "Cite"), *_titles(document)]
    for at, cite in enumerate(echoes, 1):
        if source_of(cite) not in said:
            said.add(source_of(cite))
            reader.found[-at] = Occurrence(source_of(cite), cluster_of(cite), Place(reader.notes + at))
    return reader.found


def _titles(document: Document) -> Iterator[Node]:
    for target in document.targets.values():
        if _has_cites(target.title):
            yield from elements(without_notes(list(target.title)), "Cite")


def _has_cites(inlines: Sequence[Node]) -> bool:
    return bool(elements(list(inlines), "Cite"))


_cites = OfEach[Node, tuple[str, Cluster]](lambda cite: (source_of(cite), cluster_of(cite)))
_PASSED_OVER = LEAVES | {"Image"}
_TREES = (dict, list, tuple)


class _Reader:
    """Reads a document from its beginning, and counts its footnotes: its own, and those a note style makes."""

    def __init__(self) -> None:
        self.found: dict[int, Occurrence] = {}
        self.notes = 0
        self._opening: Node | None = None

    def read(self, node: Any, note: int = 0) -> None:
        """Find the citations in a tree, which stands in the author's own footnote number `note`, if any."""
        if type(node) is dict:
            if node.get("t") not in _PASSED_OVER:
                self._element(node, note)
        elif isinstance(node, (list, tuple)) and node and type(node[0]) is not str:  # attributes and addresses
            for child in node:
                if type(child) is list or (type(child) is dict and child.get("t") not in LEAVES):
                    self.read(child, note)

    def _element(self, node: Node, note: int) -> None:
        if node.get("t") == "Cite":
            opening, self._opening = node is self._opening, None
            place = replace(self._place(note), opening=opening)
            self.found[_number(node)] = Occurrence(*_cites(node), place)
            for one in node["c"][0]:
                self.read([one["citationPrefix"], one["citationSuffix"]], place.note)
        elif node.get("t") == "Note":
            self._opening = next(iter(elements(node["c"][:1])[1:]), None)
            self.read(node["c"], self._place(note).note)
        else:
            for value in node.values():
                self.read(value, note)

    def _place(self, note: int) -> Place:
        self.notes += not note
        return Place(note or self.notes, inside=bool(note))


def _number(cite: Node) -> int:
    return int(cite["c"][0][0]["citationHash"])


def cited(document: Document, found: Mapping[int, Occurrence], texts: Sequence[Node]) -> Document:
    """The document with its citations replaced by their texts, in headings and captions as others repeat them too."""
    writer = _Writer(dict(zip(found, texts, strict=True)), found)
    targets = {
        identifier: replace(target, title=tuple(writer.echoed(target.title))) if _has_cites(target.title) else target
        for identifier, target in document.targets.items()
    }
    blocks = (writer.written(block) if holds(block, "Cite") else block for block in document.blocks)
    return replace(document, blocks=tuple(blocks), targets=targets)


class _Writer:
    """Puts texts in the place of citations, and of those inside them (as `walk`, but the outer ones first)."""

    def __init__(self, texts: Mapping[int, Node], found: Mapping[int, Occurrence]) -> None:
        self._texts = texts
        first = {one.source: number for number, one in reversed(list(found.items()))}
        self._said = {source: texts[number] for source, number in first.items()}

    def written(self, node: Any) -> Any:
        if type(node) is list or type(node) is tuple:
            if not node or type(node[0]) is str:  # attributes and addresses
                return node
            return [
                child if type(child) is dict and child.get("t") in LEAVES else self.written(child) for child in node
            ]
        if type(node) is not dict or node.get("t") in LEAVES:
            return node
        if node.get("t") == "Image":
            return {"t": "Image", "c": [node["c"][0], self.echoed(node["c"][1]), node["c"][2]]}
        if node.get("t") == "Cite":
            node = self._texts[_number(node)]
        return {key: self.written(value) for key, value in node.items()}

    def echoed(self, inlines: Sequence[Node]) -> list[Node]:
        """Inlines that repeat others: without the footnotes that a note style makes."""
        made = walk(list(inlines), {"Cite": lambda cite: self._said[source_of(cite)]})
        return _trimmed(without_notes(made)) if made != list(inlines) else list(inlines)


def _trimmed(inlines: list[Node]) -> list[Node]:
    """Inlines without what is left of a citation that was a footnote only, and without the space before it."""
    kept: list[Node] = []
    for inline in inlines:
        if inline["t"] == "Span" and not inline["c"][1]:
            kept = kept[:-1] if kept and kept[-1]["t"] == "Space" else kept
        else:
            kept.append(inline)
    return kept
