"""Tables that pandoc would read as something else, or without some of their cells, and not say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity
from rapportbygger.messages import _
from rapportbygger.model import Text

_DELIMITER = re.compile(r"[\s>]*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
_ROW = re.compile(r"[ >]{0,3}\|.*\|.*\|\s*")
_LEAD = re.compile(r"[\s>]*(?:(?:[-*+]|\d+[.)])\s+)?(?=\|)")
_FENCE = re.compile(r"\s*(```|~~~)")
_CELL = re.compile(r"(?:\\.|`[^`]*`|[^|\\`]|[\\`])+")
_ESCAPING = re.compile(r"[\\`]")
_OTHER = re.compile(r"\s*\+[-=:]|.*\$\$")
"""The lines of a grid table; a formula, where `|` means something else."""


def problems(text: Text) -> Problems:
    """A warning for each row with more cells than its table has columns, and for each row outside of a table."""
    if "|" not in text.markdown:
        return ()
    found = (block for block in _blocks(text.markdown) if any("|" in line for line in block[1]))
    return tuple(problem for first, lines in found for problem in _in_block(text, first, lines))


def _blocks(markdown: str) -> Iterator[tuple[int, list[str]]]:
    """The runs of lines between blank ones and those of colons, outside of code, each with its first line's number."""
    block: list[str] = []
    fence = ""
    for number, line in enumerate((*markdown.split("\n"), "")):
        mark = _FENCE.match(line)
        inside = bool(fence)
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        if line.strip() and not inside and not mark and not line.lstrip().startswith(":::"):
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _in_block(text: Text, first: int, lines: list[str]) -> Iterator[Diagnostic]:
    if any(_OTHER.match(line) for line in lines):
        return
    if len(lines) > 1 and "|" in lines[0] and "|" in lines[1] and _DELIMITER.fullmatch(lines[1]):
        columns = _cells(lines[1])
        for number, line in enumerate(lines):
            if not line.lstrip().startswith(":") and _cells(line) > columns:
                yield _too_many(_place(text, first + number), _cells(line), columns)
        return
    row = next((number for number, line in enumerate(lines) if _ROW.fullmatch(line)), None)
    if row is not None:
        yield _outside(_place(text, first + row))


def _cells(line: str) -> int:
    if line.startswith("|") and line.endswith("|", 1) and not _ESCAPING.search(line):  # as most are
        return line.count("|") - 1
    inner = _LEAD.sub("", line, count=1).strip()
    inner = re.sub(r"(?<!\\)\|$", "", inner.removeprefix("|"))
    return _CELL.sub("", inner).count("|") + 1


def _too_many(at: Location, cells: int, columns: int) -> Diagnostic:
    message = _("the row has {cells} cells, but the table {columns} columns; what is over is left out")
    hint = _("take away what is over, or write «{escaped}» for «|» in the text of a cell").format(escaped=r"\|")
    return Diagnostic("table-row", message.format(cells=cells, columns=columns), at, hint, Severity.WARNING)


def _outside(at: Location) -> Diagnostic:
    hint = _("a table has a blank line before it and none in it, and under its first row a line such as «{line}»")
    hint = hint.format(line="|---|---|")
    return Diagnostic("table-row", _("the row of a table stands outside of a table"), at, hint, Severity.WARNING)


def _place(text: Text, number: int) -> Location:
    return Location(text.chapter.file, text.lines[number] if number < len(text.lines) else 0, 1)
