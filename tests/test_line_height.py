"""The height of a line, as LibreOffice rounds it."""

from __future__ import annotations

import pytest

from rapportbygger import fonts
from rapportbygger.theme.line_height import Line, half_up, line_box, line_of, per_cent

FACE = fonts.load().faces["Source Sans Pro", False, False]


@pytest.mark.parametrize(("number", "whole"), [(0.5, 1), (1.5, 2), (2.5, 3), (2.49, 2)])
def test_halves_go_up(number: float, whole: int) -> None:
    assert half_up(number) == whole


def test_a_single_line_is_ascent_and_descent() -> None:
    assert line_box(FACE, 220) == Line(217, 60)  # 11 pt: 0.984 and 0.273 em


@pytest.mark.parametrize(
    ("line", "rule", "expected"),
    [
        (240, "auto", Line(217, 60)),
        (360, "auto", Line(217, 60, surplus=138)),
        (300, "exact", Line(240, 60)),
        (400, "atLeast", Line(340, 60)),
        (200, "atLeast", Line(217, 60)),
        (120, "auto", Line(78, 60)),
    ],
)
def test_line_spacing(line: int, rule: str, expected: Line) -> None:
    assert line_of(FACE, 220, line, rule) == expected


@pytest.mark.parametrize(("line", "percent"), [(240, 100), (259, 108), (278, 115), (283, 117), (286, 119), (120, 50)])
def test_a_multiple_is_a_whole_per_cent_as_libreoffice_reads_it(line: int, percent: int) -> None:
    assert per_cent(line) == percent
