"""A Word file as its parts, and back: always the same bytes for the same parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import TypeAlias

Parts: TypeAlias = Mapping[str, bytes]
"""The parts of an Open Packaging file by name ("word/document.xml")."""

_FIRST = ("[Content_Types].xml", "_rels/.rels")
_LEVEL, _LEVELS = 6, {"odttf": 1, "png": 0, "jpg": 0, "jpeg": 0}
"""How hard to compress: most, but for what would take long (fonts), or is compressed already."""
_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest a zip can say: the file's own properties tell when it was made."""


def read_parts(data: bytes) -> dict[str, bytes]:
    """The parts of a file. Raises zipfile.BadZipFile where it is none."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def write_parts(parts: Parts, *, compress: bool = True) -> bytes:
    """The parts as one file: the content types first (part 2, 9.2), the rest sorted, dates fixed."""
    stream = io.BytesIO()
    names = [*(name for name in _FIRST if name in parts), *sorted(name for name in parts if name not in _FIRST)]
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system = 0
            info.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
            archive.writestr(info, parts[name], compresslevel=_LEVELS.get(name.rpartition(".")[2], _LEVEL))
    return stream.getvalue()
