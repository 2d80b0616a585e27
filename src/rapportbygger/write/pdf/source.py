"""Typst's source of a document: calls as they are, and what pandoc makes of the inlines between them.

It is divided at the document's headings, each part in a file of its own: a part that is the same in the next document
has the same file there, and Typst finds again what it has laid out of it (see typst/measures.typ).

Only inlines that are more than words go to pandoc, all new ones in one job, and each block only once: when a layout has
to be mended, or another document has the same paragraph, that costs what was changed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from rapportbygger.nodes import Node
from rapportbygger.recent import OfEach, Recent
from rapportbygger.write.pdf import plain_inlines
from rapportbygger.write.pdf.call import raw

if TYPE_CHECKING:
    from rapportbygger.pandoc import Pandoc

FORMAT = "typst-smart"
"""Without smart, so that quotation marks and dashes are written as they are in the document."""
_BETWEEN = "//\u241e"
"""A comment line that nothing in a document writes."""
_IMPORTS = '#import "blocks.typ": *\n#import "stories.typ": sheet\n'


@dataclass(frozen=True, slots=True)
class Part:
    """Where a part of a document's source begins among its blocks, and the name of its file.

    "": it has none, because what it sets holds for the parts behind it too.
    """

    begin: int
    file: str


_known = Recent[str, str]()
"""What pandoc has written of the last blocks, by the blocks as JSON."""


_known_blocks = OfEach[Node, str]()
"""The same by the blocks themselves: most are those of the document before."""


class Source:
    """Writes the Typst source of a document, and remembers pandoc's part of it."""

    def __init__(self, pandoc: Pandoc) -> None:
        self._pandoc = pandoc
        self._texts: dict[int, tuple[Node, str]] = {}

    def files(self, blocks: Sequence[Node], parts: Sequence[Part]) -> dict[str, str]:
        """The files of a document's parts, and body.typ, which puts them together. Raises PandocError."""
        texts = self.of(blocks)
        ends = [*(part.begin for part in parts[1:]), len(texts)]
        sources = ["\n".join(texts[part.begin : end]) + "\n" for part, end in zip(parts, ends, strict=True)]
        pairs = list(zip(parts, sources, strict=True))
        body = (f'#include "{part.file}"\n' if part.file else text for part, text in pairs)
        return {
            **{part.file: _IMPORTS + text for part, text in pairs if part.file},
            "body.typ": _IMPORTS + "".join(body),
        }

    def of(self, blocks: Sequence[Node]) -> list[str]:
        """The source of each of raw Typst blocks with plain blocks between them. Raises PandocError."""
        texts = [block["c"][1] if block["t"] == "RawBlock" else self._text(block) for block in blocks]
        new = [block for block, text in zip(blocks, texts, strict=True) if text is None]
        written = iter(self._written(new))
        return [next(written) if text is None else text for text in texts]

    def _text(self, block: Node) -> str | None:
        """What is known of a block: of this document's own, everything."""
        own = self._texts.get(id(block))
        return _known_blocks.get(block) if own is None else own[1]

    def _written(self, blocks: Sequence[Node]) -> list[str]:
        """Each block as Typst: what is nothing but words by ourselves, what is not known by what it holds by pandoc."""
        plain = [plain_inlines.written(block["c"]) for block in blocks]
        left = iter(self._by_pandoc([block for block, text in zip(blocks, plain, strict=True) if text is None]))
        texts = [next(left) if text is None else text for text in plain]
        for block, text in zip(blocks, texts, strict=True):
            self._texts[id(block)] = block, text
            _known_blocks.put(block, text)
        return texts

    def _by_pandoc(self, blocks: Sequence[Node]) -> list[str]:
        keys = [json.dumps(block["c"], ensure_ascii=False) for block in blocks]
        found = {key: text for key in keys if (text := _known.get(key)) is not None}
        new = {key: block for key, block in zip(keys, blocks, strict=True) if key not in found}
        for key, text in zip(new, self._asked(list(new.values())) if new else (), strict=True):
            found[key] = text
            _known.put(key, text)
        return [found[key] for key in keys]

    def _asked(self, blocks: Sequence[Node]) -> list[str]:
        marked = [[block, raw(_BETWEEN)] for block in blocks]
        halves = [list(chain(*half)) for half in (marked[: len(marked) // 2], marked[len(marked) // 2 :]) if half]
        written = self._pandoc.write_each(halves, FORMAT)
        return [text.strip("\n") for half in written for text in half.split(_BETWEEN)[:-1]]
