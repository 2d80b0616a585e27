"""Where the values of a JSON text stand, down to a depth."""

from __future__ import annotations

import re
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_TOKEN = re.compile(r'"(?P<text>(?:[^"\\]|\\.)*)"|(?P<sign>[\[\]{},:])|(?P<line>\n)|(?P<word>[^\s\[\]{},:"]+)')


def places(text: str, depth: int = 4) -> dict[Path, tuple[int, int]]:
    """For each path in a text that is JSON, the line and column of its value, from 1. Deeper values are left out."""
    made: dict[Path, tuple[int, int]] = {}
    open_: list[str | int | None] = []  # for each open bracket the index, or the key (None: it comes next)
    line, begins = 1, 0
    for match in _TOKEN.finditer(text):
        sign = match["sign"]
        if match["line"]:
            line, begins = line + 1, match.end()
        elif sign and sign in "]}":
            open_.pop()
        elif sign == ",":
            open_[-1] = open_[-1] + 1 if isinstance(open_[-1], int) else None
        elif match["text"] is not None and open_ and open_[-1] is None:
            open_[-1] = match["text"]
        elif sign != ":":
            if len(open_) <= depth:
                made[tuple(step for step in open_ if step is not None)] = (line, match.start() - begins + 1)
            open_ += [0 if sign == "[" else None] if sign else []
    return made
