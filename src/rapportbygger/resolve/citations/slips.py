"""Slips in how citations are written: round brackets around one, and a comma where a semicolon should part two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity
from rapportbygger.messages import _
from rapportbygger.model import Document
from rapportbygger.nodes import LEAVES, Node, elements, holding
from rapportbygger.recent import OfEach


def slips(document: Document) -> Problems:
    """Warnings where «(@a)» would be «(Hansen (2010))», and «[@a, @b]» «(Hansen, 2010, Lie (2016))»."""
    cites = elements(document.blocks, "Cite")
    bracketed = dict.fromkeys(key for block in holding(document.blocks, "Cite") for key in _bracketed_in(block))
    suffixes = (suffix for cite in cites for one in cite["c"][0] if (suffix := one["citationSuffix"]))
    joined = dict.fromkeys(key for suffix in suffixes for key in _joined(suffix))
    round_ones = ((at, key) for key in bracketed for at in _places(document, rf"\(@{re.escape(key)}(?!\w)"))
    commas = ((at, key) for key in joined for at in _places(document, rf",\s*@{re.escape(key)}(?!\w)"))
    return (*(_brackets(at, key) for at, key in round_ones), *(_comma(at, key) for at, key in commas))


def _bracketed(node: Any) -> Iterator[str]:
    """The keys in running text that stand alone between round brackets."""
    children = list(node.values()) if isinstance(node, dict) and node.get("t") not in LEAVES else node
    if not isinstance(children, (list, tuple)):
        return
    for at, cite in enumerate(children[1:-1], 1):
        if _is_in_text(cite) and _text(children[at - 1]).endswith("(") and _text(children[at + 1]).startswith(")"):
            yield cite["c"][0][0]["citationId"]
    for child in children:
        yield from _bracketed(child)


def _found(block: Node) -> tuple[str, ...]:
    return tuple(_bracketed(block)) if any(map(_is_in_text, elements((block,), "Cite"))) else ()


_bracketed_in = OfEach[Node, tuple[str, ...]](_found)


def _joined(suffix: Sequence[Node]) -> Iterator[str]:
    """The keys that follow right after a comma in what stands behind another."""
    words = [node for node in suffix if node["t"] not in ("Space", "SoftBreak")]
    for before, node in pairwise(words):
        if _text(before).endswith(",") and _is_in_text(node):
            yield node["c"][0][0]["citationId"]


def _is_in_text(node: Any) -> bool:
    is_cite = isinstance(node, dict) and node.get("t") == "Cite"
    return is_cite and node["c"][0][0]["citationMode"]["t"] == "AuthorInText"


def _text(node: Any) -> str:
    return str(node["c"]) if isinstance(node, dict) and node.get("t") == "Str" else ""


def _places(document: Document, pattern: str) -> list[Location | None]:
    return [*document.locate(pattern)] or [None]


def _brackets(at: Location | None, key: str) -> Diagnostic:
    message = _("round brackets around «{cited}», which gets its own").format(cited=f"@{key}")
    return _warning("bracketed-citation", message, at, _("write «{written}»").format(written=f"[@{key}]"))


def _comma(at: Location | None, key: str) -> Diagnostic:
    message = _("a comma before «{cited}»").format(cited=f"@{key}")
    return _warning("joined-citations", message, at, _("part the works in a citation by semicolons"))


def _warning(code: str, message: str, at: Location | None, hint: str) -> Diagnostic:
    return Diagnostic(code, message, at, hint, Severity.WARNING)
