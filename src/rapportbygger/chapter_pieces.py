"""A chapter divided where pandoc reads what is before and behind apart anyway: a known piece is not read again.

Only what is certain is divided: between paragraphs, headings and groups of other blocks. Where anything in a chapter
may reach from one block to another (definitions of links, notes in notes, code, HTML, rules, numbered examples,
references to headings by their text), it stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapportbygger.chapter_notes import noted
from rapportbygger.identifiers import identifiers
from rapportbygger.nodes import Node
from rapportbygger.plain_markdown.words import ORDINARY

_LINES = re.compile(
    r"""(?x) \n (?:
      [ \t]*-{3,}[ \t-]*\n                    # metadata, a rule, the line under a heading, tables without |
    | \.\.\.[ \t]*\n
    | [ \t]*(?:`{3,}|~{3,})
    | %
    | [ \t]+:{3,}
    )"""
)
_EXAMPLE = re.compile(r"\n[^\w\n@]*(?:\w{1,9}[.)][ \t]+)*@[\w-]*[.)]\s")
_ANYWHERE = re.compile(r"<(?!https?://|mailto:|br\b)[A-Za-z/!?]|\(@|\]:")
_HEADING = re.compile(r"#{1,6}[ \t]+\S[^\n]*")
_HEADING_TEXT = re.compile(r"\n#{1,6}[ \t]+(.*?)[ \t]*\#*[ \t]*(?:\{[^}]*\})?[ \t]*(?=\n)")
_BRACKETS = re.compile(r"\[([^\[\]]+)\]")
_FENCE = re.compile(r"(?m)^:{3,}[ \t]*(.?)")
_CHUNK = re.compile(r"\S[^\n]*(?:\n[ \t]*\S[^\n]*)*")
_DEFINITION = re.compile(r"[:~][ \t]")
_FEWEST = 4


@lru_cache(maxsize=200)
def pieces(markdown: str) -> tuple[str, ...]:
    """The text in pieces; one, where it has to be read whole."""
    apart = noted(markdown)
    if apart is None or any(map(reaches_out, apart.all())) or _refers_to_heading(markdown):
        return (markdown,)
    found = tuple(apart.with_notes(piece) for text in apart.texts for piece in _divided(text))
    return found if len(found) >= _FEWEST and "" not in found else (markdown,)


def reaches_out(markdown: str) -> bool:
    """Whether what may have to do with other blocks than its own is in a text, or cannot be told from that."""
    lines = f"\n{markdown}\n"
    example = "@" in markdown and _EXAMPLE.search(lines)
    return bool(example or _ANYWHERE.search(markdown) or _LINES.search(lines))


def _refers_to_heading(markdown: str) -> bool:
    referring = set(map(_folded, _BRACKETS.findall(markdown)))
    return bool(referring) and any(_folded(text) in referring for text in _HEADING_TEXT.findall(f"\n{markdown}\n"))


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _divided(markdown: str) -> Iterator[str]:
    """The pieces; "" among them where they cannot be told apart."""
    begin = end = depth = 0
    single = False  # whether the piece so far is one chunk that stands alone
    for chunk, at, behind in _chunks(markdown):
        alone = depth == 0 and _stands_alone(chunk)
        if depth == 0 and begin < end and (alone or single):
            if _DEFINITION.match(chunk):
                yield ""
            yield markdown[begin:end]
            begin = end
        single = alone and begin == end
        begin, end = at if begin == end else begin, behind
        depth += _opened(chunk)
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
    return sum(1 if sign else -1 for sign in _FENCE.findall(chunk)) if ":::" in chunk else 0


def belong_together(blocks: Iterable[Node]) -> bool:
    """Whether the blocks of pieces are what the whole would be: pandoc makes identifiers unique in what it reads."""
    names = list(identifiers(blocks))
    return len(names) == len(set(names))
