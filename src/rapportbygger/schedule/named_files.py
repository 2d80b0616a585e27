"""Files that a municipality's document names by values of its own, as `municipalities/{{ municipality.id }}/map.png`.

Where the values are looked up as simply as that, the very files are known without merging a chapter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from posixpath import normpath
from typing import Any, NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

_VALUE = re.compile(r"\{\{-?\s*(\w+)((?:\.\w+)+)\s*-?\}\}")
_NAME = r"((?:[^(){}\s\"']|\{\{-?\s*\w+(?:\.\w+)+\s*-?\}\})+)"
_PICTURE = re.compile(r"(!\[[^\]]*(?:\[[^\]]*\][^\]]*)*\]\()" + _NAME + r"(?=\))")
_DATA = re.compile(r"(\burl[\"']?\s*:\s*[\"']?)" + _NAME)
_ALIAS = re.compile(r"\{%-?\s*set\s+(\w+)\s*=\s*municipality\s*-?%\}")
_STATEMENT = re.compile(r"\{%-?\s*(for|set|macro|with|call|from|import|include)\b(.*?)%\}", re.DOTALL)
_FOLDER = re.compile(r"[^\s()\[\]{}\"'<>]+")


class Named(NamedTuple):
    """What a text says of files: `rest` is the text without the names that values are in.

    `names` are those, as written but for the municipality's name in them; `folders` all words that a `/` follows.
    """

    rest: str
    names: tuple[str, ...]
    folders: frozenset[str]


def named(text: str) -> Named:
    """What is said of files in a chapter, or in the specification of a chart."""
    own = _own(text) if "{{" in text else set()
    names: list[str] = []

    def take(match: re.Match[str]) -> str:
        if "{{" not in match[2] or any(value[1] not in own for value in _VALUE.finditer(match[2])):
            return match[0]
        names.append(match[2])
        return match[1]

    rest = _DATA.sub(take, _PICTURE.sub(take, text)) if own else text
    return Named(rest, tuple(names), frozenset(_folders(folded(unquote(text)))))


def _folders(text: str) -> Iterator[str]:
    """All words that a `/` follows, read backwards from each: texts are long, and few words are followed by one."""
    for before in text.split("/")[:-1]:
        word = _FOLDER.match(before[::-1])
        if word:
            yield word[0][::-1]


def _own(text: str) -> set[str]:
    """The names that stand for the municipality wherever they are in the text."""
    bound = [word for kind, said in _STATEMENT.findall(text) for word in _bound(kind, said)]
    names = {"municipality"} - set(bound)
    return names | {alias for alias in _ALIAS.findall(text) if names and bound.count(alias) == 1}


def _bound(kind: str, said: str) -> list[str]:
    """The names that a statement may give a meaning to."""
    before = {"for": r"\bin\b", "set": "="}.get(kind)
    return re.findall(r"\w+", re.split(before, said, maxsplit=1)[0] if before else said)


def filled(name: str, values: Mapping[str, Any]) -> str | None:
    """The name with the municipality's values in it; None where one is no text or whole number."""
    found = [_looked_up(values, match[2]) for match in _VALUE.finditer(name)]
    if not all(type(value) in (str, int) for value in found):
        return None
    each = iter(found)
    return _VALUE.sub(lambda _match: str(next(each)), name)


def _looked_up(values: Any, path: str) -> Any:
    for key in path.split(".")[1:]:
        values = values.get(key) if isinstance(values, Mapping) else None
    return values


class Endings:
    """Files by how their names end, so that a name is not compared with all of them."""

    def __init__(self, files: Iterable[str]) -> None:
        self._by_end: dict[str, list[tuple[str, str]]] = {}
        for file in files:
            path = f"/{folded(file)}"
            for end in {path.rpartition("/")[2], "/".join(path.rsplit("/", 2)[-2:])}:
                self._by_end.setdefault(end, []).append((path, file))

    def of(self, name: str) -> Iterator[str]:
        """The files that a name may mean, from whatever folder it is looked up."""
        whole = normpath(folded(unquote(name)))
        while whole.startswith("../"):
            whole = whole[3:]
        near = self._by_end.get("/".join(whole.rsplit("/", 2)[-2:]), ())
        return (file for path, file in near if path.endswith(f"/{whole}"))


def folded(text: str) -> str:
    """As names are compared: accents are written apart in some, and pandoc takes `\\` before a sign for the sign."""
    return normalize("NFC", text).casefold().replace("\\", "")
