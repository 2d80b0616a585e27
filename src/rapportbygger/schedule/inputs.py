"""What a document is made of, known without making it: rather too much than too little.

Chapters are not merged for this. What they may use of the project is taken from the words that stand in them and in the
values that they may say: a picture whose name is nowhere there, a work whose key is nowhere there, cannot be used.
Where a name may be put together of several, all are taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

from rapportbygger import clock, localised
from rapportbygger.build import Job
from rapportbygger.drawings import is_chart
from rapportbygger.files import project_files
from rapportbygger.memory import key_of
from rapportbygger.merge import titles
from rapportbygger.model import Municipality, Project, Report
from rapportbygger.schedule import named_files, program
from rapportbygger.schedule.chart_data import chart_data
from rapportbygger.schedule.mentions import Mentions
from rapportbygger.schedule.named_files import Named, folded
from rapportbygger.schedule.tree import PICTURES, TABLES, Tree

_MERGED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_COUNTED = re.compile(r"\bmunicipalities\s*\|\s*(?:length|count)\b")
"""Where chapters say how many municipalities there are, and no more of them."""
_DATA = re.compile(r"\bdata\b(?:\.(\w+)|\[\s*[\"']([^\"']+)[\"']\s*\])?")
_PUT_TOGETHER = re.compile(r"@|\]\(|!\[|<img")
"""Marks of citations and pictures, where an expression makes them."""
_NAMED_BY_VALUES = re.compile(r"@[^\s;,]*\{[{%]|!\[[^\]]*(?:\[[^\]]*\][^\]]*)*\]\([^)]*\{[{%]|\]:[^\n]*\{[{%]")
"""A key or a picture's name with a value in it."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The hash of each thing that a document is made of, by its name; `key` is theirs together, with all settings.

    `date`, in seconds, is that of the newest among them, where no other is given: no part of the key.
    """

    key: str
    hashes: Mapping[str, str]
    date: int


class _Uses(NamedTuple):
    """The municipalities (`everyone`: all of them), data, pictures and works that chapters may speak of.

    `counted`: they say how many municipalities there are.
    """

    everyone: bool
    told: tuple[Municipality, ...]
    data: tuple[str, ...]
    pictures: set[str]
    works: set[str]
    counted: bool


class Inventory:
    """What is known of a project's inputs, gathered once for all documents of a build."""

    def __init__(self, project: Project, tree: Tree, pdf_engine: str) -> None:
        self.project, self.tree, self.pdf_engine = project, tree, pdf_engine
        self._words: dict[str, str] = {}
        self._named_files: dict[str, Named] = {}
        self._named: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self._values: dict[str, str] = {}
        self._names: dict[Path, str] = {}
        self._works: dict[str, str] = {}

    def inputs(self, job: Job) -> Inputs:
        """What a document is made of now."""
        report, _problems = localised.localised(self.project, job.report, job.municipality)
        files = [self._name(path) for path in report.chapters]
        uses = self._uses(files, report, job.municipality)
        charts = sorted(filter(is_chart, uses.pictures))
        if charts:  # they say what they use as chapters do
            uses = self._uses([*files, *charts], report, job.municipality)
            said = [self._files_in(self._text(chart)) for chart in charts]
            files += chart_data(said, job.municipality.values if job.municipality else {}, self.tree)
        files += [*self._own_files(job.municipality), *self._data_files(uses.data)]
        files += [*self._design(report), *uses.pictures]
        files += [job.municipality.source.file] if job.municipality else []
        everyone, told = uses.everyone, uses.told
        hashes = {name: self.tree.sha256(name) for name in sorted(set(files))}
        hashes |= {
            f"municipality {each.id}": key_of(self._said(each.id, each.values)) for each in told[:1] * (not everyone)
        }
        hashes |= {"municipalities": self._everyone} if everyone else {}
        hashes |= {"municipalities, how many": str(self._count)} if uses.counted else {}
        hashes |= {f"work {name}": self._work(name) for name in sorted(uses.works)}
        date = clock.date_of(self.tree.newest([*files, *(each.source.file for each in told)]))
        return Inputs(key_of(self._settings(report), list(hashes.items())), hashes, date)

    def _uses(self, files: list[str], report: Report, municipality: Municipality | None) -> _Uses:
        """What chapters may use."""
        titled = map(str, (getattr(report, field) for field in titles.FIELDS))
        expressions = [found for text in (*map(self._text, files), *titled) for found in _MERGED.findall(text)]
        everyone = any("municipalities" in _COUNTED.sub("", each) for each in expressions)
        told = self.project.municipalities if everyone else (municipality,) if municipality else ()
        data = self._data_used(expressions)
        words = [*map(self._text, files), *(self._said(each.id, each.values) for each in told)]
        words += [self._said(f"data {name}", self.project.data.get(name)) for name in data]
        named = [self._files_in(text) for text in words]
        folders = self._folders(files, municipality).union(*(one.folders for one in named))
        pictures, works = self._used(named, report, expressions, municipality, folders)
        return _Uses(everyone, told, data, pictures, works, any(map(_COUNTED.search, expressions)))

    @cached_property
    def _everyone(self) -> str:
        """What all municipalities have delivered."""
        all_of_them = self.project.municipalities
        return key_of(
            [(each.id, self.tree.sha256(each.source.file), self._said(each.id, each.values)) for each in all_of_them]
        )

    @property
    def _count(self) -> int:
        return self.project.missing + sum(not each.example for each in self.project.municipalities)

    def _settings(self, report: Report) -> list[object]:
        """What the manifest says, and what makes documents of it."""
        own = asdict(replace(report, chapters=(), template=None, formats=(), places={}, foreign={}))
        own["foreign"] = [(self._name(path), lang) for path, lang in report.foreign.items()]
        named = [self._name(path) for path in (*report.chapters, *filter(None, (report.template, self.project.csl)))]
        engine = self.project.citation_engine
        return [own, named, engine.value if engine else "", self.pdf_engine, program.key()]

    def _name(self, path: Path) -> str:
        if path not in self._names:
            self._names[path] = project_files.name(self.project.root, path)
        return self._names[path]

    def _text(self, file: str) -> str:
        """A chapter's text; nothing where it cannot be read, which is an error of its document."""
        if file not in self._words:
            try:
                self._words[file] = (self.project.root / file).read_text(encoding="utf-8", errors="replace")
            except OSError:
                self._words[file] = ""
        return self._words[file]

    def _said(self, name: str, values: Any) -> str:
        """Values as text."""
        if name not in self._values:
            self._values[name] = "\n".join(_texts(values))
        return self._values[name]

    # ------------------------------------------------------------------------------------------------------- its files

    def _own_files(self, municipality: Municipality | None) -> Iterator[str]:
        """All that is in the municipality's own folder."""
        if municipality:
            yield from self.tree.below(self._name(localised.folder(self.project, municipality)))

    def _design(self, report: Report) -> Iterator[str]:
        """Template, fonts and citation style; without a name they are the program's own."""
        yield from (self._name(path) for path in (report.template, self.project.csl) if path)
        yield from self.tree.below("templates/fonts")

    # ---------------------------------------------------------------------------------------------------- what is used

    def _data_used(self, expressions: Iterable[str]) -> tuple[str, ...]:
        """The names of the data that chapters may use: all, where they use it as a whole."""
        uses = [match for each in expressions for match in _DATA.finditer(each)]
        named = {normalize("NFC", match[1] or match[2] or "") for match in uses}
        return tuple(sorted(self.project.data if "" in named else named))

    def _data_files(self, names: Iterable[str]) -> Iterator[str]:
        wanted = set(names)
        for file in self.tree.below("content/data"):
            if normalize("NFC", PurePosixPath(file).stem) in wanted:
                yield file

    def _used(
        self,
        said: list[Named],
        report: Report,
        expressions: Iterable[str],
        municipality: Municipality | None,
        folders: set[str],
    ) -> tuple[set[str], set[str]]:
        """The pictures, in these folders or in none of a municipality's, and the works that may be used."""
        names = [named_files.filled(name, municipality.values) for one in said for name in one.names if municipality]
        unsure = any(map(_PUT_TOGETHER.search, expressions)) or any(_NAMED_BY_VALUES.search(one.rest) for one in said)
        asked = {said.value for said in report.nocite}
        if unsure or None in names or (not municipality and any(one.names for one in said)):
            return set(self._every_picture), set(self.project.bibliography)
        found = [self._names_in(one.rest) for one in said]
        works = set(chain.from_iterable(works for _pictures, works in found)) | asked & set(self.project.bibliography)
        everything = "*" in asked or any("@*" in one.rest for one in said)
        pictures = {file for files, _works in found for file in files if self._owners.get(file, "") in folders}
        exact = (named_files.ending_in(name, self._by_name.get(named_files.last(name), ())) for name in names if name)
        return pictures.union(*exact), set(self.project.bibliography) if everything else works

    def _folders(self, files: Iterable[str], municipality: Municipality | None) -> set[str]:
        """The folders ("": all that are no municipality's) whose pictures need not be named with theirs."""
        if not municipality:
            return {"", *self._owners.values()}
        here = (*files, self._name(localised.folder(self.project, municipality)))
        return {"", *(folded(part) for file in here for part in PurePosixPath(file).parts)}

    @cached_property
    def _owners(self) -> dict[str, str]:
        """The folder beside what municipalities deliver that each picture is in, of those that are in one."""
        sources = (*(each.source.file for each in self.project.municipalities), *self.project.undelivered.values())
        beside = {PurePosixPath(source).parent for source in sources}
        return {
            file: folded(folder.name)
            for file in self._every_picture
            for folder in PurePosixPath(file).parents
            if folder.parent in beside and " " not in folder.name
        }

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        """Pictures, and tables of data, by their names without folders."""
        by_name: dict[str, list[str]] = {}
        for file in sorted(self._every_picture):
            by_name.setdefault(named_files.last(file), []).append(file)
        return by_name

    def _files_in(self, text: str) -> Named:
        """What a text says of files; gathered once."""
        if text not in self._named_files:
            self._named_files[text] = named_files.named(text)
        return self._named_files[text]

    @cached_property
    def _pictures(self) -> dict[str, list[str]]:
        """Pictures, and tables of data, by the word that must stand where one is used."""
        by_word: dict[str, list[str]] = {}
        for file in self._every_picture:
            by_word.setdefault(folded(PurePosixPath(file).name.partition(".")[0]), []).append(file)
        return by_word

    @cached_property
    def _every_picture(self) -> frozenset[str]:
        delivered = {*(each.source.file for each in self.project.municipalities), *self.project.undelivered.values()}
        shown = (file for file in self.tree.files if file.lower().endswith((*PICTURES, *TABLES)))
        return frozenset(file for file in shown if file not in delivered)

    @cached_property
    def _keys(self) -> dict[str, list[str]]:
        by_word: dict[str, list[str]] = {}
        for key in self.project.bibliography:
            by_word.setdefault(folded(key), []).append(key)
        return by_word

    @cached_property
    def _mentions(self) -> Mentions:
        return Mentions((*self._pictures, *self._keys))

    def _names_in(self, text: str) -> tuple[frozenset[str], frozenset[str]]:
        if text not in self._named:
            found = self._mentions.within(folded(unquote(text)))
            self._named[text] = _all_of(self._pictures, found), _all_of(self._keys, found)
        return self._named[text]

    def _work(self, name: str) -> str:
        if name not in self._works:
            reference = self.project.bibliography[name]
            self._works[name] = key_of(reference.item, [asdict(problem) for problem in reference.problems])
        return self._works[name]


def _all_of(by_word: Mapping[str, list[str]], words: Iterable[str]) -> frozenset[str]:
    return frozenset(chain.from_iterable(by_word.get(word, ()) for word in words))


def _texts(value: Any) -> list[str]:
    """Everything that a value says, keys too."""
    found: list[str] = []
    _collect(value, found)
    return found


def _collect(value: Any, found: list[str]) -> None:
    if isinstance(value, str):
        found.append(value)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            found.append(str(key))
            _collect(each, found)
    elif isinstance(value, list | tuple):
        for each in value:
            _collect(each, found)
    else:
        found.append(str(value))
