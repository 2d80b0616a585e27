"""Numeric and note styles in both files: numbers in the hanging indent, citations as footnotes."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

import judges
from documents import make_project, scratch
from numbered_styles import NOTES, NUMERIC
from pages import lines, said
from rapportbygger.fonts import load
from rapportbygger.schedule import build
from rapportbygger.write.docx.ooxml import W
from rapportbygger.write.docx.package import read_parts
from rapportbygger.write.docx.paragraphs import style_of

LONG = "Mål og midler i alle kommuner i landet og i alle fylker i landet fra nord til sør"
REFERENCES = f"""
- {{id: hansen, type: book, title: Skolen, author: [{{family: Hansen, given: Per}}], issued: 2010}}
- {{id: ks, type: book, title: {LONG}, author: [{{literal: Kommunesektorens organisasjon}}],
   issued: 2012}}
"""
CHAPTER = """# Mål [@ks]

Som vist [@hansen; @ks]. Og @hansen [s. 7] sier det[^a].

| Navn | Kilde   |
|------|---------|
| Lom  | [@ks]   |

: Tall [@hansen] {#tbl-a}

[^a]: Egen note [jf. @ks].
"""


@cache
def built(style: str) -> Path:
    root = make_project(scratch(), CHAPTER, manifest="bibliography: refs.yaml\ncsl: stil.csl")
    (root / "content" / "refs.yaml").write_text(REFERENCES, encoding="utf-8")
    (root / "content" / "stil.csl").write_text(style, encoding="utf-8")
    assert [problem for problem in build(root).problems if problem.severity != "info"] == []
    return root / "build"


def part(style: str, name: str) -> etree._Element:
    return etree.fromstring(read_parts((built(style) / "rapport.docx").read_bytes())[name])


def text(element: etree._Element) -> str:
    """The text of a paragraph; a tab is a tab, and every space one that may break."""
    found = ("\t" if one.tag == W + "tab" else one.text or "" for one in element.iter(W + "t", W + "tab"))
    return "".join(found).replace("\u00a0", " ")


def test_the_number_of_an_entry_stands_before_a_tab() -> None:
    paragraphs = part(NUMERIC, "word/document.xml").iter(W + "p")
    entries = [text(paragraph) for paragraph in paragraphs if style_of(paragraph) == "Bibliography"]
    assert [entry.split("\t")[0] for entry in entries] == ["[1]", "[2]"]
    assert entries[1] == "[2]\tP. Hansen, Skolen, 2010."


def test_in_the_pdf_the_text_stands_where_its_next_lines_do() -> None:
    judges.require("pdftotext")
    command = [str(judges.available("pdftotext")), "-layout", str(built(NUMERIC) / "rapport.pdf"), "-"]
    said_lines = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8").split("\n")
    at = next(at for at, line in enumerate(said_lines) if re.match(r"\s*\[1\]\s+Komm", line))
    assert said_lines[at].index("Komm") == len(said_lines[at + 1]) - len(said_lines[at + 1].lstrip()) > 4


def test_citations_are_footnotes_in_their_order() -> None:
    notes = part(NOTES, "word/footnotes.xml").iter(W + "footnote")
    assert [text(note).strip() for note in notes if note.get(W + "type") is None] == [
        f"Kommunesektorens organisasjon, {LONG}, 2012.",
        "P. Hansen, Skolen, 2010; Kommunesektorens organisasjon, note 1.",
        "Note 2, s. 7.",
        "Egen note (jf. Kommunesektorens organisasjon, note 1).",
        "Hansen, note 2.",
        "Kommunesektorens organisasjon, note 1.",
    ]


@pytest.mark.parametrize("style", [NUMERIC, NOTES], ids=["numeric", "notes"])
def test_both_files_say_the_same(style: str) -> None:
    word = judges.libreoffice_pdf(built(style) / "rapport.docx", scratch(), load().folders)
    assert said(lines(word)) == said(lines(built(style) / "rapport.pdf"))


@pytest.mark.parametrize("style", [NUMERIC, NOTES], ids=["numeric", "notes"])
def test_the_judges_find_nothing_wrong(style: str) -> None:
    file = built(style) / "rapport.docx"
    assert judges.sdk_validator(file) == []
    assert judges.structure(file) == []
    for profile in ("pdfa2a", "ua1"):
        assert judges.page_validation(file.with_suffix(".pdf"), profile) == []
