"""The workbook a municipality fills in: made from the project's schema, with what is already known."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from rapportbygger.form import layout, sheets

_DAY = (1980, 1, 1, 0, 0, 0)
"""The day of everything in the file: the same form is the same bytes."""
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def workbook(schema: Any, known: Mapping[str, Any]) -> bytes:
    """The .xlsx file for a JSON Schema of an object, with the values that are known filled in.

    The same arguments give the same bytes. What no cell can hold is left out: `lost` tells what.
    """
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    parts = layout.sheets(schema)
    book.properties.title, book.properties.creator = parts[0].title, "rapportbygger"
    sheets.write(book, parts, known)
    written = io.BytesIO()
    book.save(written)
    return _with_fixed_dates(written.getvalue())


def lost(known: Any, read: Any, path: tuple[str | int, ...] = ()) -> tuple[tuple[str | int, ...], ...]:
    """The paths of what was known and is not in what was read back. Empty lists and spaces around do not count.

    >>> lost({"navn": "Asker", "tall": {"a": 1}}, {"navn": "Asker"})
    (('tall',),)
    """
    if known is None or known in ("", [], {}):
        return ()
    if isinstance(known, dict) and isinstance(read, dict):
        return tuple(each for key, value in known.items() for each in lost(value, read.get(key), (*path, key)))
    if isinstance(known, list) and isinstance(read, list) and len(known) == len(read):
        pairs = enumerate(zip(known, read, strict=True))
        return tuple(each for number, (one, other) in pairs for each in lost(one, other, (*path, number)))
    return () if known == read or str(known).strip() == str(read) else (path,)


def _with_fixed_dates(content: bytes) -> bytes:
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as made,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
    ):
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            part = made.read(name)
            if name.startswith("xl/worksheets/"):  # heights that are measured anew when something is written
                part = part.replace(b' customHeight="1"', b"")
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", part)
            archive.writestr(entry, part)
    return written.getvalue()
