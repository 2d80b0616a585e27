"""The order of sort keys in a language, as ICU has it where only letters and figures count (CLDR, level 1)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapportbygger.language import language

_AE, _OE, _AA = "\u02ad", "\u02ae", "\u02af"
"""The last letters of the Norwegian alphabet, in places that no other letter has, after z."""
_NORWEGIAN = str.maketrans(
    dict.fromkeys("æäę", _AE) | dict.fromkeys("øöőœ", _OE) | dict.fromkeys("üű", "y") | dict.fromkeys("đð", "d")
    | {"å": _AA, "þ": "th"}
)  # fmt: skip
_LATIN = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d\uffdc", "ð": "d\uffdc", "þ": "z\uffdc"})
# Letters of their own stand after the letter they look like, whatever follows that.
_APART = str.maketrans(
    {"ß": "ss", "ł": "l", "ŋ": "n\uffdc", "ı": "i\uffdc", "ŧ": "t\uffdc", "ħ": "h\uffdc"}
)  # fmt: skip
_DOUBLE_A = re.compile("a[aåáàâã]")
_FIGURES = re.compile(r"\d+")
_SYMBOLS = {symbol: chr(at) for at, symbol in enumerate("`´^¨°©®+±<=>|¦~$¢£¥€", start=1)}


@lru_cache(4096)
def sort_string(text: str, lang: str) -> str:
    """What compares as `text` does: accents and capitals do not count, nor do spaces and punctuation.

    Figures are numbers («9» before «10»), and stand after symbols and before letters.
    """
    folded = unicodedata.normalize("NFC", text.lower())
    folded = folded.translate(_LATIN) if language(lang) == "en" else _DOUBLE_A.sub("å", folded).translate(_NORWEGIAN)
    letters = unicodedata.normalize("NFD", _FIGURES.sub(_number, folded).translate(_APART))
    return "".join(_symbol(letter) for letter in letters if not unicodedata.combining(letter))


def _number(match: re.Match[str]) -> str:
    """A number as what sorts by its size: how many figures it has, and those."""
    value = match[0].lstrip("0") or "0"
    return f"{len(value):02}{value}"


def _symbol(sign: str) -> str:
    """A symbol as what sorts before figures, punctuation and spaces as nothing, all else as it is."""
    if sign.isalnum():
        return sign
    if sign in _SYMBOLS:
        return _SYMBOLS[sign]
    kind = unicodedata.category(sign)[0]
    return "" if kind in "PZC" else chr(len(_SYMBOLS) + 1) if kind == "S" else sign
