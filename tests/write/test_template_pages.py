"""The pages of a template that does not say all about them."""

from lxml import etree

from rapportbygger.write.docx.ooxml import W
from rapportbygger.write.docx.template_pages import with_pages

WORDS = f'xmlns:w="{W[1:-1]}"'


def last_section(body: str) -> dict[str, dict[str, str]]:
    root = etree.fromstring(with_pages(f"<w:document {WORDS}><w:body>{body}</w:body></w:document>".encode()))
    *_, section = root.iter(W + "sectPr")
    return {child.tag.removeprefix(W): {k.removeprefix(W): v for k, v in child.attrib.items()} for child in section}


def test_a_section_without_a_page_is_a4() -> None:
    found = last_section("<w:sectPr><w:headerReference/><w:titlePg/></w:sectPr>")
    assert list(found) == ["headerReference", "pgSz", "pgMar", "titlePg"]
    assert found["pgSz"] == {"w": "11906", "h": "16838"}
    assert found["pgMar"]["gutter"] == "0"


def test_no_section_is_one_too() -> None:
    assert last_section("<w:p/>")["pgSz"]["w"] == "11906"


def test_what_it_says_is_kept() -> None:
    found = last_section('<w:sectPr><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:left="1800"/></w:sectPr>')
    assert (found["pgSz"]["w"], found["pgMar"]["left"], found["pgMar"]["right"]) == ("12240", "1800", "1417")


def test_footnotes_count_on() -> None:
    assert "footnotePr" not in last_section("<w:sectPr><w:footnotePr/></w:sectPr>")
