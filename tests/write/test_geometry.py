"""The measures that both writers share."""

from __future__ import annotations

import pytest

from documents import document
from rapportbygger.nodes import Node
from rapportbygger.write.geometry import column_widths, list_level, ordered_labels

WIDTH = 9000


def table(markdown: str) -> Node:
    (found,) = document(markdown).blocks
    return found


def test_columns_share_the_width_by_their_texts() -> None:
    short, long = column_widths(table("| A | Tekst |\n|---|-------|\n| 1 | en ganske lang tekst her |\n"), WIDTH)
    assert short < long
    assert WIDTH - 2 <= short + long <= WIDTH


def test_columns_of_equal_texts_are_equally_wide() -> None:
    assert column_widths(table("| A | B |\n|---|---|\n| 1 | 2 |\n"), WIDTH) == (4500, 4500)


def test_relative_widths_are_kept() -> None:
    line = f"+{'-' * 9}+{'-' * 29}+"
    grid = f"{line}\n| a       | b{' ' * 27}|\n{line}"
    narrow, wide = column_widths(table(grid), WIDTH)
    assert narrow / wide == pytest.approx(10 / 30, rel=0.01)


def test_a_column_is_not_narrower_than_its_longest_word() -> None:
    long = " ".join(["ord"] * 60)
    first, second = column_widths(table(f"| A | B |\n|---|---|\n| {'x' * 12} | {long[:50]} |\n"), 5000)
    assert first >= 12 * 125
    assert first + second <= 5000


def test_a_table_without_rows() -> None:
    empty = {"t": "Table", "c": [["", [], []], [None, []], [], [["", [], []], []], [], [["", [], []], []]]}
    assert column_widths(empty, WIDTH) == ()


def test_lists_are_indented_step_by_step_to_the_ninth_level() -> None:
    assert [list_level(level).left for level in (0, 1, 8, 12)] == [720, 1440, 6480, 6480]


@pytest.mark.parametrize(
    ("markdown", "labels"),
    [
        ("1. a\n2. b", ("1.", "2.")),
        ("7) a\n8) b", ("7)", "8)")),
        ("(c) a\n(d) b", ("(c)", "(d)")),
        ("ix. a\nx. b", ("ix.", "x.")),
        ("#. a\n#. b", ("1.", "2.")),
        ("C)  a\nD)  b", ("C)", "D)")),
    ],
)
def test_labels_of_ordered_lists(markdown: str, labels: tuple[str, ...]) -> None:
    (ordered,) = document(markdown).blocks
    attributes, items = ordered["c"]
    assert ordered_labels(attributes, len(items), 0) == labels


def test_a_column_of_a_relative_width_has_room_for_its_longest_word_too() -> None:
    rows = f"| {'Sluttproduktgruppe':20} | {'ord ' * 20}|\n"
    narrow, wide = column_widths(table(f"| A | B |\n|---|{'-' * 40}|\n{rows}"), WIDTH)
    assert narrow >= 18 * 125
    assert WIDTH - 2 <= narrow + wide <= WIDTH


def test_equal_relative_widths_are_none() -> None:
    short, long = column_widths(table(f"| A | B |\n|---|---|\n| 1 | {'ord ' * 20}|\n"), WIDTH)
    assert short < long


def test_where_words_have_no_room_the_short_ones_keep_theirs() -> None:
    rows = f"| Ås | {'y' * 60} | {'z' * 40} |"
    short, *long = column_widths(table(f"| A | B | C |\n|---|---|---|\n{rows}\n"), 5000)
    assert short == 2 * 125 + 240
    assert long == [2255, 2255]


def test_a_column_is_not_narrower_than_its_picture() -> None:
    first, _ = column_widths(table(f"| A | B |\n|---|---|\n| ![](a.png){{width=2in}} | {'ord ' * 30} |\n"), WIDTH)
    assert first >= 2 * 1440
