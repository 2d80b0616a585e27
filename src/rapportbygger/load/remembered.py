"""Files of data as they were read before: what holds the same is not read again, in this run or the next."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any, TypeAlias

from rapportbygger.diagnostics import Problems, recalled
from rapportbygger.form.places import WorkbookData
from rapportbygger.memory import Past
from rapportbygger.model import Data

Reading: TypeAlias = tuple[Data | None, Problems]
_KIND = "file"
_PLACES: Mapping[type[Data], tuple[str, ...]] = {
    Data: ("keys", "values"),
    WorkbookData: ("keys", "values", "on", "labels"),
}


def reading(past: Past, content: str | bytes, file: str, read: Callable[[], Reading], *rules: object) -> Reading:
    """What `read` makes of a file's content; `rules` is what else that depends on."""
    held = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    key = past.key(file, sha256(held).hexdigest(), *rules)
    known = past.get(_KIND, key)
    if known is not None:
        return _from_bytes(known, file)
    made = read()
    value = _bytes(*made)
    if value is not None:
        past.put(_KIND, key, value)
    return made


def _bytes(data: Data | None, problems: Problems) -> bytes | None:
    """Values and problems on the first line, then each kind of places on one of its own."""
    lines: list[Any] = [{"problems": [asdict(problem) for problem in problems]}]
    if data is not None:
        lines[0] |= {"value": data.value, "kind": type(data).__name__}
        lines += [list(getattr(data, name).items()) for name in _PLACES[type(data)]]
    try:
        text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    except (TypeError, ValueError):  # what JSON cannot hold is read again each time
        return None
    return text.encode("utf-8", "surrogatepass")


def _from_bytes(known: bytes, file: str) -> Reading:
    first, *rest = known.decode("utf-8", "surrogatepass").split("\n")
    said = json.loads(first)
    problems = recalled(said["problems"])
    if "value" not in said:
        return None, problems
    kind = next(kind for kind in _PLACES if kind.__name__ == said["kind"])
    places: dict[str, Any] = dict(zip(_PLACES[kind], map(_Places, rest), strict=True))
    return kind(file, said["value"], **places), problems


class _Places(Mapping[tuple[str | int, ...], Any]):
    """Places by path, taken out of their JSON when one is asked for: only problems ask."""

    __slots__ = ("_known", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[tuple[str | int, ...], Any] | None = None

    def _all(self) -> dict[tuple[str | int, ...], Any]:
        if self._known is None:
            self._known = dict(map(_place, json.loads(self._text)))
        return self._known

    def __getitem__(self, path: tuple[str | int, ...]) -> Any:
        return self._all()[path]

    def __iter__(self) -> Iterator[tuple[str | int, ...]]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


def _place(pair: list[Any]) -> tuple[tuple[str | int, ...], Any]:
    path, at = pair
    return tuple(path), tuple(at) if isinstance(at, list) else at
