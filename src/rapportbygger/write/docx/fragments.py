"""What pandoc wrote of each block of a document, cut out of its Word file, and documents put together of that.

pandoc counts relations, notes, bookmarks and lists through the whole of a document. So do we: what is put together of
blocks is, byte for byte, what pandoc makes of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import TypeAlias

from rapportbygger.nodes import Node, elements
from rapportbygger.write.docx.package import Parts
from rapportbygger.write.docx.pandoc_markup import BETWEEN
from rapportbygger.write.docx.pandoc_reference import (
    CUT,
    DOCUMENT,
    FOOTNOTES,
    NOTE_RELATIONS,
    NUMBERING,
    RELATIONS,
    TYPES,
    Frame,
)

Pieces: TypeAlias = tuple[str | int, ...]
"""Markup, and numbers in it by their places: in `Fragment.numbers` from 0, in `Fragment.lists` from -1 downwards."""
NUMBER = "\0"
"""Stands for a number in a line about a picture or a link."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link's relation, with its number left out; it is known again by its `address`."""

    address: str
    relation: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's relation, file in the package and type, with its number left out."""

    path: str
    relation: str
    part: str
    override: str


@dataclass(frozen=True, slots=True)
class List:
    """A numbering, its number left out, and the kind of numberings that it is of, by its number and as markup."""

    rest: str
    kind: str
    markup: str


@dataclass(frozen=True, slots=True)
class Fragment:
    """What pandoc wrote of a block: in the body, and in footnotes; what it counted, in the order in which it did."""

    body: Pieces
    notes: tuple[Pieces, ...]
    numbers: tuple[Link | Picture | None, ...]
    lists: tuple[List, ...]


# -------------------------------------------------------------------------------------------------------------- cutting

_COUNTED = re.compile(
    r'(\br:(?:id|embed)="rId|<w:(?:footnote|footnoteReference|bookmarkStart|bookmarkEnd) w:id="|<w:numId w:val="'
    r'|<(?:wp:docPr|pic:cNvPr) [^>]*?\bid=")(\d+)(?=")'
)
_IN_LIST = '<w:numId w:val="'
_FIRST_LIST = 1001
_NOTE = re.compile(r'<w:footnote w:id="(\d+)">.*?</w:footnote>', re.DOTALL)
_CALL = re.compile(r'<w:footnoteReference w:id="(\d+)"')
_RELATION = re.compile(r'<Relationship [^>]*?\bId="rId(\d+)" Target="(media/)?([^"]*)"[^>]*/>')
_OVERRIDE = re.compile(r'<Override PartName="/word/media/rId(\d+)[^>]*/>')
_SHOWN = re.compile(r'<pic:cNvPr descr="([^"]*)".*?r:embed="rId(\d+)"', re.DOTALL)
_NUMBERING = re.compile(r'<w:num w:numId="(\d+)"(><w:abstractNumId w:val="(\d+)" />.*?</w:num>)', re.DOTALL)
_KIND = re.compile(r'<w:abstractNum [^>]*w:abstractNumId="(\d+)".*?</w:abstractNum>', re.DOTALL)


def cut(written: Parts, units: Iterable[list[Node]], pictures: Mapping[str, str]) -> Iterator[Fragment]:
    """What pandoc wrote of each unit, with cuts between. `pictures` are the files by the names that they have here."""
    body = written[DOCUMENT].decode("utf-8").split(CUT)[1:-1]
    notes = {note[1]: note[0] for note in _NOTE.finditer(written[FOOTNOTES].decode("utf-8"))}
    things: dict[int, Link | Picture] = {**_links(written), **_pictures(written, pictures)}
    lists, counted = _lists(written[NUMBERING].decode("utf-8")), 0
    for unit, text in zip(units, body, strict=True):
        count = len(elements(unit, "BulletList", "OrderedList"))
        inside = text.removeprefix(BETWEEN).removesuffix(BETWEEN)
        own = [notes[number] for number in _CALL.findall(inside)]
        yield _fragment(inside, own, things, lists[counted : counted + count], _FIRST_LIST + counted)
        counted += count


def counts(markup: str) -> bool:
    """Whether there is a number in markup that pandoc may have counted."""
    return _may_count(markup) and bool(_COUNTED.search(markup))


def _fragment(
    body: str, notes: list[str], things: Mapping[int, Link | Picture], lists: tuple[List, ...], first_list: int
) -> Fragment:
    parted = [_COUNTED.split(text) if _may_count(text) else [text] for text in (body, *notes)]
    found = (each for text in parted for each in zip(text[1::3], text[2::3], strict=True))
    numbers = sorted({int(number) for before, number in found if before != _IN_LIST})
    places = {number: place for place, number in enumerate(numbers)}

    def pieces(text: list[str]) -> Pieces:
        parts: list[str | int] = [text[0]]
        for before, number, behind in zip(text[1::3], text[2::3], text[3::3], strict=True):
            place = first_list - 1 - int(number) if before == _IN_LIST else places[int(number)]
            if before == _IN_LIST and int(number) < first_list:  # no label, or a numbering of our own
                parts[-1] = f"{parts[-1]}{before}{number}{behind}"
            else:
                parts += (place, behind)
                parts[-3] = f"{parts[-3]}{before}"
        return tuple(parts)

    kept = tuple(things.get(number) for number in numbers)
    return Fragment(pieces(parted[0]), tuple(map(pieces, parted[1:])), kept, lists)


_COUNTING = ('="rId', "w:footnote", "w:bookmark", "w:numId", ":docPr")


def _may_count(text: str) -> bool:
    """Whether there is anything to find: most blocks have no number."""
    return any(mark in text for mark in _COUNTING)


def _links(written: Parts) -> dict[int, Link]:
    found = _RELATION.finditer(written[NOTE_RELATIONS].decode("utf-8"))
    return {int(each[1]): _link(each) for each in found}


def _link(found: re.Match[str]) -> Link:
    prefix, _sign, address = found[3].partition("-")
    line = found[0].replace(f'Target="{prefix}-', 'Target="')
    return Link(address, _without(found[1], line))


def _without(number: str, line: str) -> str:
    return line.replace(f"rId{number}", f"rId{NUMBER}")


def _pictures(written: Parts, paths: Mapping[str, str]) -> dict[int, Picture]:
    shown = (written[name].decode("utf-8") for name in (DOCUMENT, FOOTNOTES))
    names = {number: name for text in shown for name, number in _SHOWN.findall(text)}
    overrides = {each[1]: each[0] for each in _OVERRIDE.finditer(written[TYPES].decode("utf-8"))}
    return {
        int(each[1]): Picture(
            paths[names[each[1]]],
            _without(each[1], each[0]),
            _without(each[1], f"word/media/{each[3]}"),
            _without(each[1], overrides[each[1]]),
        )
        for each in _RELATION.finditer(written[RELATIONS].decode("utf-8"))
        if each[2] and each[1] in names
    }


def _lists(numbering: str) -> tuple[List, ...]:
    kinds = {each[1]: intern(each[0]) for each in _KIND.finditer(numbering)}
    found = _NUMBERING.finditer(numbering)
    return tuple(List(intern(each[2]), each[3], kinds[each[3]]) for each in found if int(each[1]) >= _FIRST_LIST)


# -------------------------------------------------------------------------------------------------------------- joining


def joined(fragments: Iterable[Fragment], frame: Frame, template: Parts, folder: Path) -> dict[str, bytes]:
    """The parts of pandoc's Word file of a document, put together of what it wrote of the blocks.

    Pictures whose paths are not whole are in the folder.
    """
    body, notes, count = list[str](), list[str](), _Count(frame.first)
    for fragment in fragments:
        numbers, first = count.numbers(fragment), count.lists_of(fragment)
        text = _said(fragment.body, numbers, first)
        if text:
            body.append(text)
        notes += (_said(note, numbers, first) for note in fragment.notes)
    links, pictures = sorted(count.links.items()), sorted(count.pictures.items(), key=_place)
    related = "".join(_with(number, link.relation) for _address, (number, link) in links)
    shown = "".join(_with(number, picture.relation) for _path, (number, picture) in pictures)
    overrides = "".join(_with(number, picture.override) for _path, (number, picture) in pictures)
    texts = {
        DOCUMENT: BETWEEN.join(body).join(frame.document),
        FOOTNOTES: "".join(notes).join(frame.footnotes),
        RELATIONS: (shown + related).join(frame.relations),
        NOTE_RELATIONS: _closed(related.join(frame.note_relations)),
        TYPES: overrides.join(frame.types),
        NUMBERING: count.numbering(frame),
    }
    files = {_with(number, picture.part): (folder / path).read_bytes() for path, (number, picture) in pictures}
    return {**frame.around(template), **{name: text.encode("utf-8") for name, text in texts.items()}, **files}


def _closed(relations: str) -> str:
    """An element that holds nothing as pandoc writes one."""
    return relations.replace("></Relationships>", " />") if relations.count("<Relationship ") == 0 else relations


def _place(picture: tuple[str, object]) -> str:
    """A path as it is sorted, alike on all systems."""
    return Path(picture[0]).as_posix()


def _said(pieces: Pieces, numbers: list[int], first_list: int) -> str:
    if len(pieces) == 1:
        return str(pieces[0])
    return "".join(
        piece if isinstance(piece, str) else str(numbers[piece] if piece >= 0 else first_list - 1 - piece)
        for piece in pieces
    )


def _with(number: int, line: str) -> str:
    return line.replace(NUMBER, str(number))


class _Count:
    """Counts as pandoc does: everything once, but a link or a picture that was there before has its number already."""

    def __init__(self, first: int) -> None:
        self._next, self._lists = first, list[List]()
        self.links: dict[str, tuple[int, Link]] = {}
        self.pictures: dict[str, tuple[int, Picture]] = {}

    def numbers(self, fragment: Fragment) -> list[int]:
        """The numbers in a fragment, by their places."""
        return [self._number(thing) for thing in fragment.numbers]

    def _number(self, thing: Link | Picture | None) -> int:
        if isinstance(thing, Link):
            known = self.links.setdefault(thing.address, (self._next, thing))[0]
        elif isinstance(thing, Picture):
            known = self.pictures.setdefault(thing.path, (self._next, thing))[0]
        else:
            known = self._next
        self._next += known == self._next
        return known

    def lists_of(self, fragment: Fragment) -> int:
        """The number of the first list in a fragment."""
        first = _FIRST_LIST + len(self._lists)
        self._lists += fragment.lists
        return first

    def numbering(self, frame: Frame) -> str:
        """The part with all lists."""
        head, between, tail = frame.numbering
        kinds = {each.kind: each.markup for each in self._lists}
        lists = (f'<w:num w:numId="{number}"{each.rest}' for number, each in enumerate(self._lists, _FIRST_LIST))
        return "".join((head, *kinds.values(), between, *lists, tail))
