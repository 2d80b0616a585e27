"""A template's pages as both writers use them: whole in their measures, and without what belongs to no report."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from rapportbygger.theme.look import Section
from rapportbygger.write.docx import ooxml
from rapportbygger.write.docx.ooxml import Element, W, required
from rapportbygger.write.docx.paragraphs import style_of

_PAGE = Section()
_SIZE = {"w": _PAGE.width, "h": _PAGE.height}
_MARGINS = {
    "top": _PAGE.top,
    "right": _PAGE.right,
    "bottom": _PAGE.bottom,
    "left": _PAGE.left,
    "header": _PAGE.header_distance,
    "footer": _PAGE.footer_distance,
    "gutter": 0,
}
_SAMPLE = {(name.replace(" ", ""), name) for name in ("Title", "Subtitle", "Author", "Heading 1", "Heading 2")}
# What stands before the size in a section's properties (17.6.17).
_BEFORE_SIZE = ("headerReference", "footerReference", "footnotePr", "endnotePr", "type")


def with_pages(document: bytes) -> bytes:
    """word/document.xml in which every section says how large its pages are.

    What a section leaves out each program fills with a page of its own (pandoc's reference document says nothing, and
    Word and LibreOffice take Letter); here it is A4. Footnotes that begin at 1 in every section would do so wherever a
    page is turned.
    """
    root = etree.fromstring(document)
    before = etree.tostring(root)
    _leave_out_sample(root)
    if root.find(f"{W}body/{W}sectPr") is None:
        etree.SubElement(required(root, "body"), W + "sectPr")
    for section in root.iter(W + "sectPr"):
        for notes in section.findall(W + "footnotePr"):
            section.remove(notes)
        _complete(section, "pgSz", _SIZE, _BEFORE_SIZE)
        _complete(section, "pgMar", _MARGINS, (*_BEFORE_SIZE, "pgSz", "paperSrc"))
    return document if etree.tostring(root) == before else ooxml.serialise(root)


def text_of(element: Element) -> str:
    """The words in an element."""
    return "".join(text.text or "" for text in element.iter(W + "t"))


def _leave_out_sample(root: Element) -> None:
    """The sample text of pandoc's reference document: it is there for its styles."""
    body = required(root, "body")
    said = {(style_of(paragraph), text_of(paragraph)) for paragraph in body.iter(W + "p")}
    if said >= _SAMPLE:
        for child in [child for child in body if child.tag != W + "sectPr"]:
            body.remove(child)


def _complete(section: Element, name: str, wanted: Mapping[str, int], before: tuple[str, ...]) -> None:
    found = section.find(W + name)
    if found is None:
        found = etree.Element(W + name)
        section.insert(sum(etree.QName(child).localname in before for child in section), found)
    for key, default in wanted.items():
        if found.get(W + key) is None:
            found.set(W + key, str(default))
