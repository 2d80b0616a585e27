"""Links inside the report: each must lead somewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from rapportbygger.diagnostics import Diagnostic, Problems, Severity, nearest
from rapportbygger.identifiers import identifiers
from rapportbygger.messages import _
from rapportbygger.model import Document, Setting
from rapportbygger.nodes import Node, elements, has_class, span, string, walk


def resolve(document: Document, _setting: Setting) -> tuple[Document, Problems]:
    """The document with dead internal links as plain text, and a warning for each.

    A link to an address that has no words is called by its address, so that something can be seen and heard of it. A
    citation in a link is text: it leads where the link does.
    """
    if not elements(document.blocks, "Link"):
        return document, ()
    known = set(identifiers(document.blocks))
    dead: list[str] = []

    def change(node: Node) -> Any:
        own, inlines, (url, title) = node["c"]
        if not inlines and not url.startswith("#"):
            return {"t": "Link", "c": [own, [string(url)], [url, title]]}
        uncited = walk(inlines, {"Span": _uncited})
        if not url.startswith("#") or url[1:] in known:
            return None if uncited is inlines else {"t": "Link", "c": [own, uncited, [url, title]]}
        dead.append(url[1:])
        return span(uncited)

    blocks = tuple(walk(document.blocks, {"Link": change}))
    linked = replace(document, blocks=blocks)
    return linked, tuple(_dead(document, name, known) for name in dict.fromkeys(dead))


def _uncited(node: Node) -> list[Node] | None:
    inlines: list[Node] = node["c"][1]
    return inlines if has_class(node, "citation") or has_class(node, "cited") else None


def _dead(document: Document, name: str, known: set[str]) -> Diagnostic:
    match = nearest(name, known)
    return Diagnostic(
        "dead-link",
        _("the link «#{name}» leads nowhere").format(name=name),
        next(document.locate(r"\(#" + re.escape(name) + r"\)"), None),
        _("did you mean «{name}»?").format(name=match) if match else _("give the heading that it leads to this name"),
        Severity.WARNING,
    )
