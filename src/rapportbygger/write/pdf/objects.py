"""A PDF's objects as bytes: taken apart by its table of objects, and put together with a new one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import accumulate

_TABLE = re.compile(rb"xref\n0 \d+\n((?:\d{10} \d{5} [nf] ?\r?\n)+)trailer\n(.*)startxref\n\d+\n%%EOF\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Objects:
    """The parts of a PDF (ISO 32000-1, 7.5): what stands before the objects, each object by its number in the order of
    the file, from its number to the end of its last line, and the trailer."""

    header: bytes
    bodies: Mapping[int, bytes]
    trailer: bytes

    def changed(self, bodies: Mapping[int, bytes]) -> Objects:
        """The same file with these objects instead of, or after, those that it has."""
        return replace(self, bodies={**self.bodies, **bodies})

    def written(self) -> bytes:
        """The file, with a table of where its objects are now."""
        *starts, at = accumulate(map(len, self.bodies.values()), initial=len(self.header))
        size = max(self.bodies) + 1
        entries = [_FREE] * (size - 1)
        for number, start in zip(self.bodies, starts, strict=True):
            entries[number - 1] = b"%010d 00000 n\r\n" % start
        table = b"xref\n0 %d\n%s%s" % (size, _FREE, b"".join(entries))
        trailer = re.sub(rb"/Size \d+", b"/Size %d" % size, self.trailer, count=1)
        return b"".join(
            (self.header, *self.bodies.values(), table, b"trailer\n", trailer, b"startxref\n%d\n%%%%EOF" % at)
        )


_FREE = b"0000000000 65535 f\r\n"


def taken_apart(pdf: bytes) -> Objects | None:
    """The objects of a PDF with one plain table of objects; None for any other."""
    found = _TABLE.search(pdf, max(0, pdf.rfind(b"xref\n0 ")))
    if found is None:
        return None
    words = found[1].split()
    entries = enumerate(zip(words[::3], words[2::3], strict=True))
    offsets = sorted((int(offset), number) for number, (offset, kind) in entries if kind == b"n")
    ends = [offset for offset, _ in offsets[1:]] + [found.start()]
    bodies = {number: pdf[start:end] for (start, number), end in zip(offsets, ends, strict=True)}
    return Objects(pdf[: offsets[0][0]], bodies, found[2]) if offsets else None
