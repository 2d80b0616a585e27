"""A chapter divided where pandoc reads what is before and behind apart anyway: a known piece is not read again.

Only what is certain is divided: between paragraphs, headings and groups of other blocks. Where anything in a chapter
may reach from one block to another (definitions of links, notes in notes, code, HTML, rules, numbered examples,
references to headings by their text), it stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from rapportbygger.chapter_notes import noted
from rapportbygger.nodes import ATTRIBUTES, Node, attributes, elements
from rapportbygger.plain_words import ORDINARY

REACHING = re.compile(
    r"""(?mx)
      ^[ \t]*-{3,}[ \t-]*$                    # metadata, a rule, the line under a heading, tables without |
    | ^\.\.\.[ \t]*$
    | ^[ \t]*(?:`{3,}|~{3,})
    | \(@ | ^[^\w\n@]*(?:\w{1,9}[.)][ \t]+)*@[\w-]*[.)](?:\s|\Z)
    | <(?!https?://|mailto:|br\b)[A-Za-z/!?]
    | \]:
    | ^%
    | ^[ \t]+:{3,}
    """
)
"""What may have to do with other blocks of the text that it stands in, or cannot be told from that."""
_HEADING = re.compile(r"#{1,6}[ \t]+\S[^\n]*")
_HEADING_TEXT = re.compile(r"(?m)^#{1,6}[ \t]+(.*?)[ \t]*\#*[ \t]*(?:\{[^}]*\})?[ \t]*$")
_BRACKETS = re.compile(r"\[([^\[\]]+)\]")
_FENCE = re.compile(r"(?m)^:{3,}[ \t]*(.?)")
_CHUNK = re.compile(r"\S[^\n]*(?:\n[ \t]*\S[^\n]*)*")
_DEFINITION = re.compile(r"[:~][ \t]")
_FEWEST = 4


@lru_cache(maxsize=200)
def pieces(markdown: str) -> tuple[str, ...]:
    """The text in pieces; one, where it has to be read whole."""
    apart = noted(markdown)
    if apart is None or any(map(REACHING.search, apart.all())) or _refers_to_heading(markdown):
        return (markdown,)
    found = tuple(apart.with_notes(piece) for text in apart.texts for piece in _divided(text))
    return found if len(found) >= _FEWEST and "" not in found else (markdown,)


def _refers_to_heading(markdown: str) -> bool:
    headings = set(map(_folded, _HEADING_TEXT.findall(markdown)))
    return any(_folded(text) in headings for text in _BRACKETS.findall(markdown))


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _divided(markdown: str) -> Iterator[str]:
    """The pieces; "" among them where they cannot be told apart."""
    begin, end, depth = 0, 0, 0
    for chunk in _chunks(markdown):
        alone = depth == 0 and _stands_alone(chunk[0])
        if depth == 0 and begin < end and (alone or _stands_alone(markdown[begin:end])):
            if _DEFINITION.match(chunk[0]):
                yield ""
            yield markdown[begin:end]
            begin = chunk[1]
        begin = chunk[1] if begin == end else begin
        end = chunk[2]
        depth += _opened(chunk[0])
        if depth < 0:
            yield ""
            depth = 0
    yield "" if depth else markdown[begin:end]


def _chunks(markdown: str) -> Iterator[tuple[str, int, int]]:
    """What stands between blank lines, with its place; indentation belongs to it."""
    for match in _CHUNK.finditer(markdown):
        begin = markdown.rfind("\n", 0, match.start()) + 1
        yield markdown[begin : match.end()], begin, match.end()


def _stands_alone(chunk: str) -> bool:
    """Whether it is a paragraph or a heading."""
    return _HEADING.fullmatch(chunk) is not None or all(map(ORDINARY.match, chunk.split("\n")))


def _opened(chunk: str) -> int:
    """How many Divs are open behind it."""
    return sum(1 if sign else -1 for sign in _FENCE.findall(chunk))


def belong_together(read: Iterable[Sequence[Node]]) -> bool:
    """Whether the blocks of pieces are what the whole would be: pandoc makes identifiers unique in what it reads."""
    seen: set[str] = set()
    for blocks in read:
        for element in elements(tuple(blocks), *ATTRIBUTES):
            name = attributes(element)[0]
            if name in seen:
                return False
            if name:
                seen.add(name)
    return True
