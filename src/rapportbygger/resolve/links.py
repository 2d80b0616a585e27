"""Links inside the report: each must lead somewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from rapportbygger.diagnostics import Diagnostic, Problems, Severity, nearest
from rapportbygger.messages import _
from rapportbygger.model import Document, Setting
from rapportbygger.nodes import ATTRIBUTES, Node, attributes, elements, span, walk


def resolve(document: Document, _setting: Setting) -> tuple[Document, Problems]:
    """The document with dead internal links as plain text, and a warning for each."""
    known = {found[0] for element in elements(document.blocks, *ATTRIBUTES) if (found := attributes(element))[0]}
    dead: list[str] = []

    def change(node: Node) -> Any:
        if not node["c"][2][0].startswith("#") or node["c"][2][0][1:] in known:
            return None
        dead.append(node["c"][2][0][1:])
        return span(node["c"][1])

    blocks = tuple(walk(document.blocks, {"Link": change}))
    linked = replace(document, blocks=blocks)
    return linked, tuple(_dead(document, name, known) for name in dict.fromkeys(dead))


def _dead(document: Document, name: str, known: set[str]) -> Diagnostic:
    match = nearest(name, known)
    return Diagnostic(
        "dead-link",
        _("the link «#{name}» leads nowhere").format(name=name),
        next(document.locate(r"\(#" + re.escape(name) + r"\)"), None),
        _("did you mean «{name}»?").format(name=match) if match else _("give the heading that it leads to this name"),
        Severity.WARNING,
    )
