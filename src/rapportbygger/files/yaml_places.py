"""YAML as values and their places: every key and value with the line and column where it stands.

Only the core schema of YAML 1.2 counts (section 10.3), without its rarer notations: `true`, `false`, `null`, whole
numbers and numbers with a point. So `no` stays a word, `0301` keeps its zero, and dates stay as they were written.
Values are made from the parser's events rather than by its own composer, whose recursion a hostile file can exhaust.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from rapportbygger.diagnostics import Diagnostic, Location, Problems
from rapportbygger.files import yaml_problems
from rapportbygger.model import Data

DEPTH = 60
"""How deep lists and mappings may lie in each other."""
ALIASED = 10_000
"""How many values aliases may stand for in one file. What is written out does not count."""

Path: TypeAlias = tuple[str | int, ...]
Places: TypeAlias = dict[Path, tuple[int, int]]

_NAMES: dict[str, Any] = {"": None, "~": None}
for _word, _value in (("null", None), ("true", True), ("false", False)):
    _NAMES |= {_word: _value, _word.capitalize(): _value, _word.upper(): _value}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,99})")
_FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]*)?\.[0-9]+([eE][-+]?[0-9]{1,2})?")
_TAGS = {"tag:yaml.org,2002:str", "!"}


class _Mark(Protocol):
    line: int
    column: int


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read: `key` is the key that waits for its value.

    `skipped`: that key is there already, and its value is read only to be dropped; `hidden`: so is all of this.
    """

    value: Any
    path: Path
    size: int = 1
    anchor: str | None = None
    key: str | None = None
    skipped: bool = False
    hidden: bool = False


class _Refused(Exception):  # noqa: N818 - not an error of the program
    """The file cannot be used from here on; what is wrong is in the diagnostic."""

    def __init__(self, problem: Diagnostic) -> None:
        self.problem = problem


def read(text: str, file: str) -> tuple[Data | None, Problems]:
    """The values of a YAML text, and what is wrong with it; None where it cannot be used.

    A duplicate key is a problem too, but the first of the two is used, so that the rest can still be checked.
    """
    control = yaml_problems.control_character(text, file)
    if control:
        return None, (control,)
    reader = _Reader(file)
    try:
        for event in _events(text, file):
            reader.take(event)
    except _Refused as refused:
        return None, (*reader.problems, refused.problem)
    if reader.documents == 0:
        return None, (yaml_problems.empty(file),)
    return Data(file, reader.root, reader.keys, reader.values), tuple(reader.problems)


def _events(text: str, file: str) -> Iterator[Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        yield from yaml.parse(text, Loader=loader)
    except yaml.YAMLError as error:
        raise _Refused(yaml_problems.syntax(error, text, file)) from None
    except RecursionError:  # the loader in Python only
        raise _Refused(yaml_problems.too_deep(Location(file, 1, 1))) from None


@dataclass(slots=True)
class _Reader:
    """Values being built from events."""

    file: str
    root: Any = None
    documents: int = 0
    keys: Places = field(default_factory=dict)
    values: Places = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _anchors: dict[str, tuple[Any, int]] = field(default_factory=dict)
    _aliased: int = 0

    def take(self, event: Any) -> None:
        """Build on with the next event."""
        kind = type(event).__name__
        if kind == "ScalarEvent":
            self._scalar(event)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            self._start(event, {} if kind == "MappingStartEvent" else [])
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self._end()
        elif kind == "AliasEvent":
            self._alias(event)
        elif kind == "DocumentStartEvent":
            self._document(event)

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise _Refused(yaml_problems.several_documents(self._at(event.start_mark)))

    def _scalar(self, event: Any) -> None:
        if event.style == '"':  # elsewhere there are no escapes
            unwritable = yaml_problems.unwritable(event.value, self._at(event.start_mark))
            self.problems += [unwritable] if unwritable else []
        if self._expects_key():
            self._key(event)
            return
        self._tag(event)
        value = _plain_value(event.value) if event.implicit[0] else event.value
        path = self._place(event.start_mark)
        self._put(path, value, 1, event.anchor)

    def _tag(self, event: Any) -> None:
        if event.tag is not None and event.tag not in _TAGS:
            self.problems.append(yaml_problems.tag(event.tag, self._at(event.start_mark)))

    def _expects_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].value, dict) and self._open[-1].key is None

    def _key(self, event: Any) -> None:
        top = self._open[-1]
        top.key, top.skipped = event.value, event.value in top.value
        path, mark = (*top.path, event.value), event.start_mark
        if event.anchor is not None:
            self._anchors[event.anchor] = (event.value, 1)
        if top.skipped:
            first = Location(self.file, *self.keys.get(path, (mark.line + 1, 0)))
            self.problems.append(yaml_problems.duplicate_key(event.value, self._at(mark), first))
        else:
            if not top.hidden:
                self.keys[path] = (mark.line + 1, mark.column + 1)
            # Held at once, so that a second key of the same name is seen even where this one's value comes to nothing.
            top.value[event.value] = None

    def _place(self, mark: _Mark) -> Path:
        """The path of the value that begins here, noted with its place."""
        path: Path = ()
        if self._open:
            top = self._open[-1]
            path = (*top.path, len(top.value) if top.key is None else top.key)
        if not self._hidden():
            self.values[path] = (mark.line + 1, mark.column + 1)
        return path

    def _hidden(self) -> bool:
        return bool(self._open) and (self._open[-1].skipped or self._open[-1].hidden)

    def _start(self, event: Any, value: Any) -> None:
        if self._expects_key():
            raise _Refused(yaml_problems.key_not_text(self._at(event.start_mark)))
        if len(self._open) >= DEPTH:
            raise _Refused(yaml_problems.too_deep(self._at(event.start_mark)))
        self._tag(event)
        hidden = self._hidden()
        self._open.append(_Open(value, self._place(event.start_mark), anchor=event.anchor, hidden=hidden))

    def _end(self) -> None:
        closed = self._open.pop()
        self._put(closed.path, closed.value, closed.size, closed.anchor)

    def _alias(self, event: Any) -> None:
        at = self._at(event.start_mark)
        if self._expects_key():
            raise _Refused(yaml_problems.key_not_text(at))
        if event.anchor not in self._anchors:
            raise _Refused(yaml_problems.unknown_alias(event.anchor, at))
        value, size = self._anchors[event.anchor]
        self._aliased += size
        if self._aliased > ALIASED:
            raise _Refused(yaml_problems.too_many_aliases(at))
        self._put(self._place(event.start_mark), value, size, None)

    def _put(self, path: Path, value: Any, size: int, anchor: str | None) -> None:
        if anchor is not None:
            self._anchors[anchor] = (value, size)
        if not self._open:
            self.root = value
            return
        top = self._open[-1]
        top.size += size
        if isinstance(top.value, list):
            top.value.append(value)
        else:
            if not top.skipped:
                top.value[path[-1]] = value
            top.key, top.skipped = None, False

    def _at(self, mark: _Mark) -> Location:
        return Location(self.file, mark.line + 1, mark.column + 1)


def _plain_value(text: str) -> Any:
    """What an unquoted word means."""
    if text in _NAMES:
        return _NAMES[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
