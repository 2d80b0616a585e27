"""What a Word template says itself: the paragraphs of its cover, headers and footers, and its sections."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from rapportbygger.fonts import Face
from rapportbygger.theme.line_height import line_of
from rapportbygger.theme.look import Look, Paragraph, Picture, Piece, Section, Style
from rapportbygger.theme.properties import (
    Element,
    Properties,
    W,
    child,
    inherit,
    is_on,
    number,
    paragraph_properties,
    run_properties,
    value,
)
from rapportbygger.theme.stand_ins import StandIns
from rapportbygger.theme.styles import StyleSheet

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
EMU_IN_A_TWIP = 635


@dataclass(frozen=True, slots=True)
class StoryReader:
    """Reads paragraphs with the styles and fonts they use."""

    sheet: StyleSheet
    fonts: StandIns

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

    def paragraph(self, paragraph: Element, part: Part) -> Paragraph:
        """A `w:p`. An empty one is as high as its mark's own letters."""
        ppr = child(paragraph, "pPr")
        style_id = value(child(ppr, "pStyle")) or self.sheet.default()
        effective = inherit(self.sheet.effective(style_id), paragraph_properties(ppr))
        pieces = tuple(self._pieces(paragraph, effective, part))
        if not pieces:
            effective = inherit(effective, self._run(child(ppr, "rPr")))
        name = value(child(self.sheet.by_id.get(style_id), "name")).casefold()
        return Paragraph(self.style(name, effective), pieces)

    def _run(self, rpr: Element | None) -> Properties:
        own = self.sheet.own(value(child(rpr, "rStyle")))
        return inherit(own, run_properties(rpr, self.sheet.fonts))

    def _pieces(self, paragraph: Element, effective: Properties, part: Part) -> Iterator[Piece]:
        for run, field in _runs(paragraph):
            look = self.look(inherit(effective, self._run(child(run, "rPr"))))
            if field:
                yield Piece(field, look)
            else:
                yield from (piece for item in run for piece in _piece(item, look, part))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the template's zip file, and the others, which its relationships lead to."""

    parts: Mapping[str, bytes]
    name: str

    def related(self, relationship: str) -> str:
        """The name of the part that a relationship id leads to, "" if there is none."""
        folder, file = posixpath.split(self.name)
        relationships = self.parts.get(f"{folder}/_rels/{file}.rels")
        if relationships is None:
            return ""
        targets = {e.get("Id"): e.get("Target", "") for e in etree.fromstring(relationships).iter(_RELATIONSHIP)}
        target = posixpath.normpath(posixpath.join("/" + folder, targets.get(relationship, ""))).lstrip("/")
        return target if target in self.parts else ""

    def open(self, relationship: str) -> tuple[Element, Part] | None:
        """The XML that a relationship id leads to, and its part."""
        name = self.related(relationship)
        return (etree.fromstring(self.parts[name]), Part(self.parts, name)) if name else None


# ------------------------------------------------------------------------------------------------ what stands in a run

_LIVE = ("PAGE", "NUMPAGES")
_SIGNS = {"tab": "tab", "ptab": "tab", "cr": "line"}
_CHARACTERS = {"noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


def _runs(paragraph: Element) -> Iterator[tuple[Element, str]]:
    """Each run that shows something, with the name of the live field (PAGE, NUMPAGES) that it is the result of, or "".

    Of such a field's result only the first run is given (§17.16.18). Other fields show the result they have.
    """
    state, instruction = "", ""
    for run in paragraph.iter(W + "r"):
        simple = run.getparent()
        if simple is not None and simple.tag == W + "fldSimple" and (name := _live(value(simple, "instr"))):
            if simple.index(run) == 0:
                yield run, name
            continue
        kind = value(child(run, "fldChar"), "fldCharType")
        if kind == "begin":
            state, instruction = "instruction", ""
        elif kind == "separate":
            state = "live" if _live(instruction) else ""
        elif kind == "end":
            if state in ("live", "instruction") and (name := _live(instruction)):
                yield run, name
            state = ""
        elif state == "instruction":
            instruction += "".join(text.text or "" for text in run.iter(W + "instrText"))
        elif state == "":
            yield run, ""


def _live(instruction: str) -> str:
    words = instruction.split()
    return words[0].upper() if words and words[0].upper() in _LIVE else ""


def _piece(item: Element, look: Look, part: Part) -> Iterator[Piece]:
    kind = etree.QName(item).localname
    if kind == "t" and item.text:
        yield Piece("text", look, item.text)
    elif kind in _CHARACTERS:
        yield Piece("text", look, _CHARACTERS[kind])
    elif kind in _SIGNS:
        yield Piece(_SIGNS[kind], look)
    elif kind == "br":
        yield Piece("page" if value(item, "type") == "page" else "line", look)
    elif kind in ("drawing", "AlternateContent") and (picture := _picture(item, part)) is not None:
        yield Piece("picture", look, picture=picture)


def _picture(drawing: Element, part: Part) -> Picture | None:
    blip, extent = drawing.find(f".//{_A}blip"), drawing.find(f".//{_WP}extent")
    name = part.related(blip.get(_R + "embed", "")) if blip is not None else ""
    if not name or extent is None:
        return None
    width, height = (int(extent.get(side, "0")) // EMU_IN_A_TWIP for side in ("cx", "cy"))
    described = drawing.find(f".//{_WP}docPr")
    alt = described.get("descr", "") if described is not None else ""
    return Picture(part.parts[name], posixpath.splitext(name)[1], width, height, alt)


# ------------------------------------------------------------------------------------------------------------ sections


def cover_of(body: Element, reader: StoryReader, part: Part) -> tuple[tuple[Paragraph, ...], Section | None, Section]:
    """The cover, the section it is, and the last section, which holds the text.

    The cover is all before the last section; where there is only one, it is what the template says above the text.
    """
    sections: list[Section] = []
    elements = list(body.iter(W + "sectPr"))
    for element in elements:
        sections.append(section_of(element, reader, part, sections[-1] if sections else Section()))
    inside = [parent for element in elements if (parent := element.getparent()) is not None and parent is not body]
    last = inside[-1].getparent() if inside else None
    cover = tuple(_before(body, last, reader, part))
    if last is None and not any(piece.text or piece.picture for paragraph in cover for piece in paragraph.pieces):
        cover = ()
    return cover, sections[len(inside) - 1] if inside else None, sections[-1] if sections else Section()


def _before(body: Element, last: Element | None, reader: StoryReader, part: Part) -> Iterator[Paragraph]:
    for element in body:
        for paragraph in [element] if element.tag == W + "p" else element.iter(W + "p"):
            yield reader.paragraph(paragraph, part)
        if element is last:
            return


def section_of(section: Element, reader: StoryReader, part: Part, before: Section) -> Section:
    """A `w:sectPr` (§17.6). A header or footer that it does not name is the one of the section before."""
    size, margins = child(section, "pgSz"), child(section, "pgMar")
    stories = {
        f"{value(reference, 'type')} {etree.QName(reference).localname}": _story(reference, reader, part)
        for reference in section
        if reference.tag in (W + "headerReference", W + "footerReference")
    }
    return Section(
        width=number(size, "w", before.width),
        height=number(size, "h", before.height),
        top=abs(number(margins, "top", before.top)),
        bottom=abs(number(margins, "bottom", before.bottom)),
        left=number(margins, "left", before.left) + number(margins, "gutter"),
        right=number(margins, "right", before.right),
        header_distance=number(margins, "header", before.header_distance),
        footer_distance=number(margins, "footer", before.footer_distance),
        start=number(child(section, "pgNumType"), "start"),
        title_page=is_on(child(section, "titlePg")),
        header=stories.get("default headerReference", before.header),
        footer=stories.get("default footerReference", before.footer),
        first_header=stories.get("first headerReference", before.first_header),
        first_footer=stories.get("first footerReference", before.first_footer),
    )


def _story(reference: Element, reader: StoryReader, part: Part) -> tuple[Paragraph, ...]:
    opened = part.open(reference.get(_R + "id", ""))
    if opened is None:
        return ()
    story, own_part = opened
    return tuple(reader.paragraph(paragraph, own_part) for paragraph in story.iter(W + "p"))
