"""Fonts to measure letters with."""

import io
import math
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from rapportbygger import fonts
from rapportbygger.charts.measuring_fonts import family_name, measuring_font

FILES = tuple(file.path for file in fonts.load().files)
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

    assert len(font) < 24_576 < REGULAR.stat().st_size / 10


def test_every_letter_has_an_outline_as_text_without_one_is_no_text() -> None:
    made = TTFont(io.BytesIO(measuring_font(REGULAR, "rb1")))

    assert {len(made["glyf"][glyph].coordinates) for glyph in made.getGlyphOrder()} == {2}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_is_measured_together_is_as_wide_as_its_letters(file: Path) -> None:
    made = TTFont(io.BytesIO(measuring_font(file, "rb1")))
    (lookup,) = made["GSUB"].table.LookupList.Lookup
    found = [
        ((first, *ligature.Component), ligature.LigGlyph)
        for first, ligatures in lookup.SubTable[0].ligatures.items()
        for ligature in ligatures
    ]

    assert len(found) > 100
    assert all(made["hmtx"][whole][0] == sum(made["hmtx"][part][0] for part in row) for row, whole in found)


def _drawn(texts: list[str], file: Path, family: str, folder: Path) -> float:
    """How wide vl-convert takes texts to be, one after the other, with the font of a file under another name."""
    import vl_convert

    (folder / f"{family}.ttf").write_bytes(measuring_font(file, family))
    vl_convert.register_font_directory(str(folder))
    look = {"text": {"field": "data"}, "font": {"value": family}, "fontSize": {"value": 100}}
    mark = {"type": "text", "from": {"data": "texts"}, "encode": {"enter": look}}
    view = {"autosize": "pad", "data": [{"name": "texts", "values": texts}], "marks": [mark]}
    (width,) = re.findall(r'<svg [^>]*?width="([0-9.]+)"', vl_convert.vega_to_svg(view))
    return float(width)


@pytest.mark.parametrize(
    "text", ["2019", "1\u202f234\u202f567", "100000000", "12,5\u00a0%", "Elever på venteliste", "Ås"]
)
def test_vl_convert_measures_as_if_letters_stood_alone(text: str, tmp_path: Path) -> None:
    advances = fonts.read_advances(REGULAR)

    assert _drawn([text], REGULAR, "rbtest", tmp_path) == math.ceil(advances.width(text) * 100)


def test_other_files_are_another_family() -> None:
    assert family_name((REGULAR,)) == family_name((REGULAR,)) != family_name((BOLD,))
