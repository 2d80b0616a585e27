"""Measures of lists that both writers use, so that lines break alike in both files.

Lengths are twips (1/20 pt).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

LIST_STEP, LIST_HANGING = 720, 360
BULLETS = ("•", "–", "•")
"""The signs of nested bullet lists, in turn, in the text's own font."""


@dataclass(frozen=True, slots=True)
class ListLevel:
    """Where a list's text begins, and how far before it its label stands."""

    left: int
    hanging: int = LIST_HANGING


def list_level(level: int) -> ListLevel:
    """The measures of a list at a level, from 0, as pandoc's docx writer numbers them."""
    return ListLevel(LIST_STEP * (min(level, 8) + 1))


def ordered_labels(attributes: list[Any], count: int, level: int) -> tuple[str, ...]:
    """The labels of an ordered list's items: `attributes` are pandoc's (start, style, delimiter)."""
    start, style, delimiter = attributes
    kind, around = style["t"], delimiter["t"]
    if kind == "DefaultStyle":
        kind = ("Decimal", "LowerAlpha", "LowerRoman")[level % 3]
    form = _FORMS.get(kind, str)
    pattern = {"OneParen": "{})", "TwoParens": "({})"}.get(around, "{}.")
    return tuple(pattern.format(form(start + i)) for i in range(count))


def _alpha(n: int) -> str:
    return "" if n < 1 else _alpha((n - 1) // 26) + chr(97 + (n - 1) % 26)


_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def _roman(n: int) -> str:
    out = ""
    for value, sign in _ROMAN:
        out, n = out + sign * (n // value), n % value
    return out


_FORMS: Mapping[str, Callable[[int], str]] = {
    "LowerAlpha": _alpha,
    "UpperAlpha": lambda n: _alpha(n).upper(),
    "LowerRoman": _roman,
    "UpperRoman": lambda n: _roman(n).upper(),
}
