"""Fonts inside a Word file, so that the same text has the same widths wherever it is opened.

Source: ECMA-376 part 4, 2.8.1 (font embedding): the first 32 bytes of a font are obfuscated with its key.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from lxml import etree

from rapportbygger.fonts import Face, Fonts
from rapportbygger.theme.markup import PACKAGE
from rapportbygger.theme.stand_ins import stand_ins
from rapportbygger.write.docx import ooxml
from rapportbygger.write.docx.ooxml import A, R, W, value
from rapportbygger.write.docx.package import Parts

FONT_TABLE, RELATIONS = "word/fontTable.xml", "word/_rels/fontTable.xml.rels"
_FONT = f"{R[1:-1]}/font"
_DEFAULT: dict[str, str] = {None: PACKAGE[1:-1]}  # type: ignore[dict-item]  # the stubs know no default namespace
_KINDS = {
    (False, False): "embedRegular",
    (True, False): "embedBold",
    (False, True): "embedItalic",
    (True, True): "embedBoldItalic",
}


_SPOKEN = re.compile(r"word/((styles|document|numbering|footnotes|endnotes|(header|footer)\d*)|theme/theme\d+)\.xml")
_NAMED = re.compile(rb"(?:ascii|hAnsi|typeface)\s*=")
_WORDS = (b"ascii", b"hAnsi", b"typeface")
"""What `_NAMED` finds has one of these, which is sooner said."""
_LATIN = (W + "ascii", W + "hAnsi")


def named_families(parts: Parts) -> frozenset[str]:
    """Every font for Latin letters that a Word file names, in whatever part."""
    return frozenset(name for part, data in parts.items() if _says_fonts(part, data) for name in _families(data))


def _says_fonts(part: str, data: bytes) -> bool:
    return bool(_SPOKEN.fullmatch(part)) and any(word in data for word in _WORDS) and _names_fonts(data)


@lru_cache(maxsize=16)
def _names_fonts(data: bytes) -> bool:
    return bool(_NAMED.search(data))


@lru_cache(maxsize=16)
def _families(data: bytes) -> frozenset[str]:
    return frozenset(name for node, key in _names(etree.fromstring(data)) if (name := node.get(key)))


def _names(tree: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Each element that names a font for Latin letters, and the attribute it does it in."""
    yield from ((latin, "typeface") for latin in tree.iter(A + "latin"))
    yield from ((fonts, key) for fonts in tree.iter(W + "rFonts") for key in _LATIN if fonts.get(key))


def _replaced(parts: Parts, families: Collection[str], fonts: Fonts) -> Parts:
    """The parts with fonts that there are no files of replaced by those that the PDF has for them.

    Fonts of signs ("Wingdings") stay: their signs are not those of letters.
    """
    known = stand_ins(fonts, parts.get(FONT_TABLE))
    others = {name: known.family(name) for name in families if known.is_missing(name)}
    if not others:
        return parts
    changed = {name: _with_fonts(data, others) for name, data in parts.items() if _says_fonts(name, data)}
    return {**parts, **changed, FONT_TABLE: _without_fonts(parts[FONT_TABLE], others)}


def _with_fonts(data: bytes, others: Mapping[str, str]) -> bytes:
    tree = etree.fromstring(data)
    for node, key in list(_names(tree)):
        node.set(key, others.get(node.get(key, ""), node.get(key, "")))
    return ooxml.serialise(tree)


def _without_fonts(table: bytes, missing: Collection[str]) -> bytes:
    tree = etree.fromstring(table)
    for font in list(tree):
        if font.get(W + "name") in missing:
            tree.remove(font)
    return ooxml.serialise(tree)


def embedded(parts: Parts, fonts: Fonts) -> dict[str, bytes]:
    """The parts with the font table and the font files of every family in use that there are files of."""
    bare = {name: data for name, data in parts.items() if not _is_embedded(name)}
    families = named_families(bare)
    whole = _replaced(bare, families, fonts)
    faces = _faces(sorted(families if whole is bare else named_families(whole)), fonts)
    return {**whole, **_font_parts(whole[FONT_TABLE], tuple(faces))}


@lru_cache(maxsize=8)
def _font_parts(bare: bytes, faces: tuple[Face, ...]) -> Mapping[str, bytes]:
    """The font table with the faces, and the parts that it leads to."""
    table, relations = _bare_table(bare), etree.Element(PACKAGE + "Relationships", nsmap=_DEFAULT)
    files = {}
    for number, face in enumerate(faces, 1):
        _declare(table, face, number)
        target = f"fonts/font{number}.odttf"
        etree.SubElement(relations, PACKAGE + "Relationship", Id=f"rId{number}", Type=_FONT, Target=target)
        files[f"word/{target}"] = _obfuscated(face)
    led = {**files, RELATIONS: ooxml.serialise(relations)} if files else {}
    return {**led, FONT_TABLE: ooxml.serialise(table)}


def _is_embedded(part: str) -> bool:
    """Whether a part belongs to fonts that somebody else has embedded."""
    return part == RELATIONS or part.endswith(".odttf")


def _bare_table(data: bytes) -> etree._Element:
    """The font table without fonts that somebody else has embedded, and without names of old alphabets."""
    table = etree.fromstring(data)
    for charset in table.iter(W + "charset"):
        if W + "characterSet" in charset.attrib:
            del charset.attrib[W + "characterSet"]
            charset.set(W + "val", value(charset) or "00")
    for font in table:
        for kind in _KINDS.values():
            for embedded_font in font.findall(W + kind):
                font.remove(embedded_font)
    return table


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


@lru_cache(maxsize=32)
def _obfuscated(face: Face) -> bytes:
    """A face's file with its first 32 bytes turned by its key; templates share it."""
    data = face.path.read_bytes()
    turn = bytes.fromhex(_key(face).replace("-", ""))[::-1] * 2
    return bytes(a ^ b for a, b in zip(data[:32], turn, strict=False)) + data[32:]


def content_types(parts: Iterable[str]) -> Mapping[str, str]:
    """The kinds of files by ending that embedding adds."""
    fonts = any(name.endswith(".odttf") for name in parts)
    return {"odttf": "application/vnd.openxmlformats-officedocument.obfuscatedFont"} if fonts else {}
