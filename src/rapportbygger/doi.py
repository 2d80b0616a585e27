"""DOIs, which people and programs write as they are, as addresses, or with `doi:` before them."""

from __future__ import annotations

import re

_AROUND = re.compile(r"(?:https?://)?(?:(?:dx|www)\.)?doi\.org/\s*|doi:\s*", re.IGNORECASE)


def bare(text: str) -> str:
    """The DOI alone: `10.1000/182` of `https://doi.org/10.1000/182` and of `doi: 10.1000/182`."""
    text = text.strip()
    found = _AROUND.match(text)
    return text[found.end() :] if found else text
