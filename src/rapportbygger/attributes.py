"""Attributes that a chapter gives its elements: those that would say what only `resolve` may say are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity
from rapportbygger.messages import _
from rapportbygger.model import PAGE_BREAK, SECTION_START, Text
from rapportbygger.nodes import ATTRIBUTES, Attr, Node, walk

_LISTS = ("toc", "list-of-figures", "list-of-tables", "references", "csl-entry")
RESERVED = frozenset(("caption-label", "crossref", "pageref", "citation", SECTION_START, PAGE_BREAK, *_LISTS))
"""The classes that a resolved document holds (see `model`)."""
TAKEN = ("number", "structure", "orientation")
"""The keys that only a resolved document has."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-[A-Za-z]{2}|-[0-9]{3})?")
_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff\\ud800-\\udfff]")


def cleaned(blocks: list[Node], text: Text, piece: str) -> tuple[list[Node], Problems]:
    """The blocks of a piece of a text with the attributes that a chapter may use, and what is wrong with the others."""
    languages: dict[str, None] = {}

    def change(node: Node) -> Node:
        at = ATTRIBUTES[node["t"]]
        kept = _kept(node["c"][at], languages)
        return {**node, "c": [*node["c"][:at], kept, *node["c"][at + 1 :]]}

    clean = walk(blocks, dict.fromkeys(ATTRIBUTES, change))
    unknown = tuple(_unknown_language(name, text) for name in languages)
    problems = (*unknown, *(_control_characters(blocks, text) if "&#" in piece else ()))
    return _without_typst(clean) if "typst:" in piece else clean, problems


def _kept(attributes: Attr, languages: dict[str, None]) -> Attr:
    """`languages` learns the languages that are none."""
    identifier, classes, pairs = attributes
    kept = []
    for key, value in pairs:
        if key == "lang" and not _is_language(value):
            languages[value] = None
        elif key not in TAKEN:
            kept.append([key, value])
    return [identifier, [name for name in classes if name not in RESERVED], kept]


def _is_language(tag: str) -> bool:
    """A BCP 47 tag of language, script and region, whose language is known (CLDR; three letters are all taken)."""
    if not _LANGUAGE.fullmatch(tag):
        return False
    from babel import Locale

    primary = tag.partition("-")[0].lower()
    return len(primary) == 3 or primary in Locale("en").languages


def _unknown_language(name: str, text: Text) -> Diagnostic:
    written = re.escape(name) or r"(?:\"\"|'')"
    return Diagnostic(
        "unknown-language",
        _("«{name}» is not the code of a language").format(name=name) if name else _("an empty language code"),
        next(text.occurrences(r"lang=(?:[\"'](?![\"']))?" + written), Location(text.chapter.file)),
        _("write nb, nn, en or another code of two letters"),
        Severity.WARNING,
    )


def _without_typst(node: Any) -> Any:
    """pandoc's Typst writer would copy attributes named `typst:...` into the source as they are."""
    if isinstance(node, dict):
        return {key: _without_typst(value) for key, value in node.items()}
    if not isinstance(node, list):
        return node
    return [_without_typst(child) for child in node if not _is_typst_pair(child)]


def _is_typst_pair(node: Any) -> bool:
    return isinstance(node, list) and len(node) == 2 and isinstance(node[0], str) and node[0].startswith("typst:")


def _control_characters(blocks: list[Node], text: Text) -> Iterator[Diagnostic]:
    """Characters that no file can hold; entities (`&#7;`) can still write them here."""
    for string in _strings(blocks):
        found = _CONTROL.search(string)
        if found:
            code = ord(found[0])
            yield Diagnostic(
                "control-character",
                _("a character here (U+{code}) cannot stand in a text").format(code=f"{code:04X}"),
                next(text.occurrences(rf"&#(?:0*{code}|[xX]0*(?i:{code:x}));"), Location(text.chapter.file)),
                _("delete it"),
            )


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _strings(value)
    elif isinstance(node, list):
        for child in node:
            yield from _strings(child)
