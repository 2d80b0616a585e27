"""What an author-date style says of whole citations, and its parts formatted apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from rapportbygger.resolve.citations.csl import NAMESPACE, Element, Style, root_of, written

_AMPERSANDS = ("&", "&amp;")

BEYOND: Mapping[str, str] = {
    "positions": ".//*[@position]",
    "disambiguate conditions": ".//*[@disambiguate]",
    "subsequent-author-substitute": "./{*}bibliography[@subsequent-author-substitute]",
    "letters collapsed": "./{*}citation[@collapse='year-suffix-ranged']",
    "cites numbered": ".//*[@variable='citation-number']",
}
"""What of author-date styles this engine does not do, by where it stands in a style: those go to pandoc."""


class Part(Enum):
    """What of a citation is formatted: who the work is by, or what follows that."""

    AUTHOR = "author"
    DETAILS = "details"


@dataclass(frozen=True, slots=True)
class AuthorDateStyle:
    """What an author-date style (CSL 1.0.2) says of whole citations.

    `between` stands between author and year, `delimiter` between works, `group_delimiter` between the years of one
    author. `et_al_min` is how many names are shortened, 0 for never.
    """

    xml: bytes
    prefix: str
    suffix: str
    delimiter: str
    between: str
    group_delimiter: str
    sorts: bool
    collapses: bool
    adds_initials: bool
    adds_names: bool
    adds_suffixes: bool
    et_al_min: int


def beyond(style: Style) -> tuple[str, ...]:
    """What in a style the engine for author-date styles does not do."""
    root = root_of(style.xml)
    missing = () if root.find(f"{NAMESPACE}bibliography/{NAMESPACE}layout") is not None else ("no list",)
    nameless = () if _prints_names(root, _author(root)) else ("no names",)
    return (*missing, *nameless, *(name for name, path in BEYOND.items() if root.find(path) is not None))


def _prints_names(root: Element, element: Element, seen: frozenset[str] = frozenset()) -> bool:
    """Whether an element writes names, by itself or through the macros it calls."""
    if next(element.iter(f"{NAMESPACE}names"), None) is not None:
        return True
    called = {text.get("macro") for text in element.iter(f"{NAMESPACE}text")} - seen - {None}
    return any(
        _prints_names(root, macro, seen | called)
        for macro in root.findall(f"{NAMESPACE}macro")
        if macro.get("name") in called
    )


def _layout(root: Element) -> Element:
    return root.find(f"{NAMESPACE}citation/{NAMESPACE}layout")


def _author(root: Element) -> Element:
    """The element that writes who a work is by: the first one in the layout, within the groups that begin there."""
    element = _layout(root)
    while len(element) and _is_group(element):
        element = element[0]
    return element


def _is_group(element: Element) -> bool:
    return element.tag in (f"{NAMESPACE}layout", f"{NAMESPACE}group")


def read(style: Style) -> AuthorDateStyle:
    """What an author-date style that is not `beyond` this engine says."""
    root = root_of(style.xml)
    citation = root.find(f"{NAMESPACE}citation")
    layout = _layout(root)
    group = _author(root).getparent()
    return AuthorDateStyle(
        xml=style.xml,
        prefix=layout.get("prefix", ""),
        suffix=layout.get("suffix", ""),
        delimiter=layout.get("delimiter", ""),
        between=group.get("delimiter", "") if group.tag == f"{NAMESPACE}group" else ", ",
        group_delimiter=citation.get("cite-group-delimiter", ", "),
        sorts=citation.find(f"{NAMESPACE}sort") is not None,
        collapses=citation.get("collapse", "").startswith("year"),
        adds_initials=citation.get("disambiguate-add-givenname") == "true",
        adds_names=citation.get("disambiguate-add-names") == "true",
        adds_suffixes=citation.get("disambiguate-add-year-suffix") == "true",
        et_al_min=_number(citation.get("et-al-min") or root.get("et-al-min")),
    )


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def part(style: AuthorDateStyle, which: Part, *, shown: int = 0, in_text: bool = False) -> bytes:
    """The style with a citation layout that writes one part only; its reference list is as it was.

    `shown` is how many names are shown of those that are shortened (0: as the style says). `in_text` is for running
    text, where «and» is a word.
    """
    root = root_of(style.xml)
    _keep(root, which)
    if shown:
        _show_names(root, shown)
    if in_text:
        _spell_and(root)
    return written(root)


def _keep(root: Element, which: Part) -> None:
    """Leave in the citation's layout the author, or all but the author."""
    layout, author = _layout(root), _author(root)
    for name in ("prefix", "suffix", "delimiter"):
        layout.attrib.pop(name, None)
    if which is Part.DETAILS:
        author.getparent().remove(author)
    else:
        for element in (author, *author.iterancestors()):
            if element is layout:
                break
            element.getparent()[1:] = []
    for sort in root.findall(f"{NAMESPACE}citation/{NAMESPACE}sort"):
        sort.getparent().remove(sort)


def _show_names(root: Element, shown: int) -> None:
    """Shorten lists of more than `shown` names to that many, wherever the style shortens."""
    citation = root.find(f"{NAMESPACE}citation")
    for element in [citation, *root.iter(f"{NAMESPACE}name")]:
        if element is citation or element.get("et-al-min"):
            element.set("et-al-min", str(shown + 1))
            element.set("et-al-use-first", str(shown))


def _spell_and(root: Element) -> None:
    for element in root.iter():
        if element.get("and") == "symbol":
            element.set("and", "text")
    _remove(root, lambda term: term.get("name") == "and" and (term.text or "").strip() in _AMPERSANDS)


def _remove(root: Element, unwanted: Callable[[Element], bool]) -> None:
    for term in [term for term in root.iter(f"{NAMESPACE}term") if unwanted(term)]:
        term.getparent().remove(term)
