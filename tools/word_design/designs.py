"""The designs: measures, type and colours. Everything else follows from these numbers.

One grid for all: running text of 11 pt (11 1/2 without serifs) on 15 pt lines, and space in halves of such a line (150
twips), headings with the space around them included. The width of the text is set for 65 to 75 characters.
"""

from dataclasses import dataclass

BLUE = "0B4A6F"  # 9.5:1 on white
SLATE = "47545F"  # 7.7:1 on white
LINK = "0B5C8A"  # 7.2:1 on white
HAIRLINE = "B9C7D1"
TINT = "EEF3F6"
ICE = "8FB3C7"

A4_WIDTH = 11906
A4_HEIGHT = 16838


@dataclass(frozen=True)
class Type:
    """Size in half points on a line of so many twips, and the space around such a paragraph in twips."""

    size: int
    line: int
    before: int = 0
    after: int = 0


@dataclass(frozen=True)
class Cover:
    """A page before the text, in twips: the band of colour at its top edge, and the margins that are its own.

    Its lines may be longer than those of the text, so that there is room for a long title.
    """

    band: int
    top: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Design:
    """One template. Page margins in twips; `kind` says which words stand on its pages (see `story`)."""

    file: str
    title: str
    kind: str
    headings_font: str
    body_font: str
    left: int
    right: int
    top: int
    bottom: int
    body: Type
    document_title: Type
    subtitle: Type
    author: Type
    date: Type
    headings: tuple[Type, Type, Type, Type, Type]
    contents: Type
    chapter_on_new_page: bool
    cover: Cover | None = None
    header: int = 709
    footer: int = 709

    @property
    def text_width(self) -> int:
        return A4_WIDTH - self.left - self.right


SLUTTRAPPORT = Design(
    file="templates/sluttrapport.docx",
    title="Mal for sluttrapport",
    kind="report",
    headings_font="Source Sans Pro",
    body_font="Source Serif Pro",
    left=2381,
    right=2098,
    top=1644,
    bottom=1588,
    body=Type(22, 300, 150, 150),
    document_title=Type(68, 760, 0, 240),
    subtitle=Type(36, 480, 0, 0),
    author=Type(26, 340, 2400, 20),
    date=Type(26, 340, 20, 0),
    headings=(
        Type(56, 640, 600, 410),
        Type(32, 400, 380, 120),
        Type(26, 320, 310, 120),
        Type(22, 300, 330, 120),
        Type(22, 300, 330, 120),
    ),
    contents=Type(44, 520, 600, 240),
    chapter_on_new_page=True,
    cover=Cover(band=5669, top=6803, bottom=624, right=1134),
)

KOMMUNERAPPORT = Design(
    file="templates/kommunerapport.docx",
    title="Mal for kommunerapport",
    kind="municipality",
    headings_font="Source Sans Pro",
    body_font="Source Serif Pro",
    left=2381,
    right=2098,
    top=1531,
    bottom=1531,
    body=Type(22, 300, 150, 150),
    document_title=Type(60, 680, 3900, 180),
    subtitle=Type(30, 400, 0, 0),
    author=Type(24, 320, 3300, 20),
    date=Type(24, 320, 20, 0),
    headings=(
        Type(40, 480, 630, 240),
        Type(28, 360, 420, 120),
        Type(24, 300, 330, 120),
        Type(22, 300, 330, 120),
        Type(22, 300, 330, 120),
    ),
    contents=Type(34, 420, 560, 160),
    chapter_on_new_page=False,
    cover=Cover(band=680, top=1814, bottom=624, right=1134),
)

BREV = Design(
    file="templates/brev.docx",
    title="Mal for brev",
    kind="letter",
    headings_font="Source Sans Pro",
    body_font="Source Serif Pro",
    left=1417,
    right=2977,
    top=1417,
    bottom=1531,
    body=Type(22, 300, 150, 150),
    document_title=Type(30, 380, 670, 150),
    subtitle=Type(22, 300, 0, 0),
    author=Type(22, 300, 300, 0),
    date=Type(22, 300, 750, 0),
    headings=(
        Type(24, 300, 330, 120),
        Type(22, 300, 330, 120),
        Type(22, 300, 330, 120),
        Type(22, 300, 330, 120),
        Type(22, 300, 330, 120),
    ),
    contents=Type(24, 300, 330, 120),
    chapter_on_new_page=False,
    header=680,
)

STANDARD = Design(
    file="src/rapportbygger/templates/standard.docx",
    title="Standardmal",
    kind="plain",
    headings_font="Source Sans Pro",
    body_font="Source Sans Pro",
    left=2324,
    right=2324,
    top=1531,
    bottom=1531,
    body=Type(23, 300, 150, 150),
    document_title=Type(52, 620, 0, 80),
    subtitle=Type(30, 380, 0, 120),
    author=Type(22, 300, 120, 0),
    date=Type(22, 300, 0, 480),
    headings=(
        Type(36, 440, 520, 160),
        Type(28, 360, 400, 120),
        Type(24, 320, 320, 120),
        Type(23, 300, 280, 120),
        Type(23, 300, 240, 120),
    ),
    contents=Type(32, 400, 480, 140),
    chapter_on_new_page=False,
)

DESIGNS = (SLUTTRAPPORT, KOMMUNERAPPORT, BREV, STANDARD)
