"""A font's table of ligatures: the glyphs that stand for several in a row (OpenType 1.9, «GSUB», lookup type 4)."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from itertools import accumulate, groupby
from typing import TypeAlias

Row: TypeAlias = tuple[int, ...]
"""Glyphs side by side, two or more."""


def ligature_table(ligatures: Mapping[Row, int]) -> bytes:
    """The table that puts one glyph for each of these rows, for a longer one rather than for what it begins with."""
    feature = _listed(b"liga", struct.pack(">3H", 0, 1, 0))
    script = _listed(b"DFLT", struct.pack(">6H", 4, 0, 0, 0xFFFF, 1, 0))  # for every language: the first feature
    lookup = struct.pack(">6H", 1, 4, 4, 0, 1, 8) + _lookup(ligatures)
    features = 10 + len(script)
    return struct.pack(">I3H", 0x00010000, 10, features, features + len(feature)) + script + feature + lookup


def _listed(tag: bytes, content: bytes) -> bytes:
    """A list of one script or feature."""
    return struct.pack(">H4sH", 1, tag, 8) + content


def _lookup(ligatures: Mapping[Row, int]) -> bytes:
    ordered = sorted(ligatures, key=lambda row: (row[0], -len(row), row))
    sets = {first: _set(tuple(rows), ligatures) for first, rows in groupby(ordered, key=lambda row: row[0])}
    coverage = struct.pack(f">{2 + len(sets)}H", 1, len(sets), *sets)
    start = 6 + 2 * len(sets)
    offsets = _offsets(start + len(coverage), tuple(sets.values()))
    return struct.pack(f">{3 + len(sets)}H", 1, start, len(sets), *offsets) + coverage + b"".join(sets.values())


def _set(rows: tuple[Row, ...], ligatures: Mapping[Row, int]) -> bytes:
    """The ligatures that begin with the same glyph."""
    parts = tuple(struct.pack(f">{1 + len(row)}H", ligatures[row], len(row), *row[1:]) for row in rows)
    offsets = _offsets(2 + 2 * len(parts), parts)
    return struct.pack(f">{1 + len(parts)}H", len(parts), *offsets) + b"".join(parts)


def _offsets(start: int, parts: tuple[bytes, ...]) -> tuple[int, ...]:
    return tuple(accumulate(map(len, parts[:-1]), initial=start))
