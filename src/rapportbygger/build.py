"""The pipeline for one report, and the loop over all that are wanted."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rapportbygger import clock, load, template, theme, validate
from rapportbygger.diagnostics import Diagnostic, Location, Problems, has_errors
from rapportbygger.fonts import Fonts
from rapportbygger.fonts import load as load_fonts
from rapportbygger.language import date, listing
from rapportbygger.merge import merge
from rapportbygger.messages import _
from rapportbygger.model import Document, Metadata, Municipality, Project, Report, Setting
from rapportbygger.pandoc import Pandoc, PandocError
from rapportbygger.parse import parse
from rapportbygger.resolve import resolve
from rapportbygger.write import assemble, docx, finish, pdf

TWIPS_PER_INCH = 1440


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
    """A file that was written: its size in bytes, and the seconds from the report's start."""

    path: Path
    size: int
    seconds: float
    report: str


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


@dataclass(frozen=True, slots=True)
class Job:
    """One document to build: a report, and the municipality it is for (None: the report is one document)."""

    report: Report
    municipality: Municipality | None = None

    @property
    def name(self) -> str:
        """The output's path in build/, without its ending."""
        return f"{self.report.id}/{self.municipality.id}" if self.municipality else self.report.id


@dataclass(frozen=True, slots=True)
class Workshop:
    """What all reports of a build share."""

    project: Project
    pandoc: Pandoc
    fonts: Fonts
    side: ThreadPoolExecutor
    date: int
    listen: Listener


def build(
    root: Path,
    *,
    reports: Sequence[str] = (),
    municipalities: Sequence[str] = (),
    formats: Sequence[str] = (),
    on_event: Listener = ignore,
) -> Result:
    """Build the named reports (all, where none is named) of the project in `root`, in the named formats.

    Problems are data in the result; what can be built is built. Raises UnknownName.
    """
    made = clock.build_date(root)
    with Pandoc(epoch=made) as pandoc, ThreadPoolExecutor(max_workers=1) as side:
        fonts = side.submit(load_fonts, root / "templates" / "fonts")
        on_event(Event("stage", stage="load"))
        sources, problems = load.sources(root)
        on_event(Event("stage", stage="validate"))
        project, found = validate.project(sources) if sources else (None, ())
        if project is None:
            return Result(problems=(*problems, *found))
        jobs, broken = planned(project, reports, municipalities)
        on_event(Event("planned", total=len(jobs) + len(broken)))
        workshop = Workshop(project, pandoc, fonts.result(), side, made, on_event)
        outcomes = [_built(job, workshop, formats) for job in jobs]
    return _gathered(outcomes, (*problems, *found), broken)


def planned(
    project: Project, reports: Sequence[str], municipalities: Sequence[str]
) -> tuple[tuple[Job, ...], tuple[str, ...]]:
    """The documents to build, in the manifest's order, and the names of those whose inputs are broken.

    A report that is one document may count everything that the project holds: it is not built of half of it.
    """
    everyone = [*(municipality.id for municipality in project.municipalities), *project.undelivered]
    _check_names("report", reports, [report.id for report in project.reports])
    _check_names("municipality", municipalities, everyone)
    chosen = [report for report in project.reports if not reports or report.id in reports]
    local = [report for report in chosen if report.for_each_municipality]
    whole = [report for report in chosen if not report.for_each_municipality and not municipalities]
    jobs = [*(Job(report) for report in whole), *_local_jobs(project, local, municipalities)]
    lost = [
        f"{report.id}/{name}"
        for report in local
        for name in project.undelivered
        if name in (municipalities or everyone)
    ]
    if not project.broken:
        return tuple(jobs), ()
    return tuple(job for job in jobs if job.municipality), (*(report.id for report in whole), *lost)


def _check_names(kind: str, names: Sequence[str], known: Sequence[str]) -> None:
    for name in names:
        if name not in known:
            raise UnknownName(kind, name, known)


def _local_jobs(project: Project, reports: Sequence[Report], wanted: Sequence[str]) -> Iterator[Job]:
    for report in reports:
        for municipality in project.municipalities:
            if not wanted or municipality.id in wanted:
                yield Job(report, municipality)


Outcome = tuple[Job, tuple[Written, ...], Problems]


def _gathered(outcomes: Sequence[Outcome], problems: Problems, broken: tuple[str, ...]) -> Result:
    everything = (*problems, *(problem for _job, _written, found in outcomes for problem in found))
    return Result(
        written=tuple(file for _job, written, _found in outcomes for file in written),
        problems=tuple(dict.fromkeys(everything)),
        failed=(*broken, *(job.name for job, _written, found in outcomes if has_errors(found))),
    )


# --------------------------------------------------------------------------------------------------------- one report


def _built(job: Job, workshop: Workshop, formats: Sequence[str]) -> Outcome:
    started = time.perf_counter()
    workshop.listen(Event("started", job.name))
    files, problems = _files(job, workshop, tuple(formats) or job.report.formats)
    written: list[Written] = []
    for suffix, data in files.items() if not has_errors(problems) else ():
        path = workshop.project.root / "build" / f"{job.name}.{suffix}"
        failure = write_whole(path, data)
        problems = (*problems, *failure)
        written += [] if failure else [Written(path, len(data), time.perf_counter() - started, job.name)]
    workshop.listen(Event("failed" if has_errors(problems) else "written", job.name))
    return job, tuple(written), problems


def _files(job: Job, workshop: Workshop, formats: Sequence[str]) -> tuple[dict[str, bytes], Problems]:
    try:
        return build_report(job, workshop, formats)
    except PandocError as error:
        return {}, (Diagnostic("pandoc", _("pandoc failed on {name}: {reason}").format(name=job.name, reason=error)),)


def build_report(job: Job, workshop: Workshop, formats: Sequence[str]) -> tuple[dict[str, bytes], Problems]:
    """The files of one document by format, and everything that is wrong with it. Errors: no files.

    The PDF is always set, also where only Word is wanted: its layout gives Word's page numbers.
    """
    project, pandoc, fonts = workshop.project, workshop.pandoc, workshop.fonts
    say = _stages(job, workshop)
    rendered = workshop.side.submit(_rendered, job, project.root)

    say("merge")
    chapters, problems = load.chapters(project, job.report)
    texts, merge_problems = merge(project, job.report, job.municipality, chapters)
    say("parse")
    document, parse_problems = parse(texts, _metadata(job), pandoc)
    parts, template_problems = rendered.result()
    problems += merge_problems + parse_problems + template_problems
    if parts is None:
        return {}, problems
    look, theme_problems = theme.read(parts, fonts, _template_name(job, project.root))
    say("resolve")
    document, resolve_problems = resolve(document, _setting(job, project, look))
    problems += theme_problems + resolve_problems
    if has_errors(problems):
        return {}, problems

    with TemporaryDirectory(prefix="rapportbygger-", ignore_cleanup_errors=True) as folder:
        say("pdf")
        word = (
            workshop.side.submit(_word_body, document, parts, look, pandoc, Path(folder)) if "docx" in formats else None
        )
        layout, layout_problems = pdf.typeset(
            document, look, pandoc=pandoc, fonts=fonts, contents=project.content, date=workshop.date
        )
        problems += layout_problems
        if has_errors(problems):
            return {}, problems
        files = {"pdf": layout.pdf} if "pdf" in formats else {}
        if word is not None:
            say("docx")
            whole = assemble.assemble(word.result(), parts, layout.pages, _heading_indents(job, look))
            files["docx"] = finish.finish(whole, document.metadata, fonts, workshop.date)
    return files, problems


def _word_body(
    document: Document, parts: Mapping[str, bytes], look: theme.Theme, pandoc: Pandoc, folder: Path
) -> docx.Body:
    width, bare = look.section.text_width, not look.cover
    return docx.prepare(document, parts, pandoc=pandoc, folder=folder, text_width=width, title_block=bare)


def _stages(job: Job, workshop: Workshop) -> Callable[[str], None]:
    return lambda stage: workshop.listen(Event("stage", job.name, stage))


def _metadata(job: Job) -> Metadata:
    report = job.report
    return Metadata(
        title=report.title,
        lang=report.lang,
        subtitle=report.subtitle,
        authors=report.authors,
        date=date(report.date, report.lang) if report.date else "",
        keywords=report.keywords,
        description=report.description,
    )


def _rendered(job: Job, root: Path) -> tuple[dict[str, bytes] | None, Problems]:
    metadata = _metadata(job)
    values = template.context(job.report, job.municipality, listing(metadata.authors, metadata.lang), metadata.date)
    return template.render(job.report.template or template.STANDARD, values, _template_name(job, root))


def _template_name(job: Job, root: Path) -> str:
    path = job.report.template
    if path is None:
        return template.STANDARD.name
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _heading_indents(job: Job, look: theme.Theme) -> tuple[int, ...]:
    """Where the text of numbered headings begins: at their style's first tab stop. Empty where they have no numbers."""
    if not job.report.number_sections:
        return ()
    return tuple(look.style(f"heading {level}").number_indent for level in range(1, 10))


def _setting(job: Job, project: Project, look: theme.Theme) -> Setting:
    section = look.section
    height = section.height - section.top - section.bottom
    return Setting(project, job.report, section.text_width / TWIPS_PER_INCH, height / TWIPS_PER_INCH)


def write_whole(path: Path, data: bytes) -> Problems:
    """Write a file whole or not at all: beside it first, then in its place."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        message = _("cannot write the file: {reason}").format(reason=error.strerror or error)
        hint = _("close it in Word or the PDF reader, and build again")
        return (Diagnostic("unwritable", message, Location(path.as_posix()), hint),)
    return ()
