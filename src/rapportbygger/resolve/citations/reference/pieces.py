"""The pieces of a reference that citeproc-py is not asked to make: names, dates, numbers, labels, texts in a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rapportbygger.csl_variables import NAMES
from rapportbygger.resolve.citations.clusters import Item
from rapportbygger.resolve.citations.csl import NAMESPACE, Element
from rapportbygger.resolve.citations.reference.csl_locale import CslLocale
from rapportbygger.resolve.citations.reference.name_lists import name_count, name_form, written_names
from rapportbygger.resolve.citations.reference.numbers import parsed, with_page_ranges, written
from rapportbygger.resolve.citations.reference.richtext import formatted
from rapportbygger.resolve.citations.reference.text_case import ENGLISH, cased
from rapportbygger.resolve.citations.reference.typography import Quotes
from rapportbygger.resolve.citations.reference.written_dates import date_form, written_date


@dataclass(frozen=True, slots=True)
class Words:
    """What every piece needs to know: the language, its quotes, and how the style writes ranges of pages."""

    locale: CslLocale
    quotes: Quotes
    page_ranges: str
    lang: str


Piece: TypeAlias = Callable[[Item], str]
"""The text of one element of a style for an item (with `locator` and `locator-label` where it is cited with one)."""

_PLAIN = ("prefix", "suffix", "font-style", "font-variant", "font-weight", "text-decoration", "vertical-align")


# --------------------------------------------------------------------------------------------------------------- texts


def text_piece(element: Element, words: Words) -> Piece:
    """A variable in the case its element asks for."""
    variable, case = element.get("variable"), element.get("text-case")
    short = element.get("form") == "short"

    def made(item: Item) -> str:
        value = (short and item.get(f"{variable}-short")) or item.get(variable, "")
        lang = _title_language(item, words)
        return words.quotes.typeset(cased(case, str(value), lang))

    return made


def _title_language(item: Item, words: Words) -> str:
    """The language by which titles are capitalized: none for a work with a jurisdiction, as in citeproc-js."""
    return "" if item.get("jurisdiction") else str(item.get("language") or words.lang)


def date_piece(element: Element, words: Words, *, letters_year: bool) -> Piece:
    """A date, with the letter of its year where the style has no place of its own for that."""
    form, case = date_form(element, words.locale, letters_year=letters_year), element.get("text-case")

    def made(item: Item) -> str:
        value = item.get(form.variable)
        if not value:
            return ""
        return cased(case, written_date(value, form, words.locale, str(item.get("year-suffix", ""))))

    return made


# ------------------------------------------------------------------------------------------------------------- numbers


def number_piece(element: Element, words: Words) -> Piece:
    """A number, or a text that a style writes of a numeric variable."""
    variable, form, case = element.get("variable"), element.get("form", "numeric"), element.get("text-case")
    form = form if element.tag == f"{NAMESPACE}number" else "numeric"

    def made(item: Item) -> str:
        source = "page" if variable == "page-first" else variable
        value = str(item.get(source, ""))
        if not value:
            return ""
        numbers = parsed(source, value, words.locale)
        if variable == "page-first":
            return numbers.values[0].particle + numbers.values[0].value
        if _is_pages(variable, item):
            numbers = with_page_ranges(numbers, words.page_ranges)
        return words.quotes.typeset(cased(case, written(numbers, form, words.locale)))

    return made


def _is_pages(variable: str, item: Item) -> bool:
    return variable == "page" or (variable == "locator" and item.get("locator-label") == "page")


def label_piece(element: Element, words: Words) -> Piece:
    """What a number is called: «s.», "pp."."""
    variable, form, case = element.get("variable"), element.get("form", "long"), element.get("text-case")
    plural, bare = element.get("plural", "contextual"), element.get("strip-periods") == "true"

    def made(item: Item) -> str:
        value = str(item.get(variable, ""))
        if not value:
            return ""
        term = str(item.get("locator-label") or "page") if variable == "locator" else variable
        several = parsed(variable, value, words.locale).plural if plural == "contextual" else plural == "always"
        text = words.locale.text(term, form, plural=several)
        return cased(case, text.replace(".", "") if bare else text, ENGLISH)

    return made


# --------------------------------------------------------------------------------------------------------------- names


@dataclass(frozen=True, slots=True)
class _Label:
    attributes: Mapping[str, str]
    before: bool

    def written(self, role: str, several: bool, words: Words, lang: str) -> str:
        """The label of a role, for one person or for several."""
        plural = self.attributes.get("plural", "contextual")
        several = several if plural == "contextual" else plural == "always"
        text = words.locale.text(role, self.attributes.get("form", "long"), plural=several)
        if self.attributes.get("strip-periods") == "true":
            text = text.replace(".", "")
        text = formatted(cased(self.attributes.get("text-case"), text, lang), self.attributes)
        return f"{self.attributes.get('prefix', '')}{text}{self.attributes.get('suffix', '')}" if text else ""


def names_piece(element: Element, model: Element, area: Element, words: Words) -> Piece:
    """The names of one or more roles, with their labels, as `model` says (the cs:names around a cs:substitute)."""
    form, label = name_form(model, area), _label(model)
    roles = [role for role in element.get("variable", "").split() if role in NAMES]
    delimiter = element.get("delimiter") or model.get("delimiter") or _names_delimiter(area)

    def written(item: Item, role: str, called: str) -> str:
        text = written_names(item[role], form, words.locale, words.quotes.typeset)
        if not text or label is None:
            return text
        lang = "" if item.get("jurisdiction") else ENGLISH
        named = label.written(called, len(item[role]) > 1, words, lang)
        return named + text if label.before else text + named

    def made(item: Item) -> str:
        present = [role for role in roles if item.get(role)]
        if form.option("form") == "count":
            total = sum(name_count(item[role], form) for role in present)
            return str(total) if total else ""
        return delimiter.join(filter(None, (written(item, *role) for role in _common(present, item, words))))

    return made


def _names_delimiter(area: Element) -> str:
    return str(area.get("names-delimiter") or area.getparent().get("names-delimiter") or "")


def _label(names: Element) -> _Label | None:
    label, name = names.find(f"{NAMESPACE}label"), names.find(f"{NAMESPACE}name")
    if label is None:
        return None
    return _Label(dict(label.attrib), name is not None and names.index(label) < names.index(name))


def _common(roles: Sequence[str], item: Item, words: Words) -> list[tuple[str, str]]:
    """Each role and what it is called; editors who also translated are named once."""
    alike = set(roles) == {"editor", "translator"} and item["editor"] == item["translator"]
    if alike and words.locale.term("editortranslator") is not None:
        return [(roles[0], "editortranslator")]
    return [(role, role) for role in roles]


def plain_attributes(element: Element) -> dict[str, str]:
    """The affixes and formatting of an element."""
    return {name: value for name in _PLAIN if (value := element.get(name))}
