"""A style's citations taken apart: who a work is by, what follows that, and each macro that works are sorted by.

Each part is a style of its own, whose citations write that part only. Instead of names, dates in sort keys and titles,
it can be given signs (`templates.py`), so citeproc-py says what is written where, once for all works of a kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import lru_cache

from rapportbygger.resolve.citations.csl import NAMESPACE, Element, called, root_of, written
from rapportbygger.resolve.citations.reference.name_lists import NameForm, name_form

FORMS = 0xE100
"""The sign of a part's first list of names: it stands before the list."""
_SPARE = ("annote", "abstract", "call-number", "archive", "archive-place", "ISSN", "PMID", "PMCID", "dimensions")
"""Variables that no sort key is made of, to put dates in."""
_TITLES = frozenset(("title", "title-short", "container-title", "container-title-short", "publisher"))
_ASKING = ("variable", "is-numeric", "is-uncertain-date")
_ET_AL = ("et-al-min", "et-al-use-first", "et-al-use-last", "et-al-subsequent-min", "et-al-subsequent-use-first")
_DAY = ("year", "month", "day")


@dataclass(frozen=True, slots=True)
class Part:
    """A style that writes one part, the variables it asks for, and how it writes its lists of names.

    Of `titles` it asks nothing but their text. `dates` are the dates that stand in other variables, as sort keys:
    by that variable, the date's own name and which of year, month and day it has. `counts_locators` is whether it
    writes locators in another way than they are, and `shortens_years` whether years.
    """

    xml: bytes
    variables: frozenset[str]
    titles: frozenset[str]
    forms: tuple[NameForm, ...]
    dates: Mapping[str, tuple[str, tuple[str, ...]]]
    counts_locators: bool = False
    shortens_years: bool = False


def layout_of(root: Element, area: str = "citation") -> Element:
    """The layout of a style's citations or of its list."""
    return root.find(f"{NAMESPACE}{area}/{NAMESPACE}layout")


def author_of(root: Element) -> Element:
    """The element that writes who a work is by: the first one in the layout, within the groups that begin there."""
    element = layout_of(root)
    while len(element) and element.tag in (f"{NAMESPACE}layout", f"{NAMESPACE}group"):
        element = element[0]
    return element


@lru_cache(16)
def author_part(xml: bytes) -> Part:
    """«Tiller», «Dahl mfl.», a title where there is nobody."""
    root = root_of(xml)
    layout, author = layout_of(root), author_of(root)
    for element in (author, *author.iterancestors()):
        if element is layout:
            break
        element.getparent()[1:] = []
    return _part(root, root.find(f"{NAMESPACE}citation"))


@lru_cache(16)
def details_part(xml: bytes) -> Part:
    """«2006, s. 12»."""
    root = root_of(xml)
    author = author_of(root)
    author.getparent().remove(author)
    return _part(root, root.find(f"{NAMESPACE}citation"))


def macro_part(xml: bytes, macro: str, area: str, options: Mapping[str, str]) -> Part:
    """A macro that is a sort key of the citations or of the list, with the options of the key."""
    return _macro_part(xml, macro, area, tuple(sorted(options.items())))


@lru_cache(64)
def _macro_part(xml: bytes, macro: str, area: str, options: tuple[tuple[str, str], ...]) -> Part:
    root = root_of(xml)
    layout = layout_of(root)
    layout[:] = [layout.makeelement(f"{NAMESPACE}text", {"macro": macro})]
    for label in [label for names in root.iter(f"{NAMESPACE}names") for label in names.findall(f"{NAMESPACE}label")]:
        label.getparent().remove(label)
    dates = _with_dates_elsewhere(list(_reached(root)))
    part = _part(root, root.find(f"{NAMESPACE}{area}"), dict(options))
    return replace(part, dates=dates, variables=part.variables | {name for name, _parts in dates.values()})


def _part(root: Element, area: Element, options: Mapping[str, str] | None = None) -> Part:
    layout = layout_of(root)
    for name in ("prefix", "suffix", "delimiter"):
        layout.attrib.pop(name, None)
    for sort in root.findall(f"{NAMESPACE}citation/{NAMESPACE}sort"):
        sort.getparent().remove(sort)
    reached = list(_reached(root))
    forms = tuple(_signed(_named(reached), area, options or {}))
    for element in (root, root.find(f"{NAMESPACE}citation"), *(one for one in reached if _is(one, "name"))):
        for name in _ET_AL:
            element.attrib.pop(name, None)
    variables = frozenset(_asked(reached))
    titles = variables & _TITLES - frozenset(_examined(reached))
    counts, shortens = (any(map(asked, root.iter())) for asked in (_counts_locators, _shortens_years))
    return Part(written(root), variables, titles, forms, {}, counts, shortens)


def _counts_locators(element: Element) -> bool:
    return _is(element, "number") and element.get("variable") == "locator" and "form" in element.attrib


def _shortens_years(element: Element) -> bool:
    return _is(element, "date-part") and element.get("name") == "year" and element.get("form") == "short"


def _is(element: Element, name: str) -> bool:
    return bool(element.tag == f"{NAMESPACE}{name}")


def _reached(root: Element) -> Iterator[Element]:
    """What the citations' layout consists of, with the macros it calls."""
    for place in (layout_of(root), *called(root, layout_of(root))):
        yield from place.iter()


def _asked(reached: Iterable[Element]) -> Iterator[str]:
    for element in reached:
        for attribute in _ASKING:
            for name in element.get(attribute, "").split():
                yield from (name, f"{name}-short")


def _examined(reached: Iterable[Element]) -> Iterator[str]:
    """The variables whose value decides something, or is written in another way than it is."""
    for element in reached:
        tests = ("is-numeric",) if not _is(element, "number") and not _is(element, "label") else _ASKING
        for attribute in tests:
            yield from element.get(attribute, "").split()


# --------------------------------------------------------------------------------------------------------------- names


def _named(reached: Iterable[Element]) -> list[Element]:
    """The elements that say how names are written; a substitute without a word of its own writes as its parent does."""
    return [
        names
        for names in reached
        if _is(names, "names")
        and (names.find(f"{NAMESPACE}name") is not None or not _is(names.getparent(), "substitute"))
    ]


def _signed(several: Iterable[Element], area: Element, options: Mapping[str, str]) -> Iterator[NameForm]:
    """How names are written in each place, which gets a sign before its names that tells which place it is."""
    for at, names in enumerate(several):
        form = name_form(names, area)
        yield replace(form, options={**form.options, **options}, attributes={})
        name = names.find(f"{NAMESPACE}name")
        if name is None:
            name = names.makeelement(f"{NAMESPACE}name", {})
            names.insert(0, name)
        name.set("prefix", name.get("prefix", "") + chr(FORMS + at))


# --------------------------------------------------------------------------------------------------------------- dates


def _with_dates_elsewhere(reached: Iterable[Element]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Each date made a variable of its own, which `templates.py` gives the date as a sort key."""
    elements = [element for element in reached if _is(element, "date")]
    spare = [name for name in _SPARE if name not in set(_asked(reached))]
    made: dict[str, tuple[str, tuple[str, ...]]] = {}
    for variable, date in zip(spare, elements, strict=False):
        parts = tuple(part.get("name") for part in date.findall(f"{NAMESPACE}date-part"))
        shown = _DAY[: date.get("date-parts", "year-month-day").count("-") + 1] if date.get("form") else parts
        made[variable] = (date.get("variable"), shown or _DAY)
        text = deepcopy(date)
        text[:] = []
        text.tag = f"{NAMESPACE}text"
        for name in [name for name in text.attrib if name not in ("prefix", "suffix")]:
            del text.attrib[name]
        text.set("variable", variable)
        date.getparent().replace(date, text)
    return made
