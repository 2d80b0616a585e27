"""What a template's own text must leave behind, since the finished file has no parts for it, and how it is put right.

Of the relations of a template's document only those to pictures, headers and footers live on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from rapportbygger.theme.markup import PACKAGE
from rapportbygger.write.docx import ooxml
from rapportbygger.write.docx.ooxml import Element, R, W, parent, value
from rapportbygger.write.docx.package import Parts

DOCUMENT, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
_CALLS = tuple(W + name for name in ("footnoteReference", "endnoteReference", "commentReference"))
_RANGES = tuple(W + name for name in ("commentRangeStart", "commentRangeEnd"))
_STORIES = (W + "headerReference", W + "footerReference")
_BOUND = (W + "dataBinding", W + "showingPlcHdr")
"""What would have Word put something else in a content control than what it says (17.5.2.6, 17.5.2.39)."""
_CONCERNED = re.compile(
    rb"dataBinding|showingPlcHdr|(?:footnote|endnote|comment)Reference\b|commentRange|hyperlink\b|<w:sectPr"
)


def settled(parts: Parts) -> bytes:
    """The template's document without notes and comments of its own, its links as fields, its properties in order."""
    if not _CONCERNED.search(parts[DOCUMENT]):
        return parts[DOCUMENT]
    root = etree.fromstring(parts[DOCUMENT])
    before = etree.tostring(root)
    for call in list(root.iter(*_CALLS)):
        run = parent(call)
        (parent(run) if run.tag == W + "r" else run).remove(run if run.tag == W + "r" else call)
    for mark in list(root.iter(*_RANGES)):
        parent(mark).remove(mark)
    targets = _targets(parts.get(RELATIONS))
    stories = _targets(parts.get(RELATIONS), ("/header", "/footer"))
    for link in list(root.iter(W + "hyperlink")):
        if link.get(R + "id"):
            _as_field(link, targets)
    for story in list(root.iter(*_STORIES)):
        if story.get(R + "id") not in stories:
            parent(story).remove(story)
    for bound in list(root.iter(*_BOUND)):
        parent(bound).remove(bound)
    for properties in root.iter(W + "pPr"):
        _in_order(properties)
    return parts[DOCUMENT] if etree.tostring(root) == before else ooxml.serialise(root)


def _targets(relations: bytes | None, kinds: tuple[str, ...] = ("",)) -> Mapping[str, str]:
    """Where relations of some kinds lead, by their ids."""
    found = etree.fromstring(relations).iter(PACKAGE + "Relationship") if relations else ()
    of_kinds = (relation for relation in found if relation.get("Type", "").endswith(kinds))
    return {relation.get("Id", ""): relation.get("Target", "") for relation in of_kinds}


def _as_field(link: Element, targets: Mapping[str, str]) -> None:
    """A link that needs no relation (HYPERLINK, 17.16.5.25)."""
    target = targets.get(link.get(R + "id", ""), "")
    code = ooxml.field(f'HYPERLINK "{_quotable(target)}"', "")
    marks = list(ooxml.element(f"<w:p>{code}</w:p>")) if target else []
    for run in (*marks[:3], *link, *marks[-1:]):  # begin, instruction, separate; end
        link.addprevious(run)
    parent(link).remove(link)


def _quotable(target: str) -> str:
    """A target that can stand between the quotation marks of a field, where a backslash begins a switch (17.16.2)."""
    return target.replace("\\", "%5C" if "://" in target else "\\\\").replace('"', "%22")


def _in_order(properties: Element) -> None:
    """LibreOffice writes the end of a section before the style of its last paragraph (17.3.1.26)."""
    section, style = properties.find(W + "sectPr"), properties.find(W + "pStyle")
    if section is None or style is None or value(style) == "":
        return
    if properties.index(section) < properties.index(style):
        changed = properties.find(W + "pPrChange")
        properties.remove(section)
        properties.insert(len(properties) - (changed is not None), section)
