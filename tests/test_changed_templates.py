"""A style changed in the Word template, as its owner would change it: both files follow, and follow alike."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from lxml import etree

import judges
from documents import make_project, scratch
from rapportbygger.fonts import load
from rapportbygger.schedule import build
from rapportbygger.template import STANDARD

CHAPTER = """# Innledning

Kommunene har arbeidet med kulturskolen i tre år, og dette avsnittet er så langt at det går over flere linjer på siden,
uansett hvor stor skriften er. Det neste avsnittet kommer rett etter, i stilen for løpende tekst.

Her er det neste avsnittet, som også er langt nok til at det må brytes i to linjer eller flere, slik at avstanden
mellom linjene og mellom avsnittene kan ses og måles i begge filene.

## Et avsnitt

> Et sitat fra en av deltakerne, langt nok til at det brytes, så innrykket på begge sider kan ses.

![Et bilde](figures/tall.png){#fig-lys fig-alt="Et bilde" width=30%}
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: where it stands (page; left and top in 1/108 inch), the size and colour of its first letters."""

    text: str
    page: int
    left: int
    top: int
    size: int
    color: str


def drawn(pdf: Path) -> list[Line]:
    """The lines of a PDF's pages from top to bottom, as poppler sees them."""
    judges.require("pdftohtml")
    command = [str(judges.available("pdftohtml")), "-xml", "-i", "-hidden", "-stdout", str(pdf)]
    root = etree.fromstring(subprocess.run(command, capture_output=True, check=True).stdout)
    fonts = {font.get("id"): font for font in root.iter("fontspec")}
    out = []
    for page in root.iter("page"):
        shown = [piece for piece in page.iter("text") if said(piece).strip("• .")]
        pieces = sorted(shown, key=lambda piece: (measure(piece, "top"), measure(piece, "left")))
        for _top, group in groupby(pieces, key=lambda piece: measure(piece, "top") // 3):
            line = list(group)
            out.append(line_of(line, fonts[line[0].get("font")], measure(page, "number")))
    return out


def line_of(pieces: list[etree._Element], font: etree._Element, page: int) -> Line:
    """The pieces of a line as one."""
    text = re.sub(r"[ .•\u00a0]+", " ", " ".join(said(piece).strip() for piece in pieces)).strip()
    size, color = int(str(font.get("size"))), str(font.get("color"))
    return Line(text, page, measure(pieces[0], "left"), measure(pieces[0], "top"), size, color)


def measure(piece: etree._Element, name: str) -> int:
    """A number that poppler says of a piece or a page."""
    return int(str(piece.get(name)))


def said(piece: etree._Element) -> str:
    """The text of a piece."""
    return "".join(str(text) for text in piece.itertext())


def paragraph_style(document: Document, name: str) -> ParagraphStyle:
    """A paragraph style of a template."""
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style


def larger(document: Document) -> None:
    """Body text of 13 pt, on lines that are as high as that needs."""
    for name in ("Body Text", "First Paragraph"):
        paragraph_style(document, name).font.size = Pt(13)
        paragraph_style(document, name).paragraph_format.line_spacing = Pt(19)


def other_font(document: Document) -> None:
    """Body text in the headings' font."""
    for name in ("Body Text", "First Paragraph"):
        paragraph_style(document, name).font.name = "Source Serif Pro"


def red_headings(document: Document) -> None:
    """Headings in dark red."""
    paragraph_style(document, "Heading 1").font.color.rgb = RGBColor(0x9B, 0x1C, 0x1C)


def margins(document: Document) -> None:
    """Wide margins."""
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(4)
        section.top_margin = Cm(4.5)


def spacing(document: Document) -> None:
    """More space around paragraphs."""
    for name in ("Body Text", "First Paragraph"):
        paragraph_style(document, name).paragraph_format.space_after = Pt(17)
    paragraph_style(document, "Heading 2").paragraph_format.space_before = Pt(40)


def line_spacing(document: Document) -> None:
    """Lines one and a half high."""
    for name in ("Body Text", "First Paragraph"):
        form = paragraph_style(document, name).paragraph_format
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.MULTIPLE, 1.5


def indents(document: Document) -> None:
    """Paragraphs with an indented first line, set flush on both sides, and a narrower quote."""
    form = paragraph_style(document, "Body Text").paragraph_format
    form.first_line_indent, form.alignment = Cm(1), WD_ALIGN_PARAGRAPH.JUSTIFY
    quote = paragraph_style(document, "Block Text").paragraph_format
    quote.left_indent = quote.right_indent = Cm(3)


CHANGES: dict[str, Callable[[Document], None]] = {
    change.__name__: change for change in (larger, other_font, red_headings, margins, spacing, line_spacing, indents)
}


@cache
def built(change: str) -> tuple[list[Line], list[Line]]:
    """The lines of the PDF, and of the Word file as LibreOffice lays it out, with a changed template."""
    root = make_project(scratch(), CHAPTER, report="    template: endret.docx\n    number-sections: true")
    template = docx.Document(str(STANDARD))
    if change:
        CHANGES[change](template)
    (root / "templates").mkdir()
    template.save(str(root / "templates" / "endret.docx"))
    result = build(root)
    files = {file.path.suffix: file.path for file in result.written}
    assert set(files) == {".docx", ".pdf"}, result.problems
    word, pdf = files[".docx"], files[".pdf"]
    return text_of(drawn(pdf)), text_of(drawn(judges.libreoffice_pdf(word, scratch(), load().folders)))


def text_of(lines: list[Line]) -> list[Line]:
    """What follows the contents, which poppler reads in pieces."""
    return [line for line in lines if line.page > 1]


@pytest.mark.parametrize("change", CHANGES)
def test_the_pdf_follows(change: str) -> None:
    assert built(change)[0] != built("")[0]


@pytest.mark.parametrize("change", ["", *CHANGES])
def test_word_and_pdf_look_alike(change: str) -> None:
    pdf, word = built(change)
    assert [(a.text, a.page, a.size, a.color) for a in pdf] == [(b.text, b.page, b.size, b.color) for b in word]
    assert [(a, b) for a, b in zip(pdf, word, strict=True) if abs(a.left - b.left) > 2] == []
    assert [(a, b) for a, b in zip(heights(pdf), heights(word), strict=True) if abs(a - b) > 2] == []


def heights(lines: list[Line]) -> list[int]:
    """How far below the first line of its size each line is: poppler's tops depend on how a font was embedded."""
    first: dict[int, int] = {}
    return [line.top - first.setdefault(line.size, line.top) for line in lines]
