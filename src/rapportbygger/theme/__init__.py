"""What the pages of a Word template look like, in the measures that decide where lines and pages break.

Styles go by their Word names in small letters ("heading 1", "body text"); lengths are twips (1/20 pt).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from rapportbygger.diagnostics import Problems
from rapportbygger.fonts import Fonts
from rapportbygger.theme import unsupported
from rapportbygger.theme.drawings import Part
from rapportbygger.theme.look import Grid, Look, Paragraph, Section, Story, Style, TableMeasures, paragraphs, stories
from rapportbygger.theme.properties import Element, Properties, W, child, is_on, number, value
from rapportbygger.theme.sections import Front, layout
from rapportbygger.theme.stand_ins import font_problems, stand_ins
from rapportbygger.theme.story import StoryReader
from rapportbygger.theme.styles import StyleSheet, style_sheet
from rapportbygger.theme.tables import cell_properties, table_measures


@dataclass(frozen=True, slots=True)
class Theme:
    """Everything that the PDF takes from the Word template.

    `characters` holds each character style as it looks in the default paragraph style, `own` what it says itself.
    `sum_spacing`: the gap between two paragraphs is the sum of after and before, not the larger of the two. `fronts`
    are the pages before the text, `opening` is what stands right above it; a template without a cover has neither.
    """

    section: Section
    styles: Mapping[str, Style]
    default: str
    characters: Mapping[str, Look] = field(default_factory=dict)
    own: Mapping[str, Properties] = field(default_factory=dict)
    table: TableMeasures = field(default_factory=TableMeasures)
    sum_spacing: bool = False
    default_tab: int = 720
    fronts: tuple[Front, ...] = ()
    opening: Story = ()

    @property
    def cover(self) -> Story:
        """All that the template says before the text."""
        return tuple(block for front in self.fronts for block in front.story) + self.opening

    @property
    def opening_style(self) -> Style | None:
        """The style of the paragraph right above the text, if there is one; a table has one that says nothing."""
        if not self.opening:
            return None
        last = self.opening[-1]
        return replace(self.style(), name="", before=0, after=0, surplus=0) if isinstance(last, Grid) else last.style

    def style(self, *names: str) -> Style:
        """The first of the named styles that the template has, or its default one."""
        return next((self.styles[name] for name in names if name in self.styles), self.styles[self.default])


def read(parts: Mapping[str, bytes], fonts: Fonts, file: str) -> tuple[Theme, Problems]:
    """The theme of a rendered Word template, given as its parts by name; `file` is what diagnostics call it."""
    document, styles, settings, theme1 = (_part(parts, name) for name in _PARTS)
    sheet = style_sheet(styles, theme1)
    known = stand_ins(fonts, parts.get("word/fontTable.xml"))
    reader = StoryReader(sheet, known, edge_at_margin=_compatibility(settings) >= _EDGE_AT_MARGIN)
    found = layout(document, settings, reader, Part(parts, "word/document.xml"))
    default = next((name for name, ident in sheet.named("paragraph") if ident == sheet.default()), "normal")
    theme = Theme(
        section=found.section,
        styles=_with_fallbacks({default: reader.style(default, sheet.base)} | dict(_styles(sheet, reader)), default),
        default=default,
        characters={name: reader.look(sheet.effective(ident)) for name, ident in sheet.named("character")},
        own={name: sheet.own(ident) for name, ident in sheet.named("character")},
        table=table_measures(sheet, settings),
        sum_spacing=is_on(child(settings, "compat/doNotUseHTMLParagraphAutoSpacing")),
        default_tab=number(child(settings, "defaultTabStop"), default=720),
        fronts=found.fronts,
        opening=found.opening,
    )
    shown = {*USED_STYLES, default, *(p.style.name for p in _said(theme))}
    lost = unsupported.problems(parts, settings, sheet, shown, file)
    return theme, (*font_problems(_looks(theme), known, file), *lost)


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
_PARTS = ("word/document.xml", "word/styles.xml", "word/settings.xml", "word/theme/theme1.xml")


def _part(parts: Mapping[str, bytes], name: str) -> Element:
    return etree.fromstring(parts[name]) if name in parts else etree.Element("missing")


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


def _looks(theme: Theme) -> Iterator[Look]:
    """The letters of everything that a report shows."""
    names = (name for name in theme.styles if name.partition("|")[0] in USED_STYLES or name == theme.default)
    yield from (theme.styles[name].look for name in names)
    yield from (look for name, look in theme.characters.items() if name in USED_STYLES)
    yield from (piece.look for paragraph in _said(theme) for piece in paragraph.pieces if piece.text)


def _said(theme: Theme) -> Iterator[Paragraph]:
    """Every paragraph of the template itself."""
    sections = [*(front.section for front in theme.fronts), theme.section]
    for story in (theme.cover, *(story for section in sections for story in stories(section))):
        yield from paragraphs(story)


def _compatibility(settings: Element) -> int:
    """The version of Word whose layout a file has (part 1, 17.15.3.1); without one it is that of Word 2007."""
    found = (s for s in settings.iter(W + "compatSetting") if value(s, "name") == "compatibilityMode")
    return next((number(setting, default=12) for setting in found), 12)


_EDGE_AT_MARGIN = 15
