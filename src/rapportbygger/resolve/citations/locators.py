"""Locators: the «s. 7» in `[@key, s. 7]`, told apart from the rest of what stands after the key.

The words are those of all three languages in every report, with and without full stop, in any form. `{s. 7}` says
expressly what the locator is, as in pandoc. What is named by a word that CSL has none for («pkt. 3») stays as written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from rapportbygger.nodes import Node, words


@dataclass(frozen=True, slots=True)
class Locator:
    """A place in a work. `label` is one of CSL's locator terms; `value` has ranges with a hyphen: «88-89», «7, 9».

    Those of sections have a dash, since «§ 3-5» is one section.
    """

    label: str
    value: str

    @property
    def hyphenated(self) -> bool:
        """Whether its hyphens are no ranges: «§ 13-6» is one section of a law, whose chapters are forty at most."""
        ranges = [(int(first), int(last)) for first, last in re.findall(r"(\d{1,9})-(\d{1,9})", self.value)]
        return self.label == "section" and not any(40 < first < last for first, last in ranges)


_WORDS: Mapping[str, str] = {
    "page": "s ss sd side sider siden sidene sida sidan sidor p pp pg pag page pages",
    "chapter": "kap kapittel kapitlet kapittelet kapitler kapitla kapitlene chap chaps ch chs chapter chapters",
    "paragraph": "avsn avsnitt avsnittet avsnitta avsnittene para paras par paragraph paragraphs ¶ ¶¶",
    "section": "§ §§ paragraf paragrafen paragrafer paragrafar paragrafene paragrafane seksjon sec secs sect section "
    "sections",
    "figure": "fig figs figur figuren figurer figurar figurene figurane figure figures",
    "table": "tab tabs tabell tabellen tabeller tabellar tabellene tabellane table tables",
    "volume": "bd bind bindet binda bindene vol vols volum volume volumes",
    "verse": "v vv vers verset versa versene verse verses",
    "line": "lin linje linja linjen linjer linjene linjene l ll line lines",
    "column": "kol kolonne kolonna kolonnen kolonner kolonnar spalte spalter col cols column columns",
    "part": "del delen deler delar pt pts part parts",
    "note": "n nn note noten notene noter notar fotnote fotnoten fotnoter fotnotar sluttnote notes footnote",
    "issue": "nr nummer nummeret hefte heftet issue issues",
    "appendix": "vedl vedlegg vedlegget vedlegga vedleggene appendiks app appendix appendices",
    "article-locator": "art arts artikkel artikkelen artikler artiklar artiklene artiklane article articles",
    "book": "bok boka boken bøker bøkene bk bks book books",
    "act": "akt akten akter act acts",
    "scene": "scene scenen scener sc scenes",
    "equation": "likning likninga ligning ligningen likninger ligninger likningar formel formelen eq eqs equation",
    "folio": "fol folio folios",
    "opus": "op opus",
    "rule": "regel regelen regler reglar rule rules",
    "supplement": "supp suppl supplement supplementet",
    "timestamp": "tid tidspunkt kl timestamp",
    "version": "ver versjon versjonen version",
    "sub-verbo": "s.v sub-verbo oppslag oppslaget oppslagsord",
    "elocation": "elokasjon elocation",
    "canon": "kanon canon",
}
_LABELS = {word: label for label, words_ in _WORDS.items() for word in words_.split()}
_WITH_STOP = frozenset(("n", "nn", "v", "vv", "l", "ll", "op", "app", "par", "kl"))
"""Abbreviations that are words of their own without their full stop («v 2» is one of «vi»)."""
_SEVERAL_SECTIONS = frozenset(("§§", "paragrafer", "paragrafar", "paragrafene", "paragrafane", "sections"))
"""After these a hyphen is a range: «§§ 3–5», where «§ 3-5» is one section."""
_NO_LABELS = frozenset("pkt punkt punktet ledd bokstav litra noe fra del".split())  # noqa: SIM905 - words

_SPACE = r"[ \u00a0\u202f]*"
_FOLLOWING = rf"{_SPACE}(?:ff?|flg)(?:\.(?!\w)|(?![.\w]))|[a-z]\b"
_ARABIC = rf"[A-Z]?\d+(?:[.:]\d+)*(?:{_FOLLOWING})?"
# A Roman numeral must be followed by an end unless it is in capitals: «i» and «vi» are also Norwegian words.
_ROMAN = rf"(?:[ivxlcdm]+(?={_SPACE}(?:[-–,;:.)}}]|$))|(?-i:[IVXLCDM]{{2,}})\b)"
# «vedlegg B», «figur A.2»
_LETTERED = rf"(?-i:[A-ZÆØÅ])(?:[.:]?\d+)*(?={_SPACE}(?:[,;:)}}]|$)|{_SPACE}(?-i:[a-zæøå]))"
_BETWEEN = rf"{_SPACE}(?:[-–—,&]|og|and|til|to){_SPACE}"
_LEAD = rf"{_SPACE}(?:,{_SPACE})?"
_END = r"(?![-–—]?\w)"
_LABEL = r"(?P<label>s\.v|[^\W\d_]+|§+|¶+)(?P<stop>\.|(?![^\W\d_]))"
# «§ 13-3 a» is one section.
_LETTER = rf"(?:{_SPACE}[a-hj-zæø](?={_SPACE}(?:[,;:)]|$)|[ \u00a0\u202f]+[^\W\d_]{{3,}}))?"


def _list_of(number: str) -> str:
    return rf"{number}(?:{_BETWEEN}{number})*"


_PAGE = re.compile(rf"{_LEAD}(?P<value>{_list_of(_ARABIC)}){_END}", re.IGNORECASE)
_LABELLED = re.compile(
    rf"{_LEAD}{_LABEL}{_SPACE}(?P<value>{_list_of(_ARABIC)}|{_list_of(_ROMAN)}|{_LETTERED}){_END}(?P<letter>{_LETTER})",
    re.IGNORECASE,
)
_BRACED = re.compile(rf"(?P<lead>{_LEAD})\{{(?P<inside>[^{{}}]*)\}}")
_EXPRESS = re.compile(rf"{_SPACE}(?:{_LABEL}{_SPACE})?(?P<value>\S.*)", re.IGNORECASE)
_TEXT = {"Space": " ", "SoftBreak": " "}


def split(suffix: Sequence[Node]) -> tuple[Locator | None, list[Node]]:
    """The locator that a suffix begins with, if it begins with one, and the rest of the suffix."""
    text, end = _leading_text(suffix)
    braced = _BRACED.match(text)
    if braced:
        locator = _express(braced["inside"])
        kept = braced["inside"] if locator is None and braced["inside"].strip() else ""
        lead = f"{braced['lead']}{kept}" if kept else ""
        return locator, [*words(lead + text[braced.end() :]), *suffix[end:]]
    match, label = _LABELLED.match(text), None
    if match is not None:
        label = _label(match)
    if match is None or label is None:
        match, label = _PAGE.match(text), "page"
    if match is None:
        return None, list(suffix)
    letter = match.groupdict().get("letter") or "" if label == "section" else ""
    stop = match.end("value") + len(letter)
    value = _hyphenated(match["value"] + letter)
    if match.groupdict().get("label", "").lower() in _SEVERAL_SECTIONS:
        value = value.replace("-", "–")
    return Locator(label, value), [*words(text[stop:]), *suffix[end:]]


def _label(match: re.Match[str]) -> str | None:
    word = match["label"].lower()
    return None if word in _WITH_STOP and match["stop"] != "." else _LABELS.get(word)


def _express(inside: str) -> Locator | None:
    """What braces say: a label and any words, or a page; None where the label is none that CSL has."""
    match = _EXPRESS.fullmatch(inside)
    if match is None:
        return None
    label = _label(match) if match["label"] else "page"
    return Locator(label, _hyphenated(match["value"])) if label else None


def doubtful_label(suffix: Sequence[Any]) -> tuple[str, str] | None:
    """A word before a number that is nearly the name of a kind of place («kapp. 3»), and that name."""
    match = _LABELLED.match(_leading_text(suffix)[0])
    word = match["label"].lower() if match else ""
    if match is None or word in _LABELS or word in _NO_LABELS or len(word) < 3:
        return None
    known = [name for name in _LABELS if name[0] == word[0] and len(name) > 2]
    near = get_close_matches(word, known, n=1, cutoff=0.8)
    return (match["label"], near[0]) if near else None


def _leading_text(inlines: Sequence[Node]) -> tuple[str, int]:
    """The text of the words that the inlines begin with, and where they end."""
    text = ""
    for at, inline in enumerate(inlines):
        if inline["t"] not in ("Str", *_TEXT):
            return text, at
        text += _TEXT.get(inline["t"]) or inline["c"]
    return text, len(inlines)


def _hyphenated(value: str) -> str:
    value = re.sub(rf"{_SPACE}[-–—]{_SPACE}|{_SPACE}\b(?:til|to)\b{_SPACE}(?=\d)", "-", value)
    value = re.sub(rf"{_SPACE},{_SPACE}", ", ", value)
    return re.sub(rf"{_SPACE}\b(og|and)\b{_SPACE}", r" \1 ", value).strip()
