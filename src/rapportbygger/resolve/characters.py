"""The characters of a finished text: no-break spaces, dashes and apostrophes by the rules of its language.

Every rule puts one character in place of another, so a text keeps its length and places in it stay what they are. The
sources: Språkrådet's «Skriveregler» (tall, datoer, forkortelser, tankestrek), SI units (ISO 80000-1, 7.1.4: a space
between number and unit), and for English New Hart's Rules (4.1, 14.1). In doubt a text stays as it was written: a
no-break space too many is not seen, a dash in a code or a telephone number is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from rapportbygger.resolve.no_break_spaces import MONTHS, SPACE, family, held_together

DASH = "–"
OBJECT = "\ufffc"
"""Stands in a text for what is no text: a footnote, a picture, code."""
FORMULA = "\ufffb"
"""Stands for a formula, beside which « - » may be a minus sign."""

_LANGUAGES = ("nb", "nn", "en")


def finished(text: str, lang: str, *, dashes: bool = True) -> str:
    """The text with the characters of the language (nb, nn, en); of another language, as it is. The length is kept.

    Without `dashes` only spaces change: for a text whose signs have been chosen already.
    """
    if lang not in _LANGUAGES:
        return text
    text = held_together(text, lang)
    for change in _CHANGES if dashes and ("-" in text or "'" in text) else ():
        text = change(text, lang)
    return text


# --------------------------------------------------------------------------------------------------------------- dashes

_WEEKDAYS = {
    "nb": "mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|måndag|tysdag|laurdag|sundag",
    "en": "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday",
}
_NUMBER = rf"(?:\d{{1,3}}(?:{SPACE}\d{{3}})+(?:[.,]\d+)?|\d+(?:[.,:]\d+)?)"
_LAW = r"\d+[a-z]?-\d+[a-z]?"
# Addresses and sections of a law («§ 13-6» is one section) keep their hyphens.
_RANGE = re.compile(
    r"(?P<address>(?<!\S)\S*(?:://|www\.|@|\\)\S*|\b10\.\d{4,}/\S+)"
    rf"|(?P<law>§[§ \u00a0]*{_LAW}(?:(?:,| og| eller| til| and| or| to){SPACE}{_LAW})*)"
    rf"|(?<![\w.,:/+–-])(?<!\d{SPACE})(?P<first>{_NUMBER})(?P<sign>{SPACE}?%)?-(?P<last>{_NUMBER})"
    r"(?![\w/]|[-–.,:]\d|\.\w)"
)
_HYPHEN = re.compile(r"-(?<=[\d%a-z]-)\d")
_WORD_BEFORE = re.compile(rf"([^\W\d_]+(?:\.nr)?)[.:]?{SPACE}?$")
_PAGES = re.compile("ss?|sider?|sid[ea]ne|pp?|pages?|kl", re.IGNORECASE)
_CODES = re.compile(
    "iss?n|isbn|iso|doi|tlf|tele?fon|mobil|phone|tel|fax|faks|orgnr|konto|\\w*sak(?:snr|snummer)?|gnr|bnr"
    "|fig(?:ure?)?|tab(?:ell|le)?|paragraf|\\w+\\.?nr|\\w+nummer|\\w*rom|room|versjon|version|postboks"
    "|ring(?:er?)?|call",
    re.IGNORECASE,
)
_LONGEST = 9
_COUNTED = re.compile("nr|nummer|no|number", re.IGNORECASE)
"""Between small numbers, «nr. 3-5» is a range; «nr. 12-345» is what something is called."""


def _ranges(text: str, _lang: str) -> str:
    return _RANGE.sub(_range, text) if _HYPHEN.search(text) else text


def _range(match: re.Match[str]) -> str:
    if match["first"] is None:
        several = re.fullmatch(r"§§[ \u00a0]?(\d+)-(\d+)", match[0])  # with one number alone it goes from and to
        return match[0].replace("-", DASH) if several and int(several[1]) < int(several[2]) else match[0]
    word = _WORD_BEFORE.search(match.string, max(0, match.start() - 25), match.start())
    if not _is_range(match["first"], match["last"], word[1] if word else ""):
        return match[0]
    return f"{match['first']}{match['sign'] or ''}{DASH}{match['last']}"


def _is_range(first: str, last: str, word: str) -> bool:
    """Whether «first-last» behind the word is from one number to another, not a code, a date or a score."""
    if _PAGES.fullmatch(word):
        return max(len(first), len(last)) <= _LONGEST
    if _is_code(first, last, word):
        return False
    if re.fullmatch(r"\d{4}", first) and re.fullmatch(r"\d\d", last):  # «2019-22», but «2019-11» is a month
        return int(last) > max(int(first[2:]), 12)
    if any(re.match(r"0\d", number) and not re.fullmatch(r"\d\d[.:]\d\d", number) for number in (first, last)):
        return False
    return _value(first) < _value(last)


def _is_code(first: str, last: str, word: str) -> bool:
    """Whether «first-last» is what something is called, by the word before it, or since it ends in a year."""
    if _CODES.fullmatch(word) or max(len(first), len(last)) > _LONGEST or (_COUNTED.fullmatch(word) and len(last) > 2):
        return True
    years = [re.fullmatch(r"1[0-9]\d\d|2[01]\d\d", number) is not None for number in (first, last)]
    if word.isupper() and len(word) > 1 and not all(years):
        return True
    return years[1] and re.fullmatch(r"\d\d?", first) is not None  # «rundskriv 3-2020», «12-2019»


def _value(number: str) -> float:
    return float(re.sub(SPACE, "", number).replace(",", ".").replace(":", "."))


_DATE = r"(?:\d{1,2}\.){2}\d{4}(?![\d.-])"


@cache
def _named_ranges(family: str) -> tuple[re.Pattern[str], ...]:
    """Ranges that are not of plain numbers; each pattern is the hyphen and what stands around it."""
    months, days = MONTHS[family], _WEEKDAYS[family]
    return (
        re.compile(rf"(?<![\w.,/–-])\d{{1,3}}\.-(?=\d{{1,3}}\.{SPACE}[a-zæøå])"),  # «17.-19. mai»
        re.compile(
            rf"(?<![\w.,/–-])(?:\d{{1,2}}\.){{1,2}}(?:\d{{4}})?-(?={_DATE})"
        ),  # «1.3.2019-31.12.2022», «1.-3.4.2019»
        re.compile(rf"(?:{months}|våren|høsten|hausten){SPACE}\d{{4}}-(?=[^\W\d_]+{SPACE}\d{{4}}(?!\d))"),
        re.compile(rf"(?:{months})-(?=(?:{months})(?!\w)|\d{{1,2}}\.?{SPACE}(?:{months}))"),
        re.compile(rf"(?<!\w)(?:{days})-(?=(?:{days})(?!\w))"),
        re.compile(rf"(?<!\w)(?:ss?|pp?)\.{SPACE}[ivxlc]+-(?=[ivxlc]+(?!\w))"),
    )


def _other_ranges(text: str, lang: str) -> str:
    for pattern in _named_ranges(family(lang)) if "-" in text else ():
        text = pattern.sub(lambda match: match[0][:-1] + DASH, text)
    return text


_BETWEEN = re.compile(rf"(?<=[\w)\]»”’.,!?%{OBJECT}]){SPACE}-(?={SPACE}[\w«“‘(\[…{OBJECT}])")
_DIGITS_AROUND = re.compile(rf"({_NUMBER}){SPACE}$"), re.compile(rf"{SPACE}({_NUMBER})")


def _dashes(text: str, _lang: str) -> str:
    """« - » between words is a dash; between numbers only where it goes from a smaller to a greater one."""
    return _BETWEEN.sub(_dash, text) if "- " in text or "-\u00a0" in text else text


def _dash(match: re.Match[str]) -> str:
    first = _DIGITS_AROUND[0].search(match.string[max(0, match.start() - 20) : match.start() + 1])
    last = _DIGITS_AROUND[1].match(match.string, match.end())
    if first and last and not _value(first[1]) < _value(last[1]):
        return match[0]
    return match[0].replace("-", DASH)


def _apostrophes(text: str, _lang: str) -> str:
    return re.sub(r"(?<=[^\W\d_])'(?=[^\W\d_])", "’", text) if "'" in text else text


_CHANGES: tuple[Callable[[str, str], str], ...] = (_ranges, _other_ranges, _dashes, _apostrophes)
