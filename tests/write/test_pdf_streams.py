"""Streams end where they say, for every reader."""

from __future__ import annotations

import io

import pikepdf

from rapportbygger.write.pdf.objects import taken_apart
from rapportbygger.write.pdf.streams import clear_ends


def small_pdf(data: bytes) -> bytes:
    """A page with a content stream of these bytes, and an object after it."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[4 0 R]>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(data), data),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>/Contents 3 0 R>>",
    ]
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    table = b"xref\n0 5\n0000000000 65535 f \n" + entries + b"trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n"
    return out + table + b"%d\n%%%%EOF\n" % len(out)


def test_a_carriage_return_at_the_end_is_told_from_the_line_end() -> None:
    changed = clear_ends(taken_apart(small_pdf(b"q Q\r"))).written()
    assert b"q Q\r\r\nendstream" in changed
    with pikepdf.open(io.BytesIO(changed)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.pages[0].Contents.read_raw_bytes() == b"q Q\r"


def test_so_is_that_of_a_new_stream() -> None:
    objects = taken_apart(small_pdf(b"q Q"))
    changed = clear_ends(objects.changed({3: objects[3].replace(b"q Q", b"q  Q\r")}))
    assert b"q  Q\r\r\nendstream" in changed[3]


def test_other_ends_are_left_as_they_are() -> None:
    objects = taken_apart(small_pdf(b"q Q"))
    assert clear_ends(objects) == objects
