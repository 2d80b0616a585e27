"""Word's markup. All raw OOXML that is written stands here; callers speak of fields, bookmarks and entries.

Source: ECMA-376 part 1 (5th edition), chapter 17; sections are named where a rule comes from one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import TypeAlias

from lxml import etree

from rapportbygger.theme.markup import MC, PACKAGE, PIC, TYPES, WP, A, Element, M, R, W

__all__ = ["PIC", "WP", "A", "Element", "M", "R", "W"]
_NAMESPACES = f'xmlns:w="{W[1:-1]}" xmlns:r="{R[1:-1]}"'


def required(parent: Element, path: str) -> Element:
    """The element at a path of w names ("tblPr/tblW"), which the schema or pandoc promises. Raises KeyError."""
    found = parent.find(_path(path))
    if found is None:
        raise KeyError(path)
    return found


@lru_cache(maxsize=100)
def _path(names: str) -> str:
    return "/".join(W + name for name in names.split("/"))


def value(of: Element, name: str = "val") -> str:
    """A w attribute, "" where it is missing."""
    return of.get(W + name, "")


def parent(of: Element) -> Element:
    """The element that this one stands in. Raises KeyError at the root."""
    found = of.getparent()
    if found is None:
        raise KeyError(of.tag)
    return found


def element(markup: str) -> Element:
    """One element from markup with the prefixes w and r."""
    return etree.fromstring(f"<x {_NAMESPACES}>{markup}</x>")[0]


_IGNORABLE = MC + "Ignorable"


def serialise(root: Element) -> bytes:
    """A part's bytes, without namespace declarations that nothing in it uses."""
    keep = [prefix for prefix in root.nsmap if prefix and prefix in str(root.get(_IGNORABLE, "")).split()]
    etree.cleanup_namespaces(root, keep_ns_prefixes=[*keep, "w", "r"])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


# ---------------------------------------------------------------------------------------------- runs, bookmarks, fields


def _quoted(text: str) -> str:
    return f'"{escape(text)}"'


def run(text: str, lang: str = "") -> str:
    """A run of text, in another language than the document's where one is named (17.3.2.20); a tab is a tab."""
    properties = f"<w:rPr><w:lang w:val={_quoted(lang)}/></w:rPr>" if lang else ""
    pieces = [f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "" for piece in text.split("\t")]
    return f"<w:r>{properties}{'<w:tab/>'.join(pieces)}</w:r>"


def bookmark(name: str, content: str) -> str:
    """A bookmark around runs (17.13.6). Its number is its name until the whole document is numbered."""
    return bookmark_start(name) + content + bookmark_end(name)


def bookmark_start(name: str) -> str:
    """The beginning of a bookmark."""
    return f"<w:bookmarkStart w:id={_quoted(name)} w:name={_quoted(name)}/>"


def bookmark_end(name: str) -> str:
    """The end of the bookmark of that name."""
    return f"<w:bookmarkEnd w:id={_quoted(name)}/>"


def internal_link(bookmark_name: str, content: str) -> str:
    """Runs that lead to a bookmark (17.16.22)."""
    return link_begin(bookmark_name) + content + link_end()


def link_begin(bookmark_name: str) -> str:
    """The beginning of runs that lead to a bookmark."""
    return f'<w:hyperlink w:anchor={_quoted(bookmark_name)} w:history="1">'


def link_end() -> str:
    """The end of runs that lead somewhere."""
    return "</w:hyperlink>"


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field_begin(instruction: str) -> str:
    """The beginning of a complex field whose result is what follows, as far as `field_end` (17.16.18)."""
    code = f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
    return _mark("begin") + code + _mark("separate")


def field_end() -> str:
    """The end of a field."""
    return _mark("end")


def field(instruction: str, result: str) -> str:
    """A complex field with its result, not dirty (17.16.18): live for Word, and finished for the reader."""
    return field_begin(instruction) + run(result) + _mark("end")


def sequence(name: str, number: str, chapter: str = "") -> str:
    """A caption's number (SEQ, 17.16.5.56), "2.1" with that of the chapter before it.

    In a `numbered` chapter that is a field too (STYLEREF, 17.16.5.61: of the nearest heading in the style for
    level 1), and counting begins anew after such a heading. A chapter without a number (`continued`) would give 0.
    """
    above, stop, own = number.rpartition(".")
    if chapter == "numbered":
        return field("STYLEREF 1 \\s", above) + run(stop) + field(f"SEQ {name} \\* ARABIC \\s 1", own)
    return (run(above + stop) if above else "") + field(f"SEQ {name} \\* ARABIC", own)


def reference(bookmark_name: str, text: str) -> str:
    """A cross reference to the text in a bookmark, that can be followed (REF, 17.16.5.51)."""
    return field(f"REF {bookmark_name} \\h", text)


def heading_number(bookmark_name: str, number: str) -> str:
    """A cross reference to the number of the heading in a bookmark (REF with \\r)."""
    return field(f"REF {bookmark_name} \\r \\h", number)


def formula_mark(ems: float, *, alone: bool) -> str:
    """A mark for `formulas.set_lines` in a paragraph with formulas: how high its lines have to be, in em."""
    return f"<?formula {ems} {'alone' if alone else 'text'}?>"


def page_reference(bookmark_name: str, page: str = "0") -> str:
    """The page number of a bookmark (PAGEREF, 17.16.5.45)."""
    return field(f"PAGEREF {bookmark_name} \\h", page)


# ------------------------------------------------------------------------------------------------------------- contents


def paragraph(style: str, content: str) -> str:
    """A paragraph of a style (by its id)."""
    return f"<w:p><w:pPr><w:pStyle w:val={_quoted(style)}/></w:pPr>{content}</w:p>"


Text: TypeAlias = tuple[tuple[str, str], ...]
"""Text in parts, each with its language ("": the document's)."""


def tab_stops(stops: Iterable[tuple[str, int, str]], cleared: Iterable[int] = ()) -> str:
    """Tab stops as (alignment, position, leader), and those of the style that a paragraph does without (17.3.1.37)."""
    every = [*(("clear", at, "none") for at in cleared), *stops]
    tabs = (f'<w:tab w:val="{align}" w:leader="{leader}" w:pos="{at}"/>' for align, at, leader in every)
    return f"<w:tabs>{''.join(tabs)}</w:tabs>"


def indent(left: int, right: str = "") -> str:
    """An indent whose first line begins as the others (17.3.1.12); to the right only where one is given."""
    return f'<w:ind w:left="{left}"{f""" w:right="{right}" """.rstrip() if right else ""} w:firstLine="0"/>'


@lru_cache(maxsize=500)
def entry(style: str, text: Text, bookmark_name: str, before: str = "", after: str = "") -> str:
    """A line of a list of contents: a link with its text, a tab, and the page number as a live field."""
    parts = [*text[:-1], (text[-1][0] + "\t", text[-1][1])] if text else [("\t", "")]
    inner = "".join(run(*part) for part in parts) + page_reference(bookmark_name)
    return paragraph(style, before + internal_link(bookmark_name, inner) + after)


def contents(title: str, instruction: str, entries: Iterable[tuple[str, Text, str]], *, gallery: bool) -> str:
    """A list as one live field that is filled: its title, then an entry a line as (style, text, bookmark).

    With `gallery` it is what Word itself calls a table of contents (17.5.2, docPartGallery).
    """
    lines = list(entries)
    filled = [
        entry(
            *line,
            before=field_begin(instruction) if i == 0 else "",
            after=_mark("end") if i == len(lines) - 1 else "",
        )
        for i, line in enumerate(lines)
    ]
    inside = paragraph("TOCHeading", run(title)) + "".join(filled)
    if not gallery:
        return inside
    part = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
    return f"<w:sdt><w:sdtPr>{part}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


# ------------------------------------------------------------------------------------------------------------- sections


def section_mark(orientation: str) -> str:
    """A paragraph that says how the pages are turned from here on, until the sections are made (17.6.13)."""
    return f'<w:p><w:pPr><w:sectPr><w:pgSz w:orient="{orientation}"/></w:sectPr></w:pPr></w:p>'


def page_break_mark() -> str:
    """A paragraph that says that the next one begins on a new page (17.3.1.23)."""
    return "<w:p><w:pPr><w:pageBreakBefore/></w:pPr></w:p>"


def mark() -> str:
    """Something in a paragraph that pandoc never writes, to find it again by."""
    return '<w:proofErr w:type="gramStart"/>'


def tiny_paragraph() -> str:
    """A paragraph that is there for its properties: one point high, where there is no other to have them."""
    spacing = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return f'<w:p><w:pPr>{spacing}<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'


# ----------------------------------------------------------------------------------------------------------- properties


def core_properties(**texts: str) -> bytes:
    """docProps/core.xml (part 2, 11.1) with what there is to say.

    Known are title, subject, creator, keywords, description, language, created and modified (the last two as W3CDTF).
    """
    prefixes = {"keywords": "cp", "created": "dcterms", "modified": "dcterms"}
    order = ("created", "creator", "description", "keywords", "language", "modified", "subject", "title")
    inside = "".join(
        f"<{prefix}:{name}{kind}>{escape(texts[name])}</{prefix}:{name}>"
        for name in order
        if texts.get(name)
        for prefix in [prefixes.get(name, "dc")]
        for kind in [' xsi:type="dcterms:W3CDTF"' if prefix == "dcterms" else ""]
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{inside}</cp:coreProperties>'
    ).encode()


def application_properties(application: str) -> bytes:
    """docProps/app.xml: what made the file."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>{escape(application)}</Application></Properties>"
    ).encode()


def decorative() -> str:
    """The extension list of a picture that says nothing (Office 2017 «decorative»)."""
    return (
        '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
        '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
        "</a:ext></a:extLst>"
    )


# ------------------------------------------------------------------------------------------------- pandoc's reference


def reference_document(page: Sequence[str], styles: Iterable[tuple[str, str, str]]) -> dict[str, bytes]:
    """A Word file with nothing but the page's width and left and right margin, and styles as (type, id, name)."""
    width, left, right = map(_quoted, page)
    section = f"<w:sectPr><w:pgSz w:w={width}/><w:pgMar w:left={left} w:right={right}/></w:sectPr>"
    listed = "".join(
        f"<w:style w:type={_quoted(kind)} w:styleId={_quoted(ident)}><w:name w:val={_quoted(name)}/></w:style>"
        for kind, ident, name in styles
    )
    inside = {"document": f"<w:body>{section}</w:body>", "styles": listed, "numbering": "", "settings": "", "fonts": ""}
    names = {"fonts": "fontTable"}
    parts = {
        f"word/{names.get(root, root)}.xml": f"<w:{root} {_NAMESPACES}>{content}</w:{root}>"
        for root, content in inside.items()
    }
    parts["word/theme/theme1.xml"] = f'<a:theme xmlns:a="{A[1:-1]}"/>'
    parts["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{PACKAGE[1:-1]}"/>'
    parts["[Content_Types].xml"] = f'<Types xmlns="{TYPES[1:-1]}"/>'
    return {name: text.encode("utf-8") for name, text in parts.items()}
