"""Rows of tables that pandoc would lose without a word."""

from __future__ import annotations

import pytest

from rapportbygger.merge.pipe_tables import problems
from rapportbygger.model import Chapter, Text


def found(markdown: str) -> list[tuple[int, str]]:
    text = Text(Chapter("c.md", markdown), markdown, tuple(range(1, markdown.count("\n") + 2)))
    kinds = {"the row has": "cells", "the row of": "outside"}
    return [(p.location.line if p.location else 0, kinds[p.message[:11].strip()]) for p in problems(text)]


@pytest.mark.parametrize(
    "markdown",
    [
        "| a | b |\n|---|:-:|\n| 1 | 2 |\n| 3 |\n\n: T {#tbl-t}",
        "a | b\n---|---\n1 | 2\n",
        "| a | b |\n|---|---|\n| `x|y` | a \\| b |\n: T\n",
        "- | a | b |\n  |---|---|\n  | 1 | 2 |\n",
        "> | a | b |\n> |---|---|\n> | 1 | 2 |\n",
        "+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+\n",
        "```\n| a | b | c |\n\n| a | b |\n|---|\n```\n",
        "::: ramme\n| a | b |\n|---|---|\n| 1 | 2 |\n:::\n",
        "| Et dikt\n| på to linjer\n",
        "$$\n|a| + |b|\n$$\n",
        "Tekst | med | strek\n",
    ],
)
def test_what_is_right_is_not_spoken_of(markdown: str) -> None:
    assert found(markdown) == []


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n", [(3, "cells")]),
        ("| a | b | c |\n|---|---|\n| 1 | 2 |\n", [(1, "cells")]),
        ("Tekst:\n| a | b |\n|---|---|\n| 1 | 2 |\n", [(2, "outside")]),
        ("| a | b |\n| 1 | 2 |\n", [(1, "outside")]),
        ("| a | b |\n|–––|---|\n| 1 | 2 |\n", [(1, "outside")]),
        ("| a | b |\n|---|---|\n\n| 1 | 2 |\n", [(4, "outside")]),
    ],
)
def test_rows_that_would_be_lost(markdown: str, expected: list[tuple[int, str]]) -> None:
    assert found(markdown) == expected
