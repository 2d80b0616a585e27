"""What is read from the layout: pages, and paragraphs that footnotes broke badly."""

from __future__ import annotations

from typing import Any

from rapportbygger.write.pdf.layout import faults, pages_of


def layout(
    *pages: int, words_a_line: int = 2, notes: tuple[tuple[int, int], ...] = ((1, 1),), **more: Any
) -> dict[str, Any]:
    """One paragraph with lines on these pages, one after the other, and one footnote."""
    words = [
        [0, line * words_a_line + word, page, 100.0 + 20 * line]
        for line, page in enumerate(pages)
        for word in range(words_a_line)
    ]
    return {"words": words, "calls": [1], "notes": [list(note) for note in notes], "headings": [1], **more}


NOTES = [(0, None)]


def test_page_numbers() -> None:
    assert pages_of({"pages": [["sec-a", 3], ["fig-b", 4]]}) == {"sec-a": 3, "fig-b": 4}


def test_a_paragraph_on_one_page_is_fine() -> None:
    assert faults(layout(1, 1, 1, 1), NOTES, {}) == {}


def test_two_lines_on_each_page_are_fine() -> None:
    assert faults(layout(1, 1, 2, 2), NOTES, {}) == {}


def test_a_lone_line_is_mended_by_cutting_after_two_lines_and_before_the_last_two() -> None:
    assert faults(layout(1, 1, 1, 1, 1, 2), NOTES, {}) == {0: [4, 8]}


def test_a_paragraph_of_three_lines_is_kept_whole() -> None:
    assert faults(layout(1, 2, 2), NOTES, {}) == {0: []}


def test_a_note_on_another_page_than_its_call() -> None:
    assert faults(layout(1, 1, notes=((1, 2),)), NOTES, {}) == {0: []}


def test_a_heading_left_on_the_page_before() -> None:
    assert faults(layout(2, 2, calls=[2], notes=((1, 2),)), [(0, 0)], {}) == {0: []}


def test_what_was_mended_is_left_alone() -> None:
    assert faults(layout(1, 2, 2), NOTES, {0: []}) == {}
