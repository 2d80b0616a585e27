"""Common blocks are written as pandoc writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from documents import pandoc
from rapportbygger import template
from rapportbygger.nodes import Node
from rapportbygger.write.docx import plain_blocks, template_settings, template_styles, writing
from rapportbygger.write.docx.fragments import Fragment, cut
from rapportbygger.write.docx.package import read_parts
from rapportbygger.write.docx.pandoc_reference import Lookup
from rapportbygger.write.docx.raw_nodes import raw, raw_block, styled

SIGNS = [*map(chr, range(33, 0x250)), *"–—…«»“”’\u200b\u2011\u2028\u0301中\u05d0", *"<>&'\"" * 20]
MARKUP = (
    "<w:x/>",
    '<w:r><w:t xml:space="preserve">Tabell </w:t></w:r>',
    "<a>\n</a>",
    "",
    " <a/>",
    '<w:numId w:val="7"/>',
)
ADDRESSES = ["#id", "#no-name", "http://a.b/c?x=1&y=2", "mailto:x@y.z", "http://ø.no", "a/b", "https://a.b/c'd", "#"]
NOTHING = ["", [], []]


def attributes(random: Random, *pairs: tuple[str, str]) -> list[object]:
    name = random.choice(["", "", "id", "ref_1", "øre", "a-b", "a" * 45])
    return [name, random.choice([[], [], ["class"]]), [list(random.choice(pairs))] if random.random() < 0.6 else []]


def inlines(random: Random, depth: int = 0) -> list[Node]:
    return [inline(random, depth) for _inline in range(random.randint(1, 5))]


def inline(random: Random, depth: int) -> Node:
    kind = random.random()
    if kind < 0.6 or depth > 2:
        odd = random.choice(SIGNS) if random.random() < 0.03 else "a"
        return {"t": "Str", "c": "".join(random.choices([*"abcæø.,", odd], k=random.randint(1, 4)))}
    if kind < 0.86:
        return {"t": random.choice(["Space", "Space", "Space", "SoftBreak", "LineBreak"])}
    return random.choice([marked, marked, marked, span, link, note, image, markup])(random, depth)


def marked(random: Random, depth: int) -> Node:
    signs = ["Emph", "Strong", "Superscript", "Subscript", "Strikeout", "SmallCaps"]
    return {"t": random.choice(signs), "c": inlines(random, depth + 1)}


def span(random: Random, depth: int) -> Node:
    pairs = ("lang", "nn"), ("custom-style", "x"), ("dir", "rtl")
    return {"t": "Span", "c": [attributes(random, *pairs), inlines(random, depth + 1)]}


def link(random: Random, depth: int) -> Node:
    said = random.choice([NOTHING, NOTHING, ["", ["uri"], []], ["id", [], []]])
    return {"t": "Link", "c": [said, inlines(random, depth + 1), [random.choice(ADDRESSES), random.choice(["", "t"])]]}


def note(random: Random, depth: int) -> Node:
    return {"t": "Note", "c": paragraphs(random, depth + 1)}


def markup(random: Random, _depth: int) -> Node:
    return raw(random.choice(MARKUP))


def paragraphs(random: Random, depth: int = 0) -> list[Node]:
    return [{"t": "Para", "c": inlines(random, depth)} for _paragraph in range(random.choice([1, 1, 2]))]


def image(random: Random, _depth: int) -> Node:
    sides = [f"{random.uniform(0, 8):.{random.randint(0, 6)}f}in", "1in", "2.5in", "3cm"]
    pairs = [[side, random.choice(sides)] for side in ("width", "height") if random.random() < 0.95]
    alternative = inlines(random, 3) if random.random() < 0.8 else []
    return {"t": "Image", "c": [["", [], pairs], alternative, [random.choice(PICTURES), ""]]}


PICTURES = ["one.png", "two.jpg", "three.jpeg", "four.svg"]


def listing(random: Random, depth: int = 0) -> Node:
    items = [item(random, depth) for _item in range(random.randint(1, 3))]
    if random.random() < 0.5:
        return {"t": "BulletList", "c": items}
    style = random.choice(["Decimal", "LowerRoman", "UpperRoman", "LowerAlpha", "UpperAlpha", "DefaultStyle"])
    delimiter = random.choice(["Period", "OneParen", "TwoParens", "DefaultDelim"])
    return {"t": "OrderedList", "c": [[random.choice([0, 1, 3, 12]), {"t": style}, {"t": delimiter}], items]}


def item(random: Random, depth: int) -> list[Node]:
    first: list[Node] = [{"t": random.choice(["Plain", "Para"]), "c": inlines(random)}]
    if random.random() < 0.3:
        first.append({"t": random.choice(["Plain", "Para"]), "c": inlines(random)})
    if depth < 3 and random.random() < 0.3:
        first.append(listing(random, depth + 1))
    if random.random() < 0.1:
        first.append({"t": "BlockQuote", "c": paragraphs(random)})
    return first if random.random() < 0.95 else []


def table(random: Random) -> Node:
    count = random.randint(1, 9)
    widths = [{"t": "ColWidth", "c": random.uniform(0.01, 1.2 / count)} for _column in range(count)]
    if random.random() < 0.5:
        widths = [{"t": "ColWidthDefault"}] * count
    columns = [[side(random), width] for width in widths]
    head, body = ([row(random, count) for _row in range(random.randint(0, most))] for most in (2, 3))
    return {"t": "Table", "c": [NOTHING, [None, []], columns, [NOTHING, head], [[NOTHING, 0, [], body]], [NOTHING, []]]}


def side(random: Random) -> Node:
    return {"t": random.choice(["AlignLeft", "AlignRight", "AlignCenter", "AlignDefault"])}


def row(random: Random, count: int) -> object:
    return [NOTHING, [cell(random) for _cell in range(count)]]


def cell(random: Random) -> object:
    own = side(random) if random.random() < 0.2 else {"t": "AlignDefault"}
    text: list[Node] = [{"t": "Plain", "c": inlines(random)}] if random.random() < 0.8 else []
    return [NOTHING, own, 1, 1, text]


def block(random: Random, depth: int = 0) -> Node:
    heading: Node = {"t": "Header", "c": [random.randint(1, 9), NOTHING, inlines(random)]}
    style = random.choice(["Caption", "Captioned Figure", "caption", "Not There", "Bibliography"])
    inside = [block(random, depth + 1) for _block in range(random.choice([1, 1, 2]))] if depth < 2 else []
    return random.choice(
        [
            *(*paragraphs(random), heading, styled(paragraphs(random), style), raw_block(random.choice(MARKUP))),
            {"t": "BlockQuote", "c": paragraphs(random)},
            listing(random),
            table(random),
            {
                "t": "Div",
                "c": [attributes(random, ("custom-style", style), ("lang", "nn")), inside or paragraphs(random)],
            },
        ]
    )


@pytest.fixture(scope="module")
def standard() -> Mapping[str, bytes]:
    parts = read_parts(template.STANDARD.read_bytes())
    return template_settings.modern(template_styles.completed(parts))


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_written_is_what_pandoc_writes(seed: int, standard: Mapping[str, bytes], tmp_path: Path) -> None:
    lookup = Lookup.of(standard)
    units = [[block(Random(1000 * seed + number))] for number in range(800)]
    reference, output = tmp_path / "reference.docx", tmp_path / "output.docx"
    reference.write_bytes(lookup.reference([name for _kind, _ident, name in lookup.styles]))
    pictures: dict[str, str] = {}
    pandoc().docx(writing.sent(units, pictures), reference, output, [*pictures]).result()
    by_pandoc = list(cut(read_parts(output.read_bytes()), units, pictures))
    ours = [plain_blocks.written(unit, lookup) for unit in units]
    triples = list(zip(units, ours, map(_comparable, by_pandoc), strict=True))
    assert [each for each in triples if each[1] is not None and each[1] != each[2]] == []
    known = [fragment for fragment in ours if fragment is not None]
    assert len(known) > 250
    assert all(sum(map(bool, each)) > 10 for each in zip(*map(_counted, known), strict=True))


def _counted(fragment: Fragment) -> tuple[object, object, object]:
    """What there is of that which pandoc counts."""
    return fragment.notes, fragment.numbers, fragment.lists


def _comparable(fragment: Fragment) -> Fragment:
    """Without what `assemble` says anew: the first paragraph of several, and pictures' paths."""
    body = tuple(_settled(piece) if isinstance(piece, str) else piece for piece in fragment.body)
    return replace(fragment, body=body)


def _settled(text: str) -> str:
    text = re.sub(r'((?:^|\n    )<w:p><w:pPr><w:pStyle w:val=")FirstParagraph', r"\1BodyText", text)
    return re.sub(r'(<pic:cNvPr descr=")[^"]*', r"\1", text)


@pytest.mark.parametrize("kind", ["Plain", "CodeBlock", "LineBlock"])
def test_other_blocks_are_left_to_pandoc(kind: str, standard: Mapping[str, bytes]) -> None:
    assert plain_blocks.written([{"t": kind, "c": []}], Lookup.of(standard)) is None
