"""What the blocks of documents hold beside words and spaces: found once for each block, whoever asks.

Most steps and writers ask each block of a document whether it holds anything of theirs, and most blocks do not: not to
look through those again is what makes the next document cheap. Blocks that are new in every document are looked through
by `_collect`, which is made for that.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeAlias

from rapportbygger.recent import OfEach

Node: TypeAlias = dict[str, Any]
"""An element of pandoc's AST as JSON: `{"t": "Str", "c": "text"}`."""

LEAVES = frozenset(("Str", "Space", "SoftBreak"))
"""The kinds that most elements are, and that hold none."""


def branches(inlines: Iterable[Node]) -> list[Node]:
    """The inlines but for words and the spaces between them, which most of them are."""
    return [inline for inline in inlines if inline["t"] not in LEAVES]


class Branches(NamedTuple):
    """Every element of a block that is no leaf, parents first, and the kinds of them."""

    elements: tuple[Node, ...]
    kinds: frozenset[str]

    @classmethod
    def of(cls, block: Node) -> Branches:
        """Those of a block."""
        found: list[Node] = []
        _collect((block,), found)
        return cls(tuple(found), frozenset([element["t"] for element in found]))


branches_of = OfEach[Node, Branches](Branches.of)
"""Of the last blocks: most steps change few of them and share the others, also with the next document."""


class Holdings(NamedTuple):
    """The branches of every block of a document, and the kinds of all of them."""

    branches: tuple[Branches, ...]
    kinds: frozenset[str]

    @classmethod
    def of(cls, blocks: tuple[Node, ...]) -> Holdings:
        """Those of its blocks."""
        branches = tuple(map(branches_of, blocks))
        return cls(branches, frozenset().union(*(each.kinds for each in branches)))


holdings = OfEach[tuple[Node, ...], Holdings](Holdings.of)
"""Of the last documents: what one holds is asked by most steps, of which few change it."""

_PARAGRAPHS = ("Para", "Plain")


def _collect(nodes: Iterable[Any], found: list[Node]) -> None:
    """Add the elements that are no leaves."""
    for node in nodes:
        if type(node) is dict:
            kind = node.get("t")
            if kind in LEAVES:
                continue
            if kind is None:
                _collect(node.values(), found)
                continue
            found.append(node)
            content = node.get("c")
            if content and type(content) is list:
                _collect(branches(content) if kind in _PARAGRAPHS else content, found)
        elif type(node) is list and node and type(node[0]) is not str:
            _collect(node, found)
