"""What the layout says about itself: on which page things stand, and where footnotes have broken a paragraph badly."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any


@dataclass(frozen=True, slots=True)
class Layout:
    """A typeset document. `pages` gives the page number of everything with an id, as it is printed on the page.

    `before` is how many pages come before the one that is numbered 1.
    """

    pdf: bytes
    pages: Mapping[str, int]
    page_count: int
    before: int = 0


def pages_of(found: Mapping[str, Any]) -> dict[str, int]:
    """Page numbers by id."""
    return {str(identifier): int(page) for identifier, page in found["pages"]}


Note = tuple[int, int | None]
"""Of a footnote: its paragraph, and the heading right above that."""


def faults(found: Mapping[str, Any], notes: Sequence[Note], done: Collection[int]) -> dict[int, list[int]]:
    """The paragraphs to be written in parts, with the first words of those.

    Rule 8: Typst moves a line whose footnote does not fit without a look at widows (typst#5376) or at the heading
    above, and may leave the footnote itself behind (typst#5314). The parts are two lines, the lines between, two lines.
    """
    headings = dict(notes)
    apart = set(_parted(found, notes))
    out = {}
    for paragraph, marks in groupby(sorted(found["words"]), key=lambda word: int(word[0])):
        lines = list(_lines([(int(n), int(page), round(float(y), 1)) for _, n, page, y in marks]))
        pages = [page for _, page in lines]
        widow = pages[0] != pages[-1] and 1 in (pages.count(pages[0]), pages.count(pages[-1]))
        heading = headings.get(paragraph)
        orphan = heading is not None and found["headings"][heading] != pages[0]
        if paragraph not in done and (widow or orphan or paragraph in apart):
            # rule 7: paragraphs of three lines are never split
            out[paragraph] = [] if len(lines) <= 3 else sorted({lines[2][0], lines[-2][0]})
    return out


def _parted(found: Mapping[str, Any], notes: Sequence[Note]) -> Iterator[int]:
    """The paragraphs with a footnote that is printed on another page than it is called on."""
    printed = {int(n): page for n, page in reversed(found["notes"])}
    for i, page in enumerate(found["calls"][: len(notes)]):
        if printed.get(i + 1, page) != page:
            yield notes[i][0]


def _lines(marks: Sequence[tuple[int, int, float]]) -> Iterator[tuple[int, int]]:
    """(first word, page) of each line."""
    last = None
    for n, page, y in marks:
        if (page, y) != last:
            yield n, page
        last = page, y
