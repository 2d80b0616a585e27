"""What the layout says about itself: on which page things stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Layout:
    """A typeset document. `pages` gives the page number of everything with an id, as it is printed on the page.

    `before` is how many pages come before the one that is numbered 1.
    """

    pdf: bytes
    pages: Mapping[str, int]
    page_count: int
    before: int = 0


def pages_of(found: Mapping[str, Any]) -> dict[str, int]:
    """Page numbers by id."""
    return {str(identifier): int(page) for identifier, page in found["pages"]}
