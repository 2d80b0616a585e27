"""What a block holds that pandoc counts, where we write the block ourselves."""

from __future__ import annotations

import re

from rapportbygger.write.docx import pandoc_markup as markup
from rapportbygger.write.docx.fragments import NUMBER, Fragment, Link, List, Picture, Pieces

_PLACE = re.compile(f"{NUMBER}(-?[0-9]+){NUMBER}")


class UnsureError(Exception):
    """What pandoc writes of something is not known here: it has to be asked."""


class Counting:
    """Counts in the order in which pandoc does. Markup gets a place for each number, which the document gives it."""

    def __init__(self) -> None:
        self._numbers: list[Link | Picture | None] = []
        self._lists: list[List] = []
        self._notes: list[str] = []
        self._known: dict[str, str] = {}

    def number(self, thing: Link | Picture | None = None) -> str:
        """The place of the next number."""
        self._numbers.append(thing)
        return f"{NUMBER}{len(self._numbers) - 1}{NUMBER}"

    def link(self, address: str) -> str:
        """The place of a link's number: one that was there before has the same."""
        if address not in self._known:
            self._known[address] = self.number(Link(address, markup.link_relation(NUMBER, address)))
        return self._known[address]

    def picture(self, path: str, ending: str, kind: str) -> list[str]:
        """The places of a picture's three numbers. Raises UnsureError where it was there before."""
        if path in self._known:
            raise UnsureError
        relation, override = markup.picture_relation(NUMBER, ending), markup.picture_override(NUMBER, ending, kind)
        self._known[path] = self.number(Picture(path, relation, f"word/media/rId{NUMBER}{ending}", override))
        return [self._known[path], self.number(), self.number()]

    def list(self, new: List) -> str:
        """The place of a list's number."""
        self._lists.append(new)
        return f"{NUMBER}{-len(self._lists)}{NUMBER}"

    def note(self, text: str, number: str) -> None:
        """A footnote is written."""
        self._notes.append(markup.note(number, text))

    def fragment(self, body: str) -> Fragment:
        """What was written and counted."""
        notes = tuple(map(_pieces, self._notes))
        return Fragment(_pieces(body), notes, tuple(self._numbers), tuple(self._lists))


def _pieces(text: str) -> Pieces:
    parted = _PLACE.split(text)
    return tuple(int(piece) if at % 2 else piece for at, piece in enumerate(parted))
