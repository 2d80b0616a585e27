"""What pandoc's docx writer leaves to be said of paragraphs."""

from __future__ import annotations

from lxml import etree

from rapportbygger.write import ooxml
from rapportbygger.write.ooxml import W


def style_of(paragraph: etree._Element) -> str:
    """The id of a paragraph's style, "" for the default."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(W + "val", "")


def _properties(paragraph: etree._Element) -> etree._Element:
    """A paragraph's properties, made where there are none."""
    found = paragraph.find(W + "pPr")
    if found is None:
        found = etree.Element(W + "pPr")
        paragraph.insert(0, found)
    return found


BEFORE_KEEP_NEXT = ("pStyle",)
BEFORE_BREAK = ("pStyle", "keepNext", "keepLines")
BEFORE_NUMBERING = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")


def put(paragraph: etree._Element, new: etree._Element, after: tuple[str, ...]) -> None:
    """Put a property where the schema wants it (17.3.1.26): behind those named."""
    properties = _properties(paragraph)
    if properties.find(new.tag) is None:
        at = sum(etree.QName(child).localname in after for child in properties)
        properties.insert(at, new)


def restyle_paragraphs(content: etree._Element) -> None:
    """Running text that does not follow running text is a First Paragraph; pandoc forgets it after some blocks."""
    running = ("FirstParagraph", "BodyText")
    before = ""
    for child in content:
        if child.tag == W + "bookmarkStart" or child.tag == W + "bookmarkEnd":
            continue
        style = style_of(child) if child.tag == W + "p" else ""
        if style in running:
            child.find(f"{W}pPr/{W}pStyle").set(W + "val", "BodyText" if before in running else "FirstParagraph")
        before = style


def finish_headings(content: etree._Element, unnumbered: frozenset[str]) -> None:
    """Headings that were written without a number are taken out of their style's numbering."""
    for mark in content.iter(W + "bookmarkStart"):
        if mark.get(W + "name") in unnumbered:
            put(mark.getparent(), ooxml.element(ooxml.numbering_properties(0)), BEFORE_NUMBERING)


def break_after_lists(content: etree._Element) -> None:
    """The text begins on a new page after the lists of contents, figures and tables."""
    lists = [
        child for child in content if child.tag == W + "sdt" or style_of(child) in ("TableofFigures", "TOCHeading")
    ]
    if lists:
        rest = lists[-1].itersiblings()
        first = next((p for child in rest for p in child.iter(W + "p")), None)
        if first is not None:
            put(first, etree.Element(W + "pageBreakBefore"), BEFORE_BREAK)
