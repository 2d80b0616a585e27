"""What the template says itself, as the data that typst/stories.typ draws: covers, headers, footers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from rapportbygger.theme.look import (
    Cell,
    Grid,
    Look,
    Paragraph,
    Picture,
    Piece,
    Placement,
    Section,
    Shape,
    Story,
    Style,
)
from rapportbygger.write.pdf.spacing import gap
from rapportbygger.write.pdf.story_height import body_margins, first_margins
from rapportbygger.write.pdf.unusual import unusual_words

_STORIES = tuple(f"{kind}{name}" for kind in ("", "first_", "even_") for name in ("header", "footer"))
Data = dict[str, Any]
_PLAIN = frozenset(("text", "tab", "line", "PAGE", "NUMPAGES", "SECTIONPAGES"))


def look_data(look: Look) -> Data:
    """Letters."""
    return {field.name: getattr(look, field.name) for field in fields(look)}


def style_data(style: Style) -> Data:
    """A paragraph style with its letters."""
    own = {field.name: getattr(style, field.name) for field in fields(style) if field.name != "look"}
    return look_data(style.look) | own | {"number_indent": style.number_indent}


class StoryData:
    """Stories as data; each picture gets a file in the folder."""

    def __init__(self, folder: Path, *, sum_spacing: bool) -> None:
        self._folder, self._sum_spacing, self._pictures = folder, sum_spacing, 0

    def section(self, name: str, section: Section) -> tuple[Data, Data]:
        """A section, known by its name, and its stories; what floats on its pages stands apart there, since it is drawn
        on the whole page."""
        plain = {f.name: getattr(section, f.name) for f in fields(section) if f.name not in _STORIES}
        top, bottom = body_margins(section, sum_spacing=self._sum_spacing)
        first = first_margins(section, sum_spacing=self._sum_spacing)
        margins = {"body_top": top, "body_bottom": bottom, "first_room": [first[0] - top, first[1] - bottom]}
        drawn = {name: self._around(name, getattr(section, name), section) for name in _STORIES}
        apart = {name: [b for b in blocks if b["kind"] == "float" and b["fixed"]] for name, blocks in drawn.items()}
        rest = {name: [b for b in blocks if b not in apart[name]] for name, blocks in drawn.items()}
        floats = {f"{name}_floats": found for name, found in apart.items()}
        any_floats = any(floats.values())
        return plain | margins | {"name": name, "floats": any_floats}, rest | floats

    def _around(self, name: str, story: Story, section: Section) -> list[Data]:
        """A header or footer: the space below the last paragraph of a footer lifts it."""
        last = story[-1] if story and name.endswith("footer") else None
        below = last.style.after + last.style.surplus if isinstance(last, Paragraph) else 0
        return [*self.story(story, section), *([{"kind": "space", "gap": below}] if below else [])]

    def story(self, story: Story, section: Section) -> list[Data]:
        """Blocks with the space above each; what floats behind the text comes first on its page."""
        out: list[Data] = []
        page, above = 0, None
        for block in story:
            for data in self._block(block, above, section):
                if data["kind"] == "page":
                    page = len(out) + 1
                if data["kind"] == "float" and data["fixed"] and data["behind"]:
                    out.insert(page, data)
                    page += 1
                else:
                    out.append(data)
            above = block
        return out

    def _block(self, block: Paragraph | Grid, above: Paragraph | Grid | None, section: Section) -> Iterator[Data]:
        if isinstance(block, Grid):
            yield self._grid(block, above, section)
            return
        if block.style.page_break and above is not None:
            yield {"kind": "page"}
        space = self._space(above, block)
        for i, pieces in enumerate(_pages(block.pieces)):
            if i > 0:
                yield {"kind": "page"}
            if i == 0 or pieces:
                yield from (self._float(piece, section) for piece in pieces if piece.kind == "float")
                shown = [self._piece(piece, section) for piece in pieces if piece.kind != "float"]
                yield self._paragraph(block, shown, space if i == 0 else 0, above)

    def _paragraph(self, block: Paragraph, pieces: Sequence[Data], space: int, above: Paragraph | Grid | None) -> Data:
        style = style_data(block.style) | {"joined": space if _same_frame(above, block.style) else 0}
        text = "".join(piece["text"] for piece in pieces if piece["kind"] == "text")
        unusual = unusual_words(text) or not {piece["kind"] for piece in pieces} <= _PLAIN
        return {"kind": "paragraph", "gap": space, "style": style, "pieces": pieces, "unusual": unusual}

    def _space(self, above: Paragraph | Grid | None, block: Paragraph) -> int:
        if isinstance(above, Grid):
            return block.style.before
        return gap(above.style if above else None, block.style, sum_spacing=self._sum_spacing).amount

    def _piece(self, piece: Piece, section: Section) -> Data:
        """A number of a page has the form of its section where it says none."""
        text = (piece.text or section.number_format) if piece.kind == "PAGE" else piece.text
        data = {"kind": piece.kind, "text": text, "look": look_data(piece.look), "stop": piece.stop}
        return data | (self._picture(piece.picture) if piece.picture else {}) | self._shape(piece.shape, section)

    def _picture(self, picture: Picture) -> Data:
        self._pictures += 1
        name = f"theme-{self._pictures}{picture.suffix}"
        (self._folder / name).write_bytes(picture.data)
        return {"file": name, "width": picture.width, "height": picture.height, "alt": picture.alt}

    def _shape(self, shape: Shape | None, section: Section) -> Data:
        if shape is None:
            return {}
        plain = {f.name: getattr(shape, f.name) for f in fields(shape) if f.name != "story"}
        room = Section(width=shape.width, left=0, right=0, number_format=section.number_format)
        return {**plain, "story": self.story(shape.story, room)}

    def _float(self, piece: Piece, section: Section) -> Data:
        place, thing = piece.placement or Placement(), piece.picture or piece.shape
        width, height = (thing.width, thing.height) if thing else (0, 0)
        fixed = place.down not in ("paragraph", "line")
        at = {"x": _across(place, width, section), "y": _down(place, height, section), "fixed": fixed}
        return {**self._piece(piece, section), **at, "kind": "float", "behind": place.behind}

    def _grid(self, grid: Grid, above: Paragraph | Grid | None, section: Section) -> Data:
        space = above.style.after + above.style.surplus if isinstance(above, Paragraph) else 0
        rows = [
            {"height": row.height, "exact": row.exact, "cells": [self._cell(cell, section) for cell in row.cells]}
            for row in grid.rows
        ]
        return {**_plain(grid, "rows"), "kind": "grid", "gap": space, "rows": rows}

    def _cell(self, cell: Cell, section: Section) -> Data:
        last = cell.story[-1] if cell.story else None
        foot = last.style.after + last.style.surplus if isinstance(last, Paragraph) else 0
        return {**_plain(cell, "story"), "foot": foot, "story": self.story(cell.story, section)}


def _plain(value: Grid | Cell, inner: str) -> Data:
    return {field.name: getattr(value, field.name) for field in fields(value) if field.name != inner}


def _pages(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """A paragraph's pieces, divided at its page breaks."""
    out: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.kind == "page":
            out.append([])
        else:
            out[-1].append(piece)
    return out


def _same_frame(above: Paragraph | Grid | None, style: Style) -> bool:
    """Whether a paragraph's borders and shading go on from the one above (§17.3.1.24)."""
    if not isinstance(above, Paragraph) or not (style.borders or style.shading):
        return False
    return (above.style.borders, above.style.shading) == (style.borders, style.shading)


# --------------------------------------------------------------------------------------------------------------- places


def _across(place: Placement, width: int, section: Section) -> int:
    """How far from the page's left edge something floats (§20.4.3.4)."""
    right = section.width - section.right
    areas = {
        "page": (0, section.width),
        "leftMargin": (0, section.left),
        "insideMargin": (0, section.left),
        "rightMargin": (right, section.width),
        "outsideMargin": (right, section.width),
    }
    start, end = areas.get(place.across, (section.left, right))
    return _aligned(place.x, start, end, width)


def _down(place: Placement, height: int, section: Section) -> int:
    """How far from the page's top, or below its paragraph's (§20.4.3.5)."""
    bottom = section.height - section.bottom
    areas = {
        "page": (0, section.height),
        "topMargin": (0, section.top),
        "insideMargin": (0, section.top),
        "bottomMargin": (bottom, section.height),
        "outsideMargin": (bottom, section.height),
        "paragraph": (0, 0),
        "line": (0, 0),
    }
    start, end = areas.get(place.down, (section.top, bottom))
    return _aligned(place.y, start, end, height)


def _aligned(at: int | str, start: int, end: int, size: int) -> int:
    if isinstance(at, int):
        return start + at
    shares = {"center": 0.5, "right": 1.0, "bottom": 1.0, "outside": 1.0}
    return start + int((end - start - size) * shares.get(at, 0.0))
