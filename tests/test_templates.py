"""The Word templates that come with the project: what the build and Word need of them."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from docxtpl import DocxTemplate

import judges
from judges.package import Package, W, attribute, child, style_of, text_of

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "templates" / "sluttrapport.docx"
STANDARD = ROOT / "src" / "rapportbygger" / "templates" / "standard.docx"
BOTH = pytest.mark.parametrize("path", [REPORT, STANDARD], ids=["sluttrapport", "standard"])

# What pandoc's Word writer and this package look for, by the name that Word knows it by.
NAMES = """Normal|Body Text|First Paragraph|Compact|Title|Subtitle|Author|Date|Abstract Title|Abstract|Bibliography|
heading 1|heading 2|heading 3|heading 4|heading 5|heading 6|heading 7|heading 8|heading 9|Block Text|footnote text|
Footnote Block Text|footnote reference|Default Paragraph Font|Normal Table|Table|Definition Term|Definition|caption|
Table Caption|Image Caption|Figure|Captioned Figure|Verbatim Char|Source Code|Section Number|Hyperlink|Body Text Char|
TOC Heading|toc 1|toc 2|toc 3|toc 4|table of figures|header|footer|No List|List Paragraph|Table Text"""


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _generate(folder: Path) -> Path:
    subprocess.run([sys.executable, str(ROOT / "tools" / "word_template.py"), str(folder)], check=True)
    return folder


def test_the_package_s_own_template_is_what_the_design_gives(tmp_path: Path) -> None:
    made = _generate(tmp_path) / STANDARD.relative_to(ROOT)
    assert _parts(made) == _parts(STANDARD)


def test_the_design_gives_the_same_bytes_every_time(tmp_path: Path) -> None:
    one, two = _generate(tmp_path / "1"), _generate(tmp_path / "2")
    for path in (REPORT, STANDARD):
        name = path.relative_to(ROOT)
        assert (one / name).read_bytes() == (two / name).read_bytes()


@BOTH
def test_the_judges_find_nothing(path: Path) -> None:
    assert judges.structure(path, skip=("headings",)) == []
    assert judges.openxml_audit(path) == []


@BOTH
def test_the_sdk_validator_finds_nothing(path: Path) -> None:
    assert judges.sdk_validator(path) == []


@BOTH
def test_every_style_that_is_looked_for_is_there(path: Path) -> None:
    there = {attribute(child(style, "name")) for style in Package.open(path).styles.values()}
    assert set(NAMES.replace("\n", "").split("|")) - there == set()


@BOTH
def test_lines_are_exactly_as_high_as_the_design_says_but_where_pictures_stand(path: Path) -> None:
    package = Package.open(path)
    spacing = {name: child(style, "pPr/spacing") for name, style in package.styles.items()}
    rules = {name: attribute(found, "lineRule") for name, found in spacing.items() if attribute(found, "lineRule")}
    assert {name for name, rule in rules.items() if rule != "exact"} == {"Figure"}
    assert (
        attribute(child(package.parts["word/styles.xml"], "docDefaults/pPrDefault/pPr/spacing"), "lineRule") == "exact"
    )


@BOTH
def test_tabs_at_the_right_edge_stand_where_the_text_ends(path: Path) -> None:
    package = Package.open(path)
    section = next(package.document.iter(W + "sectPr"))
    size, margins = child(section, "pgSz"), child(section, "pgMar")
    width = int(attribute(size, "w")) - int(attribute(margins, "left")) - int(attribute(margins, "right"))
    tabs = {
        name: int(attribute(tab, "pos"))
        for name, style in package.styles.items()
        for tab in style.iter(W + "tab")
        if attribute(tab) == "right"
    }
    assert tabs == dict.fromkeys(("Header", "Footer", "TOC1", "TOC2", "TOC3", "TOC4", "TableofFigures"), width)


@BOTH
def test_every_font_comes_with_the_package_s_wheels(path: Path) -> None:
    parts = _parts(path)
    named = re.findall(rb'w:ascii="([^"]*)"', parts["word/styles.xml"])
    theme = re.findall(rb'<a:latin typeface="([^"]*)"', parts["word/theme/theme1.xml"])
    assert {*named, *theme} <= {b"Source Sans Pro", b"Source Serif Pro"}


FULL = {"title": "Rapport & svar", "subtitle": "Fra prosjektet", "authors": "Rådet", "date": "19. mars 2021"}


def _rendered(path: Path, context: dict[str, str], folder: Path) -> Package:
    template = DocxTemplate(path)
    template.render(context, autoescape=True)
    template.save(folder / "rendered.docx")
    return Package.open(folder / "rendered.docx")


def _cover(package: Package) -> list[tuple[str, str]]:
    return [(style_of(paragraph), text_of(paragraph)) for paragraph in package.document.iter(W + "p")]


def test_the_cover_says_what_the_report_is(tmp_path: Path) -> None:
    package = _rendered(REPORT, FULL, tmp_path)
    assert _cover(package) == list(zip(("Title", "Subtitle", "Author", "Date"), FULL.values(), strict=True))
    assert text_of(package.parts["word/header1.xml"]) == "Rapport & svar"
    assert text_of(package.parts["word/footer1.xml"]) == "Rådet1"


def test_what_a_report_does_not_say_leaves_no_paragraph_but_the_one_that_ends_the_cover(tmp_path: Path) -> None:
    package = _rendered(REPORT, {"title": "Rapport", "subtitle": "", "authors": "", "date": ""}, tmp_path)
    assert _cover(package) == [("Title", "Rapport"), ("Date", "")]


def test_the_cover_has_no_header_and_the_text_has_one(tmp_path: Path) -> None:
    cover, text = _rendered(REPORT, FULL, tmp_path).document.iter(W + "sectPr")
    assert child(cover, "headerReference") is None
    assert child(cover, "footerReference") is None
    assert child(text, "headerReference") is not None
    assert child(text, "footerReference") is not None


def test_the_standard_template_holds_no_text(tmp_path: Path) -> None:
    package = _rendered(STANDARD, FULL, tmp_path)
    assert _cover(package) == []
    assert text_of(package.parts["word/footer1.xml"]) == "1"
