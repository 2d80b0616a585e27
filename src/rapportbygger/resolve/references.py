"""The place of the reference list, decided before headings are numbered and listed."""

from __future__ import annotations

import re
from dataclasses import replace

from rapportbygger.diagnostics import Problems
from rapportbygger.language import labels
from rapportbygger.model import Document, Setting
from rapportbygger.nodes import Node, attr, div, elements, holding, words
from rapportbygger.recent import OfEach
from rapportbygger.resolve.crossrefs import is_cross_reference


def resolve(document: Document, setting: Setting) -> tuple[Document, Problems]:
    """The document with `::: {#refs}` last, under its own heading, where something is cited and nobody placed it."""
    cited = any(map(_cites, holding(document.blocks, "Cite")))
    placed = any(node["c"][0][0] == "refs" for node in elements(document.blocks, "Div"))
    if placed or not cited:
        return document, ()
    title = setting.report.reference_section_title or labels(document.metadata.lang).references
    blocks = (*document.blocks, _heading(title, document), div([], identifier="refs"))
    return replace(document, blocks=blocks), ()


_cites = OfEach[Node, bool](lambda block: not all(map(is_cross_reference, elements((block,), "Cite"))))
"""Whether a block cites any work."""


def _heading(title: str, document: Document) -> Node:
    used = {node["c"][1][0] for node in elements(document.blocks, "Header")}
    name = re.sub(r"\W+", "-", title.lower()).strip("-") or "references"
    identifier = next(i for i in (name, *(f"{name}-{n}" for n in range(1, len(used) + 2))) if i not in used)
    return {"t": "Header", "c": [1, attr(identifier, "unnumbered"), words(title)]}
