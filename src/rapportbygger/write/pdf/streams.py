"""The ends of a PDF's streams, so that every reader finds them."""

from __future__ import annotations

import re

_END = re.compile(rb"\r\nendstream")


def clear_ends(pdf: bytes) -> bytes:
    """The same PDF, with a whole line end after each stream whose last byte happens to be a carriage return.

    ISO 32000-1, 7.3.8.1: the line end before `endstream` is no part of the stream. Where that is a lone line feed after
    a carriage return of the data, some readers take both for the line end, and the stream for one byte shorter than it
    says. A file whose table of objects is not a plain one is left as it is.
    """
    places = [match.start() + 1 for match in _END.finditer(pdf)]
    table = pdf.rfind(b"\nxref\n") + 1
    start = pdf.rfind(b"startxref")
    if not places or not 0 < table < start:
        return pdf
    whole = _END.sub(b"\r\r\nendstream", pdf[:table])
    entries = re.sub(rb"(\d{10})( \d{5} n)", lambda entry: _moved(entry, places), pdf[table:start])
    return whole + entries + pdf[start:].replace(b"%d" % table, b"%d" % len(whole), 1)


def _moved(entry: re.Match[bytes], places: list[int]) -> bytes:
    offset = int(entry[1])
    return b"%010d" % (offset + sum(place < offset for place in places)) + entry[2]
