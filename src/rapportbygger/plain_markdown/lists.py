"""Lists with a line for each item, with bullets or numbers, or one with numbers behind one with bullets."""

from __future__ import annotations

import re

from rapportbygger.nodes import Node
from rapportbygger.plain_markdown import words

_ITEM, _NUMBER = re.compile(r"- (?=\S)"), re.compile(r"\d{1,2}\. (?=\S)")


def read(markdown: str) -> list[Node] | None:
    """The lists of a text; None where pandoc has to be asked."""
    bullets, _blank, numbers = markdown.partition("\n\n") if markdown.startswith("-") else ("", "", markdown)
    items, numbered = _items(bullets, _ITEM), _items(numbers, _NUMBER)
    if items is None or numbered is None or (numbers and not numbers.startswith("1. ")):
        return None
    start = [1, {"t": "Decimal"}, {"t": "Period"}]
    found: list[Node] = [{"t": "BulletList", "c": items}, {"t": "OrderedList", "c": [start, numbered]}]
    return [each for each, text in zip(found, (bullets, numbers), strict=True) if text]


def _items(text: str, mark: re.Pattern[str]) -> list[list[Node]] | None:
    """The items of a list with a line for each; None where there is more in it."""
    items: list[list[Node]] = []
    for line in text.split("\n") if text else ():
        found = mark.match(line)
        inlines = words.lines(line[found.end() :]) if found else None
        if inlines is None:
            return None
        items.append([{"t": "Plain", "c": inlines}])
    return items
