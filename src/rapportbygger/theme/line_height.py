"""How high a line is: the font's measures in twips, rounded as LibreOffice rounds them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rapportbygger.fonts import Face


@dataclass(frozen=True, slots=True)
class Line:
    """The box of a line in twips. `surplus` is what the line spacing puts above every line but a paragraph's first."""

    ascent: int
    descent: int
    surplus: int = 0


def half_up(number: float) -> int:
    """The nearest whole number, halves upwards (Python's own rounds them to even)."""
    return math.floor(number + 0.5)


def box(ascent: float, descent: float, gap: float, size: int) -> Line:
    """One line of a font with these measures per em, the gap on top of the ascent.

    Rule 3 of equal pages: LibreOffice measures at 8640 dpi, six dots to a twip, and rounds each measure by itself.
    """
    a, d, g = (half_up(measure * size * 6) for measure in (ascent, descent, gap))
    height, gap_twips, descent_twips = half_up((a + d) / 6), half_up(g / 6), half_up(d / 6)
    return Line(height - descent_twips + gap_twips, descent_twips)


def line_box(face: Face, size: int) -> Line:
    """One line of a face at `size` twips."""
    return box(face.ascent, face.descent, face.gap, size)


def per_cent(line: int) -> int:
    """A multiple line spacing (240ths of a line) in whole per cents, as LibreOffice has it.

    It reads both as hundredths of a millimetre and drops the rest: 259 is 108, but 283 is 117 (its own 118 per cent).
    """
    return half_up(line * 127 / 72) * 100 // half_up(240 * 127 / 72)


def line_of(face: Face, size: int, line: int, rule: str) -> Line:
    """A line of a paragraph whose spacing is `line` (240ths of a line, or twips) by the rule auto, exact or atLeast.

    Rule 4: what multiple spacing adds lies between two lines, never at a page's top, and so is no part of the box.
    Of an exact height, four fifths are ascent.
    """
    single = line_box(face, size)
    if rule == "exact":
        return Line(4 * line // 5, line - 4 * line // 5)
    if rule == "atLeast":
        return Line(max(single.ascent, line - single.descent), single.descent)
    height, percent = single.ascent + single.descent, per_cent(line)
    if percent >= 100:
        return Line(single.ascent, single.descent, (percent - 100) * height // 100)
    return Line(single.ascent - (height - height * percent // 100), single.descent)
