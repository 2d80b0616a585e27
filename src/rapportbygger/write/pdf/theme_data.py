"""The theme as the data that the Typst rules read (theme.json), and the pictures that go with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from rapportbygger.model import Metadata
from rapportbygger.theme import Theme
from rapportbygger.theme.look import Look, Paragraph, Piece, Section, Style
from rapportbygger.write.pdf.spacing import gap
from rapportbygger.write.pdf.story_height import body_margins

QUIRKS = {
    "tolerance": 0.5,  # rule 6: widths are whole twips, a line half a twip too long still fits
    "footnote_above": 57,  # rule 8: 1 mm, 0.5 pt, 1 mm around the footnote rule
    "footnote_line": 10,
    "footnote_below": 57,
    "footnote_rule": 0.25,  # its length, of the text's width
    "super_size": 0.58,  # Word: about 0.65; in neither is the line any higher
}
"""What is LibreOffice's own way (Word differs, or was not there to be asked), apart from the theme."""
REGIONS = {"nb": "NO", "nn": "NO", "en": "GB"}


def theme_data(theme: Theme, metadata: Metadata, ids: Sequence[str], folder: Path) -> dict[str, Any]:
    """What typst/measures.typ calls `theme`; pictures of the template are written into the folder."""
    data = _Data(theme, folder)
    return {
        "title": metadata.title,
        "authors": metadata.authors,
        "keywords": metadata.keywords,
        "description": metadata.description or None,
        "lang": metadata.lang,
        "region": REGIONS.get(metadata.lang),
        "quirks": QUIRKS,
        "default": theme.default,
        "default_tab": theme.default_tab,
        "styles": {name: _style(style) for name, style in theme.styles.items()},
        "table": asdict(theme.table),
        "hyperlink": _hyperlink(theme),
        "mono": _mono(theme),
        "note_gap": _note_gap(theme),
        "section": data.section(theme.section),
        "landscape": data.section(theme.section.turned),
        "cover_section": data.section(theme.cover_section) if theme.cover_section else None,
        "cover": data.story(theme.cover),
        "ids": ids,
    }


def _look(look: Look) -> dict[str, Any]:
    return {field.name: getattr(look, field.name) for field in fields(look)}


def _style(style: Style) -> dict[str, Any]:
    own = {field.name: getattr(style, field.name) for field in fields(style) if field.name != "look"}
    return _look(style.look) | own | {"number_indent": style.number_indent}


def _hyperlink(theme: Theme) -> dict[str, Any]:
    own = theme.own.get("hyperlink", {})
    return {"color": own.get("color"), "underline": own.get("underline", False)}


def _mono(theme: Theme) -> dict[str, Any] | None:
    """The font of code; `size` is None where it is as large as the text around it, ascent and descent are per em."""
    look = theme.characters.get("verbatim char")
    if look is None:
        return None
    size = look.size if "size" in theme.own["verbatim char"] else None
    ems = {"ascent": look.ascent / look.size, "descent": look.descent / look.size}
    return {"family": look.family, "weight": look.weight, "size": size, **ems}


def _note_gap(theme: Theme) -> int:
    """The space between two footnotes."""
    note = theme.style("footnote text")
    return gap(note, note, sum_spacing=theme.sum_spacing).amount if not note.page_break else 0


class _Data:
    """Stories as data; each picture gets a file."""

    def __init__(self, theme: Theme, folder: Path) -> None:
        self._theme, self._folder, self._pictures = theme, folder, 0

    def section(self, section: Section) -> dict[str, Any]:
        """A section with its stories."""
        stories = {"header", "footer", "first_header", "first_footer"}
        plain = {f.name: getattr(section, f.name) for f in fields(section) if f.name not in stories}
        top, bottom = body_margins(section, sum_spacing=self._theme.sum_spacing)
        plain |= {"body_top": top, "body_bottom": bottom}
        return plain | {name: self.story(getattr(section, name)) for name in sorted(stories)}

    def story(self, paragraphs: Sequence[Paragraph]) -> list[dict[str, Any]]:
        """Paragraphs, each with the space above it."""
        out, above = [], None
        for paragraph in paragraphs:
            space = gap(above, paragraph.style, sum_spacing=self._theme.sum_spacing)
            above = paragraph.style
            pieces = [self._piece(piece) for piece in paragraph.pieces]
            out.append({"gap": space.amount, "style": _style(paragraph.style), "pieces": pieces})
        return out

    def _piece(self, piece: Piece) -> dict[str, Any]:
        data = {"kind": piece.kind, "text": piece.text, "look": _look(piece.look)}
        if piece.picture is None:
            return data
        self._pictures += 1
        name = f"theme-{self._pictures}{piece.picture.suffix}"
        (self._folder / name).write_bytes(piece.picture.data)
        picture = piece.picture
        return data | {"file": name, "width": picture.width, "height": picture.height, "alt": picture.alt}
