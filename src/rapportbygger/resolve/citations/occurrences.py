"""The citations of a document one by one, where they stand, and their texts put in their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, NamedTuple

from rapportbygger.model import Document
from rapportbygger.nodes import LEAVES, Node, branches, changed, elements, holding, walk, without_notes
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


class _Block(NamedTuple):
    """A block with its citations numbered from 1, where pandoc would number them (`citationHash`), and what was read.

    The `found` stand by their numbers, in reading order, in places as if the block was the first of its document;
    `cites` and `notes` are how many citations and footnotes there are in it.
    """

    numbered: Node
    found: tuple[tuple[int, Occurrence], ...]
    cites: int
    notes: int


def _read(block: Node) -> _Block:
    numbers = count(1)

    def number(cite: Node) -> Node:
        at = next(numbers)
        return {"t": "Cite", "c": [[{**one, "citationHash": at} for one in cite["c"][0]], cite["c"][1]]}

    numbered = walk(block, {"Cite": number})
    reader = _Reader()
    reader.read(numbered)
    return _Block(numbered, tuple(reader.found.items()), next(numbers) - 1, reader.notes)


_blocks = OfEach[Node, _Block](_read)


def occurrences(document: Document) -> dict[int, Occurrence]:
    """The citations of a document in reading order, by number; echoes of none of them come last."""
    found, cites, notes = dict[int, Occurrence](), 0, 0
    for block in map(_blocks, holding(document.blocks, "Cite", "Note")):
        found |= {cites + number: _behind(notes, one) for number, one in block.found}
        cites, notes = cites + block.cites, notes + block.notes
    said = {one.source for one in found.values()}
    for at, cite in enumerate([*elements(elements(document.blocks, "Image"), "Cite"), *_titles(document)], 1):
        if source_of(cite) not in said:
            said.add(source_of(cite))
            found[-at] = Occurrence(source_of(cite), cluster_of(cite), Place(notes + at))
    return found


def _behind(notes: int, one: Occurrence) -> Occurrence:
    """A citation with so many footnotes before its block."""
    place = one.place
    return Occurrence(one.source, one.cluster, Place(place.note + notes, place.inside, place.opening))


def _titles(document: Document) -> Iterator[Node]:
    for target in document.targets.values():
        if _has_cites(target.title):
            yield from elements(without_notes(list(target.title)), "Cite")


def _has_cites(inlines: Sequence[Node]) -> bool:
    return bool(elements(branches(inlines), "Cite"))


_PASSED_OVER = LEAVES | {"Image"}
_TREES = (dict, list, tuple)


class _Reader:
    """Reads a block, and counts its footnotes: its own, and those a note style makes."""

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
            for child in [child for child in node if type(child) is not dict or child.get("t") not in LEAVES]:
                self.read(child, note)

    def _element(self, node: Node, note: int) -> None:
        if node.get("t") == "Cite":
            opening, self._opening = node is self._opening, None
            place = replace(self._place(note), opening=opening)
            self.found[_number(node)] = Occurrence(source_of(node), cluster_of(node), place)
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
    blocks = changed(document.blocks, writer.block, "Cite")
    targets = {
        identifier: replace(target, title=tuple(writer.echoed(target.title))) if _has_cites(target.title) else target
        for identifier, target in document.targets.items()
    }
    return replace(document, blocks=blocks, targets=targets)


class _Writer:
    """Puts texts in the place of a document's citations, block by block, and of those inside them."""

    def __init__(self, texts: Mapping[int, Node], found: Mapping[int, Occurrence]) -> None:
        self._texts = texts
        first = {one.source: number for number, one in reversed(list(found.items()))}
        self._said = {source: texts[number] for source, number in first.items()}
        self._before = 0
        self._own: Mapping[int, Node] = {}

    def block(self, block: Node) -> Node:
        """The next block with citations: the same one where another document says the same in it."""
        read, before = _blocks(block), self._before
        self._before += read.cites
        self._own = {at: self._texts[before + at] for at in range(1, read.cites + 1) if before + at in self._texts}
        if len(self._own) < read.cites:  # the others are echoes of what stands anywhere
            made: Node = self.written(read.numbered)
            return made
        key = (id(block), *map(id, self._own.values()))
        return _written.of(key, lambda: (block, self._own, self.written(read.numbered)))[-1]

    def written(self, node: Any) -> Any:
        """A part of the block (as `walk`, but the outer citations first)."""
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
            node = self._own[_number(node)]
        return {key: self.written(value) for key, value in node.items()}

    def echoed(self, inlines: Sequence[Node]) -> list[Node]:
        """Inlines that repeat others: without the footnotes that a note style makes."""
        made = walk(list(inlines), {"Cite": lambda cite: self._said[source_of(cite)]})
        return _trimmed(without_notes(made)) if made != list(inlines) else list(inlines)


_written = Recent[tuple[int, ...], tuple[Node, Mapping[int, Node], Node]]()
"""The last blocks with citations, which are kept with their texts, and what became of them."""


def _trimmed(inlines: list[Node]) -> list[Node]:
    """Inlines without what is left of a citation that was a footnote only, and without the space before it."""
    kept: list[Node] = []
    for inline in inlines:
        if inline["t"] == "Span" and not inline["c"][1]:
            kept = kept[:-1] if kept and kept[-1]["t"] == "Space" else kept
        else:
            kept.append(inline)
    return kept
