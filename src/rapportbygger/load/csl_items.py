"""One reference from a file as the model has it: its key, tidy dates, a language that others know."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any
from unicodedata import normalize

from rapportbygger import doi
from rapportbygger.csl_variables import DATES
from rapportbygger.diagnostics import Diagnostic, Location, Severity
from rapportbygger.load import reference_dates
from rapportbygger.messages import _
from rapportbygger.model import Reference

_LANGUAGES = {
    "nb-NO": "nb no nob norsk norwegian bokmål bokmal nb-no no-no no-nb norsk-bokmål norwegian-bokmål",
    "nn-NO": "nn nno nynorsk nn-no no-nn norsk-nynorsk norwegian-nynorsk",
    "en-US": "en eng english american usenglish en-us engelsk english-us english-american",
    "en-GB": "british ukenglish en-gb english-uk english-gb english-british",
    "da-DK": "da dan danish dansk da-dk",
    "sv-SE": "sv swe swedish svensk sv-se",
    "de-DE": "de ger deu german ngerman austrian tysk de-de",
    "fr-FR": "fr fre fra french fransk fr-fr",
    "es-ES": "es spa spanish spansk es-es",
    "fi-FI": "fi fin finnish finsk fi-fi",
    "is-IS": "is ice isl icelandic islandsk is-is",
    "it-IT": "it ita italian italiensk it-it",
    "nl-NL": "nl dut nld dutch nederlandsk nl-nl",
    "se-NO": "se sme northernsami samin samisk nordsamisk",
}
_BY_NAME = {name: tag for tag, names in _LANGUAGES.items() for name in names.split()}
_ADDRESS = re.compile(r"https?://(www\.)?zotero\.org/")


def language(name: str) -> str:
    """A language as BCP 47 (`nb-NO`), by its code or its name in BibTeX, Norwegian or English; unknown ones as is."""
    folded = re.sub(r"[\s_()]+", "-", name.lower()).strip("-")
    return _BY_NAME.get(folded, name.strip())


def reference(entry: Mapping[str, Any], at: Location, place: Callable[[str], Location]) -> Reference:
    """A reference of an item in CSL-JSON as it was read, "" as its key where it has none.

    `place` says where a field stands.
    """
    key = _key(entry)
    item: dict[str, Any] = {"id": key, **{name: value for name, value in entry.items() if name not in _NOT_KEPT}}
    problems = []
    for name in sorted(DATES & item.keys()):
        date, impossible = reference_dates.read(item.pop(name))
        if date:
            item[name] = date
        if impossible:
            problems.append(_impossible(name, impossible, place(name)))
    if isinstance(item.get("DOI"), str):
        item["DOI"] = doi.bare(item["DOI"])
    if isinstance(item.get("language"), str):
        item["language"] = language(item["language"])
    if "edition" in item:
        item["edition"] = _edition(item["edition"])
    if _is_twice_told(item):
        del item["event-place"]
    if _ADDRESS.match(str(entry.get("id", ""))):
        item["custom"] = {"uri": entry["id"]}  # where Zotero has it
    places = {str(name): place(str(name)) for name in entry}
    return Reference(key, item, at, places, tuple(problems))


_NOT_KEPT = ("id", "citation-key")
_EVENT = frozenset(("event", "event-title", "event-date"))
_EVENTS = frozenset(("event", "performance", "speech"))
_EDITION = re.compile(r"(\d+)(?:st|nd|rd|th|\.)?\s*(?:ed|edn|edition|utg|utgave|utgåve)?\.?", re.IGNORECASE)
_ORDINALS = (
    "first første fyrste", "second andre", "third tredje", "fourth fjerde", "fifth femte", "sixth sjette",
    "seventh sjuende", "eighth åttende", "ninth niende", "tenth tiende",
)  # fmt: skip
_BY_ORDINAL = {word: str(number) for number, words in enumerate(_ORDINALS, 1) for word in words.split()}


def _is_twice_told(item: Mapping[str, Any]) -> bool:
    """Whether the place is the publisher's, which Zotero writes in every book as that of an event too."""
    event = str(item.get("type")) in _EVENTS or _EVENT & item.keys()
    return "event-place" in item and not event and item["event-place"] == item.get("publisher-place")


def _edition(value: Any) -> Any:
    """«2nd», «2. utg.» and «Second edition» as the number that the style writes in the report's language."""
    if not isinstance(value, str):
        return value
    first, _space, rest = value.strip().lower().partition(" ")
    if first in _BY_ORDINAL and rest in ("", "ed.", "edition", "utgave", "utgåve", "utg."):
        return _BY_ORDINAL[first]
    match = _EDITION.fullmatch(value.strip())
    return match[1] if match else value


def _key(entry: Mapping[str, Any]) -> str:
    for key in (entry.get("citation-key"), entry.get("id")):
        if isinstance(key, (str, int, float)) and not isinstance(key, bool) and str(key).strip():
            text = " ".join(normalize("NFC", str(key)).split())
            return "" if _ADDRESS.match(text) else text
    return ""


def _impossible(name: str, what: str, at: Location) -> Diagnostic:
    message = _("«{field}» is no possible date: {what}").format(field=name, what=what)
    hint = _("write the date as year, month and day: 2021-03-19")
    return Diagnostic("impossible-date", message, at, hint, Severity.WARNING)


# --------------------------------------------------------------------------------------------------------------- keys


def keyed(references: Iterable[Reference]) -> tuple[Reference, ...]:
    """The references with a key of author and year («hansen2010») where they have none, the title's first word added
    to those that would be alike («hansen2010skolen»), and a number where that too is taken.
    """
    several = list(references)
    taken = {one.key for one in several}
    plain = [_made_key(one.item or {}) if not one.key else "" for one in several]
    count, numbers = Counter(plain), Counter[str]()
    made = []
    for one, key in zip(several, plain, strict=True):
        if key:
            longer = _title_word(one.item or {}) if count[key] > 1 or key in taken else ""
            unique = _unique(key + longer, taken, numbers)
            taken.add(unique)
            one = replace(one, key=unique, item={**(one.item or {}), "id": unique})  # noqa: PLW2901
        made.append(one)
    return tuple(made)


def _made_key(item: Mapping[str, Any]) -> str:
    names = next((item[role] for role in ("author", "editor", "translator") if item.get(role)), None)
    name = names[0] if isinstance(names, list) and names and isinstance(names[0], Mapping) else {}
    who = str(name.get("family") or name.get("literal") or "") or _title_word(item)
    parts = (item.get("issued") or {}).get("date-parts") or [[""]]
    return _word(who.split()[0] if who.split() else "") + str(parts[0][0]) or "uten-navn"


def _title_word(item: Mapping[str, Any]) -> str:
    words = re.findall(r"[^\W_]{4,}", re.sub(r"<[^>]*>", "", str(item.get("title") or "")))
    return _word(words[0]) if words else ""


def _word(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()


def _unique(key: str, taken: set[str], numbers: Counter[str]) -> str:
    unique = key
    while unique in taken:
        numbers[key] += 1
        unique = f"{key}-{numbers[key] + 1}"
    return unique
