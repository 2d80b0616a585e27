"""What is read without pandoc is read as pandoc reads it."""

from __future__ import annotations

import re
import subprocess
from random import Random
from typing import Any

import pytest

from documents import pandoc
from rapportbygger import plain_markdown, reading_together
from rapportbygger.pandoc import Parsed, _pandoc
from rapportbygger.plain_markdown import words

WORDS = re.split(
    " ", "et ord, å fram. (alt) ja: *det* **slik** «2021» bo- og 24\xa0780 og/eller nei; @tbl-a [@k]. s. 3"
)
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


CITED = (
    *("[@k, s. 3]", "[see @k-l:m.n s. 3; -@b_c, kap. 9]", "[@k,\ns. 3]", "[se\n@k; @l]", "[@k ]", "[ @k]", "[@k, ]"),
    *("[cf. @k]", "[@k, p. 3]", "[se -@k]", "[x@k]", "[@k; s. 3]", "[@k, *s*]", "[@k]{.x}", "[@k](x)", "[@k;;@l]"),
)
ATTRIBUTES = (
    *("{#sec-a}", '{#fig-a fig-alt="Åser, «lys» og ½" width=80%}', "{.x .y}", '{#a .b k="" l=3cm}', "{}"),
    *(
        '{k="v" k=w}',
        "{lang=nn}",
        '{alt="x"}',
        "{id=x}",
        "{#a #b}",
        "{ #a }",
        "{-}",
        "{#å}",
        '{k="&amp;"}',
        "{number=1}",
    ),
)


def line(random: Random, odd: float, most: int = 6) -> str:
    kinds = (MORE if random.random() < odd else CITED if random.random() < odd else WORDS for _word in range(most))
    return " ".join(random.choice(kind) for kind in [*kinds][: random.randint(1, most)])


def attributes(random: Random, odd: float) -> str:
    return random.choice(ATTRIBUTES if random.random() < 0.1 + odd else ATTRIBUTES[:5]) if random.random() < 0.8 else ""


def table(random: Random, odd: float) -> str:
    columns = random.randint(1, 4)

    def row() -> str:
        cells = columns if random.random() > odd / 9 else columns + 1
        return "".join(f"|{random.choice(['', line(random, odd, 4)])} " for _cell in range(cells)) + "|"

    rules = ["---", ":-", " -----: ", ":" + "-" * 30, ":-:"]
    rows = [
        row(),
        "|".join(["", *random.choices(rules, k=columns), ""]),
        *(row() for _row in range(random.randint(0, 4))),
    ]
    caption = f"\n\n: {line(random, odd)} {attributes(random, odd)}".rstrip() if random.random() < 0.7 else ""
    return "\n".join(rows) + caption


def picture(random: Random, odd: float) -> str:
    target = random.choice(
        ["a.png", "fig/å_b-c.vl.yaml"] if random.random() > odd else ["a b.png", "a.png 't'", "a(b)"]
    )
    return f"![{line(random, odd)}]({target}){attributes(random, odd)}"


def text(random: Random) -> str:
    odd = random.choice([0, 0, 0.05, 0.3])
    bullets, numbers = (
        "\n".join(random.choice(marks) + line(random, odd) for _line in range(random.randint(1, 3)))
        for marks in (["- "], ["1. ", "1. ", "2. "])
    )
    paragraph = "\n".join(line(random, odd) for _line in range(random.randint(1, 2)))
    heading = f"## {line(random, odd)} {attributes(random, odd)}".rstrip()
    long = " ".join([*random.choices(WORDS, k=30), line(random, 0.5), line(random, 0)])
    lists = random.choice([bullets, numbers, f"{bullets}\n\n{numbers}"])
    return random.choice([paragraph, long, long, heading, lists, table(random, odd), picture(random, odd)])


def test_whatever_is_read_is_read_as_by_pandoc() -> None:
    texts = list(dict.fromkeys(text(Random(seed)) for seed in range(5_000)))
    read = [plain_markdown.read(each) for each in texts]
    pairs = list(zip(texts, read, pandoc().parse(texts), strict=True))
    assert [pair for pair in pairs if pair[1] is not None and pair[1] != plain(pair[2].blocks)] == []
    kinds = [blocks[0]["t"] for blocks in read if blocks is not None]
    assert {kind: kinds.count(kind) > 50 for kind in set(kinds)} == dict.fromkeys(KINDS, True)


KINDS = ("Para", "Header", "BulletList", "OrderedList", "Table", "Figure")


@pytest.mark.parametrize(
    "markdown",
    [
        "| Tiltak | Elever |\n|:-----|---:|\n| Konsert *ute* | 23 |\n| Teater [@k, s. 3] | |\n\n: I år {#tbl-a .wide}",
        '![Fra arbeidet](bilder/a.png){#fig-a fig-alt="Åser" width=80%}',
        f"| {'a' * 80} | b | c | d |\n|---------:|:--: | -----: | -----:|\n| 1 | 2 | 3 | 4 |",
        "## Mål og tiltak i 2022 – og fram",
        "Ja [se @k, kap. 9; -@l s. 3], og *mer*.",
    ],
)
def test_what_is_often_written_is_read(markdown: str) -> None:
    assert plain_markdown.read(markdown) == plain(pandoc().parse([markdown])[0].blocks)


def test_a_paragraph_of_which_pandoc_reads_the_end_is_what_it_reads_of_the_whole() -> None:
    texts = list(dict.fromkeys(text(Random(seed)) for seed in range(4_000, 6_000)))
    apart, whole = reading_together.read(texts, pandoc().parse), pandoc().parse(texts)
    pairs = list(zip(texts, apart, whole, strict=True))
    assert [
        pair for pair in pairs if plain(pair[1].blocks) != plain(pair[2].blocks) or pair[1].log != pair[2].log
    ] == []
    assert sum(words.begun(each) is not None for each in texts) > 200


def test_only_the_end_of_a_paragraph_is_asked_for() -> None:
    begin = "Læreren og *alle* elevene ble med på det som skulle skje den høsten, " * 2
    asked: list[str] = []

    def parse(texts: Any) -> list[Parsed]:
        asked.extend(texts)
        return pandoc().parse(texts)

    reading_together.read([f"{begin}og slik [lenke](x.md)."], parse)
    assert asked == ["slik [lenke](x.md)."]


@pytest.mark.parametrize(
    "odd",
    [
        '"sitat"',
        "a--b",
        "f.eks. Dr. Berg",
        "http://x.no",
        "- a\n\n- b",
        "@fig-a. En",
        "_x_",
        "a [@k pp. ]",
        "![ a](b.png)",
        "| |\n|---|\n| a |",
    ],
)
def test_what_could_be_more_than_words_is_left_to_pandoc(odd: str) -> None:
    assert plain_markdown.read(odd) is None


def test_every_abbreviation_of_pandocs_is_left_to_pandoc() -> None:
    command = [_pandoc(), "--print-default-data-file", "abbreviations"]
    found = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.split()
    assert [each for each in found if plain_markdown.read(f"ord {each} ord") is not None] == []
