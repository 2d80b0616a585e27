"""A style rewritten for citeproc-py: what it cannot do becomes variables that we compute for each reference.

citeproc-py keeps what it does well: macros, choices, groups with their delimiters, affixes and formatting. Names,
dates, numbers and labels become texts `x1`, `x2` ... (`pieces`), terms become values, and every test of a variable
becomes a test of a flag (`?page`, `?numeric:page`, `?uncertain:issued`), so that a title that stands in for an author
can be left out later without a test taking it for missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from rapportbygger.resolve.citations.csl import NAMESPACE, Element, called, root_of, written
from rapportbygger.resolve.citations.reference.csl_locale import locale_of
from rapportbygger.resolve.citations.reference.finishing import CASE_END, CASES, QUOTED
from rapportbygger.resolve.citations.reference.numbers import RANGED
from rapportbygger.resolve.citations.reference.pieces import (
    Piece,
    Words,
    date_piece,
    label_piece,
    names_piece,
    number_piece,
    plain_attributes,
    text_piece,
)
from rapportbygger.resolve.citations.reference.prepared import Prepared, Source
from rapportbygger.resolve.citations.reference.richtext import QUOTES
from rapportbygger.resolve.citations.reference.substitution import (
    STANDING_IN,
    Substitution,
    flattened,
    separated,
    standing_in,
)
from rapportbygger.resolve.citations.reference.text_case import ENGLISH, cased
from rapportbygger.resolve.citations.reference.typography import quotes_of

AREAS = ("citation", "bibliography")
_BOTH = (False, True)


def prepared(xml: bytes, lang: str, area: str) -> Prepared:
    """The style rewritten, for works in a language (`nb-NO`): what its citations or its list (`AREAS`) need of it."""
    root = root_of(xml)
    locale = locale_of(root, lang)
    words = Words(locale, quotes_of(locale), root.get("page-range-format", ""), lang)
    letters_years = _letters_years(root)
    _leave_only(area, root)
    rewriting = _Rewriting(root, words, letters_years=letters_years)
    rewriting.rewrite()
    return Prepared(written(root), words, root, rewriting.sources, rewriting.kinds, rewriting.substitutions)


def _letters_years(root: Element) -> bool:
    """Whether the letters of years have no place of their own in the style."""
    return all(text.get("variable") != "year-suffix" for text in root.iter(f"{NAMESPACE}text"))


def _leave_only(area: str, root: Element) -> None:
    """Drop what an area does not use: to rewrite and read the rest takes a third of the time."""
    used = _areas(root).macros[area]
    others = [root.find(NAMESPACE + other) for other in AREAS if other != area]
    macros = [macro for macro in root.findall(f"{NAMESPACE}macro") if macro.get("name") not in used]
    for unused in (*others, *macros):
        if unused is not None:
            root.remove(unused)


@dataclass(slots=True)
class _Rewriting:
    root: Element
    words: Words
    letters_years: bool
    sources: dict[str, dict[str, Source]] = field(default_factory=lambda: {area: {} for area in AREAS})
    substitutions: dict[Element, Substitution] = field(default_factory=dict)
    kinds: dict[str, frozenset[str]] = field(default_factory=dict)
    count: int = 0
    standing_in: frozenset[Element] = frozenset()

    def rewrite(self) -> None:
        for element in self.root.iter(f"{NAMESPACE}*"):
            if "_" in element.get("variable", ""):
                element.set("variable", element.get("variable").replace("_", "-"))
        for unused in (*self.root.findall(f"{NAMESPACE}locale"), *self.root.iter(f"{NAMESPACE}sort")):
            unused.getparent().remove(unused)
        flattened(self.root)
        separated(self.root)
        self.standing_in = standing_in(self.root)
        areas = _areas(self.root)
        for element in list(self.root.iter(f"{NAMESPACE}substitute")):
            self._substitute(element.getparent(), areas)
        for element in list(self.root.iter(f"{NAMESPACE}*")):
            self._element(element, areas)
        for macro in self.root.findall(f"{NAMESPACE}macro"):
            _group(macro)

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
                self._label(element, areas)
            case "text":
                self._text(element, areas)
            case "if" | "else-if":
                self._test_flags(element)

    def _text(self, element: Element, areas: _Areas) -> None:
        variable, case = element.get("variable", "").removeprefix(STANDING_IN), element.get("text-case")
        if variable in RANGED or variable == "page-first" or (variable and case):
            element.set("variable", variable)
        if variable in RANGED or variable == "page-first":
            self._piece(element, dict.fromkeys(areas.of(element), number_piece(element, self.words)))
        elif variable and case:
            self._piece(element, dict.fromkeys(areas.of(element), text_piece(element, self.words)))
        elif term := element.get("term"):
            several = element.get("plural") == "true"
            _become_value(element, self.words.locale.text(term, element.get("form", "long"), plural=several))
        elif element.get("value") is not None:
            _become_value(element, element.get("value"))
        elif case in CASES:
            del element.attrib["text-case"]
            _enclose(element, CASES[case], CASE_END)
        if element.attrib.pop("quotes", "") == "true":
            _enclose(element, QUOTES[0], QUOTED)

    def _label(self, element: Element, areas: _Areas) -> None:
        """A label is no variable: it is silent in a group where there is none, and is written elsewhere."""
        variable, plural = element.get("variable"), element.get("plural", "contextual")
        if variable == "locator":
            self._piece(element, dict.fromkeys(areas.of(element), label_piece(element, self.words)))
            return
        one, several = (self.words.locale.text(variable, element.get("form", "long"), plural=is_) for is_ in _BOTH)
        if plural == "contextual" and one != several:
            texts = [deepcopy(element), deepcopy(element)]
            for text, words in zip(texts, (several, one), strict=True):
                _become_value(text, words)
            _become_choice(element, {f"?plural:{variable}": texts[0]}, texts[1])
        else:
            _become_value(element, several if plural == "always" else one)

    def _test_flags(self, element: Element) -> None:
        """Test flags in place of variables, numbers, uncertain dates and locators, and of several types for one."""
        tested = list(_tests(element))
        kinds = element.get("type", "").split()
        if len(kinds) > 1:
            tested.append(f"?type:{'|'.join(kinds).replace('_', '-')}")
            self.kinds[tested[-1]] = frozenset(kinds)
            del element.attrib["type"]
        for name in ("variable", "is-numeric", "is-uncertain-date", "locator"):
            element.attrib.pop(name, None)
        if tested:
            element.set("variable", " ".join(tested))

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
        _become_choice(element, {names.get("variable"): names} | chosen)
        self.substitutions[element] = Substitution(element, names.get("variable"), tuple(chosen.items()))

    def _piece(self, element: Element, pieces: Mapping[str, Piece], model: Element | None = None) -> None:
        self.count += 1
        name, stands_in = f"x{self.count}", element in self.standing_in
        variables = frozenset(element.get("variable", "").removeprefix(STANDING_IN).split())
        for area, piece in pieces.items():
            self.sources[area][name] = Source(piece, variables, stands_in)
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
    places = {area: root.find(NAMESPACE + area) for area in AREAS}
    return _Areas(
        {
            area: frozenset(macro.get("name") for macro in called(root, place)) if place is not None else frozenset()
            for area, place in places.items()
        }
    )


def _become_value(element: Element, text: str) -> None:
    """Write words, in the case that is asked for."""
    text = text.replace(".", "") if element.get("strip-periods") == "true" else text
    text = cased(element.get("text-case"), text, ENGLISH)
    for name in ("term", "variable", "form", "plural", "text-case", "strip-periods"):
        element.attrib.pop(name, None)
    element.tag = f"{NAMESPACE}text"
    element.set("value", text)


def _enclose(element: Element, opening: str, closing: str) -> None:
    """Put marks inside the affixes of an element, around its text."""
    element.set("prefix", element.get("prefix", "") + opening)
    element.set("suffix", closing + element.get("suffix", ""))


def _become_choice(element: Element, branches: Mapping[str, Element], otherwise: Element | None = None) -> None:
    """Choose among elements by the variables that are there."""
    element.tag = f"{NAMESPACE}choose"
    element.attrib.clear()
    element[:] = [
        _branch(element, "else-if" if at else "if", {"variable": flag}, child)
        for at, (flag, child) in enumerate(branches.items())
    ]
    if otherwise is not None:
        element.append(_branch(element, "else", {}, otherwise))


def _branch(element: Element, tag: str, attributes: dict[str, str], child: Element) -> Element:
    branch = element.makeelement(f"{NAMESPACE}{tag}", attributes)
    branch.append(child)
    return branch


def _group(element: Element) -> None:
    """Make a macro (or the branches that are all of it) silent where its variables are missing, as a group is."""
    if len(element) == 1 and element[0].tag == f"{NAMESPACE}choose":
        for branch in element[0]:
            _group(branch)
        return
    texts = list(element.iter(f"{NAMESPACE}text"))
    variables = any(text.get("variable") or text.get("macro") for text in texts)
    if variables and any(text.get("value") for text in texts):
        group = element.makeelement(f"{NAMESPACE}group", {})
        group.extend(list(element))
        element.append(group)


def _tests(element: Element) -> Iterator[str]:
    for kind, prefix in (("variable", "?"), ("is-numeric", "?numeric:"), ("is-uncertain-date", "?uncertain:")):
        for name in element.get(kind, "").split():
            yield name if name[0] == "?" or (name[0] == "x" and name[1:].isdecimal()) else f"{prefix}{name}"
    for label in element.get("locator", "").split():
        yield f"?locator:{'sub-verbo' if label == 'sub verbo' else label}"
