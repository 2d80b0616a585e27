"""The last touch on what citeproc-py made: points that meet, letters of whole parts, and quotation marks."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapportbygger.resolve.citations.reference.csl_locale import CslLocale
from rapportbygger.resolve.citations.reference.richtext import CLOSERS, GUARD, KEPT, MARKS, OPENERS, QUOTES, STYLED
from rapportbygger.resolve.citations.reference.text_case import cased
from rapportbygger.resolve.citations.reference.typography import INNER

CASES: Mapping[str, str] = {
    "lowercase": "\ue030",
    "uppercase": "\ue031",
    "capitalize-first": "\ue032",
    "capitalize-all": "\ue033",
    "sentence": "\ue034",
    "title": "\ue035",
}
"""Where a part begins whose letters are to be in a case."""
CASE_END = "\ue036"
QUOTED = "\ue026"
"""Where a quotation ends that the style makes."""

_STYLED_KINDS = {mark: (kind, at) for kind, pair in STYLED.items() for at, mark in enumerate(pair)}
_STYLED = re.compile(f"[{''.join(_STYLED_KINDS)}]")
_CASES = {mark: case for case, mark in CASES.items()}
_CASED = re.compile(f"([{''.join(_CASES)}])([^{''.join(_CASES)}{CASE_END}]*){CASE_END}")
# What citeproc-js makes of two points that meet (CSL.Output.Queue.adjust); others stay as they are.
_MET = {
    "!.": "!",
    "!:": "!",
    "?.": "?",
    "?:": "?",
    ":!": "!",
    ":?": "?",
    ":.": ":",
    ";!": "!",
    ";?": "?",
    ";:": ";",
    ";.": ";",
}
_MEETING = re.compile(f"([.,:;!?])([{CLOSERS}{OPENERS}{INNER}]*)([.,:;!?])")
_INTO_QUOTES = re.compile(f"({QUOTES[1]})([{CLOSERS}]*)([.,])")
_OUT_OF_QUOTES = re.compile(f"([,:;]+)([{CLOSERS.replace(QUOTES[1], '')}]*{QUOTED})")
_TOUCHING = re.compile(f" ([{OPENERS}{CLOSERS}{INNER}]*) ")


def finished(text: str, locale: CslLocale, lang: str) -> str:
    """The text of a citation or an entry, with pandoc's inlines marked as `richtext` marks them and nothing else."""
    text = _in_case(_styled_once(text), lang)
    if QUOTED in text:
        text = (text if locale.punctuation_in_quotes else _OUT_OF_QUOTES.sub(r"\2\1", text)).replace(QUOTED, QUOTES[1])
    text = _MEETING.sub(_met, text)
    if QUOTES[1] in text:
        text = _quoted(_INTO_QUOTES.sub(r"\3\1\2", text) if locale.punctuation_in_quotes else text, locale)
    text = _TOUCHING.sub(r" \1", text)
    return re.sub(f"[{GUARD}{KEPT[0]}{KEPT[1]}]", "", text).strip(" ")


def _styled_once(text: str) -> str:
    """A style's italics and bold as marks, once where it has them inside each other."""
    if not _STYLED.search(text):
        return text
    depth = dict.fromkeys(STYLED, 0)

    def marked(match: re.Match[str]) -> str:
        kind, closes = _STYLED_KINDS[match[0]]
        depth[kind] += -1 if closes else 1
        outermost = depth[kind] == (0 if closes else 1)
        return MARKS[kind][closes] if outermost else ""

    return _STYLED.sub(marked, text)


def _in_case(text: str, lang: str) -> str:
    while CASE_END in text:
        made = _CASED.sub(lambda match: cased(_CASES[match[1]], match[2], lang), text)
        if made == text:
            break
        text = made
    return text


def _met(match: re.Match[str]) -> str:
    first, between, second = match.groups()
    if first == second:
        return first + between
    met = None if between and second == ":" else _MET.get(first + second)
    return met + between if met else match[0]


def _quoted(text: str, locale: CslLocale) -> str:
    """The quotation marks of the language: the outer ones, and inside them the inner ones, and so on."""
    marks = {which: (locale.text(f"open-{which}quote"), locale.text(f"close-{which}quote")) for which in ("", "inner-")}
    depth: list[str] = []

    def written(match: re.Match[str]) -> str:
        if match[0] == QUOTES[1]:
            return marks[depth.pop()][1] if depth else ""
        inner = match[0] == INNER if not depth else depth[-1] == ""
        depth.append("inner-" if inner else "")
        return marks[depth[-1]][0]

    return re.sub(f"[{QUOTES[0]}{QUOTES[1]}{INNER}]", written, text)
