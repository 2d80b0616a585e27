"""Tables look in the PDF as the template's table style has them look in Word."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from documents import style as paragraph_style
from rapportbygger.theme.look import Band, Look, Rule, TableMeasures
from rapportbygger.theme.properties import W
from rapportbygger.theme.styles import style_sheet
from rapportbygger.theme.tables import cell_properties, table_measures
from rapportbygger.write.docx.table_headers import dress_headers
from rapportbygger.write.docx.tables import settle_style, space_below, space_below_figures

NAMESPACE = f'xmlns:w="{W[1:-1]}"'


def styles(own: str, base: str = "") -> Any:
    """A template's styles: the table style, and one that it is based on."""
    return etree.fromstring(
        f'<w:styles {NAMESPACE}><w:style w:type="table" w:styleId="Base"><w:name w:val="Base"/>{base}</w:style>'
        f'<w:style w:type="table" w:styleId="Table"><w:name w:val="Table"/><w:basedOn w:val="Base"/>{own}</w:style>'
        "</w:styles>"
    )


def measures(own: str, base: str = "", mode: int = 15) -> TableMeasures:
    settings = (
        f'<w:settings {NAMESPACE}><w:compat><w:compatSetting w:name="compatibilityMode" w:val="{mode}"/></w:compat>'
        "</w:settings>"
    )
    return table_measures(style_sheet(styles(own, base), None), etree.fromstring(settings))


def border(side: str, size: int = 8, kind: str = "single") -> str:
    return f'<w:{side} w:val="{kind}" w:sz="{size}" w:color="0B4A6F"/>'


RULE = Rule(20, "0B4A6F")
FIRST_ROW = '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{}</w:tcBorders></w:tcPr></w:tblStylePr>'


def test_rules_around_and_between_cells() -> None:
    sides = ("top", "bottom", "left", "right", "insideH", "insideV")
    found = measures(f"<w:tblPr><w:tblBorders>{''.join(map(border, sides))}</w:tblBorders></w:tblPr>")
    assert {found.top_rule, found.bottom_rule, found.left_rule, found.right_rule, found.inner_rule} == {RULE}
    assert (found.column_rule, found.header_column_rule, found.header_rule) == (RULE, RULE, Rule())


def test_a_header_without_rules_between_its_cells() -> None:
    inner = border("insideV", kind="nil")
    own = f"<w:tblPr><w:tblBorders>{border('insideV')}</w:tblBorders></w:tblPr>{FIRST_ROW.format(inner)}"
    assert (measures(own).column_rule, measures(own).header_column_rule) == (RULE, Rule())


def test_what_a_style_is_based_on_holds_where_it_says_nothing() -> None:
    margins = '<w:tblCellMar><w:left w:w="{}"/></w:tblCellMar>'
    base = f"<w:tblPr><w:tblBorders>{border('top')}</w:tblBorders>{margins.format(60)}</w:tblPr>"
    assert (measures("", base).top_rule, measures("", base).left) == (RULE, 60)
    assert measures(f"<w:tblPr>{margins.format(20)}</w:tblPr>", base).left == 20


def test_every_other_row_may_have_its_own_shading_and_rules() -> None:
    band = (
        f'<w:tblStylePr w:type="band1Horz"><w:tcPr><w:tcBorders>{border("top")}</w:tcBorders>'
        '<w:shd w:val="clear" w:fill="D9E2F3"/></w:tcPr></w:tblStylePr>'
    )
    assert measures(band).bands == (Band(top=RULE, shading="D9E2F3"), Band())
    assert measures(f'<w:tblPr><w:tblStyleRowBandSize w:val="2"/></w:tblPr>{band}').bands == (Band(), Band())


@pytest.mark.parametrize(("mode", "edge"), [(15, 300), (14, 240)])
def test_since_word_2013_a_tables_edge_stands_at_the_margin(mode: int, edge: int) -> None:
    own = '<w:tblPr><w:tblInd w:w="300"/><w:tblCellMar><w:left w:w="60"/></w:tblCellMar></w:tblPr>'
    assert measures(own, mode=mode).edge == edge


def test_a_table_in_the_middle() -> None:
    assert measures('<w:tblPr><w:jc w:val="center"/></w:tblPr>').centred
    assert not measures("").centred


def test_cells_are_set_as_the_style_and_its_base_say() -> None:
    base = '<w:rPr><w:sz w:val="18"/></w:rPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>'
    sheet = style_sheet(styles('<w:rPr><w:color w:val="FF0000"/></w:rPr>', base), None)
    cell, head = (cell_properties(sheet, "Compact", head=head) for head in (False, True))
    assert (cell["size"], cell["color"], cell["bold"], head["bold"]) == (180, "FF0000", False, True)


def test_the_rules_of_paragraphs_in_cells_have_the_themes_colours() -> None:
    border = '<w:pPr><w:pBdr><w:top w:val="single" w:sz="8" w:themeColor="accent1"/></w:pBdr></w:pPr>'
    theme = etree.fromstring(
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:clrScheme>'
        '<a:accent1><a:srgbClr val="0B4A6F"/></a:accent1></a:clrScheme></a:themeElements></a:theme>'
    )
    ((_, *_, colour),) = cell_properties(style_sheet(styles(border), theme), "Compact", head=False)["borders"]
    assert colour == "0B4A6F"


def test_the_finished_style_says_itself_what_it_is_based_on() -> None:
    base = (
        '<w:pPr><w:spacing w:after="0" w:line="240"/></w:pPr><w:rPr><w:b/></w:rPr><w:tblPr/>'
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:i/></w:rPr></w:tblStylePr>'
    )
    root = styles('<w:pPr><w:spacing w:after="40"/></w:pPr><w:tblPr/>', base)
    settle_style(root)
    style = root[1]
    assert [etree.QName(child).localname for child in style] == [
        *("name", "basedOn", "pPr", "rPr", "tblPr", "tblStylePr")
    ]
    assert dict(style.find(f"{W}pPr/{W}spacing").attrib) == {W + "after": "40", W + "line": "240"}


@pytest.mark.parametrize(("settings", "before"), [(b"", "220"), (b"<w:doNotUseHTMLParagraphAutoSpacing/>", "300")])
def test_text_does_not_stand_close_below_a_table(settings: bytes, before: str) -> None:
    root = etree.fromstring(
        f'<w:styles {NAMESPACE}><w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/>'
        "</w:style></w:styles>"
    )
    body = etree.fromstring(f"<w:body {NAMESPACE}><w:tbl/><w:p/><w:p/></w:body>")
    look = paragraph_style("normal", Look("x", "x", 400, 220), before=80)
    space_below(body, root, {"normal": look}, settings)
    assert [spacing.get(W + "before") for spacing in body.iter(W + "spacing")] == [before]
    assert body[1].find(f"{W}pPr/{W}spacing") is not None


@pytest.mark.parametrize(("after", "found"), [(100, ["220"]), (300, [])])
def test_text_does_not_stand_close_below_the_caption_of_a_figure(after: int, found: list[str]) -> None:
    names = (("N", "Normal", ' w:default="1"'), ("CaptionedFigure", "Captioned Figure", ""), ("Caption", "caption", ""))
    root = etree.fromstring(
        f"<w:styles {NAMESPACE}>"
        + "".join(
            f'<w:style w:type="paragraph" w:styleId="{name}"{default}><w:name w:val="{said}"/></w:style>'
            for name, said, default in names
        )
        + "</w:styles>"
    )
    figure, caption = (
        f'<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr></w:p>' for name in ("CaptionedFigure", "Caption")
    )
    body = etree.fromstring(f"<w:body {NAMESPACE}>{figure}{caption}<w:p/>{caption}<w:tbl/></w:body>")
    look = Look("x", "x", 400, 220)
    looks = {"normal": paragraph_style("normal", look), "caption": paragraph_style("caption", look, after=after)}
    space_below_figures(body, root, looks)
    assert [spacing.get(W + "after") for spacing in body[1].iter(W + "spacing")] == found
    assert body[3].find(f"{W}pPr/{W}spacing") is None  # that of a table


HEADER = (
    '<w:tblPr><w:tblBorders><w:insideH w:val="single" w:sz="2"/></w:tblBorders></w:tblPr>'
    '<w:tblStylePr w:type="firstRow">'
    '<w:rPr><w:b/><w:color w:val="FF0000"/></w:rPr><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8"/>'
    '</w:tcBorders><w:shd w:val="clear" w:fill="0B4A6F"/></w:tcPr></w:tblStylePr>'
)
HEADER_ROW = (
    "<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:tcPr/><w:p><w:r><w:rPr><w:i/></w:rPr><w:t>x</w:t></w:r></w:p></w:tc>"
    "</w:tr>"
)


def dressed(rows: int) -> Any:
    table = etree.fromstring(f"<w:tbl {NAMESPACE}>{HEADER_ROW * rows}<w:tr/></w:tbl>")
    dress_headers(table, [styles(HEADER)[1]])
    return table


def test_all_rows_of_a_header_look_alike_and_its_rule_is_below_the_last() -> None:
    table = dressed(2)
    assert [bottom.get(W + "sz") for bottom in table.iter(W + "bottom")] == ["2", "8"]
    assert [shade.get(W + "fill") for shade in table.iter(W + "shd")] == ["0B4A6F"]
    runs = [[etree.QName(child).localname for child in run] for run in table.iter(W + "rPr")]
    assert runs == [["i"], ["b", "i", "color"]]


def test_a_header_of_one_row_is_dressed_by_the_style() -> None:
    assert list(dressed(1).iter(W + "tcBorders", W + "shd")) == []


def test_what_a_run_in_a_header_gets_stands_in_the_schemas_order() -> None:
    first = (
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:sz w:val="18"/><w:shd w:val="clear"/></w:rPr></w:tblStylePr>'
    )
    raised = HEADER_ROW.replace("<w:i/>", '<w:i/><w:vertAlign w:val="superscript"/><w:lang w:val="nn"/>')
    table = etree.fromstring(f"<w:tbl {NAMESPACE}>{raised * 2}</w:tbl>")
    dress_headers(table, list(styles(first))[1:])
    runs = table.findall(f".//{W}rPr")
    assert [etree.QName(child).localname for child in runs[-1]] == ["b", "i", "sz", "shd", "vertAlign", "lang"]
