"""Quarto's shortcodes in chapters: those that are known become Markdown before Jinja, which would choke on them."""

from __future__ import annotations

import re

_PAGE_BREAK = re.compile(r"([ \t>*+-]*)\{\{<\s*pagebreak\s*>\}\}\s*")
_FENCE = re.compile(r"[\s>]*(`{3,}(?=[^`]*$)|~{3,})(.*)")


def as_markdown(text: str) -> str:
    """The text with `{{< pagebreak >}}`, alone on a line and not in code, as `\\newpage`: no line is moved.

    What stands before it stays: inside a list or a quote it is told of later, and does not end them.
    """
    return "\n".join(_lines(text)) if "{{<" in text else text


def _lines(text: str) -> list[str]:
    out, fence = [], ""
    for line in text.split("\n"):
        fence = _fence(line, fence)
        found = None if fence else _PAGE_BREAK.fullmatch(line)
        out.append(line if found is None else f"{found[1]}\\newpage")
    return out


def _fence(line: str, fence: str) -> str:
    """The signs that the code after the line began with ("": no code), where it was `fence` before it."""
    found = _FENCE.match(line)
    if found is None:
        return fence
    if not fence:
        return found[1]
    return "" if found[1].startswith(fence) and not found[2].strip() else fence
