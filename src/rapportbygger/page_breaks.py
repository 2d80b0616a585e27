"""Page breaks as chapters write them: `\\newpage` or `\\pagebreak` alone on a line (`merge` writes Quarto's so too)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from rapportbygger.model import PAGE_BREAK
from rapportbygger.nodes import Change, Node, div

WRITTEN = ("\\newpage", "\\pagebreak", "\\clearpage")
_WORD = r"\\(?:newpage|pagebreak|clearpage)[ \t]*$"
PATTERN = rf"(?m)^[ \t>|*+-]*{_WORD}(?:\n[ \t>|]*{_WORD})*"
"""Where a page break is written in merged text; several on lines that follow each other are one."""


def _divided(block: Node) -> list[Node] | None:
    """A paragraph as what stands before, between and after the lines that are page breaks."""
    if not any(inline.get("c") in WRITTEN for inline in block["c"] if inline["t"] == "Str"):
        return None
    out: list[Node] = []
    lines = [list(line) for end, line in groupby(block["c"], key=lambda inline: inline["t"] == "SoftBreak") if not end]
    for breaks, some in groupby(lines, key=_is_break):
        if breaks:
            out.append(div([], PAGE_BREAK))
        else:
            parts = [part for line in some for part in ({"t": "SoftBreak"}, *line)]
            out.append({"t": block["t"], "c": parts[1:]})
    return out


def _lines_divided(block: Node) -> list[Node] | None:
    """A line block in the same way."""
    if not any(_is_break(line) for line in block["c"]):
        return None
    out: list[Node] = []
    for breaks, lines in groupby(block["c"], key=_is_break):
        out.append(div([], PAGE_BREAK) if breaks else {"t": "LineBlock", "c": list(lines)})
    return out


def _is_break(line: list[Node]) -> bool:
    return len(line) == 1 and line[0]["t"] == "Str" and line[0]["c"] in WRITTEN


CHANGES: Mapping[str, Change] = {"Para": _divided, "Plain": _divided, "LineBlock": _lines_divided}
"""What to walk a parsed chapter with."""
