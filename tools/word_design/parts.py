"""The parts of the package that are neither styles nor text: settings, fonts, notes, numbering, properties."""

from lxml import etree

from word_design.designs import Design
from word_design.xml import MATH, Element, plain, root, w

CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DUBLIN = "http://purl.org/dc/elements/1.1/"
EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"

_COMPATIBILITY = {
    "compatibilityMode": 15,
    "overrideTableStyleFontSizeAndJustification": 1,
    "enableOpenTypeFeatures": 1,
    "doNotFlipMirrorIndents": 1,
    "differentiateMultirowTableHeaders": 1,
}
_COLOURS = {"bg1": "light1", "t1": "dark1", "bg2": "light2", "t2": "dark2"} | {
    name: name for name in (*(f"accent{n}" for n in range(1, 7)), "hyperlink", "followedHyperlink")
}
_PANOSE = {
    "Source Sans Pro": ("020B0503030403020204", "swiss"),
    "Source Serif Pro": ("02040603050405020204", "roman"),
}


def settings() -> Element:
    """`w:settings`: Norwegian separators, pictures left as they are, no fields to update, no traces of editing."""
    return root(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=709),
        w("characterSpacingControl", val="doNotCompress"),
        w("footnotePr", w("footnote", id=-1), w("footnote", id=0)),
        w("endnotePr", w("endnote", id=-1), w("endnote", id=0)),
        w("compat", *(_compatibility(name, value) for name, value in _COMPATIBILITY.items())),
        _mathematics(),
        w("themeFontLang", val="nb-NO"),
        w("clrSchemeMapping", **_COLOURS),
        w("doNotAutoCompressPictures"),
        w("decimalSymbol", val=","),
        w("listSeparator", val=";"),
    )


def _compatibility(name: str, value: int) -> Element:
    return w("compatSetting", name=name, uri="http://schemas.microsoft.com/office/word", val=value)


def _mathematics() -> Element:
    font = etree.Element(f"{{{MATH}}}mathFont")
    font.set(f"{{{MATH}}}val", "Cambria Math")
    found = etree.Element(f"{{{MATH}}}mathPr", nsmap={"m": MATH})
    found.append(font)
    return found


def font_table(design: Design) -> Element:
    """`w:fonts`: the families of the design, described so that Word finds a likeness where they are missing."""
    families = dict.fromkeys((design.headings_font, design.body_font))
    return root("fonts", *(_font(family) for family in families))


def _font(name: str) -> Element:
    panose, family = _PANOSE[name]
    return w(
        "font",
        w("panose1", val=panose),
        w("charset", val="00"),
        w("family", val=family),
        w("pitch", val="variable"),
        name=name,
    )


def notes(kind: str) -> Element:
    """`w:footnotes` or `w:endnotes` with nothing but the two rules that stand above notes."""
    return root(f"{kind}s", _rule(kind, "separator", -1), _rule(kind, "continuationSeparator", 0))


def _rule(kind: str, name: str, identifier: int) -> Element:
    spacing = w("pPr", w("spacing", before=0, after=0, line=240, lineRule="exact"))
    return w(kind, w("p", spacing, w("r", w(name))), type=name, id=identifier)


def numbering() -> Element:
    """`w:numbering`: empty, the lists' numbering comes with the text."""
    return root("numbering")


def core(design: Design) -> Element:
    """Core properties: what is true of a template. The build puts the report's own in their place."""
    found = etree.Element(f"{{{CORE}}}coreProperties", nsmap={"cp": CORE, "dc": DUBLIN})
    for name, value in (("title", design.title), ("creator", "rapportbygger"), ("language", "nb-NO")):
        etree.SubElement(found, f"{{{DUBLIN}}}{name}").text = value
    return found


def application() -> Element:
    """Extended properties: only what made the file."""
    return plain(EXTENDED, "Properties", plain(EXTENDED, "Application", content="rapportbygger"))
