"""Which line of a template each line of its result came from, found by marks that go through the template unseen.

A mark is a line number between two characters for private use (Unicode 23.5). They stand where text begins and after
each line break in it, as text of the template: where whitespace is trimmed, that was done before they are put in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

_OPEN, _CLOSE = "\U0010fff0", "\U0010fff1"
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_MARKS_FIRST = re.compile(f"(?:{_OPEN}([0-9]+){_CLOSE})+")

# What these hold can be compared, measured or passed through a filter, which must not meet marks.
_HOLDING = frozenset(["set", "filter", "macro", "call", "block"])
_PAIRED = _HOLDING | {"for", "if", "with", "autoescape"}


def marked(source: str, jinja: Environment) -> str:
    """The template with marks. Raises what Jinja raises for a template that it cannot read."""
    return "".join(_marked_parts(source, jinja))


def _marked_parts(source: str, jinja: Environment) -> Iterator[str]:
    holding: list[str] = []
    tag: list[str] = []
    for line, kind, value in jinja.lex(source):
        if kind == "block_begin":
            tag = []
        elif kind == "block_end":
            _open_or_close(tag, holding)
        elif kind not in ("data", "whitespace"):
            tag.append(value)
        if holding or kind not in ("data", "variable_begin"):
            yield value
        else:
            yield "\n".join(_mark(number) + text for number, text in enumerate(value.split("\n"), line))


def _mark(line: int) -> str:
    return f"{_OPEN}{line}{_CLOSE}"


def _open_or_close(tag: list[str], holding: list[str]) -> None:
    """Keep account of the tags that are open from the first one on that holds text without marks."""
    name = tag[0] if tag else ""
    if holding and name == f"end{holding[-1]}":
        holding.pop()
    elif (name in (_PAIRED if holding else _HOLDING) and not _assigns(tag)) or (name == "for" and "recursive" in tag):
        holding.append(name)


def _assigns(tag: list[str]) -> bool:
    """Whether the tag is `set x = ...`, which has no end."""
    if tag[0] != "set":
        return False
    depth = 0
    for sign in tag:
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "=" and depth == 0:
            return True
    return False


def read(marked_text: str) -> tuple[str, tuple[int, ...]]:
    """The text without its marks, and for each of its lines the line that it came from.

    A line that does not begin with a mark (the second line of a value, say) came from where the one before it ended.
    """
    lines: list[int] = []
    current = 1
    for text in marked_text.split("\n"):
        marks = _MARK.findall(text) if _OPEN in text else ()
        first = _MARKS_FIRST.match(text) if marks else None
        if first:
            current = int(first[1])
        lines.append(current)
        current = int(marks[-1]) if marks else current
    return _MARK.sub("", marked_text), tuple(lines)
