"""References from RIS, as Zotero, EndNote and library catalogues export them.

RIS has no norm that programs keep to; the tags follow the specification of 2001 and 2011 (Reference Manager, EndNote).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity, nearest
from rapportbygger.load import csl_items
from rapportbygger.messages import _
from rapportbygger.model import Reference

_LINE = re.compile(r"[ \t]*([A-Z][A-Z0-9])[ \t]{1,2}-(?:[ \t](.*)|)$")
# fmt: off
_TYPES = {
    "ABST": "article-journal", "ADVS": "motion_picture", "AGGR": "dataset", "ANCIENT": "classic", "ART": "graphic",
    "BILL": "bill", "BLOG": "post-weblog", "BOOK": "book", "CASE": "legal_case", "CHAP": "chapter",
    "CHART": "figure", "CLSWK": "classic", "COMP": "software", "CONF": "paper-conference",
    "CPAPER": "paper-conference", "CTLG": "book", "DATA": "dataset", "DBASE": "dataset", "DICT": "entry-dictionary",
    "EBOOK": "book", "ECHAP": "chapter", "EDBOOK": "book", "EJOUR": "article-journal", "ELEC": "webpage",
    "ENCYC": "entry-encyclopedia", "EQUA": "figure", "FIGURE": "figure", "GEN": "document", "GOVDOC": "report",
    "GRANT": "document", "GRNT": "document", "HEAR": "hearing", "ICOMM": "personal_communication",
    "INPR": "article-journal", "INTV": "interview", "JFULL": "periodical", "JOUR": "article-journal",
    "LEGAL": "legislation", "MANSCPT": "manuscript", "MAP": "map", "MGZN": "article-magazine",
    "MPCT": "motion_picture", "MULTI": "webpage", "MUSIC": "musical_score", "NEWS": "article-newspaper",
    "PAMP": "pamphlet", "PAT": "patent", "PCOMM": "personal_communication", "PODCAST": "broadcast",
    "PRESS": "article-newspaper", "RPRT": "report", "SER": "book", "SLIDE": "speech", "SOUND": "song",
    "STAND": "standard", "STAT": "legislation", "THES": "thesis", "UNBILL": "bill", "UNPB": "manuscript",
    "UNPD": "manuscript", "VIDEO": "motion_picture", "WEB": "webpage",
}
_TEXTS = {
    "TI": "title", "T1": "title", "T2": "container-title", "JO": "container-title", "JF": "container-title",
    "BT": "container-title", "JA": "container-title-short", "J1": "container-title-short",
    "J2": "container-title-short", "T3": "collection-title", "ST": "title-short", "VL": "volume", "IS": "issue",
    "PB": "publisher", "CY": "publisher-place", "PP": "publisher-place", "ET": "edition", "DO": "DOI", "UR": "URL",
    "L2": "URL", "LK": "URL", "LA": "language", "M3": "genre", "NV": "number-of-volumes", "SE": "section",
    "CN": "call-number", "DB": "source", "DP": "source", "N1": "note", "AB": "abstract", "N2": "abstract",
    "OP": "original-title",
}
# fmt: on
_NAMES = {"AU": "author", "A1": "author", "A2": "editor", "ED": "editor", "A3": "collection-editor", "A4": "translator"}
_DATES = {"PY": "issued", "Y1": "issued", "DA": "issued", "Y2": "accessed"}
_PARTS_OF = frozenset((
    "article-journal", "article-magazine", "article-newspaper", "broadcast", "chapter", "entry-dictionary",
    "entry-encyclopedia", "paper-conference", "post-weblog", "webpage",
))  # fmt: skip
_OF_ONE_KIND = frozenset(("article-journal", "article-magazine", "article-newspaper", "book", "chapter"))
_DOI = re.compile(r"10\.\d{4,}/\S+")
_BODIES = re.compile(
    r"\b(kommunes?|departement(et)?|direktorat(et)?|universitet(et)?|høgskolen?|råd(et)?|institutt(et)?|forbund(et)?"
    r"|organisasjon(en)?|organization|university|ministry|council|institute|association|AS|SA|KS|NIFU|NTNU|SSB|OECD"
    r"|sentralbyrå|senter(et)?|fylkeskommune|foundation|stiftelsen?|gruppen?|utvalget)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Record:
    """One reference: each tag with its texts and places, in order."""

    at: Location
    tags: list[tuple[str, str, Location]] = field(default_factory=list)
    closed: bool = False


def read(text: str, file: str) -> tuple[tuple[Reference, ...] | None, Problems]:
    """Every reference of an RIS file, with "" as key where it has none; None where the file is no RIS."""
    records = list(_records(text, file))
    if not records:
        hint = _("a reference in it begins with a line such as «TY  - BOOK» and ends with «ER  - »")
        return None, (
            Diagnostic("bad-bibliography", _("there are no references in the file"), Location(file, 1, 1), hint),
        )
    return tuple(map(_reference, records)), tuple(_unclosed(one.at) for one in records if not one.closed)


def _records(text: str, file: str) -> Iterator[_Record]:
    record: _Record | None = None
    for number, line in enumerate(text.split("\n"), 1):
        match = _LINE.match(line)
        if match and match[1] == "TY":
            if record:
                yield record
            record = _Record(Location(file, number, 1))
        if record is None:
            continue
        if match and match[1] == "ER":
            record.closed = True
            yield record
            record = None
        elif match:
            record.tags.append(
                (match[1], (match[2] or "").strip(), Location(file, number, match.start(2) + 1 if match[2] else 1))
            )
        elif line.strip() and record.tags:
            record.tags.append(("", line.strip(), record.at))
    if record:
        yield record


def _joined(tags: Iterable[tuple[str, str, Location]]) -> list[tuple[str, str, Location]]:
    """The tags with the lines that go on from the line before."""
    made: list[tuple[str, list[str], Location]] = []
    for tag, text, at in tags:
        if tag:
            made.append((tag, [text], at))
        else:
            made[-1][1].append(text)
    return [(tag, " ".join(texts).strip(), at) for tag, texts, at in made]


def _unclosed(at: Location) -> Diagnostic:
    hint = _("end the reference with a line «ER  - »")
    return Diagnostic("ris-syntax", _("the reference that begins here has no end"), at, hint, Severity.WARNING)


def _reference(record: _Record) -> Reference:
    tags = _joined(record.tags)
    kind = tags[0][1]
    item: dict[str, Any] = {"type": _TYPES.get(kind.upper(), "document")}
    places = {"type": record.at}
    for tag, text, at in tags:
        name = (
            _TEXTS.get(tag) or _NAMES.get(tag) or _DATES.get(tag) or {"SP": "page", "SN": "ISBN", "ID": "id"}.get(tag)
        )
        if name and text:
            places.setdefault(name, at)
            _put(item, tag, name, text)
    _finished(item, {tag: text for tag, text, _at in reversed(tags) if text})
    made = csl_items.reference(
        item, places["id"] if "id" in item else record.at, lambda name: places.get(name, record.at)
    )
    return replace(made, places=places, problems=(*made.problems, *_unknown_type(kind, record.at)))


def _put(item: dict[str, Any], tag: str, name: str, text: str) -> None:
    if tag in _NAMES:
        item.setdefault(name, []).append(_name(text))
    elif tag in _DATES:
        item[name] = max(item.get(name, ""), _date(text), key=len)
    elif name == "note" and name in item:
        item[name] += f"\n{text}"
    else:
        item.setdefault(name, text)


def _name(text: str) -> dict[str, str]:
    """«Hansen, Kari», or the name of a body, which has no comma and often a telling word or one word only."""
    family, comma, given = (part.strip() for part in text.partition(","))
    if comma and given:
        return {"family": family, "given": given.split(",")[0].strip()}
    words = family.split()
    if len(words) in (2, 3) and all(word[:1].isupper() for word in words) and not _BODIES.search(family):
        return {"family": words[-1], "given": " ".join(words[:-1])}
    return {"literal": family}


def _date(text: str) -> str:
    """`2010/03/19/` and `2010///våren` as `2010-03-19` and `2010`."""
    parts = text.split("/")
    if not re.fullmatch(r"\s*\d{4}\s*", parts[0]) or len(parts) == 1:
        return text
    numbers = []
    for part in parts[:3]:
        if not part.strip().isdecimal():
            break
        numbers.append(f"{int(part):02}")
    return "-".join(numbers)


def _finished(item: dict[str, Any], tags: Mapping[str, str]) -> None:
    """What depends on several tags: pages, numbers, what the second title is, and a usable key."""
    if "EP" in tags and "page" in item and tags["EP"] not in (item["page"], *re.findall(r"\w+", item["page"])):
        item["page"] = f"{item['page']}-{tags['EP']}"
    if _DOI.fullmatch(item.get("genre", "")):  # RefWorks has it there
        item.setdefault("DOI", item.pop("genre"))
    elif item["type"] in _OF_ONE_KIND:
        item.pop("genre", None)  # EndNote writes «Article» there
    if item["type"] == "motion_picture" and "editor" in item:
        item["director"] = item.pop("editor")
    if item["type"] not in _PARTS_OF and "container-title" in item:
        item.setdefault("collection-title", item.pop("container-title"))
    if item["type"] in ("report", "legislation", "bill", "standard", "patent") and "issue" in item:
        item["number"] = item.pop("issue")
    if "ISBN" in item and re.fullmatch(r"\d{4}-?\d{3}[\dXx]", item["ISBN"].split(" ")[0]):
        item["ISSN"] = item.pop("ISBN")
    if not re.search(r"[^\W\d_]", item.get("id", "")):  # a record's number in somebody's library is no key
        item.pop("id", None)


def _unknown_type(kind: str, at: Location) -> Problems:
    if kind.upper() in _TYPES:
        return ()
    near = nearest(kind, _TYPES)
    hint = _("did you mean «{near}»?").format(near=near) if near else _("use GEN where no type fits")
    message = _("the reference is of an unknown type, «{type}»").format(type=kind)
    return (Diagnostic("unknown-type", message, at, hint, Severity.WARNING),)
