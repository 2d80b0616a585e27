"""The PDF by LibreOffice: what it says of its pages, and what happens where it is not there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from lxml import etree

import judges
from documents import make_project, scratch
from pages import lines, pages_of
from rapportbygger.diagnostics import Severity
from rapportbygger.schedule import build
from rapportbygger.starter import copy_to
from rapportbygger.template import STANDARD
from rapportbygger.write.docx.ooxml import W
from rapportbygger.write.docx.package import read_parts
from rapportbygger.write.pdf import libreoffice

# Two pages and a bookmark on each, written as LibreOffice writes them.
PDF = b"""
7 0 obj
<</Type/Pages
/Resources 9 0 R
/Kids[ 1 0 R
4 0 R ]/Count 2>>
endobj
8 0 obj
<</sec5Fa[1 0 R/XYZ 136.05 735.6 0]
/sec5Fb5F2[4 0 R/XYZ 136.05 681.6 0]
>>
endobj
<</Type/Catalog/Pages 7 0 R
/Dests 8 0 R>>
"""


def test_every_bookmark_has_a_page() -> None:
    assert libreoffice.bookmark_pages(PDF, ["sec_a", "sec_b_2", "gone"]) == {"sec_a": 1, "sec_b_2": 2}


def test_a_pdf_without_bookmarks_has_none() -> None:
    assert libreoffice.bookmark_pages(b"%PDF-1.7", ["sec_a"]) == {}


def test_without_libreoffice_the_word_file_is_there_and_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "executable", lambda: None)
    root = scratch()
    copy_to(root)
    result = build(root, pdf_engine="libreoffice", reports=["rapport"])
    assert [file.path.suffix for file in result.written] == [".docx"]
    assert [problem.code for problem in result.problems if problem.severity is Severity.ERROR] == ["libreoffice"]


def test_a_program_that_makes_nothing_is_told_of() -> None:
    program = shutil.which("false")
    if program is None:
        pytest.skip("no program that fails here")
    with pytest.raises(libreoffice.LibreOfficeError):
        libreoffice.converted(b"", program)


def test_the_numbers_in_word_are_those_of_the_layout() -> None:
    judges.require("soffice", "pdftotext")
    root = scratch()
    copy_to(root)
    result = build(root, pdf_engine="libreoffice", reports=["rapport"])
    files = {file.path.suffix: file.path for file in result.written}
    data, pages = files[".docx"].read_bytes(), listed(files[".docx"])
    assert b"LibreOffice" in files[".pdf"].read_bytes()
    found = lines(files[".pdf"])
    contents = sum(line.page == 1 for line in found)
    assert pages_of(found, [text for text, _ in pages], start=contents) == [page for _, page in pages]

    made: list[Mapping[str, int]] = []

    def word(numbers: Mapping[str, int]) -> bytes:
        made.append(dict(numbers))
        return data

    bookmark = re.findall(rb'w:anchor="(\w+)"', read_parts(data)["word/document.xml"])[1].decode()
    libreoffice.typeset(word, {"second": 99}, {"second": bookmark}, 0)
    assert made == [{"second": 99}, {"second": pages[1][1]}]


def test_what_our_pdf_cannot_show_is_not_told_where_libreoffice_makes_it() -> None:
    root = make_project(scratch(), "Tekst.", report="    template: mal.docx")
    (root / "templates").mkdir()
    template = docx.Document(str(STANDARD))
    template.styles["Body Text"].element.get_or_add_rPr().append(OxmlElement("w:shadow"))
    template.save(str(root / "templates" / "mal.docx"))
    told = {
        engine: {problem.code for problem in build(root, pdf_engine=engine).problems}
        for engine in ("typst", "libreoffice")
    }
    assert "not-in-pdf" in told["typst"]
    assert "not-in-pdf" not in told["libreoffice"]


def listed(word: Path) -> list[tuple[str, int]]:
    """Text and page of every entry of the contents."""
    document = etree.fromstring(read_parts(word.read_bytes())["word/document.xml"])
    entries = [p for p in document.iter(W + "p") if p.find(f"{W}pPr/{W}pStyle[@{W}val='TOC1']") is not None]
    texts = [[text.text or "" for text in entry.iter(W + "t")] for entry in entries]
    return [("".join(parts[:-1]), int(parts[-1])) for parts in texts]
