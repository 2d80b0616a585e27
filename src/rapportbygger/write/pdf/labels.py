"""Names: every heading, captioned figure and table gets one of its own, and no two things have the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import is_
from typing import Any, NamedTuple, cast

from rapportbygger.nodes import ATTRIBUTES, Node, attributes, elements
from rapportbygger.recent import OfEach, Recent
from rapportbygger.write.pdf.inlines import Names

_ALWAYS_NAMED = ("Header", "Figure", "Table")


def labelled(blocks: Iterable[Node]) -> tuple[Node, ...]:
    """The blocks with unique ids: a second use of an id is given up, and what is listed gets a name if it has none."""
    seen: set[str] = set()
    return tuple(_named_once(block, seen) for block in blocks)


def _named_once(block: Node, seen: set[str]) -> Node:
    """The block with its names: the same one for the same block behind as many names."""
    own = _own_names(block)
    if not own.names.isdisjoint(seen):
        return cast(Node, _labelled(block, seen))
    if own.are_whole:
        seen |= own.names
        return block
    key = (id(block), len(seen))
    known = _known.get(key)
    if known is None:
        before = frozenset(seen)
        known = block, _labelled(block, seen), seen - before
        _known.put(key, known)
    seen |= known[2]
    return known[1]


_known = Recent[tuple[int, int], tuple[Node, Node, set[str]]]()


class _Own(NamedTuple):
    """The names that a block brings, and whether no two are the same and no name is missing."""

    names: frozenset[str]
    are_whole: bool

    @classmethod
    def of(cls, block: Node) -> _Own:
        """Those of a block."""
        named = elements((block,), *ATTRIBUTES)
        names = [attributes(node)[0] for node in named]
        missing = any(not name and node["t"] in _ALWAYS_NAMED for name, node in zip(names, named, strict=True))
        own = frozenset(names) - {""}
        return cls(own, not missing and len(own) == len(names) - names.count(""))


_own_names = OfEach[Node, _Own](_Own.of)


def _labelled(node: Any, seen: set[str]) -> Any:
    """The tree with its names; what has them already is shared."""
    if isinstance(node, list):
        children = [_labelled(child, seen) for child in node]
        return node if all(map(is_, children, node)) else children
    if not isinstance(node, dict) or type(node.get("c")) is not list:
        return node
    kind, content = node["t"], node["c"]
    named = _named(kind, content, seen) if kind in ATTRIBUTES else content
    labelled = _labelled(named, seen)
    return node if labelled is content else {"t": kind, "c": labelled}


def _named(kind: str, content: list[Any], seen: set[str]) -> list[Any]:
    at = ATTRIBUTES[kind]
    written, *rest = content[at]
    identifier = "" if written in seen else written
    if not identifier and kind in _ALWAYS_NAMED:
        identifier = f"unnamed:{len(seen)}"
    if identifier:
        seen.add(identifier)
    return content if identifier == written else [*content[:at], [identifier, *rest], *content[at + 1 :]]


def names_in(blocks: tuple[Node, ...], pictures: Mapping[str, str]) -> Names:
    """The ids of blocks, which links may lead to, and the names of their pictures."""
    ids = {str(attributes(node)[0]) for node in elements(blocks, *ATTRIBUTES)}
    return Names(ids - {""}, pictures, set())
