"""Chapters as pandoc read them before: the same, and only where nothing that they depend on is another."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from documents import pandoc
from rapportbygger import chapter_reader
from rapportbygger.chapter_reader import Remembering
from rapportbygger.memory import Memory
from rapportbygger.pandoc import Pandoc, Parsed

TEXTS = [
    "# Én {#sec-en}\n\nTekst[^a] med $x$.\n\n[^a]: Note\n\n[^a]: Igjen\n",
    "---\ntitle: «To»\n---\n\nTo\n",
    "# Én\n",
]


class Counting:
    """A pandoc that counts what it is asked."""

    def __init__(self, pandoc: Pandoc, build: str = "a") -> None:
        self._pandoc, self.build, self.asked = pandoc, build, list[str]()

    def parse(self, texts: Sequence[str]) -> list[Parsed]:
        self.asked += texts
        return self._pandoc.parse(texts)


def read(
    pandoc: Counting, memory: Memory | None, texts: Sequence[str], lasting: set[str] | None = None
) -> list[Parsed]:
    return Remembering(pandoc, memory, lasting).parse(texts)  # type: ignore[arg-type]


@pytest.fixture
def counting() -> Counting:
    return Counting(pandoc())


def test_what_was_read_is_known_again(counting: Counting) -> None:
    memory, expected = Memory(), counting.parse(TEXTS)
    counting.asked.clear()
    assert read(counting, memory, TEXTS) == expected
    assert read(counting, memory, [*TEXTS, TEXTS[0]]) == [*expected, expected[0]]
    assert counting.asked == TEXTS
    assert expected[0].log


def test_another_text_is_read(counting: Counting) -> None:
    memory = Memory()
    read(counting, memory, TEXTS)
    assert read(counting, memory, ["# Én to\n", *TEXTS[1:]])[1:] == read(counting, None, TEXTS[1:])
    assert counting.asked == [*TEXTS, "# Én to\n", *TEXTS[1:]]


def test_another_pandoc_reads_again(monkeypatch: pytest.MonkeyPatch) -> None:
    memory, first, other = Memory(), Counting(pandoc(), "a"), Counting(pandoc(), "b")
    read(first, memory, TEXTS)
    read(other, memory, TEXTS)
    monkeypatch.setattr(chapter_reader, "_own_code", lambda: "other")
    read(first, memory, TEXTS)
    assert (other.asked, first.asked) == (TEXTS, [*TEXTS, *TEXTS])


def test_a_municipality_s_own_words_are_not_remembered(counting: Counting) -> None:
    memory = Memory()
    for _time in range(2):
        read(counting, memory, TEXTS, {TEXTS[1]})
    assert counting.asked == [*TEXTS, TEXTS[0], TEXTS[2]]
