"""Fonts to measure letters with: as wide as the report's, under a name of their own, and without what takes time.

vl-convert looks into all fonts of the machine. Under a name that none of them has, it finds the same font everywhere.
For each glyph of each text it opens the file four times, and draws the glyph only to know how wide it is. So the file
is as small as can be: letters that are equally wide are one glyph, and every glyph is a stroke. And a text is few
glyphs: a number is one, and two letters are one that is as wide as both. What else shapes text (the font's own
ligatures, kerning) is left out: it costs as much again, and a line is hardly another length.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import product
from pathlib import Path

from rapportbygger.charts.ligatures import ligature_table
from rapportbygger.fonts import read_advances, tables_of

_KEPT = ("OS/2", "head", "hhea", "maxp", "post")
_STROKE = struct.pack(">5h2H6B", 1, 0, 0, 99, 99, 1, 0, 0x37, 0x37, 0, 99, 0, 99)
"""A glyph of two points; one without an outline would count as no text (OpenType 1.9, «glyf»)."""
_WIDEST = 0xFFFF
_PAIRED = "abcdefghijklmnopqrstuvwxyzæøå "
_DIGITS = tuple("0" * count for count in range(1, 7))
_GROUPS = tuple(
    f"{first}{rest}" for first in _DIGITS[:3] for mark in "\u202f," for rest in (f"{mark}000", f"{mark}000" * 2)
)
_TOGETHER = (*_DIGITS[1:], *_GROUPS, *map("".join, product(_PAIRED, repeat=2)))
"""What is one glyph: numbers, whatever their digits (they are equally wide), and letters two by two."""


def family_name(files: tuple[Path, ...]) -> str:
    """The name of the family that these files are given: another one for other files."""
    contents = (sha256(file.read_bytes()).digest() for file in files)
    return f"rb{sha256(b''.join(contents)).hexdigest()[:16]}"


def measuring_font(file: Path, family: str) -> bytes:
    """A font of the family, with the letters of a file. Raises OSError, KeyError or struct.error."""
    letters = read_advances(file)
    units = {code: letters.units(code) for code in letters.codes()}
    together = _together(units)
    widths = sorted({*units.values(), *together.values()})
    glyphs = {width: glyph for glyph, width in enumerate(widths, 1)}
    missing = letters.units(0)
    kept = tables_of(file, _KEPT)
    (weight,) = struct.unpack_from(">H", kept["OS/2"], 4)
    tables = {
        **_with_glyphs(kept, len(widths) + 1),
        "cmap": _map({code: glyphs[width] for code, width in units.items()}),
        "hmtx": b"".join(struct.pack(">Hh", width, 0) for width in (missing, *widths)),
        "name": _names({1: family, 4: f"{family} {weight}", 6: f"{family}-{weight}"}),
    }
    if together:
        rows = {tuple(map(glyphs.__getitem__, row)): glyphs[width] for row, width in together.items()}
        tables["GSUB"] = ligature_table(rows)
    return _file(tables)


def _together(units: Mapping[int, int]) -> dict[tuple[int, ...], int]:
    """The widths of letters that are one glyph when they stand side by side, with that of them all."""
    texts = (text for text in _TOGETHER if units.keys() >= set(map(ord, text)))
    rows = (tuple(units[ord(letter)] for letter in text) for text in texts)
    return {row: sum(row) for row in rows if sum(row) <= _WIDEST}


def _with_glyphs(tables: Mapping[str, bytes], count: int) -> dict[str, bytes]:
    """The tables with so many glyphs, all of them strokes, and without their names."""
    return {
        "OS/2": tables["OS/2"],
        "head": tables["head"][:50] + struct.pack(">2h", 0, 0),  # short offsets
        "hhea": tables["hhea"][:34] + struct.pack(">H", count),
        "maxp": struct.pack(">IH", 0x00010000, count) + tables["maxp"][6:].ljust(26, b"\0"),
        "post": struct.pack(">I", 0x00030000) + tables["post"][4:32],
        "glyf": _STROKE * count,
        "loca": struct.pack(f">{count + 1}H", *range(0, len(_STROKE) // 2 * (count + 1), len(_STROKE) // 2)),
    }


def _map(glyphs: Mapping[int, int]) -> bytes:
    """The glyphs of letters (OpenType 1.9, «cmap», format 4)."""
    runs = [*_runs(glyphs), (0xFFFF, 0xFFFF)]
    firsts, lasts = ([run[end] for run in runs] for end in (0, 1))
    listed: list[int] = []
    offsets = []
    for number, (first, last) in enumerate(runs):
        offsets.append(2 * (len(runs) - number + len(listed)))  # from here to the glyph of the run's first letter
        listed += [glyphs.get(code, 0) for code in range(first, last + 1)]
    words = [2 * len(runs), 0, 0, 0, *lasts, 0, *firsts, *[0] * len(runs), *offsets, *listed]
    table = struct.pack(f">{len(words)}H", *words)
    return struct.pack(">4HI", 0, 1, 3, 1, 12) + struct.pack(">3H", 4, len(table) + 6, 0) + table


def _runs(codes: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of codes that follow each other."""
    ordered = sorted(codes)
    starts = [n for n, code in enumerate(ordered) if not n or ordered[n - 1] != code - 1]
    for start, end in zip(starts, [*starts[1:], len(ordered)], strict=True):
        yield ordered[start], ordered[end - 1]


def _names(names: Mapping[int, str]) -> bytes:
    """A name table of the family, the face, and the face for PostScript (OpenType 1.9, «name»)."""
    records, strings = b"", b""
    for number, name in names.items():
        text = name.encode("utf-16-be")
        records += struct.pack(">6H", 3, 1, 0x409, number, len(text), len(strings))
        strings += text
    return struct.pack(">3H", 0, len(names), 6 + len(records)) + records + strings


def _file(tables: Mapping[str, bytes]) -> bytes:
    """The tables as a file (OpenType 1.9, «Table directory»)."""
    directory, content = b"", b""
    start = 12 + 16 * len(tables)
    for tag in sorted(tables):
        data = tables[tag]
        directory += struct.pack(">4sIII", tag.encode("latin-1"), 0, start + len(content), len(data))
        content += data + bytes(-len(data) % 4)
    return b"\x00\x01\x00\x00" + struct.pack(">4H", len(tables), 0, 0, 0) + directory + content
