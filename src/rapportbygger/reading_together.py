"""Short texts read by pandoc as one, which takes half the time: those in which nothing reaches beyond its block."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from rapportbygger.chapter_pieces import reaches_out
from rapportbygger.nodes import Node
from rapportbygger.pandoc import Parsed
from rapportbygger.plain_markdown import words

Parse: TypeAlias = Callable[[Sequence[str]], list[Parsed]]

_MARK = "\uf8f1\uf8f1\uf8f1"
"""A paragraph of its own between two texts."""
_APART = re.compile(rf"(?m)\#[ \t]|==|^[ \t>]*=[ \t]*$|:::|\A[:~%]|!\[.*@|{_MARK}")
"""Headings, whose identifiers and texts are known in all of what is read; Divs; what belongs to what is before it;
pictures with citations, which pandoc reads otherwise behind another picture."""
_LONGEST = 6_000


def read(texts: Sequence[str], parse: Parse) -> list[Parsed]:
    """Each text as pandoc reads it by itself."""
    each = list(dict.fromkeys(texts))
    begun = {text: parts for text in each if _is_closed(text) and (parts := words.begun(text))}
    ends = _by_pandoc([begun[text][1] if text in begun else text for text in each], parse)
    whole = [_whole(begun[text][0], end) if text in begun else end for text, end in zip(each, ends, strict=True)]
    again = [text for text, parsed in zip(each, whole, strict=True) if parsed is None]
    found = {text: parsed for text, parsed in zip(each, whole, strict=True) if parsed is not None}
    found |= zip(again, parse(again) if again else (), strict=True)
    return [found[text] for text in texts]


def _whole(begin: list[Node], end: Parsed) -> Parsed | None:
    """A paragraph put together; None where pandoc saw anything else in the end of it."""
    if end.log or end.error or end.meta or [block["t"] for block in end.blocks] != ["Para"]:
        return None
    return Parsed([{"t": "Para", "c": [*begin, *end.blocks[0]["c"]]}], {})


def _by_pandoc(texts: Sequence[str], parse: Parse) -> list[Parsed]:
    joined = list(_joined([text for text in texts if _is_closed(text)]))
    others = [text for text in texts if not _is_closed(text)]
    asked = parse([*(f"\n\n{_MARK}\n\n".join(some) for some in joined), *others])
    found = dict(zip(others, asked[len(joined) :], strict=True))
    for some, parsed in zip(joined, asked, strict=False):
        found |= zip(some, _parts(parsed, len(some)), strict=False)
    left = [text for text in texts if text not in found]
    found |= zip(left, parse(left) if left else (), strict=True)
    return [found[text] for text in texts]


def _is_closed(text: str) -> bool:
    return len(text) <= _LONGEST and not _APART.search(text) and not reaches_out(text)


def _joined(texts: Sequence[str]) -> Iterator[list[str]]:
    """The texts in groups, each of which is read as one."""
    group: list[str] = []
    for text in dict.fromkeys(texts):
        if group and sum(map(len, group)) + len(text) > _LONGEST:
            yield group
            group = []
        group.append(text)
    if group:
        yield group


def _parts(parsed: Parsed, count: int) -> list[Parsed]:
    """What was read, in its parts; nothing where pandoc saw something in any of them, which is to be told apart."""
    if parsed.log or parsed.error or parsed.meta:
        return []
    parts: list[list[Node]] = [[]]
    for block in parsed.blocks:
        if _is_mark(block):
            parts.append([])
        else:
            parts[-1].append(block)
    return [Parsed(blocks, {}) for blocks in parts] if len(parts) == count else []


def _is_mark(block: dict[str, Any]) -> bool:
    return bool(block["t"] == "Para" and block["c"] == [{"t": "Str", "c": _MARK}])
