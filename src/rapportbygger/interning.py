"""Equal blocks of different documents made the same object: what was made of one need not be made of the other.

A block is known by what it holds, in `marshal`'s second version, which writes equal values alike. Nobody writes into
blocks, so that nothing changes but the time.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable
from operator import is_

from rapportbygger.nodes import Node
from rapportbygger.recent import OfEach, Recent

_VERSION = 2
_known = Recent[tuple[bytes, int], Node]()
"""The last blocks by what they hold, and the number of each among those of a document that hold the same."""
_places = OfEach[Node, tuple[bytes, int]]()
"""Where these blocks stand among the known ones: steps that remember what they make come with the same ones again."""


def interned(blocks: Iterable[Node], before: Iterable[Node] = ()) -> tuple[Node, ...]:
    """The blocks of a document, each as the object that stands for it in all documents of this process.

    `before` are blocks that are known to be such. Two blocks of one document are never the same object, even where they
    are equal: a step may tell them apart by where they stand.

    >>> once, again = interned([{"t": "HorizontalRule"}]), interned([{"t": "HorizontalRule"}, {"t": "HorizontalRule"}])
    >>> again[0] is once[0], again[1] is once[0]
    (True, False)
    """
    if isinstance(blocks, tuple) and isinstance(before, tuple) and _same(blocks, before):
        return before
    ready, used = frozenset(map(id, before)), set[int]()
    out = []
    for block in blocks:
        found = block if id(block) in ready and id(block) not in used else _interned(block, used)
        used.add(id(found))
        out.append(found)
    return tuple(out)


def _same(blocks: tuple[Node, ...], before: tuple[Node, ...]) -> bool:
    return len(blocks) == len(before) and all(map(is_, blocks, before))


def _interned(block: Node, used: set[int]) -> Node:
    """The first of the objects that stand for such a block that is not yet used; itself, if it is one of them."""
    place = _places.get(block) if id(block) not in used else None
    if place is not None and _known.get(place) is block:
        return block
    try:
        key = marshal.dumps(block, _VERSION)
    except ValueError:  # nested too deeply, or not pandoc's
        return block
    number = 0
    while (found := _known.get((key, number))) is not None and id(found) in used:
        number += 1
    if found is None:
        found = marshal.loads(key) if id(block) in used else block
        _known.put((key, number), found)
    _places.put(found, (key, number))
    return found
