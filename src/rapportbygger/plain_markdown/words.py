"""Inlines that are nothing but words, emphasis and citations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapportbygger.nodes import Node
from rapportbygger.plain_markdown import citations

ORDINARY = re.compile(
    r"(?!(?:\(?[A-Za-z0-9#]{1,9}[.)]|[*+-])(?:\s|$))(?!@\S*[.)](?:\s|$))(?![Tt]able:)(?![:~|>\#=%+<\\&-]|\s)\S",
)
"""How a line begins that belongs to a paragraph, and to no list, table, quote, definition or caption."""
_SPAN = re.compile(
    r"""(?x) [*@\[] (?:
      (?<=\*) (?:(?<=[ \n(«].)|(?<=\A.)) (\*?)([^\s*](?:[^\n*]*[^\s*])?)\*\1 (?=[ \n.,;:!?)»]|\Z)
    | (?<=@) (?:(?<=[ \n].)|(?<=\A.)) ([a-z]+(?:-[a-z0-9]+)+) (?=[.,]?(?:[ \n][^\W_]|\Z))
    | (?<=\[) (?:(?<=[ \n(«].)|(?<=\A.)) ([^\[\]@]*@[^\[\]]*)\] (?=[ \n.,;:!?)»]|\Z)
    )"""
)
"""Emphasis, a reference by its key, and citations in brackets."""
_MORE = re.compile(
    r"""(?x) [^0-9A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u017f ,;!?%§«»()/–\xa0\n]
    (?: (?<=[^\w.:-]) | (?<=_) | (?<=\.)(?=\.) | (?<=-)(?=-) | (?<![^\W_]-)(?<=-) | (?<=:)(?![ \n]|\Z) )
    """
)
"""What may be more than words; what cannot be is passed over first, which is fast."""
_GAP = re.compile(r"[ \n](?:(?=[ \n]|\Z)|(?<=\A\n))")
"""Blanks that are not between two words."""
_STOP = re.compile(r"\.[ \n]")
_LAST_TOKEN = re.compile(r"(?:[^\W_]|\.)*\Z")
_ABBREVIATION = re.compile(
    r"""(?x)
    aet | aetat | al | Apr | Aug | bk | Bros | c | Capt | cf | ch | chaps? | chs | Co | col | Corp | cp | d | Dec
    | Dr | e\.g | eds? | esp | f | fasc | Feb | ff | fig | fl | fols? | Fr | Gen | Gov | Hon | i\.e | ill | Inc |
    incl | Jan | Jr | Jul | Jun | Ltd | M\.A | M\.D | Mar | Mrs? | Ms | nn? | n\.b | No | Nov | Oct | pp? | Ph\.D
    | Pres | Prof | pt | q\.v | Rep | Rev | s\.v | s\.vv | saec | sec | Sen | Sept? | Sgt | Sr | St | univ | viz |
    vol | vs
    """
)
"""Behind these and a full stop pandoc lets no line break."""
_LONGEST_ABBREVIATION = 5
_FEWEST = 80
"""Signs, below which the rest of a paragraph is not read apart."""


class _Span(NamedTuple):
    """A part of a text that is one inline."""

    begin: int
    end: int
    inline: Node
    shown: str
    """What stands for it where signs are looked for: as long, with blanks that do not break for its own signs."""


def lines(text: str) -> list[Node] | None:
    """The inlines of a paragraph; None where it may be, or hold, anything else."""
    ordinary = all(map(ORDINARY.match, text.split("\n"))) if "\n" in text else ORDINARY.match(text)
    return inlines(text) if ordinary else None


def inlines(text: str) -> list[Node] | None:
    """The inlines of a text that is not empty; None where there is more in it."""
    spans = list(_spans(text))
    return _inlines(text, spans) if _more(text, spans) is None else None


def of_each(texts: Sequence[str]) -> list[list[Node]] | None:
    """The inlines of several texts, some of which may be empty; None where there is more in any of them."""
    together = "\n".join(filter(None, texts))
    if "*" in together or "@" in together:
        found = [inlines(text) if text else [] for text in texts]
        return [each for each in found if each is not None] if None not in found else None
    return [_words(text) if text else [] for text in texts] if _more(together, ()) is None else None


def begun(markdown: str) -> tuple[list[Node], str] | None:
    """Of a paragraph the inlines that it begins with, if they are many words, and the rest, for pandoc to read.

    pandoc reads from the left, and of such words it remembers nothing but the last.
    """
    if not all(map(ORDINARY.match, markdown.split("\n"))):
        return None
    spans = list(_spans(markdown))
    more = _more(markdown, spans)
    cut = -1 if more is None else _blank_before(_blank_before(more, markdown, spans), markdown, spans)
    if cut < _FEWEST or not ORDINARY.match(markdown[cut + 1 :]):
        return None
    begin = [span for span in spans if span.end <= cut]
    return [*_inlines(markdown[:cut], begin), {"t": "Space"}], markdown[cut + 1 :]


def _blank_before(place: int, markdown: str, spans: Sequence[_Span]) -> int:
    """Where a blank is before the place, outside of the spans; -1 for none."""
    blank = markdown.rfind(" ", 0, max(0, place))
    around = next((span.begin for span in spans if span.begin <= blank < span.end), None)
    return blank if around is None else _blank_before(around, markdown, spans)


def _spans(text: str) -> Iterator[_Span]:
    for found in _SPAN.finditer(text) if "*" in text or "@" in text else ():
        signs, emphasised, key, cited = found.groups()
        begin, end = found.span()
        if emphasised:
            inline = {"t": "Strong" if signs else "Emph", "c": _words(emphasised)}
            yield _Span(begin, end, inline, found[0].replace("*", "\xa0"))
        elif key:
            yield _Span(begin, end, citations.in_text(key), f"\xa0{key}")
        elif (cites := citations.parts(cited)) and _are_words(cites):
            yield _Span(begin, end, citations.in_brackets(cites, _words(found[0]), _words), "\xa0" * len(found[0]))


def _are_words(cites: Sequence[citations.Cite]) -> bool:
    said = (text for cite in cites for text in (f"{cite.prefix}x", cite.suffix.lstrip(" \n")))
    return all(_more(text, ()) is None for text in said)


def _more(text: str, spans: Sequence[_Span]) -> int | None:
    """Where it begins that there may be more than words, emphasis and citations."""
    shown = _shown(text, spans)
    odd = min((found.start() for found in (_MORE.search(shown), _GAP.search(shown)) if found), default=None)
    stops = (stop.start() for stop in _STOP.finditer(shown, 0, len(shown) if odd is None else odd))
    return next((stop for stop in stops if _is_abbreviation(shown, stop)), odd)


def _shown(text: str, spans: Sequence[_Span]) -> str:
    """The text without the signs of the spans."""
    parts, end = [], 0
    for span in spans:
        parts += [text[end : span.begin], span.shown]
        end = span.end
    return "".join([*parts, text[end:]]) if spans else text


def _is_abbreviation(text: str, stop: int) -> bool:
    """Whether an abbreviation ends with the full stop at this place."""
    word = _LAST_TOKEN.search(text[max(0, stop - _LONGEST_ABBREVIATION - 1) : stop])
    return word is not None and _ABBREVIATION.fullmatch(word[0]) is not None


def _inlines(text: str, spans: Sequence[_Span]) -> list[Node]:
    """The inlines of a text that is nothing but words and the spans."""
    out: list[Node] = []
    end = 0
    for span in spans:
        out += _words(text[end : span.begin])
        out.append(span.inline)
        end = span.end
    return [*out, *_words(text[end:])]


def _words(text: str) -> list[Node]:
    """Words, and what stands between them."""
    out: list[Node] = []
    for line in text.split("\n"):
        words = line.split(" ")
        inlines = [_SPACE] * (2 * len(words) - 1)
        inlines[::2] = map(_word, words)
        out += (_SOFT_BREAK, *(inlines if all(words) else [each for each in inlines if each is not _NOTHING]))
    return out[1:]


_SPACE: Node = {"t": "Space"}
_SOFT_BREAK: Node = {"t": "SoftBreak"}
_NOTHING: Node = {"t": "Str", "c": ""}


@lru_cache(maxsize=4096)
def _word(text: str) -> Node:
    """A word: the same node wherever it stands, since many words are, and what is at hand is quickly read."""
    return {"t": "Str", "c": text} if text else _NOTHING
