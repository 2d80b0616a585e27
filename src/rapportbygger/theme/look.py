"""The values that a template's look is made of: letters, paragraph styles, sections, and what the template says itself.

Lengths are twips (1/20 pt), the unit Word stores and LibreOffice computes in; all of them are whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rapportbygger.theme.properties import Border, TabStop


@dataclass(frozen=True, slots=True)
class Look:
    """Letters: the font as Word names it and as Typst does, and the box they need on a line (`ascent`, `descent`)."""

    font: str
    family: str
    weight: int
    size: int
    bold: bool = False
    italic: bool = False
    color: str = "000000"
    caps: bool = False
    smallcaps: bool = False
    strike: bool = False
    underline: bool = False
    vertical: str = "baseline"
    tracking: int = 0
    kern: int = 0
    ascent: int = 0
    descent: int = 0


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with all it inherits. `surplus` is what its line spacing puts between two lines."""

    name: str
    look: Look
    align: str
    line: int
    rule: str
    before: int
    after: int
    left: int
    right: int
    first: int
    outline: int | None
    contextual: bool
    keep_next: bool
    keep_lines: bool
    widow: bool
    page_break: bool
    surplus: int
    tabs: tuple[TabStop, ...] = ()
    borders: tuple[Border, ...] = ()
    shading: str = ""

    @property
    def number_indent(self) -> int:
        """Where the text of a numbered heading begins: its hanging indent, else its first tab stop; 0 for neither."""
        if self.first < 0:
            return self.left
        return next((position for align, position, _leader in self.tabs if align == "left"), 0)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the cover, a header or a footer: its file's bytes, its size in twips, its alternative text."""

    data: bytes
    suffix: str
    width: int
    height: int
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph. `kind` is text, tab, line (break), page (break), picture, PAGE or NUMPAGES."""

    kind: str
    look: Look
    text: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the template itself: its style with its direct formatting, and what stands in it."""

    style: Style
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A page's geometry and what stands at its head and foot; `first` holds on its first page if `title_page`.

    `start` is the number of its first page, 0 where it goes on counting.
    """

    width: int = 11906
    height: int = 16838
    top: int = 1417
    bottom: int = 1417
    left: int = 1417
    right: int = 1417
    header_distance: int = 709
    footer_distance: int = 709
    start: int = 0
    title_page: bool = False
    header: tuple[Paragraph, ...] = ()
    footer: tuple[Paragraph, ...] = ()
    first_header: tuple[Paragraph, ...] = ()
    first_footer: tuple[Paragraph, ...] = ()

    @property
    def text_width(self) -> int:
        """The width that lines have."""
        return self.width - self.left - self.right

    @property
    def turned(self) -> Section:
        """The section of pages on their side further on in the text.

        The margins stay at their sides: header and footer stand in the upper and the lower one.
        """
        wide, high = max(self.width, self.height), min(self.width, self.height)
        return replace(self, width=wide, height=high, start=0, title_page=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across a table: its thickness in twips (0: there is none) and its colour."""

    size: int = 0
    color: str = "000000"


NO_RULE = Rule()


@dataclass(frozen=True, slots=True)
class TableMeasures:
    """The cells' margins, the table's indent, its rules, and how its header row is."""

    left: int = 108
    right: int = 108
    top: int = 0
    bottom: int = 0
    indent: int = 0
    top_rule: Rule = NO_RULE
    header_rule: Rule = NO_RULE
    inner_rule: Rule = NO_RULE
    bottom_rule: Rule = NO_RULE
    header_shading: str = ""
    header_align: str = "top"
