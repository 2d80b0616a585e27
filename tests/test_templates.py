"""The Word templates that come with the project: what the build and Word need of them."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from docxtpl import DocxTemplate, InlineImage

import judges
from documents import make_project
from judges.package import Package, W, attribute, child, style_of, text_of
from rapportbygger import template
from rapportbygger.schedule import build
from rapportbygger.write.docx.package import write_parts

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "templates" / "sluttrapport.docx"
STANDARD = ROOT / "src" / "rapportbygger" / "templates" / "standard.docx"
MUNICIPAL = ROOT / "templates" / "kommunerapport.docx"
LETTER = ROOT / "templates" / "brev.docx"
TEMPLATES = (REPORT, MUNICIPAL, LETTER, STANDARD)
EACH = pytest.mark.parametrize("path", TEMPLATES, ids=[path.stem for path in TEMPLATES])

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


def test_the_templates_are_what_the_designs_give(tmp_path: Path) -> None:
    made = _generate(tmp_path)
    for path in TEMPLATES:
        assert _parts(made / path.relative_to(ROOT)) == _parts(path), path.name


def test_the_design_gives_the_same_bytes_every_time(tmp_path: Path) -> None:
    one, two = _generate(tmp_path / "1"), _generate(tmp_path / "2")
    for path in TEMPLATES:
        name = path.relative_to(ROOT)
        assert (one / name).read_bytes() == (two / name).read_bytes()


@EACH
def test_the_judges_find_nothing(path: Path) -> None:
    assert judges.structure(path, skip=("headings",)) == []
    assert judges.openxml_audit(path) == []


@EACH
def test_the_sdk_validator_finds_nothing(path: Path) -> None:
    assert judges.sdk_validator(path) == []


@EACH
def test_every_style_that_is_looked_for_is_there(path: Path) -> None:
    there = {attribute(child(style, "name")) for style in Package.open(path).styles.values()}
    assert set(NAMES.replace("\n", "").split("|")) - there == set()


@EACH
def test_lines_are_exactly_as_high_as_the_design_says_but_where_pictures_stand(path: Path) -> None:
    package = Package.open(path)
    spacing = {name: child(style, "pPr/spacing") for name, style in package.styles.items()}
    rules = {name: attribute(found, "lineRule") for name, found in spacing.items() if attribute(found, "lineRule")}
    assert {name for name, rule in rules.items() if rule != "exact"} <= {"Figure", "Crest"}
    assert (
        attribute(child(package.parts["word/styles.xml"], "docDefaults/pPrDefault/pPr/spacing"), "lineRule") == "exact"
    )


@EACH
def test_tabs_at_the_right_edge_stand_where_the_text_ends(path: Path) -> None:
    package = Package.open(path)
    *_, section = package.document.iter(W + "sectPr")
    size, margins = child(section, "pgSz"), child(section, "pgMar")
    width = int(attribute(size, "w")) - int(attribute(margins, "left")) - int(attribute(margins, "right"))
    tabs = {
        name: int(attribute(tab, "pos"))
        for name, style in package.styles.items()
        for tab in style.iter(W + "tab")
        if attribute(tab) == "right"
    }
    assert set(tabs) - {"Date"} == {"Header", "Footer", "TOC1", "TOC2", "TOC3", "TOC4", "TableofFigures"}
    assert set(tabs.values()) == {width}


@EACH
def test_every_font_comes_with_the_package_s_wheels(path: Path) -> None:
    parts = _parts(path)
    named = re.findall(rb'w:ascii="([^"]*)"', parts["word/styles.xml"])
    theme = re.findall(rb'<a:latin typeface="([^"]*)"', parts["word/theme/theme1.xml"])
    assert {*named, *theme} <= {b"Source Sans Pro", b"Source Serif Pro"}


FULL = {"title": "Rapport & svar", "subtitle": "Fra prosjektet", "authors": "Rådet", "date": "19. mars 2021"}


def _rendered(path: Path, context: Mapping[str, Any], folder: Path) -> Package:
    parts, problems = template.render(path, {"lang": "nb", **context}, path.name)
    assert problems == ()
    rendered = folder / "rendered.docx"
    rendered.write_bytes(write_parts(parts or {}))
    return Package.open(rendered)


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


@pytest.mark.parametrize(("length", "style"), [(100, "Title"), (101, "LongTitle")])
def test_a_very_long_title_is_set_in_smaller_letters(length: int, style: str, tmp_path: Path) -> None:
    package = _rendered(REPORT, {**FULL, "title": "x" * length}, tmp_path)
    assert _cover(package)[0] == (style, "x" * length)


@pytest.mark.parametrize("path", [REPORT, MUNICIPAL], ids=["sluttrapport", "kommunerapport"])
def test_the_cover_has_a_band_of_colour_for_a_header_and_the_text_has_the_title(path: Path, tmp_path: Path) -> None:
    package = _rendered(path, FULL, tmp_path)
    cover, text = package.document.iter(W + "sectPr")
    band = package.parts["word/header2.xml"]
    assert [style_of(paragraph) for paragraph in band] == ["CoverBand"]
    assert text_of(band) == ""
    assert attribute(child(cover, "headerReference"), "type") == "default"
    assert child(cover, "footerReference") is None
    assert child(text, "footerReference") is not None


def test_header_and_footer_say_no_more_than_a_line_has_room_for(tmp_path: Path) -> None:
    names = "KS, Norsk kulturskoleråd, Kommunesektorens forening for kultur og oppvekst og Universitetet i Innlandet"
    package = _rendered(REPORT, {**FULL, "authors": names, "title": names}, tmp_path)
    short = "KS, Norsk kulturskoleråd, Kommunesektorens forening for kultur og oppvekst og …"
    assert text_of(package.parts["word/header1.xml"]) == short
    assert text_of(package.parts["word/footer1.xml"]) == f"{short}1"
    assert _cover(package)[0] == ("LongTitle", names)


EXAMPLE = {"navn": "Eksempelvik", "postadresse": "Postboks 1", "postnummer": "9901", "poststed": "Eksempelvik"}


def test_a_municipality_s_report_says_whose_it_is(tmp_path: Path) -> None:
    package = _rendered(MUNICIPAL, {**FULL, "municipality": {"navn": "Eksempelvik"}}, tmp_path)
    assert _cover(package)[:2] == [("Municipality", "Eksempelvik kommune"), ("Title", "Rapport & svar")]
    assert text_of(package.parts["word/footer1.xml"]) == "Eksempelvik kommune1"


def test_a_report_that_is_no_municipality_s_can_have_the_same_template(tmp_path: Path) -> None:
    package = _rendered(MUNICIPAL, FULL, tmp_path)
    assert _cover(package) == list(zip(("Title", "Subtitle", "Author", "Date"), FULL.values(), strict=True))
    assert text_of(package.parts["word/footer1.xml"]) == "1"


def test_a_crest_stands_above_the_name_of_the_municipality(tmp_path: Path) -> None:
    document = DocxTemplate(MUNICIPAL)
    crest = InlineImage(document, str(ROOT / "content" / "figures" / "samlinger.png"))
    document.render({**FULL, "municipality": EXAMPLE, "crest": crest}, autoescape=True)
    document.save(tmp_path / "rendered.docx")
    first = next(Package.open(tmp_path / "rendered.docx").document.iter(W + "p"))
    assert style_of(first) == "Crest"
    assert next(first.iter(W + "drawing"), None) is not None


def test_a_letter_says_to_whom_when_and_about_what(tmp_path: Path) -> None:
    package = _rendered(LETTER, {**FULL, "municipality": EXAMPLE}, tmp_path)
    assert _cover(package) == [
        ("Recipient", "Eksempelvik kommunePostboks 19901 Eksempelvik"),
        ("Date", "19. mars 2021Fra prosjektet"),
        ("Title", "Rapport & svar"),
    ]
    assert len(list(next(package.document.iter(W + "p")).iter(W + "br"))) == 2
    assert text_of(package.parts["word/header3.xml"]) == "Rådet"


def test_a_letter_leaves_out_what_is_not_known(tmp_path: Path) -> None:
    package = _rendered(LETTER, {**FULL, "municipality": {"navn": "Eksempelvik", "poststed": None}}, tmp_path)
    assert _cover(package)[0] == ("Recipient", "Eksempelvik kommune")
    package = _rendered(LETTER, {"title": "Hei", "subtitle": "", "authors": "", "date": ""}, tmp_path)
    assert _cover(package) == [("Title", "Hei")]


def test_only_the_pages_after_the_first_of_a_letter_have_a_number() -> None:
    section = next(Package.open(LETTER).document.iter(W + "sectPr"))
    assert child(section, "titlePg") is not None
    kinds = [
        (reference.tag.removeprefix(W), attribute(reference, "type")) for reference in section if "Ref" in reference.tag
    ]
    assert kinds == [("footerReference", "default"), ("headerReference", "first")]


def test_an_address_begins_where_the_windows_of_c5_and_e65_envelopes_do() -> None:
    """Both show what is between 44 and 59 mm from the sheet's top and from 25 mm to the right, however it lies."""
    package = Package.open(LETTER)
    margins = child(next(package.document.iter(W + "sectPr")), "pgMar")
    spacing = child(package.styles["Recipient"], "pPr/spacing")
    top = _mm(margins, "top") + _mm(spacing, "before")
    assert top >= 44
    assert top + 3 * _mm(spacing, "line") <= 60
    assert _mm(margins, "left") >= 24.9


def _mm(element: Any, name: str) -> float:
    return int(attribute(element, name)) * 25.4 / 1440


def test_the_standard_template_holds_no_text(tmp_path: Path) -> None:
    package = _rendered(STANDARD, FULL, tmp_path)
    assert _cover(package) == []
    assert text_of(package.parts["word/footer1.xml"]) == "1"


PARAGRAPH = """Kommunene har arbeidet med kulturskolen i tre år, og de har lært mye av hverandre og av andre enn elever.
Noe gikk som planlagt, annet ble bedre, og litt ble gitt opp underveis. Denne rapporten forteller om alt sammen, slik at
de neste kan begynne der de første sluttet, og slipper å gjøre de samme feilene en gang til."""


def _built(path: Path, folder: Path, title: str = "title: En rapport") -> dict[str, Path]:
    """The files of a short report with a template, by their endings."""
    chapter = f"# Innledning\n\n{PARAGRAPH * 3}\n"
    root = make_project(folder, chapter, report=f"    template: {path.name}")
    manifest = root / "content" / "report.yaml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("title: En rapport", title), encoding="utf-8")
    (root / "templates").mkdir()
    (root / "templates" / path.name).write_bytes(path.read_bytes())
    result = build(root)
    assert result.problems == ()
    return {file.path.suffix: file.path for file in result.written}


def _pages(pdf: Path) -> list[str]:
    judges.require("pdftotext")
    done = subprocess.run(
        [str(judges.available("pdftotext")), "-layout", str(pdf), "-"], capture_output=True, check=True
    )
    return done.stdout.decode("utf-8").split("\f")[:-1]


@EACH
def test_lines_are_as_long_as_eyes_like_them(path: Path, tmp_path: Path) -> None:
    """60 to 75 characters, spaces included (Bringhurst, The Elements of Typographic Style, 2.1.2, has 45 to 75)."""
    text = _pages(_built(path, tmp_path)[".pdf"])[-1]
    lines = [line.strip() for line in text.split("\n") if len(line.split()) > 5][:-1]
    assert len(lines) > 8
    assert 60 <= sum(map(len, lines)) / len(lines) <= 75


LONG = """title: Kulturskolen som utviklingsaktør i fremtidens kommune – erfaringer, råd og veier videre etter tre år
subtitle: Sluttrapport fra pilotprosjektet i atten kommuner, med vedlegg og forslag til tiltak på kort og lang sikt
author: [KS, Norsk kulturskoleråd, Kommunesektorens forening for kultur og oppvekst, Universitetet i Innlandet]
date: 2022-11-30"""


@pytest.mark.parametrize("path", [REPORT, MUNICIPAL], ids=["sluttrapport", "kommunerapport"])
def test_a_long_title_has_room_on_the_cover(path: Path, tmp_path: Path) -> None:
    cover, contents, *_ = _pages(_built(path, tmp_path, LONG)[".pdf"])
    assert "30. november 2022" in " ".join(cover.split())
    assert "Innhold" in contents


@EACH
def test_what_is_built_with_them_is_right_and_has_its_fonts(path: Path, tmp_path: Path) -> None:
    files = _built(path, tmp_path)
    assert judges.structure(files[".docx"]) == []
    assert judges.sdk_validator(files[".docx"]) == []
    for profile in ("ua1", "pdfa2a"):
        assert judges.page_validation(files[".pdf"], profile) == []
    fonts = Package.open(files[".docx"]).parts["word/fontTable.xml"]
    embedded = {attribute(font, "name") for font in fonts if child(font, "embedRegular") is not None}
    assert embedded >= set(re.findall(r'typeface="([^"]+)"', _parts(path)["word/theme/theme1.xml"].decode()))
