"""A Dask cluster that makes a build's documents, as `pool` has them made by processes of this machine.

Each document is a task for one certain worker, which gets another when that one has died: so this module knows who
died of what, and a document is never made by more workers than `pool` would let make it. A task is bytes and gives
bytes, which neither the scheduler nor Dask itself can read: only clients and workers have rapportbygger.
"""

from __future__ import annotations

import logging
import pickle
import socket
import warnings
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import uuid4

from rapportbygger.build import Job
from rapportbygger.diagnostics import Diagnostic, Severity
from rapportbygger.memory import Memory
from rapportbygger.messages import _
from rapportbygger.schedule import dask_host
from rapportbygger.schedule.dask_host import Death
from rapportbygger.schedule.dask_lookout import Lookout, Lost, Seen
from rapportbygger.schedule.detached import Order
from rapportbygger.schedule.document import Made
from rapportbygger.schedule.freshness import Checked
from rapportbygger.schedule.outcomes import Event, Listener
from rapportbygger.schedule.parcel import Luggage, Parcel, prepared
from rapportbygger.schedule.pool import DEATHS, FALSE_STARTS, deadly
from rapportbygger.schedule.worker import Supplies

if TYPE_CHECKING:
    from distributed import Client, Future

CONNECTING = 5.0
"""Seconds within which the scheduler must answer."""
PATIENCE, PATIENCE_WITH_OTHERS = 30.0, 3.0
"""Seconds that a build waits for workers where there are none, and where there are only such as cannot be used."""
_GOODBYE = 2.0
_LOGS = ("distributed", "distributed.client", "distributed.core", "distributed.comm", "distributed.batched")


def made_by_cluster(
    jobs: Sequence[Job],
    supplies: Supplies,
    address: str,
    checked: Checked,
    *,
    notes: list[Diagnostic],
    listen: Listener,
) -> Iterator[tuple[Job, Made]]:
    """Every document as the workers of the scheduler at `address` (tcp://host:port) finish it.

    What is to be said of the cluster itself is put into `notes`. Closing the iterator, or any exception, cancels all.
    """
    try:
        client = _client(address)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield from ((job, _unreachable(address, reason)) for job in jobs)
        return
    needed = {job.name: checked.made_of[job.name] for job in jobs}
    parcel, luggage = prepared(replace(supplies, memory=Memory()), checked.files, supplies.project.root, needed)
    cluster = _Cluster(jobs, client, parcel, luggage, listen)
    try:
        yield from cluster.made()
        notes += (_left_out(worker, why) for worker, why in cluster.refused.items())
    finally:
        cluster.close()


def _client(address: str) -> Client:
    """A client of the scheduler. Raises OSError and ValueError, after a short time."""
    from distributed import Client

    for name in _LOGS:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is told by us
    at = urlsplit(address)
    socket.create_connection((at.hostname, at.port), CONNECTING).close()  # Dask would try again and again
    with warnings.catch_warnings(action="ignore"):  # about versions of packages that make no documents
        return Client(address, timeout=CONNECTING, set_as_default=False)


def _unreachable(address: str, reason: str) -> Made:
    message = _("the scheduler «{address}» cannot be reached: {reason}").format(address=address, reason=reason)
    hint = _("start one with `dask scheduler`, and give the address that it says; or build without `--scheduler`")
    return Made(problems=(Diagnostic("no-scheduler", message, hint=hint),))


def _left_out(worker: str, why: str) -> Diagnostic:
    message = _("the worker {worker} was not used: {reason}").format(worker=worker, reason=why)
    hint = _("documents could become others there: install there what is here")
    return Diagnostic("other-worker", message, hint=hint, severity=Severity.WARNING)


@dataclass(frozen=True, slots=True)
class _Task:
    """A document that a worker has been asked for."""

    job: Job
    worker: str
    future: Future


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of a task: bytes, or an exception."""

    key: str
    given: Any


class _Cluster:
    """The workers of a cluster, and the documents that they have still to make."""

    def __init__(self, jobs: Sequence[Job], client: Client, parcel: Parcel, luggage: Luggage, listen: Listener) -> None:
        self.waiting, self.client, self.parcel, self.luggage, self.listen = deque(jobs), client, parcel, luggage, listen
        self.inbox: SimpleQueue[Any] = SimpleQueue()
        self.tasks: dict[str, _Task] = {}
        self.threads: Mapping[str, int] = {}
        self.refused: Mapping[str, str] = {}
        self.deaths: Counter[str] = Counter()
        self.false_starts: Counter[str] = Counter()
        self.last_seen = monotonic()
        self.lookout = Lookout(client, parcel, self.inbox)

    def made(self) -> Iterator[tuple[Job, Made]]:
        """Every document, in the order in which they are finished."""
        while self.waiting or self.tasks:
            message = self._heard()
            if isinstance(message, Lost):
                yield from self._given_up(_("the scheduler does not answer any longer: {reason}"), message.reason)
            elif isinstance(message, Seen):
                yield from self._looked(message)
            elif isinstance(message, _Answer) and message.key in self.tasks:
                yield from self._answered(self.tasks.pop(message.key), message.given)
            yield from self._left_alone()
            self._hand_out()

    def _left_alone(self) -> Iterator[tuple[Job, Made]]:
        """Where nobody can make the documents for some time, they are left."""
        if self.threads or self.tasks:
            self.last_seen = monotonic()
        elif monotonic() - self.last_seen > (PATIENCE_WITH_OTHERS if self.refused else PATIENCE):
            why = "; ".join(f"{worker}: {fault}" for worker, fault in self.refused.items())
            self.refused = {}
            yield from self._given_up(_("the scheduler has no workers that can be used: {reason}"), why or _("none"))

    def close(self) -> None:
        """Cancel what is not finished, and let the workers leave the build."""
        with suppress(Exception):  # the scheduler may be gone
            self.client.cancel([task.future for task in self.tasks.values()], force=True)
        self.lookout.close(_GOODBYE)
        with suppress(Exception):
            self.client.close(timeout=_GOODBYE)

    def _heard(self) -> Any:
        try:
            return self.inbox.get(timeout=1.0)  # Ctrl-C is heard between two of them, also on Windows
        except Empty:
            return None

    # ---------------------------------------------------------------------------------------------------------- workers

    def _looked(self, seen: Seen) -> Iterator[tuple[Job, Made]]:
        """New workers get documents; those of a worker that is gone are for others."""
        usable = {at: number for at, number in seen.threads.items() if self.false_starts[at] < FALSE_STARTS}
        gone = self.threads.keys() - usable.keys()
        before, self.threads = self.threads, usable
        unstarted = {at: _("no process could be started there") for at in seen.threads.keys() - usable.keys()}
        self.refused = {**seen.refused, **unstarted}
        for worker in gone:
            tasks = [task for task in self.tasks.values() if task.worker == worker]
            for number, task in enumerate(tasks):
                del self.tasks[task.future.key]
                task.future.cancel(force=True)
                yield from self._lost(task.job, has_begun=number < before[worker])

    def _hand_out(self) -> None:
        """Give each worker as many documents as it has threads, and one more while there are many: none has to wait."""
        ahead = int(len(self.waiting) > sum(self.threads.values()))
        busy = Counter(task.worker for task in self.tasks.values())
        for worker, number in self.threads.items():
            for _free in range(min(number + ahead - busy[worker], len(self.waiting))):
                self._give(self.waiting.popleft(), worker)

    def _give(self, job: Job, worker: str) -> None:
        self.listen(Event("started", job.name))
        task = pickle.dumps(_Call(self.parcel.key, Order(job.name, self.luggage.of(job.name))))
        key = f"rapportbygger-{uuid4().hex}"
        future = self.client.submit(pickle.loads, task, key=key, workers=[worker], pure=False, retries=0)
        self.tasks[key] = _Task(job, worker, future)
        future.add_done_callback(self._fetch)

    def _fetch(self, future: Future) -> None:
        """In Dask's own thread: what a finished task has given."""
        try:
            given = future.result()
        except BaseException as error:  # whatever it is: Dask makes of some that nothing but Exception is
            given = error
        self.inbox.put(_Answer(future.key, given))

    # ---------------------------------------------------------------------------------------------------------- answers

    def _answered(self, task: _Task, given: Any) -> Iterator[tuple[Job, Made]]:
        answer = pickle.loads(given) if isinstance(given, bytes) else None
        if isinstance(answer, Made):
            self.false_starts[task.worker] = 0
            yield task.job, answer
            return
        has_begun = not isinstance(answer, Death) or answer.was_ready
        self.false_starts[task.worker] += not has_begun
        yield from self._lost(task.job, has_begun=has_begun)

    def _lost(self, job: Job, *, has_begun: bool) -> Iterator[tuple[Job, Made]]:
        """A document that was not made is for another worker, unless too many have died of it."""
        self.deaths[job.name] += has_begun
        if self.deaths[job.name] < DEATHS:
            self.waiting.append(job)
        else:
            yield job, deadly(job)

    def _given_up(self, message: str, reason: str) -> Iterator[tuple[Job, Made]]:
        """What is not made is left."""
        problem = Diagnostic("no-worker", message.format(reason=reason), hint=_("build with `--jobs`, on this machine"))
        left = [*(task.job for task in self.tasks.values()), *self.waiting]
        self.tasks.clear()
        self.waiting.clear()
        yield from ((job, Made(problems=(problem,))) for job in left)


@dataclass(frozen=True, slots=True)
class _Call:
    """A task: what is loaded from its pickle is what `dask_host.make` gives, where it is loaded."""

    key: str
    order: Order

    def __reduce__(self) -> tuple[Any, tuple[str, Order]]:
        return dask_host.make, (self.key, self.order)
