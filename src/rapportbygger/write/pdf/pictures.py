"""Pictures that a PDF holds as their files do: Typst lays out a line of points in place of each.

Typst takes every PNG apart and packs it anew, which costs as much as the layout of the report around it. A PDF can hold
the packed lines of a PNG as they are (ISO 32000-1, 7.4.4.4). Pictures of other kinds go to Typst: such as have
transparent points, a profile of colours or sixteen bits, and lines that do not follow each other.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from struct import pack, unpack

from rapportbygger.nodes import Node, elements
from rapportbygger.write.pdf.compiler import place
from rapportbygger.write.pdf.inlines import picture_name
from rapportbygger.write.pdf.objects import Objects

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = ">IIBBBBB"
_GREY, _COLOURS, _PALETTE = 0, 2, 3
_OWN_WAYS = frozenset((b"tRNS", b"iCCP"))
_IMAGE = re.compile(
    rb"(\d+ 0 obj)\n<</Length \d+/Type/XObject/Subtype/Image/Filter/FlateDecode"
    rb"/Width (?:32|11)/Height 1/ColorSpace (\d+ 0 R)/BitsPerComponent 8>>\nstream\n(.*)\nendstream\nendobj\n",
    re.DOTALL,
)


@dataclass(frozen=True)
class Packed:
    """A picture as its file has it: `data` are its lines, packed. `palette` are the colours that its points name."""

    width: int
    height: int
    bits: int
    palette: bytes
    grey: bool
    data: bytes

    @cached_property
    def name(self) -> bytes:
        """What a stand-in says: 32 bytes for a grey picture, 33 for one in colours."""
        told = repr((self.width, self.height, self.bits, self.palette)).encode()
        return sha256(told + self.data).digest() + (b"" if self.grey else b"\0")

    def written(self, number: bytes, colours: bytes) -> bytes:
        """The object of the PDF; `colours` is what a stand-in's colours are told by."""
        size = b"/Width %d/Height %d" % (self.width, self.height)
        lines = b"/Columns %d/BitsPerComponent %d" % (self.width, self.bits)
        if not self.grey and not self.palette:
            lines += b"/Colors 3"
        if self.palette:
            colours = b"[/Indexed %s %d<%s>]" % (colours, len(self.palette) // 3 - 1, self.palette.hex().encode())
        return (
            b"%s\n<</Length %d/Type/XObject/Subtype/Image/Filter/FlateDecode/DecodeParms<</Predictor 15%s>>%s"
            b"/ColorSpace %s/BitsPerComponent %d>>\nstream\n%s\nendstream\nendobj\n"
        ) % (number, len(self.data), lines, size, colours, self.bits, self.data)


def put_pictures(blocks: tuple[Node, ...], contents: Path, folder: Path) -> tuple[dict[str, str], dict[str, Packed]]:
    """Put the document's pictures, or their stand-ins, into Typst's folder.

    The name of each there by its path, and those that have stand-ins by these names.
    """
    paths = dict.fromkeys(str(node["c"][2][0]) for node in elements(blocks, "Image"))
    names = {path: picture_name(path, i) for i, path in enumerate(paths, 1) if (contents / path).is_file()}
    apart: dict[str, Packed] = {}
    for path, name in names.items():
        picture = packed((contents / path).read_bytes()) if name.endswith(".png") else None
        if picture is None:
            place(contents / path, folder / name)
        else:
            (folder / name).write_bytes(stand_in(picture))
            apart[name] = picture
    return names, apart


def packed(file: bytes) -> Packed | None:
    """What a PDF can hold of a PNG file as it is; None for any other file, or one that is not whole."""
    chunks = list(_chunks(file))
    if (
        not chunks
        or chunks[0][0] != b"IHDR"
        or chunks[-1][0] != b"IEND"
        or any(kind in _OWN_WAYS for kind, _ in chunks)
    ):
        return None
    width, height, bits, kind, *ways = unpack(_HEADER, chunks[0][1])
    palette = next((data for name, data in chunks if name == b"PLTE"), b"") if kind == _PALETTE else b""
    known = (bits == 8 and kind in (_GREY, _COLOURS)) or (bits <= 8 and kind == _PALETTE and len(palette) >= 3)
    if not known or any(ways) or not width or not height:
        return None
    return Packed(
        width, height, bits, palette, kind == _GREY, b"".join(data for name, data in chunks if name == b"IDAT")
    )


def _chunks(file: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parts of a PNG file, as far as they are whole (ISO/IEC 15948, 5.3)."""
    at = len(_SIGNATURE) if file.startswith(_SIGNATURE) else len(file)
    while at + 12 <= len(file):
        (length,) = unpack(">I", file[at : at + 4])
        named, check = file[at + 4 : at + 8 + length], file[at + 8 + length : at + 12 + length]
        if check != pack(">I", zlib.crc32(named)):
            return
        yield named[:4], named[4:]
        at += 12 + length


def stand_in(picture: Packed) -> bytes:
    """A PNG of one line that says which picture it stands for."""
    name = picture.name
    width, kind = (len(name), _GREY) if picture.grey else (len(name) // 3, _COLOURS)
    header = pack(_HEADER, width, 1, 8, kind, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" + name)), (b"IEND", b""))
    whole = (pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data)) for kind, data in parts)
    return _SIGNATURE + b"".join(whole)


def called(pictures: Mapping[str, Packed], texts: Iterable[str]) -> list[Packed]:
    """Those of the pictures (by the names of their files) that Typst was told to lay out."""
    whole = "".join(texts)
    return [picture for name, picture in pictures.items() if f'picture("{name}"' in whole]


def in_place(objects: Objects, pictures: Iterable[Packed]) -> Objects:
    """The PDF with pictures where their stand-ins are.

    Raises ValueError for a PDF in which one is not found: it is not built as Typst builds it.
    """
    wanted = {picture.name: picture for picture in pictures}
    images = {n: found for n in objects.holding(b"/Subtype/Image") if (found := _IMAGE.match(objects[n]))}
    names = {n: zlib.decompress(image[3]) for n, image in images.items()}
    if not wanted.keys() <= set(names.values()):
        raise ValueError("not all pictures are in the PDF")
    own = {n: wanted[name] for n, name in names.items() if name in wanted}
    return objects.changed({n: picture.written(*images[n].group(1, 2)) for n, picture in own.items()})
