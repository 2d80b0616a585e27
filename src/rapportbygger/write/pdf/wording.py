"""Inlines as Typst's markup, or made ready for pandoc to write them, each once: in every layout of a document most of
them are the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapportbygger.nodes import Node
from rapportbygger.write.pdf.call import plain_block, raw
from rapportbygger.write.pdf.inlines import Names, typst_inlines
from rapportbygger.write.pdf.marks import with_marks
from rapportbygger.write.pdf.plain_inlines import written

_Key = tuple[int, ...]


class Wording:
    """What inlines of a document have become. They are known by their identity, and kept, so that it stays theirs."""

    def __init__(self) -> None:
        self._blocks: dict[_Key, tuple[Sequence[Node], Node]] = {}
        self._marked: dict[_Key, tuple[Sequence[Node], list[Node]]] = {}

    def block(self, inlines: Sequence[Node], names: Names) -> Node:
        """The inlines as a block, the same one for the same inlines; those that take a name are made anew.

        Raw where they can be written at once, a plain one where pandoc has to.
        """
        key = tuple(map(id, inlines))
        known = self._blocks.get(key)
        if known is not None:
            return known[1]
        taken = len(names.written)
        ready = typst_inlines(inlines, names)
        text = written(ready)
        block = plain_block(ready) if text is None else raw(text)
        if len(names.written) == taken:
            self._blocks[key] = (tuple(inlines), block)
        return block

    def marked(self, inlines: Sequence[Node], unit: int) -> list[Node]:
        """The inlines of a unit (see `units`) with a mark at the end of every word."""
        key = (unit, *map(id, inlines))
        if key not in self._marked:
            self._marked[key] = (tuple(inlines), with_marks(inlines, unit))
        return self._marked[key][1]
