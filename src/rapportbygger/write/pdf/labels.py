"""Names: every heading, captioned figure and table gets one of its own, and no two things have the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rapportbygger.nodes import ATTRIBUTES, Node, attributes, elements
from rapportbygger.write.pdf.inlines import Names

_ALWAYS_NAMED = ("Header", "Figure", "Table")


def labelled(blocks: Iterable[Node]) -> tuple[Node, ...]:
    """The blocks with unique ids: a second use of an id is given up, and what is listed gets a name if it has none."""
    return tuple(_labelled(list(blocks), set()))


def _labelled(node: Any, seen: set[str]) -> Any:
    if isinstance(node, list):
        return [_labelled(child, seen) for child in node]
    if not isinstance(node, dict) or "c" not in node:
        return node
    kind, content = node["t"], node["c"]
    if kind in ATTRIBUTES:
        content = _named(kind, content, seen)
    return {"t": kind, "c": _labelled(content, seen) if isinstance(content, list) else content}


def _named(kind: str, content: list[Any], seen: set[str]) -> list[Any]:
    at = ATTRIBUTES[kind]
    identifier, *rest = content[at]
    if identifier in seen:
        identifier = ""
    if not identifier and kind in _ALWAYS_NAMED:
        identifier = f"unnamed:{len(seen)}"
    if identifier:
        seen.add(identifier)
    return [*content[:at], [identifier, *rest], *content[at + 1 :]]


def names_in(blocks: tuple[Node, ...], pictures: Mapping[str, str]) -> Names:
    """The ids of blocks, which links may lead to, and the names of their pictures."""
    ids = {str(attributes(node)[0]) for node in elements(blocks, *ATTRIBUTES)}
    return Names(ids - {""}, pictures, set())
