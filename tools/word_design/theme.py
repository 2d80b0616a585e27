"""The part word/theme/theme1.xml: the design's own colours and fonts, as Word's Design tab shows them."""

from word_design.designs import BLUE, LINK, SLATE, TINT, Design
from word_design.xml import DRAWING, Element, plain

_COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": BLUE,
    "lt2": TINT,
    "accent1": BLUE,
    "accent2": "2A7A96",
    "accent3": "B4531A",
    "accent4": "4F7429",
    "accent5": "6B4E8C",
    "accent6": SLATE,
    "hlink": LINK,
    "folHlink": "6B4E8C",
}
_THIN, _MEDIUM, _THICK = "6350", "12700", "19050"  # English Metric Units: 1/2, 1 and 1 1/2 pt


def theme(design: Design) -> Element:
    """`a:theme` of a template."""
    elements = _a("themeElements", _colours(), _fonts(design), _effects())
    return _a("theme", elements, name="Rapport")


def _a(tag: str, *children: Element, **attributes: str) -> Element:
    return plain(DRAWING, tag, *children, **attributes)


def _colours() -> Element:
    return _a("clrScheme", *(_a(name, _a("srgbClr", val=value)) for name, value in _COLOURS.items()), name="Rapport")


def _fonts(design: Design) -> Element:
    fonts = {"majorFont": design.headings_font, "minorFont": design.body_font}
    return _a("fontScheme", *(_a(kind, *_scripts(font)) for kind, font in fonts.items()), name="Rapport")


def _scripts(font: str) -> list[Element]:
    return [_a("latin", typeface=font), _a("ea", typeface=""), _a("cs", typeface="")]


def _effects() -> Element:
    """Flat shapes. Three of each are the fewest that the format allows (ECMA-376-1, 20.1.4.1.14)."""
    return _a(
        "fmtScheme",
        _a("fillStyleLst", *(_fill() for _ in range(3))),
        _a("lnStyleLst", *(_a("ln", _fill(), w=width) for width in (_THIN, _MEDIUM, _THICK))),
        _a("effectStyleLst", *(_a("effectStyle", _a("effectLst")) for _ in range(3))),
        _a("bgFillStyleLst", *(_fill() for _ in range(3))),
        name="Rapport",
    )


def _fill() -> Element:
    return _a("solidFill", _a("schemeClr", val="phClr"))
