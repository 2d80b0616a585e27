"""Blocks that are nothing but words and markup are written as pandoc writes them."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from documents import pandoc
from rapportbygger import template
from rapportbygger.nodes import Node
from rapportbygger.write.docx import plain_blocks, template_settings, template_styles
from rapportbygger.write.docx.package import read_parts
from rapportbygger.write.docx.pandoc_reference import CUT, Lookup
from rapportbygger.write.docx.raw_nodes import raw, raw_block, styled

SIGNS = [*map(chr, range(33, 0x250)), *"–—…«»“”’\u200b\u2011\u2028\u0301中\u05d0", *"<>&'\"" * 20]
MARKUP = ("<w:x/>", '<w:r><w:t xml:space="preserve">Tabell </w:t></w:r>', "<a>\n</a>", "", " <a/>")


def inlines(random: Random, depth: int = 0) -> list[Node]:
    return [inline(random, depth) for _inline in range(random.randint(1, 6))]


def inline(random: Random, depth: int) -> Node:
    kind = random.random()
    if kind < 0.45:
        odd = random.choice(SIGNS) if random.random() < 0.3 else "a"
        return {"t": "Str", "c": "".join(random.choices([*"abcæø.,", odd], k=random.randint(1, 4)))}
    if kind < 0.8:
        return {"t": random.choice(["Space", "Space", "SoftBreak"])}
    if kind < 0.92 and depth < 3:
        return {"t": random.choice(["Emph", "Strong"]), "c": inlines(random, depth + 1)}
    return raw(random.choice(MARKUP)) if kind < 0.98 else {"t": "LineBreak"}


def block(random: Random) -> Node:
    paragraph: Node = {"t": "Para", "c": inlines(random)}
    heading: Node = {"t": "Header", "c": [random.randint(1, 9), ["", [], []], inlines(random)]}
    style = random.choice(["Caption", "Captioned Figure", "caption", "Not There"])
    return random.choice([paragraph, paragraph, heading, styled([paragraph], style), raw_block(random.choice(MARKUP))])


@pytest.fixture(scope="module")
def lookup() -> Lookup:
    parts = read_parts(template.STANDARD.read_bytes())
    return Lookup.of(template_settings.modern(template_styles.completed(parts)))


def test_whatever_is_written_is_what_pandoc_writes(lookup: Lookup, tmp_path: Path) -> None:
    blocks = [block(Random(seed)) for seed in range(3_000)]
    reference, output = tmp_path / "reference.docx", tmp_path / "output.docx"
    reference.write_bytes(lookup.reference(["Caption", "Captioned Figure"]))
    sent = [each for one in blocks for each in (one, raw_block(CUT))]
    pandoc().docx([raw_block(CUT), *sent], reference, output).result()
    text = read_parts(output.read_bytes())["word/document.xml"].decode()
    by_pandoc = text.replace('"FirstParagraph"', '"BodyText"').split(CUT)[1:-1]
    ours = [plain_blocks.written([one], lookup) for one in blocks]
    triples = list(zip(blocks, ours, by_pandoc, strict=True))
    assert [each for each in triples if each[1] is not None and f"\n    {each[1]}\n    " != each[2]] == []
    assert sum(markup is not None for markup in ours) > 1_000


@pytest.mark.parametrize("kind", ["Plain", "BlockQuote", "CodeBlock"])
def test_other_blocks_are_left_to_pandoc(kind: str, lookup: Lookup) -> None:
    assert plain_blocks.written([{"t": kind, "c": []}], lookup) is None
