"""Tab stops of a template at the margin that its pages have now: in contents, headers and footers."""

from __future__ import annotations

from lxml import etree

from rapportbygger.theme.properties import TabStop, whole
from rapportbygger.theme.styles import StyleSheet
from rapportbygger.write.docx import ooxml, standard_styles
from rapportbygger.write.docx.ooxml import Element, W, value
from rapportbygger.write.docx.paragraphs import BEFORE_TABS, put

_ENDS = ("right", "end")


def contents_at_margin(style: Element, name: str, sheet: StyleSheet, width: int) -> None:
    """The page in contents and lists stands at the right margin, behind a leader.

    Word itself puts the tab stop in each paragraph, not in the style; where a style has one, margins may have changed.
    """
    level = name.removeprefix("toc ") if name.startswith("toc ") else ""
    if not level.isdigit() and name != "table of figures":
        return
    stops = sheet.own(value(style, "styleId")).get("tabs", ())
    if not stops and level:
        put(style, ooxml.element(standard_styles.contents_tabs(int(level), width)), BEFORE_TABS)
        return
    last = next((stop for stop in reversed(stops) if stop[0] in _ENDS), None)
    if last is None or last[1] != width:
        leader = last[2] if last else "dot"
        put(style, ooxml.element(standard_styles.tabs(_moved(style, last, ("right", width, leader)))), BEFORE_TABS)


def _moved(style: Element, old: TabStop | None, new: TabStop) -> list[TabStop]:
    """The style's own tab stops with one in another's place; an inherited one is cleared."""
    own = [(value(tab), _position(tab), value(tab, "leader")) for tab in _own(style)]
    kept = [stop for stop in own if old is None or stop[1] != old[1]]
    cleared = [("clear", old[1], "")] if old is not None and len(kept) == len(own) else []
    return sorted([*kept, *cleared, new], key=lambda stop: stop[1])


def _own(style: Element) -> list[Element]:
    return style.findall(f"{W}pPr/{W}tabs/{W}tab")


def within_margin(root: Element, width: int) -> bool:
    """Moves right tab stops that are beyond the text's width to the margin; whether there were any.

    LibreOffice loses what stands at such a stop, and Word's place for it is outside the page's own margin.
    """
    found = [tab for tab in root.iter(W + "tab") if value(tab) in _ENDS and _position(tab) > width]
    for tab in found:
        tab.set(W + "pos", str(width))
    return bool(found)


def _position(tab: Element) -> int:
    return whole(value(tab, "pos"))


def story_within_margin(data: bytes, width: int) -> bytes:
    """The part of a header or footer with its right tab stops within the margin."""
    root = etree.fromstring(data)
    return ooxml.serialise(root) if within_margin(root, width) else data
