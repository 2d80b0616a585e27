"""Which of many words stand in a text, found in a time that grows with the text and not with the number of words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

_RUN = re.compile(r"\w{4,}")
_LENGTH = 4
_FEW = 50
"""So many words are looked for in the text itself in less time than its own words are."""


class Mentions:
    """Finds words in texts, also inside longer words.

    Each is looked for only where four letters of it stand that few of the others have.

    >>> sorted(Mentions(["kart", "kartet over byen", "hest"]).within("kartene"))
    ['kart']
    """

    def __init__(self, words: Iterable[str]) -> None:
        everything = frozenset(words)
        self._few = everything if len(everything) <= _FEW else frozenset[str]()
        common = Counter(piece for word in everything for piece in set(_pieces(word)))
        self._always: list[str] = []
        self._by_piece: defaultdict[str, list[str]] = defaultdict(list)
        for word in everything:
            rarest = min(_pieces(word), key=lambda piece: (common[piece], piece), default="")
            (self._by_piece[rarest] if rarest else self._always).append(word)
        self._seen: set[str] = set()
        self._near: dict[str, list[str]] = {}

    def within(self, text: str) -> frozenset[str]:
        """The words that stand in the text."""
        if self._few:
            return frozenset(word for word in self._few if word in text)
        runs = set(_RUN.findall(text))
        for run in runs - self._seen:
            near = [word for piece in set(_pieces(run)) for word in self._by_piece.get(piece, ())]
            if near:
                self._near[run] = near
        self._seen |= runs
        near = [word for run in runs & self._near.keys() for word in self._near[run]]
        return frozenset(word for word in (*near, *self._always) if word in text)


def _pieces(text: str) -> Iterator[str]:
    """Every four letters that stand together."""
    return (run[at : at + _LENGTH] for run in _RUN.findall(text) for at in range(len(run) - _LENGTH + 1))
