"""Word's markup of blocks that are nothing but words and markup: as pandoc writes it, without asking pandoc.

Paragraphs, headings, what names a style, and raw blocks. Running text has one style here: `paragraphs` says which of it
is a first paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from rapportbygger.nodes import Node
from rapportbygger.write.docx.pandoc_reference import Lookup

_WORD = re.compile(r"[!-~\xa0-\xac\xae-\u02ff\u2010-\u2027\u20ac\u2212]+")
"""What needs no font of its own, and no mark for a place to break."""
_MARKUP = re.compile(r"<[^\n]*>")
_SIGNS = {"Strong": "<w:b /><w:bCs />", "Emph": "<w:i /><w:iCs />"}
"""In the order in which they stand in a run's properties."""


def written(unit: Sequence[Node], lookup: Lookup) -> str | None:
    """What pandoc writes of a block with this template; None where it has to be asked.

    >>> written([{"t": "Para", "c": [{"t": "Str", "c": "a"}]}], Lookup((), (("paragraph", "BodyText", "Body Text"),)))
    '<w:p><w:pPr><w:pStyle w:val="BodyText" /></w:pPr><w:r><w:t xml:space="preserve">a</w:t></w:r></w:p>'
    """
    if len(unit) != 1:
        return None
    kind: str = unit[0]["t"]
    content: Any = unit[0].get("c")
    if kind == "RawBlock":
        return _markup(content)
    if kind == "Para":
        return _paragraph("Body Text", content, lookup)
    if kind == "Header" and content[1] == ["", [], []]:
        return _paragraph(f"heading {content[0]}", content[2], lookup)
    if kind == "Div" and len(content[1]) == 1 and content[1][0]["t"] == "Para":
        (identifier, classes, pairs), (paragraph,) = content
        if not identifier and not classes and [name for name, _style in pairs] == ["custom-style"]:
            return _paragraph(pairs[0][1], paragraph["c"], lookup)
    return None


def _paragraph(style: str, inlines: Sequence[Node], lookup: Lookup) -> str | None:
    found = [
        ident for kind, ident, name in lookup.styles if kind == "paragraph" and name.casefold() == style.casefold()
    ]
    runs: list[str] = []
    if len(found) != 1 or not inlines or not _wrote(inlines, frozenset(), runs):
        return None
    return f'<w:p><w:pPr><w:pStyle w:val="{escape(found[0])}" /></w:pPr>{"".join(runs)}</w:p>'


def _wrote(inlines: Sequence[Node], signs: frozenset[str], runs: list[str]) -> bool:
    """Whether the inlines could be written to `runs`: words with single spaces between them are one."""
    words = ""
    for inline, behind in zip(inlines, [*inlines[1:], None], strict=True):
        kind = inline["t"]
        if kind == "Str" and _WORD.fullmatch(inline["c"]):
            words += inline["c"]
        elif kind == "Space" and words and behind is not None and behind["t"] == "Str":
            words += " "
        else:
            runs.append(_run(words, signs))
            words = ""
            if not _wrote_other(inline, signs, runs):
                return False
    runs.append(_run(words, signs))
    return True


def _wrote_other(inline: Node, signs: frozenset[str], runs: list[str]) -> bool:
    kind = inline["t"]
    if kind in {"Space", "SoftBreak"}:
        runs.append(_run(" ", signs))
        return True
    if kind in _SIGNS and kind not in signs:
        return _wrote(inline["c"], signs | {kind}, runs)
    markup = _markup(inline["c"]) if kind == "RawInline" else None
    runs.append(markup or "")
    return markup is not None


def _run(text: str, signs: frozenset[str]) -> str:
    said = "".join(markup for kind, markup in _SIGNS.items() if kind in signs)
    properties = f"<w:rPr>{said}</w:rPr>" if said else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{_escaped(text)}</w:t></w:r>' if text else ""


def _escaped(text: str) -> str:
    return escape(text).replace("&#x27;", "&#39;")


def _markup(raw: Sequence[str]) -> str | None:
    return raw[1] if raw[0] == "openxml" and _MARKUP.fullmatch(raw[1]) else None
