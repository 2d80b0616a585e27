"""Everything that is to be built: planned, made, written, and what became of it."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from rapportbygger import build_manifest, clock, load, messages, validate
from rapportbygger.build import Job, Workshop
from rapportbygger.diagnostics import Problems
from rapportbygger.fonts import load as load_fonts
from rapportbygger.load.csl_converters import Remembering
from rapportbygger.memory import Memory
from rapportbygger.pandoc import Pandoc
from rapportbygger.schedule import files
from rapportbygger.schedule.document import Made, make
from rapportbygger.schedule.files import write_whole
from rapportbygger.schedule.outcomes import Event, Listener, Outcome, Result, Written, gathered, ignore
from rapportbygger.schedule.plan import Plan, UnknownName, planned
from rapportbygger.schedule.pool import made_by_workers, processes
from rapportbygger.schedule.worker import Supplies

__all__ = ["Event", "Listener", "Outcome", "Plan", "Result", "UnknownName", "Written", "build", "write_whole"]


def build(
    root: Path,
    *,
    reports: Sequence[str] = (),
    municipalities: Sequence[str] = (),
    formats: Sequence[str] = (),
    pdf_engine: str = "typst",
    jobs: int | None = 1,
    on_event: Listener = ignore,
) -> Result:
    """Build the named reports (all, where none is named) of the project in `root`, in the named formats.

    `pdf_engine` is typst or libreoffice. `jobs` is the number of processes: 1 is this one alone, None as many as gain
    time; with any other than 1, the caller's main module must be importable (`multiprocessing`). Problems are data in
    the result, in the order of the plan; what can be built is built. Raises UnknownName.
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
        on_event(Event("planned", total=len(plan.jobs)))
        workshop = Workshop(project, pandoc, fonts.result(), side, made, lambda _stage: None, pdf_engine, memory)
        supplies = Supplies(project, tuple(formats), made, pdf_engine, memory, messages.language())
        outcomes, unsaid = _built(plan, workshop, supplies, processes(jobs, len(plan.jobs)), on_event)
    return gathered(outcomes, (*problems, *found, *unsaid), plan.lost)


def _built(
    plan: Plan, workshop: Workshop, supplies: Supplies, count: int, listen: Listener
) -> tuple[list[Outcome], Problems]:
    """What became of all documents, in the plan's order; whatever stops the build, what is done is kept and told."""
    project = supplies.project
    citations = build_manifest.citations_of(project, workshop.pandoc)
    outcomes: dict[str, Outcome] = {}
    try:
        with closing(_made(plan, workshop, supplies, count, listen)) as documents:
            for job, document in documents:
                outcome = outcomes[job.name] = files.write(job.name, document, project.root)
                supplies.memory.add(document.remembered)
                listen(Event("written" if outcome.whole else "failed", job.name))
    finally:
        in_order = [outcomes[job.name] for job in plan.jobs if job.name in outcomes]
        unsaid = files.say_what_was_built(project, in_order, citations)
    return in_order, unsaid


def _made(
    plan: Plan, workshop: Workshop, supplies: Supplies, count: int, listen: Listener
) -> Generator[tuple[Job, Made], None, None]:
    """The documents as they are finished, by workers or one after another in this process."""
    if count > 1:
        workshop.pandoc.close()  # each worker has its own
        yield from made_by_workers(plan.jobs, supplies, count, listen)
        return
    for job in plan.jobs:
        listen(Event("started", job.name))
        say = partial(_tell, listen, job.name)
        yield job, make(job, replace(workshop, say=say), supplies.formats)


def _tell(listen: Listener, name: str, stage: str) -> None:
    listen(Event("stage", name, stage))
