"""Who turns texts of references into CSL: pandoc, or pandoc with a memory of what it has read before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from typing import Any, Protocol, TypeAlias

from rapportbygger.memory import Memory, key_of
from rapportbygger.pandoc import SCRIPT, Pandoc

Items: TypeAlias = list[dict[str, Any]] | None
"""The references in a text as CSL-JSON; None for a text that cannot be read."""

_KIND = "csl"


class Converter(Protocol):
    """Reads texts of references in one of pandoc's formats. Raises PandocError."""

    def csl(self, texts: Sequence[str], format: str) -> list[Items]:  # noqa: A002 - pandoc's own word
        """The references in each text."""


class Remembering:
    """A pandoc that reads no text twice, in this run or the next."""

    def __init__(self, pandoc: Pandoc, memory: Memory) -> None:
        self._pandoc, self._memory = pandoc, memory

    def csl(self, texts: Sequence[str], format: str) -> list[Items]:  # noqa: A002 - pandoc's own word
        """As `Pandoc.csl`."""
        keys = [key_of(self._pandoc.build, _own_code(), format, text) for text in texts]
        known = {key: self._memory.get(_KIND, key) for key in keys}
        found = {key: json.loads(value) for key, value in known.items() if value is not None}
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        made = self._pandoc.csl(list(new.values()), format) if new else []
        for key, items in zip(new, made, strict=True):
            found[key] = items
            self._memory.put(_KIND, key, json.dumps(items, ensure_ascii=False).encode("utf-8"))
        return [found[key] for key in keys]


@cache
def _own_code() -> str:
    """The SHA-256 of what asks pandoc."""
    return sha256(SCRIPT.read_bytes()).hexdigest()
