"""An entry of the contents without a number has its page at the right margin, however short it is."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from lxml import etree

import judges
import word_templates as made
from documents import make_project
from rapportbygger.fonts import load
from rapportbygger.schedule import build
from rapportbygger.theme.styles import StyleSheet, style_sheet
from rapportbygger.write.docx.contents_entries import without_room
from rapportbygger.write.docx.ooxml import W
from rapportbygger.write.docx.package import read_parts
from rapportbygger.write.docx.paragraphs import style_of

SHORT = "# Om {.unnumbered}\n\nTekst.\n\n## A {.unnumbered}\n\n### Dans {.unnumbered}\n\n# To\n\n## Mål\n"


def built(tmp_path: Path, report: str) -> dict[str, bytes]:
    (file,) = build(make_project(tmp_path, SHORT, report=report), formats=["docx"]).written
    return read_parts(file.path.read_bytes())


def sheet(parts: dict[str, bytes]) -> StyleSheet:
    return style_sheet(etree.fromstring(parts["word/styles.xml"]), None)


def entries(parts: dict[str, bytes]) -> list[etree._Element]:
    found = etree.fromstring(parts["word/document.xml"]).iter(W + "p")
    return [paragraph for paragraph in found if style_of(paragraph) in ("TOC1", "TOC2", "TOC3")]


def own(entry: etree._Element) -> list[tuple[str, ...]]:
    """The tab stops and the indents that an entry itself has, and its style."""
    stops = [(tab.get(W + "val", ""), tab.get(W + "pos", "")) for tab in entry.iterfind(f"{W}pPr/{W}tabs/{W}tab")]
    indents = [(ind.get(W + "left", ""), ind.get(W + "firstLine", "")) for ind in entry.iterfind(f"{W}pPr/{W}ind")]
    return [(style_of(entry),), *stops, *indents]


def test_without_numbers_the_styles_keep_no_room_for_them(tmp_path: Path) -> None:
    """So it is also when Word makes the contents anew, and takes away what entries say themselves."""
    parts = built(tmp_path, "")
    said = [sheet(parts).effective(f"TOC{level}") for level in range(1, 10)]
    assert [[stop[0] for stop in one["tabs"]] for one in said] == [["right"]] * 9
    assert [one["first"] for one in said] == [0] * 9
    assert [one["left"] for one in said[:4]] == [0, 0, 400, 720]
    assert [own(entry) for entry in entries(parts)] == [[(f"TOC{level}",)] for level in (1, 2, 3, 1, 2)]


def test_among_numbers_an_entry_without_one_has_no_room_for_it(tmp_path: Path) -> None:
    parts = built(tmp_path, "    number-sections: true")
    assert [own(entry) for entry in entries(parts)] == [
        [("TOC1",), ("clear", "400"), ("0", "0")],
        [("TOC2",), ("clear", "560"), ("0", "0")],
        [("TOC3",), ("clear", "1080"), ("400", "0")],
        [("TOC1",)],
        [("TOC2",)],
    ]
    assert [stop[0] for stop in sheet(parts).effective("TOC1")["tabs"]] == ["left", "right"]


def test_the_indent_to_the_right_stays_and_what_is_inherited_is_cleared() -> None:
    tabs = '<w:tabs><w:tab w:val="left" w:pos="440"/><w:tab w:val="right" w:leader="dot" w:pos="9000"/></w:tabs>'
    above = made.style("TOC1", "toc 1", f'{tabs}<w:ind w:left="440" w:right="700" w:hanging="440"/>')
    below = made.style("TOC2", "toc 2", '<w:ind w:left="880"/>', "", "TOC1")
    root = etree.fromstring(made.parts("", above + below)["word/styles.xml"])
    without_room(root)
    first, second = (style_sheet(root, None).own(ident) for ident in ("TOC1", "TOC2"))
    assert (first["left"], first["first"], first["right"]) == (0, 0, 700)
    assert (second["left"], second["first"], second["right"]) == (440, 0, 700)
    assert first["tabs"] == second["tabs"] == (("right", 9000, "dot"),)


@pytest.mark.parametrize("report", ["", "    number-sections: true"], ids=["plain", "numbered"])
def test_pages_stand_at_the_margin_in_both_files(tmp_path: Path, report: str) -> None:
    judges.require("soffice", "pdftotext")
    files = build(make_project(tmp_path, SHORT, report=report)).written
    word, pdf = sorted((file.path for file in files), key=lambda path: path.suffix)
    shown = judges.libreoffice_pdf(word, tmp_path / "shown", load().folders)
    ends = {file: _ends(file) for file in (pdf, shown)}
    assert [len(found) for found in ends.values()] == [5, 5]
    assert max(abs(end - max(map(max, ends.values()))) for found in ends.values() for end in found) < 1


def _ends(pdf: Path) -> list[float]:
    """Where the last word of each line with leader dots on the first page ends, in points."""
    said = subprocess.run(["pdftotext", "-l", "1", "-bbox-layout", pdf, "-"], capture_output=True, check=True).stdout
    lines = [list(line) for line in etree.fromstring(said).iter("{*}line")]
    return [float(line[-1].get("xMax", 0)) for line in lines if "...." in "".join(word.text or "" for word in line)]
