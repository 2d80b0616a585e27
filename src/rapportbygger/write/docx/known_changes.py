"""What became of blocks, known again in the next document that has them and says the same of what they name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from rapportbygger.nodes import Node
from rapportbygger.recent import OfEach

_Note: TypeAlias = tuple[int, Any, Any]
"""The number of a table, a key in it, and what was found there (None: nothing)."""

_known = OfEach[Node, tuple[tuple[_Note, ...], list[Node]]]()


class KnownChanges:
    """Changes blocks of one document. `tables` are what the change looks things up in, through `noted` tables."""

    def __init__(self, tables: Sequence[Mapping[Any, Any]], change: Callable[[Node], list[Node]]) -> None:
        self._tables, self._change, self._notes = tables, change, list[_Note]()
        self.noted = [_Noted(table, number, self._notes) for number, table in enumerate(tables)]

    def of(self, block: Node) -> list[Node]:
        """What becomes of a block."""
        found = _known.get(block)
        if found is not None and all(self._tables[table].get(key) == said for table, key, said in found[0]):
            return found[1]
        self._notes.clear()
        made = self._change(block)
        _known.put(block, (tuple(self._notes), made))
        return made


class _Noted(Mapping[Any, Any]):
    """A table of which it is noted what was looked up in it."""

    def __init__(self, table: Mapping[Any, Any], number: int, notes: list[_Note]) -> None:
        self._table, self._number, self._notes = table, number, notes

    def __getitem__(self, key: Any) -> Any:
        self._notes.append((self._number, key, self._table.get(key)))
        return self._table[key]

    def __iter__(self) -> Iterator[Any]:
        self._notes.append((self._number, None, self))  # nothing will be the same again: it may be about everything
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)
