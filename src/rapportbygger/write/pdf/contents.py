"""The table of contents and the lists of figures and tables, as Typst's own outlines, which the PDF's tags need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapportbygger.nodes import Node, elements, pairs_of, span, tongues, without_notes, words
from rapportbygger.recent import OfEach
from rapportbygger.theme.look import Style
from rapportbygger.write.pdf.call import call, literal
from rapportbygger.write.pdf.figures import caption_inlines
from rapportbygger.write.pdf.flow import Flow
from rapportbygger.write.pdf.spacing import gap
from rapportbygger.write.pdf.wording import wording

CONTENTS: Mapping[str, str] = {"toc": "headings", "list-of-figures": "figures", "list-of-tables": "tables"}
"""The Divs that are filled here, and the Typst function that finds what each lists."""


def is_contents(block: Node) -> bool:
    """Whether a block is one of the Divs that are filled here."""
    return block["t"] == "Div" and not CONTENTS.keys().isdisjoint(block["c"][0][1])


DEFAULT_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Listed:
    """Something that a list of contents names: its words are those of its heading or caption, without footnotes and
    emphasis, each in its language."""

    id: str
    kind: str
    level: int
    number: str | None
    inlines: tuple[Node, ...]


def listed(blocks: tuple[Node, ...]) -> Iterator[Listed]:
    """Every heading that is listed, and every figure and table with a caption, in order."""
    for block in blocks:
        yield from _listed_in(block)


def _listed_of(block: Node) -> Iterator[Listed]:
    for node in elements((block,), "Header", "Figure", "Table"):
        if node["t"] == "Header" and "unlisted" not in node["c"][1][1]:
            level, attributes, inlines = node["c"]
            number = None if "unnumbered" in attributes[1] else pairs_of(attributes).get("number")
            yield Listed(attributes[0], "toc", level, number, _text(inlines))
        elif node["t"] != "Header" and (text := caption_inlines(node["c"][1])):
            kind = "list-of-figures" if node["t"] == "Figure" else "list-of-tables"
            yield Listed(node["c"][0][0], kind, 1, None, _text(text))


_listed_in = OfEach[Node, tuple[Listed, ...]](lambda block: tuple(_listed_of(block)))


def _text(inlines: Sequence[Node]) -> tuple[Node, ...]:
    parts = ((words(text.replace("\n", " ")), lang) for text, lang in tongues(without_notes(list(inlines))))
    return tuple(inline for text, lang in parts for inline in ([span(text, lang=lang)] if lang else text))


def write_contents(flow: Flow, kind: str, pairs: Mapping[str, str]) -> None:
    """A list of what the document holds: its heading, then an entry for each."""
    depth = int(pairs["depth"]) if pairs.get("depth", "").isdigit() else DEFAULT_DEPTH
    if kind == "toc":
        flow.depth = depth
    entries = [entry for entry in flow.listed if entry.kind == kind and (kind != "toc" or entry.level <= depth)]
    heading = flow.style("toc heading")
    flow.paragraph(heading, words(pairs.get("title", "")))
    flow.code(f"#contents({CONTENTS[kind]}, {literal(f'{kind} {depth}')}, (")
    for entry in entries:
        _entry(flow, entry, flow.style(*_styles(entry)))
    flow.code("))")


def _styles(entry: Listed) -> tuple[str, ...]:
    """The style of an entry's level, else that of the nearest level above which the template has one for."""
    if entry.kind != "toc":
        return ("table of figures",)
    return tuple(f"toc {level}" for level in range(entry.level, 0, -1))


def _entry(flow: Flow, entry: Listed, style: Style) -> None:
    space = gap(flow.above, style, sum_spacing=flow.theme.sum_spacing)
    flow.above = style
    dressing = flow.dressing(entry.inlines, style)
    flow.code(call("entry", entry.id, style.name, space.amount, entry.number, **dressing) + "[")
    flow.out.append(wording(entry.inlines, flow.names))
    flow.code("],")
