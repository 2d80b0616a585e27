"""A Word template is read into what decides how its pages look."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from rapportbygger import fonts, theme
from rapportbygger.diagnostics import Severity
from rapportbygger.theme.look import Paragraph, Story

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
PAGE = (
    '<w:pgSz w:w="10000" w:h="15000"/>'
    '<w:pgMar w:top="1000" w:right="1100" w:bottom="1200" w:left="1300" w:gutter="50"/>'
)
DEFAULTS = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Source Sans Pro"/><w:sz w:val="22"/></w:rPr></w:rPrDefault>'
    "</w:docDefaults>"
)
NORMAL = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'


@cache
def shipped() -> fonts.Fonts:
    return fonts.load()


def template(body: str = "", styles: str = "", **more: str) -> Mapping[str, bytes]:
    """The parts of a template with these paragraphs and styles; `more` are other parts in word/, by name."""
    document = (
        f"<w:document {W} {R}><w:body>{body}<w:sectPr>{more.pop('section', '')}{PAGE}</w:sectPr></w:body></w:document>"
    )
    parts = {"document": document, "styles": f"<w:styles {W}>{DEFAULTS}{NORMAL}{styles}</w:styles>"}
    named = {f"word/{name}.xml": text.encode() for name, text in (parts | more).items() if "rels" not in name}
    if "rels" in more:
        named["word/_rels/document.xml.rels"] = more["rels"].encode()
    return named


def read(body: str = "", styles: str = "", **more: str) -> theme.Theme:
    return theme.read(template(body, styles, **more), shipped(), "templates/mal.docx")[0]


def paragraph_style(name: str, properties: str = "", run: str = "", based_on: str = "Normal") -> str:
    ident = name.replace(" ", "").capitalize()
    return (
        f'<w:style w:type="paragraph" w:styleId="{ident}"><w:name w:val="{name}"/><w:basedOn w:val="{based_on}"/>'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def paragraphs(story: Story) -> list[Paragraph]:
    """The paragraphs of a cover, a header or a footer, outside tables."""
    return [block for block in story if isinstance(block, Paragraph)]


def test_the_page() -> None:
    section = read().section
    assert (section.width, section.height, section.left, section.text_width) == (10000, 15000, 1350, 7550)


def test_a_style_inherits_from_its_ancestors_and_the_defaults() -> None:
    body = paragraph_style("body text", '<w:spacing w:before="100" w:after="50"/><w:jc w:val="both"/>')
    quote = paragraph_style("block text", '<w:spacing w:after="70"/>', "<w:i/>", based_on="Bodytext")
    found = read(styles=body + quote).styles["block text"]
    assert (found.before, found.after, found.align) == (100, 70, "justify")
    assert (found.look.size, found.look.italic, found.look.family) == (220, True, "Source Sans Pro")


def test_a_style_based_on_itself_ends() -> None:
    assert read(styles=paragraph_style("heading 1", "<w:keepNext/>", based_on="Heading1")).styles["heading 1"].keep_next


def test_a_template_without_a_default_style_has_the_documents_defaults() -> None:
    without = {name: content.replace(b' w:default="1"', b"") for name, content in template().items()}
    assert theme.read(without, shipped(), "mal.docx")[0].style("body text").look.size == 220
    bare = {**template(), "word/styles.xml": f"<w:styles {W}>{DEFAULTS}</w:styles>".encode()}
    assert theme.read(bare, shipped(), "mal.docx")[0].style("heading 1").look.size == 220


def test_letters_are_never_smaller_than_a_point() -> None:
    assert read(styles=paragraph_style("quote", run='<w:sz w:val="0"/>')).style("quote").look.size == 20


def test_a_background_comes_before_the_body() -> None:
    document = template("<w:p><w:r><w:t>Forside</w:t></w:r></w:p>")["word/document.xml"]
    document = document.replace(b"<w:body>", b'<w:background w:color="FFFFFF"/><w:body>')
    assert theme.read({**template(), "word/document.xml": document}, shipped(), "mal.docx")[0].cover


def test_tab_stops_add_up_and_can_be_cleared() -> None:
    one = '<w:tabs><w:tab w:val="left" w:pos="400"/><w:tab w:val="right" w:pos="9000" w:leader="dot"/></w:tabs>'
    two = '<w:tabs><w:tab w:val="clear" w:pos="400"/><w:tab w:val="left" w:pos="800"/></w:tabs>'
    styles = paragraph_style("toc 1", one) + paragraph_style("toc 2", two, based_on="Toc1")
    assert read(styles=styles).styles["toc 2"].tabs == (("left", 800, "none"), ("right", 9000, "dot"))


def test_line_spacing_borders_and_shading() -> None:
    border = '<w:pBdr><w:left w:val="single" w:sz="24" w:space="14" w:color="8FB3C7"/><w:top w:val="nil"/></w:pBdr>'
    spacing = '<w:shd w:val="clear" w:fill="EEF3F6"/><w:spacing w:line="300" w:lineRule="exact"/>'
    found = read(styles=paragraph_style("block text", border + spacing)).styles["block text"]
    assert found.borders == (("left", 60, 280, "8FB3C7"),)
    assert (found.shading, found.look.ascent, found.look.descent, found.surplus) == ("EEF3F6", 240, 60, 0)


def test_styles_that_the_template_lacks_are_those_pandoc_adds() -> None:
    found = read(styles=paragraph_style("body text", '<w:spacing w:after="123"/>'))
    assert [found.style(name).after for name in ("first paragraph", "compact", "no such style")] == [123, 123, 0]


def test_a_missing_font_is_a_warning_that_names_the_other() -> None:
    styles = paragraph_style("heading 1", run='<w:rFonts w:ascii="Cambria"/>') + paragraph_style("heading 2")
    found, problems = theme.read(template(styles=styles), shipped(), "templates/mal.docx")
    (problem,) = problems
    assert (problem.code, problem.severity, str(problem.location)) == (
        "missing-font",
        Severity.WARNING,
        "templates/mal.docx",
    )
    assert "«Cambria»" in problem.message
    assert "«Source Serif Pro»" in problem.message
    assert found.styles["heading 1"].look.family == "Source Serif Pro"


def test_theme_fonts() -> None:
    drawing = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    fonts_part = f'<a:theme {drawing}><a:majorFont><a:latin typeface="Source Serif Pro"/></a:majorFont></a:theme>'
    styles = paragraph_style("heading 1", run='<w:rFonts w:asciiTheme="majorHAnsi"/>')
    parts = {**template(styles=styles), "word/theme/theme1.xml": fonts_part.encode()}
    assert theme.read(parts, shipped(), "x.docx")[0].styles["heading 1"].look.font == "Source Serif Pro"


def test_the_cover_is_all_before_the_last_section() -> None:
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>En </w:t></w:r>'
        "<w:r><w:rPr><w:b/></w:rPr><w:t>rapport</w:t></w:r></w:p>"
        f"<w:p><w:pPr><w:sectPr>{PAGE}</w:sectPr></w:pPr></w:p>"
    )
    found = read(body, paragraph_style("Title", '<w:spacing w:before="3000"/>'))
    assert [paragraph.style.name for paragraph in paragraphs(found.cover)] == ["title", "normal"]
    assert [(piece.text, piece.look.weight) for piece in paragraphs(found.cover)[0].pieces] == [
        ("En ", 400),
        ("rapport", 700),
    ]
    assert paragraphs(found.cover)[0].style.before == 3000


def test_a_template_of_one_section_says_its_words_above_the_text() -> None:
    found = read("<w:p><w:r><w:t>Brev</w:t></w:r></w:p><w:p/>")
    assert [len(paragraph.pieces) for paragraph in paragraphs(found.cover)] == [1, 0]
    assert found.fronts == ()


def test_an_empty_body_is_no_cover() -> None:
    assert read("<w:p/><w:p><w:r/></w:p>").cover == ()


def test_direct_formatting_wins() -> None:
    body = (
        '<w:p><w:pPr><w:jc w:val="center"/><w:spacing w:after="9"/></w:pPr><w:r><w:rPr><w:sz w:val="60"/></w:rPr>'
        f"<w:t>x</w:t></w:r></w:p><w:p><w:pPr><w:sectPr>{PAGE}</w:sectPr></w:pPr></w:p>"
    )
    paragraph = paragraphs(read(body).cover)[0]
    assert (paragraph.style.align, paragraph.style.after, paragraph.pieces[0].look.size) == ("center", 9, 600)


def field(*instructions: str, result: str = "1") -> str:
    marks = {kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")}
    code = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in instructions)
    return f"{marks['begin']}{code}{marks['separate']}<w:r><w:t>{result}</w:t></w:r>{marks['end']}"


@pytest.mark.parametrize(
    ("runs", "kinds"),
    [
        (field(" PAGE "), ["PAGE"]),
        (field(" PA", "GE \\* MERGEFORMAT "), ["PAGE"]),
        (field(" DATE ", result="17. mai"), ["text"]),
        ('<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>9</w:t></w:r></w:fldSimple>', ["NUMPAGES"]),
        ("<w:r><w:t>Side </w:t><w:tab/></w:r>" + field("PAGE") + "<w:r><w:br/></w:r>", ["text", "tab", "PAGE", "line"]),
    ],
)
def test_fields_and_tabs_in_a_footer(runs: str, kinds: list[str]) -> None:
    relation = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    found = read(
        section='<w:footerReference w:type="default" r:id="rId7"/>',
        rels=f'<Relationships {relation}><Relationship Id="rId7" Target="footer1.xml"/></Relationships>',
        footer1=f"<w:ftr {W}><w:p>{runs}</w:p></w:ftr>",
    )
    assert [piece.kind for piece in paragraphs(found.section.footer)[0].pieces] == kinds


def test_a_table_style_dresses_what_the_paragraph_leaves_unsaid() -> None:
    table = (
        '<w:style w:type="table" w:styleId="Table"><w:name w:val="Table"/><w:rPr><w:sz w:val="19"/></w:rPr>'
        '<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:color="0B4A6F"/></w:tblBorders>'
        '<w:tblCellMar><w:left w:w="85"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>'
    )
    found = read(styles=paragraph_style("Compact", '<w:spacing w:after="60"/>') + table)
    assert [found.styles[name].look.size for name in ("compact", "compact|cell", "compact|head")] == [220, 190, 190]
    assert (found.styles["compact|head"].look.bold, found.styles["compact|cell"].after) == (True, 60)
    assert (found.table.top_rule.size, found.table.top_rule.color, found.table.left) == (20, "0B4A6F", 85)
