"""What a document is made of, known without making it: rather too much than too little.

Chapters are not merged for this. What they may use of the project is taken from the words that stand in them and in the
values that they may say: a picture whose name is nowhere there, a work whose key is nowhere there, cannot be used.
Where a name may be put together of several, all are taken.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property, lru_cache
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
from rapportbygger.schedule.chart_data import ChartData
from rapportbygger.schedule.mentions import Mentions
from rapportbygger.schedule.named_files import Endings, folded
from rapportbygger.schedule.said import Said, said, texts
from rapportbygger.schedule.tree import PICTURES, TABLES, Tree


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
        self._of_texts: dict[str, Said] = {}
        self._named: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self._values: dict[str, str] = {}
        self._names: dict[Path, str] = {}
        self._works: dict[str, str] = {}
        self._own_folders: dict[str, str] = {}
        self._settings_keys: dict[Hashable, str] = {}

    def inputs(self, job: Job) -> Inputs:
        """What a document is made of now."""
        report, _problems = localised.localised(self.project, job.report, job.municipality)
        files = [self._name(path) for path in report.chapters]
        uses = self._uses(files, report, job.municipality)
        charts = sorted(filter(is_chart, uses.pictures))
        if charts:
            of_charts = [self._of(self._text(chart)) for chart in charts]
            if any(self._asks_for_more(one, uses) for one in of_charts):  # charts say what they use as chapters do
                uses = self._uses([*files, *charts], report, job.municipality)
            named = [one.files for one in of_charts]
            files += self._chart_data.used(named, job.municipality.values if job.municipality else {})
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

    def _asks_for_more(self, one: Said, uses: _Uses) -> bool:
        """Whether a chart may use more than the chapters around it and the municipality's values."""
        of_all = one.everyone or one.counted or one.every_work or one.unsure or one.put_together
        pictures, works = self._names_in(one.files.rest)
        named = one.data or one.files.names or pictures - uses.pictures or works - uses.works
        return bool(of_all or named) or not one.files.folders.isdisjoint(self._owners.values())

    def _uses(self, files: list[str], report: Report, municipality: Municipality | None) -> _Uses:
        """What chapters may use."""
        titled = (str(getattr(report, field)) for field in titles.FIELDS)
        followed = [self._of(text) for text in (*map(self._text, files), *titled)]
        everyone = any(one.everyone for one in followed)
        told = self.project.municipalities if everyone else (municipality,) if municipality else ()
        data = self._data_used(followed)
        values = (*(self._said(each.id, each.values) for each in told),)
        values += (*(self._said(f"data {name}", self.project.data.get(name)) for name in data),)
        spoken = [*followed[: len(files)], *map(self._of, values)]
        folders = self._folders(files, municipality).union(*(one.files.folders for one in spoken))
        unsure = any(one.put_together for one in followed) or any(one.unsure for one in spoken)
        pictures, works = self._used(spoken, report, municipality, folders, unsure=unsure)
        return _Uses(everyone, told, data, pictures, works, any(one.counted for one in followed))

    @cached_property
    def _everyone(self) -> str:
        """What all municipalities have delivered."""
        all_of_them = self.project.municipalities
        return key_of(
            [(each.id, self.tree.sha256(each.source.file), self._said(each.id, each.values)) for each in all_of_them]
        )

    @cached_property
    def _chart_data(self) -> ChartData:
        return ChartData(self.tree.files)

    @property
    def _count(self) -> int:
        return self.project.missing + sum(not each.example for each in self.project.municipalities)

    def _settings(self, report: Report) -> str:
        """What the manifest says, and what makes documents of it: the same for all that have the same chapters.

        What is translated in a report follows from its id and language.
        """
        which = report.id, report.lang, report.chapters, tuple(report.foreign.items())
        if which not in self._settings_keys:
            self._settings_keys[which] = key_of(*self._settings_of(report))
        return self._settings_keys[which]

    def _settings_of(self, report: Report) -> list[object]:
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
            self._values[name] = "\n".join(texts(values))
        return self._values[name]

    # ------------------------------------------------------------------------------------------------------- its files

    def _own_files(self, municipality: Municipality | None) -> Iterator[str]:
        """All that is in the municipality's own folder."""
        if municipality:
            yield from self.tree.below(self._own_folder(municipality))

    def _design(self, report: Report) -> Iterator[str]:
        """Template, fonts and citation style; without a name they are the program's own."""
        yield from (self._name(path) for path in (report.template, self.project.csl) if path)
        yield from self.tree.below("templates/fonts")

    # ---------------------------------------------------------------------------------------------------- what is used

    def _data_used(self, followed: Iterable[Said]) -> tuple[str, ...]:
        """The names of the data that chapters may use: all, where they use it as a whole."""
        named = frozenset().union(*(one.data for one in followed))
        return tuple(sorted(self.project.data if "" in named else named))

    def _data_files(self, names: Iterable[str]) -> Iterator[str]:
        wanted = set(names)
        for file in self.tree.below("content/data"):
            if normalize("NFC", PurePosixPath(file).stem) in wanted:
                yield file

    def _used(
        self, spoken: list[Said], report: Report, municipality: Municipality | None, folders: set[str], *, unsure: bool
    ) -> tuple[set[str], set[str]]:
        """The pictures, in these folders or in none of a municipality's, and the works that may be used.

        All, where it is `unsure` or some are named by values that are not known.
        """
        by_values = [name for one in spoken for name in one.files.names]
        names = [named_files.filled(name, municipality.values) for name in by_values if municipality]
        asked = {key.value for key in report.nocite}
        if unsure or None in names or (by_values and not municipality):
            return set(self._every_picture), set(self.project.bibliography)
        found = [self._names_in(one.files.rest) for one in spoken]
        works = set(chain.from_iterable(works for _pictures, works in found)) | asked & set(self.project.bibliography)
        everything = "*" in asked or any(one.every_work for one in spoken)
        pictures = {file for files, _works in found for file in files if self._owners.get(file, "") in folders}
        exact = (self._by_ending.of(name) for name in names if name)
        return pictures.union(*exact), set(self.project.bibliography) if everything else works

    def _folders(self, files: Iterable[str], municipality: Municipality | None) -> set[str]:
        """The folders ("": all that are no municipality's) whose pictures need not be named with theirs."""
        if not municipality:
            return {"", *self._owners.values()}
        return {""}.union(*map(_parts, (*files, self._own_folder(municipality))))

    def _own_folder(self, municipality: Municipality) -> str:
        if municipality.id not in self._own_folders:
            self._own_folders[municipality.id] = self._name(localised.folder(self.project, municipality))
        return self._own_folders[municipality.id]

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
    def _by_ending(self) -> Endings:
        """Pictures, and tables of data."""
        return Endings(sorted(self._every_picture))

    def _of(self, text: str) -> Said:
        """What a text says; found out once."""
        if text not in self._of_texts:
            self._of_texts[text] = said(text)
        return self._of_texts[text]

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


@lru_cache(maxsize=10_000)
def _parts(file: str) -> frozenset[str]:
    """The parts of a file's name as they are compared."""
    return frozenset(map(folded, PurePosixPath(file).parts))


def _all_of(by_word: Mapping[str, list[str]], words: Iterable[str]) -> frozenset[str]:
    return frozenset(chain.from_iterable(by_word.get(word, ()) for word in words))
