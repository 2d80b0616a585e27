"""Whole reports, opened by the judges: nothing wrong with either file, and both say the same on the same pages."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

import judges
from documents import scratch
from pages import Line, lines, pages_of, said, squeezed
from rapportbygger.fonts import load
from rapportbygger.schedule import Result, build
from rapportbygger.starter import copy_to
from rapportbygger.write.docx.ooxml import W
from rapportbygger.write.docx.package import read_parts

ROOT = Path(__file__).parent.parent
PROJECTS = Path(__file__).parent / "projects"
SOURCES = {
    "sluttrapport": (ROOT, "sluttrapport"),
    "eksempelvik": (ROOT, "kommunerapport"),
    "doeme": (ROOT, "kommunerapport"),
    "asker": (ROOT, "kommunerapport"),
    "stranda": (ROOT, "ordforerbrev"),
    "alt": (PROJECTS / "alt", "alt"),
    "engelsk": (PROJECTS / "alt", "engelsk"),
    "word": (PROJECTS / "alt", "word"),
    "zotero": (PROJECTS / "alt", "zotero"),
    "krevende": (PROJECTS / "krevende", "krevende"),
    "formler": (PROJECTS / "krevende", "formler"),
}
"""The project and the report of what is built; a municipality's name is that of a document for it."""
MUNICIPALITIES = ("eksempelvik", "doeme", "asker", "stranda")
"""One that has delivered all, one that has in nynorsk, one that has delivered nothing yet, and a letter in nynorsk."""
REPORTS = (*SOURCES, "starter")
reports = pytest.mark.parametrize("name", REPORTS)


@cache
def built(name: str) -> Result:
    """A report built in a copy of its project."""
    root = scratch()
    if name == "starter":
        copy_to(root)
        return build(root)
    source, report = SOURCES[name]
    for folder in ("content", "bibliography", "templates"):
        if (source / folder).is_dir():
            shutil.copytree(source / folder, root / folder)
    return build(root, reports=[report], municipalities=[name] if name in MUNICIPALITIES else [])


def file(name: str, suffix: str) -> Path:
    return next(each.path for each in built(name).written if each.path.suffix == suffix)


@cache
def word(name: str) -> list[Line]:
    """The Word file's lines, as LibreOffice lays it out with the fonts in the file."""
    return lines(judges.libreoffice_pdf(file(name, ".docx"), scratch(), load().folders))


@cache
def pdf(name: str) -> list[Line]:
    """The PDF's lines."""
    return lines(file(name, ".pdf"))


@cache
def entries(name: str) -> list[tuple[str, str, str]]:
    """What is listed (TOC, Figur, Tabell), text and page number of every line in the Word file's lists."""
    document = etree.fromstring(read_parts(file(name, ".docx").read_bytes())["word/document.xml"])
    out = []
    for paragraph in document.iter(W + "p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        listing = re.match("TOC(?=[1-9])|TableofFigures", "" if style is None else style.get(W + "val", ""))
        if listing:
            texts = [text.text or "" for text in paragraph.iter(W + "t")]
            kind = listing[0] if listing[0] == "TOC" else texts[0].split()[0]
            out.append((kind, "".join(texts[:-1]), texts[-1]))
    return out


def begins(name: str, found: list[Line]) -> list[tuple[str, int | None]]:
    """Every heading, figure and table with the page on which it begins, behind the lists at the start."""
    listed = {squeezed(text + page) for _, text, page in entries(name)}
    start = 1 + max((i for i, line in enumerate(found) if line.text in listed), default=-1)
    out = []
    for kind in dict.fromkeys(kind for kind, _, _ in entries(name)):
        texts = [text for each, text, _ in entries(name) if each == kind]
        out += list(zip(texts, pages_of(found, texts, start), strict=True))
    return out


@reports
def test_it_builds_without_a_word(name: str) -> None:
    assert (built(name).problems, built(name).failed) == ((), ())


@reports
def test_word_by_the_sdk_validator(name: str) -> None:
    assert judges.sdk_validator(file(name, ".docx")) == []


@reports
def test_word_by_openxml_audit(name: str) -> None:
    assert judges.openxml_audit(file(name, ".docx")) == []


@reports
def test_word_by_our_own_checks(name: str) -> None:
    letter = SOURCES.get(name, ("", ""))[1] == "ordforerbrev"  # a letter has a subject, and no headings
    assert judges.structure(file(name, ".docx"), skip=("headings",) if letter else ()) == []


@reports
@pytest.mark.parametrize("profile", ["ua1", "pdfa2a"])
def test_pdf_is_accessible_and_archivable(name: str, profile: str) -> None:
    assert judges.page_validation(file(name, ".pdf"), profile) == []


@reports
def test_pdf_is_read_aloud_as_it_stands(name: str) -> None:
    assert judges.outloud(file(name, ".pdf")) == []


@reports
def test_both_say_the_same_on_every_page(name: str) -> None:
    assert said(word(name)) == said(pdf(name))


@reports
def test_headings_and_captions_begin_on_the_same_page(name: str) -> None:
    found = begins(name, pdf(name))
    assert begins(name, word(name)) == found
    assert None not in [page for _, page in found]


@reports
def test_words_lists_have_the_pages_of_the_pdf(name: str) -> None:
    pages = dict(begins(name, pdf(name)))
    assert [(text, str(pages[text])) for _, text, _ in entries(name)] == [
        (text, page) for _, text, page in entries(name)
    ]
