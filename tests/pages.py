"""What a PDF says, line by line, and where its headings and captions begin."""

from __future__ import annotations

import re
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import drawn_words
import judges


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page without its spaces: those are where two programs that read the same page differ."""

    page: int
    text: str


def lines(pdf: Path) -> list[Line]:
    """The lines of a PDF in the order they are painted. Bullets, leader dots and letter case are left out, and so is
    what stands in a drawing: in a Word file that is a picture.
    """
    judges.require("pdftotext")
    with tempfile.TemporaryDirectory() as folder:
        read = drawn_words.left_out(pdf, Path(folder) / "read.pdf")
        command = [str(judges.available("pdftotext")), "-raw", str(read), "-"]
        done = subprocess.run(command, capture_output=True, check=True)
    pages = done.stdout.decode("utf-8").split("\f")[:-1]
    found = (Line(number, squeezed(line)) for number, page in enumerate(pages, 1) for line in page.split("\n"))
    return [line for line in found if line.text]


def squeezed(text: str) -> str:
    """A text as it is compared."""
    return re.sub(r"[\s•–.·]+", "", unicodedata.normalize("NFKC", text).casefold())


def said(found: Sequence[Line]) -> list[str]:
    """The text of every page, its letters sorted: what is said, wherever on the page a note or a cell is read."""
    pages: dict[int, list[str]] = {}
    for line in found:
        pages.setdefault(line.page, []).append(line.text)
    return ["".join(sorted("".join(texts))) for _, texts in sorted(pages.items())]


def pages_of(found: Sequence[Line], texts: Sequence[str], start: int = 0) -> list[int | None]:
    """The page on which each text (a heading, a caption: lines of its own) begins, each after the one before it."""
    out: list[int | None] = []
    for text in texts:
        hit = next(_hits(found, squeezed(text), start), None)
        out.append(None if hit is None else found[hit].page)
        start = start if hit is None else hit + 1
    return out


def _hits(found: Sequence[Line], wanted: str, start: int) -> Iterator[int]:
    for first in range(start, len(found)):
        grown, at = "", first
        while at < len(found) and (more := _part(wanted[len(grown) :], found[at].text)):
            grown, at = grown + more, at + 1
            if grown == wanted:
                yield first
                break


def _part(wanted: str, line: str) -> str:
    """What a line says of a text that it belongs to, without the number of a note behind it."""
    return next((said for said in (line, line.rstrip("0123456789")) if said and wanted.startswith(said)), "")
