"""A table in a footnote is said as text."""

from __future__ import annotations

from documents import as_markdown, document, frozen, setting
from rapportbygger.diagnostics import Location
from rapportbygger.resolve import notes

NOTE = """Tekst.[^n]

[^n]: Før.

    | Kommune | Antall |
    |---------|--------|
    | Lom     | *sju*  |
    | Vik     | 3      |

    : Tall

    Etter.
"""


def test_each_row_is_a_paragraph() -> None:
    changed, _ = notes.resolve(document(NOTE), setting())
    assert as_markdown(changed.blocks).split("\n\n    ")[1:] == [
        *("Tall", "Kommune: Lom; Antall: *sju*", "Kommune: Vik; Antall: 3", "Etter.")
    ]


def test_the_table_is_a_warning_with_its_place() -> None:
    written = document(NOTE)
    before = frozen(written)
    (problem,) = notes.resolve(written, setting())[1]
    assert (problem.code, problem.location) == ("table-in-note", Location("content/chapters/01.md", 5, 7))
    assert frozen(written) == before


def test_tables_in_the_text_stay() -> None:
    written = document("| A | B |\n|---|---|\n| 1 | 2^[En note.] |\n")
    assert notes.resolve(written, setting()) == (written, ())
