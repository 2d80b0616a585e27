"""What a style says in a language: its terms, dates and options, over those of CSL's own locales."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from rapportbygger.resolve.citations.csl import NAMESPACE, Element, root_of

_FALLBACKS = {"verb-short": "verb", "symbol": "short", "verb": "long", "short": "long"}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Term(NamedTuple):
    """A term of one thing and of several, and for ordinals which numbers it is for."""

    single: str
    multiple: str
    match: str = ""


@dataclass(frozen=True, slots=True)
class CslLocale:
    """The terms by name and form («long» where none is said), and the forms of dates."""

    terms: Mapping[tuple[str, str], Term]
    dates: Mapping[str, Element]
    options: Mapping[str, str]

    def term(self, name: str, form: str = "long", *, plural: bool = False) -> str | None:
        """A term in a form or in the nearest one there is (CSL 1.0.2, term); None for one that is nowhere."""
        wanted: str | None = form
        while wanted is not None:
            if found := self.terms.get((name, wanted)):
                return found.multiple if plural else found.single
            wanted = _FALLBACKS.get(wanted)
        return None

    def text(self, name: str, form: str = "long", *, plural: bool = False) -> str:
        """A term, or nothing."""
        return self.term(name, form, plural=plural) or ""

    @property
    def punctuation_in_quotes(self) -> bool:
        """Whether full stops and commas go inside quotation marks, as in American English."""
        return self.options.get("punctuation-in-quote") == "true"

    def ordinal(self, number: int) -> str:
        """«2nd», «2.»: by the whole number, its last two digits, and its last one (CSL 1.0.2, ordinal suffixes)."""
        for name, allowed in _ordinal_terms(number):
            found = self.terms.get((name, "long"))
            if found and (found.match or ("last-digit" if name < "ordinal-10" else "last-two-digits")) in allowed:
                return f"{number}{found.single}"
        return f"{number}{self.text('ordinal')}"

    def long_ordinal(self, number: int) -> str:
        """«second», or what `ordinal` says where there is no word."""
        return self.term(f"long-ordinal-{number:02}") or self.ordinal(number)


def _ordinal_terms(number: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    everything = ("whole-number", "last-two-digits", "last-digit")
    if number < 100:
        yield f"ordinal-{number:02}", everything
    yield f"ordinal-{number % 100:02}", everything[1:]
    yield f"ordinal-{number % 10:02}", everything[2:]


def locale_of(style: Element, lang: str) -> CslLocale:
    """A style's locale for `nb-NO`: its own words before CSL's, the dialect's before the language's."""
    terms: dict[tuple[str, str], Term] = {}
    dates: dict[str, Element] = {}
    options: dict[str, str] = {}
    for made in _shipped(lang):
        # A term that a language has in one form is not looked for in another language's other forms.
        named = {name for name, _form in made.terms}
        kept = {key: term for key, term in _without_ordinals(terms, made).items() if key[0] not in named}
        terms, dates, options = kept | {**made.terms}, dates | {**made.dates}, options | {**made.options}
    for made in (_read(element) for element in _own(style, lang)):
        terms = _without_ordinals(terms, made) | {**made.terms}
        dates, options = dates | {**made.dates}, options | {**made.options}
    return CslLocale(terms, dates, options)


def _without_ordinals(terms: Mapping[tuple[str, str], Term], locale: CslLocale) -> dict[tuple[str, str], Term]:
    """The terms but for ordinals where a locale has its own: those are taken together (CSL 1.0.2, ordinal suffixes)."""
    replaced = any(name.startswith("ordinal") for name, _form in locale.terms)
    return {key: term for key, term in terms.items() if not (replaced and key[0].startswith("ordinal"))}


def _own(style: Element, lang: str) -> list[Element]:
    """The style's locales that are for a language, the nearest last."""
    locales = {locale.get(_LANG): locale for locale in style.findall(f"{NAMESPACE}locale")}
    return [locales[key] for key in (None, lang.partition("-")[0], lang) if key in locales]


def _shipped(lang: str) -> list[CslLocale]:
    from citeproc import PRIMARY_DIALECTS

    names = ("en-US", PRIMARY_DIALECTS.get(lang.partition("-")[0]), lang)
    return [made for name in dict.fromkeys(names) if name and (made := _file(name))]


@lru_cache(maxsize=16)
def _file(name: str) -> CslLocale | None:
    from citeproc import LOCALES_PATH

    path = Path(LOCALES_PATH) / f"locales-{name}.xml"
    return _read(root_of(path.read_bytes())) if path.is_file() else None


def _read(locale: Element) -> CslLocale:
    options = locale.find(f"{NAMESPACE}style-options")
    return CslLocale(
        {
            (term.get("name", ""), term.get("form", "long")): _term(term)
            for term in locale.iterfind(f"{NAMESPACE}terms/{NAMESPACE}term")
        },
        {date.get("form"): date for date in locale.findall(f"{NAMESPACE}date")},
        {} if options is None else dict(options.attrib),
    )


def _term(term: Element) -> Term:
    single, multiple = term.find(f"{NAMESPACE}single"), term.find(f"{NAMESPACE}multiple")
    if single is None or multiple is None:
        return Term(term.text or "", term.text or "", term.get("match", ""))
    return Term(single.text or "", multiple.text or "", term.get("match", ""))
