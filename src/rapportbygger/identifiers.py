"""The identifiers in a document's blocks, found once for each block, whoever asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from rapportbygger.nodes import ATTRIBUTES, Node, attributes, elements
from rapportbygger.recent import OfEach


def identifiers(blocks: Iterable[Node]) -> Iterator[str]:
    """Every identifier of the elements in the blocks, in reading order."""
    return chain.from_iterable(map(_identifiers, blocks))


def _in_block(block: Node) -> tuple[str, ...]:
    return tuple(found[0] for element in elements((block,), *ATTRIBUTES) if (found := attributes(element))[0])


_identifiers = OfEach[Node, tuple[str, ...]](_in_block)
