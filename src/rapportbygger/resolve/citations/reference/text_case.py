"""Letters in the case a style asks for (CSL 1.0.2, text-case), leaving alone what is marked to keep its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from rapportbygger.resolve.citations.reference.richtext import CLOSERS, KEPT, MARKS, OPENERS

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
_BETWEEN = re.compile(f"([{OPENERS}{CLOSERS}‘’“”\"'\\-–—/.,;?!:\\[\\]()])")
# What is marked so keeps its letters (CSL 1.0.2, title-case: small capitals, superscripts and the like).
_KEEPING = (KEPT, *(MARKS[kind] for kind in ("SmallCaps", "Superscript", "Subscript")))
_KEEP, _KEEP_NO_MORE = ("".join(pair[at] for pair in _KEEPING) for at in (0, 1))


ENGLISH = "en"
"""The language of a style's own words, as far as capitals go: citeproc-js capitalizes them in every language."""


def cased(case: str | None, text: str, lang: str = "") -> str:
    """The text with its letters as `case` says. Titles are capitalized in English only."""
    if not case or not text or (case == "title" and not lang.startswith("en")):
        return text
    if case == "title":
        return _Titling().apply(text)
    if case not in _WORDS:
        return text
    return _Casing(_WORDS[case], keeps_after_quotes=case not in ("lowercase", "uppercase")).apply(text)


class _Casing:
    """Goes through a text word by word, past what keeps its letters."""

    def __init__(self, word: Callable[[str, bool], str], *, keeps_after_quotes: bool = True) -> None:
        self._word = word
        self._first = True
        self._keeps_after_quotes = keeps_after_quotes

    def apply(self, text: str) -> str:
        made: list[str] = []
        kept = 0
        for piece in _BETWEEN.split(text):
            if _BETWEEN.fullmatch(piece):
                kept += (piece in _KEEP) - (piece in _KEEP_NO_MORE)
                self._point(piece)
            elif kept > 0:
                self._first = self._first and not piece.strip()
            elif piece:
                made.append(self._piece(piece, "".join(made[-2:])))
                continue
            made.append(piece)
        return "".join(made)

    def _piece(self, piece: str, before: str) -> str:
        """A piece of text, whose first letter stays after a quotation mark that may be an apostrophe."""
        cased_ = re.sub(r"\S+", self._written, piece)
        apostrophe = before.endswith(("'", "’")) or (before.endswith('"') and not before.endswith(' "'))
        return piece[0] + cased_[1:] if apostrophe and self._keeps_after_quotes else cased_

    def _point(self, point: str) -> None:
        pass

    def _written(self, match: re.Match[str]) -> str:
        first, self._first = self._first, False
        return self._word(match[0], first)


class _Titling(_Casing):
    """Capitals for all words but the small ones, which have them first, last and after a point."""

    def __init__(self) -> None:
        super().__init__(self._titled)
        self._after_stop = False
        self._last = ""

    def apply(self, text: str) -> str:
        text = super().apply(text)
        if self._last not in _SMALL:
            return text
        at = text.rindex(self._last)
        return text[:at] + _large(self._last) + text[at + len(self._last) :]

    def _point(self, point: str) -> None:
        self._after_stop = self._after_stop or point in "!?:"

    def _titled(self, word: str, first: bool) -> str:
        begins, self._after_stop = first or self._after_stop, False
        small = word.lower() in _SMALL or len(word) == 1
        made = _capitalized(word) if begins or not small else word
        self._last = made if len(word) > 1 else ""
        return made


def _capitalized(word: str) -> str:
    """The word with a large first letter, if it has no large letter already."""
    return _large(word) if word == word.lower() else word


def _large(word: str) -> str:
    return word[:1].upper() + word[1:]


_WORDS: Mapping[str, Callable[[str, bool], str]] = {
    "lowercase": lambda word, _first: word.lower(),
    "uppercase": lambda word, _first: word.upper(),
    "capitalize-first": lambda word, first: _capitalized(word) if first else word,
    "capitalize-all": lambda word, _first: _capitalized(word),
    "sentence": lambda word, first: _large(word) if first else word.lower(),
}
"""What becomes of a word, given whether it is the first."""
