"""Fonts to measure letters with."""

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from rapportbygger import fonts
from rapportbygger.charts.measuring_fonts import family_name, measuring_font

FILES = fonts.load().files
REGULAR, BOLD = (next(file for file in FILES if file.stem == f"SourceSansPro-{face}") for face in ("Regular", "Bold"))


def _widths(font: TTFont) -> dict[int, int]:
    """The widths of the letters of Unicode's first plane."""
    return {code: font["hmtx"][glyph][0] for code, glyph in font.getBestCmap().items() if code < 0xFFFF}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_letters_are_as_wide_as_the_reports(file: Path) -> None:
    made, original = TTFont(io.BytesIO(measuring_font(file, "rb1"))), TTFont(file)

    assert _widths(made) == _widths(original)
    assert made["OS/2"].usWeightClass == original["OS/2"].usWeightClass
    assert made["head"].unitsPerEm == original["head"].unitsPerEm
    assert made["hhea"].ascent == original["hhea"].ascent


def test_the_font_has_the_name_that_it_is_given() -> None:
    made = TTFont(io.BytesIO(measuring_font(REGULAR, "rb1")))

    assert made["name"].getDebugName(1) == "rb1"


def test_the_faces_of_a_family_have_names_of_their_own() -> None:
    faces = [TTFont(io.BytesIO(measuring_font(file, "rb1"))) for file in (REGULAR, BOLD)]

    assert [face["name"].getDebugName(6) for face in faces] == ["rb1-400", "rb1-700"]


def test_the_font_is_small_as_its_file_is_opened_for_every_letter() -> None:
    font = measuring_font(REGULAR, "rb1")

    assert len(font) < 16_384 < REGULAR.stat().st_size / 10


def test_every_letter_has_an_outline_as_text_without_one_is_no_text() -> None:
    made = TTFont(io.BytesIO(measuring_font(REGULAR, "rb1")))

    assert {len(made["glyf"][glyph].coordinates) for glyph in made.getGlyphOrder()} == {2}


def test_other_files_are_another_family() -> None:
    assert family_name((REGULAR,)) == family_name((REGULAR,)) != family_name((BOLD,))
