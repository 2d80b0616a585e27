"""Words that stand in a text: the same as looking for each of them."""

from __future__ import annotations

import pytest

from rapportbygger.schedule.mentions import Mentions

WORDS = ("", "a", "kart", "kart-0001", "kart-0002", "bykart", "art-", "hest", "æøå", "blåbærøl")
MORE = tuple(f"bilde-{number:04}" for number in range(100))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "kar",
        "kart",
        "bykart-0001.png",
        "![](kart-0002.png)",
        "hesten og blåbærølet",
        "ÆØÅ",
        "art",
        "bilde-0042.png og kart",
    ],
)
def test_the_words_that_stand_in_a_text(text: str) -> None:
    for words in (WORDS, WORDS + MORE):  # few are looked for in another way than many
        assert Mentions(words).within(text) == {word for word in words if word in text}
