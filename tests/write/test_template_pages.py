"""The pages of a template that does not say all about them."""

from lxml import etree

from rapportbygger.write.docx.ooxml import W
from rapportbygger.write.docx.template_pages import text_of, with_pages

WORDS = f'xmlns:w="{W[1:-1]}"'


def last_section(body: str) -> dict[str, dict[str, str]]:
    root = etree.fromstring(with_pages(f"<w:document {WORDS}><w:body>{body}</w:body></w:document>".encode()))
    *_, section = root.iter(W + "sectPr")
    return {
        str(child.tag).removeprefix(W): {str(k).removeprefix(W): str(v) for k, v in child.attrib.items()}
        for child in section
    }


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


def body_of(body: str) -> list[str]:
    """The paragraphs that are left of a template's body."""
    root = etree.fromstring(with_pages(f"<w:document {WORDS}><w:body>{body}</w:body></w:document>".encode()))
    return [text_of(paragraph) for paragraph in root.iter(W + "p")]


def said(*styles: str) -> str:
    """A paragraph in each style that says its name, as in pandoc's reference document."""
    return "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{name.replace(" ", "")}"/></w:pPr><w:r><w:t>{name}</w:t></w:r></w:p>'
        for name in styles
    )


def test_the_sample_text_of_a_reference_document_is_left_out() -> None:
    assert body_of(said("Title", "Subtitle", "Author", "Date", "Heading 1", "Heading 2")) == []
    assert body_of(said("Title", "Subtitle")) == ["Title", "Subtitle"]
