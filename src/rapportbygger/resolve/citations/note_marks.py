"""Where raised marks of citations stand: footnotes after punctuation, they and raised numbers without a space."""

from __future__ import annotations

import re
from typing import Any

from rapportbygger.nodes import LEAVES, Node, changed, has_class, plain, string
from rapportbygger.recent import OfEach

_PUNCTUATION = re.compile(r"[.,;:!?…»”’]+")


def settled(blocks: tuple[Node, ...]) -> tuple[Node, ...]:
    """«slutt.¹ Så» for «slutt ¹. Så» with footnotes, and one full stop after a citation that ends in its own."""
    return changed(blocks, _known, "Span")


def _settled(node: Any) -> Any:
    if isinstance(node, list):
        return _in_order([_settled(child) for child in node])
    if not isinstance(node, dict) or node.get("t") in LEAVES:
        return node
    return {key: _settled(value) for key, value in node.items()}


_known = OfEach[Node, Node](_settled)


def _in_order(nodes: list[Any]) -> list[Any]:
    made: list[Any] = []
    for node in nodes:
        if _is_raised(node) and made and _is(made[-1], "Space", "SoftBreak"):
            made.pop()
        if made and _ends_in_note(made[-1]) and _is(node, "Str"):
            made = _moved(made, node["c"])
        elif made and _ends_in_stop(made[-1]) and _is(node, "Str") and node["c"].startswith("."):
            made += [string(node["c"][1:])] if node["c"][1:] else []
        else:
            made.append(node)
    return made


def _moved(before: list[Any], text: str) -> list[Any]:
    """What stands before a word, and the word, with the punctuation it begins with before the note."""
    match = _PUNCTUATION.match(text)
    stop, rest = (match[0], text[match.end() :]) if match else ("", text)
    *others, mark = before
    *inside, note = mark["c"][1]
    last = inside[-1] if inside else others[-1] if others else None
    if stop.startswith(".") and last is not None and _is(last, "Str") and last["c"].endswith("."):
        stop = stop[1:]
    if inside:
        mark = {**mark, "c": [mark["c"][0], [*_appended(inside, stop), note]]}
    else:
        others = _appended(others, stop)
    return [*others, mark, *([string(rest)] if rest else [])]


def _appended(inlines: list[Any], text: str) -> list[Any]:
    if not text:
        return inlines
    if inlines and _is(inlines[-1], "Str"):
        return [*inlines[:-1], string(inlines[-1]["c"] + text)]
    return [*inlines, string(text)]


def _is_raised(node: Any) -> bool:
    content = _citation(node)
    return len(content) == 1 and _is(content[0], "Note", "Superscript")


def _ends_in_stop(node: Any) -> bool:
    return plain(_citation(node)).endswith(".")


def _ends_in_note(node: Any) -> bool:
    return _is((_citation(node) or [None])[-1], "Note")


def _citation(node: Any) -> list[Any]:
    """The inlines of a citation; none where it is something else."""
    return list(node["c"][1]) if _is(node, "Span") and has_class(node, "citation") else []


def _is(node: Any, *kinds: str) -> bool:
    return isinstance(node, dict) and node.get("t") in kinds
