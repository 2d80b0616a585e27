"""What stands in for a font that a template names and nobody has brought: the same in Word and in the PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from rapportbygger.diagnostics import Diagnostic, Location, Severity
from rapportbygger.fonts import SUBSTITUTES, Face, Fonts
from rapportbygger.messages import _
from rapportbygger.theme.look import Look
from rapportbygger.theme.properties import W, child, value

_SIGNS = frozenset({"Symbol", "Wingdings", "Wingdings 2", "Wingdings 3", "Webdings", "Marlett", "Cambria Math"})
_SYMBOL_CHARSET = "02"
_CUTS = ("Black", "ExtraLight", "Light", "Semibold")
_ROMAN = "Times New Roman"


@dataclass(frozen=True, slots=True)
class StandIns:
    """The fonts that there are, and what the template's font table says of those that there may not be.

    `serif` are families that it calls roman, `signs` those whose letters are signs: nothing can stand in for them.
    """

    fonts: Fonts
    serif: frozenset[str] = frozenset()
    signs: frozenset[str] = _SIGNS

    def face(self, family: str, bold: bool = False, italic: bool = False) -> Face:
        """The font file for a face, or for what stands in for its family."""
        return self.fonts.face(self.family(family), bold, italic) or self.fonts.substitute(family, bold, italic)

    def family(self, family: str) -> str:
        """The family itself, or what stands in for it: one as light or heavy where there is such a one."""
        known = self.fonts.families
        return next((name for name in self._candidates(family) if name in known), family)

    def is_missing(self, family: str) -> bool:
        """Whether another font stands in for this one."""
        return family not in self.fonts.families and family not in self.signs

    def _candidates(self, family: str) -> Iterator[str]:
        yield family
        base, _, cut = family.rpartition(" ")
        if base and cut in _CUTS:
            yield f"{self.family(base)} {cut}"
            yield self.family(base)
        like = _ROMAN if family in self.serif and family not in SUBSTITUTES else family
        yield self.fonts.substitute(like).family


def stand_ins(fonts: Fonts, table: bytes | None) -> StandIns:
    """What can stand in; `table` is fontTable.xml, which knows the kinds of fonts (§17.8.3.9, §17.8.3.2)."""
    found = list(etree.fromstring(table).iter(W + "font")) if table else []
    roman = frozenset(value(font, "name") for font in found if value(child(font, "family")) == "roman")
    signs = frozenset(value(font, "name") for font in found if value(child(font, "charset")) == _SYMBOL_CHARSET)
    return StandIns(fonts, roman, _SIGNS | signs)


def font_problems(looks: Iterable[Look], known: StandIns, file: str) -> Iterator[Diagnostic]:
    """Fonts that are missing, and faces that are missing of a family that is there."""
    used = {(look.font, look.bold, look.italic) for look in looks}
    hint = _("put its files in templates/fonts/, or choose another font in the template")
    for font in sorted({font for font, _bold, _italic in used}):
        if font in known.signs:
            message = _("the signs of the font «{font}» cannot be shown in the PDF").format(font=font)
            yield _warning("missing-font", message, file, _("write them in another font, or put in a picture"))
        elif known.is_missing(font):
            message = _("«{font}» is missing; «{other}» is used instead, in Word and PDF")
            yield _warning("missing-font", message.format(font=font, other=known.family(font)), file, hint)
    for font, bold, italic in sorted(used):
        family = known.family(font)
        face = known.face(font, bold, italic)
        if not known.is_missing(font) and (face.bold, face.italic) != (bold, italic) and font not in known.signs:
            message = _("«{font}» has no {cut} face: Word makes one up, the PDF shows its nearest")
            yield _warning("missing-font", message.format(font=family, cut=_cut(bold, italic)), file, hint)


def _cut(bold: bool, italic: bool) -> str:
    if bold and italic:
        return _("bold italic")
    return _("bold") if bold else _("italic") if italic else _("regular")


def _warning(code: str, message: str, file: str, hint: str) -> Diagnostic:
    return Diagnostic(code, message, Location(file), hint, Severity.WARNING)
