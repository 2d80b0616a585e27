"""Reads references from files: CSL YAML, CSL JSON, BibTeX and BibLaTeX, RIS."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity
from rapportbygger.files import yaml_problems
from rapportbygger.load import csl_items, data_files, extra_fields, json_places, markdown_titles
from rapportbygger.load.csl_converters import Converter
from rapportbygger.messages import _
from rapportbygger.model import Data, Reference

Read: TypeAlias = tuple[tuple[Reference, ...] | None, Problems]
"""The references of a file, those that cannot be used among them, and what else is wrong; None: nothing is usable."""

ENDINGS = (".yaml", ".yml", ".json", ".bib", ".bibtex", ".ris")
OLDER_ENCODINGS = (".bib", ".bibtex", ".ris")
"""Formats that programs also write in Windows' old encoding."""


def read(text: str, file: str, pandoc: Converter | None) -> Read:
    """The references in a text, by the ending of its file's name (one of `ENDINGS`). BibTeX needs pandoc."""
    ending = file[file.rfind(".") :].lower()
    if ending in OLDER_ENCODINGS:
        text = yaml_problems.UNWRITABLE.sub("", text)  # left by damaged disks and old programs; it means nothing
    references, problems = _READERS[ending](text, file, pandoc)
    if references is None:
        return None, problems
    without = [one for one in references if not one.key and one.item is not None]
    references = csl_items.keyed(references)
    return references, (*problems, *_made_keys(file, without, references))


def unsupported(ending: str, at: Location) -> Diagnostic:
    """A bibliography of another kind."""
    message = _("references in «{ending}» cannot be read").format(ending=ending)
    hint = _("save them as CSL YAML (.yaml), CSL JSON (.json), BibTeX (.bib) or RIS (.ris); Zotero exports all of them")
    return Diagnostic("unsupported-bibliography", message, at, hint)


def _made_keys(file: str, without: Sequence[Reference], references: Sequence[Reference]) -> Problems:
    """Where references have no keys of their own: which they have been given."""
    if not without or not file.lower().endswith((".ris", ".json")):
        return ()
    places = {one.at for one in without}
    keys = [one.key for one in references if one.at in places]
    names = ", ".join(f"«{key}»" for key in keys[:_SHOWN]) + (" …" if len(keys) > _SHOWN else "")
    message = _("references without keys of their own are cited by author and year: {names}").format(names=names)
    hint = _("export them from Zotero with Better BibTeX to choose the keys yourself")
    return (Diagnostic("made-key", message, without[0].at, hint, Severity.INFO),)


_SHOWN = 12


def _bib(text: str, file: str, pandoc: Converter | None) -> Read:
    from rapportbygger.load import biblatex

    return biblatex.read(text, file, pandoc)


def _ris(text: str, file: str, _pandoc: Converter | None) -> Read:
    from rapportbygger.load import ris

    return ris.read(text, file)


def _structured(text: str, file: str, _pandoc: Converter | None) -> Read:
    """CSL YAML or CSL JSON."""
    data, problems = data_files.read(text, file)
    if data is None:
        return None, problems
    if file.lower().endswith(".json"):
        data = replace(data, values=json_places.places(text))
    path, entries = _entries(data)
    if entries is None:
        return None, (*problems, _no_list(data))
    made: list[Reference] = []
    unkeyed: list[Diagnostic] = []
    for number, entry in enumerate(entries):
        if isinstance(entry, dict) and _has_key(entry):
            made.append(_reference(data, (*path, number), entry))
        else:
            unkeyed.append(_no_key(data.location((*path, number))))
    return _shared(made, problems), (*unkeyed, *(() if made else problems))


def _shared(references: Sequence[Reference], problems: Problems) -> tuple[Reference, ...]:
    """The references, each with those of the file's problems that stand in it (or before the first)."""
    starts = [min([one.at, *one.places.values()]) for one in references]
    made = list(references)
    for problem in problems if made else ():
        number = max(0, bisect_right(starts, problem.location or Location("")) - 1)
        made[number] = replace(made[number], problems=(*made[number].problems, problem))
    return tuple(made)


def _reference(data: Data, path: tuple[str | int, ...], entry: Mapping[str, Any]) -> Reference:
    spread = extra_fields.spread(entry)
    tagged = spread if data.file.lower().endswith(".json") else markdown_titles.tagged(spread)
    key = "id" if "citation-key" not in entry else "citation-key"
    return csl_items.reference(tagged, data.location((*path, key)), lambda name: data.location((*path, name)))


def _has_key(entry: Mapping[str, Any]) -> bool:
    """Whether there is a key, or it can be made: Zotero's JSON has addresses for keys."""
    key = entry.get("citation-key") or entry.get("id")
    if isinstance(key, bool) or not isinstance(key, (str, int, float)) or not str(key).strip():
        return "Citation Key:" in str(entry.get("note"))
    return True


def _entries(data: Data) -> tuple[tuple[str, ...], list[Any] | None]:
    """Where the list of items stands in the file, and the list."""
    if isinstance(data.value, list):
        return (), data.value
    for name in ("references", "items"):
        value = data.value.get(name) if isinstance(data.value, dict) else None
        if isinstance(value, list):
            return (name,), value
    return (), None


def _no_list(data: Data) -> Diagnostic:
    hint = _("begin the file with «references:» and write each reference as an item below it")
    if data.file.lower().endswith(".json"):
        hint = _("put «[» before the first reference, «]» after the last, and commas between them")
    return Diagnostic("bad-bibliography", _("there is no list of references in the file"), data.location(), hint)


def _no_key(at: Location) -> Diagnostic:
    """A reference that nothing can refer to."""
    hint = _("give it a field «id»: the key that chapters refer to it by")
    return Diagnostic("bad-reference", _("a reference without a key"), at, hint)


_READERS: Mapping[str, Callable[[str, str, Converter | None], Read]] = {
    ".yaml": _structured,
    ".yml": _structured,
    ".json": _structured,
    ".bib": _bib,
    ".bibtex": _bib,
    ".ris": _ris,
}
