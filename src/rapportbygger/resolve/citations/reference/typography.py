"""Texts of references with the quotation marks and apostrophes of a language, as citeproc-js sets them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapportbygger.resolve.citations.reference import richtext
from rapportbygger.resolve.citations.reference.csl_locale import CslLocale

INNER = "\ue025"
"""Where a quotation begins that is marked as one within another."""

_QUOTED = re.compile("[\"'«»„“”‘’‹›\ue000-\ue023]")
_APOSTROPHE = re.compile("(?<=[-\\w])’(?=[-\\w])")
_POINTS = re.compile(f"(?<=[.,:;!?])(?=[.,:;!?])|(?<={richtext.QUOTES[1]})(?=[.,])")
_NARROW = re.compile(" (?=[:;?!»])|(?<=«) ")
_OPENING = {pair[0]: pair[1] for pair in (*richtext.MARKS.values(), richtext.KEPT)}
_STRAIGHT = (' "', " '", '("', "('")
_OPENED = "\0"
"""Before a straight mark that opens because another opened just before it."""


@dataclass(frozen=True, slots=True)
class Quotes:
    """What opens a quotation, in straight marks or the language's own, and what closes it."""

    closing: Mapping[str, str]
    inner: str
    tokens: re.Pattern[str]

    def typeset(self, text: str) -> str:
        """The text with its quotations and apostrophes found, and its own runs of points kept from meeting others."""
        if not text:
            return text
        text = _NARROW.sub("\u202f", text)
        if _QUOTED.search(text):
            text = _Pairing(self).apply(text)
        return with_own_points(text)


def with_own_points(text: str) -> str:
    """The text with its own runs of points kept from meeting others («7<1095::AID» in a DOI)."""
    return _POINTS.sub(richtext.GUARD, text)


def quotes_of(locale: CslLocale) -> Quotes:
    """The quotes of a language."""
    closing = {opening: opening[-1] for opening in (*_STRAIGHT, f'{_OPENED}"', f"{_OPENED}'")} | _OPENING
    for which in ("", "inner-"):
        opening, end = locale.text(f"open-{which}quote"), locale.text(f"close-{which}quote")
        if opening and end and opening not in "\"'":
            closing.setdefault(opening, end)
    tokens = sorted({*closing, *closing.values()}, key=len, reverse=True)
    return Quotes(closing, locale.text("open-inner-quote"), re.compile(f"({'|'.join(map(re.escape, tokens))})"))


class _Pairing:
    """Finds what opens with what closes; what has no partner is a character as any other."""

    def __init__(self, quotes: Quotes) -> None:
        self._quotes = quotes
        self._open: list[tuple[str, int]] = []
        self._made: list[str] = []

    def apply(self, text: str) -> str:
        text = re.sub(r"\s+'", " '", " " + _APOSTROPHE.sub("'", text))
        pieces = self._quotes.tokens.split(text)
        self._made.append(pieces[0])
        for before, token, after in zip(pieces[::2], pieces[1::2], pieces[2::2], strict=False):
            opened = self._open and self._open[-1][1] == len(self._made) - 2
            touches = token in ('"', "'") and opened and not before
            self._token(f"{_OPENED}{token}" if touches else token, after)
            self._made.append(after)
        for token, at in self._open:
            self._made[at] = _alone(token)
        return "".join(self._made)[1:]

    def _token(self, token: str, after: str) -> None:
        if (token == "'" and re.match(r"[^,.?:; ]", after)) or (token == " '" and after.startswith(" ")):
            self._made.append(token.replace("'", "’"))
        elif token in self._quotes.closing:
            self._open.append((token, len(self._made)))
            self._made.append(token)
        else:
            self._close(token)

    def _close(self, token: str) -> None:
        while self._open:
            opening, at = self._open[-1]
            if self._quotes.closing[opening] == token:
                self._open.pop()
                self._made[at] = self._opened(opening)
                self._made.append(token if opening in _OPENING else richtext.QUOTES[1])
                return
            if token == "'":
                break
            self._made[at] = _alone(opening)
            self._open.pop()
        self._made.append("’" if token == "'" else _alone(token))

    def _opened(self, opening: str) -> str:
        if opening in _OPENING:
            return opening
        before = opening[0] if opening in _STRAIGHT else ""
        return before + (INNER if opening == self._quotes.inner else richtext.QUOTES[0])


def _alone(token: str) -> str:
    """What a mark without a partner is: nothing where only we wrote it, else itself or an apostrophe."""
    return "" if "\ue000" <= token <= "\ue023" else token.strip(_OPENED).replace("'", "’")
