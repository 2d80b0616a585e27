"""The body as pandoc writes it: each block is written once, and known again in the next document."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapportbygger.nodes import ATTRIBUTES, Node, attributes, elements, pairs_of, walk
from rapportbygger.pandoc import Pandoc
from rapportbygger.protocols import Memory
from rapportbygger.recent import OfEach, Recent
from rapportbygger.write.docx import plain_blocks
from rapportbygger.write.docx.fragments import Fragment, cut, joined
from rapportbygger.write.docx.package import Parts, read_parts
from rapportbygger.write.docx.pandoc_reference import CUT, Frame, Lookup, Naming, frame
from rapportbygger.write.docx.raw_nodes import raw_block

_ours = OfEach[Node, tuple[Lookup, Fragment | None]]()
"""The last blocks with what the template says of styles; None where pandoc has to be asked."""
_known = Recent[tuple[bytes, Lookup], Fragment]()
"""Those that pandoc wrote, by what they hold: to ask anew would cost more than to look through them."""


@dataclass(frozen=True, slots=True)
class Writing:
    """A body that pandoc is writing, as far as it is not known. `parts` gives the parts of the Word file.

    `units` are written, or the keys of what pandoc has written (`found`) or is asked for (`new`).
    """

    template: Parts
    lookup: Lookup
    units: Sequence[Fragment | bytes]
    found: dict[bytes, Fragment]
    new: Mapping[bytes, list[Node]]
    frame: Future[Frame]
    job: Future[Any] | None
    output: Path
    pictures: Mapping[str, str]

    def exception(self) -> BaseException | None:
        """What kept pandoc from writing, once it is through."""
        errors = [future.exception() for future in (self.frame, self.job) if future is not None]
        return next((error for error in errors if error), None)

    def parts(self) -> dict[str, bytes]:
        """What pandoc makes of the whole document with this template. Raises PandocError."""
        if self.job is not None:
            self.job.result()
            written = read_parts(self.output.read_bytes())
            for key, fragment in zip(self.new, cut(written, self.new.values(), self.pictures), strict=True):
                _known.put((key, self.lookup), fragment)
                self.found[key] = fragment
        fragments = (self.found[unit] if isinstance(unit, bytes) else unit for unit in self.units)
        return joined(fragments, self.frame.result(), self.template, self.output.parent)


def begin(
    blocks: Iterable[Node], template: Parts, pandoc: Pandoc, folder: Path, memory: Memory | None = None
) -> Writing:
    """Ask pandoc for what is not known of the blocks. `folder` is for files that pandoc reads and writes."""
    lookup, others = Lookup.of(template), dict[bytes, list[Node]]()
    units = [_written(unit, lookup) or _among(others, unit) for unit in _units(blocks)]
    found = {key: fragment for key in others if (fragment := _known.get((key, lookup))) is not None}
    new = {key: unit for key, unit in others.items() if key not in found}
    whole = frame(template, _namings(others.values(), lookup), pandoc, folder, memory)
    output, pictures, job = folder / "body.docx", dict[str, str](), None
    if new:
        reference = folder / "reference.docx"
        reference.write_bytes(lookup.reference([name for unit in new.values() for name in _named(unit)]))
        job = pandoc.docx(sent(new.values(), pictures), reference, output, [*pictures])
    return Writing(template, lookup, units, found, new, whole, job, output, pictures)


def _written(unit: list[Node], lookup: Lookup) -> Fragment | None:
    """What can be said of blocks without pandoc: only of a block by itself, which names no style of pandoc's own."""
    if len(unit) != 1:
        return None
    known = _ours.get(unit[0])
    if known is None or known[0] is not lookup:
        known = lookup, plain_blocks.written(unit, lookup)
        _ours.put(unit[0], known)
    return known[1]


def _among(others: dict[bytes, list[Node]], unit: list[Node]) -> bytes:
    """The key of blocks that are put among others."""
    key = _key(unit)
    others[key] = unit
    return key


# --------------------------------------------------------------------------------------------------------------- asking


def _units(blocks: Iterable[Node]) -> Iterator[list[Node]]:
    """Blocks that are written apart; tables in a row are not, since pandoc puts something between them."""
    unit: list[Node] = []
    for block in blocks:
        if unit and (block["t"] != "Table" or unit[-1]["t"] != "Table"):
            yield unit
            unit = []
        unit.append(block)
    if unit:
        yield unit


def _key(unit: list[Node]) -> bytes:
    """The same for equal units."""
    return b"".join(map(_held, unit))


_held = OfEach[Node, bytes](lambda block: marshal.dumps(block, 2))
"""What a block holds: this version of the format is the same for equal values."""


def _styles_in(block: Node) -> tuple[tuple[str, str], ...]:
    """The elements of a block that name styles, and the names."""
    if b"custom-style" not in _held(block):
        return ()
    pairs = ((each["t"], pairs_of(attributes(each))) for each in elements([block], *ATTRIBUTES))
    return tuple((kind, said["custom-style"]) for kind, said in pairs if said.get("custom-style"))


_named_in = OfEach[Node, tuple[tuple[str, str], ...]](_styles_in)


def _named(unit: list[Node]) -> list[str]:
    """The styles that a unit names."""
    return [name for block in unit for _kind, name in _named_in(block)]


def _namings(units: Iterable[list[Node]], lookup: Lookup) -> frozenset[Naming]:
    """The elements that name styles which the template lacks: pandoc makes them."""
    own = {"Div": lookup.named("paragraph"), "Span": lookup.named("character")}
    named = {naming for unit in units for block in unit for naming in _named_in(block)}
    return frozenset((kind, name) for kind, name in named if kind in own and name.casefold() not in own[kind])


def sent(units: Iterable[list[Node]], pictures: dict[str, str]) -> list[Node]:
    """The blocks with cuts between them; `pictures` learns the files by the names that they have here.

    Each picture and link is another than those of other blocks, so that its number is where it would be by itself.
    """
    sent = [raw_block(CUT)]
    for number, unit in enumerate(units):
        apart = _Apart(f"{number}-", pictures)
        sent += [*walk(unit, {"Link": apart.link, "Image": apart.image}), raw_block(CUT)]
    return sent


class _Apart:
    """Gives the links and pictures of a block names that no other block has."""

    def __init__(self, prefix: str, pictures: dict[str, str]) -> None:
        self._prefix, self._all, self._own = prefix, pictures, dict[str, str]()

    def link(self, node: Node) -> Node | None:
        """The link to a page of that name."""
        attributes, inlines, (address, title) = node["c"]
        if address.startswith("#"):
            return None
        return {"t": "Link", "c": [attributes, inlines, [self._prefix + address, title]]}

    def image(self, node: Node) -> Node:
        """The picture with such a name, by which pandoc finds something in place of the file."""
        attributes, alternative, (path, title) = node["c"]
        name = self._own.setdefault(path, f"{self._prefix}{len(self._own)}{Path(path).suffix}")
        self._all[name] = path
        return {"t": "Image", "c": [attributes, alternative, [name, title]]}
