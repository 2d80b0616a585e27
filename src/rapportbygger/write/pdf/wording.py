"""Inlines made ready for pandoc's Typst writer, each once: in every layout of a document most of them are the same."""

from __future__ import annotations

from collections.abc import Sequence

from rapportbygger.nodes import Node, elements
from rapportbygger.recent import Recent
from rapportbygger.write.pdf.call import plain_block
from rapportbygger.write.pdf.inlines import Names, typst_inlines
from rapportbygger.write.pdf.marks import with_marks

_Key = tuple[int, ...]
_ASK_NAMES = ("Span", "Link", "Image", "Note", "Math", "Cite")
"""The kinds of which a document's own names, pictures or language decide what they become."""
_words_alone = Recent[_Key, tuple[Sequence[Node], Node]]()
"""What the last inlines without any of those have become, which is the same in every document."""


class Wording:
    """What inlines of a document have become. They are known by their identity, and kept, so that it stays theirs."""

    def __init__(self) -> None:
        self._blocks: dict[_Key, tuple[Sequence[Node], Node]] = {}
        self._marked: dict[_Key, tuple[Sequence[Node], list[Node]]] = {}

    def block(self, inlines: Sequence[Node], names: Names) -> Node:
        """The inlines as a plain block, the same one for the same inlines; those that take a name are made anew."""
        key = tuple(map(id, inlines))
        known = self._blocks.get(key) or _words_alone.get(key)
        if known is not None:
            return known[1]
        taken = len(names.written)
        block = plain_block(typst_inlines(inlines, names))
        if len(names.written) == taken:
            self._blocks[key] = (tuple(inlines), block)
            if not elements(list(inlines), *_ASK_NAMES):
                _words_alone.put(key, (tuple(inlines), block))
        return block

    def marked(self, inlines: Sequence[Node], unit: int) -> list[Node]:
        """The inlines of a unit (see `units`) with a mark at the end of every word."""
        key = (unit, *map(id, inlines))
        if key not in self._marked:
            self._marked[key] = (tuple(inlines), with_marks(inlines, unit))
        return self._marked[key][1]
