"""Makes the reports of a project from its manifest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from rapportbygger.diagnostics import Diagnostic, Location, Problems, Said
from rapportbygger.files import project_files, variants
from rapportbygger.language import DEFAULT, language
from rapportbygger.messages import _
from rapportbygger.model import Data, Report


def reports(root: Path, manifest: Data, invalid: Collection[str]) -> tuple[tuple[Report, ...], Problems]:
    """The reports of a valid manifest but for the `invalid` ones, and those whose files are not there."""
    made, problems = [], list(_same_output(manifest))
    for name, own in manifest.value["reports"].items():
        if own is None:
            problems.append(_empty(manifest, name))
        if own is None or name in invalid:
            continue
        chapters, missing = _chapters(root, manifest, name, own["chapters"])
        template, no_template = _template(root, manifest, name, own.get("template"))
        wrong = (*missing, *no_template, *_nothing_for_each(manifest, name, own), *_no_chapter_numbers(manifest, name))
        problems += wrong
        if not wrong:
            report = _report(name, own, manifest.value, chapters, template)
            places = dict(_places(manifest, name))
            made.append(replace(report, nocite=_nocite(manifest, name), places=places))
    return tuple(made), tuple(problems)


def texts(value: Any) -> tuple[str, ...]:
    """One text or a list of them, as texts."""
    if value is None:
        return ()
    return tuple(str(each) for each in value) if isinstance(value, list) else (str(value),)


def _report(
    name: str, own: Mapping[str, Any], shared: Mapping[str, Any], chapters: tuple[Path, ...], template: Path | None
) -> Report:
    def value(key: str) -> Any:
        return shared.get(key) if own.get(key) is None else own[key]

    def words(key: str) -> Any:
        return _WORDS[key](_in_language(value(key), lang))

    def setting(key: str, default: Any) -> Any:
        return default if own.get(key) is None else own[key]

    lang = language(value("lang") or DEFAULT)
    return Report(
        id=name,
        title=words("title"),
        lang=lang,
        chapters=chapters,
        template=template,
        subtitle=words("subtitle"),
        authors=texts(value("author")),
        date=words("date"),
        keywords=words("keywords"),
        description=words("description"),
        formats=tuple(setting("formats", ["docx", "pdf"])),
        for_each_municipality=own.get("for-each") == "municipality",
        toc=setting("toc", True),
        toc_depth=int(setting("toc-depth", 3)),
        number_sections=setting("number-sections", False),
        list_of_figures=setting("list-of-figures", False),
        list_of_tables=setting("list-of-tables", False),
        caption_numbers=value("caption-numbers") or "report",
        reference_section_title=words("reference-section-title"),
        word_citations=_word_citations(value("word-citations")),
        own_chapters=setting("own-chapters", True),
        own_colours=setting("own-colours", True),
        translated=_translated(value),
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


_WORDS: Mapping[str, Callable[[Any], Any]] = {
    "title": _text,
    "subtitle": _text,
    "date": _text,
    "keywords": texts,
    "description": _text,
    "reference-section-title": _text,
}
"""The fields that can be given in several languages, and how each is read in one of them."""


def _in_language(value: Any, lang: str) -> Any:
    """What may be given in several languages: in this one, else in the first."""
    if isinstance(value, Mapping):
        return value[lang] if lang in value else next(iter(value.values()))
    return value


def _translated(value: Callable[[str], Any]) -> dict[str, dict[str, Any]]:
    """The fields that are given in several languages, by language."""
    several = {key: value(key) for key in _WORDS if isinstance(value(key), Mapping)}
    spoken = dict.fromkeys(lang for words in several.values() for lang in words)
    return {
        lang: {_field(key): _WORDS[key](words[lang]) for key, words in several.items() if lang in words}
        for lang in spoken
    }


def _field(key: str) -> str:
    return key.replace("-", "_")


def _places(manifest: Data, name: str) -> Iterator[tuple[tuple[str, str], Location]]:
    """Where those fields stand of a report, by name and language, "" where they are given in none."""
    own = manifest.value["reports"][name]
    for key in _WORDS:
        path = ("reports", name, key) if own.get(key) is not None else (key,)
        said = manifest.value.get(key) if own.get(key) is None else own[key]
        for lang in said if isinstance(said, Mapping) else ():
            yield (_field(key), lang), manifest.location((*path, lang))
        if said is not None:
            yield (_field(key), ""), manifest.location(path)


def _word_citations(value: bool | str | None) -> str:
    return {True: "word", "zotero": "zotero"}.get(value or False, "")


def _nocite(manifest: Data, name: str) -> tuple[Said, ...]:
    """The keys of works that a report lists though they may not be cited, "*" for all."""
    path = ("reports", name) if manifest.value["reports"][name].get("nocite") is not None else ()
    value = (manifest.value["reports"][name] if path else manifest.value).get("nocite")
    several = [((*path, "nocite", at), key) for at, key in enumerate(value)] if isinstance(value, list) else []
    one = [((*path, "nocite"), value)] if isinstance(value, str) else []
    return tuple(Said(key, manifest.location(where)) for where, key in (*several, *one))


def _chapters(root: Path, manifest: Data, name: str, value: Any) -> tuple[tuple[Path, ...], Problems]:
    """The chapters in order, each where it is first named; one file for each, whatever the languages it is in."""
    chapters: dict[Path, None] = {}
    problems: list[Diagnostic] = []
    path = ("reports", name, "chapters")
    for number, pattern in enumerate(texts(value)):
        at = manifest.location((*path, number) if isinstance(value, list) else path)
        found, wrong = project_files.find(root, root / "content", pattern, at)
        chapters |= dict.fromkeys(found)
        problems += wrong
    return variants.once(chapters), tuple(problems)


def _template(root: Path, manifest: Data, name: str, value: Any) -> tuple[Path | None, Problems]:
    if value is None:
        return None, ()
    at = manifest.location(("reports", name, "template"))
    found, problems = project_files.find(root, root / "templates", value, at)
    return (found[0] if found else None), problems


def _nothing_for_each(manifest: Data, name: str, own: Mapping[str, Any]) -> Problems:
    if own.get("for-each") is None or manifest.value.get("municipalities") is not None:
        return ()
    at = manifest.location(("reports", name, "for-each"))
    hint = _("add a line such as «municipalities: municipalities/*.yaml»")
    return (Diagnostic("no-municipalities", _("the manifest names no municipalities"), at, hint),)


def _no_chapter_numbers(manifest: Data, name: str) -> Problems:
    """Captions by chapter where chapters have no numbers."""
    own, key = manifest.value["reports"][name], "caption-numbers"
    if own.get("number-sections") or (own.get(key) or manifest.value.get(key)) != "chapter":
        return ()
    at = manifest.location(("reports", name, key) if own.get(key) else (key,))
    message = _("«{name}» numbers its captions by chapter, but its chapters have no numbers").format(name=name)
    return (Diagnostic("caption-numbers", message, at, _("add a line «number-sections: true» to the report")),)


def _empty(manifest: Data, name: str) -> Diagnostic:
    at = manifest.location(("reports", name), key=True)
    hint = _("add a line such as «chapters: [chapters/*.md]», moved in")
    return Diagnostic("missing-field", _("«{name}» is not filled in").format(name=name), at, hint)


def _same_output(manifest: Data) -> Problems:
    """Names that differ in capitals only are the same file on Windows and macOS."""
    first: dict[str, tuple[str, Location]] = {}
    problems = []
    for name in manifest.value["reports"]:
        at = manifest.location(("reports", name), key=True)
        other, place = first.setdefault(name.casefold(), (name, at))
        if other != name:
            message = _("«{name}» would be written to the same files as «{other}» at {place}").format(
                name=name, other=other, place=place
            )
            problems.append(Diagnostic("duplicate-report", message, at, _("give one of them another name")))
    return tuple(problems)
