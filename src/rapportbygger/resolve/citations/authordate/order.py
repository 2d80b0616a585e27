"""The order of works in a reference list and in a citation, by the keys that a style names (CSL 1.0.2, sorting)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from rapportbygger.csl_variables import DATES, NAMES
from rapportbygger.resolve.citations.authordate.cited_names import sorted_as
from rapportbygger.resolve.citations.authordate.collation import sort_string
from rapportbygger.resolve.citations.authordate.parts import macro_part
from rapportbygger.resolve.citations.authordate.style import Key
from rapportbygger.resolve.citations.authordate.templates import Slot, Templates, Write, date_key
from rapportbygger.resolve.citations.clusters import Item
from rapportbygger.resolve.citations.csl import NAMESPACE, root_of
from rapportbygger.resolve.citations.reference.name_lists import NameForm, name_form

Ranks: TypeAlias = Mapping[str, tuple[float, ...]]
"""By key of a work: what it sorts by. Works that sort alike have the same."""


class Sorting:
    """Makes the sort keys of a style, for its citations or for its list."""

    def __init__(self, xml: bytes, area: str, write: Write) -> None:
        self._xml = xml
        self._area = area
        self._write = write
        self._templates: dict[tuple[str, tuple[tuple[str, str], ...]], Templates] = {}

    def roles(self, items: Mapping[str, Item], keys: Sequence[Key]) -> dict[str, list[str]]:
        """Whose names each work is sorted by."""
        macros = [key for key in keys if key.macro]
        return {
            name: [piece.role for key in macros for piece in self._made(key).of(item) if isinstance(piece, Slot)]
            for name, item in items.items()
        }

    def ranks(self, items: Mapping[str, Item], keys: Sequence[Key], lang: str) -> Ranks:
        """What each work sorts by, in the alphabet of nb, nn or en. Works without a key are last, either way."""
        columns: list[dict[str, float]] = []
        for key in keys:
            texts = {name: self._text(key, item) for name, item in items.items()}
            columns.append(_ranked(texts, lang, descending=key.descending))
        return {name: tuple(column[name] for column in columns) for name in items}

    def _text(self, key: Key, item: Item) -> str:
        if key.macro:
            return "".join(
                sorted_as(item[piece.role], piece.form) if isinstance(piece, Slot) else piece
                for piece in self._made(key).of(item)
            )
        return self._variable(key, item)

    def _variable(self, key: Key, item: Item) -> str:
        value: Any = item.get(key.variable)
        if not value:
            return ""
        if key.variable in NAMES:
            return sorted_as(value, self._form(key))
        return date_key(value) if key.variable in DATES else str(value)

    def _form(self, key: Key) -> NameForm:
        root = root_of(self._xml)
        names = root.makeelement(f"{NAMESPACE}names", {})
        form = name_form(names, root.find(f"{NAMESPACE}{self._area}"))
        form.options.update(key.options)  # type: ignore[attr-defined]
        return form

    def _made(self, key: Key) -> Templates:
        wanted = (key.macro, tuple(sorted(key.options.items())))
        if wanted not in self._templates:
            self._templates[wanted] = Templates(macro_part(self._xml, key.macro, self._area, key.options), self._write)
        return self._templates[wanted]


@dataclass(frozen=True, slots=True)
class CiteOrder:
    """The order of the works in a citation: by rank, and those by the same `authors` together (CSL, cite grouping)."""

    ranks: Ranks
    authors: Mapping[str, str]
    """By key of a work that is cited by names: how they are written."""

    def sorted(self, keys: Sequence[str]) -> list[int]:
        """The places of the keys in their order; unknown ones are last."""
        places = sorted(range(len(keys)), key=lambda at: self.ranks.get(keys[at], _LAST))
        leads: dict[str, int] = {}
        for count, at in enumerate(places):
            leads.setdefault(self._by(keys[at], at), count)
        return sorted(places, key=lambda at: leads[self._by(keys[at], at)])

    def _by(self, key: str, at: int) -> str:
        return self.authors.get(key) or f"\n{at}"


_LAST = (float("inf"),)


def _ranked(texts: Mapping[str, str], lang: str, *, descending: bool) -> dict[str, float]:
    """The place of each text among the others: the same for those that differ in accents and signs only."""
    keys = {text: _folded(text, lang) for text in set(texts.values())}
    places = {key: place for place, key in enumerate(sorted(set(keys.values()) - {""}))}
    sign = -1 if descending else 1
    return {name: sign * places[keys[text]] if keys[text] else float("inf") for name, text in texts.items()}


def _folded(text: str, lang: str) -> str:
    """What a text sorts as: word by word, so that «Dahl, P.» is before «Dahle, A.»."""
    bare = re.sub("[\ue000-\uf8ff]", "", text).strip(" ")
    return sort_string(f"{bare}|".replace(" ", "|"), lang) if bare else ""
