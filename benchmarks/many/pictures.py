"""Pictures of generated municipalities, each another, as large as small photographs are."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Iterable


def picture(chance: random.Random, width: int, height: int) -> bytes:
    """Hills under a bright sky with the grain of a photograph, as PNG: 8 bits RGB, 200 dots an inch (PNG, 11.2)."""
    colours = [bytes(chance.randint(60, 215) for _ in range(3)) for _ in range(3)]
    tops = sorted(chance.randint(height // 5, height) for _ in colours)
    middles, slopes = [chance.randrange(width) for _ in colours], [chance.uniform(0.3, 2.5) for _ in colours]
    grain = int.from_bytes(b"\x01" * (3 * width), "big")
    rows = []
    for y in range(height):
        row = bytes((225 - 90 * y // height, 235 - 60 * y // height, 245 - 20 * y // height)) * width
        for colour, top, middle, slope in zip(colours, tops, middles, slopes, strict=True):
            half = int(max(0, y - top) * slope)
            left, right = max(0, middle - half), min(width, middle + half)
            row = row[: 3 * left] + colour * (right - left) + row[3 * right :]
        rows.append(b"\0" + _grained(row, grain & chance.getrandbits(24 * width)))
    return _png(width, height, rows)


def _grained(row: bytes, grain: int) -> bytes:
    return (int.from_bytes(row, "big") ^ grain).to_bytes(len(row), "big")


def _png(width: int, height: int, rows: Iterable[bytes]) -> bytes:
    chunks = {
        b"IHDR": struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0),
        b"pHYs": struct.pack(">IIB", 7874, 7874, 1),
        b"IDAT": zlib.compress(b"".join(rows), 6),
        b"IEND": b"",
    }
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks.items()
    )
