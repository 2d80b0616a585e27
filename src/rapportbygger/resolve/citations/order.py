"""The order of a reference list: by name, year and title, in the order of the language's alphabet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from rapportbygger.language import collation_key
from rapportbygger.resolve.citations.clusters import Item
from rapportbygger.resolve.citations.items import Name, creators

SortKey: TypeAlias = tuple[Any, ...]


def ordered(items: Mapping[str, Item], lang: str) -> dict[str, Item]:
    """The works in the order of the list (APA 7, 9.44-9.49: works without a date before those that have one)."""
    return dict(sorted(items.items(), key=lambda pair: (sort_key(pair[1], lang), pair[0])))


def sort_key(item: Item, lang: str) -> SortKey:
    """What a work is sorted by."""
    names = creators(item)
    title = _folded(item.get("title", ""), lang)
    by = tuple(_name_key(name, lang) for name in names) if names else ((title, ""),)
    return by, _date_key(item), title


def _name_key(name: Name, lang: str) -> tuple[str, str]:
    if "literal" in name:
        return _folded(name["literal"], lang), ""
    family = " ".join(name[part] for part in ("non-dropping-particle", "family") if part in name)
    return _folded(family, lang), _folded(name.get("given", ""), lang)


def _date_key(item: Item) -> tuple[int, ...]:
    parts = item.get("issued", {}).get("date-parts")
    if parts:
        return (1, *parts[0])
    # «i trykk» and other dates in words come after the years.
    return (2,) if item.get("issued") or item.get("status") else (0,)


def _folded(text: str, lang: str) -> str:
    words = re.sub(r"[^\w\s-]", "", text)
    return collation_key(" ".join(words.split()), lang)[0]
