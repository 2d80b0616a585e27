"""The body that pandoc wrote, put into the rendered Word template: one file with nothing left to update.

Everything that is the template's (styles, headers, footers, settings, theme) stays the template's; pandoc gives the
body, its footnotes, lists and pictures.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping

from lxml import etree

from rapportbygger.write import numbering, ooxml, paragraphs, tables
from rapportbygger.write.docx import Body
from rapportbygger.write.ooxml import WP, W
from rapportbygger.write.package import Parts, read_parts

DOCUMENT, STYLES, NUMBERING, SETTINGS = (f"word/{name}.xml" for name in ("document", "styles", "numbering", "settings"))
_STORIES = (DOCUMENT, "word/footnotes.xml", "word/endnotes.xml")
_TEMPLATES_OWN = ("word/styles.xml", "word/settings.xml", "word/theme/", "word/fontTable.xml", "word/webSettings.xml")


def assemble(body: Body, template: Parts, pages: Mapping[str, int], *, numbered: bool) -> dict[str, bytes]:
    """The parts of the finished file, but for fonts, language and properties (see `finish`).

    `pages` gives the page of every identifier. `numbered` headings get Word's multilevel numbering.
    """
    body.written.result()
    written = read_parts(body.path.read_bytes())
    parts = {**written, **{name: data for name, data in template.items() if name.startswith(_TEMPLATES_OWN)}}
    root = etree.fromstring(written[DOCUMENT])
    content = root.find(W + "body")
    paragraphs.restyle_paragraphs(content)
    tables.finish_tables(content, body.columns)
    paragraphs.finish_headings(content, body.unnumbered if numbered else frozenset())
    paragraphs.break_after_lists(content)
    _frame(content, etree.fromstring(template[DOCUMENT]).find(W + "body"))
    _describe_drawings(root)
    _number_bookmarks(root)
    _fill_pages(root, {body.bookmarks[name]: page for name, page in pages.items() if name in body.bookmarks})
    parts[DOCUMENT] = ooxml.serialise(root)
    parts[NUMBERING] = numbering.numbering(written[NUMBERING], numbered=numbered)
    parts[STYLES] = numbering.styles(parts[STYLES], written[STYLES], numbered=numbered)
    return parts


# -------------------------------------------------------------------------------------------------------- whole document


def _frame(content: etree._Element, template: etree._Element) -> None:
    """The template's cover before the body, and its last section's page around it."""
    own = content.find(W + "sectPr")
    if own is not None:
        content.remove(own)
    for i, child in enumerate(cover(template)):
        content.insert(i, copy.deepcopy(child))
    last = template.findall(W + "sectPr")
    if last:
        content.append(copy.deepcopy(last[-1]))


def cover(template: etree._Element) -> list[etree._Element]:
    """What stands in the template's body before its last section's properties: nothing where that is only emptiness."""
    children = [child for child in template if child.tag != W + "sectPr"]
    says = any(node.text for child in children for node in child.iter(W + "t"))
    shows = any(True for child in children for _ in child.iter(W + "drawing", W + "sectPr"))
    return children if says or shows else []


def _describe_drawings(root: etree._Element) -> None:
    """Numbers of their own for all drawings; a picture without a description is marked as decorative."""
    for number, properties in enumerate(root.iter(WP + "docPr"), 1):
        properties.set("id", str(number))
        properties.set("name", f"Picture {number}")
        properties.attrib.pop("title", None)
        if not properties.get("descr") and len(properties) == 0:
            properties.append(etree.fromstring(ooxml.decorative()))


def _number_bookmarks(root: etree._Element) -> None:
    """One name and one number for every bookmark; a second one of the same name is dropped (pandoc doubles some)."""
    numbers: dict[str, str] = {}
    names: set[str] = set()
    for mark in list(root.iter(W + "bookmarkStart")):
        name = mark.get(W + "name")
        if name in names:
            mark.getparent().remove(mark)
            continue
        names.add(name)
        numbers[mark.get(W + "id")] = str(len(numbers) + 1)
        mark.set(W + "id", numbers[mark.get(W + "id")])
    _close_bookmarks(root, numbers)


def _close_bookmarks(root: etree._Element, numbers: Mapping[str, str]) -> None:
    closed: set[str] = set()
    for mark in list(root.iter(W + "bookmarkEnd")):
        number = numbers.get(mark.get(W + "id"))
        if number is None or number in closed:
            mark.getparent().remove(mark)
        else:
            closed.add(number)
            mark.set(W + "id", number)


def _fill_pages(root: etree._Element, pages: Mapping[str, int]) -> None:
    """The results of all PAGEREF fields."""
    for code in root.iter(W + "instrText"):
        words = (code.text or "").split()
        if words[:1] == ["PAGEREF"] and words[1] in pages:
            next(_results(code)).text = str(pages[words[1]])


def _results(code: etree._Element) -> Iterator[etree._Element]:
    """The texts of the runs that follow a field's instruction."""
    for run in code.getparent().itersiblings(W + "r"):
        yield from run.findall(W + "t")
