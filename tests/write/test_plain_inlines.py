"""Inlines that are nothing but words are written as pandoc writes them."""

from __future__ import annotations

from random import Random

import pytest

from documents import pandoc
from rapportbygger.nodes import Node
from rapportbygger.write.pdf.call import raw
from rapportbygger.write.pdf.plain_inlines import written
from rapportbygger.write.pdf.source import FORMAT

MARK = "//\u241e"
SPACE: Node = {"t": "Space"}
SIGNS = [
    *map(chr, range(33, 0x250)),
    *"–—…«»“”’\u200b\u2011\u2028\u202f\u0301",
    *"()[];:.,-+=/*#_~$@<>\\`'\"&|!?12" * 8,
]
WORDS = (
    *("ord", "1.", "12.", "1)", "(a)", "(", "-", "--", "+", "=x", "/", "//", "a//b", "http://x.no", "x.", "...", ";x"),
    *("3.\xa0mai", "\xa0", "a_b", "«x»", "a-b", "–", "i.", "\\", "a:", "-5", ""),
)
RAW = ("#x;", '#goto("a")[', "];", "", "\n", "a\nb", " a", "b ", "//c", "- ")


def text(content: str) -> Node:
    return {"t": "Str", "c": content}


def inlines(random: Random, depth: int = 0) -> list[Node]:
    return [inline(random, depth) for _inline in range(random.randint(1, 5))]


def inline(random: Random, depth: int) -> Node:
    kind = random.random()
    if kind < 0.25:
        return text(random.choice(WORDS))
    if kind < 0.5:
        return text("".join(random.choices([*"abcæø", random.choice(SIGNS)], k=random.randint(1, 4))))
    if kind < 0.8:
        return {"t": random.choice(["Space", "Space", "SoftBreak"])}
    if kind < 0.92 and depth < 2:
        within = inlines(random, depth + 1)
        note: Node = {"t": "Note", "c": [{"t": "Para", "c": within}]}
        kinds = ("Emph", "Strong", "Superscript", "Subscript")
        return random.choice([note, *({"t": kind, "c": within} for kind in kinds)])
    return {"t": "RawInline", "c": ["typst", random.choice(RAW)]} if kind < 0.98 else {"t": "LineBreak"}


def test_whatever_is_written_is_what_pandoc_writes() -> None:
    blocks: list[Node] = [{"t": "Plain", "c": inlines(Random(seed))} for seed in range(4_000)]
    by_pandoc = pandoc().write([each for block in blocks for each in (block, raw(MARK))], FORMAT).split(MARK)[:-1]
    ours = [written(block["c"]) for block in blocks]
    differing = [
        (block, mine, its)
        for block, mine, its in zip(blocks, ours, by_pandoc, strict=True)
        if mine not in (None, its.strip("\n"))
    ]
    assert not differing
    assert sum(mine is not None for mine in ours) > 600


@pytest.mark.parametrize(
    ("inline", "typst"),
    [
        ([text("Kjøpt_for"), SPACE, text("1\xa0200"), SPACE, text("$.")], "Kjøpt\\_for 1~200 \\$."),
        ([text("Se"), SPACE, {"t": "Strong", "c": [text("her")]}, text(";")], "Se #strong[her]\\;"),
        ([text("("), text("ja)")], "\\(ja)"),
        ([text("Note"), {"t": "Note", "c": [{"t": "Para", "c": [text("Her.")]}]}, SPACE], "Note#footnote[Her.]"),
    ],
)
def test_words_are_written(inline: list[Node], typst: str) -> None:
    assert written(inline) == typst


@pytest.mark.parametrize("content", ["1.", "- a", "//", "a\u2028b", ""])
def test_what_could_be_more_than_words_is_left_to_pandoc(content: str) -> None:
    assert written([text(content)]) is None
