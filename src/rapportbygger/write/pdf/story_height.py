"""How high a header or footer is: one taller than its margin pushes the text away, in Word as in LibreOffice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapportbygger.theme.look import Cell, Grid, Paragraph, Piece, Row, Section, Story
from rapportbygger.write.pdf.spacing import gap


def body_margins(section: Section, *, sum_spacing: bool) -> tuple[int, int]:
    """How far the text is from the page's top and bottom, in twips (ECMA-376-1, 17.6.11)."""
    heads, feet = [section.header], [section.footer]
    if section.even_pages:
        heads, feet = [*heads, section.even_header], [*feet, section.even_footer]
    return _margins(section, heads, feet, sum_spacing=sum_spacing)


def first_margins(section: Section, *, sum_spacing: bool) -> tuple[int, int]:
    """The same on the section's first page, which may have a header and footer of its own."""
    if not section.title_page:
        return body_margins(section, sum_spacing=sum_spacing)
    return _margins(section, [section.first_header], [section.first_footer], sum_spacing=sum_spacing)


def _margins(section: Section, heads: list[Story], feet: list[Story], *, sum_spacing: bool) -> tuple[int, int]:
    head = max(story_height(story, sum_spacing=sum_spacing) for story in heads)
    foot = max(story_height(story, sum_spacing=sum_spacing) for story in feet)
    return max(section.top, section.header_distance + head), max(section.bottom, section.footer_distance + foot)


def story_height(story: Story, *, sum_spacing: bool) -> int:
    """The height of paragraphs whose lines are not broken, and of tables, with the space after the last of them."""
    height, above = 0, None
    for block in story:
        if isinstance(block, Grid):
            height += (above.after + above.surplus if above else 0) + sum(
                _row_height(row, sum_spacing=sum_spacing) for row in block.rows
            )
            above = None
            continue
        style = block.style
        height += gap(above, style, sum_spacing=sum_spacing).amount
        height += sum(_line_height(block, line) for line in _lines(block.pieces))
        height += sum(size + distance for side, size, distance, _ in style.borders if side in ("top", "bottom"))
        above = style
    return height + (above.after + above.surplus if above else 0)


def _row_height(row: Row, *, sum_spacing: bool) -> int:
    if row.exact:
        return row.height
    single = [cell for cell in row.cells if cell.rows == 1]
    cells = (story_height(c.story, sum_spacing=sum_spacing) + _around(c) for c in single)
    return max([row.height, *cells])


def _around(cell: Cell) -> int:
    """Margins of a cell, and the line above it."""
    return cell.margins[1] + cell.margins[3] + sum(size for side, size, *_ in cell.borders if side == "top")


def _lines(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    for piece in pieces:
        if piece.kind == "float":
            continue
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
    pictures = [drawn.height for piece in line if (drawn := piece.picture or piece.shape) is not None]
    return max([*pictures, *(look.ascent for look in looks)]) + max(look.descent for look in looks)
