"""The characters of a finished text: no-break spaces, dashes and apostrophes by the rules of its language.

Every rule puts one character in place of another, so a text keeps its length and places in it stay what they are. The
sources: Språkrådet's «Skriveregler» (tall, datoer, forkortelser, tankestrek), SI units (ISO 80000-1, 7.1.4: a space
between number and unit), and for English New Hart's Rules (4.1, 14.1). In doubt a text stays as it was written: a
no-break space too many is not seen, a dash in a code or a telephone number is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeAlias

NO_BREAK_SPACE = "\u00a0"
DASH = "–"
OBJECT = "\ufffc"
"""Stands in a text for what is no text: a footnote, a picture, code."""
FORMULA = "\ufffb"
"""Stands for a formula, beside which « - » may be a minus sign."""

_SPACE = "[ \u00a0]"
_LANGUAGES = ("nb", "nn", "en")


def finished(text: str, lang: str, *, dashes: bool = True) -> str:
    """The text with the characters of the language (nb, nn, en); of another language, as it is. The length is kept.

    Without `dashes` only spaces change: for a text whose signs have been chosen already.
    """
    if lang not in _LANGUAGES:
        return text
    for change in _CHANGES if dashes else _CHANGES[:1]:
        text = change(text, lang)
    return text


# ------------------------------------------------------------------------------------------------------ no-break spaces

_MONTHS = {
    "nb": "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember",
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
}
_WEEKDAYS = {
    "nb": "mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|måndag|tysdag|laurdag|sundag",
    "en": "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday",
}
_NUMBERED = {
    "nb": "figur(?:ene|ane)?|tabell(?:ene|ane)?|kapittel|kapitlene|kapitla|avsnitt|punkt|paragraf|artikkel"
    "|side|sid[ea]ne|trinn|steg|fase|uke|veke|boks|bind|versjon|nivå",
    "en": "figures?|tables?|chapters?|sections?|pages?|articles?|steps?|phases?|box|boxes|weeks?|volumes?|levels?",
}
_UNITS = (
    "%|‰|°[CF]?|kr|NOK|EUR|USD|SEK|DKK|GBP|€|mill\\.|mrd\\.|"
    "[kcm]?m[²³]?|km/[ht]|m/s|daa|ha|[kmµ]?g|tonn|t|[dcm]?l|[kMGT]?Wh?|[kMG]?Hz|[kMGT]?B|[kMG]bit/s|dB|V|k?Pa|sek|min|s|h"
)
_CAPITAL = "[A-ZÆØÅÄÖ]"
_AFTER_LETTERS = "vedlegg|bilag|vitamin|gruppe|alternativ|klasse|type|del|appendix|group|part|option"

_WITHOUT_DIGITS: Mapping[str, tuple[str, ...]] = {
    "nb": (
        r"(?<![\w.])[a-zæøå]{1,2}\. (?=[a-zæøå]{1,4}\.)",  # «f. eks.», «bl. a.», «t. o. m.»
        r"(?<!\w)(?:[Dd]r|[Pp]rof|[Hh]r|[Ff]r)\. (?=[A-ZÆØÅ])",
        r"(?<!\w)(?:Vedlegg|vedlegg|Bilag|bilag|Del|del) (?=[A-ZÆØÅ](?!\w))",
    ),
    "en": (
        r"(?<!\w)(?:Dr|Prof|Mr|Mrs|Ms|St)\.? (?=[A-Z])",
        r"(?<!\w)[ei]\. (?=[ge]\.)",
        r"(?<!\w)(?:Appendix|appendix|Annex|annex|Part|part) (?=[A-Z](?!\w))",
        r"(?<![\w.])(?:pp?|chs?|vols?)\. (?=[ivx]+(?!\w))",
    ),
}
# «A. B. Hansen», but not what ends in a letter: «i vedlegg B. Den ...».
_INITIAL = rf"(?<!\w){_CAPITAL}\. (?={_CAPITAL}(?:\.|[^\W\d_]))"
_AFTER, _BEFORE, _POINT, _SECTION = r" \d", r" (?<=\d )", r"\. (?:[\d§IVXivx]|St\.|nr\.)", "§"
"""What a text must have for a rule to match: these are quick to look for. (A pattern that begins with a certain sign is
looked for many times as fast as one that begins with what must not stand before it.)"""
_Rules: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
_EVERYWHERE: _Rules = (
    # «10 000»: groups of three digits that no other digits stand beside, as in telephone numbers.
    (_AFTER, (rf"(?<![\w.,:/+])(?<!\d{_SPACE})[1-9]\d{{0,2}}(?: \d{{3}})+(?!{_SPACE}?\d)",)),
    (_BEFORE, (rf" (?<=\d )(?=(?:{_UNITS})(?![\w]))",)),
    (_AFTER, (r"(?<!\w)(?:kr\.?|NOK|EUR|USD|SEK|DKK|GBP|[€$£]) (?=\d)",)),
    (_SECTION, (r"§ (?=\w)", rf"(?<=§{_SPACE})\d+(?:-\d+)? (?=[a-h](?!\w))")),
)
_ONLY_IN: Mapping[str, _Rules] = {
    "nb": (
        (
            _POINT,
            (
                r"(?<![\w.])(?i:ss?|sd|kap|nr|pkt|fig|tab|art|avsn|bd|ca|kl|tlf|vedl|jfr?)\. (?=[\d§]|[IVX]+(?!\w))",
                r"(?<!\w)(?i:meld|st\. ?meld|st\. ?prp|ot\. ?prp|prop|innst|dok)\. (?=St\.|nr\.|\d)",
                rf"(?<=Meld\.{_SPACE})St\. (?=\d)",
            ),
        ),
        (
            _AFTER,
            (
                r"(?<![\w.])(?i:kl|nr|ca|tlf|kap|pkt) (?=\d)",
                rf"(?<!\w)(?i:{_NUMBERED['nb']}) (?=\d)",
                r"(?<!\w)(?i:vedlegg|bilag|del) (?=\d)",
                r"(?<!\w)NOU (?=\d{4})",
                rf"(?<=NOU{_SPACE}\d{{4}}:) (?=\d)",
            ),
        ),
        (_BEFORE, (r" (?<=\d )(?=ff?\.(?!\w))", rf"(?:Prop|Innst)\.{_SPACE}\d+ (?=[LS](?!\w))")),
        # «17. mai», «3. trinn»: a sentence does not begin so.
        (r"\. (?<=\d\. )[a-zæøå]", (r"(?<![\w.,])\d{1,3}\. (?=[a-zæøå])",)),
    ),
    "en": (
        (
            _POINT,
            (
                (
                    r"(?<![\w.])(?i:pp?|chs?|chaps?|secs?|nos?|vols?|figs?|eqs?|app|art|cf|ca|c|ed)\."
                    r" (?=[\d§]|[ivxIVX]+(?!\w))"
                ),
            ),
        ),
        (
            _AFTER,
            (
                rf"(?<!\w)(?i:{_NUMBERED['en']}) (?=\d)",
                r"(?<!\w)(?i:appendix|annex|part) (?=\d)",
                rf"(?<!\w)(?:{_MONTHS['en']}) (?=\d{{1,2}}(?![\d.,]\d|\w))",
            ),
        ),
        (
            _BEFORE,
            (
                rf"(?<![\w.,])\d{{1,2}} (?=(?:{_MONTHS['en']})(?!\w))",
                r" (?<=\d )(?=[ap]\.?m(?!\w))",
            ),
        ),
    ),
}
_ABBREVIATED: Mapping[str, str] = {
    "nb": r"\. (?<=\b\w\. )|\. (?<=\b\w\w\. )|\. (?<=rof\. )| [A-ZÆØÅ](?!\w)",
    "en": r"\. (?<=\b\w\. )|\. (?<=\b\w\w\. )|\. (?<=chs\. )|\. (?<=vol\. )|\. (?<=vols\. )| [A-Z]",
}
_DIGIT = re.compile(r"\d")


def _family(lang: str) -> str:
    """The two written forms of Norwegian have one typography."""
    return "en" if lang == "en" else "nb"


@cache
def _spaces(family: str, digits: bool) -> tuple[tuple[re.Pattern[str], tuple[re.Pattern[str], ...]], ...]:
    """The rules for spaces, each group with what a text has that any of them matches."""
    rules: _Rules = ((_ABBREVIATED[family], (_INITIAL, *_WITHOUT_DIGITS[family])),)
    rules = (*rules, *_EVERYWHERE, *_ONLY_IN[family]) if digits else rules
    return tuple((re.compile(sign), tuple(re.compile(pattern) for pattern in patterns)) for sign, patterns in rules)


def _held_together(text: str, lang: str) -> str:
    if " " not in text:
        return text
    for sign, patterns in _spaces(_family(lang), _DIGIT.search(text) is not None):
        for pattern in patterns if sign.search(text) else ():
            text = pattern.sub(_held, text)
    return text


def _held(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 20) : match.start()]
    if re.fullmatch(rf"{_CAPITAL}\. ", match[0]) and re.search(rf"(?i:{_AFTER_LETTERS}){_SPACE}$", before):
        return match[0]
    return match[0].replace(" ", NO_BREAK_SPACE)


# --------------------------------------------------------------------------------------------------------------- dashes

_NUMBER = rf"(?:\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:[.,]\d+)?|\d+(?:[.,:]\d+)?)"
_LAW = r"\d+[a-z]?-\d+[a-z]?"
# Addresses and sections of a law («§ 13-6» is one section) keep their hyphens.
_RANGE = re.compile(
    r"(?P<address>(?<!\S)\S*(?:://|www\.|@|\\)\S*|\b10\.\d{4,}/\S+)"
    rf"|(?P<law>§[§ \u00a0]*{_LAW}(?:(?:,| og| eller| til| and| or| to){_SPACE}{_LAW})*)"
    rf"|(?<![\w.,:/+–-])(?<!\d{_SPACE})(?P<first>{_NUMBER})(?P<sign>{_SPACE}?%)?-(?P<last>{_NUMBER})"
    r"(?![\w/]|[-–.,:]\d|\.\w)"
)
_HYPHEN = re.compile(r"-(?<=[\d%a-z]-)\d")
_WORD_BEFORE = re.compile(rf"([^\W\d_]+(?:\.nr)?)[.:]?{_SPACE}?$")
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
    return float(re.sub(_SPACE, "", number).replace(",", ".").replace(":", "."))


_DATE = r"(?:\d{1,2}\.){2}\d{4}(?![\d.-])"


@cache
def _named_ranges(family: str) -> tuple[re.Pattern[str], ...]:
    """Ranges that are not of plain numbers; each pattern is the hyphen and what stands around it."""
    months, days = _MONTHS[family], _WEEKDAYS[family]
    return (
        re.compile(rf"(?<![\w.,/–-])\d{{1,3}}\.-(?=\d{{1,3}}\.{_SPACE}[a-zæøå])"),  # «17.-19. mai»
        re.compile(
            rf"(?<![\w.,/–-])(?:\d{{1,2}}\.){{1,2}}(?:\d{{4}})?-(?={_DATE})"
        ),  # «1.3.2019-31.12.2022», «1.-3.4.2019»
        re.compile(rf"(?:{months}|våren|høsten|hausten){_SPACE}\d{{4}}-(?=[^\W\d_]+{_SPACE}\d{{4}}(?!\d))"),
        re.compile(rf"(?:{months})-(?=(?:{months})(?!\w)|\d{{1,2}}\.?{_SPACE}(?:{months}))"),
        re.compile(rf"(?<!\w)(?:{days})-(?=(?:{days})(?!\w))"),
        re.compile(rf"(?<!\w)(?:ss?|pp?)\.{_SPACE}[ivxlc]+-(?=[ivxlc]+(?!\w))"),
    )


def _other_ranges(text: str, lang: str) -> str:
    for pattern in _named_ranges(_family(lang)) if "-" in text else ():
        text = pattern.sub(lambda match: match[0][:-1] + DASH, text)
    return text


_BETWEEN = re.compile(rf"(?<=[\w)\]»”’.,!?%{OBJECT}]){_SPACE}-(?={_SPACE}[\w«“‘(\[…{OBJECT}])")
_DIGITS_AROUND = re.compile(rf"({_NUMBER}){_SPACE}$"), re.compile(rf"{_SPACE}({_NUMBER})")


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


_CHANGES: tuple[Callable[[str, str], str], ...] = (_held_together, _ranges, _other_ranges, _dashes, _apostrophes)
