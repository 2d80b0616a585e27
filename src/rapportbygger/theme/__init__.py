"""What the pages of a Word template look like, in the measures that decide where lines and pages break.

Styles go by their Word names in small letters ("heading 1", "body text"); lengths are twips (1/20 pt).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from rapportbygger.diagnostics import Problems
from rapportbygger.fonts import Fonts
from rapportbygger.theme import unsupported
from rapportbygger.theme.drawings import Part
from rapportbygger.theme.heading_numbers import own_numbers
from rapportbygger.theme.look import Grid, Look, Paragraph, Section, Story, Style, TableMeasures, paragraphs, stories
from rapportbygger.theme.properties import Properties, child, is_on, number
from rapportbygger.theme.sections import Front, layout
from rapportbygger.theme.stand_ins import font_problems
from rapportbygger.theme.wardrobe import STYLE_PARTS, USED_STYLES, FontBook, parsed, styled


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
    wardrobe = styled(*(parts.get(name) for name in STYLE_PARTS), FontBook(fonts.files, fonts))
    reader, settings = wardrobe.reader, wardrobe.settings
    found = layout(parsed(parts.get("word/document.xml")), settings, reader, Part(parts, "word/document.xml"))
    theme = Theme(
        section=found.section,
        styles=wardrobe.styles,
        default=wardrobe.default,
        characters=wardrobe.characters,
        own=wardrobe.own,
        table=wardrobe.table,
        sum_spacing=is_on(child(settings, "compat/doNotUseHTMLParagraphAutoSpacing")),
        default_tab=number(child(settings, "defaultTabStop"), default=720),
        fronts=found.fronts,
        opening=found.opening,
    )
    shown = frozenset({*USED_STYLES, wardrobe.default, *(p.style.name for p in _said(theme))})
    lost = unsupported.problems(parts, settings, wardrobe.losses(shown), file)
    numbers = own_numbers(parts.get("word/numbering.xml"), reader.sheet, file)
    return theme, (*font_problems(_looks(theme), reader.fonts, file), *lost, *numbers)


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
