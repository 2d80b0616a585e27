"""How many worker processes there are, and how each is started: forked where that is safe, else anew.

A worker that is forked has at once what its parent has: all that is imported, and the project. That takes hundredths of
a second where a new Python takes half of one. But of a process that is forked only the thread goes on that forks, and
what other threads (Typst's own, say) were about to do is never done: so only a process without any other is forked. On
macOS the system's own libraries do not live through a fork, and Windows has none.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import sleep
from typing import TypeAlias

from rapportbygger.schedule.interrupts import SIGNALS
from rapportbygger.schedule.worker import Supplies

Work: TypeAlias = Callable[[Connection, Callable[[], Supplies], Path], None]
"""What a worker does: `worker.work`."""

FORKS = sys.platform == "linux"
"""Whether workers are forked where nothing keeps them from it."""
WORTH_A_WORKER = 1 if FORKS else 5
"""Documents that a worker must have to make, for its start not to cost more time than it saves (0.5 to 0.9 s, anew)."""
_NEEDED = ("babel.dates", "babel.numbers", "docxtpl", "rapportbygger.merge.sandbox")
"""What every document imports where it is used, without Typst, which would start threads."""
_WINDOWS_LIMIT = 30
"""Windows waits for 63 things at most, which are two of each worker."""


def processes(wanted: int | None, documents: int) -> int:
    """How many processes to build with: as many as wanted, else as many as there are cores and it gains time."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    fitting = min(cores, documents // WORTH_A_WORKER) if wanted is None else min(wanted, documents)
    return max(1, min(fitting, _WINDOWS_LIMIT) if sys.platform == "win32" else fitting)


class Starter:
    """Starts workers, which all get the same supplies. `folder` is for what is not handed over in memory."""

    def __init__(self, supplies: Supplies, folder: Path) -> None:
        self._supplies, self._folder = supplies, folder

    def started(self, work: Work, scratch: Path, others: Sequence[Connection]) -> tuple[BaseProcess, Connection]:
        """A new worker and the pipe to it, with `scratch` for its temporary files.

        `others` are the pipes to the workers that there are already, of which it is to know nothing.
        """
        forked = FORKS and _is_alone()
        if forked:
            for name in _NEEDED:  # once, and not in every worker
                import_module(name)
        context = get_context("fork") if forked else get_context("spawn")
        ours, theirs = context.Pipe()
        hand_over = partial(_forked, (*others, ours), work) if forked else work
        process = context.Process(target=hand_over, args=(theirs, self._handed(forked=forked), scratch), daemon=True)
        with _no_interruption(forked=forked):
            process.start()
        theirs.close()
        return process, ours

    def _handed(self, *, forked: bool) -> Callable[[], Supplies]:
        """What gives a worker its supplies, in its own process."""
        if forked:
            self._supplies.memory.close()  # SQLite's files are not to be open through a fork
            return partial(_with_own_memory, self._supplies)
        file = self._folder / "supplies"
        if not file.exists():
            file.write_bytes(pickle.dumps(self._supplies))
        return partial(_read, file)


def _is_alone() -> bool:
    """Whether this process has no thread but this one, Python's or another's (Linux).

    A thread that has ended is still listed for a moment, longer where all cores are busy.
    """
    for _look in range(10):
        try:
            if len(list(Path("/proc/self/task").iterdir())) == 1:
                return True
        except OSError:
            return False
        sleep(0.003)
    return False


def _forked(
    inherited: Iterable[Connection], work: Work, pipe: Connection, supplies: Callable[[], Supplies], scratch: Path
) -> None:
    """A forked worker's work, without the pipes of its parent: else no worker would hear that the parent has gone."""
    for each in inherited:
        each.close()
    work(pipe, supplies, scratch)


def _with_own_memory(supplies: Supplies) -> Supplies:
    return replace(supplies, memory=copy(supplies.memory))


def _read(file: Path) -> Supplies:
    supplies: Supplies = pickle.loads(file.read_bytes())
    return supplies


@contextmanager
def _no_interruption(*, forked: bool) -> Iterator[None]:
    """Ctrl-C and SIGTERM wait; a process that is started now gets neither before it lets SIGTERM through itself."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    if not forked:
        from multiprocessing import resource_tracker

        resource_tracker.ensure_running()  # else it is started within, and lets Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
