"""The ends of a PDF's streams, so that every reader finds them."""

from __future__ import annotations

from rapportbygger.write.pdf.objects import Objects

_END, _CLEAR_END = b"\r\nendstream", b"\r\r\nendstream"


def clear_ends(objects: Objects) -> Objects:
    """The same PDF, with a whole line end after each stream whose last byte happens to be a carriage return.

    ISO 32000-1, 7.3.8.1: the line end before `endstream` is no part of the stream. Where that is a lone line feed after
    a carriage return of the data, some readers take both for the line end, and the stream for one byte shorter than it
    says.
    """
    old = {number: objects[number] for number in objects.holding(_END) if number not in objects.new}
    found = {**old, **{number: body for number, body in objects.new.items() if _END in body}}
    return objects.changed({number: body.replace(_END, _CLEAR_END) for number, body in found.items()})
