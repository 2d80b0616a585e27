"""Identifiers: each may stand on one element only, and every heading has one."""

from __future__ import annotations

import re
from collections import Counter

from rapportbygger.diagnostics import Diagnostic, Location, Problems
from rapportbygger.identifiers import identifiers
from rapportbygger.messages import _
from rapportbygger.model import Document, Setting


def resolve(document: Document, _setting: Setting) -> tuple[Document, Problems]:
    """The document as it is, and an error for every identifier that was given to more than one element."""
    counts = Counter(identifiers(document.blocks))
    return document, tuple(
        problem
        for identifier, count in counts.items()
        if count > 1 and identifier != "refs"
        for problem in _duplicates(document, identifier)
    )


def _duplicates(document: Document, identifier: str) -> Problems:
    places = list(document.locate(r"#" + re.escape(identifier) + r"(?=[\s}])"))
    first = places[0] if places else None
    return tuple(_duplicate(identifier, place, first) for place in places[1:]) or (_duplicate(identifier, None, first),)


def _duplicate(identifier: str, place: Location | None, first: Location | None) -> Diagnostic:
    return Diagnostic(
        "duplicate-identifier",
        _("identifier «{name}» is already used at {place}").format(name=identifier, place=first or "?"),
        place or first,
        _("give one of the two another name"),
    )
