"""Typst's source of inlines that are nothing but words: as pandoc writes it, without asking pandoc.

Whatever pandoc may write otherwise than sign by sign (what would begin a list or a heading, blanks at an end, line
breaks) is left to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapportbygger.nodes import Node

_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "#$*<>@[\\]_`~"} | {"\xa0": "~"})
_WORD = re.compile(r"(?!.*//)[!-~\xa0-\xac\xae-\u02ff\u2010-\u2027\u20ac\u2212]+")
"""What is seen, and no line break: blanks behind what takes no place are pandoc's to judge."""
_LEFT_AT_START = re.compile(r"[-+=/]|\d+\.\Z")
_CALLS = {"Emph": "#emph[", "Strong": "#strong[", "Superscript": "#super[", "Subscript": "#sub["}
_RAW = re.compile(r"\S(?:[^\n]*\S)?")


def written(inlines: Sequence[Node]) -> str | None:
    """What pandoc writes of the inlines of a Plain block, without wrapping; None where it has to be asked.

    >>> written([{"t": "Str", "c": "a_b"}, {"t": "Space"}, {"t": "Emph", "c": [{"t": "Str", "c": "c"}]}])
    'a\\\\_b #emph[c]'
    """
    out: list[str] = []
    own = inlines[:-1] if inlines and inlines[-1]["t"] == "Space" else inlines  # none at the end of a line
    return "".join(out) if _wrote(own, out) else None


def _wrote(inlines: Sequence[Node], out: list[str]) -> bool:
    """Whether the inlines could be written to `out`."""
    begins, blank = True, True
    for inline in inlines:
        kind = inline["t"]
        if kind in {"Space", "SoftBreak"}:
            if blank:
                return False
            out.append(" ")
            blank = True
            continue
        said = _text(inline["c"], begins, blank) if kind == "Str" else _other(inline)
        if said is None:
            return False
        out.append(said)
        begins = blank = False
    return not blank


def _text(text: str, begins: bool, blank: bool) -> str | None:
    """A text as Typst reads it; a parenthesis or a semicolon may belong to what stands before it."""
    if not begins and text.isalnum():
        return text
    if not _WORD.fullmatch(text) or (begins and _LEFT_AT_START.match(text)):
        return None
    ends = text[0] == ";" or (text[0] == "(" and (begins or not blank))
    return ("\\" if ends else "") + text.translate(_ESCAPED)


def _other(inline: Node) -> str | None:
    """Words in a call, a footnote of one paragraph, or a call as it is."""
    kind = inline["t"]
    if kind in _CALLS:
        return _called(_CALLS[kind], inline["c"])
    if kind == "Note" and len(inline["c"]) == 1 and inline["c"][0]["t"] in ("Para", "Plain"):
        return _called("#footnote[", inline["c"][0]["c"])
    if kind == "RawInline" and inline["c"][0] == "typst" and _RAW.fullmatch(inline["c"][1]):
        return str(inline["c"][1])
    return None


def _called(opening: str, inlines: Sequence[Node]) -> str | None:
    inside: list[str] = []
    return f"{opening}{''.join(inside)}]" if _wrote(inlines, inside) else None
