"""Everything that is to be built: planned, built one after another, written, and what became of it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from rapportbygger import build_manifest, clock, load, validate
from rapportbygger.build import Job, Workshop, build_report
from rapportbygger.diagnostics import Diagnostic, Location, Problems, has_errors
from rapportbygger.fonts import load as load_fonts
from rapportbygger.load.csl_converters import Remembering
from rapportbygger.memory import Memory
from rapportbygger.messages import _
from rapportbygger.model import Project, Report
from rapportbygger.pandoc import Pandoc, PandocError

# --------------------------------------------------------------------------------------------------- what it tells of


@dataclass(frozen=True, slots=True)
class Event:
    """How far the build is. `kind`: planned (with `total`), started, stage, written, failed."""

    kind: str
    name: str = ""
    stage: str = ""
    total: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: its size in bytes, the seconds from the report's start, and its SHA-256."""

    path: Path
    size: int
    seconds: float
    report: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a build: the files, everything that is wrong, and the names of what could not be built."""

    written: tuple[Written, ...] = ()
    problems: Problems = ()
    failed: tuple[str, ...] = ()


class UnknownName(Exception):  # noqa: N818 - it is the caller's mistake, not ours
    """A report or municipality was asked for that the project does not have. `kind`: report, municipality."""

    def __init__(self, kind: str, name: str, known: Sequence[str]) -> None:
        super().__init__(name)
        self.kind, self.name, self.known = kind, name, tuple(known)


Listener = Callable[[Event], None]


def ignore(_event: Event) -> None:
    """Listen to nothing."""


# ------------------------------------------------------------------------------------------------- all that is wanted


def build(
    root: Path,
    *,
    reports: Sequence[str] = (),
    municipalities: Sequence[str] = (),
    formats: Sequence[str] = (),
    pdf_engine: str = "typst",
    on_event: Listener = ignore,
) -> Result:
    """Build the named reports (all, where none is named) of the project in `root`, in the named formats.

    `pdf_engine` is typst or libreoffice. Problems are data in the result; what can be built is built. Raises
    UnknownName.
    """
    made = clock.build_date(root)
    remembered = closing(Memory(root / "build" / ".cache"))
    with Pandoc(epoch=made) as pandoc, ThreadPoolExecutor(max_workers=1) as side, remembered as memory:
        fonts = side.submit(load_fonts, root / "templates" / "fonts")
        on_event(Event("stage", stage="load"))
        sources, problems = load.sources(root, Remembering(pandoc, memory))
        on_event(Event("stage", stage="validate"))
        project, found = validate.project(sources) if sources else (None, ())
        if project is None:
            return Result(problems=(*problems, *found))
        plan = planned(project, reports, municipalities)
        found = (*found, *validate.references.uncited(project, load.every_chapter(project)))
        on_event(Event("planned", total=len(plan.jobs) + len(plan.lost)))
        workshop = Workshop(project, pandoc, fonts.result(), side, made, lambda _stage: None, pdf_engine, memory)
        outcomes = [_built(job, workshop, formats, on_event) for job in plan.jobs]
        unsaid = _say_what_was_built(workshop, outcomes)
    return _gathered(outcomes, (*problems, *found, *unsaid), plan.lost)


@dataclass(frozen=True, slots=True)
class Plan:
    """The documents to build, in the manifest's order, and the names of those of which nothing can be built."""

    jobs: tuple[Job, ...]
    lost: tuple[str, ...]


def planned(project: Project, reports: Sequence[str], municipalities: Sequence[str]) -> Plan:
    """What is wanted of a project. Raises UnknownName."""
    everyone = [*(municipality.id for municipality in project.municipalities), *project.undelivered]
    _check_names("report", reports, [*(report.id for report in project.reports), *project.invalid])
    _check_names("municipality", municipalities, everyone)
    chosen = [report for report in project.reports if not reports or report.id in reports]
    jobs = [job for report in chosen for job in _jobs(project, report, municipalities)]
    unread = [name for name in project.invalid if not reports or name in reports]
    local = [report.id for report in chosen if report.for_each_municipality]
    missed = [
        f"{report}/{name}" for report in local for name in project.undelivered if name in (municipalities or everyone)
    ]
    return Plan(tuple(jobs), (*unread, *missed))


def _check_names(kind: str, names: Sequence[str], known: Sequence[str]) -> None:
    for name in names:
        if name not in known:
            raise UnknownName(kind, name, known)


def _jobs(project: Project, report: Report, municipalities: Sequence[str]) -> Iterator[Job]:
    if not report.for_each_municipality:
        yield from () if municipalities else (Job(report),)
        return
    for municipality in project.municipalities:
        if not municipalities or municipality.id in municipalities:
            yield Job(report, municipality)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document."""

    name: str
    written: tuple[Written, ...]
    problems: Problems
    whole: bool


def _gathered(outcomes: Sequence[Outcome], problems: Problems, lost: tuple[str, ...]) -> Result:
    everything = (*problems, *(problem for outcome in outcomes for problem in outcome.problems))
    return Result(
        written=tuple(file for outcome in outcomes for file in outcome.written),
        problems=tuple(dict.fromkeys(everything)),
        failed=(*(outcome.name for outcome in outcomes if not outcome.whole), *lost),
    )


def _say_what_was_built(workshop: Workshop, outcomes: Sequence[Outcome]) -> Problems:
    """Write the manifest of build/, with what it said before of documents that were not wanted now."""
    folder = workshop.project.root / "build"
    citations = build_manifest.citations_of(workshop.project, workshop.pandoc)
    entries = {
        outcome.name: build_manifest.entry(
            {file.path.relative_to(folder).as_posix(): file.sha256 for file in outcome.written},
            citations,
            outcome.problems,
        )
        for outcome in outcomes
    }
    path = folder / build_manifest.NAME
    before = None
    with suppress(OSError):
        before = path.read_bytes()
    everything = planned(workshop.project, (), ())
    known = {*(job.name for job in everything.jobs), *everything.lost}
    return write_whole(path, build_manifest.merged(before, entries, known), f"build/{build_manifest.NAME}")


# --------------------------------------------------------------------------------------------------------- one report


def _built(job: Job, workshop: Workshop, formats: Sequence[str], listen: Listener) -> Outcome:
    """A document built and written; one that would be made of half its inputs is only looked through for problems."""
    started = time.perf_counter()
    listen(Event("started", job.name))
    own = replace(workshop, say=lambda stage: listen(Event("stage", job.name, stage)))
    halved = job.municipality is None and bool(workshop.project.broken)
    files, problems = _files(job, own, () if halved else tuple(formats) or job.report.formats)
    written: list[Written] = []
    for suffix, data in files.items():
        name = f"build/{job.name}.{suffix}"
        path = workshop.project.root / name
        failure = write_whole(path, data, name)
        problems = (*problems, *failure)
        seconds = time.perf_counter() - started
        written += [] if failure else [Written(path, len(data), seconds, job.name, sha256(data).hexdigest())]
    whole = not halved and not has_errors(problems)
    listen(Event("written" if whole else "failed", job.name))
    return Outcome(job.name, tuple(written), problems, whole)


def _files(job: Job, workshop: Workshop, formats: Sequence[str]) -> tuple[dict[str, bytes], Problems]:
    if not formats and workshop.project.broken - set(workshop.project.undelivered.values()):
        return {}, ()  # its data or references are missing: what that does to its chapters is not worth telling
    try:
        return build_report(job, workshop, formats)
    except PandocError as error:
        return {}, (Diagnostic("pandoc", _("pandoc failed on {name}: {reason}").format(name=job.name, reason=error)),)
    except RecursionError:
        message = _("lists, quotes or tables are nested too deeply in {name}").format(name=job.name)
        return {}, (Diagnostic("nesting", message, hint=_("write them with fewer levels")),)


def _hint_for_unwritable(error: OSError) -> str:
    if isinstance(error, (IsADirectoryError, NotADirectoryError, FileExistsError)):
        return _(
            "move away what has that name: a file where there must be a folder, or a folder where there must be a file"
        )
    return _("close it in Word or the PDF reader, and build again")


def write_whole(path: Path, data: bytes, name: str) -> Problems:
    """Write a file whole or not at all: beside it first, then in its place. `name` is what a problem calls it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        message = _("cannot write the file: {reason}").format(reason=error.strerror or error)
        hint = _hint_for_unwritable(error)
        return (Diagnostic("unwritable", message, Location(name), hint),)
    finally:
        with suppress(OSError):  # nothing is left there where all went well
            beside.unlink(missing_ok=True)
    return ()
