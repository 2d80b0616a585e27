"""What an author-date style says of whole citations, and of the order of works."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapportbygger.resolve.citations.authordate.parts import author_of, layout_of
from rapportbygger.resolve.citations.csl import NAMESPACE, Element, Style, called, root_of

BEYOND: Mapping[str, str] = {
    "positions": ".//*[@position]",
    "disambiguate conditions": ".//*[@disambiguate]",
    "other names where a work is cited again": ".//*[@et-al-subsequent-min]|.//*[@et-al-subsequent-use-first]",
    "subsequent-author-substitute": "./{ns}bibliography[@subsequent-author-substitute]",
    "letters as ranges": "./{ns}citation[@collapse='year-suffix-ranged']",
    "cites numbered": ".//*[@variable='citation-number']",
    "labels": ".//*[@variable='citation-label']",
}
"""What of author-date styles this engine does not do, by where it stands in a style: those go to pandoc."""


@dataclass(frozen=True, slots=True)
class Key:
    """What works are sorted by: a variable or a macro, and the options that the key has for names."""

    variable: str
    macro: str
    descending: bool
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AuthorDateStyle:
    """What an author-date style (CSL 1.0.2) says of whole citations.

    `between` stands between author and year, `delimiter` between works, `group_delimiter` between the years of one
    author, `suffix_delimiter` between the letters of one year, and `after_group` after works that were put together.
    `rule` is whose given names are added, `sort` is None where works stay as they are written.
    """

    xml: bytes
    prefix: str
    suffix: str
    delimiter: str
    between: str
    collapse: str
    group_delimiter: str
    suffix_delimiter: str
    after_group: str
    adds_given: bool
    rule: str
    adds_names: bool
    adds_suffixes: bool
    sort: tuple[Key, ...] | None
    list_sort: tuple[Key, ...] | None


def beyond(style: Style) -> tuple[str, ...]:
    """What in a style the engine for author-date styles does not do."""
    root = root_of(style.xml)
    missing = () if layout_of(root, "bibliography") is not None else ("no list",)
    nameless = () if _prints_names(root, author_of(root)) else ("no names",)
    return (*missing, *nameless, *(name for name, path in BEYOND.items() if _stands(root, path)))


def _stands(root: Element, path: str) -> bool:
    return any(root.find(one.replace("{ns}", NAMESPACE)) is not None for one in path.split("|"))


def _prints_names(root: Element, element: Element) -> bool:
    """Whether an element writes names, by itself or through the macros it calls."""
    return any(next(place.iter(f"{NAMESPACE}names"), None) is not None for place in (element, *called(root, element)))


def read(style: Style) -> AuthorDateStyle:
    """What an author-date style that is not `beyond` this engine says."""
    root = root_of(style.xml)
    citation, layout, group = root.find(f"{NAMESPACE}citation"), layout_of(root), author_of(root).getparent()
    delimiter, collapse = layout.get("delimiter", ""), citation.get("collapse", "")
    grouped = citation.get("cite-group-delimiter")
    return AuthorDateStyle(
        xml=style.xml,
        prefix=layout.get("prefix", ""),
        suffix=layout.get("suffix", ""),
        delimiter=delimiter,
        between=group.get("delimiter", "") if group.tag == f"{NAMESPACE}group" else ", ",
        collapse=collapse if collapse.startswith("year") else "",
        group_delimiter=", " if grouped is None else grouped,
        suffix_delimiter=citation.get("year-suffix-delimiter", delimiter if grouped is None else grouped),
        after_group=citation.get("after-collapse-delimiter", delimiter),
        adds_given=citation.get("disambiguate-add-givenname") == "true",
        rule=citation.get("givenname-disambiguation-rule", "by-cite"),
        adds_names=citation.get("disambiguate-add-names") == "true",
        adds_suffixes=citation.get("disambiguate-add-year-suffix") == "true",
        sort=_keys(citation),
        list_sort=_keys(root.find(f"{NAMESPACE}bibliography")),
    )


def _keys(area: Element) -> tuple[Key, ...] | None:
    sort = area.find(f"{NAMESPACE}sort")
    return None if sort is None else tuple(_key(key, area) for key in sort.iter(f"{NAMESPACE}key"))


def _key(key: Element, area: Element) -> Key:
    descending = key.get("sort") == "descending"
    return Key(key.get("variable", ""), key.get("macro", ""), descending, dict(_options(key, area)))


_OPTIONS = {"names-min": "et-al-min", "names-use-first": "et-al-use-first", "names-use-last": "et-al-use-last"}


def _options(key: Element, area: Element) -> Iterator[tuple[str, str]]:
    yield from ((name, area.get(name)) for name in _OPTIONS.values() if area.get(name))
    yield from ((_OPTIONS[name], value) for name, value in key.attrib.items() if name in _OPTIONS)
