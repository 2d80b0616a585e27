"""Fonts to measure letters with: those of the report, under a name of their own and without what takes time.

vl-convert looks into all fonts of the machine. Under a name that none of them has, it finds the same font everywhere.
What shapes text (ligatures, kerning) is left out: it costs half of the time, and a line is hardly another length.
"""

from __future__ import annotations

import struct
from hashlib import sha256
from pathlib import Path

from rapportbygger.fonts import tables_of

_KEPT = ("CFF ", "OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "post")


def family_name(files: tuple[Path, ...]) -> str:
    """The name of the family that these files are given: another one for other files."""
    contents = (sha256(file.read_bytes()).digest() for file in files)
    return f"rb{sha256(b''.join(contents)).hexdigest()[:16]}"


def measuring_font(file: Path, family: str) -> bytes:
    """The font file as one of the family (OpenType 1.9, «Table directory»). Raises OSError or struct.error."""
    tables = {**tables_of(file, _KEPT), "name": _names(family)}
    directory, content = b"", b""
    start = 12 + 16 * len(tables)
    for tag in sorted(tables):
        data = tables[tag]
        directory += struct.pack(">4sIII", tag.encode("latin-1"), 0, start + len(content), len(data))
        content += data + bytes(-len(data) % 4)
    version = b"OTTO" if "CFF " in tables else b"\x00\x01\x00\x00"
    return version + struct.pack(">4H", len(tables), 0, 0, 0) + directory + content


def _names(family: str) -> bytes:
    """A name table that says the family's name only (OpenType 1.9, «name»)."""
    text = family.encode("utf-16-be")
    records = b"".join(struct.pack(">6H", 3, 1, 0x409, number, len(text), 0) for number in (1, 4, 6))
    return struct.pack(">3H", 0, 3, 6 + len(records)) + records + text
