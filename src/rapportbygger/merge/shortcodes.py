"""Quarto's shortcodes in chapters: those that are known become Markdown before Jinja, which would choke on them."""

from __future__ import annotations

import re

_PAGE_BREAK = re.compile(r"\s*\{\{<\s*pagebreak\s*>\}\}\s*")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")


def as_markdown(text: str) -> str:
    """The text with `{{< pagebreak >}}`, alone on a line and not in code, as `\\newpage`: no line is moved."""
    return "\n".join(_lines(text)) if "{{<" in text else text


def _lines(text: str) -> list[str]:
    out, fence = [], ""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if found and (not fence or found[1].startswith(fence)):
            fence = "" if fence else found[1]
        out.append("\\newpage" if not fence and _PAGE_BREAK.fullmatch(line) else line)
    return out
