"""Which lines of Markdown are code between fences (``` or ~~~), where nothing means what it means elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FENCE = re.compile(r"[\s>]*(`{3,}(?=[^`]*$)|~{3,})(.*)")


def lines(markdown: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it is code or a fence of it. A closing fence has nothing after its signs."""
    fence = ""
    for line in markdown.split("\n"):
        before, fence = fence, _after(line, fence)
        yield line, bool(before or fence)


def without_code(markdown: str) -> str:
    """The text with an empty line for every line of code."""
    return "\n".join("" if code else line for line, code in lines(markdown))


def _after(line: str, fence: str) -> str:
    """The signs that the code after the line began with ("": no code), where it was `fence` before it."""
    found = _FENCE.match(line)
    if found is None:
        return fence
    if not fence:
        return found[1]
    return "" if found[1].startswith(fence) and not found[2].strip() else fence
