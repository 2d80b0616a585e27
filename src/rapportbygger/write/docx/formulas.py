"""Paragraphs with formulas get lines of the same height as in the PDF, instead of what Word makes of each formula."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from rapportbygger.theme.look import Style
from rapportbygger.write.docx.ooxml import Element, M, W, parent
from rapportbygger.write.docx.paragraphs import BEFORE_SPACING, default_style, names, put, style_of
from rapportbygger.write.formulas import LINE, Need, spacing


def set_lines(content: Element, styles: Element, looks: Mapping[str, Style]) -> None:
    """Take the marks that say how high lines have to be, and say it as Word does (17.3.1.33).

    `looks` are the template's paragraph styles by their names. A caption and a footnote keep their own lines.
    """
    known, default = names(styles), default_style(styles)
    for mark in list(content.iter(etree.ProcessingInstruction)):
        paragraph = next(mark.itersiblings(W + "p"))
        ems, kind = (mark.text or "").split()
        name = known.get(style_of(paragraph) or default, "")
        look = looks.get(f"{name}|{_place(paragraph)}") or looks.get(name)
        if look is not None:
            kept = name == "caption" or content.tag != W + "body"
            _set_line(paragraph, look, Need(LINE, alone=False) if kept else Need(float(ems), kind == "alone"))
        parent(mark).remove(mark)
    _plain_text(content)


def _plain_text(content: Element) -> None:
    """What is plain text in a formula has no style of letters too (22.1.2.91); pandoc says both."""
    for properties in content.iter(M + "rPr"):
        if properties.find(M + "nor") is not None:
            for style in (*properties.findall(M + "sty"), *properties.findall(M + "scr")):
                properties.remove(style)


def _set_line(paragraph: Element, look: Style, wanted: Need) -> None:
    found = spacing(wanted, look)
    if found is None:
        return
    own = paragraph.find(f"{W}pPr/{W}spacing")
    if own is None:
        own = etree.Element(W + "spacing")
        put(paragraph, own, BEFORE_SPACING)
    own.set(W + "line", str(found.line))
    own.set(W + "lineRule", found.rule)


def _place(paragraph: Element) -> str:
    row = next(paragraph.iterancestors(W + "tr"), None)
    if row is None:
        return ""
    return "cell" if row.find(f"{W}trPr/{W}tblHeader") is None else "head"
