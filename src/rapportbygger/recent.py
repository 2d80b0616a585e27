"""What was made last, kept in the process: most of a report is the same in the next municipality's.

Only what follows from its key alone is kept, and nobody writes into it: so what is found is what would be made, and how
much is kept changes nothing but the time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
N = TypeVar("N")
T = TypeVar("T")


class Recent(Generic[K, T]):
    """Values by key, in two generations: when the younger holds `most` (by weight), the older is forgotten.

    What is in use stays, and between `most` and twice as much is kept. Threads may share it: at worst two of them make
    the same value.

    >>> squares = Recent[int, int](100)
    >>> squares.of(3, lambda: 9), squares.of(3, lambda: 0)
    (9, 9)
    """

    def __init__(self, most: int) -> None:
        self._most, self._weight = most, 0
        self._young: dict[K, tuple[T, int]] = {}
        self._old: dict[K, tuple[T, int]] = {}

    def get(self, key: K) -> T | None:
        """The value, or None where there is none."""
        found = self._young.get(key)
        if found is None:
            found = self._old.get(key)
            if found is None:
                return None
            self.put(key, *found)
        return found[0]

    def put(self, key: K, value: T, weight: int = 1) -> None:
        """Keep a value."""
        if self._weight >= self._most:
            self._young, self._old, self._weight = {}, self._young, 0
        self._young[key] = (value, weight)
        self._weight += weight

    def of(self, key: K, make: Callable[[], T]) -> T:
        """The value, made where there is none."""
        found = self.get(key)
        if found is None:
            found = make()
            self.put(key, found)
        return found


class OfEach(Generic[N, T]):
    """What was made of things that cannot be keys (pandoc's elements), each known by what it is, not by what it holds.

    The thing is kept with it, so that no other takes its place.

    >>> lengths = OfEach[list[int], int](100, len)
    >>> lengths([1, 2, 3])
    3
    """

    def __init__(self, most: int, make: Callable[[N], T] | None = None) -> None:
        self._most, self._make = most, make
        self._young: dict[int, tuple[N, T]] = {}
        self._old: dict[int, tuple[N, T]] = {}

    def __call__(self, thing: N) -> T:
        """What `make` gives for the thing."""
        found = self._young.get(id(thing))
        if found is None:
            assert self._make is not None
            found = self._old.get(id(thing)) or (thing, self._make(thing))
            self.put(*found)
        return found[1]

    def get(self, thing: N) -> T | None:
        """What was made of the thing, or None."""
        found = self._young.get(id(thing))
        if found is None:
            found = self._old.get(id(thing))
            if found is None:
                return None
            self.put(*found)
        return found[1]

    def put(self, thing: N, value: T) -> None:
        """Keep what was made of the thing elsewhere."""
        if len(self._young) >= self._most:
            self._young, self._old = {}, self._young
        self._young[id(thing)] = (thing, value)
