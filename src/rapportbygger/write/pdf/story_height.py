"""How high a header or footer is: one taller than its margin pushes the text away, in Word as in LibreOffice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapportbygger.theme.look import Paragraph, Piece, Section
from rapportbygger.write.pdf.spacing import gap


def body_margins(section: Section, *, sum_spacing: bool) -> tuple[int, int]:
    """How far the text is from the page's top and bottom, in twips (ECMA-376-1, 17.6.11)."""
    heads = (section.header, section.first_header) if section.title_page else (section.header,)
    feet = (section.footer, section.first_footer) if section.title_page else (section.footer,)
    head = max(story_height(story, sum_spacing=sum_spacing) for story in heads)
    foot = max(story_height(story, sum_spacing=sum_spacing) for story in feet)
    return max(section.top, section.header_distance + head), max(section.bottom, section.footer_distance + foot)


def story_height(story: Sequence[Paragraph], *, sum_spacing: bool) -> int:
    """The height of paragraphs whose lines are not broken, with the space after the last of them."""
    height, above = 0, None
    for paragraph in story:
        height += gap(above, paragraph.style, sum_spacing=sum_spacing).amount
        height += sum(_line_height(paragraph, line) for line in _lines(paragraph.pieces))
        height += sum(
            size + distance for side, size, distance, _ in paragraph.style.borders if side in ("top", "bottom")
        )
        above = paragraph.style
    return height + (above.after if above else 0)


def _lines(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    for piece in pieces:
        if piece.kind == "line":
            yield line
            line = []
        else:
            line.append(piece)
    yield line


def _line_height(paragraph: Paragraph, line: Sequence[Piece]) -> int:
    looks = [piece.look for piece in line] or [paragraph.style.look]
    if paragraph.style.rule == "exact":
        return paragraph.style.line
    pictures = [piece.picture.height for piece in line if piece.picture is not None]
    return max([*pictures, *(look.ascent for look in looks)]) + max(look.descent for look in looks)
