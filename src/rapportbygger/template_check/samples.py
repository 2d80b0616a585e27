"""Values to fill a Word template with when nothing is known of the project that it is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

TITLE = "Sluttrapport fra prosjektet"
_WORDS: Mapping[str, Any] = {
    "title": TITLE,
    "subtitle": "Det vi gjorde, og det vi lærte",
    "authors": "Kommunen",
    "date": "17. mai 2022",
    "lang": "nb",
}


class Sample(str):
    """A value that can be whatever a template takes it for: a text, a number, a list of one item, a group of fields."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Sample:
        if name.startswith("_"):
            raise AttributeError(name)
        return Sample(self)

    def __getitem__(self, _key: Any) -> Sample:
        return Sample(self)

    def __iter__(self) -> Iterator[str]:
        yield Sample(self)

    def __index__(self) -> int:
        return 2

    def __ge__(self, _other: Any) -> bool:
        return True

    __le__ = __gt__ = __lt__ = __ge__


class _AnyField(dict[str, Any]):
    """A municipality with every field that is asked for: which ones there are, only a project's schema can say."""

    def __contains__(self, name: object) -> bool:
        return name not in ("get", "items", "keys", "values")

    def __missing__(self, name: str) -> Sample:
        return Sample("2")

    def get(self, name: str, *_default: Any) -> Any:
        return self[name]


def one_report() -> dict[str, Any]:
    """What a template can say of a report that is one document."""
    return dict(_WORDS)


def one_of_many() -> dict[str, Any]:
    """What it can say of a report for a municipality."""
    return {**_WORDS, "municipality": _AnyField(navn="Eksempel")}
