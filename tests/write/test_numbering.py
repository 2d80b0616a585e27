"""Heading styles: in the outline always, in a numbering when the report says so."""

from __future__ import annotations

import pytest
from lxml import etree

from rapportbygger.write.docx.numbering import HEADINGS, UNNUMBERED, numbering, styles, unnumber_styles
from rapportbygger.write.docx.ooxml import W

_MAIN = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OWN = '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr><w:jc w:val="left"/></w:pPr><w:rPr><w:b/></w:rPr>'


def heading(*, numbered: bool, own: str = _OWN) -> etree._Element:
    """The style for headings of level 2, which the template has in a numbering of its own and not in the outline."""
    style = f'<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/>{own}</w:style>'
    sheet = f"<w:styles {_MAIN}>{style}</w:styles>".encode()
    return etree.fromstring(styles(sheet, sheet, numbered=numbered))[0]


def values(style: etree._Element, path: str) -> list[str | None]:
    return [found.get(W + "val") for found in style.findall("/".join(W + name for name in path.split("/")))]


def test_a_heading_is_in_the_outline_also_where_the_template_forgot() -> None:
    assert values(heading(numbered=False), "pPr/outlineLvl") == ["1"]
    assert values(heading(numbered=False, own='<w:pPr><w:outlineLvl w:val="4"/></w:pPr>'), "pPr/outlineLvl") == ["4"]


@pytest.mark.parametrize(("numbered", "expected"), [(False, []), (True, [str(HEADINGS)])])
def test_the_report_says_whether_headings_are_numbered(numbered: bool, expected: list[str]) -> None:
    assert values(heading(numbered=numbered), "pPr/numPr/numId") == expected


def test_properties_stand_in_the_order_of_the_schema() -> None:
    (properties,) = heading(numbered=True).findall(W + "pPr")
    assert [etree.QName(child).localname for child in properties] == ["numPr", "jc", "outlineLvl"]


def test_a_heading_on_the_cover_takes_no_number_from_the_text() -> None:
    body = etree.fromstring(f'<w:body {_MAIN}><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:p><w:p/></w:body>')
    unnumber_styles(body)
    assert [values(paragraph, "pPr/numPr/numId") for paragraph in body] == [[str(UNNUMBERED)], []]


def test_a_templates_numbering_gets_the_order_and_the_sides_of_the_schema() -> None:
    own = '<w:start w:val="1"/><w:pStyle w:val="Heading1"/><w:lvlText w:val=""/><w:lvlJc w:val="start"/>'
    level = f'<w:lvl w:ilvl="0">{own}<w:numFmt w:val="none"/></w:lvl>'
    sheet = f'<w:numbering {_MAIN}><w:abstractNum w:abstractNumId="1">{level}</w:abstractNum></w:numbering>'
    (settled,) = etree.fromstring(numbering(sheet.encode(), ())).iter(W + "lvl")
    assert [etree.QName(child).localname for child in settled] == ["start", "numFmt", "lvlText", "lvlJc"]
    assert values(settled, "lvlJc") == ["left"]
