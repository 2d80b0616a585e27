"""Words that stand in a text: the same as looking for each of them."""

from __future__ import annotations

import pytest

from rapportbygger.schedule.mentions import Mentions

WORDS = ("", "a", "kart", "kart-0001", "kart-0002", "bykart", "art-", "hest", "æøå", "blåbærøl")


@pytest.mark.parametrize(
    "text", ["", "a", "kar", "kart", "bykart-0001.png", "![](kart-0002.png)", "hesten og blåbærølet", "ÆØÅ", "art"]
)
def test_the_words_that_stand_in_a_text(text: str) -> None:
    assert Mentions(WORDS).within(text) == {word for word in WORDS if word in text}
