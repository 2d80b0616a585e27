"""Where Word and LibreOffice break a line inside a word and Typst by itself would not.

Measured with LibreOffice 7.4: between every two of letters and digits, each of some fifty signs.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

_FIGURES = r"(?<=\S-)(?=\d)"
"""Behind a hyphen before a digit (2019-2022), where Unicode's rule LB25 forbids it."""
_PER_CENT = r"(?<=[^\W\d_])(?=%)"
"""Before a per cent sign behind a letter (an escaped space in an address), where LB24 forbids it."""
_SIGNS = r"(?<=\S[-–—?!…|])(?=[\w=&#+@~(\[%])|(?<=\))(?=\()|(?<=\w)(?=—)"
"""Behind hyphens, dashes and the signs that end a sentence, as Typst does too, but not in what it may not break."""

_IN_WORDS, _IN_ADDRESSES = re.compile(f"{_FIGURES}|{_PER_CENT}"), re.compile(f"{_SIGNS}|{_PER_CENT}")
_SLASH = re.compile(r"/(?=[^/])")
FAR = 66
"""So far from its beginning an address may be broken behind its slashes; before, it goes to the next line instead."""
LONG = 40
"""A word with so many signs, or with a slash in it, is one that Typst is told not to break by itself."""


def address(word: str) -> tuple[tuple[str, str], ...]:
    """A web address in pieces, each with what it ends in: "-" (a hyphen or the like), "/", "far" (a slash far into it),
    or nothing. Empty for what is no address, or has no place to break.
    """
    if "://" not in word and not word.startswith("www."):
        return ()
    places = {found.start(): "-" for found in _IN_ADDRESSES.finditer(word)}
    slashes = {found.end(): "/" if found.end() < FAR else "far" for found in _SLASH.finditer(word)}
    cuts = sorted({**slashes, **places}.items())
    ends = [(0, ""), *cuts, (len(word), "")]
    return tuple((word[start:end], kind) for (start, _), (end, kind) in pairwise(ends)) if cuts else ()


@lru_cache(maxsize=20_000)
def parts(word: str) -> tuple[str, ...]:
    """The parts of a word that is no address, between which a line may break; inside them only where Typst breaks."""
    if word.isalpha() and len(word) < LONG:
        return (word,)
    places = _IN_ADDRESSES if "/" in word or len(word) >= LONG else _IN_WORDS
    ends = [0, *sorted({found.start() for found in places.finditer(word)} - {0}), len(word)]
    return tuple(word[start:end] for start, end in pairwise(ends))
