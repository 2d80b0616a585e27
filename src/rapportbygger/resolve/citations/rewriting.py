"""A style rewritten for citeproc-py: what it cannot do becomes variables that we compute for each reference.

citeproc-py keeps what it does well: macros, choices, groups with their delimiters, affixes and formatting. Names,
dates, numbers and labels become texts `x1`, `x2` ... (`pieces`), terms become values, and every test of a variable
becomes a test of a flag (`?page`, `?numeric:page`, `?uncertain:issued`), so that a title that stands in for an author
can be left out later without a test taking it for missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rapportbygger.resolve.citations.csl import NAMESPACE, Element, root_of, written
from rapportbygger.resolve.citations.csl_locale import locale_of
from rapportbygger.resolve.citations.finishing import CASE_END, CASES
from rapportbygger.resolve.citations.numbers import RANGED
from rapportbygger.resolve.citations.pieces import (
    Piece,
    Words,
    date_piece,
    label_piece,
    names_piece,
    number_piece,
    plain_attributes,
    text_piece,
)
from rapportbygger.resolve.citations.prepared import Prepared, Source
from rapportbygger.resolve.citations.richtext import QUOTES
from rapportbygger.resolve.citations.substitution import STANDING_IN, Substitution, separated, stands_in
from rapportbygger.resolve.citations.text_case import cased
from rapportbygger.resolve.citations.typography import quotes_of

AREAS = ("citation", "bibliography")


def prepared(xml: bytes, lang: str) -> Prepared:
    """The style rewritten, for works in a language (`nb-NO`)."""
    root = root_of(xml)
    locale = locale_of(root, lang)
    words = Words(locale, quotes_of(locale), root.get("page-range-format", "expanded"), lang)
    rewriting = _Rewriting(root, words, letters_years=_letters_years(root))
    rewriting.rewrite()
    return Prepared(written(root), words, rewriting.sources, rewriting.substitutions)


def _letters_years(root: Element) -> bool:
    """Whether the letters of years have no place of their own in the style."""
    return all(text.get("variable") != "year-suffix" for text in root.iter(f"{NAMESPACE}text"))


@dataclass(slots=True)
class _Rewriting:
    root: Element
    words: Words
    letters_years: bool
    sources: dict[str, dict[str, Source]] = field(default_factory=lambda: {area: {} for area in AREAS})
    substitutions: dict[str, tuple[Substitution, ...]] = field(default_factory=lambda: dict.fromkeys(AREAS, ()))
    count: int = 0

    def rewrite(self) -> None:
        for unused in (*self.root.findall(f"{NAMESPACE}locale"), *self.root.iter(f"{NAMESPACE}sort")):
            unused.getparent().remove(unused)
        separated(self.root)
        areas = _areas(self.root)
        for element in list(self.root.iter(f"{NAMESPACE}substitute")):
            self._substitute(element.getparent(), areas)
        for element in list(self.root.iter(f"{NAMESPACE}*")):
            self._element(element, areas)

    def _element(self, element: Element, areas: _Areas) -> None:
        match element.tag.removeprefix(NAMESPACE):
            case "names":
                self._names(element, element, areas.of(element))
            case "date":
                piece = date_piece(element, self.words, letters_year=self.letters_years)
                self._piece(element, dict.fromkeys(areas.of(element), piece))
            case "number":
                self._piece(element, dict.fromkeys(areas.of(element), number_piece(element, self.words)))
            case "label":
                self._piece(element, dict.fromkeys(areas.of(element), label_piece(element, self.words)))
            case "text":
                self._text(element, areas)
            case "if" | "else-if":
                _test_flags(element)

    def _text(self, element: Element, areas: _Areas) -> None:
        variable, case = element.get("variable", "").removeprefix(STANDING_IN), element.get("text-case")
        if variable in RANGED or variable == "page-first":
            self._piece(element, dict.fromkeys(areas.of(element), number_piece(element, self.words)))
        elif variable and case:
            self._piece(element, dict.fromkeys(areas.of(element), text_piece(element, self.words)))
        elif element.get("term") or element.get("value") is not None:
            _become_value(element, self.words)
        elif case in CASES:
            del element.attrib["text-case"]
            _enclose(element, CASES[case], CASE_END)
        if element.attrib.pop("quotes", "") == "true":
            _enclose(element, *QUOTES)

    def _names(self, element: Element, model: Element, areas: Iterable[str]) -> None:
        pieces = {area: names_piece(element, model, self.root.find(NAMESPACE + area), self.words) for area in areas}
        self._piece(element, pieces, model)

    def _substitute(self, element: Element, areas: _Areas) -> None:
        """Make cs:names with cs:substitute a choice between the names and what stands in for them."""
        substitute, within = element.find(f"{NAMESPACE}substitute"), areas.of(element)
        for names in substitute.findall(f"{NAMESPACE}names"):
            self._names(names, element if names.find(f"{NAMESPACE}name") is None else names, within)
        others = list(substitute)
        names = element.makeelement(f"{NAMESPACE}names", dict(element.attrib))
        element.insert(0, names)
        self._names(names, element, within)
        flags = [f"x{self.count + at + 1}" for at in range(len(others))]
        self.count += len(others)
        chosen = dict(zip(flags, others, strict=True))
        _become_choice(element, names, chosen)
        for area in within:
            found = Substitution(names.get("variable"), tuple(chosen.items()))
            self.substitutions[area] = (*self.substitutions[area], found)

    def _piece(self, element: Element, pieces: Mapping[str, Piece], model: Element | None = None) -> None:
        self.count += 1
        name, standing_in = f"x{self.count}", stands_in(element)
        variables = frozenset(element.get("variable", "").removeprefix(STANDING_IN).split())
        for area, piece in pieces.items():
            self.sources[area][name] = Source(piece, variables, standing_in)
        kept = plain_attributes(element if model is None else model)
        for key in ("quotes", "strip-periods") if element.tag == f"{NAMESPACE}text" else ():
            kept |= {key: element.get(key)} if element.get(key) else {}
        element.tag = f"{NAMESPACE}text"
        element[:] = []
        element.attrib.clear()
        element.attrib.update(kept | {"variable": name})


@dataclass(frozen=True, slots=True)
class _Areas:
    """Which macros are used in which areas of a style."""

    macros: Mapping[str, frozenset[str]]

    def of(self, element: Element) -> tuple[str, ...]:
        """The areas an element is used in."""
        for above in element.iterancestors():
            tag = above.tag.removeprefix(NAMESPACE)
            if tag in AREAS:
                return (tag,)
            if tag == "macro":
                return tuple(area for area in AREAS if above.get("name") in self.macros[area])
        return ()


def _areas(root: Element) -> _Areas:
    calls = {macro.get("name"): _called(macro) for macro in root.findall(f"{NAMESPACE}macro")}
    macros: dict[str, frozenset[str]] = {}
    for area in AREAS:
        layout = root.find(NAMESPACE + area)
        waiting, found = set() if layout is None else _called(layout), set[str]()
        while waiting:
            found.add(name := waiting.pop())
            waiting |= calls.get(name, set()) - found
        macros[area] = frozenset(found)
    return _Areas(macros)


def _called(element: Element) -> set[str]:
    return {name for text in element.iter(f"{NAMESPACE}text") if (name := text.get("macro"))}


def _become_value(element: Element, words: Words) -> None:
    """A term as its words, in the case that is asked for."""
    term, text = element.get("term"), element.get("value", "")
    if term:
        text = words.locale.text(term, element.get("form", "long"), plural=element.get("plural") == "true")
    text = text.replace(".", "") if element.get("strip-periods") == "true" else text
    text = cased(element.get("text-case"), text)
    for name in ("term", "form", "plural", "text-case", "strip-periods"):
        element.attrib.pop(name, None)
    element.set("value", text)


def _enclose(element: Element, opening: str, closing: str) -> None:
    """Put marks inside the affixes of an element, around its text."""
    element.set("prefix", element.get("prefix", "") + opening)
    element.set("suffix", closing + element.get("suffix", ""))


def _become_choice(element: Element, names: Element, others: Mapping[str, Element]) -> None:
    element.tag = f"{NAMESPACE}choose"
    element.attrib.clear()
    element[:] = [_branch(element, "if", names.get("variable"), names)]
    for flag, other in others.items():
        element.append(_branch(element, "else-if", flag, other))


def _branch(element: Element, tag: str, flag: str, child: Element) -> Element:
    branch = element.makeelement(f"{NAMESPACE}{tag}", {"variable": flag})
    branch.append(child)
    return branch


def _test_flags(element: Element) -> None:
    """Test flags in place of variables, numbers, uncertain dates and locators."""
    tested = list(_tests(element))
    for name in ("variable", "is-numeric", "is-uncertain-date", "locator"):
        element.attrib.pop(name, None)
    if tested:
        element.set("variable", " ".join(tested))


def _tests(element: Element) -> Iterator[str]:
    for kind, prefix in (("variable", "?"), ("is-numeric", "?numeric:"), ("is-uncertain-date", "?uncertain:")):
        for name in element.get(kind, "").split():
            yield name if name[0] == "x" and name[1:].isdecimal() else f"{prefix}{name}"
    for label in element.get("locator", "").split():
        yield f"?locator:{'sub-verbo' if label == 'sub verbo' else label}"
