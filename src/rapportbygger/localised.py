"""A report as one municipality has it: in its language, and with the chapters that are its own.

What a municipality brings beside its values stands in a folder beside its file: `municipalities/asker/` for
`municipalities/asker.yaml`. Chapters of its own are in `local/` there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any
from unicodedata import normalize

from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity, nearest
from rapportbygger.files import project_files, variants
from rapportbygger.language import of_values
from rapportbygger.messages import _
from rapportbygger.model import Municipality, Project, Report
from rapportbygger.recent import OfEach

LOCAL = "local"
"""The folder of a municipality's own chapters, in its own folder."""
_TEXTS = (".doc", ".docx", ".markdown", ".mdown", ".odt", ".qmd", ".rmd", ".rtf", ".txt")
"""What chapters are written in that are not Markdown's own files."""
_DELIVERED = (".yaml", ".yml", ".json", ".xlsx", ".xlsm")
"""What municipalities deliver."""


def localised(project: Project, report: Report, municipality: Municipality | None) -> tuple[Report, Problems]:
    """The report in the municipality's language (its own, without one), with the very files that are its chapters.

    A shared chapter that is not there in that language is used as it is, with a warning, and is `foreign`.
    """
    lang = of_values(municipality.values, report.lang) if municipality else report.lang
    own = own_chapters(project, municipality) if municipality and report.own_chapters else ()
    chapters = tuple(_in_language(path, lang) for path in _with_own(report.chapters, own))
    here = {variants.chapter(path) for path in own}
    spoken = {path: _spoken(path, lang if variants.chapter(path) in here else report.lang) for path in chapters}
    foreign = {path: other for path, other in spoken.items() if other != lang}
    missing = [path for path in foreign if variants.chapter(path) not in here]
    problems = tuple(_no_variant(project.root, path, lang) for path in missing)
    words: Mapping[str, Any] = report.translated.get(lang, {})
    unsaid = dict.fromkeys(field for said in report.translated.values() for field in said if field not in words)
    problems += tuple(_no_words(report, field, lang) for field in unsaid if municipality)
    return replace(report, lang=lang, chapters=chapters, foreign=foreign, **words), problems


def every_chapter(project: Project) -> tuple[Path, ...]:
    """The file of each chapter of any report, in every language, and of every municipality's own chapters."""
    shared = [file for report in project.reports for path in report.chapters for file in variants.existing(path)]
    local = any(report.for_each_municipality and report.own_chapters for report in project.reports)
    own = [path for each in project.municipalities if local for path in own_chapters(project, each)]
    return tuple(dict.fromkeys([*shared, *(file for path in own for file in variants.existing(path))]))


# -------------------------------------------------------------------------------------------------------- its own files


def folder(project: Project, municipality: Municipality) -> Path:
    """The folder of what a municipality brings beside its values; there need not be one."""
    beside = (project.root / municipality.source.file).parent
    return beside / _folders(beside, _changed(beside)).get(_same(municipality.id), municipality.id)


@lru_cache(maxsize=16)
def _folders(beside: Path, _changed: int) -> dict[str, str]:
    """The names of the folders in a folder as they are compared, and as they are; looked up once for many documents."""
    return {_same(name): name for name in project_files.siblings(beside) if (beside / name).is_dir()}


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def own_chapters(project: Project, municipality: Municipality) -> tuple[Path, ...]:
    """The chapters of a municipality, by name; one file for each, whatever the languages it is in."""
    local = _local(folder(project, municipality))
    files = (local / name for name in project_files.siblings(local) if PurePosixPath(name).suffix.lower() == ".md")
    return variants.once(path for path in files if path.is_file())


def _local(own: Path) -> Path:
    """The folder of chapters in a municipality's own, however its letters are written."""
    return own / next((name for name in project_files.siblings(own) if _same(name) == LOCAL), LOCAL)


def own_folder(project: Project, chapter: str) -> Path | None:
    """The folder of the municipality whose own chapter a file is (named as in `Location`); None for a shared one."""
    local = (project.root / chapter).parent
    if _same(local.name) != LOCAL:
        return None
    owners = _by_name(project.municipalities).get(_same(local.parent.name), ())
    return next((local.parent for each in owners if folder(project, each) == local.parent), None)


def is_anothers(project: Project, path: Path, own: Path) -> bool:
    """Whether a file lies in the folder of a municipality, and not in this one's."""
    if path.is_relative_to(own) or not path.is_relative_to(own.parent):
        return False
    return _same(path.relative_to(own.parent).parts[0]) in _by_name(project.municipalities)


def _named(municipalities: tuple[Municipality, ...]) -> Mapping[str, list[Municipality]]:
    named: dict[str, list[Municipality]] = {}
    for each in municipalities:
        named.setdefault(_same(each.id), []).append(each)
    return named


_by_name = OfEach[tuple[Municipality, ...], Mapping[str, list[Municipality]]](_named)
"""The municipalities of a project by the names of their folders as they are compared."""


def _same(name: str) -> str:
    """A file's name as it is compared: macOS may have written accents apart, and others the letters large."""
    return normalize("NFC", name).casefold()


def _name(path: Path) -> str:
    return _same(variants.chapter(path).name)


def ownerless(project: Project) -> Problems:
    """A warning for each folder with chapters of a municipality's own that is no municipality's."""
    files = (*(each.source.file for each in project.municipalities), *project.undelivered.values())
    known = {_same(name) for name in (*(each.id for each in project.municipalities), *project.undelivered)}
    return tuple(
        _ownerless(f"{beside}/{name}", name, known)
        for beside in dict.fromkeys(PurePosixPath(file).parent for file in files)
        for name in project_files.siblings(project.root / beside)
        if _same(name) not in known and (project.root / beside / name / LOCAL).is_dir()
    )


def _ownerless(file: str, name: str, known: Iterable[str]) -> Diagnostic:
    near = nearest(name, sorted(known))
    hint = _("did you mean «{name}»?").format(name=near) if near else _("give the folder the municipality's short name")
    message = _("there is no municipality «{name}»: the chapters in its folder are not used").format(name=name)
    return Diagnostic("ownerless-folder", message, Location(file), hint, Severity.WARNING)


def unread(project: Project) -> Problems:
    """A warning for each file in municipalities' folders that looks like a chapter or a delivery, and is not read."""
    local = any(report.for_each_municipality and report.own_chapters for report in project.reports)
    folders = tuple(_every_folder(project))
    owned = [own for each in project.municipalities if local and (own := folder(project, each)).is_dir()]
    in_place = _("move it there")
    looks = (
        (folders, _delivered, _("the file is not read: it must stand beside the folder, not in it"), in_place),
        (owned, _is_chapter, _("the file is not read: chapters stand in a folder «local»"), in_place),
        (map(_local, owned), _is_text, _("the file is not read: chapters are .md"), _("copy its text to a .md file")),
    )
    return tuple(
        Diagnostic("not-read", message, Location(project_files.name(project.root, own / name)), hint, Severity.WARNING)
        for where, unwanted, message, hint in looks
        for own in where
        for name in project_files.siblings(own)
        if unwanted(own, name)
    )


def _every_folder(project: Project) -> Iterable[Path]:
    """The folders beside what municipalities deliver."""
    files = (*(each.source.file for each in project.municipalities), *project.undelivered.values())
    for beside in dict.fromkeys((project.root / file).parent for file in files):
        yield from (beside / name for name in _folders(beside, _changed(beside)).values())


def _delivered(own: Path, name: str) -> bool:
    return _ending(name) in _DELIVERED and _same(PurePosixPath(name).stem) == _same(own.name)


def _is_chapter(_own: Path, name: str) -> bool:
    return _ending(name) == ".md"


def _is_text(_own: Path, name: str) -> bool:
    return _ending(name) in _TEXTS


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


# ------------------------------------------------------------------------------------------------------------- chapters


def _with_own(shared: Iterable[Path], own: Sequence[Path]) -> list[Path]:
    """The chapters with a municipality's own: in the place of that name's first, else after those that sort before."""
    chapters = list(shared)
    for path in own:
        names = [_name(chapter) for chapter in chapters]
        if _name(path) in names:
            chapters[names.index(_name(path))] = path
        else:
            before = [at for at, name in enumerate(names) if name < _name(path)]
            chapters.insert(before[-1] + 1 if before else 0, path)
    return chapters


def _in_language(path: Path, lang: str) -> Path:
    variant = variants.variant(path, lang)
    return variant if variant.is_file() else path


def _spoken(path: Path, otherwise: str) -> str:
    """The language that a chapter is in: what its file's name says, if anything."""
    return variants.language(path) or otherwise


def _form(lang: str) -> str:
    return {"nb": _("bokmål"), "nn": _("nynorsk")}.get(lang, lang)


def _no_words(report: Report, field: str, lang: str) -> Diagnostic:
    """What the manifest gives in other languages than the report's."""
    name = field.replace("_", "-")
    message = _("«{field}» is not there in {language}, which municipalities write in")
    hint = _("write it in {language} too: «{line}»").format(language=_form(lang), line=f"{lang}: …")
    at = report.places.get((field, ""))
    message = message.format(field=name, language=_form(lang))
    return Diagnostic("missing-variant", message, at, hint, Severity.WARNING)


def _no_variant(root: Path, path: Path, lang: str) -> Diagnostic:
    file, wanted = project_files.name(root, path), variants.variant(path, lang).name
    form = _form(lang)
    message = _("the chapter is not there in {language}, which municipalities write in").format(language=form)
    hint = _("write it in {language} as «{file}», beside it").format(language=form, file=wanted)
    return Diagnostic("missing-variant", message, Location(file, 1, 1), hint, Severity.WARNING)
