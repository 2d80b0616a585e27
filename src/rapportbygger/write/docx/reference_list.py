"""The reference list as a program's field: where it stands in Word's own content controls."""

from __future__ import annotations

from rapportbygger.write.docx import ooxml, ooxml_citations
from rapportbygger.write.docx.ooxml import Element, W, parent, required, value
from rapportbygger.write.docx.paragraphs import style_of

_MARKS = (W + "bookmarkStart", W + "bookmarkEnd")


def enclose(content: Element, instruction: str) -> None:
    """The field with this instruction in a content control, and that with the heading above it in another."""
    codes = [code for code in content.iter(W + "instrText") if (code.text or "").strip() == instruction]
    if not codes:
        return
    first = next(codes[0].iterancestors(W + "p"))
    blocks = _blocks(first)
    _keep_section(blocks)
    control = ooxml_citations.bibliography_control()
    _put_in(control, blocks)
    heading = control.getprevious()
    if heading is not None and style_of(heading).startswith("Heading"):
        _put_in(ooxml_citations.gallery_control(), [heading, control])


def _blocks(first: Element) -> list[Element]:
    """The blocks from a paragraph that begins a field to the one that ends it, with the bookmarks around them."""
    around = list(parent(first))
    begin = end = around.index(first)
    depth = _opened(first)
    while depth > 0 and end + 1 < len(around):
        end += 1
        depth += _opened(around[end])
    while begin > 0 and around[begin - 1].tag == _MARKS[0]:
        begin -= 1
    while end + 1 < len(around) and around[end + 1].tag == _MARKS[1]:
        end += 1
    return around[begin : end + 1]


def _opened(block: Element) -> int:
    kinds = [value(mark, "fldCharType") for mark in block.iter(W + "fldChar")]
    return kinds.count("begin") - kinds.count("end")


def _put_in(control: Element, blocks: list[Element]) -> None:
    """Moves blocks that stand together into a control in their place."""
    blocks[0].addprevious(control)
    required(control, "sdtContent").extend(blocks)


def _keep_section(blocks: list[Element]) -> None:
    """A section that ends with the list ends behind it: who updates the field writes all its paragraphs anew."""
    for properties in [each for block in blocks for each in block.iterfind(f"{W}pPr/{W}sectPr")]:
        parent(properties).remove(properties)
        last = ooxml.element(ooxml.tiny_paragraph())
        required(last, "pPr").append(properties)
        blocks[-1].addnext(last)
