"""The cells of a table: where they stand, and how wide what is in them is, by the widths of the font's own letters.

Lengths are twips (1/20 pt).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from rapportbygger.fonts import Advances, Fonts, advances
from rapportbygger.nodes import Node, pairs_of
from rapportbygger.theme import Theme
from rapportbygger.theme.look import Look

TWIPS_IN_AN_INCH, LIST_INDENT = 1440, 720
RAISED = 0.6
"""About how large superscripts and subscripts are beside the text."""

# -------------------------------------------------------------------------------------------------------------- places


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, its first column and how many columns and rows it takes. `part` is head, body or foot."""

    part: str
    column: int
    wide: int
    high: int
    align: str
    blocks: Sequence[Node]
    row_head: bool = False


def rows_of(table: Node) -> Iterator[list[Cell]]:
    """The rows of a table, with the places of their cells: those that a cell above reaches into are not there."""
    _, _, specs, head, bodies, foot = table["c"]
    parts = [("head", head[1], 0), *(("body", [*body[2], *body[3]], body[1]) for body in bodies), ("foot", foot[1], 0)]
    for part, rows, row_heads in parts:
        taken = [0] * len(specs)
        for row in rows:
            yield list(_placed(row[1], part, specs, taken, row_heads))


def room_for_cells(table: Node) -> int:
    """How many cells a table has room for: its rows by its columns."""
    _, _, specs, head, bodies, foot = table["c"]
    rows = len(head[1]) + sum(len(body[2]) + len(body[3]) for body in bodies) + len(foot[1])
    return rows * len(specs)


def _placed(cells: Sequence[Any], part: str, specs: Any, taken: list[int], row_heads: int) -> Iterator[Cell]:
    """The cells of a row; `taken` (for how many rows each column is still full) is brought on to the next row."""
    at = 0
    for _, alignment, high, wide, blocks in cells:
        while at < len(taken) and taken[at]:
            at += 1
        own = specs[at][0] if alignment["t"] == "AlignDefault" and at < len(specs) else alignment
        align = own["t"].removeprefix("Align").lower()
        yield Cell(part, at, wide, high, "" if align == "default" else align, blocks, at < row_heads)
        taken[at : at + wide] = [high] * len(taken[at : at + wide])
        at += wide
    taken[:] = [max(0, rows - 1) for rows in taken]


# -------------------------------------------------------------------------------------------------------------- widths


@dataclass(frozen=True)
class Letters:
    """The letters of a text: their font's widths at their size."""

    look: Look
    code: Look
    fonts: Fonts
    bold: bool = False
    italic: bool = False
    scale: float = 1.0
    _known: dict[str, float] = field(default_factory=dict, init=False, compare=False, repr=False)
    _words: dict[str, tuple[float, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def width(self, text: str) -> float:
        """The width of a text on one line."""
        if text not in self._known:
            self._known[text] = self._measured(text)
        return self._known[text]

    def parts(self, word: str) -> tuple[float, ...]:
        """The widths of the parts of a word between which a line may break."""
        found = self._words.get(word)
        if found is None:
            found = self._words[word] = tuple(map(self.width, PARTS.split(word)))
        return found

    @cached_property
    def _advances(self) -> Advances:
        wanted = self.look.font, self.look.bold or self.bold, self.look.italic or self.italic
        return advances(self.fonts.face(*wanted) or self.fonts.substitute(*wanted))

    def _measured(self, text: str) -> float:
        look = self.look
        text = text.upper() if look.caps or look.smallcaps else text
        try:
            ems = self._advances.width(text)
        except (KeyError, OSError, struct.error):
            ems = len(text) / 2
        return (ems * look.size + look.tracking * len(text)) * self.scale


@dataclass(frozen=True, slots=True)
class TableLetters:
    """The letters of a table's cells and of its header, what a cell's margins take, and where tables begin."""

    cell: Letters
    head: Letters
    margins: int
    edge: int = 0


def table_letters(theme: Theme, fonts: Fonts) -> TableLetters:
    """The letters that tables are set in."""
    cell, head = (_cell_look(theme, place) for place in ("cell", "head"))
    code = theme.characters.get("verbatim char", cell)
    margins = theme.table.left + theme.table.right
    edge = 0 if theme.table.centred else theme.table.edge
    return TableLetters(Letters(cell, code, fonts), Letters(head, code, fonts), margins, edge)


def _cell_look(theme: Theme, place: str) -> Look:
    names = [f"{name}|{place}" for name in ("table text", "compact")]
    return theme.style(*names, "table text", "compact").look


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph's words, each as the parts between which a line may break, and the space between two words."""

    words: tuple[tuple[float, ...], ...]
    space: float
    indent: int = 0

    @property
    def whole(self) -> float:
        """Its width on one line."""
        return self.indent + sum(map(sum, self.words)) + self.space * max(0, len(self.words) - 1)

    @property
    def word(self) -> float:
        """Its longest word."""
        return self.indent + max(map(sum, self.words), default=0.0)

    @property
    def part(self) -> float:
        """Its longest part of a word."""
        return self.indent + max((part for word in self.words for part in word), default=0.0)

    def lines(self, room: float) -> int:
        """How many lines it takes in a column with this room, broken first-fit."""
        count, at, room = 1, 0.0, max(1.0, room - self.indent)
        for word in self.words:
            for i, part in enumerate(word):
                gap = self.space if at and not i else 0.0
                if at and at + gap + part > room:
                    count, at, gap = count + 1, 0.0, 0.0
                more = int(part // room) if part > room else 0  # a word that is longer than the line goes on
                count, at = count + more, at + gap + part - more * room
        return count


def texts_of(blocks: Iterable[Node], letters: Letters, indent: int = 0) -> Iterator[Text]:
    """The paragraphs of a cell, measured."""
    for block in blocks:
        kind, content = _taken_apart(block)
        if kind in ("Plain", "Para") and (words := _plain_words(content)):
            yield Text(
                tuple([parts for word in words if any(parts := letters.parts(word))]), letters.width(" "), indent
            )
        elif kind in ("Plain", "Para"):
            lines = _Lines(letters)
            lines.add(content, letters)
            yield from (Text(words, letters.width(" "), indent) for words in lines.finished())
        elif kind in ("BulletList", "OrderedList"):
            for item in content if kind == "BulletList" else content[1]:
                yield from texts_of(item, letters, indent + LIST_INDENT)
        elif kind in ("BlockQuote", "Div"):
            yield from texts_of(content if kind == "BlockQuote" else content[1], letters, indent)
        elif kind == "CodeBlock":
            code = replace(letters, look=letters.code)
            yield from (Text(((code.width(line),),), 0, indent) for line in content[1].split("\n"))


def _plain_words(inlines: Sequence[Node]) -> list[str]:
    """The words of inlines that are nothing but words with a space between every two of them; empty for others."""
    words = [inline["c"] for inline in inlines[::2] if inline["t"] == "Str"]
    spaces = [inline for inline in inlines[1::2] if inline["t"] == "Space"]
    alternating = len(words) == len(spaces) + 1 and len(words) + len(spaces) == len(inlines)
    return words if alternating and " " not in "".join(words) else []


def _taken_apart(node: Node) -> tuple[str, Any]:
    return node["t"], node.get("c")


PARTS = re.compile(r"(?<=[^\W\d_][-\u2010\u2013])(?=[^\W\d_])")
"""Inside a word a line may break behind a hyphen between letters."""


class _Lines:
    """Collects the words of the lines of a paragraph from inlines."""

    def __init__(self, letters: Letters) -> None:
        self._lines: list[list[list[float]]] = [[[0.0]]]
        self._letters = letters

    def finished(self) -> Iterator[tuple[tuple[float, ...], ...]]:
        """The words of each line."""
        for line in self._lines:
            yield tuple(tuple(word) for word in line if any(word))

    def add(self, inlines: Iterable[Node], letters: Letters) -> None:
        """Go through inlines that are set in these letters."""
        for inline in inlines:
            kind, content = _taken_apart(inline)
            if kind in ("Space", "SoftBreak"):
                self._lines[-1].append([0.0])
            elif kind == "LineBreak":
                self._lines.append([[0.0]])
            elif kind == "Str":
                self._text(content, letters)
            elif kind == "Code":
                size = letters.look.size
                self._text(content[1], replace(letters, look=replace(letters.code, size=size)))
            elif kind == "Image":
                self._lines[-1][-1][-1] += _picture_width(inline)
            elif kind == "Math":
                self._text(re.sub(r"\\[a-zA-Z]+|[{}^_\\]", "x", content[1]), letters)
            elif kind == "Note":
                self._text("00", replace(letters, scale=RAISED))
            elif kind in _WITHIN:
                self.add(content[1] if kind in ("Span", "Link", "Cite", "Quoted") else content, _dressed(kind, letters))

    def _text(self, text: str, letters: Letters) -> None:
        for i, word in enumerate(text.split(" ")):
            if i:
                self._lines[-1].append([0.0])
            for j, part in enumerate(PARTS.split(word)):
                if j:
                    self._lines[-1][-1].append(0.0)
                self._lines[-1][-1][-1] += letters.width(part)


_WITHIN = frozenset(
    (
        *("Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps"),
        *("Span", "Link", "Cite", "Quoted"),
    )
)


def _dressed(kind: str, letters: Letters) -> Letters:
    if kind == "Strong":
        return replace(letters, bold=True)
    if kind == "Emph":
        return replace(letters, italic=True)
    return replace(letters, scale=RAISED) if kind in ("Superscript", "Subscript") else letters


def _picture_width(image: Node) -> float:
    """The width of a picture, which is in inches when `resolve` has been there."""
    width = pairs_of(image["c"][0]).get("width", "")
    return float(width[:-2]) * TWIPS_IN_AN_INCH if width.endswith("in") else 0.0
