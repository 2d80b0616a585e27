"""Headers and footers of pages on their side: what stands at the right margin, or in the middle, does so there too.

A tab stop stays where it is when a page is turned, in Word as in LibreOffice: the page number would stand in the middle
of nowhere. Both writers move the stops that belong to the width of the text; the others are the designer's own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rapportbygger.theme.look import Paragraph, Section, Story
from rapportbygger.theme.properties import TabStop

_STORIES = tuple(f"{kind}{name}" for kind in ("", "first_", "even_") for name in ("header", "footer"))
_NEAR = 120
"""A stop this near to the margin or the middle (twips, about 2 mm) is meant to be there."""


def turned(section: Section) -> Section:
    """A section's pages on their side, with their headers and footers."""
    side = section.turned
    old, new = section.text_width, side.text_width
    stories: dict[str, Any] = {name: _moved(getattr(section, name), old, new) for name in _STORIES}
    return replace(side, **stories)


def _moved(story: Story, old: int, new: int) -> Story:
    return tuple(_paragraph(block, old, new) if isinstance(block, Paragraph) else block for block in story)


def _paragraph(paragraph: Paragraph, old: int, new: int) -> Paragraph:
    stops = tuple(moved(stop, old, new) for stop in paragraph.style.tabs)
    return replace(paragraph, style=replace(paragraph.style, tabs=tuple(sorted(stops, key=lambda stop: stop[1]))))


def moved(stop: TabStop, old: int, new: int) -> TabStop:
    """A tab stop on a line of another width, in twips."""
    align, position, leader = stop
    if align == "right" and position > old - _NEAR:
        return align, new, leader
    if align == "center" and abs(position - old // 2) <= _NEAR:
        return align, new // 2, leader
    return stop
