"""The order of works in a reference list and in a citation, by the keys that a style names (CSL 1.0.2, sorting)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from rapportbygger.collation import sort_string
from rapportbygger.csl_variables import DATES, NAMES
from rapportbygger.resolve.citations.authordate.cited_names import Names, sorted_as
from rapportbygger.resolve.citations.authordate.parts import macro_part
from rapportbygger.resolve.citations.authordate.style import Key
from rapportbygger.resolve.citations.authordate.templates import Slot, Templates, Write, date_key
from rapportbygger.resolve.citations.clusters import Item
from rapportbygger.resolve.citations.csl import NAMESPACE, root_of
from rapportbygger.resolve.citations.reference.name_lists import NameForm, name_form

Ranks: TypeAlias = Mapping[str, tuple[float, ...]]
"""By key of a work: what it sorts by. Works that sort alike have the same."""


class Sorting:
    """Makes the sort keys of a style, for its citations or for its list, in the alphabet of nb, nn or en."""

    def __init__(self, xml: bytes, area: str, keys: Sequence[Key], lang: str, write: Write) -> None:
        self._lang = lang
        self._keys = [_Macro(xml, area, key, write) if key.macro else _Variable(xml, area, key) for key in keys]

    def names(self, item: Item) -> list[Names]:
        """The names that a tidied work is sorted by, where macros write them."""
        return [names for key in self._keys for names in key.names(item)]

    def folded(self, item: Item) -> tuple[str, ...]:
        """A text for each key, which compares as the alphabet has it; nothing for a key that the work does not have."""
        return tuple(_folded(key.text(item), self._lang) for key in self._keys)


class _Macro:
    """A sort key that a macro writes."""

    def __init__(self, xml: bytes, area: str, key: Key, write: Write) -> None:
        self._templates = Templates(macro_part(xml, key.macro, area, key.options), write)

    def names(self, item: Item) -> list[Names]:
        return [item[piece.role] for piece in self._templates.of(item) if isinstance(piece, Slot)]

    def text(self, item: Item) -> str:
        return "".join(
            sorted_as(item[piece.role], piece.form) if isinstance(piece, Slot) else piece
            for piece in self._templates.of(item)
        )


class _Variable:
    """A sort key that is a variable."""

    def __init__(self, xml: bytes, area: str, key: Key) -> None:
        self._name = key.variable
        self._form = _form(xml, area, key) if key.variable in NAMES else None

    def names(self, _item: Item) -> list[Names]:
        return []

    def text(self, item: Item) -> str:
        value: Any = item.get(self._name)
        if not value:
            return ""
        if self._form is not None:
            return sorted_as(value, self._form)
        return date_key(value) if self._name in DATES else str(value)


def _form(xml: bytes, area: str, key: Key) -> NameForm:
    root = root_of(xml)
    form = name_form(root.makeelement(f"{NAMESPACE}names", {}), root.find(f"{NAMESPACE}{area}"))
    return replace(form, options={**form.options, **key.options})


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


def ranks(folded: Mapping[str, tuple[str, ...]], keys: Sequence[Key]) -> Ranks:
    """What each work sorts by, of the texts for each key. Works without a key are last, either way."""
    columns = [
        _ranked({name: texts[at] for name, texts in folded.items()}, descending=key.descending)
        for at, key in enumerate(keys)
    ]
    return {name: tuple(column[name] for column in columns) for name in folded}


def _ranked(texts: Mapping[str, str], *, descending: bool) -> dict[str, float]:
    """The place of each text among the others: the same for those that differ in accents and signs only."""
    places = {text: place for place, text in enumerate(sorted(set(texts.values()) - {""}))}
    sign = -1 if descending else 1
    return {name: sign * places[text] if text else float("inf") for name, text in texts.items()}


def _folded(text: str, lang: str) -> str:
    """What a text sorts as: word by word, so that «Dahl, P.» is before «Dahle, A.»."""
    bare = re.sub("[\ue000-\uf8ff]", "", text).strip(" ")
    return sort_string(f"{bare}|".replace(" ", "|"), lang) if bare else ""
