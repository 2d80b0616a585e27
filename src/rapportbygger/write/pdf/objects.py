"""A PDF's objects as bytes: found by its table of objects, and put together with a new one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import repeat

_TABLE = re.compile(rb"xref\n0 \d+\n((?:\d{10} \d{5} [nf] ?\r?\n)+)trailer\n(.*)startxref\n\d+\n%%EOF\s*\Z", re.DOTALL)
_FREE = b"0000000000 65535 f\r\n"


@dataclass(frozen=True, slots=True)
class Objects:
    """A PDF (ISO 32000-1, 7.5) by its objects: nothing is copied before it is written again.

    `places` says where each begins with its number and where the next one does, in the order of the file; `new` are
    objects that stand instead of those with their numbers, or after them all.
    """

    pdf: bytes
    places: Mapping[int, tuple[int, int]]
    trailer: bytes
    new: Mapping[int, bytes] = field(default_factory=dict)

    @property
    def next_number(self) -> int:
        """The first number behind those of all objects."""
        return max((*self.places, *self.new)) + 1

    def __getitem__(self, number: int) -> bytes:
        """An object as it is now. Raises KeyError where there is none."""
        if number in self.new:
            return self.new[number]
        start, end = self.places[number]
        return self.pdf[start:end]

    def holding(self, words: bytes) -> Iterator[int]:
        """The numbers of the objects in which these words stood in the file, in its order."""
        numbers, ends = list(self.places), [end for _, end in self.places.values()]
        at = self.pdf.find(words, 0, ends[-1])
        while at >= 0:
            place = bisect_right(ends, at)
            yield numbers[place]
            at = self.pdf.find(words, ends[place], ends[-1])

    def matches(self, pattern: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
        """What a pattern finds at the beginning of each of the file's objects, and not beyond its end."""
        return filter(None, map(pattern.match, repeat(self.pdf), *zip(*self.places.values(), strict=True)))

    def changed(self, objects: Mapping[int, bytes]) -> Objects:
        """The same file with these objects instead of, or after, those that it has."""
        return replace(self, new={**self.new, **objects})

    def written(self) -> bytes:
        """The file, with a table of where its objects are now."""
        (parts, starts, end), size = self._parts(), self.next_number
        entries = [b"%010d 00000 n\r\n" % starts[n] if n in starts else _FREE for n in range(1, size)]
        table = b"xref\n0 %d\n%s%s" % (size, _FREE, b"".join(entries))
        trailer = re.sub(rb"/Size \d+", b"/Size %d" % size, self.trailer, count=1)
        return b"".join((*parts, table, b"trailer\n", trailer, b"startxref\n%d\n%%%%EOF" % end))

    def _parts(self) -> tuple[list[memoryview | bytes], dict[int, int], int]:
        """What stands before the table, where each object begins in it, and its length."""
        whole, parts, starts = memoryview(self.pdf), list[memoryview | bytes](), dict[int, int]()
        copied = moved = end = 0
        for number, (start, end) in self.places.items():
            starts[number] = start + moved
            if number in self.new:
                parts += [whole[copied:start], self.new[number]]
                copied, moved = end, moved + len(self.new[number]) - (end - start)
        parts.append(whole[copied:end])
        at = end + moved
        for number, body in self.new.items():
            if number not in self.places:
                starts[number] = at
                parts.append(body)
                at += len(body)
        return parts, starts, at


def taken_apart(pdf: bytes) -> Objects:
    """The objects of a PDF. Raises ValueError for one without a plain table of them, which Typst does not make."""
    found = _TABLE.search(pdf, max(0, pdf.rfind(b"xref\n0 ")))
    if found is None:
        raise ValueError("the PDF has no plain table of objects")
    words = found[1].split()
    entries = enumerate(zip(map(int, words[::3]), words[2::3], strict=True))
    in_use = sorted((start, number) for number, (start, kind) in entries if kind == b"n")
    starts, numbers = zip(*in_use, strict=True)
    ends = (*starts[1:], found.start())
    return Objects(pdf, dict(zip(numbers, zip(starts, ends, strict=True), strict=True)), found[2])
