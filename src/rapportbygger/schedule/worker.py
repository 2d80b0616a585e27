"""A worker process: it makes one document after another with a pandoc and a memory of its own, and hands back bytes.

What all documents need comes once, as `Supplies`; then come the names of documents, through a pipe. Nothing
is written but into the worker's own folder for temporary files, and into one for what it has made, which whoever
started it removes.
"""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from rapportbygger import footprint, messages
from rapportbygger.build import Job, Workshop
from rapportbygger.charts.service import Address, Drawer
from rapportbygger.fonts import load as load_fonts
from rapportbygger.memory import Memory
from rapportbygger.model import Project
from rapportbygger.pandoc import Pandoc
from rapportbygger.schedule.document import Made, make
from rapportbygger.schedule.laid import laid
from rapportbygger.schedule.plan import planned

MEMORY_LIMIT = 256 * 2**20
"""Bytes that a worker may hold, its pandoc not counted, before another takes its place."""
_AT_MOST = 500
"""Documents after which another takes its place in any case."""


@dataclass(frozen=True, slots=True)
class Supplies:
    """What all documents of a build need, valid and complete: a worker checks nothing once more.

    `date` is the build's, `dates` are those of its documents by name. `charts` is where a process draws for all
    workers; without one, each starts its own. `between` is the folder for files that are made, None where they are
    sent; `told`: whether anybody wants to know how far a worker is.
    """

    project: Project
    formats: tuple[str, ...]
    date: int
    dates: Mapping[str, int]
    pdf_engine: str
    memory: Memory
    language: str
    charts: Address | None = None
    between: Path | None = None
    told: bool = False


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker waits for its first document."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The worker's document has come to a stage."""

    name: str


@dataclass(frozen=True, slots=True)
class Last:
    """The worker ends after this document: it holds too much memory, or has made very many."""


def work(pipe: Connection, supplies: Callable[[], Supplies], scratch: Path) -> None:
    """Make the documents whose names come through the pipe until it is closed, and send each back as `Made`."""
    settle(scratch)
    with suppress(EOFError, OSError):  # the pipe ends where nobody waits any longer
        given = supplies()
        serve(given, iter(pipe.recv, None), partial(_send, pipe, given.between))


def _send(pipe: Connection, between: Path | None, message: object) -> None:
    if between and isinstance(message, Made):
        with suppress(OSError):  # a full disk, say: then the parent gets the bytes, and tells what is wrong
            message = replace(message, laid=laid(message.files, between), files={})
    pipe.send(message)


def settle(scratch: Path) -> None:
    """Make this process one that builds documents and nothing else, with `scratch` for temporary files."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends Ctrl-C to all: whoever started us stops us
    if hasattr(signal, "pthread_sigmask"):  # not on Windows
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # one that was forked would hear it as its parent does
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    os.environ["RAYON_NUM_THREADS"] = "1"  # Typst reads it when it is imported: the cores are shared by the workers
    footprint.share_one_heap()
    footprint.collect_seldom()
    tempfile.tempdir = str(scratch)
    os.environ |= dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(scratch))  # for pandoc


def serve(supplies: Supplies, names: Iterable[str], send: Callable[[object], None]) -> None:
    """Make the named documents until no more are asked for, or enough are made, and send each as `Made`."""
    messages.use(supplies.language)
    project, date = supplies.project, supplies.date
    pandoc, side = Pandoc(processes=1, epoch=date, at_once=False), ThreadPoolExecutor(max_workers=1)
    _end_at_once_when_told(pandoc)
    with pandoc, side, closing(supplies.memory) as memory:
        fonts = load_fonts(project.root / "templates" / "fonts")
        drawer = Drawer(supplies.charts)
        say = partial(_tell, send) if supplies.told else _keep_silent
        workshop = Workshop(project, pandoc, fonts, side, date, say, supplies.pdf_engine, memory, drawer)
        jobs = {job.name: job for job in planned(project).jobs}
        after = partial(_holds_too_much, local=any(job.municipality for job in jobs.values()))
        footprint.begin_documents()
        send(Ready())
        for count, name in enumerate(names, 1):
            made = make(jobs[name], replace(workshop, date=supplies.dates.get(name, date)), supplies.formats)
            last = count == _AT_MOST or after(count, jobs[name])
            if last:
                send(Last())
            send(replace(made, remembered=memory.taken()))
            if last:
                return


def _holds_too_much(count: int, job: Job, *, local: bool) -> bool:
    """Whether another worker should take this one's place, after so many documents, of which this was the last.

    What a document of all municipalities leaves is much, and of no use for those of each (`local`: there are such).
    """
    is_large = local and job.municipality is None
    if not is_large and count % footprint.OFTEN:
        return False
    footprint.give_back()
    return footprint.held() > MEMORY_LIMIT


def _tell(send: Callable[[object], None], stage: str) -> None:
    send(Stage(stage))


def _keep_silent(_stage: str) -> None:
    """Stages are told only where somebody listens: each message wakes the parent, for longer than many a stage."""


def _end_at_once_when_told(pandoc: Pandoc) -> None:
    """Where SIGTERM ends a process politely (not on Windows), pandoc ends with it, whatever it is doing."""
    signal.signal(signal.SIGTERM, partial(_end, pandoc))


def _end(pandoc: Pandoc, *_signal: object) -> None:
    pandoc.kill()
    os._exit(1)
