"""No-break spaces between what belongs together: numbers and units, initials and names, «s. 7», «kapittel 4».

The rules' sources are those of `characters`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TypeAlias

NO_BREAK_SPACE = "\u00a0"
SPACE = "[ \u00a0]"
MONTHS = {
    "nb": "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember",
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
}
_NUMBERED = {
    "nb": "figur|figurene|figurane|tabell|tabellene|tabellane|kapittel|kapitlene|kapitla|avsnitt|punkt|paragraf"
    "|artikkel|side|sid[ea]ne|trinn|steg|fase|uke|veke|boks|bind|versjon|nivå|vedlegg|bilag|del",
    "en": "figure|figures|table|tables|chapter|chapters|section|sections|page|pages|article|articles|step|steps|phase"
    "|phases|box|boxes|week|weeks|volume|volumes|level|levels|appendix|annex|part",
}
_UNITS = (
    "%|‰|°[CF]?|kr|NOK|EUR|USD|SEK|DKK|GBP|€|mill\\.|mrd\\.|"
    "[kcm]?m[²³]?|km/[ht]|m/s|daa|ha|[kmµ]?g|tonn|t|[dcm]?l|[kMGT]?Wh?|[kMG]?Hz|[kMGT]?B|[kMG]bit/s|dB|V|k?Pa|sek|min|s|h"
)
_CAPITAL = "[A-ZÆØÅÄÖ]"
_AFTER_LETTERS = "vedlegg|bilag|vitamin|gruppe|alternativ|klasse|type|del|appendix|group|part|option"


def _between(words: str, after: str, *, unless: str = r"\w", flags: str = "") -> str:
    """The rule for the space between one of the words, with nothing of `unless` before it, and what is after it.

    It begins with the space: a pattern that begins with a certain sign is looked for many times as fast as others.
    """
    before = "|".join(rf"(?<=(?<![{unless}])(?{flags}:{word}) )" for word in words.split("|"))
    return rf" (?={after})(?:{before})"


_POINT, _BEFORE, _SECTION = r"\. (?:[\d§IVXivx]|St\.|nr\.)", r" (?<=\d )", "§"
_AFTER, _LETTER = r" \d", rf" {_CAPITAL}(?!\w)"
"""What a text must have for a rule to match: these are quick to look for."""
# «A. B. Hansen» and «S. 7», but not what ends in a letter: «i vedlegg B. Den ...».
_NO_LETTER = "".join(rf"(?<!(?i:{word}){SPACE}{_CAPITAL}\. )" for word in _AFTER_LETTERS.split("|"))
_INITIAL = _between(rf"{_CAPITAL}\.", rf"{_CAPITAL}(?:\.|[^\W\d_])") + _NO_LETTER
_Rules: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
_WITHOUT_DIGITS: Mapping[str, _Rules] = {
    "nb": (
        (
            r"\. (?:(?<=\b\w\. )|(?<=\b\w\w\. )|(?<=rof\. ))",
            (
                _INITIAL,
                # «f. eks.», «bl. a.», «t. o. m.»
                _between(r"[a-zæøå]\.|[a-zæøå]{2}\.", r"[a-zæøå]{1,4}\.", unless=r"\w."),
                _between(r"[Dd]r\.|[Pp]rof\.|[Hh]r\.|[Ff]r\.", "[A-ZÆØÅ]"),
            ),
        ),
        (_LETTER, (_between("Vedlegg|vedlegg|Bilag|bilag|Del|del", r"[A-ZÆØÅ](?!\w)"),)),
    ),
    "en": (
        (
            r"\. (?:(?<=\b\w\. )|(?<=\b\w\w\. )|(?<=chs\. )|(?<=vol\. )|(?<=vols\. ))",
            (
                _INITIAL,
                r"(?<!\w)[ei]\. (?=[ge]\.)",
                r"(?<![\w.])(?:pp?|chs?|vols?)\. (?=[ivx]+(?!\w))",
            ),
        ),
        (
            " [A-Z]",
            (
                _between(r"Dr|Dr\.|Prof|Prof\.|Mr|Mr\.|Mrs|Mrs\.|Ms|Ms\.|St|St\.", "[A-Z]"),
                _between("Appendix|appendix|Annex|annex|Part|part", r"[A-Z](?!\w)"),
            ),
        ),
    ),
}
_EVERYWHERE: _Rules = (
    # «10 000»: groups of three digits that no other digits stand beside, as in telephone numbers.
    (r" \d{3}(?<=\d \d{3})", (rf"(?<![\w.,:/+])(?<!\d{SPACE})[1-9]\d{{0,2}}(?: \d{{3}})+(?!{SPACE}?\d)",)),
    (_BEFORE, (rf" (?<=\d )(?=(?:{_UNITS})(?![\w]))",)),
    (_AFTER, (_between(r"kr|kr\.|NOK|EUR|USD|SEK|DKK|GBP|[€$£]", r"\d"),)),
    (_SECTION, (r"§ (?=\w)", rf"(?<=§{SPACE})\d+(?:-\d+)? (?=[a-h](?!\w))")),
)
_ONLY_IN: Mapping[str, _Rules] = {
    "nb": (
        (
            _POINT,
            (
                _between(
                    r"s\.|ss\.|sd\.|kap\.|nr\.|pkt\.|fig\.|tab\.|art\.|avsn\.|bd\.|ca\.|kl\.|tlf\.|vedl\.|jf\.|jfr\.",
                    r"[\d§]|[IVX]+(?!\w)",
                    unless=r"\w.",
                    flags="i",
                )
                + _NO_LETTER,
            ),
        ),
        # «St. meld. nr. 30»: this one begins with letters, and is looked for where the end of one of its words is.
        (
            r"\. (?=St\.|nr\.|\d)(?<=(?i:eld|prp|rop|nst|dok)\. )",
            (r"(?<!\w)(?i:meld|st\. ?meld|st\. ?prp|ot\. ?prp|prop|innst|dok)\. (?=St\.|nr\.|\d)",),
        ),
        (r"St\. \d", (rf"(?<=Meld\.{SPACE})St\. (?=\d)",)),
        (
            _AFTER,
            (
                _between("kl|nr|ca|tlf|kap|pkt", r"\d", unless=r"\w.", flags="i"),
                _between(_NUMBERED["nb"], r"\d", flags="i"),
                _between("NOU", r"\d{4}"),
                rf" (?<=NOU{SPACE}\d{{4}}: )(?=\d)",
            ),
        ),
        (_BEFORE, (r" (?<=\d )(?=ff?\.(?!\w))", rf"(?:Prop|Innst)\.{SPACE}\d+ (?=[LS](?!\w))")),
        # «17. mai», «3. trinn»: a sentence does not begin so.
        (r"\. (?<=\d\. )[a-zæøå]", (r"(?<![\w.,])\d{1,3}\. (?=[a-zæøå])",)),
    ),
    "en": (
        (
            _POINT,
            (
                _between(
                    r"p\.|pp\.|ch\.|chs\.|chap\.|chaps\.|sec\.|secs\.|no\.|nos\.|vol\.|vols\.|fig\.|figs\.|eq\.|eqs\.|app\.|art\."
                    r"|cf\.|ca\.|c\.|ed\.",
                    r"[\d§]|[ivxIVX]+(?!\w)",
                    unless=r"\w.",
                    flags="i",
                )
                + _NO_LETTER,
            ),
        ),
        (
            _AFTER,
            (
                _between(_NUMBERED["en"], r"\d", flags="i"),
                _between(MONTHS["en"], r"\d{1,2}(?![\d.,]\d|\w)"),
            ),
        ),
        (
            _BEFORE,
            (
                rf"(?<![\w.,])\d{{1,2}} (?=(?:{MONTHS['en']})(?!\w))",
                r" (?<=\d )(?=[ap]\.?m(?!\w))",
            ),
        ),
    ),
}
_DIGIT = re.compile(r"\d")


@cache
def _rules(name: str, digits: bool) -> tuple[tuple[re.Pattern[str], tuple[re.Pattern[str], ...]], ...]:
    """The rules of a family of languages, each group with what a text has that any of them matches."""
    rules = _WITHOUT_DIGITS[name]
    rules = (*rules, *_EVERYWHERE, *_ONLY_IN[name]) if digits else rules
    return tuple((re.compile(sign), tuple(re.compile(pattern) for pattern in patterns)) for sign, patterns in rules)


def family(lang: str) -> str:
    """The two written forms of Norwegian have one typography."""
    return "en" if lang == "en" else "nb"


def held_together(text: str, lang: str) -> str:
    """The text in a language (nb, nn, en) with no-break spaces in place of others. The length is kept."""
    if " " not in text:
        return text
    for sign, patterns in _rules(family(lang), _DIGIT.search(text) is not None):
        for pattern in patterns if sign.search(text) else ():
            text = pattern.sub(lambda match: match[0].replace(" ", NO_BREAK_SPACE), text)
    return text
