"""Locators: the «s. 7» in `[@key, s. 7]`, told apart from the rest of what stands after the key."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapportbygger.nodes import Node, words


@dataclass(frozen=True, slots=True)
class Locator:
    """A place in a work. `label` is one of CSL's locator terms; `value` has ranges with a hyphen: «88-89», «7, 9»."""

    label: str
    value: str


_WORDS: Mapping[str, str] = {
    "page": "s ss sd side sider siden sidene sida p pp pg page pages",
    "chapter": "kap kapittel kapitlet kapittelet kapitler kapitla ch chap chapter chapters",
    "paragraph": "avsn avsnitt avsnittet para paras paragraph paragraphs ¶ ¶¶",
    "section": "§ §§ paragraf paragrafene sec secs sect section sections",
    "figure": "fig figs figur figurer figurar figure figures",
    "table": "tab tabell tabeller tabellar table tables",
    "volume": "bd bind vol vols volume volumes",
    "verse": "vers verse verses",
    "line": "linje linjer line lines",
    "column": "kol kolonne kolonner kolonnar col cols column columns",
    "part": "del deler part parts",
    "note": "note noter notar notes",
    "issue": "nr nummer hefte issue",
}
_LABELS = {word: label for label, words_ in _WORDS.items() for word in words_.split()}

_SPACE = r"[ \u00a0\u202f]*"
_ARABIC = r"[A-Z]?\d+(?:[.:]\d+)*(?:ff?\b|[a-z]\b)?"
# A Roman numeral must be followed by an end: «i» and «vi» are also Norwegian words.
_ROMAN = rf"[ivxlcdm]+(?={_SPACE}(?:[-–,;:.)}}]|$))"
_BETWEEN = rf"{_SPACE}(?:[-–—,&]|og|and){_SPACE}"
_LEAD = rf"{_SPACE},?{_SPACE}\{{?{_SPACE}"
_END = rf"(?![-–—]?\w)(?:{_SPACE}\}})?"


def _list_of(number: str) -> str:
    return rf"{number}(?:{_BETWEEN}{number})*"


_PAGE = re.compile(rf"{_LEAD}(?P<value>{_list_of(_ARABIC)}){_END}", re.IGNORECASE)
_LABELLED = re.compile(
    rf"{_LEAD}(?P<label>[^\W\d_]+|§+|¶+)(?:\.|(?![^\W\d_])){_SPACE}"
    rf"(?P<value>{_list_of(_ARABIC)}|{_list_of(_ROMAN)}){_END}",
    re.IGNORECASE,
)
_TEXT = {"Space": " ", "SoftBreak": " "}


def split(suffix: Sequence[Node]) -> tuple[Locator | None, list[Node]]:
    """The locator that a suffix begins with, if it begins with one, and the rest of the suffix."""
    text, end = _leading_text(suffix)
    match, label = _LABELLED.match(text), None
    if match is not None:
        label = _LABELS.get(match["label"].lower())
    if match is None or label is None:
        match, label = _PAGE.match(text), "page"
    if match is None:
        return None, list(suffix)
    return Locator(label, _hyphenated(match["value"])), [*words(text[match.end() :]), *suffix[end:]]


def _leading_text(inlines: Sequence[Node]) -> tuple[str, int]:
    """The text of the words that the inlines begin with, and where they end."""
    text = ""
    for at, inline in enumerate(inlines):
        if inline["t"] not in ("Str", *_TEXT):
            return text, at
        text += _TEXT.get(inline["t"]) or inline["c"]
    return text, len(inlines)


def _hyphenated(value: str) -> str:
    value = re.sub(rf"{_SPACE}[-–—]{_SPACE}", "-", value)
    value = re.sub(rf"{_SPACE},{_SPACE}", ", ", value)
    return re.sub(rf"{_SPACE}\b(og|and)\b{_SPACE}", r" \1 ", value).strip()
