"""What was made last, kept in the process: most of a report is the same in the next municipality's.

Only what follows from its key alone is kept, and nobody writes into it: so what is found is what would be made, and how
much is kept changes nothing but the time. What no document has asked for of late is forgotten (`begin_document`), so
that a process holds no more after a thousand documents than after ten, however large they are.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from itertools import count
from typing import Any, Generic, TypeVar
from weakref import WeakSet

K = TypeVar("K", bound=Hashable)
N = TypeVar("N")
T = TypeVar("T")

GENERATION = 2
"""Documents. What none has asked for is kept through as many to twice as many."""

_documents = count(1)
_all: WeakSet[Recent[Any, Any] | OfEach[Any, Any]] = WeakSet()


def begin_document() -> None:
    """A document begins: now and then, all that is kept here and was not asked for in the last few is forgotten."""
    if next(_documents) % GENERATION == 0:
        for each in tuple(_all):
            each.age()


class Recent(Generic[K, T]):
    """Values by key, in two generations. Threads may share it: at worst two of them make the same value.

    >>> squares = Recent[int, int]()
    >>> squares.of(3, lambda: 9), squares.of(3, lambda: 0)
    (9, 9)
    """

    def __init__(self) -> None:
        self._young: dict[K, T] = {}
        self._old: dict[K, T] = {}
        _all.add(self)

    def age(self) -> None:
        """Forget what was not asked for since the last time."""
        self._young, self._old = {}, self._young

    def get(self, key: K) -> T | None:
        """The value, or None where there is none."""
        found = self._young.get(key)
        if found is None:
            found = self._old.get(key)
            if found is not None:
                self._young[key] = found
        return found

    def put(self, key: K, value: T) -> None:
        """Keep a value, which is not None."""
        self._young[key] = value

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

    >>> lengths = OfEach[list[int], int](len)
    >>> lengths([1, 2, 3])
    3
    """

    def __init__(self, make: Callable[[N], T] | None = None) -> None:
        self._make = make
        self._young: dict[int, tuple[N, T]] = {}
        self._old: dict[int, tuple[N, T]] = {}
        _all.add(self)

    def age(self) -> None:
        """Forget what was not asked for since the last time."""
        self._young, self._old = {}, self._young

    def __call__(self, thing: N) -> T:
        """What `make` gives for the thing."""
        found = self._young.get(id(thing))
        if found is None:
            assert self._make is not None
            found = self._old.get(id(thing)) or (thing, self._make(thing))
            self._young[id(thing)] = found
        return found[1]

    def get(self, thing: N) -> T | None:
        """What was made of the thing, or None."""
        found = self._young.get(id(thing))
        if found is None:
            found = self._old.get(id(thing))
            if found is None:
                return None
            self._young[id(thing)] = found
        return found[1]

    def put(self, thing: N, value: T) -> None:
        """Keep what was made of the thing elsewhere."""
        self._young[id(thing)] = (thing, value)
