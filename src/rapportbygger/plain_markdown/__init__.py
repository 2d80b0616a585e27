"""Markdown that can be read in one way only, as pandoc reads it, without asking it.

Paragraphs, headings, lists of lines, tables with pipes, and pictures by themselves, of letters, digits and the most
common signs, with emphasis and citations. Everything else is left to pandoc.
"""

from __future__ import annotations

from rapportbygger.nodes import Node
from rapportbygger.plain_markdown import headings, lists, pictures, tables, words


def read(markdown: str) -> list[Node] | None:
    """The blocks of a text; None where pandoc has to be asked.

    >>> read("Et **nytt** ord.")[0]["c"][2]
    {'t': 'Strong', 'c': [{'t': 'Str', 'c': 'nytt'}]}
    """
    return next(reader(markdown) for begin, reader in _READERS if markdown.startswith(begin))


def _paragraph(markdown: str) -> list[Node] | None:
    inlines = words.lines(markdown)
    return None if inlines is None else [{"t": "Para", "c": inlines}]


_READERS = (
    ("|", tables.read),
    ("![", pictures.read),
    ("#", headings.read),
    ("- ", lists.read),
    ("1. ", lists.read),
    ("", _paragraph),
)
"""What reads a text that begins with these signs."""
