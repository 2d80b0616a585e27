"""What follows from a template's styles and settings alone: the same for every report that is made with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from lxml import etree

from rapportbygger.fonts import FontFile, Fonts
from rapportbygger.messages import _
from rapportbygger.theme.look import Look, Style, TableMeasures
from rapportbygger.theme.markup import tree
from rapportbygger.theme.properties import Element, Properties
from rapportbygger.theme.stand_ins import stand_ins
from rapportbygger.theme.story import StoryReader
from rapportbygger.theme.styles import StyleSheet, style_sheet
from rapportbygger.theme.tables import EDGE_AT_MARGIN, cell_properties, compatibility_mode, table_measures
from rapportbygger.theme.unsupported import Loss, losses_of_styles

STYLE_PARTS = ("word/styles.xml", "word/theme/theme1.xml", "word/settings.xml", "word/fontTable.xml")
"""The parts that `styled` reads, in its order."""
USED_STYLES = frozenset(
    (
        *("normal", "body text", "first paragraph", "compact", "block text", "definition term", "definition"),
        *("source code", "figure", "captioned figure", "caption", "footnote text", "bibliography", "table text"),
        *("title", "subtitle", "author", "date", "toc heading", "table of figures", "hyperlink", "verbatim char"),
        *(f"heading {level}" for level in range(1, 7)),
        *(f"toc {level}" for level in range(1, 4)),
    )
)
"""The styles that a report is written in, by their names: of others nothing is said."""


_SINGLE: Properties = {"line": 240, "rule": "auto"}
"""The line spacing that says nothing: letters are as high as their font has them, whatever paragraphs say."""


@dataclass(frozen=True, slots=True)
class FontBook:
    """Fonts, which are the same where their files are."""

    files: tuple[FontFile, ...]
    fonts: Fonts = field(compare=False)


@dataclass(frozen=True, slots=True)
class Wardrobe:
    """The settings, every style as it looks, and the reader that dresses the template's own paragraphs in them.

    `characters` holds each character style as it looks in the default paragraph style, `own` what it says itself.
    """

    settings: Element
    reader: StoryReader
    styles: Mapping[str, Style]
    default: str
    characters: Mapping[str, Look]
    own: Mapping[str, Properties]
    table: TableMeasures

    def losses(self, used: frozenset[str]) -> tuple[Loss, ...]:
        """What the PDF cannot show of the styles of these names."""
        return losses_of_styles(self.reader.sheet, used, _("the style «{name}»"))


@lru_cache(maxsize=8)
def styled(
    styles: bytes | None, theme: bytes | None, settings: bytes | None, table: bytes | None, book: FontBook
) -> Wardrobe:
    """The styles of a template, given as its parts, with these fonts."""
    sheet, told = style_sheet(parsed(styles), parsed(theme)), parsed(settings)
    known = stand_ins(book.fonts, table)
    reader = StoryReader(sheet, known, edge_at_margin=compatibility_mode(told) >= EDGE_AT_MARGIN)
    default = next((name for name, ident in sheet.named("paragraph") if ident == sheet.default()), "normal")
    return Wardrobe(
        told,
        reader,
        _with_fallbacks({default: reader.style(default, sheet.base)} | dict(_styles(sheet, reader)), default),
        default,
        {name: reader.look({**sheet.effective(ident), **_SINGLE}) for name, ident in sheet.named("character")},
        {name: sheet.own(ident) for name, ident in sheet.named("character")},
        table_measures(sheet, told),
    )


def parsed(part: bytes | None) -> Element:
    """A part as a tree; one that is missing as an element without anything in it."""
    return tree(part) if part is not None else etree.Element("missing")


# pandoc's docx writer adds these styles where the template has none.
_FALLBACKS = (
    ("body text", "normal"),
    ("first paragraph", "body text"),
    ("compact", "body text"),
    ("block text", "body text"),
    ("captioned figure", "figure"),
    ("captioned figure", "body text"),
)


_IN_CELLS = ("compact", "table text", "body text", "first paragraph", "normal")


def _styles(sheet: StyleSheet, reader: StoryReader) -> Iterator[tuple[str, Style]]:
    """Every paragraph style; those that stand in cells also as they are there ("compact|cell", "compact|head")."""
    for name, ident in sheet.named("paragraph"):
        yield name, reader.style(name, sheet.effective(ident))
        for place in ("cell", "head") if name in _IN_CELLS else ():
            inside = f"{name}|{place}"
            yield inside, reader.style(inside, cell_properties(sheet, ident, head=place == "head"))


def _with_fallbacks(styles: Mapping[str, Style], default: str) -> Mapping[str, Style]:
    out = dict(styles)
    for name, other in (*_FALLBACKS, (default, "normal")):
        if name not in out and other in out:
            out[name] = replace(out[other], name=name)
    return out
