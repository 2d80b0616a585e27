"""Where pages are turned and where new ones begin: marks of `body` become Word's sections and page breaks."""

from __future__ import annotations

import copy

from lxml import etree

from rapportbygger.theme.properties import whole
from rapportbygger.write.docx import ooxml
from rapportbygger.write.docx.ooxml import Element, W, required, value
from rapportbygger.write.docx.paragraphs import BEFORE_BREAK, put

LANDSCAPE = "landscape"
_BESIDE = (W + "bookmarkStart", W + "bookmarkEnd")


def break_pages(content: Element) -> None:
    """The first paragraph behind each mark, in a table too, begins on a new page.

    A property and no break of its own: at the top of a page it changes nothing, in Word as in LibreOffice. Between two
    tables, which would become one, stands a tiny paragraph that has it.
    """
    for mark in [child for child in content if _is_page_break(child)]:
        around = [_beside(mark, forward=forward) for forward in (False, True)]
        if all(each is not None and each.tag == W + "tbl" for each in around):
            mark.addnext(ooxml.element(ooxml.tiny_paragraph()))
        after = next((paragraph for child in mark.itersiblings() for paragraph in child.iter(W + "p")), None)
        if after is not None:
            put(after, etree.Element(W + "pageBreakBefore"), BEFORE_BREAK)
        content.remove(mark)


def _is_page_break(child: Element) -> bool:
    return child.tag == W + "p" and len(child) == 1 and child.find(f"{W}pPr/{W}pageBreakBefore") is not None


def _section_marks(content: Element) -> list[Element]:
    """The paragraphs that are marks of sections, whose pages have no sizes of their own."""
    sizes = (size for each in content.iter(W + "sectPr") for size in each.iterchildren(W + "pgSz"))
    marks = [next(size.iterancestors(W + "p"), None) for size in sizes if not value(size, "w")]
    return [mark for mark in marks if mark is not None and len(mark) == 1 and mark.getparent() is content]


def divide(content: Element) -> list[Element]:
    """Sections where the marks are, each with the page of the last one, upright or on its side (17.6.17, 17.6.18).

    Only the first has a title page and begins to count: they all have the same headers and footers and count on. Those
    on their side are returned.
    """
    page = content.find(W + "sectPr")
    marks = _section_marks(content)
    if page is None or not marks:
        return []
    turned, first = "portrait", True
    for mark in marks:
        before = _beside(mark, forward=False)
        if before is not None and before.find(f"{W}pPr/{W}sectPr") is None:
            _end_section(mark, before, section(page, turned, first=first))
            first = False
        turned = value(required(mark, "pPr/sectPr/pgSz"), "orient")
        content.remove(mark)
    content.replace(page, section(page, turned, first=first))
    upright = value(required(page, "pgSz"), "orient")
    return [] if upright == LANDSCAPE else [each for each in content.iter(W + "sectPr") if _was_turned(each, page)]


def _was_turned(properties: Element, page: Element) -> bool:
    """Whether this is the page on its side: the template's cover may have pages of its own."""
    size, other = (required(each, "pgSz") for each in (properties, page))
    return value(size, "orient") == LANDSCAPE and value(size, "w") == value(other, "h")


def _beside(mark: Element, *, forward: bool) -> Element | None:
    """What stands before or behind a mark, bookmarks aside."""
    return next((other for other in mark.itersiblings(preceding=not forward) if other.tag not in _BESIDE), None)


def _end_section(mark: Element, before: Element, properties: Element) -> None:
    """The properties are in the last paragraph of their section; a table has a tiny one behind it."""
    if before.tag != W + "p":
        before = ooxml.element(ooxml.tiny_paragraph())
        mark.addprevious(before)
    own = before.find(W + "pPr")
    if own is None:
        own = etree.Element(W + "pPr")
        before.insert(0, own)
    own.append(properties)


def section(page: Element, orientation: str, *, first: bool) -> Element:
    """The properties of a section with a page like this one."""
    properties = copy.deepcopy(page)
    if not first:
        for name in ("type", "titlePg"):  # without a type: on the next page
            for old in properties.findall(W + name):
                properties.remove(old)
        _count_on(properties)
    size = properties.find(W + "pgSz")
    if orientation == LANDSCAPE and size is not None:
        sides = sorted((value(size, "w"), value(size, "h")), key=whole)
        size.set(W + "w", sides[1])
        size.set(W + "h", sides[0])
        size.set(W + "orient", LANDSCAPE)
    return properties


def _count_on(properties: Element) -> None:
    for numbers in properties.findall(W + "pgNumType"):
        for start in {W + "start"} & set(numbers.attrib):
            del numbers.attrib[start]
        if not numbers.attrib:
            properties.remove(numbers)


def last_page(content: Element) -> Element:
    """The properties of a body's last section."""
    return content.findall(W + "sectPr")[-1]
