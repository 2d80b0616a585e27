"""The values that a template's look is made of: letters, paragraph styles, sections, and what the template says itself.

Lengths are twips (1/20 pt), the unit Word stores and LibreOffice computes in; all of them are whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

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
    raised: int = 0
    marked: str = ""
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
class Placement:
    """Where something floats. `x` and `y` are twips or a side ("left", "center", "bottom" ...).

    `across` and `down` name what they are measured from: page, margin, column, paragraph ... (§20.4.3.4, §20.4.3.5).
    """

    across: str = "column"
    x: int | str = 0
    down: str = "paragraph"
    y: int | str = 0
    behind: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle, with the text in it. `insets` are left, top, right, bottom; `anchor` is top, center or bottom."""

    width: int
    height: int
    fill: str = ""
    line: str = ""
    line_size: int = 0
    insets: tuple[int, int, int, int] = (144, 72, 144, 72)
    anchor: str = "top"
    story: Story = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph.

    `kind` is text, tab, line (break), page (break), picture, float, or what is live: PAGE, NUMPAGES, SECTIONPAGES,
    HEADING (the current one of the level in `text`), TITLE. A tab of its own (§17.3.3.23) has a `stop`: alignment, and
    what it is measured from. PAGE has its form in `text` ("roman"), if it has one.
    """

    kind: str
    look: Look
    text: str = ""
    picture: Picture | None = None
    shape: Shape | None = None
    placement: Placement | None = None
    stop: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the template itself: its style with its direct formatting, and what stands in it."""

    style: Style
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table in the template itself. `margins` are left, top, right, bottom."""

    story: Story = ()
    columns: int = 1
    rows: int = 1
    margins: tuple[int, int, int, int] = (108, 0, 108, 0)
    borders: tuple[Border, ...] = ()
    shading: str = ""
    align: str = "top"


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is at least, or exactly, as high as it says."""

    cells: tuple[Cell, ...]
    height: int = 0
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in the template itself: its columns' widths, and how far it is from the margin, or how it is aligned."""

    columns: tuple[int, ...]
    rows: tuple[Row, ...]
    left: int = 0
    align: str = "left"


Story: TypeAlias = "tuple[Paragraph | Grid, ...]"
"""What stands in a cover, a header, a footer, a cell or a text box."""


@dataclass(frozen=True, slots=True)
class Section:
    """A page's geometry and what stands at its head and foot; `first` holds on its first page if `title_page`.

    `even` holds on even pages if `even_pages`. `start` is the number of its first page, 0 where it goes on counting.
    `begins` is nextPage, oddPage, evenPage or continuous; `mirrored`: left and right are inside and outside.
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
    header: Story = ()
    footer: Story = ()
    first_header: Story = ()
    first_footer: Story = ()
    even_header: Story = ()
    even_footer: Story = ()
    even_pages: bool = False
    begins: str = "nextPage"
    number_format: str = "decimal"
    vertical: str = "top"
    mirrored: bool = False
    background: str = ""

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
class Band:
    """What every other row has of its own: rules (None: those of the table) and shading."""

    top: Rule | None = None
    bottom: Rule | None = None
    shading: str = ""


@dataclass(frozen=True, slots=True)
class TableMeasures:
    """The cells' margins, where the table stands, its rules, and how its header row is.

    `edge` is where the table begins, from the text's left edge. `column_rule` stands between columns,
    `header_column_rule` between those of the header. `bands` are those of the rows below the header, in turn.
    """

    left: int = 108
    right: int = 108
    top: int = 0
    bottom: int = 0
    edge: int = 0
    centred: bool = False
    top_rule: Rule = NO_RULE
    header_top_rule: Rule = NO_RULE
    header_rule: Rule = NO_RULE
    inner_rule: Rule = NO_RULE
    bottom_rule: Rule = NO_RULE
    left_rule: Rule = NO_RULE
    right_rule: Rule = NO_RULE
    column_rule: Rule = NO_RULE
    header_column_rule: Rule = NO_RULE
    header_shading: str = ""
    header_align: str = "top"
    bands: tuple[Band, ...] = (Band(), Band())


def stories(section: Section) -> tuple[Story, ...]:
    """All that stands at the head and foot of a section's pages."""
    first, even = (section.first_header, section.first_footer), (section.even_header, section.even_footer)
    return (section.header, section.footer, *first, *even)


def paragraphs(story: Story) -> Iterator[Paragraph]:
    """Every paragraph, also those in tables and text boxes."""
    for block in story:
        if isinstance(block, Grid):
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs(cell.story)
        else:
            yield block
            for piece in block.pieces:
                yield from paragraphs(piece.shape.story) if piece.shape else ()
