"""What of a suffix is a locator."""

from __future__ import annotations

import pytest

from rapportbygger.nodes import plain, words
from rapportbygger.resolve.citations.locators import Locator, split


@pytest.mark.parametrize(
    ("suffix", "label", "value", "rest"),
    [
        (", s. 7", "page", "7", ""),
        (", s.\u00a07", "page", "7", ""),
        (", ss. 88-89", "page", "88-89", ""),
        ("s. 88–89", "page", "88-89", ""),
        (", side 3", "page", "3", ""),
        (", sidene 3–5, og mer", "page", "3-5", ", og mer"),
        (", p. 7", "page", "7", ""),
        (", pp. 3–9", "page", "3-9", ""),
        (", 12", "page", "12", ""),
        (", s. 7, 9", "page", "7, 9", ""),
        (", s. 7, i boka", "page", "7", ", i boka"),
        (", s. 7 (min uthevning)", "page", "7", " (min uthevning)"),
        (", s. 12f", "page", "12f", ""),
        (", s. iv-vi", "page", "iv-vi", ""),
        (", kap. 3 i boka", "chapter", "3", " i boka"),
        (", kapittel 3.2", "chapter", "3.2", ""),
        (", avsnitt 4", "paragraph", "4", ""),
        (", § 3-4 første ledd", "section", "3-4", " første ledd"),
        (", §§ 3 og 4", "section", "3 og 4", ""),
        (", fig. 2b", "figure", "2b", ""),
        (", tabell 3", "table", "3", ""),
        (", bd. 2, s. 4", "volume", "2", ", s. 4"),
        (", vers 3", "verse", "3", ""),
        (", linje 4-5", "line", "4-5", ""),
        (", kol. 3", "column", "3", ""),
        ("{s. 4}, noe", "page", "4", ", noe"),
    ],
)
def test_locator(suffix: str, label: str, value: str, rest: str) -> None:
    locator, left = split(words(suffix))
    assert (locator, plain(left)) == (Locator(label, value), rest)


@pytest.mark.parametrize("suffix", ["", ", vi mener", ", s. vi mener", ", for eksempel", ", se 3", ", siv", ","])
def test_no_locator(suffix: str) -> None:
    assert split(words(suffix)) == (None, words(suffix))


def test_what_is_not_plain_words_is_left() -> None:
    emphasis = {"t": "Emph", "c": words("min")}
    assert split([*words(", s. 7 "), emphasis]) == (Locator("page", "7"), [{"t": "Space"}, emphasis])
