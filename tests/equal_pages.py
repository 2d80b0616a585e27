"""Two layouts of one report compared line by line: its Word file as LibreOffice lays it out, and its PDF."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count, pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pages import squeezed
from rapportbygger.write.docx.ooxml import W
from rapportbygger.write.docx.package import read_parts

_ONE_LINE = 0.45  # of the size: what stands this close is one line; raised marks do
_ON_MOST_PAGES = 0.5
_LEVELS = re.compile(r"Heading\d|(Image|Table)?Caption")
_ENTRIES = re.compile(r"TOC\d|TableofFigures")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its baseline in points from the top, its text without spaces, and the first words of it."""

    page: int
    y: float
    text: str
    begins: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph of the Word file: text without spaces, with and without the marks of notes; number in a list."""

    style: str
    text: str
    bare: str
    in_cell: bool
    number: str = ""


@dataclass(frozen=True, slots=True)
class Jump:
    """Where the distance between two lines differs: points more in the PDF, and the styles above and below."""

    page: int
    y: float
    points: float
    above: str
    below: str
    text: str


# ------------------------------------------------------------------------------------------------------------ reading


def lines(pdf: Path) -> list[Line]:
    """The lines of a PDF from the top of each page to its foot, without what stands at one place on most pages."""
    pymupdf = pytest.importorskip("pymupdf")
    with pymupdf.open(pdf) as opened:
        found = [line for number, page in enumerate(opened, 1) for line in _page(number, page)]
        often = len(opened) * _ON_MOST_PAGES
    places = Counter(_place(line) for line in found)
    return [line for line in found if places[_place(line)] <= max(often, 1)]


def _page(number: int, page: Any) -> Iterator[Line]:
    blocks = page.get_text("dict")["blocks"]
    spans = [span for block in blocks for line in block.get("lines", ()) for span in line["spans"]]
    rows: list[list[Any]] = []
    for span in sorted((s for s in spans if s["text"].strip()), key=lambda s: float(s["origin"][1])):
        if rows and span["origin"][1] - rows[-1][0]["origin"][1] < _ONE_LINE * max(span["size"], rows[-1][0]["size"]):
            rows[-1].append(span)
        else:
            rows.append([span])
    for row in rows:
        yield from _line(number, sorted(row, key=lambda s: float(s["origin"][0])))


def _line(number: int, row: list[Any]) -> Iterator[Line]:
    said = _without_accents(" ".join(span["text"] for span in row))
    words = tuple(map(squeezed, re.findall(r"[^\W\d]+|\d+", said)))
    text = squeezed(said)
    if text:
        largest = max(row, key=lambda span: float(span["size"]))
        begins = next((said for span in row if len(said := squeezed(span["text"])) > 3), text)
        yield Line(number, float(largest["origin"][1]), text, begins, words)


def _without_accents(text: str) -> str:
    """Without what stands over a letter in a formula: programs choose other signs for it."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if not unicodedata.combining(sign))


def _place(line: Line) -> tuple[str, int]:
    return re.sub(r"^\d+|\d+$", "", line.text), round(line.y)


def paragraphs(docx: Path) -> list[Said]:
    """The paragraphs of a Word file and, after them, of its footnotes. A note's mark is its number."""
    parts, out, notes = read_parts(docx.read_bytes()), [], 0
    for name in ("word/document.xml", "word/footnotes.xml"):
        for paragraph in etree.fromstring(parts[name]).iter(W + "p") if name in parts else ():
            out.append(_said(paragraph, notes))
            notes += sum(1 for _ in paragraph.iter(W + "footnoteReference"))
    return out


def _said(paragraph: etree._Element, notes: int) -> Said:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    name = "Normal" if style is None else style.get(W + "val", "")
    marks = (str(number) for number in count(notes + 1))
    nodes = list(paragraph.iter(W + "t", W + "footnoteReference"))
    texts = [_without_accents(node.text or "") if node.tag == W + "t" else next(marks) for node in nodes]
    number = texts.pop() if _ENTRIES.fullmatch(name) and len(texts) > 1 else ""
    bare = [text for text, node in zip(texts, nodes, strict=False) if node.tag == W + "t"]
    in_cell = next(paragraph.iterancestors(W + "tc"), None) is not None
    return Said(name, squeezed("".join(texts)), squeezed("".join(bare)), in_cell, number)


# ---------------------------------------------------------------------------------------------------------- comparing


@dataclass(frozen=True)
class Comparison:
    """What the two layouts have in common, and where they part; `said` is the text of the Word file."""

    word: list[Line]
    pdf: list[Line]
    said: list[Said]

    @classmethod
    def of(cls, docx: Path, laid_out: Path, pdf: Path) -> Comparison:
        return cls(lines(laid_out), lines(pdf), paragraphs(docx))

    @cached_property
    def items(self) -> list[tuple[Said, int | None, int | None]]:
        """Every heading and caption, with the page on which it begins in Word and in the PDF."""
        wanted = [said for said in self.said if _LEVELS.fullmatch(said.style) and said.text]
        listed = [entry.text + entry.number for entry in self.entries]
        return list(zip(wanted, _begins(self.word, wanted, listed), _begins(self.pdf, wanted, listed), strict=True))

    @property
    def moved(self) -> list[tuple[Said, int | None, int | None]]:
        """The headings and captions that do not begin on the same page."""
        return [(said, word, pdf) for said, word, pdf in self.items if word is None or word != pdf]

    @property
    def entries(self) -> list[Said]:
        """The lines of Word's contents and lists."""
        return [said for said in self.said if said.number]

    @property
    def wrong_numbers(self) -> list[tuple[Said, int | None]]:
        """Entries of Word's lists whose number is not the page in the PDF."""
        pages: dict[str, list[int | None]] = {}
        for said, _, page in self.items:
            pages.setdefault(said.bare, []).append(page)
        out = []
        for entry in self.entries:
            found = pages.get(entry.text) or pages.get(re.sub(r"^\d+", "", entry.text)) or [None]
            page = found.pop(0) if len(found) > 1 else found[0]
            out += [] if str(page) == entry.number else [(entry, page)]
        return out

    @cached_property
    def pairs(self) -> list[tuple[int, int]]:
        """The lines that are broken alike: their places in `word` and in `pdf`."""
        word, pdf = ([line.text for line in layout] for layout in (self.word, self.pdf))
        blocks = difflib.SequenceMatcher(None, word, pdf, autojunk=False).get_matching_blocks()
        return [(a + n, b + n) for a, b, size in blocks for n in range(size)]

    @property
    def letters_apart(self) -> tuple[str, str]:
        """The letters that only Word has, and those that only the PDF has: words are broken over lines."""
        word, pdf = (Counter("".join(line.text for line in each)) for each in (self.word, self.pdf))
        return "".join(sorted((word - pdf).elements())), "".join(sorted((pdf - word).elements()))

    @property
    def order_apart(self) -> list[tuple[str, str]]:
        """Where the words come in another order, when what is only moved past a page's foot is left out."""
        word, pdf = (_running(layout, self.notes) for layout in (self.word, self.pdf))
        if "".join(word) == "".join(pdf):
            return []
        matched = difflib.SequenceMatcher(None, word, pdf, autojunk=False).get_opcodes()
        return [(" ".join(word[a:b][:8]), " ".join(pdf[c:d][:8])) for kind, a, b, c, d in matched if kind != "equal"]

    @cached_property
    def notes(self) -> str:
        return "\n".join(said.text for said in self.said if "Footnote" in said.style)

    @property
    def unlike(self) -> tuple[Line | None, Line | None]:
        """The first line that is not broken alike, in Word and in the PDF."""
        equal = next((n for n, pair in enumerate(self.pairs) if pair != (n, n)), len(self.pairs))
        at = [layout[equal] if equal < len(layout) else None for layout in (self.word, self.pdf)]
        return at[0], at[1]

    def jumps(self, least: float = 0.2) -> list[Jump]:
        """Every place where a line stands at another distance below the one before it, `least` points or more."""
        return [jump for a, b in pairwise([(-1, -1), *self.pairs]) if (jump := self._jump(a, b, least))]

    def _jump(self, above: tuple[int, int], below: tuple[int, int], least: float) -> Jump | None:
        if (above[0] + 1, above[1] + 1) != below:
            return None
        w, p = self.word[below[0]], self.pdf[below[1]]
        before = (self.word[above[0]], self.pdf[above[1]]) if above[0] >= 0 else None
        tops = before is None or before[0].page != w.page, before is None or before[1].page != p.page
        here, there = self.style(p), self.style(before[1]) if before else ""
        if tops[0] != tops[1]:
            return Jump(
                p.page, p.y, float("inf"), there, f"BREAK in {'Word' if tops[0] else 'PDF'} {here}", p.text[:40]
            )
        points = p.y - w.y if before is None or tops[0] else (p.y - before[1].y) - (w.y - before[0].y)
        return (
            Jump(p.page, p.y, points, "TOP" if tops[0] else there, here, p.text[:40]) if abs(points) >= least else None
        )

    def style(self, line: Line) -> str:
        """The style of a line's paragraph, and whether the line is its first."""
        for said in sorted(self.said, key=lambda said: bool(said.number)):
            at = said.text.find(line.begins)
            if at >= 0 and line.begins:
                return said.style + ("/cell" if said.in_cell else "") + ("" if at == 0 else " …")
        return "?"


def _begins(layout: Sequence[Line], wanted: Sequence[Said], listed: Sequence[str]) -> list[int | None]:
    at, out = _behind(layout, listed), list[int | None]()
    for said in wanted:
        hit = next((n for n in range(at, len(layout)) if _stands(layout, n, said.text)), None)
        out.append(None if hit is None else layout[hit].page)
        at = at if hit is None else hit + 1
    return out


def _behind(layout: Sequence[Line], listed: Sequence[str]) -> int:
    """The first line behind the lists at the start. An entry of more than one line is passed over."""
    at = 0
    for entry in listed:
        at = next((n + 1 for n in range(at, min(at + 30, len(layout))) if layout[n].text == entry), at)
    return at


def _stands(layout: Sequence[Line], at: int, text: str) -> bool:
    """Whether the text stands alone on the lines from here on, with or without a number before it."""
    first = layout[at].text
    for start in {first, re.sub(r"^\d+", "", first)}:
        grown, after = start, at + 1
        while start and text.startswith(grown) and grown != text and after < len(layout):
            grown, after = grown + layout[after].text, after + 1
        if start and grown == text:
            return True
    return False


def _running(layout: Sequence[Line], notes: str) -> list[str]:
    """The words of the text, then those of the notes: a note may stand on another page than in the other layout."""
    below = [len(line.begins) > 11 and line.begins in notes for line in layout]
    ordered = [line for part in (False, True) for line, is_note in zip(layout, below, strict=True) if is_note is part]
    return [word for line in ordered for word in line.words]
