"""Checks of the text itself: white space, empty paragraphs, bold paragraphs instead of headings, typed lists, links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from judges.package import Package, W, child, inside, is_on, style_of, text_of

_CONTENT = (
    "t",
    "drawing",
    "pict",
    "object",
    "fldChar",
    "fldSimple",
    "br",
    "tab",
    "sym",
    "separator",
    "continuationSeparator",
)
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_TITLES = re.compile(r"Heading\d|Title|Subtitle|Author|TOC\w+|Caption|\w+Caption|AbstractTitle|DefinitionTerm")
_TYPED = re.compile(r"\s*(?:\d{1,2}|[a-z])?(?P<sign>[-•·*▪◦]|(?<=\w)[.)])\s")
_NOTHING_SAID = re.compile(r"(her|here|lenke|link|les mer|klikk her|click here|https?)", re.IGNORECASE)


def white_space(package: Package) -> Iterator[str]:
    """Line ends and tabs inside a text, and runs of spaces in place of a tab or an indent."""
    for text in package.every("t"):
        if re.search(r"[\n\r\t]", text.text or ""):
            yield f"a text has a line end or a tab in it: {text.text!r}"
        if "   " in (text.text or "") and not inside(text, "sdt"):
            yield f"a text has three spaces in a row: {text.text!r}"


def empty_paragraphs(package: Package) -> Iterator[str]:
    """Paragraphs that are there for the space they take; not those that a section, a cell or two tables need."""
    for paragraph in package.document.iter(W + "p"):
        if _has_content(paragraph) or child(paragraph, "pPr/sectPr") is not None or _alone_in_cell(paragraph):
            continue
        if _is_table(paragraph.getprevious()) and _is_table(paragraph.getnext()):
            continue
        before = paragraph.getprevious()
        place = "" if before is None else text_of(before)[-40:]
        yield f"an empty paragraph of style {style_of(paragraph)} after «{place}»"


def _has_content(paragraph: etree._Element) -> bool:
    if text_of(paragraph).strip() or next(paragraph.iter(_MATHS), None) is not None:
        return True
    return next(paragraph.iter(*(W + tag for tag in _CONTENT if tag != "t")), None) is not None


def _is_table(element: etree._Element | None) -> bool:
    return element is not None and element.tag == W + "tbl"


def _alone_in_cell(paragraph: etree._Element) -> bool:
    parent = paragraph.getparent()
    return parent is not None and parent.tag == W + "tc" and len(parent.findall(W + "p")) == 1


def bold_paragraphs(package: Package) -> Iterator[str]:
    """Short paragraphs all in bold: headings for the eye alone. In tables and lists bold is emphasis."""
    for paragraph in package.document.iter(W + "p"):
        runs = [run for run in paragraph.iter(W + "r") if text_of(run).strip()]
        text = text_of(paragraph)
        elsewhere = inside(paragraph, "tbl") or child(paragraph, "pPr/numPr") is not None
        if not runs or len(text) > 80 or elsewhere or _TITLES.fullmatch(style_of(paragraph)):
            continue
        if all(is_on(child(run, "rPr/b")) for run in runs):
            yield f"«{text}» is a paragraph in bold: is it a heading?"


def typed_lists(package: Package) -> Iterator[str]:
    """Lists for the eye alone: paragraphs after each other that begin with a mark or a number someone typed."""
    for paragraph in package.document.iter(W + "p"):
        after = paragraph.getnext()
        if after is not None and after.tag == W + "p" and _typed(paragraph) and _typed(paragraph) == _typed(after):
            yield f"«{text_of(paragraph)[:40]}» begins as an item of a list, and is none"


def _typed(paragraph: etree._Element) -> str:
    """What a paragraph's mark is: a sign, or a number or letter with a sign; empty for one in a real list."""
    found = _TYPED.match(text_of(paragraph))
    listed = child(paragraph, "pPr/numPr") is not None or _TITLES.fullmatch(style_of(paragraph))
    return "" if found is None or listed else found["sign"]


def links(package: Package) -> Iterator[str]:
    """Links without words, or with words that do not say where they lead."""
    for link in package.every("hyperlink"):
        text = text_of(link).strip()
        if not text and next(link.iter(W + "drawing", _MATHS), None) is None:
            yield "a link has no words"
        if _NOTHING_SAID.fullmatch(text):
            yield f"the link «{text}» does not say where it leads"
