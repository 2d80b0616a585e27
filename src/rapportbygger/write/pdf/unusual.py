"""What few paragraphs hold: words that a line may be too short for, code, web addresses, boxes to tick.

Typst finds such things with show rules, and each of them goes through all text that it holds for: they cost a third of
the time and half of the memory of a layout. So `dress` in typst/measures.typ has them only where it is told to. To find
too much costs a little time; to find too little would leave a word unbroken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapportbygger.nodes import Node, branches, elements, plain
from rapportbygger.theme.look import Style
from rapportbygger.write.cells import Letters, texts_of
from rapportbygger.write.sharing import SAFETY

ROUNDING = SAFETY // 2
"""Twips: what Typst's width of a text may differ from the measured one by, and more."""

_UNUSUAL = ("/", "www.", "\u2610", "\u2611", "\u2612")
_MANY_LETTERS = 40
_RUN = re.compile(r"[^\s/\-–]+")
FEW_LETTERS, LEAST = 25, 3
"""Of the widest letters in a line, as in typst/measures.typ: with more, only words of 40 letters may be too long."""


def unusual_words(text: str) -> bool:
    """Whether there is one in a text, were there room for it or not."""
    return any(sign in text for sign in _UNUSUAL) or max(map(len, text.split()), default=0) >= _MANY_LETTERS


def is_unusual(inlines: Sequence[Node], style: Style, room: int, letters: Letters | None = None) -> bool:
    """Whether a paragraph of this style holds anything unusual, where it has this room (twips).

    `letters` are those of the style, if it is known how wide they are.
    """
    text = plain(inlines)
    if unusual_words(text) or elements(branches(inlines), "Code", "RawInline"):
        return True
    room -= style.left + style.right
    wide = room // style.look.size - 1
    if wide > FEW_LETTERS or max(map(len, _RUN.findall(text)), default=0) < max(LEAST, wide):
        return False
    if letters is None or letters.look != style.look:
        return True
    return any(text.part > room - ROUNDING for text in texts_of([{"t": "Plain", "c": inlines}], letters))
