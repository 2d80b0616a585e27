"""Blocks written again: most blocks of a document are those of the one before, between the same neighbours.

What a block becomes follows from the block, the template, what stands above it, and the names that it asks for; with
footnotes, also from how many there are before it, and what has to be mended. Where all of that is as it was, it is not
worked out anew: in another layout of the same document only what is mended is.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from rapportbygger.nodes import ATTRIBUTES, Node, attributes, elements, pairs_of
from rapportbygger.recent import OfEach, Recent
from rapportbygger.theme import Theme
from rapportbygger.write.cells import TableLetters
from rapportbygger.write.pdf.blocks import write_block
from rapportbygger.write.pdf.call import raw
from rapportbygger.write.pdf.contents import is_contents
from rapportbygger.write.pdf.flow import Flow
from rapportbygger.write.pdf.inlines import Names
from rapportbygger.write.pdf.units import Crowded, Unit

_ASKED = ("above", "first", "heads", "structure", "depth", "landscape", "after", "room")
"""What of the flow a block goes by, beside whether a chain of headings has begun."""
_PLACE = ("chapter", "headings", "chain", "lead")
"""And one with footnotes."""
_LEFT = ("above", "joined", "first", "structure", "depth", "landscape", "after", "room")
_COUNTED = ("headings", "heads", "chapter")
_state, _left, _counts = attrgetter(*_ASKED), attrgetter(*_LEFT), attrgetter(*_COUNTED)
_place = attrgetter(*_PLACE)
_AT_REST: Mapping[str, Any] = {
    "container": None,
    "compact": False,
    "level": -1,
    "left": 0,
    "align": None,
    "cell": "",
    "opening": None,
    "keeps_opening": False,
}
_within, _NOWHERE = attrgetter(*_AT_REST), tuple(_AT_REST.values())
_KEPT: Any = object()


@dataclass(frozen=True, slots=True)
class _Passage:
    """What a block has become, and what it leaves behind in the flow; `chain` is counted from the headings before.

    What it was made of is kept, so that nothing else is taken for it.
    """

    block: Node
    listed: tuple[Any, ...]
    out: tuple[Node, ...]
    left: tuple[Any, ...]
    counted: tuple[int, ...]
    chain: int | None
    lead: Any
    taken: frozenset[str]
    crowded: tuple[Crowded, ...]
    units: tuple[Unit, ...]


_known = Recent[Hashable, _Passage]()


def write_again(flow: Flow, block: Node) -> None:
    """Write a block into the flow as `write_block` does."""
    asked = _asks(block) if _within(flow) == _NOWHERE else None
    if asked is None or not asked.ids.isdisjoint(flow.names.written):
        write_block(flow, block)
        return
    listed = tuple(map(id, flow.listed)) if asked.lists else ()
    notes = _noted(flow, asked.notes) if asked.notes else None
    key = (id(block), flow.setting, flow.chain is None, asked.answers(flow.names), listed, notes, _state(flow))
    passage = _known.get(key)
    if passage is None:
        _known.put(key, _written(flow, block, flow.listed if asked.lists else (), noted=bool(asked.notes)))
    else:
        _repeat(flow, passage)


def _noted(flow: Flow, notes: int) -> Hashable:
    """What a block with so many footnotes goes by: no more units than these are in it."""
    first = len(flow.units)
    return first, _place(flow), tuple(map(flow.mends.get, range(first, first + notes)))


def _written(flow: Flow, block: Node, listed: tuple[Any, ...], *, noted: bool) -> _Passage:
    before = _counts(flow)
    start, taken, crowded, units = len(flow.out), set(flow.names.written), len(flow.crowded), len(flow.units)
    chain, lead = flow.chain, flow.lead
    if not noted:
        flow.lead = _KEPT
    write_block(flow, block)
    passage = _Passage(
        block,
        listed,
        tuple(_joined(flow.out[start:])),
        _left(flow),
        tuple(now - then for now, then in zip(_counts(flow), before, strict=True)),
        None if flow.chain is None else _KEPT if flow.chain == chain else flow.chain - before[0],
        flow.lead,
        frozenset(flow.names.written - taken),
        tuple(flow.crowded[crowded:]),
        tuple(flow.units[units:]),
    )
    flow.lead = lead if flow.lead is _KEPT else flow.lead
    flow.out[start:] = passage.out
    return passage


def _repeat(flow: Flow, passage: _Passage) -> None:
    flow.out += passage.out
    flow.crowded += passage.crowded
    flow.units += passage.units
    flow.names.written.update(passage.taken)
    if passage.chain is not _KEPT:
        flow.chain = None if passage.chain is None else flow.headings + passage.chain
    if passage.lead is not _KEPT:
        flow.lead = passage.lead
    for name, value in zip(_LEFT, passage.left, strict=True):
        setattr(flow, name, value)
    headings, heads, chapter = passage.counted
    flow.headings, flow.heads, flow.chapter = flow.headings + headings, flow.heads + heads, flow.chapter + chapter


def _joined(blocks: list[Node]) -> list[Node]:
    """Calls that follow each other as one: there are far fewer blocks to go through then."""
    out: list[Node] = []
    calls: list[str] = []
    for block in blocks:
        if block["t"] == "RawBlock":
            calls.append(block["c"][1])
            continue
        if calls:
            out.append(raw("\n".join(calls)))
            calls = []
        out.append(block)
    return [*out, raw("\n".join(calls))] if calls else out


@dataclass(frozen=True, slots=True)
class _Asked:
    """The ids in a block, what it points at, its pictures, and how many footnotes it has.

    `lists`: it says what other blocks are called, as a list of contents does.
    """

    notes: int
    lists: bool
    ids: frozenset[str]
    targets: tuple[str, ...]
    pictures: tuple[str, ...]

    @classmethod
    def by(cls, block: Node) -> _Asked:
        """What a block asks for."""
        named = [attributes(node) for node in elements((block,), *ATTRIBUTES)]
        links = (node["c"][2][0] for node in elements((block,), "Link"))
        targets = {pairs_of(one).get("target", "") for one in named} | {url[1:] for url in links if url[:1] == "#"}
        pictures = (str(node["c"][2][0]) for node in elements((block,), "Image"))
        lists = any(map(is_contents, elements((block,), "Div")))
        ids = frozenset(one[0] for one in named) - {""}
        return cls(len(elements((block,), "Note")), lists, ids, tuple(sorted(targets - {""})), tuple(pictures))

    def answers(self, names: Names) -> Hashable:
        """What the document's names say to that."""
        return tuple(target in names.ids for target in self.targets), tuple(map(names.pictures.get, self.pictures))


def setting_of(theme: Theme, told: str, letters: TableLetters) -> Hashable:
    """What stands for a theme, given as Typst is told of it, and the letters of its tables."""
    looks = (letters.cell.look, letters.cell.code, letters.head.look, letters.margins, letters.edge)
    return _settings.of((told, theme.sum_spacing, looks, letters.cell.fonts.files), object)


_settings = Recent[Hashable, object]()

_asks = OfEach[Node, _Asked](_Asked.by)
