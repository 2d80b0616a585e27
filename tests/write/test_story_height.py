"""Headers and footers that are taller than their margins."""

from __future__ import annotations

from dataclasses import replace

from documents import style
from rapportbygger.theme.look import Look, Paragraph, Picture, Piece, Section
from rapportbygger.write.pdf.story_height import body_margins, first_margins

LOOK = Look("Source Sans Pro", "Source Sans Pro", 400, 200, ascent=200, descent=50)
STYLE = style("header", LOOK, after=100)
LOGO = Piece("picture", LOOK, picture=Picture(b"", ".png", 1000, 1500))
SECTION = Section(top=1400, bottom=1400, header_distance=700, footer_distance=700)


def margins(section: Section) -> tuple[int, int]:
    return body_margins(section, sum_spacing=False)


def test_a_low_header_leaves_the_margin() -> None:
    assert margins(replace(SECTION, header=(Paragraph(STYLE),))) == (1400, 1400)


def test_a_picture_pushes_the_text_down() -> None:
    assert margins(replace(SECTION, header=(Paragraph(STYLE, (LOGO,)),))) == (700 + 1500 + 50 + 100, 1400)


def test_an_exact_height_holds_also_around_a_picture() -> None:
    exact = replace(STYLE, rule="exact", line=300)
    assert margins(replace(SECTION, header=(Paragraph(exact, (LOGO,)),))) == (1400, 1400)


def test_lines_and_paragraphs_of_a_footer_add_up() -> None:
    two = Paragraph(STYLE, (Piece("text", LOOK, "a"), Piece("line", LOOK), Piece("text", LOOK, "b")))
    assert margins(replace(SECTION, footer=(two, two, two))) == (1400, 700 + 6 * 250 + 3 * 100)


def test_the_first_page_counts_where_it_has_its_own() -> None:
    tall = (Paragraph(STYLE, (LOGO,)),)
    assert margins(replace(SECTION, first_header=tall)) == (1400, 1400)
    titled = replace(SECTION, first_header=tall, title_page=True)
    assert margins(titled) == (1400, 1400)
    assert first_margins(titled, sum_spacing=False) == (2350, 1400)
    assert first_margins(replace(titled, title_page=False), sum_spacing=False) == (1400, 1400)
