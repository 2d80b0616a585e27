"""References from BibTeX and BibLaTeX, as Zotero and Better BibTeX export them, or as somebody wrote them.

`bibtex` says where everything stands, pandoc what LaTeX, names and entry types mean. Dates, addresses and languages are
read here: pandoc's answer would depend on the machine's language, and say nothing of dates that do not exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from unicodedata import normalize

from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity, nearest
from rapportbygger.load import bibtex, bibtex_habits, csl_items, latex
from rapportbygger.load.bibtex import Entry
from rapportbygger.load.csl_converters import Converter
from rapportbygger.messages import _
from rapportbygger.model import Reference
from rapportbygger.pandoc import PandocError

# fmt: off
_OWN = frozenset((
    "abstract", "annotation", "annote", "crossref", "date", "day", "doi", "entryset", "eprintclass", "eventdate",
    "execute", "file", "gender", "hyphenation", "ids", "keywords", "label", "langid", "language", "lastchecked",
    "month", "options", "origdate", "owner", "presort", "related", "relatedtype", "shorthand", "sortname", "sorttitle",
    "sortyear", "timestamp", "url", "urldate", "xdata", "xref", "year",
))
"""Fields that pandoc does not see."""
_VARIABLES = {
    "author": "author", "editor": "editor", "translator": "translator", "title": "title", "url": "URL", "doi": "DOI",
    "booktitle": "container-title", "journal": "container-title", "journaltitle": "container-title", "pages": "page",
    "date": "issued", "year": "issued", "urldate": "accessed", "origdate": "original-date", "eventdate": "event-date",
    "publisher": "publisher", "institution": "publisher", "school": "publisher", "type": "genre",
}
"""What CSL calls the fields that problems are told of."""
_PEOPLE = ("author", "editor", "translator", "bookauthor")
_BODIES = ("publisher", "institution", "organization", "school")
_PRINTED = frozenset((
    *_PEOPLE, *_BODIES, "addendum", "address", "booksubtitle", "booktitle", "booktitleaddon", "chapter", "edition",
    "editora", "editorb", "editorc", "eventtitle", "holder", "howpublished", "issue", "issuetitle", "journal",
    "journalsubtitle", "journaltitle", "location", "mainsubtitle", "maintitle", "note", "number", "pages", "part",
    "pubstate", "series", "shortauthor", "shortjournal", "shorttitle", "subtitle", "title", "titleaddon", "type",
    "venue", "version", "volume",
))
"""Fields that a style may print."""
_NEEDED = ("title", "author", "editor")
"""Fields that a work must not lose: pandoc leaves out what it cannot read."""
_DATES = {"urldate": "accessed", "lastchecked": "accessed", "origdate": "original-date", "eventdate": "event-date"}
_NO_WORKS = ("xdata", "set", "string")
_TYPES = frozenset((
    "article", "artwork", "audio", "bibnote", "book", "bookinbook", "booklet", "collection", "commentary", "conference",
    "data", "dataset", "electronic", "image", "inbook", "incollection", "inproceedings", "inreference", "jurisdiction",
    "legadminmaterial", "legal", "legislation", "letter", "manual", "map", "mastersthesis", "misc", "movie", "music",
    "mvbook", "mvcollection", "mvproceedings", "mvreference", "online", "patent", "performance",
    "periodical", "phdthesis", "proceedings", "reference", "report", "review", "set", "software", "standard",
    "suppbook", "suppcollection", "suppperiodical", "techreport", "thesis", "unpublished", "video", "www", "xdata",
))
# fmt: on
_CSL_TYPES = {
    "standard": "standard",
    "misc": "document",
    "conference": "paper-conference",
    "newspaper": "article-newspaper",
    "map": "map",
}
"""The types that pandoc has no word for, or another than CSL 1.0.2."""
_THESES = {
    "mastersthesis": ("Masteroppgave", "Masteroppgåve", "Master’s thesis"),
    "mathesis": ("Masteroppgave", "Masteroppgåve", "Master’s thesis"),
    "phdthesis": ("Doktorgradsavhandling", "Doktorgradsavhandling", "Doctoral dissertation"),
    "bathesis": ("Bacheloroppgave", "Bacheloroppgåve", "Bachelor’s thesis"),
    "candthesis": ("Kandidatoppgave", "Kandidatoppgåve", "Candidate thesis"),
    "techreport": ("Teknisk rapport", "Teknisk rapport", "Technical report"),
    "resreport": ("Forskningsrapport", "Forskingsrapport", "Research report"),
}
"""BibLaTeX's words for kinds of theses and reports, in nb, nn and en."""


def read(text: str, file: str, pandoc: Converter | None) -> tuple[tuple[Reference, ...] | None, Problems]:
    """Every reference of a BibTeX file, those that cannot be used with no item, and what is wrong beside them.

    None where pandoc fails.
    """
    try:
        return _read(text, file, pandoc)
    except PandocError as error:
        message = _("pandoc failed on {name}: {reason}").format(name=file, reason=error)
        return None, (Diagnostic("pandoc", message, Location(file, 1, 1)),)


def _read(text: str, file: str, pandoc: Converter | None) -> tuple[tuple[Reference, ...], Problems]:
    scanned = list(bibtex.entries(text, file))
    problems = [problem for entry in scanned for problem in entry.problems if not entry.key]
    problems += [entry.lost for entry in scanned if entry.lost and not entry.key]
    named = [bibtex_habits.tidied(entry) for entry in scanned if entry.key]
    items = _converted(named, pandoc)
    by_key = {entry.key: entry for entry in reversed(named)}
    references = [
        _reference(entry, items.get(number), by_key)
        for number, entry in enumerate(named)
        if entry.kind not in _NO_WORKS
    ]
    if not scanned and not problems:
        problems.append(_nothing(file))
    return tuple(references), tuple(problems)


def _nothing(file: str) -> Diagnostic:
    hint = _("a reference in it begins with its type and key: «{example}»").format(example="@book{hansen2010,")
    return Diagnostic("bad-bibliography", _("there are no references in the file"), Location(file, 1, 1), hint)


# ----------------------------------------------------------------------------------------------------------- by pandoc


def _converted(entries: Sequence[Entry], pandoc: Converter | None) -> dict[int, Any]:
    """The CSL items by the entries' numbers. What pandoc refuses is tried in halves, down to the one to blame."""
    numbers = {entry.key: number for number, entry in reversed(list(enumerate(entries)))}
    texts = {number: _text(entry, number, numbers) for number, entry in enumerate(entries) if entry.lost is None}
    parents = {numbers[key] for entry in entries for key in _parents(entry) if key in numbers} & texts.keys()
    everyone = list(texts)
    waiting = [everyone[begin : begin + _TOGETHER] for begin in range(0, len(everyone), _TOGETHER)] if pandoc else []
    found: dict[int, Any] = {}
    while waiting and pandoc:
        groups = [[texts[number] for number in (*group, *sorted(parents.difference(group)))] for group in waiting]
        answers = pandoc.csl(["\n".join(group) for group in groups], "biblatex")
        for items in answers:
            found |= {int(item["id"][1:]): item for item in items or ()}
        refused = [group for group, items in zip(waiting, answers, strict=True) if items is None and len(group) > 1]
        waiting = [half for group in refused for half in (group[: len(group) // 2], group[len(group) // 2 :])]
    return found


def _text(entry: Entry, number: int, numbers: Mapping[str, int]) -> str:
    """The entry as pandoc reads it whatever its key is, in a language that lets titles be."""
    fields = {name: latex.readable(one.value) for name, one in entry.fields.items() if name not in _OWN}
    fields |= {name: latex.people(fields[name]) for name in _PEOPLE if name in fields}
    fields |= {name: latex.body(fields[name]) for name in _BODIES if name in fields}
    if entry.kind == "mastersthesis" or fields.get("type") in _THESES:
        fields.pop("type", None)
    for name in ("crossref", "xdata"):
        keys = [f"e{numbers[key]}" for key in _keys(entry, name) if key in numbers]
        fields |= {name: ",".join(keys)} if keys else {}
    kind = {"map": "misc"}.get(entry.kind, entry.kind if entry.kind in _TYPES else "misc")
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if re.fullmatch(r"[\w:+-]+", name)]
    return "\n".join([f"@{kind}{{e{number},", *lines, "  langid = {norsk}", "}"])


def _keys(entry: Entry, name: str) -> list[str]:
    return [key.strip() for key in entry.fields[name].value.split(",")] if name in entry.fields else []


def _parents(entry: Entry) -> list[str]:
    return [*_keys(entry, "crossref"), *_keys(entry, "xdata")]


_TOGETHER = 100
"""How many entries pandoc reads at once: small enough for several processes to share the work."""


# ----------------------------------------------------------------------------------------------------------------- ours


def _reference(entry: Entry, item: Mapping[str, Any] | None, by_key: Mapping[str, Entry]) -> Reference:
    key = normalize("NFC", " ".join(entry.key.split()))
    places = {_VARIABLES.get(name, name): one.at for name, one in reversed(list(entry.fields.items()))} | {
        "type": entry.at
    }
    if item is None:
        return Reference(key, None, entry.at, problems=(*entry.problems, entry.lost or _refused(entry, entry.at)))
    for name in _NEEDED:
        if name not in item and name in entry.fields and latex.plain(entry.fields[name].value):
            problems = (*entry.problems, _refused(entry, entry.fields[name].at))
            return Reference(key, None, entry.at, places=places, problems=problems)
    made = csl_items.reference(
        {**_item(entry, item, by_key), "id": key}, entry.at, lambda name: places.get(name, entry.at)
    )
    return replace(made, places=places, problems=(*entry.problems, *made.problems, *_doubts(entry)))


def _item(entry: Entry, item: Mapping[str, Any], by_key: Mapping[str, Entry]) -> dict[str, Any]:
    """What pandoc made of the entry, with its dates, addresses, language and kind."""
    made = {name: _names(value, entry) for name, value in item.items() if value not in ("", [], None)}
    for name in ("language", "issued", "DOI", "URL"):
        if not (name == "URL" and "eprint" in entry.fields):
            made.pop(name, None)
    if "shorttitle" not in entry.fields:
        made.pop("title-short", None)
    values = dict(_inherited(entry, by_key))
    made |= _dates(values)
    made |= {name: latex.address(values[field]) for name, field in (("DOI", "doi"), ("URL", "url")) if field in values}
    spoken = values.get("langid") or values.get("language") or values.get("hyphenation")
    made |= {"language": csl_items.language(latex.plain(spoken))} if spoken and latex.plain(spoken) else {}
    made["type"] = _CSL_TYPES.get(entry.kind) or made.get("type") or "document"
    if entry.kind == "misc" and {"url", "urldate"} <= values.keys() and not {"type", "howpublished"} & values.keys():
        made["type"] = "webpage"  # Zotero's BibTeX has no other word for it
    return made | _genre(entry, made.get("language", "nb-NO"))


def _names(value: Any, entry: Entry) -> Any:
    """Names without BibTeX's `and others`, which CSL has no word for, «van» and «von» as parts of the family's name."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        return value
    several = value[:-1] if len(value) > 1 and value[-1] == {"literal": "others"} else value
    if "options" in entry.fields and re.search(r"useprefix\s*=\s*false", entry.fields["options"].value):
        return several
    return [{_PARTICLES.get(part, part): text for part, text in one.items()} for one in several]


_PARTICLES = {"dropping-particle": "non-dropping-particle"}
"""BibTeX has one kind of particle; as APA and Zotero have it, it stands before the name everywhere."""


def _inherited(entry: Entry, by_key: Mapping[str, Entry]) -> Iterator[tuple[str, str]]:
    """The entry's own fields after those of the entries it refers to."""
    for key in _parents(entry):
        if key in by_key and by_key[key] is not entry:
            yield from ((name, one.value) for name, one in by_key[key].fields.items() if name not in ("doi", "url"))
    if entry.fields.keys() & {"date", "year"}:
        yield from (("date", ""), ("year", ""), ("month", ""))
    yield from ((name, one.value) for name, one in entry.fields.items())


def _dates(values: Mapping[str, str]) -> dict[str, str]:
    made = {csl: latex.plain(values[field]) for field, csl in _DATES.items() if values.get(field)}
    written = latex.plain(values.get("date", "")) or _of_year(values)
    return made | ({"issued": written} if written else {})


def _of_year(values: Mapping[str, str]) -> str:
    """`year = 2011, month = jan # "--" # feb` as `2011-01/2011-02`."""
    year = latex.plain(values.get("year", ""))
    months = [_month(part) for part in re.split(r"\s*(?:--?|–|/)\s*", latex.plain(values.get("month", ""))) if part]
    if not re.fullmatch(r"-?\d{1,5}", year) or not months or len(months) > 2 or "" in months:
        return year
    day = latex.plain(values.get("day", ""))
    return "/".join(f"{year}-{month}" for month in months) + (
        f"-{int(day):02}" if day.isdecimal() and len(months) == 1 else ""
    )


def _month(text: str) -> str:
    if text.isdecimal():
        return f"{int(text):02}"
    name = text.strip(". ").lower()[:3]
    name = {"mai": "may", "okt": "oct", "des": "dec"}.get(name, name)
    return f"{bibtex.MONTHS.index(name) + 1:02}" if name in bibtex.MONTHS else ""


def _genre(entry: Entry, language: str) -> dict[str, str]:
    """What kind of thesis or report it is, in its own language."""
    written = latex.plain(entry.fields["type"].value) if "type" in entry.fields else entry.kind
    words = _THESES.get(written)
    return {"genre": words[{"nn": 1, "en": 2}.get(language[:2], 0)]} if words and written != "techreport" else {}


# ------------------------------------------------------------------------------------------------------------- problems


def _refused(entry: Entry, at: Location) -> Diagnostic:
    hint = _("look for braces and dollar signs that are not in pairs, or export it again")
    message = _("reference «{key}» cannot be read").format(key=entry.key)
    return Diagnostic("bibtex-syntax", message, at, hint)


def _doubts(entry: Entry) -> Iterator[Diagnostic]:
    if entry.kind not in _TYPES:
        near = nearest(entry.kind, _TYPES)
        hint = _("did you mean «{near}»?").format(near=f"@{near}") if near else _("use @misc where no type fits")
        message = _("«{key}» is of an unknown type, «{type}»").format(key=entry.key, type=f"@{entry.kind}")
        yield Diagnostic("unknown-type", message, entry.at, hint, Severity.WARNING)
    for name, one in entry.fields.items():
        commands = latex.unknown_commands(one.value) if name in _PRINTED else ()
        for command in commands:
            message = _("«{command}» in «{field}» is not known and is left out").format(
                command=f"\\{command}", field=name
            )
            hint = _("write the sign or the word itself")
            yield Diagnostic("unknown-command", message, one.at, hint, Severity.WARNING)
