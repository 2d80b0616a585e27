"""Pictures and shapes in a template: in the line, or floating at a place on the page.

Sections are of ECMA-376 part 1; lengths in DrawingML are EMU, 635 to a twip.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapportbygger.theme.colours import Palette, drawn_colour
from rapportbygger.theme.look import Picture, Placement, Shape, Story
from rapportbygger.theme.markup import MC, PACKAGE, WP, WPS, A, R, W, tree
from rapportbygger.theme.properties import Element, whole

EMU_IN_A_TWIP = 635
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")
"""What Typst can show."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the template's zip file, and the others, which its relationships lead to."""

    parts: Mapping[str, bytes]
    name: str

    @property
    def content(self) -> bytes:
        """Its XML."""
        return self.parts[self.name]

    @property
    def relationships(self) -> bytes | None:
        """The part with its relationships, if it has any."""
        folder, file = posixpath.split(self.name)
        return self.parts.get(f"{folder}/_rels/{file}.rels")

    def related(self, relationship: str) -> str:
        """The name of the part that a relationship id leads to, "" if there is none."""
        if self.relationships is None:
            return ""
        target = _targets(self.relationships).get(relationship, "")
        found = posixpath.normpath(posixpath.join("/" + posixpath.dirname(self.name), target)).lstrip("/")
        return found if found in self.parts else ""

    def opened(self, relationship: str) -> Part | None:
        """The part that a relationship id leads to."""
        name = self.related(relationship)
        return Part(self.parts, name) if name else None


@lru_cache(maxsize=32)
def _targets(relationships: bytes) -> Mapping[str, str]:
    """Where relationships lead to, by their ids."""
    return {e.get("Id", ""): e.get("Target", "") for e in tree(relationships).iter(PACKAGE + "Relationship")}


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a drawing shows, a picture or a shape; `placement` is None where it stands in the line."""

    picture: Picture | None = None
    shape: Shape | None = None
    placement: Placement | None = None


def drawings(run: Element) -> Iterator[Element]:
    """The frames of the drawings in a run, or in the alternative of it that this program understands (part 3, 10)."""
    for frame in run.iter(WP + "inline", WP + "anchor"):
        if not any(outer.tag == MC + "Fallback" or outer.tag == W + "txbxContent" for outer in _inside(frame, run)):
            yield frame


def _inside(element: Element, run: Element) -> Iterator[Element]:
    for outer in element.iterancestors():
        if outer is run:
            return
        yield outer


def read(frame: Element, part: Part, theme: Palette, story: Callable[[Element], Story]) -> Drawing | None:
    """The drawing in a frame; `story` reads the paragraphs of a text box. None for what only Word can draw."""
    placement = _placement(frame) if frame.tag == WP + "anchor" else None
    picture = _picture(frame, part)
    if picture is not None:
        return Drawing(picture=picture, placement=placement)
    shape = frame.find(f"{A}graphic/{A}graphicData/{WPS}wsp")
    if shape is None:
        return None
    return Drawing(shape=_shape(frame, shape, theme, story), placement=placement)


def _size(frame: Element) -> tuple[int, int]:
    extent = frame.find(WP + "extent")
    return (twips(extent, "cx"), twips(extent, "cy")) if extent is not None else (0, 0)


def twips(element: Element | None, name: str, default: int = 0) -> int:
    """An attribute in EMU as twips."""
    said = None if element is None else element.get(name)
    return default if said is None else whole(said) // EMU_IN_A_TWIP


def _picture(frame: Element, part: Part) -> Picture | None:
    blip = frame.find(f"{A}graphic/{A}graphicData//{A}blip")
    name = part.related(blip.get(R + "embed", "")) if blip is not None else ""
    if not name or posixpath.splitext(name)[1].lower() not in _PICTURES:
        return None
    described = frame.find(WP + "docPr")
    alt = described.get("descr", "") if described is not None else ""
    return Picture(part.parts[name], posixpath.splitext(name)[1].lower(), *_size(frame), alt)


# --------------------------------------------------------------------------------------------------------------- places


def _placement(anchor: Element) -> Placement:
    """§20.4.2.3."""
    across, down = anchor.find(WP + "positionH"), anchor.find(WP + "positionV")
    return Placement(
        across=_measured_from(across, "column"),
        x=_at(across),
        down=_measured_from(down, "paragraph"),
        y=_at(down),
        behind=anchor.get("behindDoc") in ("1", "true", "on"),
    )


def _measured_from(position: Element | None, default: str) -> str:
    return default if position is None else position.get("relativeFrom", default)


def _at(position: Element | None) -> int | str:
    if position is None:
        return 0
    align, offset = position.find(WP + "align"), position.find(WP + "posOffset")
    if align is not None:
        return (align.text or "left").strip()
    return whole(offset.text or "") // EMU_IN_A_TWIP if offset is not None else 0


# --------------------------------------------------------------------------------------------------------------- shapes

_ANCHORS = {"t": "top", "ctr": "center", "b": "bottom"}


def _shape(frame: Element, shape: Element, theme: Palette, story: Callable[[Element], Story]) -> Shape:
    """A `wps:wsp` as the rectangle that it stands in, with its text."""
    look, body = shape.find(WPS + "spPr"), shape.find(WPS + "bodyPr")
    text = shape.find(f"{WPS}txbx/{W}txbxContent")
    line = None if look is None else look.find(A + "ln")
    colour = _themed(shape, line, "lnRef", theme)
    sides = (("lIns", 144), ("tIns", 72), ("rIns", 144), ("bIns", 72))
    left, top, right, bottom = (twips(body, name, default) for name, default in sides)
    return Shape(
        *_size(frame),
        fill=_themed(shape, look, "fillRef", theme),
        line=colour,
        line_size=twips(line, "w", 15) if colour else 0,
        insets=(left, top, right, bottom),
        anchor=_ANCHORS.get(body.get("anchor", "t") if body is not None else "t", "top"),
        story=story(text) if text is not None else (),
    )


def _themed(shape: Element, own: Element | None, style: str, theme: Palette) -> str:
    """A solid fill of its own, none, or that of the theme's style for it (§20.1.4.1.10, §20.1.4.1.19)."""
    if own is not None and own.find(A + "noFill") is not None:
        return ""
    said = drawn_colour(None if own is None else own.find(A + "solidFill"), theme)
    themed = shape.find(f"{WPS}style/{A}{style}")
    return said or ("" if themed is None or themed.get("idx") == "0" else drawn_colour(themed, theme))
