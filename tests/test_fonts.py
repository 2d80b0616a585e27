"""Fonts: what is read of the files is what Typst and a font library read of them."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import pytest

from rapportbygger import fonts


@pytest.fixture(scope="module")
def shipped() -> fonts.Fonts:
    return fonts.load()


def test_the_shipped_families(shipped: fonts.Fonts) -> None:
    assert {"Source Sans Pro", "Source Serif Pro", "Source Sans Pro Light"} <= set(shipped.families)


def test_a_face_for_each_of_the_four_kinds(shipped: fonts.Fonts) -> None:
    found = [shipped.face("Source Serif Pro", bold, italic) for bold in (False, True) for italic in (False, True)]
    assert [(face.bold, face.italic) for face in found if face] == [
        (False, False),
        (False, True),
        (True, False),
        (True, True),
    ]


def test_true_type_comes_before_open_type(shipped: fonts.Fonts) -> None:
    assert {face.path.suffix for face in shipped.faces.values()} == {".ttf"}


def test_measures_are_those_a_font_library_reads(shipped: fonts.Fonts) -> None:
    from fontTools.ttLib import TTFont

    for face in shipped.faces.values():
        with TTFont(face.path) as font:
            horizontal, per_em = font["hhea"], font["head"].unitsPerEm
        assert (face.ascent, face.descent, face.gap) == (
            horizontal.ascent / per_em,
            -horizontal.descent / per_em,
            horizontal.lineGap / per_em,
        )


def test_families_and_weights_are_those_typst_knows(shipped: fonts.Fonts) -> None:
    import typst

    folders = [str(folder) for folder in shipped.folders]
    book = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    known = {Path(str(font.path)): (font.family, font.weight) for font in book.fonts()}
    for face in shipped.faces.values():
        assert known[face.path] == (face.typst_family, face.weight)


def test_an_unknown_family_has_no_face(shipped: fonts.Fonts) -> None:
    assert shipped.face("Comic Sans MS") is None


@pytest.mark.parametrize(
    ("family", "instead"), [("Calibri", fonts.SANS), ("Cambria", fonts.SERIF), ("Nope", fonts.SANS)]
)
def test_what_stands_in(shipped: fonts.Fonts, family: str, instead: str) -> None:
    face = shipped.substitute(family, True, False)
    assert (face.family, face.bold) == (instead, True)


def test_a_projects_own_fonts_come_first(shipped: fonts.Fonts, tmp_path: Path) -> None:
    face = shipped.face("Source Sans Pro")
    assert face is not None
    own = tmp_path / "egen.ttf"
    shutil.copyfile(face.path, own)
    (tmp_path / "odelagt.ttf").write_bytes(b"no font at all")
    (tmp_path / "kort.otf").write_bytes(b"\0")
    loaded = fonts.load(tmp_path)
    found = loaded.face("Source Sans Pro")
    assert found is not None
    assert found.path == own
    assert loaded.folders[0] == tmp_path


def test_a_folder_that_is_not_there_is_no_trouble(shipped: fonts.Fonts, tmp_path: Path) -> None:
    assert fonts.load(tmp_path / "ikke") == shipped


def test_what_cannot_be_read_is_left_out(shipped: fonts.Fonts, tmp_path: Path) -> None:
    face = shipped.face("Source Sans Pro")
    assert face is not None
    content = bytearray(face.path.read_bytes())
    head = struct.unpack_from(">I", content, content.index(b"head") + 8)[0]
    content[head + 18 : head + 20] = b"\0\0"  # units per em
    (tmp_path / "uten.ttf").write_bytes(content)
    (tmp_path / "mappe.ttf").mkdir()
    assert fonts.load(tmp_path).faces == shipped.faces


def test_no_font_at_all() -> None:
    with pytest.raises(LookupError):
        fonts.Fonts({}, ()).substitute("Calibri")


def test_a_file_that_has_changed_is_read_again(tmp_path: Path, shipped: fonts.Fonts) -> None:
    light, bold = (shipped.faces[fonts.SANS, is_bold, False] for is_bold in (False, True))
    file = tmp_path / "own.ttf"
    shutil.copyfile(light.path, file)
    widths = [fonts.advances(only_face(tmp_path)).width("avstand")]
    shutil.copyfile(bold.path, file)
    widths += [fonts.advances(only_face(tmp_path)).width("avstand")]
    assert widths == [fonts.advances(face).width("avstand") for face in (light, bold)]
    assert widths[0] < widths[1]


def test_a_file_that_has_changed_is_another(tmp_path: Path, shipped: fonts.Fonts) -> None:
    found = []
    for is_bold in (False, True):
        shutil.copyfile(shipped.faces[fonts.SANS, is_bold, False].path, tmp_path / "own.ttf")
        found.append(fonts.load(tmp_path).files)
    assert found[0] != found[1]


def only_face(folder: Path) -> fonts.Face:
    """The face of the one font file in a folder."""
    (face,) = (face for face in fonts.load(folder).faces.values() if face.path.parent == folder)
    return face
