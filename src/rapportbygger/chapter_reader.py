"""pandoc as a reader of chapters, with a memory of what it has read before."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from rapportbygger import reading_together
from rapportbygger.memory import key_of
from rapportbygger.pandoc import MARKDOWN, SCRIPT, Pandoc, Parsed
from rapportbygger.protocols import Memory

_KIND = "chapter"


class Reader(Protocol):
    """Reads texts in pandoc's Markdown, each apart from the others. Raises PandocError."""

    def parse(self, texts: Sequence[str]) -> list[Parsed]:
        """Each text as pandoc reads it."""


class Remembering:
    """A pandoc that reads no text twice, in this run or the next.

    Only those in `lasting` are remembered (None: all): a municipality's own words are read when they have changed.
    """

    def __init__(self, pandoc: Pandoc, memory: Memory | None, lasting: Collection[str] | None = None) -> None:
        self._pandoc, self._memory, self._lasting = pandoc, memory, lasting

    def parse(self, texts: Sequence[str]) -> list[Parsed]:
        """As `Pandoc.parse`."""
        memory = self._memory
        if memory is None:
            return reading_together.read(texts, self._pandoc.parse)
        keys = {text: self._key(text) for text in texts if self._lasting is None or text in self._lasting}
        known = {text: _from_bytes(value) for text, key in keys.items() if (value := memory.get(_KIND, key))}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        for text, parsed in zip(new, reading_together.read(new, self._pandoc.parse) if new else (), strict=True):
            known[text] = parsed
            if text in keys:
                memory.put(_KIND, keys[text], _bytes(parsed))
        return [known[text] for text in texts]

    def _key(self, text: str) -> str:
        return key_of(self._pandoc.build, _own_code(), MARKDOWN, text)


@cache
def _own_code() -> str:
    """The SHA-256 of what asks pandoc, and of what reads the beginnings of texts in its place."""
    here = Path(__file__).parent
    files = (here / "chapter_pieces.py", here / "reading_together.py", *sorted(here.glob("plain_markdown/*.py")))
    return sha256(b"\0".join(file.read_bytes() for file in (SCRIPT, *files))).hexdigest()


def _bytes(parsed: Parsed) -> bytes:
    text = json.dumps([parsed.blocks, parsed.meta, parsed.log, parsed.error], ensure_ascii=False)
    return zlib.compress(text.encode("utf-8", "surrogatepass"), level=1)


def _from_bytes(value: bytes) -> Parsed:
    blocks, meta, log, error = json.loads(zlib.decompress(value).decode("utf-8", "surrogatepass"))
    return Parsed(blocks, meta, tuple(log), error)
