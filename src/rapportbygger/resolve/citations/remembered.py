"""Citations as they were formatted before: a document that cites as it did needs no engine, a work no citeproc-py.

The key is all that the result depends on: the citations, the references that they name, style, language and engine, and
the programs that write them. Works that are not cited, and the document around the citations, are not in it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from typing import Any

from rapportbygger.memory import key_of
from rapportbygger.protocols import Memory
from rapportbygger.recent import Recent
from rapportbygger.resolve.citations.clusters import Entry, Formatted, Item
from rapportbygger.resolve.citations.provenance import citeproc_version, own_code
from rapportbygger.resolve.citations.task import Task, Tools

_KIND = "citations"


def formatted(task: Task, tools: Tools, engine: str, make: Callable[[Task, Tools], Formatted]) -> Formatted:
    """What `make`, the engine of that name, makes of a task; from memory where it is remembered."""
    memory = tools.memory
    if memory is None:
        return make(task, tools)
    key = _key(task, tools, engine)
    value = memory.get(_KIND, key)
    if value is None:
        value = _bytes(make(task, tools))
        memory.put(_KIND, key, value)
    # Also what was made now is read from its bytes: it must not differ from what will be remembered.
    return _read.of((key, value), lambda: _from_bytes(value))


_read = Recent[tuple[str, bytes], Formatted]()
"""What the last documents read from memory: those that cite alike have the same entries, which need be written once."""


def _key(task: Task, tools: Tools, engine: str) -> str:
    references = {key: task.references[key] for key in task.keys}
    # Beside pandoc too, citeproc-py writes the authors in running text.
    programs = (citeproc_version(), tools.pandoc.build if engine == "pandoc" and tools.pandoc is not None else "")
    said = (task.style.xml.decode("utf-8"), task.lang, task.nocite, repr(task.places), repr(tuple(task.clusters)))
    return key_of(engine, programs, own_code(), said, references)


def _bytes(made: Formatted) -> bytes:
    """What was made, a tenth as long as it is in words."""
    entries = [(entry.key, entry.inlines) for entry in made.entries]
    text = json.dumps([made.clusters, entries, sorted(made.failed)], ensure_ascii=False)
    return zlib.compress(text.encode("utf-8", "surrogatepass"), level=1)


def _from_bytes(value: bytes) -> Formatted:
    clusters, entries, failed = json.loads(zlib.decompress(value).decode("utf-8", "surrogatepass"))
    return Formatted(_tuples(clusters), tuple(Entry(key, tuple(text)) for key, text in entries), frozenset(failed))


def _tuples(clusters: list[list[Any]]) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(cluster) for cluster in clusters)


class Texts:
    """The texts of single references in one style and language, as they were formatted before.

    `style` is all that decides how they are written, apart from the reference itself.
    """

    def __init__(self, memory: Memory | None, *style: object) -> None:
        self._memory = memory
        self._style = key_of(own_code(), citeproc_version(), *style) if memory else ""

    def text(self, item: Item, make: Callable[[], str]) -> str:
        """The text of a work, which `make` gives. Where that raises, nothing is kept."""
        if self._memory is None:
            return make()
        key = key_of(self._style, item)
        value = self._memory.get("reference", key)
        if value is not None:
            return value.decode("utf-8", "surrogatepass")
        made = make()
        self._memory.put("reference", key, made.encode("utf-8", "surrogatepass"))
        return made
