"""Typst's source of a document: calls as they are, and what pandoc makes of the inlines between them.

Only inlines go to pandoc, all new ones in one job, and each block only once: when a layout has to be mended, that costs
what was changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from rapportbygger.nodes import Node
from rapportbygger.write.pdf.call import raw

if TYPE_CHECKING:
    from rapportbygger.pandoc import Pandoc

FORMAT = "typst-smart"
"""Without smart, so that quotation marks and dashes are written as they are in the document."""
_BETWEEN = "//\u241e"
"""A comment line that nothing in a document writes."""


class Source:
    """Writes Typst source, and remembers pandoc's part of it."""

    def __init__(self, pandoc: Pandoc) -> None:
        self._pandoc = pandoc
        self._known: dict[int, tuple[Node, str]] = {}

    def of(self, blocks: Sequence[Node]) -> str:
        """The source of raw Typst blocks with plain blocks between them. Raises PandocError."""
        new = {id(block): block for block in blocks if block["t"] != "RawBlock" and id(block) not in self._known}
        written = zip(new.values(), self._written(new.values()), strict=True)
        self._known.update((id(block), (block, text)) for block, text in written)
        texts = (block["c"][1] if block["t"] == "RawBlock" else self._known[id(block)][1] for block in blocks)
        return "\n".join(texts) + "\n"

    def _written(self, blocks: Iterable[Node]) -> list[str]:
        marked = [[block, raw(_BETWEEN)] for block in blocks]
        halves = [list(chain(*half)) for half in (marked[: len(marked) // 2], marked[len(marked) // 2 :]) if half]
        written = self._pandoc.write_each(halves, FORMAT)
        return [text.strip("\n") for half in written for text in half.split(_BETWEEN)[:-1]]
