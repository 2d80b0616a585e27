"""A municipality's own colours, in the place of the accents of its template's theme.

They are its field `farger`: a colour, or a list of them, as six hexadecimal digits. The first is accent 1, and so on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity
from rapportbygger.messages import _
from rapportbygger.model import Municipality
from rapportbygger.theme.colours import Palette, hex_colour, palette, word_colour
from rapportbygger.theme.markup import A, Element, W, tree

FIELD = "farger"
LEAST_CONTRAST = 4.5
"""Against white, of text (WCAG 2.1, 1.4.3): accents are the colour of headings, and stand behind white letters."""
_THEME = "word/theme/theme1.xml"
_ACCENTS = tuple(f"accent{number}" for number in range(1, 7))
_THEMED = (("themeColor", "val", "color"), ("themeFill", "fill", "fill"))
"""The theme's colour, and where the same is said ready made: in `w:color`, and in other elements (17.3.2.6)."""


def applied(parts: Mapping[str, bytes], municipality: Municipality | None) -> tuple[dict[str, bytes], Problems]:
    """The parts of a template with a municipality's colours; one that cannot be read on white is left out, with a
    warning.
    """
    said = tuple(_said(municipality)) if municipality else ()
    problems = tuple(problem for colour, at in said if (problem := _unfit(colour, at)))
    named = zip(_ACCENTS, said, strict=False)
    own = {name: _digits(colour) for name, (colour, at) in named if _unfit(colour, at) is None}
    return (_coloured(parts, own) if own else dict(parts)), problems


def contrast(colour: str) -> float:
    """A colour's contrast against white, from 1 to 21 (WCAG 2.1, relative luminance and contrast ratio)."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = [each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


# ------------------------------------------------------------------------------------------------------------- the data


def _said(municipality: Municipality) -> Iterator[tuple[str, Location]]:
    value: Any = municipality.values.get(FIELD)
    several = value if isinstance(value, list) else [] if value is None else [value]
    for number, each in enumerate(several):
        yield str(each), municipality.source.location((FIELD, number) if isinstance(value, list) else (FIELD,))


def _digits(colour: str) -> str:
    return hex_colour(colour.strip().removeprefix("#")).upper()


def _unfit(colour: str, at: Location) -> Diagnostic | None:
    digits = _digits(colour)
    if not digits:
        message = _("«{colour}» is not a colour").format(colour=colour)
        hint = _("write six hexadecimal digits, such as «#0B4A6F»")
    elif contrast(digits) < LEAST_CONTRAST:
        message = _("«{colour}» is too light for text: its contrast against white is below 4.5").format(colour=colour)
        hint = _("choose a darker one; until then the template's is used")
    else:
        return None
    return Diagnostic("unreadable-colour", message, at, hint, Severity.WARNING)


# --------------------------------------------------------------------------------------------------------- the template


def _coloured(parts: Mapping[str, bytes], own: Palette) -> dict[str, bytes]:
    """The parts with the colours, also where an accent is meant but said as the colour that it was."""
    out = dict(parts)
    before = palette(tree(parts[_THEME])) if _THEME in parts else {}
    if _THEME in parts:
        out[_THEME] = _theme(tree(parts[_THEME]), own)
    meant = {before[name]: colour for name, colour in reversed(tuple(own.items())) if before.get(name)}
    for name, data in parts.items():
        if name.startswith("word/") and name.endswith(".xml") and name != _THEME:
            out[name] = _words(tree(data), {**before, **own}, own, meant)
    return out


def _theme(root: Element, own: Palette) -> bytes:
    for name, colour in own.items():
        for accent in root.iter(A + name):
            for child in list(accent):
                accent.remove(child)
            etree.SubElement(accent, f"{A}srgbClr", val=colour)
    return _written(root)


def _words(root: Element, colours: Palette, own: Palette, meant: Mapping[str, str]) -> bytes:
    """A part with the colours that it says ready made as the theme now has them."""
    for element in root.iter(f"{W}*", f"{A}srgbClr"):
        for themed, in_colour, elsewhere in _THEMED:
            attribute = W + (in_colour if element.tag == W + "color" else elsewhere)
            if element.get(W + themed) in own:
                element.set(attribute, "")  # what is there already would be taken as it is
                element.set(attribute, word_colour(element, attribute.removeprefix(W), colours))
            elif element.get(attribute, "") in meant and not element.get(W + themed):
                element.set(attribute, meant[element.get(attribute, "")])
        if element.tag == f"{A}srgbClr" and element.get("val", "") in meant:
            element.set("val", meant[element.get("val", "")])
    return _written(root)


def _written(root: Element) -> bytes:
    whole: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return whole
