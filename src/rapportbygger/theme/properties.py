"""What a `w:pPr` and a `w:rPr` say: the properties of paragraphs and runs in a Word file.

Lengths are twips (1/20 pt), the unit Word stores and LibreOffice computes in; all of them are whole numbers.
Section numbers are ECMA-376 part 1.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import TypeAlias, TypedDict, cast

from lxml import etree

from rapportbygger.theme.colours import Palette, hex_colour, highlight, palette, word_colour
from rapportbygger.theme.markup import A, Element, W

__all__ = ["Element", "W", "hex_colour"]
ThemeFonts: TypeAlias = Mapping[str, str]
"""What styles name of the theme: fonts (majorHAnsi ...) and colours (accent1 ...)."""
TabStop: TypeAlias = tuple[str, int, str]
"""Alignment (left, center, right, clear), position in twips, leader (none, dot ...)."""
Border: TypeAlias = tuple[str, int, int, str]
"""Side, thickness in twips, distance from the text in twips, colour as six hexadecimal digits."""


class Properties(TypedDict, total=False):
    """What a style, a paragraph or a run says itself; what it leaves unsaid is absent."""

    font: str
    size: int
    bold: bool
    italic: bool
    color: str
    caps: bool
    smallcaps: bool
    strike: bool
    underline: bool
    hidden: bool
    vertical: str
    tracking: int
    raised: int
    marked: str
    kern: int
    align: str
    line: int
    rule: str
    before: int
    after: int
    left: int
    right: int
    first: int
    outline: int
    contextual: bool
    keep_next: bool
    keep_lines: bool
    widow: bool
    page_break: bool
    tabs: tuple[TabStop, ...]
    borders: tuple[Border, ...]
    shading: str


DEFAULTS: Properties = {
    "font": "Times New Roman",
    "size": 200,
    "bold": False,
    "italic": False,
    "color": "000000",
    "caps": False,
    "smallcaps": False,
    "strike": False,
    "underline": False,
    "hidden": False,
    "vertical": "baseline",
    "tracking": 0,
    "raised": 0,
    "marked": "",
    "kern": 0,
    "align": "left",
    "line": 240,
    "rule": "auto",
    "before": 0,
    "after": 0,
    "left": 0,
    "right": 0,
    "first": 0,
    "contextual": False,
    "keep_next": False,
    "keep_lines": False,
    "widow": True,
    "page_break": False,
    "tabs": (),
    "borders": (),
    "shading": "",
}
AUTOSPACING = 280  # "auto" spacing of HTML imports: 14 pt


def child(element: Element | None, path: str) -> Element | None:
    """The descendant at a path of WordprocessingML names ("tblPr/tblCellMar/left")."""
    return None if element is None else element.find(_path(path))


@cache
def _path(path: str) -> str:
    return "/".join(W + tag for tag in path.split("/"))


def value(element: Element | None, name: str = "val", default: str = "") -> str:
    """An attribute of a WordprocessingML element."""
    return default if element is None else element.get(W + name, default)


def number(element: Element | None, name: str = "val", default: int = 0) -> int:
    """An attribute as a whole number; the default where it is missing or no number."""
    return whole(value(element, name), default)


def whole(text: str, default: int = 0) -> int:
    """A text as a whole number; the default where it is none."""
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        return default


def is_on(element: Element | None) -> bool:
    """A toggle such as `<w:b/>`: present means on, unless it says otherwise (§17.17.4)."""
    return element is not None and value(element) not in ("0", "false", "off", "none")


# ------------------------------------------------------------------------------------------------ paragraph properties

_TOGGLES = (
    ("contextual", "contextualSpacing"),
    ("keep_next", "keepNext"),
    ("keep_lines", "keepLines"),
    ("widow", "widowControl"),
    ("page_break", "pageBreakBefore"),
)
_ALIGNMENTS = {"start": "left", "end": "right", "both": "justify", "distribute": "justify"}


_NO_THEME: Palette = {}


def paragraph_properties(ppr: Element | None, theme: Palette = _NO_THEME) -> Properties:
    """What one `w:pPr` says itself (§17.3.1)."""
    out: Properties = {}
    if ppr is None:
        return out
    out |= _spacing(child(ppr, "spacing"))
    out |= _indents(child(ppr, "ind"))
    out |= _toggles(ppr, _TOGGLES)
    if (alignment := value(child(ppr, "jc"))) != "":
        out["align"] = _ALIGNMENTS.get(alignment, alignment)
    if (outline := child(ppr, "outlineLvl")) is not None:
        out["outline"] = number(outline)
    if (tabs := child(ppr, "tabs")) is not None:
        out["tabs"] = tuple((value(tab), number(tab, "pos"), value(tab, "leader", "none")) for tab in tabs)
    if (borders := child(ppr, "pBdr")) is not None:
        out["borders"] = tuple(paragraph_borders(borders, theme))
    if (shading := child(ppr, "shd")) is not None:
        out["shading"] = shade(shading, theme)
    return out


def _toggles(parent: Element, names: Iterable[tuple[str, str]]) -> Properties:
    found = {key: is_on(toggle) for key, tag in names if (toggle := child(parent, tag)) is not None}
    return cast(Properties, found)


def _spacing(spacing: Element | None) -> Properties:
    out: Properties = {}
    if spacing is None:
        return out
    if value(spacing, "line"):
        out["line"] = number(spacing, "line", 240)
        out["rule"] = value(spacing, "lineRule", "auto")
    if value(spacing, "before") or _automatic(spacing, "before"):
        out["before"] = AUTOSPACING if _automatic(spacing, "before") else number(spacing, "before")
    if value(spacing, "after") or _automatic(spacing, "after"):
        out["after"] = AUTOSPACING if _automatic(spacing, "after") else number(spacing, "after")
    return out


def _automatic(spacing: Element, side: str) -> bool:
    return value(spacing, side + "Autospacing") in ("1", "true", "on")


def _indents(ind: Element | None) -> Properties:
    out: Properties = {}
    for name in ("left", "start"):
        if value(ind, name):
            out["left"] = number(ind, name)
    for name in ("right", "end"):
        if value(ind, name):
            out["right"] = number(ind, name)
    if value(ind, "firstLine"):
        out["first"] = number(ind, "firstLine")
    if value(ind, "hanging"):
        out["first"] = -number(ind, "hanging")
    return out


def shade(shading: Element | None, theme: Palette = _NO_THEME) -> str:
    """The colour behind a paragraph, a cell or letters (§17.3.1.31): of a solid pattern that of its signs."""
    solid = value(shading) == "solid"
    return word_colour(shading, "color" if solid else "fill", theme)


SIDES = ("top", "bottom", "left", "right")


def paragraph_borders(
    borders: Iterable[Element], theme: Palette = _NO_THEME, sides: Collection[str] = SIDES
) -> Iterator[Border]:
    """Sizes are eighths of a point, distances points (§17.3.1.24)."""
    for border in borders:
        side = etree.QName(border).localname
        if side in sides and value(border) not in ("nil", "none"):
            colour = word_colour(border, "color", theme) or "000000"
            yield side, number(border, "sz", 4) * 20 // 8, number(border, "space") * 20, colour


# ------------------------------------------------------------------------------------------------------ run properties

_RUN_TOGGLES = (
    ("bold", "b"),
    ("italic", "i"),
    ("caps", "caps"),
    ("smallcaps", "smallCaps"),
    ("strike", "strike"),
    ("strike", "dstrike"),
    ("hidden", "vanish"),
)


def run_properties(rpr: Element | None, theme_fonts: ThemeFonts) -> Properties:
    """What one `w:rPr` says itself (§17.3.2)."""
    out: Properties = {}
    if rpr is None:
        return out
    fonts = child(rpr, "rFonts")
    font = theme_fonts.get(value(fonts, "asciiTheme")) or value(fonts, "ascii") or value(fonts, "hAnsi")
    if font:
        out["font"] = font
    if (size := child(rpr, "sz")) is not None:
        out["size"] = max(number(size, default=20) * 10, 20)  # half points, and never less than a point
    out |= _toggles(rpr, _RUN_TOGGLES)
    if (underline := child(rpr, "u")) is not None:
        out["underline"] = is_on(underline)
    if (vertical := child(rpr, "vertAlign")) is not None:
        out["vertical"] = value(vertical)
    if colour := word_colour(child(rpr, "color"), "val", theme_fonts):
        out["color"] = colour
    elif value(child(rpr, "color")) == "auto":
        out["color"] = "000000"
    if (position := child(rpr, "position")) is not None:
        out["raised"] = number(position) * 10
    if marked := highlight(value(child(rpr, "highlight"))) or shade(child(rpr, "shd"), theme_fonts):
        out["marked"] = marked
    if (tracking := child(rpr, "spacing")) is not None:
        out["tracking"] = number(tracking)
    if (kern := child(rpr, "kern")) is not None:
        out["kern"] = number(kern) * 10  # kerning from this size on, half points; 0 is off
    return out


def theme_fonts(theme: Element | None) -> ThemeFonts:
    """The fonts that styles name as majorHAnsi, minorAscii ... (§17.3.2.26), and the theme's colours."""
    out: dict[str, str] = dict(palette(theme))
    for kind in ("major", "minor") if theme is not None else ():
        latin = theme.find(f".//{A}{kind}Font/{A}latin") if theme is not None else None
        if latin is not None:
            out |= dict.fromkeys((f"{kind}HAnsi", f"{kind}Ascii"), latin.get("typeface", ""))
    return out


def inherit(parent: Properties, own: Properties) -> Properties:
    """What holds for a child of `parent` that says `own` itself. Tab stops add up, unless cleared (§17.3.1.38)."""
    out = cast(Properties, {**parent, **own})
    if "tabs" in own:
        changed = {position for _, position, _ in own["tabs"]}
        kept = [stop for stop in parent.get("tabs", ()) if stop[1] not in changed]
        new = [stop for stop in own["tabs"] if stop[0] != "clear"]
        out["tabs"] = tuple(sorted(kept + new, key=lambda stop: stop[1]))
    return out
