"""A template's styles as both writers use them: under the ids that the writers know, and none of them missing.

Word saves a built-in style under its English name but under an id in the language of the program ("Overskrift1" for
"heading 1"); what the writers make is in English ids.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from lxml import etree

from rapportbygger.theme.properties import whole
from rapportbygger.theme.styles import StyleSheet, style_sheet
from rapportbygger.write.docx import ooxml, standard_styles
from rapportbygger.write.docx.ooxml import A, Element, W, required, value
from rapportbygger.write.docx.package import Parts
from rapportbygger.write.docx.standard_styles import Definition, Ground
from rapportbygger.write.docx.tables import settle_style
from rapportbygger.write.docx.template_body import settled
from rapportbygger.write.docx.template_pages import with_pages
from rapportbygger.write.docx.template_references import known_only, settle_references
from rapportbygger.write.docx.template_settings import with_settings
from rapportbygger.write.docx.template_tabs import contents_at_margin, story_within_margin, within_margin

_STYLES, _THEME, _DOCUMENT, _SETTINGS = (
    f"word/{name}.xml" for name in ("styles", "theme/theme1", "document", "settings")
)
_TEXT_WIDTH = 9070
_LINK = "0B5394"
"""The colour of links where the template has none of enough contrast (WCAG 2.1, 1.4.3)."""


def completed(parts: Parts) -> dict[str, bytes]:
    """The parts with the writers' style ids everywhere, whole pages, and the styles that a report needs."""
    parts = with_settings(parts)
    parts = {**parts, _DOCUMENT: settled(parts)}
    parts = {**parts, _DOCUMENT: with_pages(parts[_DOCUMENT])}
    theme, defaults = parts.get(_THEME, b""), _default_table(parts)
    width = _text_width(parts[_DOCUMENT])
    styles, renamed, known = _completed(parts[_STYLES], theme, width, defaults)
    changed = {name: _renamed(data, renamed) for name, data in parts.items() if renamed and _names_styles(name)}
    whole = {**parts, **changed, _STYLES: styles}
    whole |= {name: known_only(data, known) for name, data in whole.items() if _names_styles(name)}
    stories = {name: story_within_margin(data, width) for name, data in whole.items() if _STORY.fullmatch(name)}
    return {**whole, **stories}


_STORY = re.compile(r"word/(header|footer)\d*\.xml")


@lru_cache(maxsize=8)
def _completed(styles: bytes, theme: bytes, width: int, table: str) -> tuple[bytes, Mapping[str, str], frozenset[str]]:
    """styles.xml with all it needs, the new ids by the old, and all ids. The same for every report of a template."""
    root = etree.fromstring(styles)
    renamed = dict(_new_ids(root))
    _rename(root, renamed)
    for style in root.findall(W + "style"):
        ident = value(style, "styleId")
        style.set(W + "styleId", renamed.get(ident, ident))
    _default_paragraph(root)
    _default_font(root)
    themed = etree.fromstring(theme) if theme else None
    _add_table(root, renamed.get(table, table))
    settle_style(root)
    _add(root, style_sheet(root, themed), themed, width)
    sheet = style_sheet(root, themed)
    for style in root.findall(W + "style"):
        contents_at_margin(style, name_of(style), sheet, width)
        if name_of(style) in ("header", "footer"):
            within_margin(style, width)
    known = settle_references(root)
    return ooxml.serialise(root), renamed, known


# ------------------------------------------------------------------------------------------------------------------ ids

_IDS = {
    "normal table": "TableNormal",
    "table of figures": "TableofFigures",
    "toc heading": "TOCHeading",
    "no list": "NoList",
    **{f"toc {level}": f"TOC{level}" for level in range(1, 10)},
}
_NAMES = (
    *("normal", "body text", "first paragraph", "compact", "block text", "definition term", "definition"),
    *("source code", "figure", "captioned figure", "title", "subtitle", "author", "date", "caption"),
    *("footnote text", "footnote reference", "footnote block text", "bibliography", "hyperlink", "verbatim char"),
    *("table", "table text", "quote", "header", "footer", "list paragraph", "default paragraph font", "table grid"),
    *("abstract", "abstract title", "table caption", "image caption", "section number", "page number"),
    *(f"heading {level}" for level in range(1, 10)),
)
IDS: Mapping[str, str] = {name: name.title().replace(" ", "") for name in _NAMES} | _IDS
"""The writers' ids by the names of the styles in small letters (pandoc's are made likewise)."""
_NAMING = frozenset(
    W + name
    for name in (
        *("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "styleLink", "numStyleLink"),
        *("clickAndTypeStyle", "defaultTableStyle"),
    )
)


_LOWER = re.compile(r"heading|toc \d|caption|footnote|header|footer|table of")
"""The built-in styles whose names Word writes in small letters."""


def _new_ids(root: Element) -> Iterator[tuple[str, str]]:
    """The old and the new id of every style that gets another; one that has the wanted id already has to leave it.

    Of two styles whose names differ in letter case only (LibreOffice saves "Caption" and "caption") Word's own counts.
    """
    styles = {value(style, "styleId"): style for style in root.findall(W + "style")}
    wanted: dict[str, str] = {}
    for ident, style in sorted(styles.items(), key=lambda each: _is_odd(each[1])):
        new = IDS.get(name_of(style))
        if new in wanted.values():
            required(style, "name").set(W + "val", f"{value(required(style, 'name'))} (2)")
        elif new:
            wanted[ident] = new
    yield from ((old, new) for old, new in wanted.items() if old != new)
    for ident in styles:
        if ident not in wanted and ident in wanted.values():
            yield ident, next(name for n in range(1, 99) if (name := f"{ident}_{n}") not in styles)


def _is_odd(style: Element) -> bool:
    """Whether a style has a built-in name, but not as Word writes it."""
    name = style.find(W + "name")
    written = "" if name is None else value(name)
    return _LOWER.match(written.casefold()) is not None and written != written.casefold()


def name_of(style: Element) -> str:
    """A style's name in small letters."""
    found = style.find(W + "name")
    return "" if found is None else value(found).casefold()


def _names_styles(part: str) -> bool:
    return part.startswith("word/") and part.count("/") == 1 and part.endswith(".xml") and part != _STYLES


def _renamed(data: bytes, renamed: Mapping[str, str]) -> bytes:
    root = etree.fromstring(data)
    return (
        etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        if _rename(root, renamed)
        else data
    )


def _rename(root: Element, renamed: Mapping[str, str]) -> bool:
    found = [node for node in root.iter(*_NAMING) if value(node) in renamed]
    for node in found:
        node.set(W + "val", renamed[value(node)])
    return bool(found)


# ------------------------------------------------------------------------------------------------------ what is missing


def _default_paragraph(root: Element) -> None:
    """One paragraph style is that of paragraphs which name none: «Normal», which is made where there is none."""
    paragraphs = [style for style in root.findall(W + "style") if value(style, "type") == "paragraph"]
    if any(value(style, "default") in ("1", "true", "on") for style in paragraphs):
        return
    normal = next((style for style in paragraphs if name_of(style) == "normal"), None)
    if normal is None:
        normal = ooxml.element(standard_styles.markup(Definition("Normal", ()), "Normal", ""))
        root.append(normal)
    normal.set(W + "default", "1")


def _default_font(root: Element) -> None:
    """What holds where nothing is said: Times New Roman (17.3.2.26), and a language (see `template_settings`)."""
    defaults = root.find(W + "docDefaults")
    if defaults is None:
        defaults = etree.Element(W + "docDefaults")
        root.insert(0, defaults)
    outer = _made(defaults, "rPrDefault", 0)
    run = _made(outer, "rPr", 0)
    fonts = _made(run, "rFonts", 0)
    if not any(fonts.get(W + name) for name in ("ascii", "asciiTheme", "hAnsi")):
        fonts.attrib.update({W + name: "Times New Roman" for name in ("ascii", "hAnsi")})
    if run.find(W + "lang") is None:
        behind = ("eastAsianLayout", "specVanish", "oMath")
        at = sum(etree.QName(child).localname not in behind for child in run)
        run.insert(at, etree.Element(W + "lang", {W + "val": "nb-NO"}))


def _made(parent: Element, name: str, at: int) -> Element:
    """The child of that name, made where there is none."""
    found = parent.find(W + name)
    if found is None:
        found = etree.Element(W + name)
        parent.insert(at, found)
    return found


def _add(root: Element, sheet: StyleSheet, theme: Element | None, width: int) -> None:
    ids = {name_of(style): value(style, "styleId") for style in root.findall(W + "style")}
    text = sheet.effective(ids.get("body text") or sheet.default())
    heading = sheet.effective(ids["heading 1"]) if "heading 1" in ids else None
    ground = Ground(text, heading, _link(theme), width, "quote" in ids)
    for new in standard_styles.definitions(ground):
        if new.name.casefold() not in ids:
            ident = IDS[new.name.casefold()]
            base = next((ids[name] for name in new.based_on if name in ids), "")
            root.append(ooxml.element(standard_styles.markup(new, ident, base)))
            ids[new.name.casefold()] = ident


def _add_table(root: Element, default: str) -> None:
    """The template's own style for tables: the one for new tables, or the only one that somebody made."""
    tables = {value(s, "styleId"): s for s in root.findall(W + "style") if value(s, "type") == "table"}
    made = [ident for ident, style in tables.items() if value(style, "customStyle") in ("1", "true", "on")]
    chosen = default if default in tables else made[0] if len(made) == 1 else ""
    if chosen in ("", "TableNormal") or "Table" in tables:
        return
    style = copy.deepcopy(tables[chosen])
    style.set(W + "styleId", "Table")
    names = style.find(W + "name")
    if names is not None:
        names.set(W + "val", "Table")
    for other in (*style.findall(W + "aliases"), *style.findall(W + "link")):
        style.remove(other)
    root.append(style)


def _default_table(parts: Parts) -> str:
    if _SETTINGS not in parts:
        return ""
    found = etree.fromstring(parts[_SETTINGS]).find(W + "defaultTableStyle")
    return "" if found is None else value(found)


def _link(theme: Element | None) -> str:
    """The theme's colour of links, if it can be read on white."""
    found = None if theme is None else theme.find(f".//{A}hlink/{A}srgbClr")
    colour = "" if found is None else found.get("val", "")
    return colour if len(colour) == 6 and contrast(colour) >= 4.5 else _LINK


def contrast(colour: str) -> float:
    """The contrast of six hexadecimal digits with white (WCAG 2.1, «contrast ratio»)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (sum(c * share for c, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True)) + 0.05)


def _text_width(document: bytes) -> int:
    """The width of the lines in the last section."""
    sections = list(etree.fromstring(document).iter(W + "sectPr"))
    size, margins = (sections[-1].find(W + tag) for tag in ("pgSz", "pgMar")) if sections else (None, None)
    if size is None or margins is None:
        return _TEXT_WIDTH
    sides = (whole(value(margins, side)) for side in ("left", "right", "gutter"))
    return whole(value(size, "w"), _TEXT_WIDTH) - sum(sides)
