"""What the Typst rules read: the theme (theme.json), what the document itself says, and the pictures that go with it.

The theme is the same for all documents of one template and language, so that Typst finds again what it has laid out for
the one before: see typst/measures.typ.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from rapportbygger.model import Metadata
from rapportbygger.theme import Theme
from rapportbygger.theme.look import Section
from rapportbygger.theme.turning import turned
from rapportbygger.write.pdf.spacing import gap
from rapportbygger.write.pdf.story_data import StoryData, style_data

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


def data_files(theme: Theme, metadata: Metadata, folder: Path) -> dict[str, str]:
    """The files by name, as JSON; pictures of the template are written into the folder."""
    data = StoryData(folder, sum_spacing=theme.sum_spacing)
    sections = {"text": theme.section, "landscape": turned(theme.section)}
    sections |= {f"front {i}": front.section for i, front in enumerate(theme.fronts)}
    drawn = {name: data.section(name, section) for name, section in sections.items()}
    stories = {
        "title": metadata.title,
        "around": {name: around for name, (_, around) in drawn.items()},
        "fronts": [data.story(front.story, front.section) for front in theme.fronts],
        "opening": data.story(theme.opening, theme.section),
    }
    pages = {name: section for name, (section, _) in drawn.items()}
    return {
        "theme.json": _theme_file(theme, metadata.lang, pages),
        "stories.json": _json(stories),
        "document.json": _json(_document(metadata)),
    }


def _json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


def _theme_file(theme: Theme, lang: str, pages: Mapping[str, Any]) -> str:
    """The theme's file: that of one of the last themes, if this one is the same but for what it says."""
    own = replace(theme, section=Section(), fronts=(), opening=()), lang, pages, bool(theme.opening)
    known = next((file for other, file in _known if other == own), None)
    if known is None:
        known = _json(_theme(theme, lang, pages))
        _known.append((own, known))
    return known


_known = deque[tuple[tuple[Theme, str, Mapping[str, Any], bool], str]](maxlen=8)


def _document(metadata: Metadata) -> dict[str, Any]:
    return {
        "title": metadata.title,
        "authors": metadata.authors,
        "keywords": metadata.keywords,
        "description": metadata.description or None,
    }


def _theme(theme: Theme, lang: str, pages: Mapping[str, Any]) -> dict[str, Any]:
    """What typst/measures.typ calls `theme`, with the sections by their names."""
    return {
        "lang": lang,
        "region": REGIONS.get(lang),
        "quirks": QUIRKS,
        "default": theme.default,
        "default_tab": theme.default_tab,
        "styles": {name: style_data(style) for name, style in theme.styles.items()},
        "table": asdict(theme.table),
        "hyperlink": _hyperlink(theme),
        "mono": _mono(theme),
        "note_gap": note_gap(theme),
        "note_before": theme.style("footnote text").before,
        "section": pages["text"],
        "landscape": pages["landscape"],
        "fronts": [section for name, section in pages.items() if name.startswith("front")],
        "opens": bool(theme.opening),
    }


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


def note_gap(theme: Theme) -> int:
    """The space between two footnotes."""
    note = theme.style("footnote text")
    return gap(note, note, sum_spacing=theme.sum_spacing).amount if not note.page_break else 0
