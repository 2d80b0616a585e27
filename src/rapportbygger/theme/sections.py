"""Sections of a template: their pages, what stands at head and foot, and which of them are the cover."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from rapportbygger.theme.colours import word_colour
from rapportbygger.theme.drawings import Part
from rapportbygger.theme.look import Grid, Section, Story
from rapportbygger.theme.markup import R, W, tree
from rapportbygger.theme.properties import Element, child, is_on, number, value
from rapportbygger.theme.story import StoryReader


@dataclass(frozen=True, slots=True)
class Front:
    """Pages before the text: their section, and what stands on them."""

    section: Section
    story: Story


@dataclass(frozen=True, slots=True)
class Layout:
    """What a template's body is: pages before the text, what stands right above it, and the section of the text."""

    fronts: tuple[Front, ...]
    opening: Story
    section: Section


def layout(document: Element, settings: Element, reader: StoryReader, part: Part) -> Layout:
    """Sections in their order: the last holds the text, and what stands in it stands above the text.

    A section that goes on where the one before ends (continuous) is one with it.
    """
    body = child(document, "body")
    body = document if body is None else body
    everywhere = Section(
        mirrored=is_on(child(settings, "mirrorMargins")),
        even_pages=is_on(child(settings, "evenAndOddHeaders")),
        background=word_colour(child(document, "background"), "color", reader.sheet.fonts),
    )
    fronts: list[Front] = []
    section = everywhere
    for blocks, element in _divided(body):
        section = replace(everywhere, start=0) if element is None else section_of(element, reader, part, section)
        fronts = _joined(fronts, Front(section, reader.story(blocks, part)))
    opening = fronts[-1].story
    if not says_something(opening):
        opening = ()
    return Layout(tuple(fronts[:-1]), opening, fronts[-1].section)


def _joined(fronts: list[Front], new: Front) -> list[Front]:
    if fronts and new.section.begins == "continuous":
        before = fronts[-1]
        section = replace(new.section, begins=before.section.begins, title_page=before.section.title_page)
        return [*fronts[:-1], Front(section, (*before.story, *new.story))]
    return [*fronts, new]


def _divided(body: Element) -> Iterator[tuple[list[Element], Element | None]]:
    """The blocks of each section, with its properties. What holds the last paragraph of a section is all of it."""
    blocks: list[Element] = []
    last: Element | None = None
    for element in body:
        if element.tag == W + "sectPr":
            last = element
            continue
        blocks.append(element)
        ends = list(element.iter(W + "sectPr"))
        if ends:
            yield blocks, ends[-1]
            blocks = []
    yield blocks, last


def says_something(story: Story) -> bool:
    """Whether there is more than empty paragraphs."""
    return any(
        isinstance(block, Grid) or any(piece.text or piece.picture or piece.shape for piece in block.pieces)
        for block in story
    )


def section_of(section: Element, reader: StoryReader, part: Part, before: Section) -> Section:
    """A `w:sectPr` (§17.6). A header or footer that it does not name is the one of the section before."""
    size, margins, numbers = (child(section, name) for name in ("pgSz", "pgMar", "pgNumType"))
    told = replace(
        before,
        width=number(size, "w", before.width),
        height=number(size, "h", before.height),
        top=abs(number(margins, "top", before.top)),
        bottom=abs(number(margins, "bottom", before.bottom)),
        left=number(margins, "left", before.left) + number(margins, "gutter"),
        right=number(margins, "right", before.right),
        header_distance=number(margins, "header", before.header_distance),
        footer_distance=number(margins, "footer", before.footer_distance),
        start=number(numbers, "start"),
        title_page=is_on(child(section, "titlePg")),
        begins=value(child(section, "type"), default="nextPage"),
        number_format=value(numbers, "fmt", "decimal"),
        vertical=value(child(section, "vAlign"), default="top"),
    )
    return replace(told, **_stories(section, reader, part))


def _stories(section: Element, reader: StoryReader, part: Part) -> dict[str, Any]:
    kinds = {"default": "", "first": "first_", "even": "even_"}
    out: dict[str, Any] = {}
    for reference in section:
        name = etree.QName(reference).localname.removesuffix("Reference")
        kind = kinds.get(value(reference, "type", "default"))
        if name in ("header", "footer") and kind is not None:
            out[kind + name] = _story(reference, reader, part)
    return out


def _story(reference: Element, reader: StoryReader, part: Part) -> Story:
    """A header or footer; one that leads to no other part is known by what it holds."""
    opened = part.opened(reference.get(R + "id", ""))
    if opened is None:
        return ()

    def read() -> Story:
        return reader.story(tree(opened.content), opened)

    return reader.known.of(opened.content, read) if opened.relationships is None else read()
