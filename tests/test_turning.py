"""Headers and footers of pages on their side."""

from __future__ import annotations

import pytest

from documents import style
from rapportbygger.theme.look import Look, Paragraph, Section
from rapportbygger.theme.turning import moved, turned


@pytest.mark.parametrize(
    ("stop", "expected"),
    [
        (("right", 9072, "none"), ("right", 14004, "none")),
        (("right", 9000, "dot"), ("right", 14004, "dot")),
        (("right", 9300, "none"), ("right", 14004, "none")),
        (("center", 4536, "none"), ("center", 7002, "none")),
        (("right", 6000, "none"), ("right", 6000, "none")),
        (("left", 9072, "none"), ("left", 9072, "none")),
        (("center", 3000, "none"), ("center", 3000, "none")),
    ],
)
def test_stops_at_the_margin_and_in_the_middle_follow_the_text(
    stop: tuple[str, int, str], expected: tuple[str, int, str]
) -> None:
    assert moved(stop, 9072, 14004) == expected


def test_a_page_is_turned_with_its_header_and_keeps_its_margins() -> None:
    look = Look("Serif", "Serif", 400, 220)
    footer = (Paragraph(style("footer", look, tabs=(("right", 9072, "none"),))),)
    side = turned(Section(title_page=True, start=3, footer=footer))
    (paragraph,) = side.footer
    assert isinstance(paragraph, Paragraph)
    assert paragraph.style.tabs == (("right", 14004, "none"),)
    assert (side.width, side.height, side.top, side.left) == (16838, 11906, 1417, 1417)
    assert (side.title_page, side.start) == (False, 0)
