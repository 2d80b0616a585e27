"""Tables in footnotes: LibreOffice loses rows of them, so they become text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from rapportbygger.diagnostics import Diagnostic, Problems, Severity
from rapportbygger.messages import _
from rapportbygger.model import Document, Setting
from rapportbygger.nodes import Node, elements, plain, string, walk


def resolve(document: Document, _setting: Setting) -> tuple[Document, Problems]:
    """The document with a paragraph in place of every row of such a table: «Kommune: Lom; Antall: 7»."""
    tables = elements(elements(document.blocks, "Note"), "Table")
    if not tables:
        return document, ()
    blocks = walk(document.blocks, {"Note": lambda note: walk(note, {"Table": lambda table: list(_as_text(table))})})
    return replace(document, blocks=tuple(blocks)), tuple(_refused(document, table) for table in tables)


def _as_text(table: Node) -> Iterator[Node]:
    _attributes, caption, _columns, head, bodies, foot = table["c"]
    yield from caption[1]
    heads, rows = head[1], [row for body in bodies for row in (*body[2], *body[3])]
    names = [_inlines(cell) for cell in heads[-1][1]] if heads else []
    for row in (*heads[:-1], *rows, *foot[1]):
        yield {"t": "Para", "c": _sentence(names if row not in heads else [], [_inlines(cell) for cell in row[1]])}


def _inlines(cell: Sequence[Any]) -> list[Node]:
    texts = [block["c"] for block in elements(cell[4], "Plain", "Para")]
    return [inline for i, text in enumerate(texts) for inline in [{"t": "Space"}] * (i > 0) + text]


def _sentence(names: Sequence[list[Node]], cells: Sequence[list[Node]]) -> list[Node]:
    """The cells with what their columns hold, one after the other."""
    said: list[Node] = []
    nameless: list[list[Node]] = [[]] * len(cells)
    for name, cell in zip([*names, *nameless], cells, strict=False):
        said += [string(";"), {"t": "Space"}] if said else []
        said += [*name, string(":"), {"t": "Space"}] if name else []
        said += cell
    return said


def _refused(document: Document, table: Node) -> Diagnostic:
    text = next((plain(block["c"]) for block in elements(table["c"][3:], "Plain", "Para") if plain(block["c"])), "")
    words = r"\s+".join(re.escape(word) for word in text.split()[:5])
    return Diagnostic(
        "table-in-note",
        _("the table that begins with «{text}» is in a footnote; its rows become paragraphs").format(text=text[:40]),
        next(document.locate(rf"(?m)(?<=^    ){words}|(?<=\| ){words}|(?<=\|){words}"), None) if words else None,
        _("move the table into the text, or write the footnote as text"),
        Severity.WARNING,
    )
