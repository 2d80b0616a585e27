"""What is wrong with the references of the bibliographies, each told where it is cited; and those never cited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from rapportbygger.csl_variables import TYPES
from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity, nearest
from rapportbygger.messages import _, counted
from rapportbygger.model import Project, Reference

_UNTITLED = frozenset(("personal_communication", "interview"))
"""Types of works that may have no title."""
_KEYS = re.compile(r"@\{([^{}\n]+)\}|@([\w][\w:.#$%&\-+?<>~/]*)")
_SHOWN = 8


def references(read: Iterable[Reference]) -> tuple[Mapping[str, Reference], Problems]:
    """The references by key, each with what is wrong with it, and those problems that are errors.

    Of two with the same key the first is used; where they are not alike, whatever cites them fails.
    """
    by_key: dict[str, Reference] = {}
    for one in read:
        first = by_key.get(one.key)
        if first is None:
            by_key[one.key] = replace(one, problems=(*one.problems, *_doubts(one)))
        else:
            by_key[one.key] = replace(first, problems=(*first.problems, _twice(first, one)))
    problems = (problem for one in by_key.values() for problem in one.problems)
    return by_key, tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def _twice(first: Reference, other: Reference) -> Diagnostic:
    message = _("two references have the key «{key}»; the other is at {place}").format(key=other.key, place=first.at)
    if first.item is not None and first.item == other.item:
        hint = _("they are alike: delete one of them")
        return Diagnostic("duplicate-reference", message, other.at, hint, Severity.WARNING)
    return Diagnostic("duplicate-reference", message, other.at, _("give one of them another key"))


def _doubts(one: Reference) -> Iterator[Diagnostic]:
    if one.item is None:
        return
    kind = str(one.item.get("type") or "")
    if not kind:
        hint = _("write what it is: `book`, `chapter`, `report`, `article-journal`, `webpage` …")
        yield _doubt("untyped-reference", _("reference «{key}» has no type").format(key=one.key), one.at, hint)
    elif kind not in TYPES:
        near = nearest(kind, TYPES)
        hint = _("did you mean «{near}»?").format(near=near) if near else _("use `document` where no type fits")
        message = _("«{key}» is of an unknown type, «{type}»").format(key=one.key, type=kind)
        yield _doubt("unknown-type", message, one.place("type"), hint)
    if kind not in _UNTITLED and not _text(one.item, "title") and not _text(one.item, "title-short", "shortTitle"):
        message = _("reference «{key}» has no title").format(key=one.key)
        yield _doubt("untitled-reference", message, one.at, _("add `title` to it in the bibliography"))
    read, issued = _day(one.item, "accessed"), _day(one.item, "issued")
    if read and issued and read < issued[: len(read)]:
        message = _("reference «{key}» was accessed before it was published").format(key=one.key)
        yield _doubt("impossible-date", message, one.place("accessed"), _("see which of the two dates is right"))


def _text(item: Mapping[str, Any], *names: str) -> str:
    return "".join(str(item.get(name) or "").strip() for name in names)


def _day(item: Mapping[str, Any], name: str) -> list[int]:
    """The year, month and day of a date, as far as they are known."""
    parts = (item.get(name) or {}).get("date-parts") or [[]]
    return list(parts[0])


def _doubt(code: str, message: str, at: Location, hint: str) -> Diagnostic:
    return Diagnostic(code, message, at, hint, Severity.WARNING)


# ---------------------------------------------------------------------------------------------------------- never cited


def uncited(project: Project, texts: Iterable[str]) -> Problems:
    """For each bibliography file one line about the references that none of the project's chapters cites.

    `texts` are all its chapters as they are written. What `nocite` lists counts as cited.
    """
    if project.broken or project.invalid:
        return ()
    used = {said.value.removeprefix("@") for report in project.reports for said in report.nocite}
    for text in (*texts, *_strings([*project.data.values(), *(one.values for one in project.municipalities)])):
        used.add(text.strip())  # a key that a template puts into a citation
        for match in _KEYS.finditer(text):
            used |= set(_shorter(match[1] or match[2]))
    if "*" in used:
        return ()
    left = [one for key, one in project.bibliography.items() if key not in used and one.item is not None]
    files = dict.fromkeys(one.at.file for one in left)
    return tuple(_never([one for one in left if one.at.file == file]) for file in files)


def _shorter(key: str) -> Iterator[str]:
    """The key, and what is left of it without the punctuation that pandoc does not take for a part of it."""
    yield key
    while key and not (key[-1].isalnum() or key[-1] == "_"):
        key = key[:-1]
        yield key


def _never(several: list[Reference]) -> Diagnostic:
    names = ", ".join(f"«{one.key}»" for one in several[:_SHOWN])
    more = _(" and {n} more").format(n=len(several) - _SHOWN) if len(several) > _SHOWN else ""
    message = counted("{n} reference is never cited: {names}", "{n} references are never cited: {names}", len(several))
    text = message.format(n=len(several), names=names + more)
    return Diagnostic("uncited-reference", text, several[0].at, severity=Severity.INFO)


def _strings(values: Iterable[Any]) -> Iterator[str]:
    waiting = list(values)
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            waiting += value.values()
        elif isinstance(value, (list, tuple)):
            waiting += value
