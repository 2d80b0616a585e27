"""Headers and footers of landscape pages: copies of the others, with tab stops that follow the width of the text."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from lxml import etree

from rapportbygger.theme.properties import inherit, paragraph_properties, whole
from rapportbygger.theme.styles import style_sheet
from rapportbygger.theme.turning import moved
from rapportbygger.write.docx import ooxml
from rapportbygger.write.docx.ooxml import Element, R, W, required, value
from rapportbygger.write.docx.package import Parts
from rapportbygger.write.docx.paragraphs import BEFORE_TABS, put, style_of

_RELATIONS, _TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
_REFERENCES = (W + "headerReference", W + "footerReference")
_APART = (W + "tbl", W + "txbxContent")
"""What has a width of its own."""


def turn_stories(sections: Sequence[Element], page: Element, parts: Parts, styles: Element) -> dict[str, bytes]:
    """The parts that are new or changed, to which the landscape sections now refer; `page` is an upright one."""
    if not sections:
        return {}
    widths = _text_width(page), _text_width(sections[0])
    stops = _Stops(styles)
    relations, types = (etree.fromstring(parts[name]) for name in (_RELATIONS, _TYPES))
    targets = {relation.get("Id", ""): relation for relation in relations}
    out: dict[str, bytes] = {}
    for identifier in dict.fromkeys(_identifiers(sections)):
        part = f"word/{targets[identifier].get('Target', '')}"
        root = etree.fromstring(parts[part])
        if stops.follow(root, *widths):
            name = _new_name(part)
            out[name] = ooxml.serialise(root)
            out |= {_relations_of(name): parts[old] for old in [_relations_of(part)] if old in parts}
            _copy(targets[identifier], Id=f"{identifier}turned", Target=name.removeprefix("word/"))
            _copy(next(each for each in types if each.get("PartName") == f"/{part}"), PartName=f"/{name}")
            _refer(sections, identifier)
    return out | {_RELATIONS: ooxml.serialise(relations), _TYPES: ooxml.serialise(types)} if out else {}


def _identifiers(sections: Iterable[Element]) -> list[str]:
    return [each.get(R + "id", "") for section in sections for each in section.iter(*_REFERENCES)]


def _refer(sections: Iterable[Element], identifier: str) -> None:
    for reference in [each for section in sections for each in section.iter(*_REFERENCES)]:
        if reference.get(R + "id") == identifier:
            reference.set(R + "id", f"{identifier}turned")


def _copy(element: Element, **changes: str) -> None:
    new = copy.deepcopy(element)
    for name, said in changes.items():
        new.set(name, said)
    element.addnext(new)


def _new_name(part: str) -> str:
    path = PurePosixPath(part)
    return str(path.with_name(f"{path.stem}turned.xml"))


def _relations_of(part: str) -> str:
    path = PurePosixPath(part)
    return str(path.parent / "_rels" / f"{path.name}.rels")


def _text_width(section: Element) -> int:
    margins = required(section, "pgMar")
    sides = sum(whole(value(margins, side)) for side in ("left", "right", "gutter"))
    return whole(value(required(section, "pgSz"), "w")) - sides


class _Stops:
    """The tab stops of paragraphs, with those of their styles (17.3.1.38)."""

    def __init__(self, styles: Element) -> None:
        self._sheet = style_sheet(styles, None)

    def follow(self, story: Element, old: int, new: int) -> bool:
        """Move the stops in a header or footer that belong to the text's width; whether there were any."""
        found = False
        for paragraph in story.iter(W + "p"):
            if next(paragraph.iterancestors(*_APART), None) is None:
                found = self._moved(paragraph, old, new) or found
        return found

    def _moved(self, paragraph: Element, old: int, new: int) -> bool:
        stops = self._sheet.own(style_of(paragraph) or self._sheet.default()).get("tabs", ())
        inherited = [position for _, position, _ in stops]
        own = paragraph_properties(paragraph.find(W + "pPr")).get("tabs", ())
        before = {stop[1]: stop for stop in inherit({"tabs": stops}, {"tabs": own})["tabs"]}
        after = {stop[1]: stop for stop in (moved(stop, old, new) for stop in before.values())}
        if after.keys() == before.keys():
            return False
        gone = [position for position in inherited if position not in after]
        put(
            paragraph,
            ooxml.element(ooxml.tab_stops(sorted(after.values(), key=lambda stop: stop[1]), gone)),
            BEFORE_TABS,
        )
        return True
