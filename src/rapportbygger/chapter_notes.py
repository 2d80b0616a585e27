"""Footnotes of a chapter told apart from its text, so that each piece of it can be read with those that it uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_NOTE = re.compile(r"(?m)^\[\^([^\]\s]+)\]:[ \t]+(?=\S)")
_DEFINITIONS = re.compile(
    r"""(?x) (?:\A|(?<=\n\n)) \[\^[^\]\s]+\]:[ \t]+\S [^\n]* (?:\n(?![:~])\S[^\n]*)*
    (?:\n\n+ (?:[ ]{4}|\t)[ \t]* \S[^\n]* (?:\n[ \t]*\S[^\n]*)*)* (?=\s*\Z|\n\n+(?!:(?!::)|[~\s]))"""
)
"""Definitions of notes, and what is indented behind them."""
_CALL = re.compile(r"\[\^([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Noted:
    """A chapter's text between its definitions of notes, and what they say by their names."""

    texts: Sequence[str]
    notes: Mapping[str, str]

    def all(self) -> Iterator[str]:
        """All texts, those of the notes too."""
        yield from (*self.texts, *self.notes.values())

    def with_notes(self, piece: str) -> str:
        """The piece with the definitions that it uses."""
        if not self.notes:
            return piece
        used = [f"[^{name}]: {self.notes[name]}" for name in dict.fromkeys(_CALL.findall(piece)) if piece]
        return "\n\n".join([piece, *used]) + "\n" if used else piece


def noted(markdown: str) -> Noted | None:
    """The text and the notes apart; None where they cannot be told apart.

    That is so where a note is defined twice, not used, not defined, or calls another.
    """
    if "[^" not in markdown:
        return Noted([markdown] if markdown.strip() else [], {})
    notes: dict[str, str] = {}
    for definitions in _DEFINITIONS.findall(markdown):
        parts = _NOTE.split(definitions)
        for name, said in zip(parts[1::2], parts[2::2], strict=True):
            if name.casefold() in map(str.casefold, notes) or _CALL.search(said):
                return None
            notes[name] = said.rstrip()
    texts = [text for text in _DEFINITIONS.split(markdown) if text.strip()]
    used = {name for text in texts for name in _CALL.findall(text)}
    return Noted(texts, notes) if used == set(notes) else None
