"""What is read without pandoc is read as pandoc reads it."""

from __future__ import annotations

import re
import subprocess
from random import Random
from typing import Any

import pytest

from documents import pandoc
from rapportbygger import plain_words, reading_together
from rapportbygger.pandoc import Parsed, _pandoc

WORDS = re.split(" ", "et ord, å fram. (alt) ja: *det* **slik** «2021» bo- og 24\xa0780 og/eller nei; @tbl-a")
MORE = re.split(
    " ",
    "a. Mr. mr. bl.a. c. 1. (a) 1) 5% I. Table: http: x:a -- .. - + ** *x *x*. (**x**) *x*y y*x* ***x*** _x_ a_b Prof. "
    "e.g. ½ ! !* # > | : ~ @x [x] (@x) urn: file: 'a' \"b\" & &amp; \\ \\* $ ^ < = === % @tbl-a. @tbl-a: @tbl-a) "
    "[@k, s. 3]. x[^1] **to [lenke](http://x.no) $x$ ^[note] `k` H~2~O <br> <b>x</b> ![x](y.png){width=3} [x]{.a} {x}",
)


def plain(node: Any) -> Any:
    """Blocks without pandoc's own count of citations."""
    if isinstance(node, dict):
        return {key: 0 if key == "citationNoteNum" else plain(value) for key, value in node.items()}
    return [plain(child) for child in node] if isinstance(node, list) else node


def line(random: Random, odd: float, most: int = 6) -> str:
    words = (random.choice(MORE if random.random() < odd else WORDS) for _word in range(random.randint(1, most)))
    return " ".join(words)


def text(random: Random) -> str:
    odd = random.choice([0, 0, 0.05, 0.3])
    bullets, numbers = (
        "\n".join(random.choice(marks) + line(random, odd) for _line in range(random.randint(1, 3)))
        for marks in (["- "], ["1. ", "1. ", "2. "])
    )
    paragraph = "\n".join(line(random, odd) for _line in range(random.randint(1, 2)))
    heading = f"## {line(random, odd)} {{#sec-a}}"
    long = " ".join([*random.choices(WORDS, k=30), line(random, 0.5), line(random, 0)])
    return random.choice([paragraph, long, long, heading, bullets, numbers, f"{bullets}\n\n{numbers}"])


def test_whatever_is_read_is_read_as_by_pandoc() -> None:
    texts = list(dict.fromkeys(text(Random(seed)) for seed in range(3_000)))
    read = [plain_words.read(each) for each in texts]
    pairs = list(zip(texts, read, pandoc().parse(texts), strict=True))
    assert [pair for pair in pairs if pair[1] is not None and pair[1] != plain(pair[2].blocks)] == []
    assert sum(blocks is not None for blocks in read) > 500


def test_a_paragraph_of_which_pandoc_reads_the_end_is_what_it_reads_of_the_whole() -> None:
    texts = list(dict.fromkeys(text(Random(seed)) for seed in range(4_000, 6_000)))
    apart, whole = reading_together.read(texts, pandoc().parse), pandoc().parse(texts)
    pairs = list(zip(texts, apart, whole, strict=True))
    assert [
        pair for pair in pairs if plain(pair[1].blocks) != plain(pair[2].blocks) or pair[1].log != pair[2].log
    ] == []
    assert sum(plain_words.begun(each) is not None for each in texts) > 200


def test_only_the_end_of_a_paragraph_is_asked_for() -> None:
    words = "Læreren og *alle* elevene ble med på det som skulle skje den høsten, " * 2
    asked: list[str] = []

    def parse(texts: Any) -> list[Parsed]:
        asked.extend(texts)
        return pandoc().parse(texts)

    reading_together.read([f"{words}og slik [@kilde, s. 3]."], parse)
    assert asked == ["slik [@kilde, s. 3]."]


@pytest.mark.parametrize(
    "odd", ['"sitat"', "a--b", "f.eks. Dr. Berg", "http://x.no", "- a\n\n- b", "@fig-a. En", "_x_"]
)
def test_what_could_be_more_than_words_is_left_to_pandoc(odd: str) -> None:
    assert plain_words.read(odd) is None


def test_every_abbreviation_of_pandocs_is_left_to_pandoc() -> None:
    command = [_pandoc(), "--print-default-data-file", "abbreviations"]
    found = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.split()
    assert [each for each in found if plain_words.read(f"ord {each} ord") is not None] == []
