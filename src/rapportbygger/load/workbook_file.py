"""What an Excel workbook must be before it is read: whole, not too large, not locked, and without a document type."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rapportbygger.diagnostics import Diagnostic, Location, Problems
from rapportbygger.messages import _

ENDINGS = (".xlsx", ".xlsm")
OTHER_SPREADSHEETS = (".xls", ".xlsb", ".ods", ".numbers")
LARGEST = 100_000_000
"""How many bytes the parts of a workbook may have unpacked: a small file can hold endless zeros."""

_OLDER = b"\xd0\xcf\x11\xe0"
"""How a file of older Office begins, and one that is locked with a password."""
_UNREADABLE = (OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error)
_FORMULA = re.compile(rb"<(\w+:)?f[ >/]")


def read(path: Path, file: str) -> tuple[bytes | None, Problems]:
    """The bytes of a workbook; `file` is what problems call it. What they hold is seen when it is `opened`."""
    if path.suffix.lower() not in ENDINGS:
        return None, (_other(file),)
    try:
        return path.read_bytes(), ()
    except OSError as error:
        message = _("the file cannot be read: {reason}").format(reason=error.strerror or type(error).__name__)
        return None, (Diagnostic("unreadable-file", message, Location(file)),)


def opened(content: bytes, file: str) -> tuple[Any | None, Problems]:
    """The workbook with the values that Excel last calculated; None where it is not safe to read."""
    problem = _problem(content, file)
    return (None, (problem,)) if problem else _opened(content, file, data_only=True)


def formulas(content: bytes, file: str) -> Any | None:
    """The workbook, which could be `opened`, with its formulas; None where it has none."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = (name for name in archive.namelist() if name.startswith("xl/worksheets/"))
        if not any(_FORMULA.search(archive.read(name)) for name in sheets):
            return None
    return _opened(content, file, data_only=False)[0]


def _opened(content: bytes, file: str, *, data_only: bool) -> tuple[Any | None, Problems]:
    import warnings

    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # parts that it leaves out, none of which is a value
            return openpyxl.load_workbook(io.BytesIO(content), data_only=data_only), ()
    except Exception:
        return None, (_damaged(file),)


def _other(file: str) -> Diagnostic:
    message = _("this is a spreadsheet of another kind than Excel's .xlsx")
    return Diagnostic("workbook", message, Location(file), _save_as())


def _save_as() -> str:
    return _("open it, choose «save as» and the type «Excel workbook (.xlsx)»")


def _damaged(file: str) -> Diagnostic:
    return Diagnostic("workbook", _("the workbook is damaged or not an Excel file"), Location(file), _save_as())


def _problem(content: bytes, file: str) -> Diagnostic | None:
    if content.startswith(_OLDER):
        if "EncryptedPackage".encode("utf-16-le") in content:
            hint = _("take the password away in Excel: File, Info, Protect Workbook, Encrypt with Password")
            return Diagnostic("workbook", _("the workbook is locked with a password"), Location(file), hint)
        return _other(file)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST:
                message = _("the workbook is too large: more than {size} MB unpacked")
                message = message.format(size=LARGEST // 1_000_000)
                return Diagnostic("workbook", message, Location(file), _("copy what is filled in to a new form"))
            return next(_of_parts(archive, file), None)
    except (*_UNREADABLE, lzma.LZMAError):
        return _damaged(file)


def _of_parts(archive: zipfile.ZipFile, file: str) -> Iterator[Diagnostic]:
    from lxml import etree

    if "xl/workbook.xml" not in archive.namelist():
        yield _damaged(file)
    for part in archive.namelist():
        if not part.endswith((".xml", ".rels")):
            continue
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        try:
            tree = etree.ElementTree(etree.fromstring(archive.read(part), parser))
        except etree.XMLSyntaxError:
            yield _damaged(file)
            return
        if tree.docinfo.doctype:  # type: ignore[attr-defined, unused-ignore] # missing in the stubs
            message = _("a document type (DOCTYPE) in the part «{part}» is not allowed in a workbook")
            yield Diagnostic("workbook", message.format(part=part), Location(file), _save_as())
