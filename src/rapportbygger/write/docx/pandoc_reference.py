"""What pandoc is told of a template, and what it makes of one, whatever the text is.

pandoc's docx writer reads all of its reference document for every document, and looks up little in it: the width of
the page, and the ids of styles. So it gets no more than that to write text, and the template itself once.
"""

from __future__ import annotations

import marshal
import re
import zlib
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, fields
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

from rapportbygger.memory import key_of
from rapportbygger.nodes import Node
from rapportbygger.pandoc import SCRIPT, Pandoc
from rapportbygger.protocols import Memory
from rapportbygger.recent import Recent
from rapportbygger.theme.markup import tree
from rapportbygger.write.docx import ooxml
from rapportbygger.write.docx.ooxml import W, value
from rapportbygger.write.docx.package import Parts, read_parts, write_parts
from rapportbygger.write.docx.raw_nodes import raw_block
from rapportbygger.write.docx.template_styles import IDS

DOCUMENT, FOOTNOTES, NUMBERING = (f"word/{name}.xml" for name in ("document", "footnotes", "numbering"))
RELATIONS, NOTE_RELATIONS = (f"word/_rels/{name}.xml.rels" for name in ("document", "footnotes"))
TYPES, _STYLES = "[Content_Types].xml", "word/styles.xml"
_OWN = re.compile(r"word/((header|footer)\d*\.xml|document\.xml|media/.*)|docProps/.*")
"""The parts that differ from document to document: pandoc hands them on as they are, or puts its own in their place."""

Style: TypeAlias = tuple[str, str, str]
"""A style's type, id and name."""


@dataclass(frozen=True, slots=True, eq=False)
class Lookup:
    """What pandoc looks up in a template: how wide the text is (as the first section says it), and its styles.

    Templates that are alike in that have the same one.
    """

    page: tuple[str, ...]
    styles: tuple[Style, ...]

    @classmethod
    def of(cls, template: Parts) -> Lookup:
        """That of a template."""
        return _lookup(_page(template[DOCUMENT]), template[_STYLES])

    def named(self, kind: str) -> frozenset[str]:
        """The names of all styles of a type, in small letters."""
        return frozenset(name.casefold() for each, _ident, name in self.styles if each == kind)

    def reference(self, names: Collection[str]) -> bytes:
        """A reference document for texts that name these styles: those that pandoc itself names have its own ids."""
        said = {name.casefold() for name in names}
        styles = (s for s in self.styles if s[2].casefold() in said or IDS.get(s[2].casefold()) != s[1])
        return write_parts(ooxml.reference_document(self.page, styles), compress=False)


def _page(document: bytes) -> tuple[str, ...]:
    section = next(tree(document).iter(W + "sectPr"))
    sizes, margins = (next(section.iter(W + tag)) for tag in ("pgSz", "pgMar"))
    return value(sizes, "w"), value(margins, "left"), value(margins, "right")


@lru_cache(maxsize=8)
def _lookup(page: tuple[str, ...], styles: bytes) -> Lookup:
    found = ((style, style.find(W + "name")) for style in tree(styles).iter(W + "style"))
    said = ((value(style, "type"), value(style, "styleId"), value(name)) for style, name in found if name is not None)
    return Lookup(page, tuple(said))


# --------------------------------------------------------------------------------------------- the template's own parts

CUT = "<?cut?>"
"""Stands between blocks in what pandoc writes, to tell them apart."""
SAMPLE = "sample"
Naming: TypeAlias = tuple[str, str]
"""An element that names a style, Div or Span, and the name."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What pandoc makes of a template but for the text: parts, each cut where that of a text goes in.

    The number of the first relation, note or bookmark in the text is `first`.
    """

    parts: Mapping[str, bytes]
    first: int
    document: tuple[str, str]
    relations: tuple[str, str]
    note_relations: tuple[str, str]
    types: tuple[str, str]
    footnotes: tuple[str, str]
    numbering: tuple[str, str, str]

    def around(self, template: Parts) -> dict[str, bytes]:
        """The parts, where those that differ are this template's."""
        return {name: template.get(name, data) if _OWN.fullmatch(name) else data for name, data in self.parts.items()}


_Key: TypeAlias = tuple[frozenset[Naming], frozenset[tuple[str, bytes]]]
_frames = Recent[_Key, Frame]()


def frame(
    template: Parts, namings: frozenset[Naming], pandoc: Pandoc, folder: Path, memory: Memory | None = None
) -> Future[Frame]:
    """The frame of a template, for a text that names these styles which the template lacks."""
    key = namings, frozenset((name, b"" if _OWN.fullmatch(name) else data) for name, data in template.items())
    found, future = _frames.get(key), Future[Frame]()
    lasting = _lasting_key(key, pandoc) if found is None and memory else ""
    value = memory.get(_KIND, lasting) if memory and lasting else None
    if value is not None:
        found = Frame(*marshal.loads(zlib.decompress(value)))
        _frames.put(key, found)
    if found is not None:
        future.set_result(found)
        return future
    reference, output = folder / "template.docx", folder / "frame.docx"
    reference.write_bytes(write_parts(template, compress=False))
    written = pandoc.docx(_sample(namings), reference, output, [f"{SAMPLE}.png"])

    def made(job: Future[Any]) -> None:
        try:
            job.result()
            new = _framed(read_parts(output.read_bytes()))
            _frames.put(key, new)
            if memory:
                memory.put(_KIND, lasting, _bytes(new))
        except BaseException as error:  # noqa: BLE001, RUF100 - whoever waits for the frame is told of it
            future.set_exception(error)
            return
        future.set_result(new)

    written.add_done_callback(made)
    return future


_KIND = "word-frame"


def _lasting_key(key: _Key, pandoc: Pandoc) -> str:
    """The same in the next run, where nothing has changed that a frame depends on: our code is part of it."""
    namings, parts = key
    named = sorted((name, sha256(data).hexdigest()) for name, data in parts)
    code = [sha256(file.read_bytes()).hexdigest() for file in (SCRIPT, Path(__file__))]
    return key_of(pandoc.build, code, sorted(namings), named)


def _bytes(new: Frame) -> bytes:
    return zlib.compress(marshal.dumps(tuple(getattr(new, field.name) for field in fields(new)), 2), level=1)


def _sample(namings: Iterable[Naming]) -> list[Node]:
    """A bookmark, a picture and a link, and a text in each style."""
    text, sizes = [{"t": "Str", "c": "x"}], [["width", "1in"], ["height", "1in"]]
    said = [
        {"t": "Span", "c": [[SAMPLE, [], []], text]},
        {"t": "Image", "c": [["", [], sizes], text, [f"{SAMPLE}.png", ""]]},
        {"t": "Link", "c": [["", [], []], text, [SAMPLE, ""]]},
    ]
    styled = [_in_style(kind, name, text) for kind, name in sorted(namings)]
    return [raw_block(CUT), {"t": "Para", "c": said}, *styled, raw_block(CUT)]


def _in_style(kind: str, name: str, text: list[Node]) -> Node:
    paragraph, attributes = {"t": "Para", "c": text}, ["", [], [["custom-style", name]]]
    if kind == "Div":
        return {"t": "Div", "c": [attributes, [paragraph]]}
    return {"t": "Para", "c": [{"t": "Span", "c": [attributes, text]}]}


_PICTURE = re.compile(r'<Relationship [^>]*Target="media/rId\d+\.png" />')
_LINK = re.compile(rf'<Relationship [^>]*Target="{SAMPLE}" TargetMode="External" />')
_OVERRIDE = re.compile(r'<Override PartName="/word/media/rId\d+\.png" [^>]*/>')


def _framed(written: Parts) -> Frame:
    text = {name: written[name].decode("utf-8") for name in (DOCUMENT, RELATIONS, NOTE_RELATIONS, TYPES, FOOTNOTES)}
    head, inside, tail = text[DOCUMENT].split(CUT)
    pictures, links = _around(_PICTURE, text[RELATIONS]), _around(_LINK, text[RELATIONS])
    sample = f"word/{re.findall(r'media/rId[0-9]+[.]png', text[RELATIONS])[0]}"
    return Frame(
        {name: data for name, data in written.items() if name != sample},
        min(int(number) for number in re.findall(r'<w:bookmarkStart w:id="(\d+)"', inside)),
        (head, tail),
        (pictures[0], links[1]),
        _around(_LINK, text[NOTE_RELATIONS]),
        _around(_OVERRIDE, text[TYPES]),
        _ended(text[FOOTNOTES], "</w:footnotes>"),
        _numbering(written[NUMBERING].decode("utf-8")),
    )


def _around(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    before, after = pattern.split(text, maxsplit=1)
    return before, after


def _ended(text: str, end: str) -> tuple[str, str]:
    before, _end, after = text.rpartition(end)
    return before, end + after


def _numbering(text: str) -> tuple[str, str, str]:
    kinds, numberings = _ended(text, "</w:abstractNum>")
    end = "</w:abstractNum>"
    return kinds + end, *_ended(numberings.removeprefix(end), "</w:numbering>")
