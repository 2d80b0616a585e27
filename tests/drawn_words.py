"""A PDF without the words in its drawings: a chart's words are text in a PDF, and part of a picture in a Word file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf


def left_out(pdf: Path, output: Path) -> Path:
    """The PDF without the content of its figures (tagged `Figure`), at `output`; the same file where it has none."""
    with pikepdf.open(pdf) as document:
        drawn = defaultdict(set)
        for page, number in _content(document.Root.get("/StructTreeRoot"), None, inside=False):
            drawn[page.objgen].add(number)
        if not drawn:
            return pdf
        for page in document.pages:
            if page.objgen in drawn:
                page.Contents = document.make_stream(_without(page, drawn[page.objgen]))
        document.save(output)
    return output


def _content(element: Any, page: Any, *, inside: bool) -> Iterator[tuple[Any, int]]:
    """The pages and numbers of the marked content of figures below an element."""
    if isinstance(element, pikepdf.Array):
        for each in element:
            yield from _content(each, page, inside=inside)
    elif isinstance(element, pikepdf.Dictionary):
        kind = element.get("/S")
        page = element.get("/Pg", page)
        if element.get("/Type") == "/MCR":
            yield from _content(element.MCID, page, inside=inside)
        else:
            yield from _content(element.get("/K"), page, inside=inside or kind == "/Figure")
    elif isinstance(element, int) and inside:
        yield page, int(element)


def _without(page: pikepdf.Page, numbers: set[int]) -> bytes:
    """The page's content without the marked content of these numbers."""
    kept, open_marks, dropped = [], 0, None
    for instruction in pikepdf.parse_content_stream(page):
        name = str(instruction.operator)
        if name in ("BDC", "BMC"):
            open_marks += 1
            mark = instruction.operands[-1]
            if dropped is None and isinstance(mark, pikepdf.Dictionary) and mark.get("/MCID") in numbers:
                dropped = open_marks
        if dropped is None or name in ("q", "Q", "cm"):
            kept.append(instruction)
        if name == "EMC":
            if open_marks == dropped:
                dropped = None
            open_marks -= 1
    written: bytes = pikepdf.unparse_content_stream(kept)
    return written
