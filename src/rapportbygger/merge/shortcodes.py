"""Quarto's shortcodes in chapters: those that are known become Markdown before Jinja, which would choke on them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapportbygger import fences

_PAGE_BREAK = re.compile(r"([ \t>*+-]*)\{\{<\s*pagebreak\s*>\}\}\s*")


def as_markdown(text: str) -> str:
    """The text with `{{< pagebreak >}}`, alone on a line and not in code, as `\\newpage`: no line is moved.

    What stands before it stays: inside a list or a quote it is told of later, and does not end them.
    """
    return "\n".join(_lines(text)) if "{{<" in text else text


def _lines(text: str) -> Iterator[str]:
    for line, code in fences.lines(text):
        found = None if code else _PAGE_BREAK.fullmatch(line)
        yield line if found is None else f"{found[1]}\\newpage"
