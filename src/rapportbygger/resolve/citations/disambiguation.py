"""Makes works that would be cited alike differ: by initials, more names, letters after the year (CSL 1.0.2)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from rapportbygger.resolve.citations.authordate_style import AuthorDateStyle
from rapportbygger.resolve.citations.clusters import Item
from rapportbygger.resolve.citations.items import Name, creators, with_creators
from rapportbygger.resolve.citations.reference import Renderer

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Work:
    """A work as it is listed and as it is cited. `shown` names are written in the text, 0 for what the style says."""

    listed: Item
    cited: Item
    author: str = ""
    year: str = ""
    shown: int = 0


def disambiguated(items: Mapping[str, Item], style: AuthorDateStyle, renderer: Renderer) -> dict[str, Work]:
    """The works, given in the order of the list, with what it takes to tell them apart in the text."""
    works = {key: Work(item, item) for key, item in items.items()}
    if style.adds_initials:
        works = _with_initials(works)
    works = {key: _rendered(work, renderer) for key, work in works.items()}
    if style.adds_names and style.et_al_min:
        works = _with_names(works, style, renderer)
    return _with_suffixes(works, renderer) if style.adds_suffixes else works


def _rendered(work: Work, renderer: Renderer) -> Work:
    author = renderer.author(work.cited, shown=work.shown)
    return replace(work, author=author, year=renderer.details(work.cited))


def _alike(works: Mapping[str, Work]) -> list[list[str]]:
    """The keys of works whose citations read the same, by group."""
    return [
        keys for keys in _grouped(works, lambda key: (works[key].author, works[key].year)).values() if len(keys) > 1
    ]


def _grouped(keys: Iterable[str], by: Callable[[str], T]) -> dict[T, list[str]]:
    groups: dict[T, list[str]] = defaultdict(list)
    for key in keys:
        groups[by(key)].append(key)
    return groups


# ------------------------------------------------------------------------------------------------------------ initials


def _with_initials(works: Mapping[str, Work]) -> dict[str, Work]:
    """Initials for first authors who share a family name with another first author."""
    first = {key: names[0] for key, work in works.items() if (names := creators(work.cited)) and "family" in names[0]}
    people: dict[str, set[str]] = defaultdict(set)
    for name in first.values():
        people[_family(name)].add(initials(name.get("given", "")))
    shared = {key for key, name in first.items() if len(people[_family(name)]) > 1}
    return {key: _initialed(work) if key in shared else work for key, work in works.items()}


def _initialed(work: Work) -> Work:
    first, *others = creators(work.cited)
    literal = f"{initials(first.get('given', ''))} {_family(first)}".strip()
    return replace(work, cited=with_creators(work.cited, [{"literal": literal}, *others]))


def _family(name: Name) -> str:
    return " ".join(name[part] for part in ("non-dropping-particle", "family") if part in name)


def initials(given: str) -> str:
    """«J.-E. K.» for «Jan-Erik K.»."""
    return (
        re.sub(r"[^\W\d_][^.\s-]*\.?\s*", lambda match: f"{match[0][0].upper()}. ", given).replace(". -", ".-").strip()
    )


# --------------------------------------------------------------------------------------------------------------- names


def _with_names(works: Mapping[str, Work], style: AuthorDateStyle, renderer: Renderer) -> dict[str, Work]:
    """More names for works by different people that are shortened to the same."""
    shown = {
        key: count
        for keys in _alike(works)
        for key, count in _names_needed({key: works[key] for key in keys}, style, renderer).items()
    }
    changed = {key: replace(works[key], shown=count) for key, count in shown.items()}
    return {key: _rendered(changed[key], renderer) if key in changed else work for key, work in works.items()}


def _names_needed(works: Mapping[str, Work], style: AuthorDateStyle, renderer: Renderer) -> dict[str, int]:
    """How many names each work needs to differ from those by other people; nothing for those that cannot."""
    lengths = {key: len(creators(work.cited)) for key, work in works.items()}
    longest = max(lengths.values())
    if longest < style.et_al_min:
        return {}
    everyone = {key: renderer.author(work.cited, shown=longest) for key, work in works.items()}
    needed: dict[str, int] = {}
    for count in range(2, longest + 1) if len(set(everyone.values())) > 1 else ():
        texts = {key: renderer.author(work.cited, shown=count) for key, work in works.items()}
        for key in texts.keys() - needed.keys():
            if lengths[key] >= style.et_al_min and _differs(key, texts, everyone):
                needed[key] = min(count, lengths[key])
    return needed


def _differs(key: str, texts: Mapping[str, str], everyone: Mapping[str, str]) -> bool:
    return all(everyone[other] == everyone[key] for other in texts if texts[other] == texts[key])


# ------------------------------------------------------------------------------------------------------------ suffixes


def _with_suffixes(works: Mapping[str, Work], renderer: Renderer) -> dict[str, Work]:
    """Letters after the year, in the order of the list, for works that still read the same."""
    letters = {key: letter(at) for keys in _alike(works) for at, key in enumerate(keys)}
    return {key: _lettered(work, letters[key], renderer) if key in letters else work for key, work in works.items()}


def _lettered(work: Work, suffix: str, renderer: Renderer) -> Work:
    cited = {**work.cited, "year-suffix": suffix}
    return replace(work, listed={**work.listed, "year-suffix": suffix}, cited=cited, year=renderer.details(cited))


def letter(at: int) -> str:
    """a, b ... z, aa, ab ... for 0, 1 ..."""
    quotient, remainder = divmod(at, 26)
    return (letter(quotient - 1) if quotient else "") + chr(ord("a") + remainder)
