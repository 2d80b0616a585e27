"""Fonts inside a Word file, so that the same text has the same widths wherever it is opened.

Source: ECMA-376 part 4, 2.8.1 (font embedding): the first 32 bytes of a font are obfuscated with its key.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from lxml import etree

from rapportbygger.fonts import Face, Fonts
from rapportbygger.write.docx import ooxml
from rapportbygger.write.docx.ooxml import A, R, W
from rapportbygger.write.docx.package import Parts

FONT_TABLE, RELATIONS = "word/fontTable.xml", "word/_rels/fontTable.xml.rels"
_FONT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_DEFAULT: dict[str, str] = {None: _PACKAGE[1:-1]}  # type: ignore[dict-item]  # the stubs know no default namespace
_KINDS = {
    (False, False): "embedRegular",
    (True, False): "embedBold",
    (False, True): "embedItalic",
    (True, True): "embedBoldItalic",
}


def used_families(parts: Parts) -> frozenset[str]:
    """Every font that the styles or the theme of a Word file name."""
    styles = etree.fromstring(parts["word/styles.xml"])
    names = {fonts.get(W + kind) for fonts in styles.iter(W + "rFonts") for kind in ("ascii", "hAnsi")}
    if "word/theme/theme1.xml" in parts:
        theme = etree.fromstring(parts["word/theme/theme1.xml"])
        names |= {latin.get("typeface") for latin in theme.iter(A + "latin")}
    return frozenset(name for name in names if name)


def embedded(parts: Parts, fonts: Fonts) -> dict[str, bytes]:
    """The parts with the font table and the font files of every family in use that there are files of."""
    table = etree.fromstring(parts[FONT_TABLE])
    faces = list(_faces(sorted(used_families(parts)), fonts))
    relations = etree.Element(_PACKAGE + "Relationships", nsmap=_DEFAULT)
    files = {}
    for number, face in enumerate(faces, 1):
        _declare(table, face, number)
        target = f"fonts/font{number}.odttf"
        etree.SubElement(relations, _PACKAGE + "Relationship", Id=f"rId{number}", Type=_FONT, Target=target)
        files[f"word/{target}"] = obfuscated(face.path, _key(face))
    if not files:
        return dict(parts)
    return {**parts, **files, FONT_TABLE: ooxml.serialise(table), RELATIONS: ooxml.serialise(relations)}


def _faces(families: Iterable[str], fonts: Fonts) -> Iterable[Face]:
    for family in families:
        for bold, italic in _KINDS:
            face = fonts.faces.get((family, bold, italic))
            if face is not None:
                yield face


def _declare(table: etree._Element, face: Face, number: int) -> None:
    font = next((font for font in table if font.get(W + "name") == face.family), None)
    if font is None:
        font = etree.SubElement(table, W + "font", {W + "name": face.family})
    kind = _KINDS[face.bold, face.italic]
    etree.SubElement(font, W + kind, {R + "id": f"rId{number}", W + "fontKey": f"{{{_key(face)}}}"})


def _key(face: Face) -> str:
    name = f"{face.family} {face.bold} {face.italic}"
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name)).upper()


@cache
def obfuscated(path: Path, key: str) -> bytes:
    """A font file with its first 32 bytes turned by its key."""
    data = path.read_bytes()
    turn = bytes.fromhex(key.replace("-", ""))[::-1] * 2
    return bytes(a ^ b for a, b in zip(data[:32], turn, strict=False)) + data[32:]


def content_types(parts: Mapping[str, bytes]) -> Mapping[str, str]:
    """The kinds of files by ending that embedding adds."""
    fonts = any(name.endswith(".odttf") for name in parts)
    return {"odttf": "application/vnd.openxmlformats-officedocument.obfuscatedFont"} if fonts else {}
