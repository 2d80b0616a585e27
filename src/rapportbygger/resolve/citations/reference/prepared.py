"""A style made ready for citeproc-py, and the variables it is given for each reference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapportbygger.resolve.citations.clusters import Item
from rapportbygger.resolve.citations.csl import NAMESPACE, Element
from rapportbygger.resolve.citations.reference.numbers import NUMERIC, parsed
from rapportbygger.resolve.citations.reference.pieces import Piece, Words
from rapportbygger.resolve.citations.reference.substitution import STANDING_IN, Reading, Substitution
from rapportbygger.resolve.citations.reference.typography import with_own_points

_NO_TEXT = frozenset(("id", "type", "language"))
_ADDRESSES = frozenset(("URL", "DOI", "year-suffix"))
_MOST = 1000
"""How many kinds of references are remembered."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a piece is made of, and where: a piece that stands in for names is written where they are missing."""

    piece: Piece
    variables: frozenset[str]
    standing_in: bool

    @property
    def asked(self) -> frozenset[str]:
        """What it looks at: a piece of which a reference has nothing is empty."""
        short = (f"{name}-short" for name in self.variables)
        return self.variables | {"page" if name == "page-first" else name for name in self.variables} | {*short}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A rewritten style: what its citations or its list need computed, and where something may stand in for names.

    `kinds` are the flags of tests for one of several types.
    """

    xml: bytes
    words: Words
    root: Element
    sources: Mapping[str, Mapping[str, Source]]
    kinds: Mapping[str, frozenset[str]]
    substitutions: Mapping[Element, Substitution]
    unchanged: set[frozenset[str]] = field(default_factory=set)
    """The types and variables of references in which nothing stands in for names, remembered from one to the next."""
    _asking: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    """By area and variable: the pieces that look at it."""

    def __post_init__(self) -> None:
        for area, sources in self.sources.items():
            for name, source in sources.items():
                for variable in source.asked:
                    self._asking[area, variable].append(name)

    def _met(self, item: Item, area: str) -> dict[str, Source]:
        """The pieces that may not be empty for a reference."""
        sources = self.sources[area]
        return {name: sources[name] for variable in item for name in self._asking.get((area, variable), ())}

    def values(self, item: Item, area: str) -> dict[str, str]:
        """The variables citeproc-py is given for a reference."""
        sources, kind = self._met(item, area), str(item["type"])
        texts = self._texts(item)
        made = _flags(item, self.words) | texts
        made |= {name: text for name, source in sources.items() if (text := source.piece(item))}
        made |= {flag: "1" for flag, kinds in self.kinds.items() if kind in kinds}
        if self.substitutions:
            made |= {STANDING_IN + name: text for name, text in texts.items()}
            self._substitute(made, item, area)
        return made

    def _substitute(self, made: dict[str, str], item: Item, area: str) -> None:
        """Choose what stands in for names, and leave it out from what follows."""
        shape = frozenset((f"type {item['type']}", *made))
        if shape in self.unchanged:
            return
        macros = {macro.get("name"): macro for macro in self.root.iterfind(f"{NAMESPACE}macro")}
        reading = Reading(macros, str(item["type"]), made, self.substitutions)
        changed = False
        for substitution in reading.met(self.root.find(f"{NAMESPACE}{area}/{NAMESPACE}layout")):
            if chosen := reading.chosen(substitution):
                changed = True
                made[chosen[0]] = "1"
                _leave_out(_taken(reading.variables(chosen[1]), self.sources[area]), item, made, self.sources[area])
        if not changed and len(self.unchanged) < _MOST:
            self.unchanged.add(shape)

    def _texts(self, item: Item) -> dict[str, str]:
        texts = {name: value for name, value in item.items() if isinstance(value, str) and name not in _NO_TEXT}
        return {
            name: with_own_points(value) if name in _ADDRESSES else self.words.quotes.typeset(value)
            for name, value in texts.items()
        }


def _taken(variables: Iterable[str], sources: Mapping[str, Source]) -> set[str]:
    taken: set[str] = set()
    for name in variables:
        taken |= sources[name].variables if name in sources else {name.removeprefix(STANDING_IN)}
    return taken


def _leave_out(taken: set[str], item: Item, made: dict[str, str], sources: Mapping[str, Source]) -> None:
    """Leave out what stands in for names from the rest of the reference."""
    rest = {name: value for name, value in item.items() if name not in taken}
    for name in taken:
        made.pop(name, None)
    for name, source in sources.items():
        if name in made and not source.standing_in and source.variables & taken:
            made[name] = source.piece(rest)
            if not made[name]:
                del made[name]


def _flags(item: Item, words: Words) -> dict[str, str]:
    made = {f"?{name}": "1" for name, value in item.items() if value}
    for name, value in item.items():
        if name in NUMERIC and value:
            numbers = parsed(name, str(value), words.locale)
            made |= {f"?numeric:{name}": "1"} if numbers.numeric else {}
            made |= {f"?plural:{name}": "1"} if numbers.plural else {}
        elif isinstance(value, Mapping) and value.get("circa"):
            made[f"?uncertain:{name}"] = "1"
    if "title" in item and str(item["title"])[-1:].isdecimal():
        made["?numeric:title"] = "1"
    if label := item.get("locator-label"):
        made[f"?locator:{label}"] = "1"
    return made


def values_of(made: Mapping[str, str]) -> dict[str, str]:
    """The variables with the names citeproc-py looks them up by."""
    return {name.replace("-", "_"): text for name, text in made.items()}
