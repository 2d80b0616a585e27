"""Markdown that is nothing but words, emphasis and references by keys: as pandoc reads it, without asking it.

Only what can be read in one way is read here: paragraphs, lists of lines and headings with an identifier, of letters,
digits and the most common signs. Everything else is left to pandoc, and of a paragraph what is behind such words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapportbygger.nodes import Node, attr

ORDINARY = re.compile(
    r"(?!(?:\(?[A-Za-z0-9#]{1,9}[.)]|[*+-])(?:\s|$))(?!@\S*[.)](?:\s|$))(?![Tt]able:)(?![:~|>\#=%+<\\&-]|\s)\S",
)
"""How a line begins that belongs to a paragraph, and to no list, table, quote, definition or caption."""
_SPAN = re.compile(
    r"""(?x)
      (?:(?<=[ \n(«])|\A)(\*\*?)([^\s*](?:[^\n*]*[^\s*])?)\1(?=[ \n.,;:!?)»]|\Z)
    | (?:(?<=[ \n])|\A)@([a-z]+(?:-[a-z0-9]+)+)(?=[.,]?(?:[ \n][^\W_]|\Z))
    """
)
"""Emphasis, and a reference by its key."""
_MORE = re.compile(r"[^\w \n.,;:!?%§«»()/–\xa0-]|_|\.\.|--|(?<![^\W_])-|:(?![ \n]|\Z)|[ \n](?=[ \n]|\Z)|\A\n")
"""What may be more than words."""
_STOP = re.compile(r"\.(?=[ \n])")
_LAST_WORD = re.compile(r"[^\W_]*\Z")
_ABBREVIATION = re.compile(
    r"""(?xi)
      [^\W\d]? | aet | aetat | al | apr | aug | bk | bros | capt | cf | ch | chap | chs | co | col | corp | cp | dec
    | dr | eds? | esp | fasc | feb | ff | fig | fl | fols? | fr | gen | gov | hon | ill | incl? | jan | jr | jul | jun
    | ltd | mar | mrs? | ms | nn | no | nov | oct | pp | pres | prof | pt | rep | rev | saec | sec | sen | sept? | sgt
    | sr | st | univ | viz | vol | vs | vv
    """
)
"""Behind these, and single letters, pandoc may let no line break."""
_HEADING = re.compile(r"(#{1,6}) ([^\n]*[^\n.]) \{#([A-Za-z][A-Za-z0-9-]*)\}")
_PARTS = re.compile(r"([ \n])")
_ITEM, _NUMBER = re.compile(r"- (?=\S)"), re.compile(r"\d{1,2}\. (?=\S)")
_FEWEST = 80
"""Signs, below which the rest of a paragraph is not read apart."""


def read(markdown: str) -> list[Node] | None:
    """The blocks of a text; None where pandoc has to be asked.

    >>> read("Et **nytt** ord.")[0]["c"][2]
    {'t': 'Strong', 'c': [{'t': 'Str', 'c': 'nytt'}]}
    """
    if markdown.startswith(("- ", "1. ")):
        return _lists(markdown)
    heading = _HEADING.fullmatch(markdown)
    if heading:
        title = _paragraph([heading[2]])
        return None if title is None else [{"t": "Header", "c": [len(heading[1]), attr(heading[3]), title]}]
    inlines = _paragraph(markdown.split("\n"))
    return None if inlines is None else [{"t": "Para", "c": inlines}]


def begun(markdown: str) -> tuple[list[Node], str] | None:
    """Of a paragraph the inlines that it begins with, if they are many words, and the rest, for pandoc to read.

    pandoc reads from the left, and of such words it remembers nothing but the last.
    """
    if not all(map(ORDINARY.match, markdown.split("\n"))):
        return None
    spans = [found.span() for found in _SPAN.finditer(markdown)]
    more = _more(markdown)
    cut = -1 if more is None else _blank_before(_blank_before(more, markdown, spans), markdown, spans)
    if cut < _FEWEST or not ORDINARY.match(markdown[cut + 1 :]):
        return None
    return [*_inlines(markdown[:cut]), {"t": "Space"}], markdown[cut + 1 :]


def _blank_before(place: int, markdown: str, spans: Sequence[tuple[int, int]]) -> int:
    """Where a blank is before the place, outside of the spans; -1 for none."""
    blank = markdown.rfind(" ", 0, max(0, place))
    around = next((begin for begin, end in spans if begin <= blank < end), None)
    return blank if around is None else _blank_before(around, markdown, spans)


def _lists(markdown: str) -> list[Node] | None:
    """A list of lines, with bullets or numbers, or one with numbers behind one with bullets."""
    bullets, _blank, numbers = markdown.partition("\n\n") if markdown.startswith("-") else ("", "", markdown)
    items, numbered = _items(bullets, _ITEM), _items(numbers, _NUMBER)
    if items is None or numbered is None or (numbers and not numbers.startswith("1. ")):
        return None
    start = [1, {"t": "Decimal"}, {"t": "Period"}]
    found: list[Node] = [{"t": "BulletList", "c": items}, {"t": "OrderedList", "c": [start, numbered]}]
    return [each for each, text in zip(found, (bullets, numbers), strict=True) if text]


def _items(text: str, mark: re.Pattern[str]) -> list[list[Node]] | None:
    """The items of a list with a line for each; None where there is more in it."""
    items: list[list[Node]] = []
    for line in text.split("\n") if text else ():
        found = mark.match(line)
        inlines = _paragraph([line[found.end() :]]) if found else None
        if inlines is None:
            return None
        items.append([{"t": "Plain", "c": inlines}])
    return items


def _paragraph(lines: Sequence[str]) -> list[Node] | None:
    """The inlines of a paragraph."""
    text = "\n".join(lines)
    return _inlines(text) if all(map(ORDINARY.match, lines)) and _more(text) is None else None


def _more(text: str) -> int | None:
    """Where it begins that there may be more than words, emphasis and references."""
    shown = _SPAN.sub(_hidden, text) if "*" in text or "@" in text else text
    found = _MORE.search(shown)
    stops = (stop.start() for stop in _STOP.finditer(shown, 0, found.start() if found else len(shown)))
    short = next((stop for stop in stops if _is_abbreviation(shown[max(0, stop - 6) : stop])), None)
    return short if short is not None else found and found.start()


def _hidden(span: re.Match[str]) -> str:
    """The text of a span, with blanks that do not break for signs."""
    return "\xa0" + span[3] if span[3] else span[0].replace("*", "\xa0")


def _is_abbreviation(text: str) -> bool:
    """Whether the text ends with one."""
    word = _LAST_WORD.search(text)
    return word is not None and _ABBREVIATION.fullmatch(word[0]) is not None


def _inlines(text: str) -> list[Node]:
    """The inlines of a text that is nothing but words, emphasis and references."""
    out: list[Node] = []
    end = 0
    for found in _SPAN.finditer(text) if "*" in text or "@" in text else ():
        out += _words(text[end : found.start()])
        out.append(_reference(found[3]) if found[3] else _emphasis(len(found[1]), found[2]))
        end = found.end()
    return [*out, *_words(text[end:])]


def _emphasis(signs: int, text: str) -> Node:
    return {"t": "Strong" if signs == 2 else "Emph", "c": [*_words(text)]}


def _reference(key: str) -> Node:
    """A reference; its number in what pandoc reads is left out, as `parse` does."""
    one = {
        "citationId": key,
        "citationPrefix": [],
        "citationSuffix": [],
        "citationMode": {"t": "AuthorInText"},
        "citationNoteNum": 0,
        "citationHash": 0,
    }
    return {"t": "Cite", "c": [[one], [{"t": "Str", "c": f"@{key}"}]]}


def _words(text: str) -> Iterator[Node]:
    for part in _PARTS.split(text):
        if part == " ":
            yield {"t": "Space"}
        elif part == "\n":
            yield {"t": "SoftBreak"}
        elif part:
            yield {"t": "Str", "c": part}
