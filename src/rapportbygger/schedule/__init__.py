"""Everything that is to be built: planned, made, written, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from rapportbygger import build_manifest, clock, footprint, load, messages, validate
from rapportbygger.build import Job, Workshop
from rapportbygger.charts.service import Address, Drawer, has_charts, shared
from rapportbygger.diagnostics import Diagnostic, Problems
from rapportbygger.fonts import load as load_fonts
from rapportbygger.load.csl_converters import Remembering
from rapportbygger.memory import FOLDER, Memory, Past
from rapportbygger.pandoc import Pandoc
from rapportbygger.schedule import files, freshness, interrupts, program, seals, tree, unchanged
from rapportbygger.schedule.document import Made, make
from rapportbygger.schedule.files import write_whole
from rapportbygger.schedule.freshness import Checked
from rapportbygger.schedule.inputs import Inventory
from rapportbygger.schedule.outcomes import Event, Listener, Outcome, Result, Written, gathered, ignore
from rapportbygger.schedule.plan import Plan, UnknownName, in_order_of_work, planned
from rapportbygger.schedule.pool import made_by_workers
from rapportbygger.schedule.starting import processes
from rapportbygger.schedule.tree import Tree
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
    scheduler: str | None = None,
    force: bool = False,
    on_event: Listener = ignore,
) -> Result:
    """Build the named reports (all, where none is named) of the project in `root`, in the named formats.

    `pdf_engine` is typst or libreoffice. `jobs` is the number of processes: 1 is this one alone, None as many as gain
    time; with any other than 1, the caller's main module must be importable (`multiprocessing`). `scheduler` is the
    address of a Dask scheduler, whose workers make the documents instead. Problems are data in the result, in the order
    of the plan; what can be built is built. What has not changed since it was built is left as it is, unless
    `force`d. Raises UnknownName.
    """
    wanted = Wanted(tuple(reports), tuple(municipalities), tuple(formats), pdf_engine, jobs, scheduler or "")
    footprint.share_one_heap()
    force = force or pdf_engine != "typst"  # nobody can say which LibreOffice it was
    files_now = tree.read(root.resolve())
    with closing(Memory(root / FOLDER)) as memory, footprint.few_collections():
        key = unchanged.key(wanted.options, files_now)
        known = None if force else unchanged.recalled(memory, key, root)
        if known is not None:
            return known
        try:
            result, outputs = _build(root, wanted, files_now, memory, force=force, on_event=on_event)
        except UnknownName:
            memory.taken()  # what is refused leaves nothing behind
            raise
        if outputs and files_now.is_untouched():
            unchanged.remember(memory, key, root, result, outputs)
    return result


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a build."""

    reports: tuple[str, ...]
    municipalities: tuple[str, ...]
    formats: tuple[str, ...]
    pdf_engine: str
    jobs: int | None
    scheduler: str

    @property
    def options(self) -> tuple[object, ...]:
        """All that its result depends on."""
        return self.reports, self.municipalities, self.formats, self.pdf_engine


def _build(
    root: Path, wanted: Wanted, files_now: Tree, memory: Memory, *, force: bool, on_event: Listener
) -> tuple[Result, tuple[str, ...]]:
    """The result, and the names (from build/) of all files that there must be then."""
    made = clock.build_date(root)
    anew = force or not (root / "build" / build_manifest.NAME).exists()  # else most charts are remembered
    by_others = anew and wanted.jobs != 1  # most likely: who have a pandoc of their own
    drawn = by_others and not wanted.scheduler and has_charts(root)
    pandoc = Pandoc(epoch=made, at_once=not by_others)
    with pandoc, ThreadPoolExecutor(max_workers=1) as side, shared(wanted=drawn) as charts:
        fonts = side.submit(load_fonts, root / "templates" / "fonts")
        on_event(Event("stage", stage="load"))
        past = Past(memory, program.key())
        sources, problems = load.sources(root, Remembering(pandoc, memory), past)
        on_event(Event("stage", stage="validate"))
        project, found = validate.project(sources, past) if sources else (None, ())
        if project is None:
            return Result(problems=(*problems, *found)), ()
        plan = planned(project, wanted.reports, wanted.municipalities)
        found = (*found, *validate.references.uncited(project, load.every_chapter(project)))
        engine = wanted.pdf_engine
        workshop = Workshop(project, pandoc, fonts.result(), side, made, lambda _stage: None, engine, memory)
        checked = freshness.checked(
            plan, Inventory(project, files_now, engine), wanted.formats, force=force, memory=memory
        )
        on_event(Event("planned", total=len(plan.jobs) - len(checked.fresh)))
        supplies = Supplies(project, wanted.formats, made, checked.dates, engine, memory, messages.language())
        hands = Hands(wanted.jobs, wanted.scheduler, checked, charts)
        outcomes, unsaid = _built(plan, workshop, supplies, hands, on_event)
    outputs = (f"{job.name}.{suffix}" for job in plan.jobs for suffix in wanted.formats or job.report.formats)
    return gathered(outcomes, (*problems, *found, *unsaid), plan.lost), tuple(outputs)


@dataclass(frozen=True, slots=True)
class Hands:
    """Who makes the documents: so many processes, or the workers of the scheduler at an address ("": none).

    `checked` says what documents are made of, for those who cannot read it themselves, `charts` where a process draws
    for them. `notes` gets what is to be said of those who make them.
    """

    processes: int | None
    scheduler: str
    checked: Checked
    charts: Callable[[], Address | None]
    notes: list[Diagnostic] = field(default_factory=list)


def _built(
    plan: Plan, workshop: Workshop, supplies: Supplies, hands: Hands, listen: Listener
) -> tuple[list[Outcome], Problems]:
    """What became of all documents, in the plan's order; whatever stops the build, what is done is kept and told."""
    project, checked = supplies.project, hands.checked
    outcomes = dict(checked.fresh)
    left = replace(plan, jobs=in_order_of_work([job for job in plan.jobs if job.name not in outcomes]))
    citations = build_manifest.citations_of(project, workshop.pandoc) if left.jobs else {}
    try:
        with closing(_made(left, workshop, supplies, hands, listen)) as documents:
            for job, document in documents:
                with interrupts.put_off():
                    outcome = outcomes[job.name] = files.write(job.name, document, project.root)
                supplies.memory.add(document.remembered)
                seals.remember(project.root / "build", outcome.written, supplies.memory)
                listen(Event("written" if outcome.whole else "failed", job.name))
    except KeyboardInterrupt:
        workshop.pandoc.kill()  # else what it is doing would be waited for
        raise
    finally:
        in_order = [outcomes[job.name] for job in plan.jobs if job.name in outcomes]
        unsaid = files.say_what_was_built(project, in_order, citations, checked.still_so())
    return in_order, (*hands.notes, *unsaid)


def _made(
    plan: Plan, workshop: Workshop, supplies: Supplies, hands: Hands, listen: Listener
) -> Generator[tuple[Job, Made], None, None]:
    """The documents as they are finished: by a cluster, by workers, or one after another in this process."""
    count = processes(hands.processes, len(plan.jobs))
    if plan.jobs and (hands.scheduler or count > 1):
        workshop.pandoc.close()  # each worker has its own
        workshop.side.shutdown()  # no thread lives through a fork
    if plan.jobs and hands.scheduler:
        from rapportbygger.schedule.dask_cluster import made_by_cluster

        yield from made_by_cluster(
            plan.jobs, supplies, hands.scheduler, hands.checked, notes=hands.notes, listen=listen
        )
        return
    if count > 1:
        yield from made_by_workers(plan.jobs, replace(supplies, charts=hands.charts()), count, listen)
        return
    workshop = replace(workshop, drawer=Drawer(hands.charts() if plan.jobs else None))
    if plan.jobs:
        workshop.pandoc.begin()
    footprint.begin_documents()
    for number, job in enumerate(plan.jobs, 1):
        listen(Event("started", job.name))
        say = partial(_tell, listen, job.name)
        yield job, make(job, replace(workshop, say=say, date=supplies.dates[job.name]), supplies.formats)
        workshop.pandoc.keep(1)  # most of the next document is known now
        if number % footprint.OFTEN == 0:
            footprint.give_back()


def _tell(listen: Listener, name: str, stage: str) -> None:
    listen(Event("stage", name, stage))
