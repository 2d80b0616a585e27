"""Reads the files of a project: the manifest, what it names, and content/data/. What they mean is for `validate`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any
from unicodedata import normalize

from rapportbygger import localised
from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity, has_errors
from rapportbygger.files import project_files, yaml_places, yaml_problems
from rapportbygger.load import data_files, reference_files, remembered, sheets, workbook_file, workbooks
from rapportbygger.load.csl_converters import Converter
from rapportbygger.memory import Past
from rapportbygger.messages import _
from rapportbygger.model import Chapter, Data, Project, Reference, Report, Sources

MANIFEST = Path("content", "report.yaml")


def sources(root: Path, pandoc: Converter | None = None, past: Past | None = None) -> tuple[Sources | None, Problems]:
    """Everything the project in `root` holds but its chapters; None where there is no readable manifest.

    A file that cannot be read is a problem and stands in `broken`; everything else is read all the same. `pandoc` is
    asked what the entries of BibTeX files mean; what `past` remembers is not read again. Raises PandocError.
    """
    root = root.resolve()
    reading = _Reading(root, past or Past())
    manifest = reading.yaml(root / MANIFEST)
    if manifest is None:
        return None, reading.result
    schema = next(reading.named(manifest, "schema"), None)
    project = Sources(
        root=root,
        manifest=manifest,
        schema=schema,
        municipalities=tuple(reading.municipalities(manifest, schema)),
        data=reading.data(root / "content" / "data"),
        bibliography=tuple(reading.references(manifest, pandoc)),
        broken=frozenset(reading.broken),
    )
    return project, reading.result


def chapters(project: Project, report: Report) -> tuple[tuple[Chapter, ...], Problems]:
    """The chapters of a report, in order, without those that cannot be read."""
    reading = _Reading(project.root)
    read = [(project_files.name(project.root, path), reading.text(path), path) for path in report.chapters]
    for file, text, _path in read:
        if text is not None and not text.strip():
            reading.problems.append(_no_text(file))
        control = yaml_problems.control_character(text or "", file)
        if control:
            reading.problems.append(control)
            reading.broken.add(file)
    whole = ((path, file, text) for file, text, path in read if text is not None and file not in reading.broken)
    return tuple(Chapter(file, text, report.foreign.get(path, "")) for path, file, text in whole), reading.result


def every_chapter(project: Project) -> Iterator[str]:
    """The text of each chapter of any report, once, as it is written; what cannot be read is left out."""
    for path in localised.every_chapter(project):
        yield _Reading(project.root).text(path) or ""


def _no_text(file: str) -> Diagnostic:
    hint = _("fill it in, or take it out of the manifest")
    return Diagnostic("empty-chapter", _("the chapter is empty"), Location(file, 1, 1), hint, Severity.WARNING)


_DELIVERED = (".yaml", ".yml", ".json")
"""What municipalities deliver beside workbooks."""


def _not_read(file: str) -> Diagnostic:
    message = _("the file is not read: municipalities deliver .yaml or .xlsx")
    hint = _("move it to another folder")
    return Diagnostic("not-read", message, Location(file), hint, Severity.WARNING)


def _delivered_twice(file: str, other: str) -> Diagnostic:
    message = _("the municipality has delivered «{other}» too; that one is used").format(other=other)
    return Diagnostic("duplicate-municipality", message, Location(file), _("delete one of the two files"))


@dataclass(slots=True)
class _Reading:
    """One reading of a project: what went wrong so far."""

    root: Path
    past: Past = field(default_factory=Past)
    problems: list[Diagnostic] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    @property
    def result(self) -> Problems:
        return tuple(self.problems)

    def text(self, path: Path) -> str | None:
        file = project_files.name(self.root, path)
        if not project_files.is_inside(self.root, path):
            self.note(file, (project_files.outside(file),))
            return None
        text, problems = project_files.read(path, file)
        self.note(file, problems)
        return text

    def yaml(self, path: Path) -> Data | None:
        return self._parsed(path, yaml_places.read)

    def _parsed(self, path: Path, parse: Any) -> Data | None:
        text = self.text(path)
        if text is None:
            return None
        file = project_files.name(self.root, path)
        data, problems = remembered.reading(self.past, text, file, lambda: parse(text, file), parse.__module__)
        self.note(file, problems)
        return data

    def note(self, file: str, problems: Problems) -> None:
        """Keep the problems, which make the file (or the pattern that finds none) one that cannot be used."""
        self.problems += problems
        if problems:
            self.broken.add(file)

    def files(self, manifest: Data, key: str) -> Iterator[tuple[Path, Location]]:
        """The files that a field of the manifest names, each once, and where they are named."""
        seen = set()
        for pattern, at in _texts(manifest, key):
            found, problems = project_files.find(self.root, self.root / "content", pattern, at)
            self.note(pattern, problems)
            for path in found:
                if path not in seen:
                    seen.add(path)
                    yield path, at

    def named(self, manifest: Data, key: str) -> Iterator[Data]:
        """The YAML files that a field of the manifest names."""
        for path, _at in self.files(manifest, key):
            data = self.yaml(path)
            if data is not None:
                yield data

    def municipalities(self, manifest: Data, schema: Data | None) -> Iterator[Data]:
        """What the municipalities have delivered, each in a YAML file or a workbook."""
        first: dict[str, str] = {}
        for path, _at in self.files(manifest, "municipalities"):
            file, ending = project_files.name(self.root, path), path.suffix.lower()
            if ending not in (*_DELIVERED, *workbook_file.ENDINGS, *workbook_file.OTHER_SPREADSHEETS):
                self.problems.append(_not_read(file))
                continue
            other = first.setdefault(path.with_suffix("").as_posix(), file)
            if other != file:
                self.note(file, (_delivered_twice(file, other),))
                continue
            data = self.yaml(path) if ending in _DELIVERED else self.workbook(path, file, manifest, schema)
            if data is not None:
                yield data

    def workbook(self, path: Path, file: str, manifest: Data, schema: Data | None) -> Data | None:
        """What is filled in by the schema. Where the schema cannot be read, only that is told."""
        if not project_files.is_inside(self.root, path):
            self.note(file, (project_files.outside(file),))
            return None
        content, problems = workbook_file.read(path, file)
        data: Data | None = None
        if content is not None and schema is not None:
            rules = schema.value
            data, problems = remembered.reading(
                self.past, content, file, lambda: workbooks.read(content, file, rules), "workbook", rules
            )
        elif content is not None and not data_files.mapping(manifest.value).get("schema"):
            problems = (workbooks.no_schema(file),)
        self.problems += problems
        if data is None or has_errors(problems):
            self.broken.add(file)
        return data

    def data(self, folder: Path) -> Mapping[str, Any]:
        """What is in content/data/, by file name without ending; no workbook whose tables were saved beside it."""
        paths = [folder / entry for entry in project_files.siblings(folder)]
        texts = self._by_stem(paths, data_files.ENDINGS)
        books = self._by_stem((path for path in paths if _stem(path) not in texts), workbook_file.ENDINGS)
        read = {stem: self._parsed(path, data_files.read) for stem, path in texts.items()}
        read |= {stem: self._tables(path) for stem, path in books.items()}
        return {stem: data.value for stem, data in read.items() if data is not None}

    def _by_stem(self, paths: Iterable[Path], endings: Collection[str]) -> Mapping[str, Path]:
        """The files with these endings, by their names without; one that is called as another is an error."""
        found: dict[str, Path] = {}
        for path in paths:
            if path.suffix.lower() in endings and path.is_file():
                first = found.setdefault(_stem(path), path)
                if first is not path:
                    self._same_stem(path, first.name)
        return found

    def _tables(self, path: Path) -> Data | None:
        """The sheets of a workbook, which may be there for its figures only: what is no table is no error."""
        file = project_files.name(self.root, path)
        if not project_files.is_inside(self.root, path):
            self.note(file, (project_files.outside(file),))
            return None
        content, problems = workbook_file.read(path, file)
        data: Data | None = None
        if content is not None:
            read = partial(sheets.every, content, file)
            data, problems = remembered.reading(self.past, content, file, read, "sheets")
        self.problems += (replace(problem, severity=Severity.INFO) for problem in problems)
        return data

    def _same_stem(self, path: Path, other: str) -> None:
        message = _("«{name}» and «{other}» would both be «data.{stem}»").format(
            name=path.name, other=other, stem=path.stem
        )
        file = project_files.name(self.root, path)
        hint = _("give one of them another name")
        self.note(file, (Diagnostic("duplicate-data", message, Location(file, 1, 1), hint),))

    def references(self, manifest: Data, pandoc: Converter | None) -> Iterator[Reference]:
        """Every reference of every bibliography file. One that cannot be used does not make its file broken."""
        for path, at in self.files(manifest, "bibliography"):
            file = project_files.name(self.root, path)
            ending = path.suffix.lower()
            if ending not in reference_files.ENDINGS:
                self.note(file, (reference_files.unsupported(path.suffix, at),))
                continue
            text = self._older_text(path) if ending in reference_files.OLDER_ENCODINGS else self.text(path)
            if text is None:
                continue
            found, problems = reference_files.read(text, file, pandoc)
            self.problems += problems
            if found is None:
                self.broken.add(file)
            yield from found or ()

    def _older_text(self, path: Path) -> str | None:
        """The text of a file that a program may have written in an older encoding, which is a warning."""
        text, problems = project_files.read_in_older_encoding(path, project_files.name(self.root, path))
        if text is None or not project_files.is_inside(self.root, path):
            return self.text(path)
        self.problems += problems
        return text


def _stem(path: Path) -> str:
    return normalize("NFC", path.stem)  # macOS may have written the accents apart


def _texts(manifest: Data, key: str) -> Iterator[tuple[str, Location]]:
    """The texts of a field that holds one text or a list of them. What is neither is for `validate` to tell."""
    value = data_files.mapping(manifest.value).get(key)
    if isinstance(value, str):
        yield value, manifest.location((key,))
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            if isinstance(entry, str):
                yield entry, manifest.location((key, number))
