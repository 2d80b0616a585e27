"""The two designs: measures, type and colours. Everything else follows from these numbers."""

from dataclasses import dataclass

BLUE = "0B4A6F"  # 9.5:1 on white
SLATE = "47545F"  # 7.7:1 on white
LINK = "0B5C8A"  # 7.2:1 on white
HAIRLINE = "B9C7D1"
TINT = "EEF3F6"

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
class Design:
    """One template. Page margins in twips."""

    file: str
    title: str
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
    chapter_on_new_page: bool
    cover: bool
    header: int = 709
    footer: int = 709

    @property
    def text_width(self) -> int:
        return A4_WIDTH - self.left - self.right


SLUTTRAPPORT = Design(
    file="templates/sluttrapport.docx",
    title="Mal for sluttrapport",
    headings_font="Source Sans Pro",
    body_font="Source Serif Pro",
    left=2041,
    right=2041,
    top=1644,
    bottom=1588,
    body=Type(22, 300, 160, 160),
    document_title=Type(72, 820, 3000, 200),
    subtitle=Type(34, 460, 0, 0),
    author=Type(24, 320, 4000, 40),
    date=Type(24, 320, 40, 0),
    headings=(
        Type(52, 600, 480, 360),
        Type(32, 400, 480, 120),
        Type(25, 320, 320, 80),
        Type(22, 300, 280, 60),
        Type(22, 300, 240, 60),
    ),
    chapter_on_new_page=True,
    cover=True,
)

STANDARD = Design(
    file="src/rapportbygger/templates/standard.docx",
    title="Standardmal",
    headings_font="Source Sans Pro",
    body_font="Source Sans Pro",
    left=2098,
    right=2098,
    top=1531,
    bottom=1531,
    body=Type(22, 300, 160, 160),
    document_title=Type(52, 620, 0, 80),
    subtitle=Type(30, 380, 0, 120),
    author=Type(22, 300, 120, 0),
    date=Type(22, 300, 0, 480),
    headings=(
        Type(36, 440, 520, 160),
        Type(28, 360, 400, 120),
        Type(24, 320, 320, 80),
        Type(22, 300, 280, 60),
        Type(22, 300, 240, 60),
    ),
    chapter_on_new_page=False,
    cover=False,
)

DESIGNS = (SLUTTRAPPORT, STANDARD)
