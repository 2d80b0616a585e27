"""The body that pandoc wrote, put into the rendered Word template: one file with nothing left to update.

Everything that is the template's (styles, headers, footers, settings, theme) stays the template's; pandoc gives the
body, its footnotes, lists and pictures.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from lxml import etree

from rapportbygger.write.docx import (
    contents_entries,
    formulas,
    numbering,
    ooxml,
    paragraphs,
    reference_list,
    sections,
    tables,
)
from rapportbygger.write.docx.body import Body
from rapportbygger.write.docx.ooxml import PIC, WP, Element, M, W, parent, required, value
from rapportbygger.write.docx.package import Parts
from rapportbygger.write.docx.turned_stories import turn_stories

DOCUMENT, STYLES, NUMBERING, FOOTNOTES, SETTINGS = (
    f"word/{name}.xml" for name in ("document", "styles", "numbering", "footnotes", "settings")
)
_FIRST_IN_NOTES = 100_001
"""The number of the first drawing in a footnote: no body has so many."""
_TEMPLATES_OWN = ("word/styles.xml", "word/settings.xml", "word/theme/", "word/fontTable.xml", "word/webSettings.xml")


def assemble(body: Body, template: Parts, pages: Mapping[str, int], indents: Sequence[int]) -> dict[str, bytes]:
    """The parts of the finished file, but for fonts, language and properties (see `finish`).

    `pages` gives the page of every identifier. With `indents` (where the text of each level begins, in twips) headings
    get Word's multilevel numbering.
    """
    written = body.written.parts()
    parts = {**written, **{name: data for name, data in template.items() if name.startswith(_TEMPLATES_OWN)}}
    root, styles = etree.fromstring(written[DOCUMENT]), _read(parts[STYLES])
    content, around = required(root, "body"), required(etree.fromstring(template[DOCUMENT]), "body")
    _finish_body(content, body, styles, indents)
    if indents:
        numbering.unnumber_styles(around)
    _frame(content, around)
    turned = sections.divide(content)
    parts |= turn_stories(turned, sections.last_page(around), parts, styles) if turned else {}
    _describe_drawings(root, 1)
    parts |= dict(_described_stories(parts))
    _number_bookmarks(root)
    _order_matrices(root)
    formulas.set_lines(content, styles, body.styles)
    tables.space_below(content, styles, body.styles, parts.get(SETTINGS, b""))
    tables.space_below_figures(content, styles, body.styles)
    found = {body.bookmarks[name]: page for name, page in pages.items() if name in body.bookmarks}
    _fill_pages(root, found)
    if body.program and body.program.controls:
        reference_list.enclose(content, body.program.list_instruction)
    parts[DOCUMENT] = ooxml.serialise(root)
    if FOOTNOTES in written:
        parts[FOOTNOTES] = _notes(written[FOOTNOTES], body, styles, found)
    parts[NUMBERING] = numbering.numbering(written[NUMBERING], tuple(indents))
    parts[STYLES] = numbering.styles(parts[STYLES], written[STYLES], numbered=bool(indents))
    return body.program.parts(parts) if body.program else parts


@lru_cache(maxsize=8)
def _read(styles: bytes) -> Element:
    """Styles to look something up in: nobody writes into them."""
    return etree.fromstring(styles)


def _notes(part: bytes, body: Body, styles: Element, pages: Mapping[str, int]) -> bytes:
    """The footnotes, with the pages of bookmarks."""
    notes = etree.fromstring(part)
    paragraphs.restyle_notes(notes)
    _describe_drawings(notes, _FIRST_IN_NOTES)
    _fill_pages(notes, pages)
    formulas.set_lines(notes, styles, body.styles)
    return ooxml.serialise(notes)


def _finish_body(content: Element, body: Body, styles: Element, indents: Sequence[int]) -> None:
    """What pandoc left to be said of paragraphs, tables, headings and page breaks."""
    paragraphs.restyle_paragraphs(content)
    paragraphs.restyle_quoted_lists(content)
    tables.finish_tables(content, body.tables, styles)
    numbering.unnumber_headings(content, body.unnumbered if indents else frozenset())
    numbering.number_headings(content, body.numbered if indents else {}, indents)
    paragraphs.outline_headings(content, body.outline)
    styled = paragraphs.by_style(content)
    paragraphs.break_after_lists(content, styled)
    paragraphs.keep_lead_ins(content)
    paragraphs.quiet_rules(content)
    paragraphs.keep_whole(styled.get("Caption", ()))
    sections.break_pages(content)
    if indents:
        contents_entries.unnumbered_entries(styled, styles)
    paragraphs.make_room_for_pictures(content, styles)


# ------------------------------------------------------------------------------------------------------- whole document


def _frame(content: Element, template: Element) -> None:
    """The template's cover before the body, and its last section's page around it."""
    own = content.find(W + "sectPr")
    if own is not None:
        content.remove(own)
    for i, child in enumerate(cover(template)):
        content.insert(i, copy.deepcopy(child))
    last = template.findall(W + "sectPr")
    if last:
        content.append(copy.deepcopy(last[-1]))
    background = parent(template).find(W + "background")
    if background is not None:
        parent(content).insert(0, copy.deepcopy(background))


def cover(template: Element) -> list[Element]:
    """What stands in the template's body before its last section's properties: nothing where that is only emptiness."""
    children = [child for child in template if child.tag != W + "sectPr"]
    says = any(node.text for child in children for node in child.iter(W + "t"))
    shows = any(True for child in children for _ in child.iter(W + "drawing", W + "sectPr"))
    return _without_empty_end(children) if says or shows else []


def _without_empty_end(children: list[Element]) -> list[Element]:
    """What stands behind the last cover goes above the text; where that is only emptiness, it goes."""
    ends = [i for i, child in enumerate(children, 1) if any(True for _ in child.iter(W + "sectPr"))]
    last = ends[-1] if ends else 0
    says = any(node.text for child in children[last:] for node in child.iter(W + "t"))
    shows = any(True for child in children[last:] for _ in child.iter(W + "drawing", W + "tbl"))
    return children if says or shows or not ends else children[:last]


def _describe_drawings(root: Element, first: int) -> None:
    """Numbers of their own for all drawings, from `first`; one without a description is marked as decorative."""
    for inner in root.iter(PIC + "cNvPr"):  # pandoc writes the picture's path here
        inner.set("descr", "")
    for number, properties in enumerate(root.iter(WP + "docPr"), first):
        properties.set("id", str(number))
        properties.set("name", f"Picture {number}")
        if "title" in properties.attrib:
            del properties.attrib["title"]
        for side in "TBLR":  # LibreOffice moves a picture that does not say them
            parent(properties).set(f"dist{side}", "0")
        if not properties.get("descr") and len(properties) == 0:
            properties.append(etree.fromstring(ooxml.decorative()))


def _described_stories(parts: Parts) -> Iterator[tuple[str, bytes]]:
    """Headers and footers with pictures, each with numbers for them that no other part has."""
    for i, name in enumerate(sorted(name for name in parts if _STORY.fullmatch(name)), 2):
        if b"docPr" in parts[name]:
            root = etree.fromstring(parts[name])
            _describe_drawings(root, i * _FIRST_IN_NOTES)
            yield name, ooxml.serialise(root)


_STORY = re.compile(r"word/(header|footer)\d*\.xml")


def _order_matrices(root: Element) -> None:
    """A matrix column says how many it stands for before how it is aligned (22.1.2.63); pandoc does it after."""
    for properties in root.iter(M + "mcPr"):
        properties.extend(properties.findall(M + "mcJc"))


def _number_bookmarks(root: Element) -> None:
    """One name and one number for every bookmark; a second one of the same name is dropped (pandoc doubles some)."""
    numbers: dict[str, str] = {}
    names: set[str] = set()
    for mark in list(root.iter(W + "bookmarkStart")):
        name = value(mark, "name")
        if name in names:
            parent(mark).remove(mark)
            continue
        names.add(name)
        numbers[value(mark, "id")] = number = str(len(numbers) + 1)
        mark.set(W + "id", number)
    _close_bookmarks(root, numbers)


def _close_bookmarks(root: Element, numbers: Mapping[str, str]) -> None:
    closed: set[str] = set()
    for mark in list(root.iter(W + "bookmarkEnd")):
        number = numbers.get(value(mark, "id"))
        if number is None or number in closed:
            parent(mark).remove(mark)
        else:
            closed.add(number)
            mark.set(W + "id", number)


def _fill_pages(root: Element, pages: Mapping[str, int]) -> None:
    """The results of all PAGEREF fields."""
    for code in root.iter(W + "instrText"):
        words = (code.text or "").split()
        if words[:1] == ["PAGEREF"] and words[1] in pages:
            next(_results(code)).text = str(pages[words[1]])


def _results(code: Element) -> Iterator[Element]:
    """The texts of the runs that follow a field's instruction."""
    for run in parent(code).itersiblings(W + "r"):
        yield from run.findall(W + "t")
