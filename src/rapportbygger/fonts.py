"""The font files that may be used: those shipped by wheel and those of the project, by family, with their measures.

Only a few tables of each file are read (names, weight, ascent and descent), straight from its bytes: a font library
would cost more to import than all of this.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

WHEELS = ("font_source_sans_pro", "font_source_serif_pro")
SANS, SERIF = "Source Sans Pro", "Source Serif Pro"
# What stands in for a font that is not there: first one of the same widths, then ours of the same kind.
SUBSTITUTES: Mapping[str, tuple[str, ...]] = {
    "Calibri": ("Carlito", SANS),
    "Cambria": ("Caladea", SERIF),
    "Arial": ("Liberation Sans", SANS),
    "Helvetica": ("Liberation Sans", SANS),
    "Times New Roman": ("Liberation Serif", SERIF),
    "Georgia": ("Gelasio", SERIF),
    "Garamond": ("EB Garamond", SERIF),
    "Courier New": ("Liberation Mono", SANS),
    "Consolas": ("Inconsolata", SANS),
}


@dataclass(frozen=True, slots=True)
class Face:
    """One font file.

    `family` is the name Word knows it by ("Source Sans Pro Light"), `typst_family` and `weight` (100 to 900) how Typst
    knows it. `ascent`, `descent` and `gap` are per em, as LibreOffice takes them. `size` (bytes) and `changed`
    (nanoseconds since 1970) are those of the file: a face whose file has changed is another one.
    """

    family: str
    bold: bool
    italic: bool
    path: Path
    typst_family: str
    weight: int
    ascent: float
    descent: float
    gap: float
    size: int = 0
    changed: int = 0


class FontFile(NamedTuple):
    """A font file as it was found: one that is written anew since is another."""

    path: Path
    size: int
    changed: int


@dataclass(frozen=True)
class Fonts:
    """The faces by (family, bold, italic), TrueType before OpenType where a face comes as both."""

    faces: Mapping[tuple[str, bool, bool], Face]
    folders: tuple[Path, ...]

    @cached_property
    def families(self) -> tuple[str, ...]:
        """The families' names, as Word knows them, in order."""
        return tuple(sorted({family for family, _, _ in self.faces}))

    @cached_property
    def files(self) -> tuple[FontFile, ...]:
        """The font files, one for each face, in order."""
        return tuple(sorted({FontFile(face.path, face.size, face.changed) for face in self.faces.values()}))

    def face(self, family: str, bold: bool = False, italic: bool = False) -> Face | None:
        """The face itself; the family's nearest one where it has no such face; None where there is no such family."""
        wanted = ((family, bold, italic), (family, bold, False), (family, False, italic), (family, False, False))
        return next((self.faces[key] for key in wanted if key in self.faces), None)

    def substitute(self, family: str, bold: bool = False, italic: bool = False) -> Face:
        """The face to use where `family` is missing. Raises LookupError where there is no font at all."""
        for name in (*SUBSTITUTES.get(family, ()), SANS, SERIF, *self.families):
            face = self.face(name, bold, italic)
            if face is not None:
                return face
        raise LookupError(family)


@dataclass(frozen=True, slots=True)
class Advances:
    """How wide the letters of one font file are, per em; a letter it does not have is as wide as a missing one."""

    per_em: int
    segments: tuple[tuple[int, int, int, int], ...]
    glyphs: bytes
    metrics: bytes
    count: int
    known: dict[str, float] = field(default_factory=dict)

    def width(self, text: str) -> float:
        """The width of a text in em, without kerning and ligatures."""
        return sum(self.known[letter] if letter in self.known else self._letter(letter) for letter in text)

    def codes(self) -> Iterator[int]:
        """The letters that the font has, as Unicode's numbers, in order."""
        runs = (range(start, end + 1) for end, start, _delta, _offset in self.segments)
        return (code for run in runs for code in run if self._glyph(code))

    def units(self, code: int) -> int:
        """The width of a letter in the font's own units, `per_em` of which are an em."""
        at = 4 * min(self._glyph(code), self.count - 1)  # the last advance holds for all glyphs behind it
        found: int = struct.unpack_from(">H", self.metrics, at)[0]
        return found

    def _letter(self, letter: str) -> float:
        self.known[letter] = self.units(ord(letter)) / self.per_em
        return self.known[letter]

    def _glyph(self, code: int) -> int:
        index = bisect_left(self.segments, (code,))
        if index == len(self.segments) or not self.segments[index][1] <= code:
            return 0
        _end, start, delta, offset = self.segments[index]
        if not offset:
            return (code + delta) & 0xFFFF
        place = offset + 2 * (code - start)
        glyph: int = struct.unpack_from(">H", self.glyphs, place)[0] if place + 2 <= len(self.glyphs) else 0
        return (glyph + delta) & 0xFFFF if glyph else 0


@lru_cache(maxsize=100)
def advances(face: Face) -> Advances:
    """The widths of the letters of a face that `load` found, read when first asked for. Raises as `read_advances`."""
    return read_advances(face.path)


def read_advances(path: Path) -> Advances:
    """The widths of the letters of a font file.

    Raises KeyError, struct.error or OSError where the file has none that can be read.
    """
    tables = tables_of(path, ("head", "hhea", "hmtx", "cmap"))
    per_em = struct.unpack_from(">H", tables["head"], 18)[0]
    count = struct.unpack_from(">H", tables["hhea"], 34)[0]
    subtable = _unicode_subtable(tables["cmap"])
    return Advances(per_em, tuple(_segments(subtable)), subtable, tables["hmtx"], count)


def _unicode_subtable(cmap: bytes) -> bytes:
    """The map of Unicode's first plane (format 4), which every Windows font has (OpenType 1.9, «cmap»)."""
    for i in range(struct.unpack_from(">H", cmap, 2)[0]):
        offset = struct.unpack_from(">I", cmap, 8 + 8 * i)[0]
        if struct.unpack_from(">H", cmap, offset)[0] == 4:
            return cmap[offset:]
    raise KeyError("cmap")


def _segments(table: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Last and first letter, what to add, and where in the table their glyphs stand (0: nowhere)."""
    size = struct.unpack_from(">H", table, 6)[0]
    for i in range(0, size, 2):
        end = struct.unpack_from(">H", table, 14 + i)[0]
        start, delta, offset = (struct.unpack_from(">H", table, 16 + part * size + i)[0] for part in (1, 2, 3))
        yield end, start, delta, offset and 16 + 3 * size + i + offset


def load(extra: Path | None = None) -> Fonts:
    """The fonts of the wheels, and of the folder `extra` (a project's own) where it exists; those first."""
    own = (extra,) if extra is not None and extra.is_dir() else ()
    folders = (*own, *(_wheel_folder(name) for name in WHEELS))
    faces: dict[tuple[str, bool, bool], Face] = {}
    for folder in folders:
        for path in _font_files(folder):
            face = _read_face(path)
            if face is not None:
                faces.setdefault((face.family, face.bold, face.italic), face)
    return Fonts(faces, folders)


def _wheel_folder(module: str) -> Path:
    return Path(str(import_module(module).__file__)).parent / "files"


def _font_files(folder: Path) -> Iterator[Path]:
    for suffix in (".ttf", ".otf"):
        yield from sorted(path for path in folder.rglob("*") if path.suffix.lower() == suffix and path.is_file())


# ----------------------------------------------------------------------------------------------- the files' own tables


def _read_face(path: Path) -> Face | None:
    """The face in a file, or None where the file is no font or cannot be read."""
    try:
        tables = tables_of(path, ("head", "hhea", "OS/2", "name"))
        names = _names(tables["name"])
        family = names[1]
        style = struct.unpack_from(">H", tables["head"], 44)[0]
        weight = struct.unpack_from(">H", tables["OS/2"], 4)[0]
        measures, file = _measures(tables), path.stat()
    except (OSError, KeyError, struct.error, UnicodeDecodeError, ZeroDivisionError):
        return None
    own = names.get(16, family), weight, *measures, file.st_size, file.st_mtime_ns
    return Face(family, bool(style & 1), bool(style & 2), path, *own)


def tables_of(path: Path, wanted: tuple[str, ...]) -> dict[str, bytes]:
    """The named tables of a font file (OpenType 1.9, «Table directory»)."""
    size = path.stat().st_size
    with path.open("rb") as file:
        count = struct.unpack(">4xH6x", file.read(12))[0]
        directory = file.read(16 * count)
        out = {}
        for tag, _checksum, offset, length in struct.iter_unpack(">4sIII", directory):
            name = tag.decode("latin-1")
            if name in wanted:
                file.seek(offset)
                out[name] = file.read(min(length, size))
    return out


def _names(table: bytes) -> dict[int, str]:
    """The English names of the Windows platform by name id (OpenType 1.9, «name»)."""
    count, strings = struct.unpack_from(">HH", table, 2)
    out = {}
    for i in range(count):
        platform, _encoding, language, name, length, offset = struct.unpack_from(">6H", table, 6 + 12 * i)
        if platform == 3 and language == 0x409:
            start = strings + offset
            out[name] = table[start : start + length].decode("utf-16-be")
    return out


def _measures(tables: Mapping[str, bytes]) -> tuple[float, float, float]:
    """Ascent, descent and gap per em as LibreOffice takes them.

    Those of hhea, those of the OS/2 table where USE_TYPO_METRICS is set, its win measures where hhea has none.
    """
    per_em = struct.unpack_from(">H", tables["head"], 18)[0]
    ascent, descent, gap = struct.unpack_from(">hhh", tables["hhea"], 4)
    selection = struct.unpack_from(">H", tables["OS/2"], 62)[0]
    typo = struct.unpack_from(">hhh", tables["OS/2"], 68)
    win = struct.unpack_from(">HH", tables["OS/2"], 74)
    if not (ascent or descent):
        ascent, descent, gap = win[0], -win[1], 0
    if selection & 128:
        ascent, descent, gap = typo
    return ascent / per_em, -descent / per_em, gap / per_em
