"""What a Word template says itself: the paragraphs and tables of its cover, headers, footers, cells and text boxes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from rapportbygger.fonts import Face
from rapportbygger.recent import Recent
from rapportbygger.theme import drawings, grids
from rapportbygger.theme.drawings import Part
from rapportbygger.theme.fields import runs
from rapportbygger.theme.line_height import line_of
from rapportbygger.theme.look import Grid, Look, Paragraph, Piece, Story, Style
from rapportbygger.theme.markup import WP
from rapportbygger.theme.properties import (
    Element,
    Properties,
    W,
    child,
    inherit,
    paragraph_properties,
    run_properties,
    value,
)
from rapportbygger.theme.stand_ins import StandIns
from rapportbygger.theme.styles import StyleSheet


@dataclass(frozen=True, slots=True)
class StoryReader:
    """Reads paragraphs and tables with the styles and fonts they use.

    `edge_at_margin`: a table's edge is at the margin, not the text in it (from compatibility mode 15 on).
    """

    sheet: StyleSheet
    fonts: StandIns
    edge_at_margin: bool = True
    known: Recent[bytes, Story] = field(default_factory=Recent, init=False, repr=False, compare=False)
    """The last headers and footers, by their XML."""
    _paragraphs: Recent[bytes, Paragraph] = field(default_factory=Recent, init=False, repr=False, compare=False)
    """The last paragraphs of nothing but text, likewise."""

    def face(self, properties: Properties) -> Face:
        """The font file for what is asked for, or what stands in for it."""
        return self.fonts.face(properties["font"], properties["bold"], properties["italic"])

    def look(self, properties: Properties) -> Look:
        """Letters of effective properties."""
        face = self.face(properties)
        line = line_of(face, properties["size"], properties["line"], properties["rule"])
        return Look(
            font=properties["font"],
            family=face.typst_family,
            weight=face.weight,
            size=properties["size"],
            bold=properties["bold"],
            italic=properties["italic"],
            color=properties["color"],
            caps=properties["caps"],
            smallcaps=properties["smallcaps"],
            strike=properties["strike"],
            underline=properties["underline"],
            vertical=properties["vertical"],
            tracking=properties["tracking"],
            raised=properties["raised"],
            marked=properties["marked"],
            kern=properties["kern"],
            ascent=line.ascent,
            descent=line.descent,
        )

    def style(self, name: str, properties: Properties) -> Style:
        """A paragraph style of effective properties."""
        line = line_of(self.face(properties), properties["size"], properties["line"], properties["rule"])
        return Style(
            name=name,
            look=self.look(properties),
            align=properties["align"],
            line=properties["line"],
            rule=properties["rule"],
            before=properties["before"],
            after=properties["after"],
            left=properties["left"],
            right=properties["right"],
            first=properties["first"],
            outline=properties.get("outline"),
            contextual=properties["contextual"],
            keep_next=properties["keep_next"],
            keep_lines=properties["keep_lines"],
            widow=properties["widow"],
            page_break=properties["page_break"],
            surplus=line.surplus,
            tabs=properties["tabs"],
            borders=properties["borders"],
            shading=properties["shading"],
        )

    # ----------------------------------------------------------------------------------------------------- stories

    def story(self, blocks: Iterable[Element], part: Part, table: Properties | None = None) -> Story:
        """Paragraphs and tables, also those in content controls; `table` is what a table's style says around them."""
        return tuple(self._story(blocks, part, table or {}))

    def _story(self, blocks: Iterable[Element], part: Part, table: Properties) -> Iterator[Paragraph | Grid]:
        for block in blocks:
            if block.tag == W + "p":
                yield self.paragraph(block, part, table)
            elif block.tag == W + "tbl":
                yield grids.grid(block, self, part)
            elif block.tag == W + "sdt":
                content = child(block, "sdtContent")
                yield from self._story(content, part, table) if content is not None else ()
            elif block.tag in _AROUND:
                yield from self._story(block, part, table)

    def paragraph(self, paragraph: Element, part: Part, table: Properties | None = None) -> Paragraph:
        """A `w:p`. An empty one is as high as its mark's own letters."""
        if table or any(True for _frame in paragraph.iter(WP + "inline", WP + "anchor")):
            return self._paragraph(paragraph, part, table or {})
        return self._paragraphs.of(etree.tostring(paragraph), lambda: self._paragraph(paragraph, part, {}))

    def _paragraph(self, paragraph: Element, part: Part, table: Properties) -> Paragraph:
        ppr = child(paragraph, "pPr")
        style_id = value(child(ppr, "pStyle")) or self.sheet.default()
        base = inherit(inherit(self.sheet.base, table), self.sheet.own(style_id))
        effective = inherit(base, paragraph_properties(ppr, self.sheet.fonts))
        pieces = tuple(self._pieces(paragraph, effective, part))
        if not any(piece.kind != "float" for piece in pieces):
            effective = inherit(effective, self._run(child(ppr, "rPr")))
        name = value(child(self.sheet.by_id.get(style_id), "name")).casefold()
        return Paragraph(self.style(name, effective), pieces)

    def _run(self, rpr: Element | None) -> Properties:
        own = self.sheet.own(value(child(rpr, "rStyle")))
        return inherit(own, run_properties(rpr, self.sheet.fonts))

    def _pieces(self, paragraph: Element, effective: Properties, part: Part) -> Iterator[Piece]:
        for run, live in runs(paragraph):
            properties = inherit(effective, self._run(child(run, "rPr")))
            if properties["hidden"]:
                continue
            look = self.look(properties)
            if live is not None:
                yield Piece(live.kind, look, live.text)
                continue
            yield from (piece for item in run for piece in _signs(item, look))
            yield from self._drawn(run, look, part)

    def _drawn(self, run: Element, look: Look, part: Part) -> Iterator[Piece]:
        for frame in drawings.drawings(run):
            drawing = drawings.read(frame, part, self.sheet.fonts, lambda box: self.story(box, part))
            if drawing is not None:
                kind = "picture" if drawing.placement is None else "float"
                yield Piece(kind, look, "", drawing.picture, drawing.shape, drawing.placement)


_AROUND = frozenset(W + name for name in ("ins", "moveTo", "customXml", "smartTag"))
_SIGNS = {"tab": "tab", "cr": "line"}
_CHARACTERS = {"noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


def _signs(item: Element, look: Look) -> Iterator[Piece]:
    """What a child of a run shows, but for drawings."""
    kind = etree.QName(item).localname
    if kind == "t" and item.text:
        yield Piece("text", look, item.text)
    elif kind in _CHARACTERS:
        yield Piece("text", look, _CHARACTERS[kind])
    elif kind in _SIGNS:
        yield Piece(_SIGNS[kind], look)
    elif kind == "ptab":
        yield Piece("tab", look, stop=(value(item, "alignment", "left"), value(item, "relativeTo", "margin")))
    elif kind == "br":
        yield Piece("page" if value(item, "type") == "page" else "line", look)
