"""Where pages are turned (`::: {.landscape}`) and where new ones begin, as marks between the document's own blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from typing import Any

from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity
from rapportbygger.fences import without_code
from rapportbygger.messages import _
from rapportbygger.model import PAGE_BREAK, SECTION_START, Document, Setting, orientation, section_start
from rapportbygger.nodes import Node, elements, has_class, holds, plain, walk
from rapportbygger.page_breaks import PATTERN, WRITTEN

LANDSCAPE = "landscape"
_OPENED = r"(?m)^[ \t>*+-]*:{3,}[ \t]*(?:\{[^}\n]*\.landscape\b|landscape\b)"


def resolve(document: Document, _setting: Setting) -> tuple[Document, Problems]:
    """The document with its landscape Divs opened up, so that headings and tables in them are the document's own.

    Inside a list, a quote or a table pages can neither be turned nor broken, which is told as a warning.
    """
    if not any(map(_is_mark_or_landscape, elements(document.blocks, "Div", "CodeBlock"))):
        return document, ()
    marked = [each for block in document.blocks for each in _opened(block)]
    misplaced = (*_misplaced(document, _OPENED, LANDSCAPE), *_misplaced(document, PATTERN, PAGE_BREAK))
    problems = (*misplaced, *_left_behind(document))
    plain = (block if _is_mark(block) or not holds(block, "Div") else _unmarked(block) for block in marked)
    return replace(document, blocks=tuple(_needed(list(_spliced(plain))))), problems


def _is_mark_or_landscape(node: Node) -> bool:
    return _is_written(node, LANDSCAPE) or _is_written(node, PAGE_BREAK) or has_class(node, SECTION_START)


def _opened(block: Node) -> Iterator[Node]:
    if not has_class(block, LANDSCAPE):
        yield block
        return
    (identifier, classes, pairs), blocks = block["c"]
    others = [name for name in classes if name != LANDSCAPE]
    yield section_start(LANDSCAPE)
    yield from [{"t": "Div", "c": [[identifier, others, pairs], blocks]}] if identifier or others else blocks
    yield section_start("portrait")


def _is_mark(block: Node) -> bool:
    return bool(orientation(block)) or has_class(block, PAGE_BREAK)


def _unmarked(block: Node) -> Any:
    return walk(block, {"Div": _without_marks})


def _without_marks(node: Node) -> Node | list[Node] | None:
    """A Div where pages can neither be turned nor broken."""
    if has_class(node, PAGE_BREAK):
        return []
    if not has_class(node, LANDSCAPE):
        return None
    (identifier, classes, pairs), blocks = node["c"]
    return {"t": "Div", "c": [[identifier, [name for name in classes if name != LANDSCAPE], pairs], blocks]}


def _spliced(blocks: Iterable[Node | list[Node]]) -> Iterator[Node]:
    for block in blocks:
        yield from block if isinstance(block, list) else [block]


def _needed(blocks: Sequence[Node]) -> Iterator[Node]:
    """The blocks without marks that change nothing: a break beside another mark, a section with nothing in it."""
    for i, block in enumerate(blocks):
        after = blocks[i + 1] if i + 1 < len(blocks) else None
        last = after is None or _is_mark(after)
        broken = has_class(block, PAGE_BREAK)
        if broken and (last or (i > 0 and orientation(blocks[i - 1]))):
            continue
        if orientation(block) and (after is None or orientation(after)):
            continue
        yield block


def _misplaced(document: Document, pattern: str, kind: str) -> Iterator[Diagnostic]:
    """Marks of a kind that stand inside something else, each at its own place."""
    written = [node for node in elements(document.blocks, "Div", "CodeBlock") if _is_written(node, kind)]
    if not written:
        return
    text = _without_code(document)
    outside_code = set(text.locate(pattern))
    for place in _misplaced_places(document, text, pattern, written):
        if place is None or place in outside_code:
            yield _cannot_turn(place) if kind == LANDSCAPE else _cannot_break(place)


def _misplaced_places(
    document: Document, text: Document, pattern: str, written: Sequence[Node]
) -> Sequence[Location | None]:
    """Where the marks that are not the document's own stand; `text` is the document without what is between fences."""
    own = {id(inner) for block in document.blocks for inner in _reachable(block) if inner["t"] == "Div"}
    divs = [node for node in written if node["t"] == "Div"]
    # The last: a line that far in may be some of a longer code.
    attempts = ((document, written, ""), (text, written, ""), (text, divs, ""), (text, divs, r"(?! {4}|\t)"))
    for where, marks, lines in attempts:
        free = [id(node) in own for node in marks]
        places = [] if all(free) else _places(where, pattern.replace("^", f"^{lines}", 1), free)
        if places:
            return places
    return [None for node in divs if id(node) not in own]


def _is_written(node: Node, kind: str) -> bool:
    """Whether it is a mark of the kind, or a page break so far in on its line that it is code."""
    return has_class(node, kind) or (
        kind == PAGE_BREAK and node["t"] == "CodeBlock" and node["c"][1].strip() in WRITTEN
    )


def _places(text: Document, pattern: str, own: Sequence[bool]) -> list[Location | None]:
    """Where the marks that are not the document's own stand; none where the text has not as many as there are marks.

    Footnotes stand elsewhere in the text: such marks are known by what is before them on their lines, if only spaces.
    Others in Divs have nothing there, and are known by their numbers.
    """
    places: list[Location | None] = list(text.locate(pattern))
    if len(places) != len(own):
        return []
    prefixed: list[Location | None] = list(text.locate(pattern.replace("^", r"^(?=[^:\\])", 1)))
    in_order = [place for place, free in zip(places, own, strict=True) if not free]
    return prefixed if len(prefixed) == len(in_order) else in_order


def _without_code(document: Document) -> Document:
    """The document with texts in which nothing is found in code."""
    texts = (replace(text, markdown=without_code(text.markdown)) for text in document.texts)
    return replace(document, texts=tuple(texts))


def _left_behind(document: Document) -> Iterator[Diagnostic]:
    """Headings that are the last on their page, because what they are about stands on the next, which is turned."""
    for block, after in pairwise(document.blocks):
        if block["t"] == "Header" and has_class(after, LANDSCAPE):
            text = plain(block["c"][2])
            message = _("the heading «{text}» stands alone before a page on its side").format(text=text)
            hint = _("move it in, below «{block}»").format(block="::: {.landscape}")
            place = _heading_place(document, block)
            yield Diagnostic("heading-left-behind", message, place, hint, Severity.INFO)


def _heading_place(document: Document, heading: Node) -> Location | None:
    """Where a heading stands: of those with the same words, the one with its number."""
    said = re.findall(r"\w+", plain(heading["c"][2]))
    alike = [node for node in elements(document.blocks, "Header") if re.findall(r"\w+", plain(node["c"][2])) == said]
    number = next(n for n, node in enumerate(alike) if node is heading)
    between = r"[^\w\n]+"
    pattern = rf"(?m)^#+[ \t]+[^\w\n]*{between.join(said)}[^\w\n]*(?:\{{[^\n]*)?$"
    return next(islice(_without_code(document).locate(pattern), number, None), None)


def _reachable(block: Node) -> Iterator[Node]:
    yield block
    if has_class(block, LANDSCAPE):
        yield from block["c"][1]


def _cannot_turn(place: Location | None) -> Diagnostic:
    message = _("pages cannot be turned inside a list, a quote, a table or another block")
    hint = _("close what it stands in, and write «{block}» at the beginning of a line").format(block="::: {.landscape}")
    return Diagnostic("landscape-inside", message, place, hint, Severity.WARNING)


def _cannot_break(place: Location | None) -> Diagnostic:
    message = _("a page cannot be broken inside a list, a quote, a table or another block")
    hint = _("put the page break between two paragraphs, alone on a line at its beginning")
    return Diagnostic("page-break-inside", message, place, hint, Severity.WARNING)
