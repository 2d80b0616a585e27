"""Colours: as six hexadecimal digits, or as those of the theme, lighter or darker."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from typing import TypeAlias

from lxml import etree

from rapportbygger.theme.markup import A, Element, W

Palette: TypeAlias = Mapping[str, str]
"""The theme's colours (accent1, dark1, text1 ...) as six hexadecimal digits."""

# §17.18.97 ST_ThemeColor and §20.1.10.54 ST_SchemeColorVal, by the names in the theme. What a document's settings map
# otherwise (clrSchemeMapping) is hardly ever another than this.
_NAMES = {
    "dk1": ("dark1", "text1", "tx1", "dk1"),
    "lt1": ("light1", "background1", "bg1", "lt1"),
    "dk2": ("dark2", "text2", "tx2", "dk2"),
    "lt2": ("light2", "background2", "bg2", "lt2"),
    "hlink": ("hyperlink", "hlink"),
    "folHlink": ("followedHyperlink", "folHlink"),
}
_HIGHLIGHTS = {
    "yellow": "FFFF00",
    "green": "00FF00",
    "cyan": "00FFFF",
    "magenta": "FF00FF",
    "blue": "0000FF",
    "red": "FF0000",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "darkGray": "808080",
    "lightGray": "C0C0C0",
    "black": "000000",
    "white": "FFFFFF",
}


def hex_colour(text: str) -> str:
    """Six hexadecimal digits, "" for none and automatic."""
    return text if len(text) == 6 and all(digit in "0123456789abcdefABCDEF" for digit in text) else ""


def palette(theme: Element | None) -> Palette:
    """The colours of theme1.xml (§20.1.6.2)."""
    scheme = None if theme is None else theme.find(f".//{A}clrScheme")
    out: dict[str, str] = {}
    for entry in scheme if scheme is not None else ():
        name = etree.QName(entry).localname
        colour = next((hex_colour(c.get("val", "")) or hex_colour(c.get("lastClr", "")) for c in entry), "")
        out |= dict.fromkeys(_NAMES.get(name, (name,)), colour)
    return out


def word_colour(element: Element | None, attribute: str, theme: Palette) -> str:
    """The colour of an attribute (val, fill, color): Word keeps a theme's colour there too, ready made (§17.3.2.6)."""
    if element is None:
        return ""
    ready = hex_colour(element.get(W + attribute, ""))
    prefix = "themeFill" if attribute == "fill" else "theme"
    base = theme.get(element.get(W + ("themeFill" if attribute == "fill" else "themeColor"), ""), "")
    if ready or not base:
        return ready
    tint, shade = (element.get(f"{W}{prefix}{kind}", "") for kind in ("Tint", "Shade"))
    return _lit(base, *_scale(tint, shade))


def _scale(tint: str, shade: str) -> tuple[float, float]:
    """What lightness is multiplied by, and what is added: both are parts of 255 in hexadecimal (§17.3.2.6)."""
    if tint:
        return _share(tint), 1 - _share(tint)
    return (_share(shade) if shade else 1.0), 0.0


def _share(text: str) -> float:
    try:
        return int(text, 16) / 255
    except ValueError:
        return 1.0


def drawn_colour(element: Element | None, theme: Palette) -> str:
    """The colour in a solid fill of DrawingML, with lumMod and lumOff, tint and shade (§20.1.2.3)."""
    for colour in element if element is not None else ():
        kind = etree.QName(colour).localname
        said = colour.get("lastClr") if kind == "sysClr" else colour.get("val", "")
        base = theme.get(said or "", "") if kind == "schemeClr" else hex_colour(said or "")
        if base:
            changes = {etree.QName(change).localname: _per_cent(change) for change in colour}
            times = changes.get("lumMod", 1.0) * changes.get("shade", 1.0) * changes.get("tint", 1.0)
            return _lit(base, times, changes.get("lumOff", 0.0) + 1 - changes.get("tint", 1.0))
    return ""


def _per_cent(change: Element) -> float:
    """A change of a colour, in thousandths of a per cent."""
    said = change.get("val", "")
    return int(said) / 100_000 if said.lstrip("-").isdigit() else 1.0


def _lit(colour: str, times: float, plus: float) -> str:
    """A colour with its lightness changed."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    changed = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, lightness * times + plus)), saturation)
    return "".join(f"{round(channel * 255):02X}" for channel in changed)


def highlight(name: str) -> str:
    """The colour of a marker pen, "" for none (§17.18.40)."""
    return _HIGHLIGHTS.get(name, "")
