"""Columns are as wide as a typographer would make them, by the widths of the letters."""

from __future__ import annotations

import pytest

from documents import document
from rapportbygger import fonts
from rapportbygger.nodes import Node, span, words
from rapportbygger.theme.look import Look
from rapportbygger.write.cells import Letters, TableLetters, rows_of, texts_of
from rapportbygger.write.columns import plan

WIDTH, MARGINS = 9000, 170
LOOK = Look("Source Sans Pro", "Source Sans Pro", 400, 190)
CELL = Letters(LOOK, LOOK, fonts.load())
LETTERS = TableLetters(CELL, Letters(LOOK, LOOK, CELL.fonts, bold=True), MARGINS)
SENTENCE = "Det skal etableres et tilbud om opplæring i alle kunstfag for barn fra første til fjerde trinn."


def table(markdown: str) -> Node:
    (found,) = document(markdown).blocks
    return found


def pipe(*rows: str, dashes: str = "") -> Node:
    head, *body = rows
    dashes = dashes or "|" + "---|" * (head.count("|") - 1)
    return table("\n".join([head, dashes, *body, ""]))


def widths(*rows: str, width: int = WIDTH, dashes: str = "") -> tuple[int, ...]:
    return plan(pipe(*rows, dashes=dashes), width, LETTERS).widths


def need(text: str, *, bold: bool = False) -> float:
    """What a column needs for a text on one line."""
    return (LETTERS.head if bold else LETTERS.cell).width(text) + MARGINS


def rows_high(node: Node, columns: tuple[int, ...]) -> int:
    """How many lines a table without merged cells has."""
    lines = [
        max(sum(text.lines(columns[c.column] - MARGINS) for text in texts_of(c.blocks, CELL)) for c in row)
        for row in rows_of(node)
    ]
    return sum(lines)


# ---------------------------------------------------------------------------------------------------------- the letters


def test_letters_are_as_wide_as_the_font_says() -> None:
    assert CELL.width("i") < CELL.width("n") < CELL.width("m")
    assert LETTERS.head.width("Kommune") > CELL.width("Kommune")
    assert CELL.width("mm") == pytest.approx(2 * CELL.width("m"))


def test_a_text_is_broken_between_words_and_behind_hyphens() -> None:
    (text,) = texts_of([{"t": "Plain", "c": document("en kultur-skole").blocks[0]["c"]}], CELL)
    assert len(text.words) == 2
    assert text.part < text.word < text.whole
    assert [text.lines(room) for room in (text.whole, text.word, text.part)] == [1, 2, 3]


# ------------------------------------------------------------------------------------------------------------- sharing


def test_the_table_uses_the_width_of_the_text() -> None:
    found = widths("| Kommune | Tiltak |", f"| Nordre Follo | {SENTENCE} |")
    assert WIDTH - 4 <= sum(found) <= WIDTH


def test_a_very_small_table_uses_half_of_it() -> None:
    assert widths("| År | Antall |", "| 2019 | 12 |", "| 2020 | 140 |") == pytest.approx((WIDTH / 4, WIDTH / 4), abs=2)


def test_columns_of_figures_are_no_wider_than_they_need() -> None:
    name, *figures, text = widths("| Kommune | 2019 | 2020 | Merknad |", f"| Asker | 12,5 % | 1400 | {SENTENCE} |")
    assert all(width < 2 * need("12,5 %") for width in figures)
    assert text > WIDTH / 2
    assert name >= need("Kommune", bold=True)


def test_figures_beside_each_other_are_alike() -> None:
    _, first, second = widths(
        "| Skole og opplæring i kommunen | A | B |", "| Kulturskolen i kommunesenteret | 1 | 1 200 000 |"
    )
    assert first == second


def test_a_number_is_not_broken() -> None:
    _, frist = widths("| Tiltak | Frist |", f"| {SENTENCE} | 1. 8. 2026 |", width=3000)
    assert frist >= need("1. 8. 2026")


def test_eight_columns_break_no_word_that_has_room() -> None:
    heads = ("Kommune", "Elever", "Lærere", "Årsverk", "Budsjett", "Tilskudd", "Venteliste", "Vurdering")
    found = widths("| " + " | ".join(heads) + " |", "| Nordre Follo | 1 | 2 | 3 | 4 | 5 | 6 | god |", width=7710)
    assert all(width >= need(head, bold=True) for width, head in zip(found, heads, strict=True))


def test_long_texts_share_the_room_so_that_the_table_gets_low() -> None:
    node = pipe("| A | B | C |", f"| {SENTENCE * 4} | {SENTENCE} | kort |", f"| {SENTENCE} | kort | {SENTENCE} |")
    found = plan(node, WIDTH, LETTERS).widths
    even = (WIDTH // 3, WIDTH // 3, WIDTH // 3)
    assert rows_high(node, found) < rows_high(node, even)
    assert WIDTH - 6 <= sum(found) <= WIDTH


def test_where_words_have_no_room_the_short_ones_keep_theirs() -> None:
    short, *long = widths("| A | B | C |", f"| Ås | {'y' * 60} | {'z' * 60} |", width=5000)
    assert need("Ås") <= short <= need("Ås") + 60
    assert long[0] == pytest.approx(long[1], abs=1)
    assert short + sum(long) <= 5000


def test_words_break_at_their_hyphens_before_they_break_anywhere() -> None:
    word = "Kultur- og skoleopplæringsdirektorats-rådgivningstjeneste"
    first, second = widths("| A | B |", f"| {word} | Kommunalsjefsstillinger |", width=5000)
    assert first >= need("skoleopplæringsdirektorats-")
    assert second >= need("Kommunalsjefsstillinger")


def test_a_column_is_not_narrower_than_its_picture() -> None:
    first, _ = widths("| A | B |", f"| ![](a.png){{width=2in}} | {SENTENCE} |")
    assert first >= 2 * 1440


def test_bold_words_have_room_too() -> None:
    _, second = widths("| A | B |", f"| {SENTENCE} {SENTENCE} | **Kommunalsjefsstillinger** |", width=5000)
    assert second >= need("Kommunalsjefsstillinger", bold=True)


def test_a_table_without_rows() -> None:
    empty = {"t": "Table", "c": [["", [], []], [None, []], [], [["", [], []], []], [], [["", [], []], []]]}
    assert plan(empty, WIDTH, LETTERS).widths == ()


# ---------------------------------------------------------------------------------------------------- relative widths


def test_relative_widths_are_kept() -> None:
    narrow, wide = widths("| A | B |", f"| kort | {SENTENCE} |", dashes=f"|{'-' * 10}|{'-' * 30}|")
    assert narrow / wide == pytest.approx(10 / 30, rel=0.01)


def test_those_of_a_grid_fill_the_width() -> None:
    line = f"+{'-' * 9}+{'-' * 29}+"
    narrow, wide = plan(table(f"{line}\n| a       | b{' ' * 27}|\n{line}"), WIDTH, LETTERS).widths
    assert narrow / wide == pytest.approx(10 / 30, rel=0.01)
    assert WIDTH - 2 <= narrow + wide <= WIDTH


def test_equal_relative_widths_are_none() -> None:
    short, long = widths("| A | B |", f"| 1 | {SENTENCE} |")
    assert short < long / 4


def test_dashes_as_long_as_the_headings_are_none() -> None:
    rows = ("| Beskrivelse av hele tiltaket | Nr. |", f"| Kort | {SENTENCE} |")
    found = widths(*rows, dashes=f"|{'-' * 30}|{'-' * 5}|")
    assert found == widths(*rows)


def test_a_column_of_a_relative_width_has_room_for_its_longest_word_too() -> None:
    narrow, wide = widths("| A | B |", f"| Sluttproduktgruppe | {SENTENCE}|", dashes=f"|---|{'-' * 40}|")
    assert narrow >= need("Sluttproduktgruppe")
    assert WIDTH - 2 <= narrow + wide <= WIDTH


# -------------------------------------------------------------------------------------------------------- merged cells

GRID = """
+-----+-----+-----+
| A         | B   |
+=====+=====+=====+
| C   | D   | E   |
|     +-----+-----+
|     | F   | G   |
+-----+-----+-----+
"""


def test_cells_stand_where_those_before_and_above_leave_room() -> None:
    found = [[(cell.column, cell.wide, cell.high) for cell in row] for row in rows_of(table(GRID))]
    assert found == [[(0, 2, 1), (2, 1, 1)], [(0, 1, 2), (1, 1, 1), (2, 1, 1)], [(1, 1, 1), (2, 1, 1)]]


def test_columns_hold_the_words_of_the_cells_that_span_them() -> None:
    node = table(GRID.replace("| A         |", "| Wxyzwxyzw |").replace("B  ", "BBB"))
    found = plan(node, 2300, LETTERS).widths
    assert found[0] + found[1] >= need("Wxyzwxyzw", bold=True)


# ------------------------------------------------------------------------------------------------------- whole tables


@pytest.mark.parametrize(
    ("rows", "cell", "whole"), [(3, "kort", True), (9, "kort", False), (4, SENTENCE * 6, False)], ids=str
)
def test_small_tables_stand_on_one_page(rows: int, cell: str, whole: bool) -> None:
    node = pipe("| A | B |", *[f"| {n} | {cell} |" for n in range(rows)])
    assert plan(node, WIDTH, LETTERS).whole is whole


def test_tables_with_pictures_may_part() -> None:
    assert not plan(pipe("| A |", "| ![](a.png) |"), WIDTH, LETTERS).whole


@pytest.mark.parametrize(
    ("word", "columns", "broken"),
    [
        *(("medvirkningsutvalg", 12, "medvirkningsutvalg"), ("medvirkningsutvalg", 3, "")),
        *(("barne-og-ung-doms-kul-tur", 12, ""), ("kultur/fritid/barn/og/unge/voksne", 12, "")),
    ],
)
def test_words_that_are_broken_are_told(word: str, columns: int, broken: str) -> None:
    node = pipe("| A " * columns + "|", f"| {word} " * columns + "|")
    assert plan(node, WIDTH, LETTERS).broken == broken


# ------------------------------------------------------------------------------------------------------- calm columns


def test_texts_of_a_few_words_stand_on_one_line() -> None:
    node = pipe(
        "| Kommunen som | Innbyggeren er | Et typisk spørsmål | Kulturskolen blir |",
        "| myndighet (1.0) | den som har rettigheter og plikter | Har vi det tilbudet loven krever? | et tilbud |",
        "| tjenesteyter (2.0) | bruker | Er brukerne fornøyde, og er ventelisten kort? | et kurstilbud av kvalitet |",
    )
    found = plan(node, 7427, LETTERS).widths
    assert found[0] >= need("Kommunen som", bold=True)
    assert found[1] >= need("Innbyggeren er", bold=True)


def test_columns_that_break_all_the_same_are_no_wider_than_their_lines() -> None:
    found = widths(
        "| Kommune | Elever i kulturskolen ved nyttår | Andel | Timer |",
        "| Øystre-Slidre | 1058 | 27,6 % | 600,5 |",
        width=4000,
    )
    assert found[1] < need("Elever i kulturskolen ved", bold=True)


@pytest.mark.parametrize(
    "text", ["ett", "flere ord, med strek-ord", " ord ", "to  mellomrom", "", "1 200 kr", "æ-ø-å a-1"]
)
def test_words_alone_are_as_wide_as_among_others(text: str) -> None:
    alone = list(texts_of([{"t": "Plain", "c": words(text)}], LETTERS.cell))
    among = list(texts_of([{"t": "Plain", "c": [span(words(text))]}], LETTERS.cell))
    assert alone == among
