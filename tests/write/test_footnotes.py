"""Where LibreOffice breaks pages around footnotes, and what Typst is told where it would do otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from documents import style
from rapportbygger.theme.look import Look
from rapportbygger.write.pdf.footnotes import asked_for, mended
from rapportbygger.write.pdf.units import Mend, NoteLook, Unit

BODY = style("body text", Look("Serif", "Serif", 400, 200, ascent=160, descent=40))
"""Lines of 10 points."""
NOTE = NoteLook(pitch=8, surplus=0, gap=0, above=6)
FOOT = 500
"""Where the page's text ends, in points."""


def unit(*words: int, kind: str = "lines", **more: Any) -> Unit:
    """A paragraph on a page that is 500 points deep, with footnotes after so many words."""
    return Unit(kind, words, 0, BODY, FOOT * 20, **more)


def layout(lines: list[tuple[int, float]], notes: list[tuple[float, int]], number: int = 0) -> dict[str, Any]:
    """A paragraph with ten words a line, its lines as (page, baseline), its notes as (height, printed on page)."""
    words = [[number, 10 * n + word, page, y] for n, (page, y) in enumerate(lines) for word in range(10)]
    return {
        "words": words,
        "calls": [lines[0]] * len(notes),
        "heights": [height for height, _ in notes],
        "notes": [[n, page] for n, (_, page) in enumerate(notes, 1)],
        "headings": [],
    }


def lines(count: int, first: float, page: int = 1) -> list[tuple[int, float]]:
    return [(page, first + 10 * n) for n in range(count)]


def mend(found: dict[str, Any], *units: Unit, done: dict[int, Mend] | None = None) -> dict[int, Mend]:
    return mended(found, units, done or {}, NOTE)


def test_a_note_with_room_below_its_line_is_fine() -> None:
    assert mend(layout(lines(4, 400), [(8, 1)]), unit(5)) == {}


def test_a_line_goes_to_the_next_page_with_a_note_that_has_no_room() -> None:
    found = layout(lines(6, 440), [(8, 2)])  # the last line ends 8 points above the page's foot: 14 are needed
    assert mend(found, unit(55))[0].at == 40  # with the line before it: none stands alone


def test_a_paragraph_of_three_lines_goes_as_a_whole() -> None:
    assert mend(layout(lines(3, 470), [(8, 2)]), unit(25))[0].at == 0


def test_two_lines_of_a_note_are_enough_for_its_line_to_stay_and_then_the_page_is_full() -> None:
    found = layout(lines(6, 425), [(40, 1)])  # below line 4 (455) there is room for 6 + 35 points of notes
    assert mend(found, unit(35))[0].at == 40


def test_a_note_with_room_for_one_line_below_others_is_left_for_the_next_page() -> None:
    found = layout(lines(4, 445), [(8, 1), (16, 2)])  # line 4 ends at 477: 23 points, 14 of them taken
    assert mend(found, unit(5, 35)) == {}
    moved = layout([*lines(2, 445), *lines(2, 100, page=2)], [(8, 1), (16, 2)])
    assert dict(mend(moved, unit(5, 35))[0].late).keys() == {1}


def test_a_note_that_was_left_behind() -> None:
    found = layout(lines(4, 100, page=2), [(8, 1)])
    assert mend(found, unit(5))[0].at == 0


def test_a_heading_left_on_the_page_before() -> None:
    found = layout(lines(4, 100, page=2), [(8, 2)]) | {"headings": [(1, 480)]}
    assert mend(found, unit(5, heading=0))[0].at == 0


def test_a_row_stays_and_its_note_is_late() -> None:
    found = layout([(2, 100)], [(8, 1)], number=-1)
    assert dict(mend(found, unit(0, kind="row"))[0].late).keys() == {0}


def test_a_heading_goes_with_its_note() -> None:
    found = layout([(1, 490)], [(8, 2)], number=-1)
    change = mend(found, unit(0, kind="block"))[0]
    assert change.at == 0
    assert change.room > FOOT - 490


def test_a_caption_takes_its_picture_along() -> None:
    found = layout(lines(1, 110, page=2), [(8, 2)])
    picture = unit(2, kind="block", tall=1200, top=60 * 20)  # 60 points high: it cannot be above this caption
    assert mend(found, picture)[0].at == 0
    assert mend(layout(lines(1, 140, page=2), [(8, 2)]), picture) == {}


def test_one_place_in_a_chapter_is_mended_at_a_time() -> None:
    one = layout(lines(3, 470), [(8, 2), (8, 2)])
    words = one["words"] + [[1, *mark[1:]] for mark in one["words"]]
    assert list(mend({**one, "words": words}, unit(25), unit(25))) == [0]


def test_what_was_said_is_not_said_again() -> None:
    found = layout(lines(3, 470), [(8, 2)])
    assert mend(found, unit(25), done=mend(found, unit(25))) == {}


CUT = layout([*lines(4, 440), *lines(2, 100, page=2)], [(8, 2)])
"""Six lines with a note in the last, of which two were told to begin the next page: all six would end at 492 of 500."""


def asks(found: dict[str, Any], *units: Unit, at: int = 40) -> bool:
    """Whether the paragraph would surely have been cut at that word."""
    return asked_for(found, units, {0: Mend(at=at, room=30.0)}, NOTE)


def test_what_was_mended_beforehand_would_have_been_asked_for() -> None:
    assert mend(layout(lines(6, 440), [(8, 2)]), unit(55))[0].at == 40
    assert asks(CUT, unit(55))


def test_a_cut_where_libreoffice_makes_none_was_not_asked_for() -> None:
    early = layout([*lines(2, 440), *lines(4, 100, page=2)], [(8, 2)])
    assert not asks(early, unit(55), at=20)
    assert not asks(layout(lines(6, 100), [(8, 1)]), unit(55))


def test_a_cut_where_typst_makes_it_anyway_was_not_asked_for() -> None:
    assert not asks(layout([*lines(4, 452), *lines(2, 100, page=2)], [(8, 2)]), unit(55))


def test_a_cut_is_in_doubt_where_lines_differ_in_height() -> None:
    uneven = layout([*lines(3, 438), (1, 470), *lines(2, 100, page=2)], [(8, 2)])
    assert not asks(uneven, unit(55))


def test_a_cut_is_in_doubt_where_its_heading_was_left_behind() -> None:
    assert not asks(CUT | {"headings": [(0, 480)]}, unit(55, heading=0))


def test_a_cut_is_in_doubt_below_a_place_that_is_to_be_mended() -> None:
    above = layout(lines(3, 470), [(8, 2)])
    cut = layout([*lines(4, 440, page=2), *lines(2, 100, page=3)], [(8, 3)], number=1)
    both = {key: above[key] + cut[key] for key in above} | {"notes": [[1, 2], [2, 3]]}
    assert not asked_for(both, [unit(25), unit(55)], {1: Mend(at=40, room=30.0)}, NOTE)
    elsewhere = replace(unit(55), chapter=1)
    assert asked_for(both, [unit(25), elsewhere], {1: Mend(at=40, room=30.0)}, NOTE)
