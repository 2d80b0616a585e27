"""What is unusual in a paragraph is found, and not much else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents import document
from documents import style as paragraph_style
from rapportbygger import fonts
from rapportbygger.nodes import Node
from rapportbygger.theme.look import Look, Style
from rapportbygger.write.cells import Letters
from rapportbygger.write.pdf.unusual import is_unusual

LOOK = Look("Source Serif Pro", "Source Serif Pro", 400, 220)
LETTERS = Letters(LOOK, LOOK, fonts.load())
STYLE = paragraph_style("normal", LOOK)
A_LINE = 9000


def inlines(markdown: str) -> list[Node]:
    (block,) = document(markdown).blocks
    found: list[Node] = block["c"]
    return found


@pytest.mark.parametrize(
    ("markdown", "unusual"),
    [
        ("Barn og unge lærte *mye* av **samarbeidet**.", False),
        ("Barn og/eller unge", True),
        ("`kode`", True),
        ("se <https://www.example.org>", True),
        ("www.kultur-og-fritid.no", True),
        ("☐ ja", True),
        ("a" * 39, False),
        ("a" * 40, True),
        ("a" * 20 + "**" + "a" * 20 + "**", True),  # though one part may stand on its own
        ("ord^[En note med og/eller.]", False),  # a note is a paragraph of its own
    ],
)
def test_what_may_need_more_than_words_on_a_line(markdown: str, unusual: bool) -> None:
    assert is_unusual(inlines(markdown), STYLE, A_LINE) is unusual


def test_what_is_written_as_typst_may_hold_anything() -> None:
    assert is_unusual([{"t": "RawInline", "c": ["typst", "#lower[A]"]}], STYLE, A_LINE)


def test_in_little_room_ordinary_words_are_long() -> None:
    room = 12 * LOOK.size
    assert not is_unusual(inlines("ti bokstav-er i ord"), STYLE, room)
    assert is_unusual(inlines("kulturskolene"), STYLE, room)
    assert is_unusual(inlines("kulturskolene"), replace(STYLE, left=room // 2), A_LINE // 4)


def test_where_the_letters_widths_are_known_they_decide() -> None:
    words = inlines("kulturskolene og **foreldrene**")
    narrow, wide = (int(LETTERS.width("kulturskolene")) + more for more in (0, 60))
    assert is_unusual(words, STYLE, narrow, LETTERS)
    assert not is_unusual(words, STYLE, wide, LETTERS)
    other: Style = replace(STYLE, look=replace(LOOK, size=400))
    assert is_unusual(words, other, wide, LETTERS)
