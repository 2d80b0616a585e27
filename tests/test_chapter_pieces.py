"""Chapters read in pieces, and pieces read together: as pandoc reads them whole and apart."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest

from documents import document, documented, pandoc
from rapportbygger import reading_together
from rapportbygger.chapter_pieces import belong_together, pieces
from rapportbygger.pandoc import Parsed

BLOCKS = (
    "Et avsnitt med *tekst* og @fig-a.",
    "**Vår vurdering.** Ja [@kilde, s. 3].",
    '«Sitat» og "sitat"\nover to linjer',
    "# Mål",
    "## Tiltak {#sec-tiltak}",
    "Tittel\n===",
    "- en\n- to",
    "- en\n\n- to",
    "1. en\n2. to",
    "a. bokstav",
    "A. B. Hansen skrev",
    "    kode",
    "   tre inn",
    "> sitat\n\n> mer",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    ": Tekst {#tbl-a}",
    "Table: Tekst",
    "Ord\n:   forklaring",
    ":   forklaring",
    "![Bilde](a.png){#fig-b}",
    "::: {.callout-note}",
    "::: boks\ntekst\n:::",
    ":::",
    "| linje\n| to",
    "***",
    "$$x$$",
    "\\newpage",
    "Ord^[note her] videre",
    "Se [Mål]",
    "C\n# D",
    "@fig-a. Et eksempel",
)


def plain(node: Any) -> Any:
    """Blocks without pandoc's own count of citations."""
    if isinstance(node, dict):
        return {key: 0 if key == "citationNoteNum" else plain(value) for key, value in node.items()}
    return [plain(child) for child in node] if isinstance(node, list) else node


def made(count: int) -> list[str]:
    random_blocks = random.Random(5)
    return ["\n\n".join(random_blocks.choices(BLOCKS, k=random_blocks.randint(4, 9))) + "\n" for _text in range(count)]


def test_pieces_are_what_the_whole_is() -> None:
    texts = [text for text in made(600) if len(pieces(text)) > 1]
    whole = pandoc().parse(texts)
    parts = iter(pandoc().parse([piece for text in texts for piece in pieces(text)]))
    compared = 0
    for text, expected in zip(texts, whole, strict=True):
        read = [next(parts) for _piece in pieces(text)]
        if belong_together([block for one in read for block in one.blocks]):
            assert plain([block for one in read for block in one.blocks]) == plain(expected.blocks), text
            compared += 1
    assert compared > 100


USES = (
    "Ord[^{}] her",
    "- en\n- to[^{}]",
    "Og[^{}] mer[^{}]",
    "| a[^{}] |\n|---|\n| 1 |",
    "> *se*[^{}]",
    "En[^{}]^[to]",
)
NOTES = (
    *("[^{}]: Noten", "[^{}]: Note *en*\nto linjer", "[^{}]: Note\n\n    mer av den\n\n    - liste\n    - i den"),
    *("[^{}]: D\n\n        kode", "[^{}]:\n    C", "[^{}]: D [@k]", "[^{}]: B\n\n  ikke", "[^{}]: Fri [^x]"),
)
OTHERS = ("# Mål", "- en", ": Tekst", "Fritt ord", "Et til", "    inn", "::: a\nb\n:::", "Slutt", "| 1 |\n|---|\n| 2 |")


def with_notes(random_blocks: random.Random) -> str:
    """A text with some notes, each defined somewhere."""
    names = random_blocks.sample("abcd", k=random_blocks.randint(1, 3))
    noted = [random_blocks.choice(some).replace("{}", name) for name in names for some in (USES, NOTES)]
    blocks = [*noted, *random_blocks.sample(OTHERS, k=3)]
    random_blocks.shuffle(blocks)
    return "\n\n".join(blocks)


def test_pieces_with_their_notes_are_what_the_whole_is() -> None:
    texts = [with_notes(random.Random(seed)) for seed in range(1_500)]
    texts = [text for text in texts if len(pieces(text)) > 1]
    whole = pandoc().parse(texts)
    read = iter(pandoc().parse([piece for text in texts for piece in pieces(text)]))
    compared = 0
    for text, expected in zip(texts, whole, strict=True):
        parts = [next(read) for _piece in pieces(text)]
        if belong_together([block for one in parts for block in one.blocks]) and not any(one.log for one in parts):
            assert plain([block for one in parts for block in one.blocks]) == plain(expected.blocks), text
            assert not expected.log, text
            compared += 1
    assert compared > 200


def test_a_piece_brings_the_notes_that_it_uses() -> None:
    text = "Ord[^a]\n\nFritt\n\nTo[^b] og[^a]\n\n[^a]: A\n\n    mer\n\n[^b]: B\n\nTil slutt\n"
    assert pieces(text) == (
        *("Ord[^a]\n\n[^a]: A\n\n    mer\n", "Fritt"),
        *("To[^b] og[^a]\n\n[^b]: B\n\n[^a]: A\n\n    mer\n", "Til slutt"),
    )


def test_texts_read_together_are_what_they_are_apart() -> None:
    texts = [piece for text in made(60) for piece in pieces(text)]
    asked: list[int] = []

    def parse(some: Sequence[str]) -> list[Parsed]:
        asked.append(len(some))
        return pandoc().parse(some)

    together = reading_together.read(texts, parse)
    assert [plain(one.blocks) for one in together] == [plain(one.blocks) for one in pandoc().parse(texts)]
    assert asked[0] < len(set(texts)) * 0.8


def test_what_pandoc_sees_in_one_of_them_is_told_of_that_one() -> None:
    texts = ["En", "To $\\alfa{$", "Tre"]
    assert [len(one.log) for one in reading_together.read(texts, pandoc().parse)] == [0, 1, 0]


@pytest.mark.parametrize(
    "reaching",
    [
        "Tekst\n\n[^a]: Ikke brukt",
        "Tekst[^a]\n\n[^a]: Note\n\n[^a]: En til",
        "Tekst[^a]\n\n[^a]: Note[^b]\n\n[^b]: En til",
        "Tekst[^a]",
        "[lenke]: http://example.org",
        "---\ntitle: T\n---",
        "```\nkode\n\n# mer\n```",
        "<div>\n\ntekst\n\n</div>",
        "(@) eksempel",
        "Se [Formål]",
        "Ord\n\n:   forklaring",
        "::: boks\n\ntekst",
        "  a    b\n---- ----\n  1    2",
    ],
)
def test_a_chapter_where_a_block_may_reach_another_is_read_whole(reaching: str) -> None:
    text = f"# Formål\n\nEn\n\nTo\n\nTre\n\n{reaching}\n\nFire\n"
    assert pieces(text) == (text,)


def test_pieces_are_paragraphs_headings_and_groups_of_others() -> None:
    text = "# A\n\nEn\nlinje\n\n- a\n\n    b\n\n> c\n\nTo\n\n::: boks\n\nTre\n\nFire\n\n:::\n\nFem\n"
    assert [piece.strip() for piece in pieces(text)] == [
        "# A",
        "En\nlinje",
        "- a\n\n    b\n\n> c",
        "To",
        "::: boks\n\nTre\n\nFire\n\n:::",
        "Fem",
    ]


def test_headings_with_the_same_words_are_numbered_as_in_the_whole() -> None:
    chapter = "# A\n\n## Mål\n\nEn\n\n## Mål\n\nTo\n"
    assert [node["c"][1][0] for node in document(chapter).blocks if node["t"] == "Header"] == ["a", "mål", "mål-1"]


def test_a_known_piece_is_the_same_object_in_another_chapter() -> None:
    (one, _), (other, _) = (documented(f"# A\n\nFelles avsnitt\n\n{word}\n\nEnd\n") for word in ("En", "To"))
    assert [a is b for a, b in zip(one.blocks, other.blocks, strict=True)] == [True, True, False, True]


def test_what_is_seen_in_a_piece_is_told_at_its_line() -> None:
    _document, problems = documented("# A\n\nEn\n\nTo\n\nTre $\\alfa{$ her\n\nFire\n")
    assert [(problem.code, problem.location.line) for problem in problems if problem.location] == [("formula", 7)]
