"""Citations as they were formatted before: a document that cites as it did needs no engine, a work no citeproc-py.

The key is all that the result depends on: the citations, the references that they name, style, language and engine, and
the programs that write them. Works that are not cited, and the document around the citations, are not in it.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from typing import Any

from rapportbygger.memory import key_of
from rapportbygger.nodes import Node
from rapportbygger.protocols import Memory
from rapportbygger.recent import OfEach, Recent
from rapportbygger.resolve.citations.clusters import Cluster, Entry, Formatted, Item
from rapportbygger.resolve.citations.csl import Style
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
    return _from_bytes(value)


def _key(task: Task, tools: Tools, engine: str) -> str:
    references = [(key, _reference(task.references[key])) for key in task.keys]
    # Beside pandoc too, citeproc-py writes the authors in running text.
    programs = (citeproc_version(), tools.pandoc.build if engine == "pandoc" and tools.pandoc is not None else "")
    places = [(place.note, place.inside, place.opening) for place in task.places]
    said = (_style(task.style), task.lang, task.nocite, places, [_cluster(cluster) for cluster in task.clusters])
    return key_of(engine, programs, own_code(), said, references)


_reference = OfEach[Item, str](key_of)
_style = OfEach[Style, str](lambda style: sha256(style.xml).hexdigest())
_cluster = OfEach[Cluster, str](repr)


def _bytes(made: Formatted) -> bytes:
    """What was made, a tenth as long as it is in words. Each text is JSON in the JSON: most are known by that."""
    clusters = [_dumped(cluster) for cluster in made.clusters]
    entries = [(entry.key, _dumped(entry.inlines)) for entry in made.entries]
    return zlib.compress(_dumped([clusters, entries, sorted(made.failed)]).encode("utf-8", "surrogatepass"), level=1)


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _from_bytes(value: bytes) -> Formatted:
    clusters, entries, failed = json.loads(zlib.decompress(value).decode("utf-8", "surrogatepass"))
    used = Counter[str]()
    texts = []
    for text in clusters:
        texts.append(_texts.of((text, used[text]), partial(_text, text)))
        used[text] += 1
    made = [_entries.of((key, text), partial(_entry, key, text)) for key, text in entries]
    return Formatted(tuple(texts), tuple(made), frozenset(failed))


def _text(text: str) -> tuple[Node, ...]:
    return tuple(json.loads(text))


def _entry(key: str, text: str) -> Entry:
    return Entry(key, _text(text))


_texts = Recent[tuple[str, int], tuple[Node, ...]]()
"""The texts of the last citations: in one document the same object does not stand for two that say the same."""
_entries = Recent[tuple[str, str], Entry]()


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
