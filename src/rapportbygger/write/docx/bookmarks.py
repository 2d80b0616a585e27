"""Word's names for what can be referred to."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import sha1

from rapportbygger.identifiers import identifiers
from rapportbygger.model import Document


def bookmarks(document: Document) -> dict[str, str]:
    """Word's names for all identifiers: a letter first, letters, digits and underscores, 40 characters at most."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for identifier in identifiers(document.blocks):
        if identifier not in names:
            names[identifier] = _name(identifier, taken)
            taken.add(names[identifier].lower())
    return names


def _name(identifier: str, taken: set[str]) -> str:
    name = _readable(identifier)
    if len(name) <= 32 and name.lower() not in taken:
        return name
    return f"{name[:23]}_{sha1(identifier.encode(), usedforsecurity=False).hexdigest()[:8]}"


@lru_cache(maxsize=2000)
def _readable(identifier: str) -> str:
    """An identifier in the letters that a bookmark may have."""
    folded = identifier.translate({ord("æ"): "ae", ord("ø"): "o", ord("å"): "a"})
    ascii_only = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    name = re.sub(r"\W+", "_", ascii_only).strip("_") or "x"
    return name if name[0].isalpha() else f"x_{name}"


def number_bookmark(name: str) -> str:
    """The bookmark of a caption's number alone."""
    return f"{name}_nr"
