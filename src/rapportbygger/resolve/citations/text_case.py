"""Letters in the case a style asks for (CSL 1.0.2, text-case), leaving alone what is marked to keep its own."""

from __future__ import annotations

import re

from rapportbygger.resolve.citations.richtext import CLOSERS, KEPT, OPENERS

# fmt: off
_SMALL = frozenset((
    "about", "above", "across", "afore", "after", "against", "al", "along", "alongside", "amid", "amidst", "among",
    "amongst", "anenst", "apropos", "apud", "around", "as", "aside", "astride", "at", "athwart", "atop", "barring",
    "before", "behind", "below", "beneath", "beside", "besides", "between", "beyond", "but", "by", "circa",
    "despite", "down", "during", "et", "except", "for", "forenenst", "from", "given", "in", "inside", "into",
    "lest", "like", "modulo", "near", "next", "notwithstanding", "of", "off", "on", "onto", "out", "over", "per",
    "plus", "pro", "qua", "sans", "since", "than", "through", "throughout", "thruout", "till", "to", "toward",
    "towards", "under", "underneath", "until", "unto", "up", "upon", "versus", "vs", "v", "via", "vis-à-vis",
    "with", "within", "without", "or", "yet", "so", "and", "nor", "a", "an", "the", "de", "d", "von", "van", "c",
    "ca",
))
# fmt: on
_MARKS = re.compile(f"([{OPENERS}{CLOSERS}])")
_KEPT_OPEN, _KEPT_CLOSE = KEPT


def cased(case: str | None, text: str, lang: str = "") -> str:
    """The text with its letters as `case` says. Titles are capitalized in English only."""
    if not case or not text or (case == "title" and not lang.startswith("en")):
        return text
    return _Casing(case).apply(text)


class _Casing:
    """Goes through a text, piece by piece between the marks in it."""

    def __init__(self, case: str) -> None:
        self._word = getattr(self, "_" + case.replace("-", "_"), lambda word: word)
        self._first = True
        self._after_stop = False
        self._upright = 0

    def apply(self, text: str) -> str:
        return "".join(self._piece(piece) for piece in _MARKS.split(text))

    def _piece(self, piece: str) -> str:
        if piece in (_KEPT_OPEN, _KEPT_CLOSE):
            self._upright += 1 if piece == _KEPT_OPEN else -1
            return piece
        if not piece or _MARKS.fullmatch(piece):
            return piece
        if self._upright > 0:
            self._first = self._first and not piece.strip()
            return piece
        return re.sub(r"[^\s]+", lambda match: str(self._word(match[0])), piece)

    def _lowercase(self, word: str) -> str:
        return word.lower()

    def _uppercase(self, word: str) -> str:
        return word.upper()

    def _capitalize_first(self, word: str) -> str:
        first, self._first = self._first, False
        return _capitalized(word) if first and word == word.lower() else word

    def _capitalize_all(self, word: str) -> str:
        return _capitalized(word) if word == word.lower() else word

    def _sentence(self, word: str) -> str:
        first, self._first = self._first, False
        return _capitalized(word) if first else word.lower()

    def _title(self, word: str) -> str:
        return "".join(self._title_part(part) for part in re.split(r"([-–—/.,;?!:\[\]()‘’“”\"']+)", word))

    def _title_part(self, part: str) -> str:
        if not part or not any(character.isalnum() for character in part):
            self._after_stop = self._after_stop or (part[-1:] in "!?:" and part != "")
            return part
        begins = self._first or self._after_stop
        self._first = self._after_stop = False
        small = part.lower() in _SMALL or len(part) == 1
        return _capitalized(part) if part == part.lower() and (begins or not small) else part


def _capitalized(word: str) -> str:
    """The word with its first letter large, also behind a quotation mark or bracket."""
    return re.sub(r"[^\W_]", lambda match: match[0].upper(), word, count=1)
