"""A Word file as its parts, and back: always the same bytes for the same parts."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from rapportbygger.recent import Recent

Parts: TypeAlias = Mapping[str, bytes]
"""The parts of an Open Packaging file by name ("word/document.xml")."""

_FIRST = ("[Content_Types].xml", "_rels/.rels")
_LEVEL, _LEVELS = 6, {"odttf": 1, "png": 0, "jpg": 0, "jpeg": 0}
"""How hard to compress: most, but for what would take long (fonts), or is compressed already."""
_DATE = 1 << 5 | 1
"""The first of January 1980, the earliest a zip can say: the file's own properties tell when it was made."""


def read_parts(data: bytes) -> dict[str, bytes]:
    """The parts of a file. Raises zipfile.BadZipFile where it is none."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def write_parts(parts: Parts, *, compress: bool = True) -> bytes:
    """The parts as one file: the content types first (part 2, 9.2), the rest sorted, dates fixed.

    Written as `zipfile` does, but what is the same in several files is compressed once.
    """
    names = [*(name for name in _FIRST if name in parts), *sorted(name for name in parts if name not in _FIRST)]
    out, directory, at = list[bytes](), list[bytes](), 0
    for name in names:
        packed = _packed(name, parts[name]) if compress else _stored(parts[name])
        path = name.encode("utf-8")
        said = (20, 0 if name.isascii() else _UTF8, packed.method, 0, _DATE, packed.crc, len(packed.data), packed.size)
        out += [_LOCAL.pack(b"PK\3\4", *said, len(path), 0), path, packed.data]
        directory += [_LISTED.pack(b"PK\1\2", 20, *said, len(path), 0, 0, 0, 0, _READABLE, at), path]
        at += _LOCAL.size + len(path) + len(packed.data)
    listed = b"".join(directory)
    return b"".join((*out, listed, _END.pack(b"PK\5\6", 0, 0, len(names), len(names), len(listed), at, 0)))


_LOCAL, _LISTED, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
"""A part's header, its entry in the directory, and the end of that (APPNOTE.TXT, 4.3.7, 4.3.12 and 4.3.16)."""
_UTF8, _READABLE = 0x800, 0o600 << 16
"""The name is in UTF-8; the part is a file that may be read."""


class _Packed(NamedTuple):
    """A part's bytes as they stand in the file."""

    method: int
    crc: int
    size: int
    data: bytes


_known = Recent[bytes, _Packed]()
"""The last parts that may be the same in several files, by their bytes; fonts are most of what there is to compress."""
_OWN = ("word/document.xml", "docProps/core.xml")
"""The parts that are another in every file. Pictures are not compressed."""


def _packed(name: str, data: bytes) -> _Packed:
    ending = name.rpartition(".")[2]
    level = _LEVELS.get(ending, _LEVEL)
    if name in _OWN or level == 0:
        return _deflated(data, level)
    found = _known.get(data)
    if found is None:
        found = _deflated(data, level)
        _known.put(data, found)
    return found


def _deflated(data: bytes, level: int) -> _Packed:
    press = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return _Packed(zipfile.ZIP_DEFLATED, zlib.crc32(data), len(data), press.compress(data) + press.flush())


def _stored(data: bytes) -> _Packed:
    return _Packed(zipfile.ZIP_STORED, zlib.crc32(data), len(data), data)
