"""The colours of charts can be seen on white, and told apart."""

from __future__ import annotations

import pytest

from rapportbygger.charts import palette
from rapportbygger.own_colours import contrast

OFFICE = ("4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5", "70AD47")
OWN = ("0B4A6F", "2A7B9B", "B4531A", "", "6B4E8C", "")


@pytest.mark.parametrize("accents", [(), OFFICE, OWN, ("FFFF00",), ("000000", "FFFFFF")])
def test_colours_are_dark_enough_and_apart_for_all_eyes(accents: tuple[str, ...]) -> None:
    colours = palette.categories(accents)
    assert len(colours) == palette.COUNT
    assert min(map(contrast, colours)) >= palette.LEAST_CONTRAST
    assert min(palette.apart(colours[: n + 1]) for n in range(1, len(colours))) >= palette.LEAST_APART


def test_the_first_is_the_templates_own() -> None:
    assert palette.categories(OWN)[0] == "0B4A6F"


def test_an_accent_that_is_too_light_is_made_darker() -> None:
    assert palette.dark_enough("FFC000") == "BA8C00"


def test_red_and_green_alike_are_one_colour_to_some() -> None:
    red, green = "B3312C", "6B6B00"
    assert palette.apart((red, green)) < 0.1 < palette.apart((red, "4F94CC"))


def test_amounts_go_from_light_to_dark_in_one_hue() -> None:
    light, middle, dark = map(contrast, palette.ramp("0B4A6F"))
    assert 3 <= light < middle < dark
