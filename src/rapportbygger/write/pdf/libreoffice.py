"""The PDF as LibreOffice makes it of the finished Word file, for templates with properties that ours cannot show.

LibreOffice also says on which page every bookmark has come, so that the numbers in Word's contents are of this PDF.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from rapportbygger.diagnostics import Diagnostic, Problems
from rapportbygger.messages import _

PROGRAMS = (
    "soffice",
    "libreoffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
"""Where LibreOffice may be: on the path, or where its installers put it."""
TIME_LIMIT = 300
_ROUNDS = 3
"""A page number that becomes longer can move something else; more than two rounds were never needed."""
# PDF/A-2b, tagged, with a named destination for every bookmark.
_OPTIONS: Mapping[str, tuple[str, str]] = {
    "SelectPdfVersion": ("long", "2"),
    "PDFUACompliance": ("boolean", "true"),
    "UseTaggedPDF": ("boolean", "true"),
    "ExportBookmarks": ("boolean", "true"),
    "ExportBookmarksToPDFDestination": ("boolean", "true"),
}

Pages = Mapping[str, int]
"""The page of every identifier, as it is printed there."""


class LibreOfficeError(Exception):
    """LibreOffice gave no PDF."""


def typeset(
    word: Callable[[Pages], bytes], expected: Pages, bookmarks: Mapping[str, str], before: int
) -> tuple[bytes, bytes, Problems]:
    """The Word file with the page numbers of LibreOffice's own layout, and that layout as PDF.

    `word` makes the Word file with given pages, `expected` are those to begin with, `bookmarks` are Word's names by
    identifier, `before` is how many pages come before the one that is numbered 1. Without LibreOffice there is the Word
    file, no PDF, and a problem.
    """
    program, pages = executable(), dict(expected)
    if program is None:
        return word(pages), b"", (_missing(),)
    try:
        for _turn in range(_ROUNDS):
            docx = word(pages)
            pdf = converted(docx, program)
            found = bookmark_pages(pdf, bookmarks.values())
            new = {name: found[mark] - before for name, mark in bookmarks.items() if mark in found}
            if new.items() <= pages.items():
                break
            pages |= new
    except LibreOfficeError as error:
        message = _("LibreOffice could not make the PDF: {reason}").format(reason=error)
        return docx, b"", (Diagnostic("libreoffice", message, hint=_("make it without --pdf-engine libreoffice")),)
    return docx, pdf, ()


@cache
def executable() -> str | None:
    """Where LibreOffice is, None where it is not installed."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def _missing() -> Diagnostic:
    hint = _("install LibreOffice, or make the PDF without --pdf-engine libreoffice")
    return Diagnostic("libreoffice", _("LibreOffice is not installed, or not found"), hint=hint)


def converted(docx: bytes, program: str) -> bytes:
    """A Word file as PDF, by a LibreOffice with a profile of its own, so that none that is open is in its way.

    Raises LibreOfficeError.
    """
    with TemporaryDirectory(prefix="rapportbygger-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "report.docx").write_bytes(docx)
        options = json.dumps({key: {"type": kind, "value": value} for key, (kind, value) in _OPTIONS.items()})
        profile = (folder / "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
        command += ["--convert-to", f"pdf:writer_pdf_Export:{options}", "--outdir", name, str(folder / "report.docx")]
        try:
            done = subprocess.run(command, capture_output=True, check=False, timeout=TIME_LIMIT)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise LibreOfficeError(str(error)) from None
        try:
            return (folder / "report.pdf").read_bytes()
        except OSError:
            raise LibreOfficeError(_last_line(done.stderr)) from None


def _last_line(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), _("it said nothing"))


# -------------------------------------------------------------------------------------------- the pages of bookmarks

_PAGES = re.compile(rb"/Type/Pages\b.*?/Kids\[([\d R\s]+)\]", re.DOTALL)
_DESTINATIONS = re.compile(rb"/Dests (\d+) 0 R")
_DESTINATION = re.compile(rb"/([0-9A-Za-z]+)\[(\d+) 0 R/XYZ")


def bookmark_pages(pdf: bytes, names: Iterable[str]) -> dict[str, int]:
    """The page of each of these bookmarks, counted from 1, in a PDF of LibreOffice's: its objects are not compressed.

    Word's names are letters, digits and underscores; LibreOffice writes an underscore as 5F.
    """
    kids, at = _PAGES.search(pdf), _DESTINATIONS.search(pdf)
    if kids is None or at is None:
        return {}
    numbers = {number: i for i, number in enumerate(re.findall(rb"(\d+) 0 R", kids[1]), 1)}
    start = pdf.find(b"\n" + at[1] + b" 0 obj")
    found = dict(_DESTINATION.findall(pdf[start : pdf.find(b"endobj", start)]))
    written = {name: found.get(name.replace("_", "5F").encode()) for name in names}
    return {name: numbers[page] for name, page in written.items() if page in numbers}
