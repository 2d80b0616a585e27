"""Colours for charts: those of the template where they can be seen and told apart, else others that can.

Every colour has a contrast of 3:1 or more against white (WCAG 2.1, 1.4.11), and is told from those before it by people
who see all colours and by those who see no red or no green.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import dist
from typing import TypeAlias

from rapportbygger.own_colours import contrast

LEAST_CONTRAST = 3.0
LEAST_APART = 0.09
"""In Oklab, where black and white are 1 apart."""
COUNT = 6
_DARK = 14.0
_OTHERS = (
    *("0B6BA8", "C25400", "00805E", "9A4C86", "8A6A00", "4D4D4D", "4F94CC", "1B2A49", "B3312C", "7A8F00"),
    *("3A2E00", "2E9E8F", "9989DC"),
)
"""Blues, orange, greens, purple, ochre, greys: dark and light ones, which are told apart without their hues."""

Vector: TypeAlias = tuple[float, float, float]
Matrix: TypeAlias = tuple[Vector, Vector, Vector]

# Linear RGB as people without red cones (protanopia) and without green cones (deuteranopia) see it: Machado, Oliveira
# and Fernandes 2009, «A physiologically-based model for simulation of color vision deficiency», table 1, severity 1.
_PROTANOPIA: Matrix = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
_DEUTERANOPIA: Matrix = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
_ALL_SEEN: Matrix = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
# Oklab: Ottosson 2020, «A perceptual color space for image processing».
_TO_CONES: Matrix = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB: Matrix = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


@lru_cache(maxsize=50)
def categories(accents: tuple[str, ...]) -> tuple[str, ...]:
    """Colours for groups, as six hexadecimal digits: the accents that can be told apart, then what differs most."""
    wanted = [dark_enough(colour) for colour in accents if colour and contrast(colour) < _DARK]
    chosen = [*wanted, *_OTHERS][:1]
    for colour in wanted:
        if apart([*chosen, colour]) >= LEAST_APART:
            chosen.append(colour)
    while len(chosen) < COUNT:
        chosen.append(max(_OTHERS, key=lambda colour: apart([*chosen, colour])))
    return tuple(chosen)


@lru_cache(maxsize=50)
def ramp(colour: str) -> tuple[str, str, str]:
    """From light to dark, for amounts: the same hue in three steps."""
    light = next(tint for share in range(100) if contrast(tint := _mixed(colour, "FFFFFF", 1 - share / 100)) >= 3)
    dark = next(shade for share in range(101) if contrast(shade := _mixed(colour, "000000", share / 100)) >= _DARK)
    return light, _mixed(light, dark, 0.5), dark


def dark_enough(colour: str) -> str:
    """The colour, as much darker as it must be to be seen on white."""
    shades = (_mixed(colour, "000000", share / 100) for share in range(101))
    return next(shade for shade in shades if contrast(shade) >= LEAST_CONTRAST)


def apart(colours: Sequence[str]) -> float:
    """How far the last colour is from the nearest of the others, for whoever sees least of it (in Oklab)."""
    *others, last = colours
    kinds = (_ALL_SEEN, _PROTANOPIA, _DEUTERANOPIA)
    return min(dist(_oklab(last, kind), _oklab(other, kind)) for other in others for kind in kinds)


def of_template(palette: Mapping[str, str]) -> tuple[str, ...]:
    """The accents of a template's theme, in order."""
    return tuple(palette.get(f"accent{number}", "") for number in range(1, 7))


def _mixed(colour: str, other: str, share: float) -> str:
    channels = ((int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (0, 2, 4))
    return "".join(f"{round(mine + (theirs - mine) * share):02X}" for mine, theirs in channels)


@lru_cache(maxsize=500)
def _oklab(colour: str, seen: Matrix) -> Vector:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    cones = _times(_TO_CONES, [min(1.0, max(0.0, each)) for each in _times(seen, linear)])
    return _times(_TO_LAB, [each ** (1 / 3) for each in cones])


def _times(matrix: Matrix, vector: Iterable[float]) -> Vector:
    values = tuple(vector)
    first, second, third = (sum(a * b for a, b in zip(row, values, strict=True)) for row in matrix)
    return first, second, third
