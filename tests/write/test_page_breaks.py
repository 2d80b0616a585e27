"""Pages end alike in Word and PDF, wherever on the page a construction stands: each is slid down line by line."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

import judges
from documents import make_project, scratch
from rapportbygger.fonts import load
from rapportbygger.schedule import build


def lines(letter: str, count: int, **notes: str) -> str:
    """A paragraph of so many lines (A1x, A2x ...), with notes at the end of some of them."""
    return "\\\n".join(f"{letter}{n}x{notes.get(f'at{n}', '')}" for n in range(1, count + 1))


def note(letter: str, count: int) -> str:
    return f"^[{lines(letter, count)}]"


def indented(sign: str, text: str) -> str:
    return sign + text.replace("\n", "\n" + ("> " if sign == "> " else " " * len(sign)))


CONSTRUCTIONS: dict[str, Callable[[], str]] = {
    "a note at a paragraph's second line": lambda: lines("P", 6, at2=note("N", 3)),
    "notes in one line and the next": lambda: lines("P", 5, at2=note("N", 2), at3=note("M", 3)),
    "notes in a list": lambda: "\n".join(indented("- ", lines(each, 2, at2=note(f"N{each}", 1))) for each in "PQR"),
    "a note in a quote": lambda: indented("> ", lines("P", 4, at3=note("N", 3))),
    "a note in a heading": lambda: f"## P1x{note('N', 1)}\n\n{lines('Q', 3)}",
    "a note in a table": lambda: f"| P | Q |\n|--|--|\n| P1x | Q1x |\n| P2x | Q2x{note('N', 1)} |\n| P3x | Q3x |",
    "a heading above a paragraph with a note": lambda: f"## H1x\n\n{lines('P', 4, at1=note('N', 3))}",
    "headings above a list": lambda: "## H1x\n\n### H2x\n\n- P1x\n- P2x\n- P3x",
    "a list and code in a note": lambda: (
        f"{lines('P', 5, at3='[^n]')}\n\n[^n]: N1x\n\n    - N2x\n    - N3x\n\n        N4x\n        N5x\n\n    N6x"
    ),
    "a rule": lambda: f"P1x\n\n* * *\n\n{lines('Q', 3)}",
}
POSITIONS = range(28, 42, 2)


@cache
def layouts() -> tuple[list[list[str]], list[list[str]]]:
    """What stands on every page of Word's file and of the PDF; every construction is at every position."""
    judges.require("soffice", "pdftotext")
    chapters: list[str] = []
    for above in POSITIONS:
        for construction in CONSTRUCTIONS.values():
            own = construction().replace("[^n]", f"[^n{len(chapters)}]")
            chapters.append(f"X{len(chapters)}x{note('Y', 2)}\n\n{lines('F', above)}\n\n{own}\n\n{lines('G', 9)}")
    result = build(make_project(scratch(), "\n\n{{< pagebreak >}}\n\n".join(chapters)))
    files = {file.path.suffix: file.path for file in result.written}
    word = judges.libreoffice_pdf(files[".docx"], scratch(), load().folders)
    return list(pages(word)), list(pages(files[".pdf"]))


def pages(pdf: Path) -> Iterator[list[str]]:
    done = subprocess.run([str(judges.available("pdftotext")), "-raw", str(pdf), "-"], capture_output=True, check=True)
    for page in done.stdout.decode("utf-8").split("\f")[:-1]:
        yield sorted(re.findall(r"\b([A-Z]{1,2}\d+)x", page))


def chapter(found: list[list[str]], number: int) -> list[list[str]]:
    first = next(i for i, page in enumerate(found) if f"X{number}" in page)
    last = next((i for i, page in enumerate(found) if f"X{number + 1}" in page), len(found))
    return found[first:last]


@pytest.mark.parametrize("name", CONSTRUCTIONS)
def test_pages_end_alike(name: str) -> None:
    word, pdf = layouts()
    numbers = range(list(CONSTRUCTIONS).index(name), len(POSITIONS) * len(CONSTRUCTIONS), len(CONSTRUCTIONS))
    assert [chapter(pdf, n) for n in numbers] == [chapter(word, n) for n in numbers]


def test_the_positions_are_where_pages_end() -> None:
    """Most constructions are split, or moved, at some of the positions."""
    word, _ = layouts()
    assert len({len(chapter(word, n)[0]) for n in range(len(POSITIONS) * len(CONSTRUCTIONS))}) > 5
