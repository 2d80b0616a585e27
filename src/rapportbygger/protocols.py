"""What stages are given to work with, by what it can do: they do not know who does it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Memory(Protocol):
    """What is remembered from one build to the next, by what it was made of. What is not there is made again."""

    def get(self, kind: str, key: str) -> bytes | None:
        """What was put there, if it is there still."""

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Remember a value, if that can be done."""

    def shared(self, kind: str, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, which documents of this process may work with together."""


class Citeproc(Protocol):
    """pandoc, as far as citations need it."""

    @property
    def build(self) -> str:
        """Which pandoc it is: another word for another one."""

    def citeproc(self, blocks: Sequence[dict[str, Any]], meta: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The blocks with citations and reference list as pandoc's citeproc writes them."""
