"""What Typst has to say, as diagnostics."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity
from rapportbygger.messages import _
from rapportbygger.model import Document

_MISSING_LETTER = re.compile(r'the text [`"]+(.+?)["`]+ could not be displayed with font [`"]+(.+?)["`]+')


def warning(said: object) -> Diagnostic:
    """A warning of Typst's."""
    message = _("Typst says: {message}").format(message=said)
    return Diagnostic("typst-warning", message, severity=Severity.WARNING)


def refused(error: Exception, document: Document) -> Problems:
    """Why there is no PDF."""
    message = str(getattr(error, "message", None) or error)
    if found := _MISSING_LETTER.search(message):
        return tuple(_missing_letter(found[1], found[2], document))
    hint = "; ".join(str(hint) for hint in getattr(error, "hints", ()))
    return (Diagnostic("typst-error", _("the PDF cannot be made: {message}").format(message=message), hint=hint),)


def _missing_letter(letter: str, font: str, document: Document) -> Iterator[Diagnostic]:
    """A letter without a font (ISO 19005-2, 6.2.11.4: everything that is shown is embedded), at each of its places."""
    places: list[Location | None] = [*document.locate(re.escape(letter))]
    for place in places or [None]:
        yield Diagnostic(
            "missing-letter",
            _("neither «{font}» nor another font has the letter «{letter}»").format(letter=letter, font=font),
            place,
            _("write something else, or put a font that has it in templates/fonts/"),
        )
