"""How high lines with formulas are, alike in both files.

Word, LibreOffice and Typst each set a formula in its own way. So that pages break alike, small formulas in running text
make no line higher (the lines are of an exact height), and a displayed one is given more than any of the three needs.
Only high ones in running text make their line higher, about as LibreOffice has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapportbygger.nodes import Node, branches, elements, without_notes
from rapportbygger.theme.look import Style
from rapportbygger.write.tex import Formula, Part, parse

LINE, SCRIPT, ROOT, LIMB, AIR = 1.3, 0.25, 0.4, 0.65, 0.35
"""In em: a line, what a raised or lowered sign, a root's bar and a brace add to it, air around what is displayed."""
OPERATOR, LIMIT = {True: 1.5, False: 1.3}, {True: 0.65, False: 0.62}
"""A sum sign and each of its limits, where they are displayed and in text. Measured in LibreOffice 7.4."""
CLOSER = 0.47
"""A plain fraction in text is that much lower than two lines."""
ROW = 0.9
"""A row of several is that much lower than a line."""
TALL = 1.55
"""Formulas in text that are higher than this make their line higher."""
_FRACTIONS = ("\\frac", "\\dfrac", "\\cfrac", "\\tfrac", "\\binom", "\\dbinom", "\\tbinom")
_STACKED = ("\\overset", "\\underset", "\\stackrel")
_OPERATORS = ("\\sum", "\\prod", "\\coprod", "\\int", "\\iint", "\\iiint", "\\oint", "\\bigcup", "\\bigcap")
_LIMITS = ("\\lim", "\\max", "\\min", "\\sup", "\\inf", "\\limsup", "\\liminf", "\\argmax", "\\argmin")


@dataclass(frozen=True, slots=True)
class Need:
    """How high the lines of a paragraph with formulas have to be, in em; 0 where it is the formula that decides.

    `alone`: it is nothing but a displayed one.
    """

    ems: float
    alone: bool


def need(inlines: Sequence[Node]) -> Need | None:
    """What a paragraph's formulas need; None where it has none."""
    held = branches(inlines)
    if not held or not elements(held, "Math"):
        return None
    own = without_notes(list(inlines))
    formulas = elements(own, "Math")
    if not formulas:
        return None
    if all(node["t"] in _SPACES or _displayed(node) for node in own):
        return Need(max(_height(parse(node["c"][1]), shown=True) for node in formulas) + AIR, alone=True)
    return Need(0.0 if any(tall(node["c"][1]) for node in formulas) else LINE, alone=False)


def tall(tex: str) -> float | None:
    """How high a formula in text makes its line, in em; None where it makes it no higher."""
    height = _height(parse(tex), shown=False)
    return round(height, 2) if height > TALL else None


def _displayed(node: Node) -> bool:
    return bool(node["t"] == "Math" and node["c"][0]["t"] == "DisplayMath")


def parted(block: Node) -> list[Node]:
    """A paragraph as pandoc's docx writer makes several of one: each displayed formula stands in one of its own."""
    if block["t"] not in ("Para", "Plain") or not any(map(_displayed, branches(block["c"]))):
        return [block]
    found: list[list[Node]] = [[]]
    for inline in block["c"]:
        found += [[inline], []] if _displayed(inline) else []
        if not _displayed(inline) and (found[-1] or inline["t"] not in _SPACES):
            found[-1].append(inline)
    for part in found:
        while part and part[-1]["t"] in _SPACES:
            part.pop()
    return [{"t": block["t"], "c": part} for part in found if part]


_SPACES = ("Space", "SoftBreak", "LineBreak")


@dataclass(frozen=True, slots=True)
class Spacing:
    """The line spacing of a paragraph: the height in twips, and Word's rule for it."""

    line: int
    rule: str


def spacing(wanted: Need, style: Style) -> Spacing | None:
    """The line spacing of a paragraph with formulas; None where it is that of its style."""
    natural = style.look.ascent + style.look.descent + style.surplus
    if wanted.alone:
        return Spacing(max(natural, round(wanted.ems * style.look.size)), "atLeast")
    if wanted.ems:
        return None if style.rule == "exact" else Spacing(natural, "exact")
    return Spacing(natural, "atLeast") if style.rule == "exact" else None


def with_formulas(style: Style, inlines: Sequence[Node]) -> Style:
    """The style of a paragraph with formulas: a displayed one stands in the middle of its line."""
    wanted = need(inlines)
    found = None if wanted is None else spacing(wanted, style)
    if wanted is None or found is None or not (wanted.alone or wanted.ems):
        return style
    descent = 2 * found.line // 5 if wanted.alone else found.line - 4 * found.line // 5
    look = replace(style.look, ascent=found.line - descent, descent=descent)
    return replace(style, look=look, line=found.line, rule="exact", surplus=0)


# ------------------------------------------------------------------------------------------------------------- heights


def _height(formula: Formula, *, shown: bool) -> float:
    return max((_part(part, shown=shown) for part in formula), default=LINE)


def _part(part: Part, *, shown: bool) -> float:
    inner = [_height(argument, shown=shown) for argument in part.arguments]
    scripts = [script for script in (part.below, part.above) if script]
    if part.kind in _OPERATORS + _LIMITS:
        base = OPERATOR[shown] if part.kind in _OPERATORS else LINE
        limits = shown or part.kind in _OPERATORS
        return base + (LIMIT[shown] * len(scripts) if limits else 0.0)
    base = max([LINE, *inner])
    if part.kind == "rows":
        base = sum(inner) * (1.0 if shown else ROW)
    elif part.kind in _FRACTIONS + _STACKED:
        base = sum(inner) - (0.0 if shown or max(inner) > LINE else CLOSER)
    elif part.kind == "\\sqrt":
        base += ROOT if shown else 0.0
    elif part.kind in ("\\overbrace", "\\underbrace"):
        base += LIMB
    own = SCRIPT if shown else 0.0  # in text there is room for them above and below the letters
    return base + sum(own + max(0.0, _height(script, shown=False) - LINE) / 2 for script in scripts)
