"""Tables with pipes, in which every row has as many cells as the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from itertools import chain
from operator import add

from rapportbygger.nodes import Node, attr
from rapportbygger.plain_markdown import words, written_attributes

_TABLE = re.compile(
    rf"((?:\|[^\n]*\|(?:\n|\Z))+)(?:\n: ((?=\S)[^\n]*[^\s{{}}])(?:(?<!\.) ({written_attributes.WRITTEN}))?)?"
)
_RULE = re.compile(r"\|(?: *:?-+:? *\|)+")
_ALIGNMENTS = {
    (False, False): "AlignDefault",
    (True, False): "AlignLeft",
    (False, True): "AlignRight",
    (True, True): "AlignCenter",
}
"""By whether a colon stands before and behind the hyphens."""
_LONGEST_LINE = 80
"""Signs: where a line is longer, columns are as wide as their hyphens say (pandoc's `columns`)."""


def read(markdown: str) -> list[Node] | None:
    """A table, with its caption behind it; None where pandoc has to be asked."""
    found = _TABLE.fullmatch(markdown)
    lines = found[1].rstrip("\n").split("\n") if found else []
    if not found or len(lines) < 3 or not _RULE.fullmatch(lines[1]) or bool(found[2]) == found[1].endswith("|"):
        return None
    rules, rows = _cells(lines[1]), [_cells(line) for line in (lines[0], *lines[2:])]
    texts = words.of_each([found[2] or "", *chain.from_iterable(rows)])
    attributes = written_attributes.read(found[3] or "")
    columns = _columns(rules, lines)
    if texts is None or attributes is None or columns is None or not any(rows[0]) or {*map(len, rows)} != {len(rules)}:
        return None
    caption, cells = _blocks(texts[0]), [[attr(), {"t": "AlignDefault"}, 1, 1, _blocks(each)] for each in texts[1:]]
    made = [[attr(), cells[at : at + len(rules)]] for at in range(0, len(cells), len(rules))]
    head, body = [attr(), made[:1]], [[attr(), 0, [], made[1:]]]
    return [{"t": "Table", "c": [attributes, [None, caption], columns, head, body, [attr(), []]]}]


def _cells(line: str) -> list[str]:
    return [cell.strip(" ") for cell in line[1:-1].split("|")]


def _blocks(inlines: list[Node]) -> list[Node]:
    return [{"t": "Plain", "c": inlines}] if inlines else []


def _columns(rules: Sequence[str], lines: Sequence[str]) -> list[list[Node]] | None:
    """Where cells stand in the columns, and how wide these are; None where only the rule is long."""
    wide = max(map(len, (lines[0], *lines[2:]))) > _LONGEST_LINE
    if not wide and len(lines[1]) > _LONGEST_LINE:
        return None
    aligned = [{"t": _ALIGNMENTS[rule[0] == ":", rule[-1] == ":"]} for rule in rules]
    if not wide:
        return [[each, {"t": "ColWidthDefault"}] for each in aligned]
    shares = [len(rule) / sum(map(len, rules)) for rule in rules]
    whole = max(1.0, reduce(add, shares))  # pandoc's own rounding; `sum` does better from Python 3.12 on
    return [[each, {"t": "ColWidth", "c": share / whole}] for each, share in zip(aligned, shares, strict=True)]
