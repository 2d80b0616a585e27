"""Commands run and measured: wall and processor time with all their children, and the memory of each worker by time.

Processor time is what the operating system has counted for processes that have ended (POSIX getrusage, RUSAGE_CHILDREN:
seconds, user and system). Memory is what /proc says while they run, of each child of the command together with its own
children: the proportional share of what is resident (PSS: a page that two processes have counts half in each). Where
there is no getrusage or no /proc, it is missing.
"""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

PROC = Path("/proc")
BETWEEN_SAMPLES = 0.5


@dataclass(frozen=True, slots=True)
class Used:
    """Seconds; `cpu` is None where the operating system does not tell."""

    wall: float
    cpu: float | None

    def per(self, count: int) -> Used:
        return Used(self.wall / count, None if self.cpu is None else self.cpu / count)


@dataclass(frozen=True, slots=True)
class Sample:
    """Seconds from the start, and the megabytes (10^6 bytes) of the command itself and of each of its workers."""

    at: float
    parent: float
    workers: tuple[float, ...]


@dataclass(slots=True)
class Memory:
    """What was sampled of a command's memory."""

    samples: list[Sample] = field(default_factory=list)

    @property
    def peak(self) -> float | None:
        """The most that a worker held, with its children; of the command itself, where it has no workers."""
        return max((max(each.workers, default=each.parent) for each in self.samples), default=None)

    @property
    def peak_of_all(self) -> float | None:
        """The most that the command held with all its children."""
        return max((each.parent + sum(each.workers) for each in self.samples), default=None)

    def growth(self) -> tuple[float, float] | None:
        """The most that a worker held in the first and in the last fifth of the time in which there were workers."""
        told = [each for each in self.samples if each.workers]
        if len(told) < 10:
            return None
        fifth = len(told) // 5
        first, last = told[:fifth], told[-fifth:]
        return max(max(each.workers) for each in first), max(max(each.workers) for each in last)


def measured(run: Callable[[], object]) -> Used:
    """What a function uses that runs commands and waits for them."""
    before, start = cpu_of_children(), time.perf_counter()
    run()
    wall, after = time.perf_counter() - start, cpu_of_children()
    return Used(wall, None if before is None or after is None else after - before)


def cpu_of_children() -> float | None:
    """Processor seconds of all children that have ended and been waited for, and of theirs; None on Windows."""
    try:
        import resource
    except ImportError:
        return None
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def watched(command: Sequence[str], cwd: Path | None = None) -> tuple[Used, Memory, subprocess.CompletedProcess[str]]:
    """A command run to its end, with its memory sampled meanwhile."""
    memory, done = Memory(), threading.Event()
    out: list[subprocess.CompletedProcess[str]] = []

    def run() -> None:
        with subprocess.Popen(
            command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
        ) as process:
            sampler = threading.Thread(target=_sample, args=(process.pid, memory, done))
            sampler.start()
            said, _ = process.communicate()
            done.set()
            sampler.join()
            out.append(subprocess.CompletedProcess(command, process.returncode, said))

    return measured(run), memory, out[0]


def at_once(jobs: int, tasks: Sequence[Callable[[], object]]) -> None:
    """Run the tasks, so many at once, each in its turn."""
    with ThreadPoolExecutor(jobs) as pool:
        for done in [pool.submit(task) for task in tasks]:
            done.result()


def run(command: Sequence[str], cwd: Path) -> None:
    """Run a command that must succeed."""
    done = subprocess.run(command, cwd=cwd, check=False, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def _sample(pid: int, memory: Memory, done: threading.Event) -> None:
    start = time.perf_counter()
    while (PROC / "self").exists() and not done.wait(BETWEEN_SAMPLES):
        workers = tuple(_megabytes_with_children(child) for child in _children(pid))
        memory.samples.append(Sample(time.perf_counter() - start, _megabytes(pid), workers))


def _megabytes_with_children(pid: int) -> float:
    return _megabytes(pid) + sum(_megabytes_with_children(child) for child in _children(pid))


def _megabytes(pid: int) -> float:
    """A process's proportional share of memory (Linux, proc_pid_smaps(5): Pss in kB)."""
    try:
        text = (PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii")
    except OSError:  # it has ended
        return 0.0
    return next((int(line.split()[1]) * 1024 / 1e6 for line in text.splitlines() if line.startswith("Pss:")), 0.0)


def _children(pid: int) -> Iterator[int]:
    for task in (PROC / str(pid) / "task").glob("*/children"):
        try:
            yield from map(int, task.read_text(encoding="ascii").split())
        except OSError:  # it has ended
            continue
