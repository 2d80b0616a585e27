"""Entries of the contents without a number: the room that their style keeps for one would catch a short heading's page.

Such room is a tab stop, or a hanging indent, which is one too (17.3.1.12): «Om» would get its page right behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapportbygger.theme.properties import Properties
from rapportbygger.theme.styles import style_sheet
from rapportbygger.write.docx import ooxml
from rapportbygger.write.docx.ooxml import Element, W, value
from rapportbygger.write.docx.paragraphs import BEFORE_INDENT, BEFORE_TABS, put


@dataclass(frozen=True, slots=True)
class Room:
    """The room for a number in a style: its tab stops, whether lines hang, and where the first begins (in twips)."""

    stops: tuple[int, ...]
    hangs: bool
    begin: int


def without_room(styles: Element) -> None:
    """The styles of contents where no heading has a number: so they hold when Word itself makes the contents anew."""
    rooms = dict(_rooms(styles))
    for style in styles.iter(W + "style"):
        if room := rooms.get(value(style, "styleId")):
            _clear(style, room)


def unnumbered_entries(styled: Mapping[str, Sequence[Element]], styles: Element) -> None:
    """Entries without a number, among others that have one. `styled` are the paragraphs by their styles."""
    for style, room in _known_rooms(styles).items():
        for entry in styled.get(style, ()):
            if len(list(entry.iter(W + "tab"))) == 1:
                _clear(entry, room)


@lru_cache(maxsize=8)
def _known_rooms(styles: Element) -> dict[str, Room]:
    return dict(_rooms(styles))


def _rooms(styles: Element) -> Iterator[tuple[str, Room]]:
    """The styles of contents that have room for a number, by their ids."""
    sheet = style_sheet(styles, None)
    for ident in filter(re.compile(r"TOC[1-9]").fullmatch, sheet.by_id):
        room = _room(sheet.own(ident))
        if room.stops or room.hangs:
            yield ident, room


def _room(said: Properties) -> Room:
    stops = tuple(position for align, position, _leader in said.get("tabs", ()) if align in ("left", "start"))
    hanging = min(said.get("first", 0), 0)
    return Room(stops, hanging < 0, said.get("left", 0) + hanging)


def _clear(owner: Element, room: Room) -> None:
    """A paragraph or style does without the room that its style has."""
    if room.stops:
        own = [_stop(tab) for tab in owner.iterfind(f"{W}pPr/{W}tabs/{W}tab")]
        kept = [stop for stop in own if stop[1] not in room.stops]
        put(owner, ooxml.element(ooxml.tab_stops(kept, room.stops)), BEFORE_TABS)
    if room.hangs:
        own_indent = owner.find(f"{W}pPr/{W}ind")
        right = "" if own_indent is None else value(own_indent, "right") or value(own_indent, "end")
        put(owner, ooxml.element(ooxml.indent(room.begin, right)), BEFORE_INDENT)


def _stop(tab: Element) -> tuple[str, int, str]:
    return value(tab), int(value(tab, "pos")), value(tab, "leader") or "none"
