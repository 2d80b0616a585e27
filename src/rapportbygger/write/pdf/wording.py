"""Inlines as Typst's markup, or made ready for pandoc to write them."""

from __future__ import annotations

from collections.abc import Sequence

from rapportbygger.nodes import Node
from rapportbygger.write.pdf.call import plain_block, raw
from rapportbygger.write.pdf.inlines import Names, typst_inlines
from rapportbygger.write.pdf.plain_inlines import written


def wording(inlines: Sequence[Node], names: Names) -> Node:
    """The inlines as a block: raw where they can be written at once, a plain one where pandoc has to."""
    ready = typst_inlines(inlines, names)
    text = written(ready)
    return plain_block(ready) if text is None else raw(text)
