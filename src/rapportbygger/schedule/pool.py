"""Worker processes that make a build's documents between them, whatever becomes of one of them.

Each has a pipe of its own: one that dies is seen at once, and takes nothing with it but the document it had, which
another worker gets.
"""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Any

from rapportbygger.build import Job
from rapportbygger.diagnostics import Diagnostic
from rapportbygger.memory import FOLDER
from rapportbygger.messages import _
from rapportbygger.schedule.document import Made
from rapportbygger.schedule.laid import between
from rapportbygger.schedule.outcomes import Event, Listener, ignore
from rapportbygger.schedule.plan import Kind, kind
from rapportbygger.schedule.starting import Starter
from rapportbygger.schedule.waiting import Waiting
from rapportbygger.schedule.worker import Last, Ready, Stage, Supplies, work

DEATHS = 2
"""How many workers may die of one document."""
FALSE_STARTS = 3
"""How many workers in a row may die before they are ready."""
_PATIENCE, _SOON = 5.0, 0.25


def made_by_workers(
    jobs: Sequence[Job], supplies: Supplies, count: int, listen: Listener
) -> Iterator[tuple[Job, Made]]:
    """Every document as `count` workers finish it. Closing the iterator, or any exception, stops them at once."""
    scratch = TemporaryDirectory(prefix="rapportbygger-", ignore_cleanup_errors=True)
    with scratch as name, between(supplies.project.root / FOLDER) as folder:
        supplies = replace(supplies, between=folder, told=listen is not ignore)
        crew = _Crew(jobs, supplies, count, Path(name), listen)
        try:
            yield from crew.made()
            crew.dismiss()
        except BaseException:
            crew.stop()
            raise


class _Worker:
    """A worker process as its parent sees it: what it makes, and whether it can be given more."""

    def __init__(self, starter: Starter, scratch: Path, others: Iterable[_Worker]) -> None:
        scratch.mkdir()
        self.scratch = scratch
        self.job: Job | None = None
        self.kind: Kind | None = None
        self.was_ready = self.is_free = self.is_gone = self.is_last = self.is_ended = False
        self.process: BaseProcess
        self.pipe: Connection
        self.process, self.pipe = starter.started(work, scratch, [other.pipe for other in others])

    def messages(self) -> Iterator[Any]:
        """What it has sent; after the last of a worker that is gone, `is_gone`."""
        try:
            while not self.pipe.closed and self.pipe.poll():
                yield self.pipe.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            self.is_gone = True

    def give(self, job: Job) -> None:
        """Let it make a document; where it has just died, that is seen later."""
        self.job, self.kind, self.is_free = job, kind(job), False
        with suppress(OSError):
            self.pipe.send(job.name)

    def tell_to_end(self) -> None:
        """Let it end at once, whatever it is doing."""
        if not self.is_ended:
            self.process.terminate()

    def end(self, patience: float) -> None:
        """Wait for its end so many seconds, then end it."""
        if self.is_ended:
            return
        self.pipe.close()
        self.process.join(patience)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.is_ended = True
        rmtree(self.scratch, ignore_errors=True)


class _Crew:
    """The workers of a build, and the documents that they have still to make."""

    def __init__(self, jobs: Sequence[Job], supplies: Supplies, count: int, folder: Path, listen: Listener) -> None:
        self.waiting, self.count, self.folder, self.listen = Waiting(jobs), count, folder, listen
        self.starter = Starter(supplies, folder)
        self.workers: list[_Worker] = []
        self.leaving: list[_Worker] = []
        self.deaths: Counter[str] = Counter()
        self.started = self.false_starts = 0

    def made(self) -> Iterator[tuple[Job, Made]]:
        """Every document, in the order in which they are finished."""
        while self.waiting or any(worker.job for worker in self.workers):
            if self.false_starts >= FALSE_STARTS and not self.workers:
                yield from ((job, _not_begun(job)) for job in self._all_waiting())
                continue
            self._staff()
            if not wait([each for worker in self.workers for each in (worker.pipe, worker.process.sentinel)], _SOON):
                self.listen(Event("waiting"))
            for worker in tuple(self.workers):
                yield from self._heard(worker)
            self._hand_out()

    def dismiss(self) -> None:
        """Wait for the end of all workers, which have nothing more to do."""
        self._hand_out()
        for worker in (*self.leaving, *self.workers):
            worker.end(_PATIENCE)

    def stop(self) -> None:
        """End all workers at once."""
        for worker in (*self.leaving, *self.workers):
            worker.tell_to_end()
        for worker in (*self.leaving, *self.workers):
            worker.end(0.5)

    def _staff(self) -> None:
        """Start as many workers as are missing, and no more than there is work for."""
        busy = sum(worker.job is not None for worker in self.workers)
        missing = min(self.count, busy + len(self.waiting)) - len(self.workers)
        if self.false_starts < FALSE_STARTS:
            for _missing in range(missing):
                self.started += 1
                self.workers.append(_Worker(self.starter, self.folder / str(self.started), self.workers))

    def _hand_out(self) -> None:
        """A document for everyone who has none; who gets none may go, and ends while others are at work."""
        for worker in [each for each in self.workers if each.is_free]:
            if self.waiting:
                at_work = [other.kind for other in self.workers if other.kind and other.job]
                job = self.waiting.taken(worker.kind, at_work)
                self.listen(Event("started", job.name))
                worker.give(job)
            else:
                worker.pipe.close()
                self.workers.remove(worker)
                self.leaving.append(worker)

    def _heard(self, worker: _Worker) -> Iterator[tuple[Job, Made]]:
        """What a worker has to say is listened to; the document that it has made, if it has."""
        is_dead = not worker.process.is_alive()  # asked first: what it said before is still in the pipe
        for message in worker.messages():
            if isinstance(message, Made) and worker.job:
                job, worker.job = worker.job, None
                worker.is_free = not worker.is_last
                self._hand_out()  # it works on while this document is written
                yield job, message
            elif isinstance(message, Stage) and worker.job:
                self.listen(Event("stage", worker.job.name, message.name))
            elif isinstance(message, Ready):
                worker.was_ready = worker.is_free = True
                self.false_starts = 0
            elif isinstance(message, Last):
                worker.is_last = True
        if (is_dead or worker.is_gone) and worker not in self.leaving:
            yield from self._buried(worker)

    def _buried(self, worker: _Worker) -> Iterator[tuple[Job, Made]]:
        """A worker that is gone; the document it had is for another, unless too many have died of it."""
        self.workers.remove(worker)
        worker.end(_PATIENCE)
        self.false_starts += not worker.was_ready
        if worker.job is None:
            return
        self.deaths[worker.job.name] += 1
        if self.deaths[worker.job.name] < DEATHS:
            self.waiting.put(worker.job)
        else:
            yield worker.job, deadly(worker.job)

    def _all_waiting(self) -> Iterator[Job]:
        while self.waiting:
            yield self.waiting.taken()


def deadly(job: Job) -> Made:
    """What is told of a document of which too many processes have died."""
    message = _("the process that made {name} died, and so did another").format(name=job.name)
    hint = _("it may need more memory than there is: build it alone, with `--jobs 1`")
    return Made(problems=(Diagnostic("worker-died", message, hint=hint),))


def _not_begun(job: Job) -> Made:
    message = _("no process could be started to make {name}").format(name=job.name)
    return Made(problems=(Diagnostic("no-worker", message, hint=_("build with `--jobs 1`")),))
