"""Works as Word knows sources: which of its types, names and texts each of CSL's has its place in (part 1, 22.6)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias
from uuid import NAMESPACE_URL, uuid5

from rapportbygger import doi
from rapportbygger.language import labels
from rapportbygger.write.docx.ooxml_citations import LIMIT, Person, Source
from rapportbygger.write.docx.source_dates import date_texts

Work: TypeAlias = Mapping[str, Any]
"""A work as CSL-JSON."""

_TYPES: Mapping[str, str] = {
    "Art": "figure graphic",
    "ArticleInAPeriodical": "article-magazine article-newspaper review review-book",
    "Book": "book classic",
    "BookSection": "chapter entry entry-dictionary entry-encyclopedia",
    "Case": "legal_case",
    "ConferenceProceedings": "paper-conference speech",
    "DocumentFromInternetSite": "post post-weblog",
    "ElectronicSource": "dataset software",
    "Film": "broadcast motion_picture",
    "InternetSite": "webpage",
    "Interview": "interview",
    "JournalArticle": "article article-journal",
    "Patent": "patent",
    "Performance": "performance",
    "Report": "report standard thesis",
    "SoundRecording": "song",
}
_TYPE = {name: kind for kind, names in _TYPES.items() for name in names.split()}
"""Word's type for each of CSL's; all others are Misc."""

_TEXTS: Mapping[str, str] = {
    "title": "Title",
    "title-short": "ShortTitle",
    "shortTitle": "ShortTitle",
    "publisher-place": "City",
    "publisher": "Publisher",
    "edition": "Edition",
    "volume": "Volume",
    "number-of-volumes": "NumberVolumes",
    "issue": "Issue",
    "page": "Pages",
    "chapter-number": "ChapterNumber",
    "medium": "Medium",
    "version": "Version",
    "genre": "Type",
    "number": "StandardNumber",
    "ISBN": "StandardNumber",
    "ISSN": "StandardNumber",
    "authority": "Institution",
    "jurisdiction": "CountryRegion",
    "container-title": "PublicationTitle",
    "event-place": "City",
    "note": "Comments",
    "annote": "Comments",
}
"""Where CSL's variables have their place in Word; of several with the same place the first there is stands there."""

_OWN: Mapping[str, Mapping[str, str]] = {
    "Art": {"archive": "Institution", "publisher": "Publisher"},
    "ArticleInAPeriodical": {"container-title": "PeriodicalTitle"},
    "BookSection": {"container-title": "BookTitle"},
    "Case": {"number": "CaseNumber", "authority": "Court", "container-title": "Reporter"},
    "ConferenceProceedings": {
        "event": "ConferenceName",
        "event-title": "ConferenceName",
        "container-title": "ConferenceName",
    },
    "ElectronicSource": {"publisher": "ProductionCompany"},
    "Film": {"publisher": "ProductionCompany", "number": "RecordingNumber", "container-title": "BroadcastTitle"},
    "InternetSite": {"container-title": "InternetSiteTitle", "publisher": "ProductionCompany"},
    "DocumentFromInternetSite": {"container-title": "InternetSiteTitle", "publisher": "ProductionCompany"},
    "Interview": {"container-title": "BroadcastTitle"},
    "JournalArticle": {"container-title": "JournalName"},
    "Patent": {"number": "PatentNumber"},
    "Performance": {"event": "Theater", "event-title": "Theater", "publisher": "ProductionCompany"},
    "Report": {"genre": "ThesisType", "publisher": "Publisher"},
    "SoundRecording": {
        "number": "RecordingNumber",
        "container-title": "AlbumTitle",
        "publisher": "ProductionCompany",
    },
}
"""What is otherwise in some of Word's types."""
_THESIS = {"publisher": "Institution"}

_ROLES: Mapping[str, str] = {
    "author": "Author",
    "editor": "Editor",
    "translator": "Translator",
    "container-author": "BookAuthor",
    "compiler": "Compiler",
    "composer": "Composer",
    "director": "Director",
    "interviewer": "Interviewer",
    "performer": "Performer",
    "producer": "ProducerName",
    "script-writer": "Writer",
}
_MAKERS: Mapping[str, str] = {
    "Art": "Artist",
    "Film": "Director",
    "Interview": "Interviewee",
    "Patent": "Inventor",
    "Performance": "Writer",
    "SoundRecording": "Composer",
}
"""The role of whoever made the work, in types where that is not Author."""
_INSTEAD = ("host", "chair", "organizer", "guest", "collection-editor", "editorial-director", "director", "performer")
"""Who has made a work that names no author and has none of the roles Word knows for its type."""
_MAY_BE_ONE_ORGANISATION = ("Author", "Performer")


def tags(works: Mapping[str, Work]) -> dict[str, str]:
    """Word's names for works, by key, as Word makes them: «Til06», and «Til061» for the next."""
    made: dict[str, str] = {}
    taken: set[str] = set()
    for key, work in works.items():
        begun = _tag(work, key)
        made[key] = next(tag for n in range(len(works) + 1) if (tag := f"{begun}{n or ''}").lower() not in taken)
        taken.add(made[key].lower())
    return made


def _tag(work: Work, key: str) -> str:
    names: Sequence[Mapping[str, str]] = next((work[role] for role in (*_ROLES, *_INSTEAD) if work.get(role)), [])
    said = (_last(names[0]) if names else "", _plain(work.get("title")), key, "Kilde")
    word = next(folded for text in said if (folded := _ascii(text)))
    return word[:3] + re.sub(r"\D", "", date_texts(work, "").get("Year", ""))[:4][-2:]


def _ascii(text: str) -> str:
    folded = text.translate({ord("æ"): "ae", ord("ø"): "o", ord("Æ"): "Ae", ord("Ø"): "O", ord("ß"): "ss"})
    return re.sub(r"[^A-Za-z0-9]", "", unicodedata.normalize("NFKD", folded))


def source(work: Work, tag: str, order: int, lang: str) -> Source:
    """A work under its tag. `order` is its place among the works as they are first cited, 0 for one that is not.

    Word formats a source in the source's own language (LCID), not the field's (MS-OI29500, 2.1.464): the report's here.
    """
    kind = _TYPE.get(str(work.get("type")), "Misc")
    identity = {"Tag": tag, "SourceType": kind, "Guid": _guid(work), "LCID": labels(lang).bcp47}
    said = {**_texts(work, kind), **date_texts(work, lang), **_address(work)}
    texts = {name: _cut(_plain(text)) for name, text in said.items()}
    ordered = {"RefOrder": str(order)} if order else {}
    return Source({**identity, **texts, **ordered}, dict(_roles(work, kind)))


def _guid(work: Work) -> str:
    """The same for the same work, and another when it is edited."""
    said = json.dumps(work, sort_keys=True, ensure_ascii=False, default=str)
    return f"{{{str(uuid5(NAMESPACE_URL, said)).upper()}}}"


def _texts(work: Work, kind: str) -> dict[str, str]:
    own = {**_OWN.get(kind, {}), **(_THESIS if work.get("type") == "thesis" else {})}
    found: dict[str, str] = {}
    for variable, place in {"title": "Title", **own, **_TEXTS, **own}.items():
        text = _plain(work.get(variable))
        if text:
            found.setdefault(place, text)
    return found


def _address(work: Work) -> dict[str, str]:
    """Where it is on the web, lasting addresses first. One that is too long for Word would lead nowhere cut off."""
    identifier = doi.bare(_plain(work.get("DOI")))
    addresses = (f"https://doi.org/{identifier}" if identifier else "", _plain(work.get("URL")))
    return next(({"URL": address} for address in addresses if address and len(address) <= LIMIT), {})


def _cut(text: str) -> str:
    return text if len(text) <= LIMIT else text[: LIMIT - 1].rstrip() + "…"


def _plain(value: Any) -> str:
    """A text without the markup that CSL-JSON may have in it."""
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_plain, value))
    text = "" if value is None or isinstance(value, (bool, Mapping)) else str(value)
    without = re.sub(r"</?(i|b|em|strong|sc|sub|sup|span)\b[^<>]*>", "", text)
    return re.sub(r"[\x00-\x1f\ue000-\uf8ff]+", " ", without).strip()


# --------------------------------------------------------------------------------------------------------------- names


def _roles(work: Work, kind: str) -> Iterator[tuple[str, tuple[Person, ...] | str]]:
    """Who has made a work, by Word's roles."""
    made: dict[str, Sequence[Mapping[str, str]]] = {}
    for role, place in _ROLES.items():
        if work.get(role):
            made.setdefault(_MAKERS.get(kind, place) if role == "author" else place, work[role])
    first = _MAKERS.get(kind, "Author")
    if not made:
        made |= next(({first: work[role]} for role in _INSTEAD if work.get(role)), {})
    yield from ((place, _names(names, place)) for place, names in made.items())


def _names(names: Sequence[Mapping[str, str]], role: str) -> tuple[Person, ...] | str:
    """Persons; where Word can have it, one organisation alone. Several are among persons by their last names."""
    if role in _MAY_BE_ONE_ORGANISATION and len(names) == 1 and not names[0].get("family"):
        return _cut(_last(names[0]))
    return tuple(map(_person, names))


def _person(name: Mapping[str, str]) -> Person:
    given = _plain(name.get("given")) if name.get("family") else ""
    ending = _plain(name.get("suffix"))
    first, _space, middle = given.partition(" ")
    return Person(_cut(_last(name)), _cut(first), _cut(f"{middle}, {ending}".strip(", ") if ending else middle))


def _last(name: Mapping[str, str]) -> str:
    parts: Iterable[Any]
    if name.get("family"):
        parts = (name.get("dropping-particle"), name.get("non-dropping-particle"), name["family"])
    else:
        parts = (name.get("literal") or name.get("given"),)
    return " ".join(text for part in parts if (text := _plain(part)))
