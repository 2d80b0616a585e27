"""A template's styles get the writers' ids, and those that are missing are made from what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

import word_templates as made
from documents import make_project
from rapportbygger import fonts, theme
from rapportbygger.schedule import build
from rapportbygger.write.docx.ooxml import W, value
from rapportbygger.write.docx.package import read_parts
from rapportbygger.write.docx.template_styles import completed, contrast

CHAPTER = """# En {#sec-en}

Tekst med note.[^1] Se @tbl-a, `kode` og [lenke](https://example.org).

[^1]: En note.

> Sitat

- punkt

| A | B |
|---|---|
| 1 | 2 |

: Tall {#tbl-a}

![Figur](figures/wide.png){#fig-a fig-alt="Flate"}

#### Fire
"""


def styles_of(parts: dict[str, bytes]) -> dict[str, etree._Element]:
    root = etree.fromstring(parts["word/styles.xml"])
    return {value(style, "styleId"): style for style in root.iter(W + "style")}


def only(*styles: str, body: str = "", **more: str) -> dict[str, bytes]:
    """A template with these styles and no others."""
    return completed(made.parts(f"{body}<w:sectPr>{made.PAGE}</w:sectPr>", "".join(styles), **more))  # type: ignore[arg-type]


def test_norwegian_ids_become_those_that_the_writers_know() -> None:
    found = styles_of(completed(made.norwegian()))
    names = ("Heading1", "BodyText", "TOC1", "Caption", "FootnoteText", "FootnoteReference", "ListParagraph", "Quote")
    assert [name for name in names if name not in found] == []
    assert [name for name in found if re.match("Overskrift|Brdtekst|INNH|Bildetekst", name)] == []


def test_what_names_a_style_follows() -> None:
    parts = completed(made.norwegian())
    document = parts["word/document.xml"].decode()
    assert 'w:pStyle w:val="Title"' in document
    assert "Tittel" not in re.findall(r'pStyle w:val="([^"]+)"', document)
    assert b'w:pStyle w:val="Header"' in parts["word/header1.xml"]
    based = styles_of(parts)["TOCHeading"].find(W + "basedOn")
    assert based is not None
    assert value(based) == "Heading1"


def test_a_style_that_has_taken_an_id_leaves_it() -> None:
    found = styles_of(only(made.style("Heading1", "Kommunens egen"), made.style("Overskrift1", "heading 1")))
    names = {ident: value(style.find(W + "name")) for ident, style in found.items()}  # type: ignore[arg-type]
    assert (names["Heading1"], names["Heading1_1"]) == ("heading 1", "Kommunens egen")


def test_a_template_in_english_keeps_its_parts() -> None:
    section = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar {}/></w:sectPr>'.format(
        " ".join(f'w:{side}="1134"' for side in ("top", "right", "bottom", "left", "header", "footer", "gutter"))
    )
    parts = made.parts(made.p("x", "Title") + section, made.style("Title", "Title"))
    assert completed(parts)["word/document.xml"] is parts["word/document.xml"]


def test_missing_headings_look_like_the_one_above() -> None:
    parts = only(
        made.style("Normal", "Normal"), made.style("Overskrift1", "heading 1", run='<w:color w:val="112233"/>')
    )
    found = theme.read(parts, fonts.load(), "mal.docx")[0]
    assert [found.style(f"heading {level}").look.color for level in (1, 2, 4)] == ["112233"] * 3
    assert [found.style(f"heading {level}").outline for level in (2, 9)] == [1, 8]


def test_without_headings_they_grow_out_of_the_text() -> None:
    found = theme.read(only(made.style("Normal", "Normal", run='<w:sz w:val="20"/>')), fonts.load(), "mal.docx")[0]
    assert [found.style(f"heading {level}").look.size for level in (1, 2, 3)] == [340, 280, 240]
    assert found.style("heading 1").keep_next


def test_quotations_are_like_the_templates() -> None:
    found = theme.read(completed(made.norwegian()), fonts.load(), "mal.docx")[0]
    assert (found.style("block text").left, found.style("block text").align) == (864, "center")


def test_paragraphs_that_nothing_parts_get_some_space() -> None:
    parts = only(made.style("Normal", "Normal", '<w:spacing w:after="0"/>', '<w:sz w:val="22"/>'))
    assert theme.read(parts, fonts.load(), "mal.docx")[0].style("body text").after == 110


@pytest.mark.parametrize("level", [1, 2])
def test_contents_have_their_page_at_the_margin(level: int) -> None:
    found = theme.read(completed(made.norwegian()), fonts.load(), "mal.docx")[0]
    assert found.style(f"toc {level}").tabs[-1] == ("right", 9072, "dot")


def test_the_templates_own_table_style_is_the_reports() -> None:
    own = made.style("Kommunetabell", "Kommunetabell", kind="table", run='<w:sz w:val="18"/>')
    settings = '<w:defaultTableStyle w:val="Kommunetabell"/>'
    table = styles_of(only(made.style("Normal", "Normal"), own, settings=settings))["Table"]
    assert value(table.find(f"{W}rPr/{W}sz")) == "18"  # type: ignore[arg-type]


def test_links_can_be_read_on_white() -> None:
    assert contrast("FFFFFF") == 1.0
    theme_part = made.office_theme().replace("0563C1", "BBDDFF")
    link = styles_of(only(made.style("Normal", "Normal"), theme=theme_part))["Hyperlink"]
    assert contrast(value(link.find(f"{W}rPr/{W}color"))) > 4.5  # type: ignore[arg-type]


def test_the_font_that_nobody_names_is_said() -> None:
    root = etree.fromstring(only(made.style("Normal", "Normal"))["word/styles.xml"])
    assert root.find(f"{W}docDefaults//{W}rFonts").get(W + "ascii") == "Times New Roman"  # type: ignore[union-attr]


def test_a_report_in_a_norwegian_template_names_only_styles_that_there_are(tmp_path: Path) -> None:
    root = make_project(
        tmp_path, CHAPTER, manifest="lang: nb", report="    template: mal.docx\n    list-of-tables: true"
    )
    (root / "templates").mkdir()
    made.saved(made.norwegian(), root / "templates" / "mal.docx")
    (file,) = build(root, formats=["docx"]).written
    parts = read_parts(file.path.read_bytes())
    known = set(styles_of(parts))
    tags = (W + "pStyle", W + "rStyle", W + "tblStyle")
    stories = [etree.fromstring(data) for name, data in parts.items() if re.match(r"word/\w+\.xml", name)]
    assert {value(node) for story in stories for node in story.iter(*tags)} - known == set()
    assert {value(node) for story in stories for node in story.iter(W + "pStyle")} >= {"Heading1", "TOC1", "Caption"}


def test_missing_fonts_are_replaced_everywhere_and_embedded(tmp_path: Path) -> None:
    root = make_project(tmp_path, CHAPTER, manifest="lang: nb", report="    template: mal.docx")
    (root / "templates").mkdir()
    own = made.style("Blokktekst", "Block Text", run='<w:rFonts w:ascii="Georgia" w:hAnsi="Georgia"/>')
    made.saved(made.norwegian(made.NORWEGIAN_STYLES + own, minor="Cambria"), root / "templates" / "mal.docx")
    done = build(root, formats=["docx"])
    parts = read_parts(done.written[0].path.read_bytes())
    everything = b"".join(data for name, data in parts.items() if name.endswith(".xml"))
    assert [name for name in (b'"Cambria"', b'"Georgia"') if name in everything] == []
    assert b'"Calibri Light"' not in everything
    assert b'typeface="Source Serif Pro"' in parts["word/theme/theme1.xml"]
    assert b'w:name="Source Sans Pro Light"' in parts["word/fontTable.xml"]
    said = [problem.message for problem in done.problems if problem.code == "missing-font"]
    assert said == [
        "«Calibri Light» is missing; «Source Sans Pro Light» is used instead, in Word and PDF",
        "«Cambria» is missing; «Source Serif Pro» is used instead, in Word and PDF",
        "«Georgia» is missing; «Source Serif Pro» is used instead, in Word and PDF",
    ]


def test_styles_that_a_template_names_but_does_not_have_are_not_named() -> None:
    footer = made.p("Kommunen", "Footer") + made.p("Adresse", "Normal")
    styles = made.style("Normal", "Normal") + made.style("Egen", "Egen", based_on="Borte")
    parts = completed(made.parts(made.p("x", "Borte") + "<w:sectPr/>", styles, stories={"footer1": footer}))
    assert [value(named) for named in etree.fromstring(parts["word/footer1.xml"]).iter(W + "pStyle")] == ["Normal"]
    assert not list(etree.fromstring(parts["word/document.xml"]).iter(W + "pStyle"))
    assert b"Borte" not in parts["word/styles.xml"]


def test_the_target_of_a_link_ends_where_its_field_says() -> None:
    parts = made.parts('<w:p><w:hyperlink r:id="web"/></w:p><w:sectPr/>', made.style("Normal", "Normal"))
    name = "word/_rels/document.xml.rels"
    for target, wanted in (
        ("https://ks.no/?a=&quot;b&quot;\\c", "https://ks.no/?a=%22b%22%5Cc"),
        ("\\\\tjener\\fil", "\\\\\\\\tjener\\\\fil"),
    ):
        relation = f'<Relationship Id="web" Type="x" Target="{target}" TargetMode="External"/></Rel'.encode()
        document = completed({**parts, name: parts[name].replace(b"</Rel", relation)})["word/document.xml"]
        (code,) = etree.fromstring(document).iter(W + "instrText")
        assert code.text == f' HYPERLINK "{wanted}" '


def test_a_cover_keeps_its_links_and_loses_its_notes() -> None:
    body = (
        '<w:p><w:hyperlink r:id="web"><w:r><w:t>kommunen</w:t></w:r></w:hyperlink>'
        '<w:r><w:footnoteReference w:id="3"/></w:r><w:commentRangeStart w:id="1"/></w:p>'
    )
    parts = made.parts(body + "<w:sectPr/>", made.style("Normal", "Normal"))
    name = "word/_rels/document.xml.rels"
    relation = b'<Relationship Id="web" Type="x" Target="https://example.org/?a=1&amp;b=2" TargetMode="External"/>'
    document = completed({**parts, name: parts[name].replace(b"</Rel", relation + b"</Rel")})["word/document.xml"]
    root = etree.fromstring(document)
    assert [code.text for code in root.iter(W + "instrText")] == [' HYPERLINK "https://example.org/?a=1&b=2" ']
    assert [mark.get(W + "fldCharType") for mark in root.iter(W + "fldChar")] == ["begin", "separate", "end"]
    assert not list(root.iter(W + "hyperlink", W + "footnoteReference", W + "commentRangeStart"))


def test_the_end_of_a_section_stands_last_in_its_paragraph() -> None:
    body = '<w:p><w:pPr><w:sectPr/><w:pStyle w:val="Normal"/><w:rPr/></w:pPr></w:p>'
    document = only(made.style("Normal", "Normal"), body=body)["word/document.xml"]
    properties = etree.fromstring(document).find(f"{W}body/{W}p/{W}pPr")
    assert properties is not None
    assert [etree.QName(child).localname for child in properties] == ["pStyle", "rPr", "sectPr"]


def test_tab_stops_follow_the_margins() -> None:
    wide = made.PAGE.replace('w:left="1417"', 'w:left="2417"')
    tabs = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9072"/></w:tabs>'
    styles = made.style("TOC1", "toc 1", tabs) + made.style("Header", "header", tabs)
    footer = f"<w:p><w:pPr>{tabs}</w:pPr></w:p>"
    parts = completed(made.parts(f"<w:sectPr>{wide}</w:sectPr>", styles, stories={"footer1": footer}))
    found = [style for name, style in styles_of(parts).items() if name in ("TOC1", "Header")]
    assert [value(tab, "pos") for style in found for tab in style.iter(W + "tab")] == ["8072", "8072"]
    assert b'w:pos="8072"' in parts["word/footer1.xml"]


def test_a_content_control_says_what_it_says() -> None:
    bound = '<w:dataBinding w:xpath="/x" w:storeItemID="{1}"/><w:showingPlcHdr/>'
    body = f"<w:sdt><w:sdtPr>{bound}</w:sdtPr><w:sdtContent>{made.p('Tittel')}</w:sdtContent></w:sdt>"
    root = etree.fromstring(only(made.style("Normal", "Normal"), body=body)["word/document.xml"])
    assert [len(properties) for properties in root.iter(W + "sdtPr")] == [0]
