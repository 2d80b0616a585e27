"""Everything that is to be built: planned, made, written, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from rapportbygger import build_manifest, clock, load, validate
from rapportbygger.build import Job, Workshop
from rapportbygger.fonts import load as load_fonts
from rapportbygger.load.csl_converters import Remembering
from rapportbygger.memory import Memory
from rapportbygger.pandoc import Pandoc
from rapportbygger.schedule import files
from rapportbygger.schedule.document import Made, make
from rapportbygger.schedule.files import write_whole
from rapportbygger.schedule.outcomes import Event, Listener, Outcome, Result, Written, gathered, ignore
from rapportbygger.schedule.plan import Plan, UnknownName, planned

__all__ = ["Event", "Listener", "Outcome", "Plan", "Result", "UnknownName", "Written", "build", "write_whole"]


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
        outcomes = _written(_here(plan, workshop, formats, on_event), root, on_event)
        unsaid = files.say_what_was_built(project, outcomes, build_manifest.citations_of(project, pandoc))
    return gathered(outcomes, (*problems, *found, *unsaid), plan.lost)


def _here(plan: Plan, workshop: Workshop, formats: Sequence[str], listen: Listener) -> Iterator[tuple[Job, Made]]:
    """The documents made one after another in this process."""
    for job in plan.jobs:
        listen(Event("started", job.name))
        say = lambda stage, name=job.name: listen(Event("stage", name, stage))  # noqa: E731
        yield job, make(job, replace(workshop, say=say), formats)


def _written(made: Iterator[tuple[Job, Made]], root: Path, listen: Listener) -> list[Outcome]:
    outcomes = []
    for job, document in made:
        outcome = files.write(job.name, document, root)
        listen(Event("written" if outcome.whole else "failed", job.name))
        outcomes.append(outcome)
    return outcomes
