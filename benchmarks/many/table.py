"""What was measured of many reports, as a table in Markdown."""

from __future__ import annotations

import math
import os
import platform
import re
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks.many.processes import Memory, Used

BEGIN, END = "<!-- many_reports.py -->", "<!-- end of many_reports.py -->"
WALL, CPU = 0, 1

Told = Callable[["Measured"], str]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Builds of a project that is built: seconds of each run, and the names of the files that were written."""

    seconds: tuple[float, ...]
    written: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of one count: the loop's time for one local report and for the final one, ours for all."""

    count: int
    loop: tuple[Used, ...]
    drawing: Used | None
    loop_final: Used
    ours: tuple[Used, ...]
    memory: Memory
    started: Rebuilt
    unchanged: Rebuilt
    one_changed: Rebuilt

    def theirs(self, *, drawing: bool) -> tuple[float, float]:
        """Wall and processor seconds of the loop for all that ours makes; `drawing`: the charts too."""
        wall, cpu = (statistics.median(values) for values in zip(*map(_both, self.loop), strict=True))
        drawn_wall, drawn_cpu = _drawing(self) if drawing else (0.0, 0.0)
        final_wall, final_cpu = _both(self.loop_final)
        return (wall + drawn_wall) * self.count + final_wall, (cpu + drawn_cpu) * self.count + final_cpu

    def ratio(self, which: int, *, drawing: bool = False) -> float:
        """Ours by theirs: wall (0) or processor time (1)."""
        return self.mine[which] / self.theirs(drawing=drawing)[which]

    @property
    def mine(self) -> tuple[float, float]:
        wall, cpu = (statistics.median(values) for values in zip(*map(_both, self.ours), strict=True))
        return wall, cpu


def _both(used: Used) -> tuple[float, float]:
    return used.wall, float("nan") if used.cpu is None else used.cpu


def machine(jobs: int) -> str:
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = re.findall(r"model name\s*: (.*)", info.read_text(encoding="utf-8"))
        cpu = names[0] if names else cpu
    packages = ", ".join(f"{name} {version(name)}" for name in ("rapportbygger", "typst", "pypandoc_binary", "docxtpl"))
    load = f", load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    python = f"Python {platform.python_version()}"
    return f"{os.cpu_count()} cores ({cpu}), {platform.system()}, {python}, {packages}; {jobs} processes at once{load}."


def table(rows: Sequence[Measured], beside: Used | None, jobs: int) -> Iterator[str]:
    """The machine, a column for each count, and docxtpl with LibreOffice."""
    yield machine(jobs)
    yield ""
    yield f"| | {' | '.join(f'{row.count} municipalities' for row in rows)} |"
    yield f"| --- |{' --- |' * len(rows)}"
    drawn = all(row.drawing for row in rows)
    for name, told in (*_times("processor", CPU, drawn), *_times("wall", WALL, drawn), *_others()):
        yield f"| {name} | {' | '.join(map(told, rows))} |"
    if beside is not None:
        yield ""
        yield f"docxtpl and LibreOffice: {beside.wall:.2f} s a report, processor {_number(_both(beside)[CPU])} s."


def _times(time: str, which: int, drawn: bool) -> Iterator[tuple[str, Told]]:
    yield f"loop of pandoc and Typst, {time} s a report", lambda row: _spread([_both(each)[which] for each in row.loop])
    if drawn:
        yield f"its chart drawn by a new process, {time} s", lambda row: _number(_drawing(row)[which])
    yield f"ours, {time} s a report, all included", lambda row: _number(row.mine[which] / row.count, 3)
    yield f"**{time} time, ours / loop**", lambda row: f"**{_number(row.ratio(which))}**"
    if drawn:
        with_charts: Told = lambda row: f"**{_number(row.ratio(which, drawing=True))}**"  # noqa: E731
        yield f"**{time} time, ours / loop that draws its charts**", with_charts


def _others() -> Iterator[tuple[str, Told]]:
    yield "ours, wall s in all", lambda row: _number(row.mine[WALL], 1)
    yield "most that a worker held with its pandoc, MB", lambda row: _number(row.memory.peak, 0)
    yield "the same in the first and the last fifth, MB", lambda row: _growth(row.memory)
    yield "most that all processes held together, MB", lambda row: _number(row.memory.peak_of_all, 0)
    yield "start-up (`--version`), s", lambda row: _spread(row.started.seconds)
    yield "nothing changed, s", lambda row: _spread(row.unchanged.seconds)
    yield "one municipality changed, s", lambda row: _spread(row.one_changed.seconds)
    yield "files written then", lambda row: ", ".join(row.one_changed.written)


def _drawing(row: Measured) -> tuple[float, float]:
    return _both(row.drawing) if row.drawing else (0.0, 0.0)


def _number(value: float | None, digits: int = 2) -> str:
    return "not known" if value is None or math.isnan(value) else f"{value:.{digits}f}"


def _spread(values: Sequence[float]) -> str:
    """The median, and between which they are."""
    middle = _number(statistics.median(values))
    return f"{middle} ({_number(min(values))}–{_number(max(values))})" if len(values) > 1 else middle


def _growth(memory: Memory) -> str:
    growth = memory.growth()
    return "not known" if growth is None else " → ".join(f"{each:.0f}" for each in growth)


def written_into(text: str, lines: Sequence[str]) -> str:
    """The text with these lines between the two marks."""
    if BEGIN not in text or END not in text:
        raise SystemExit(f"there is no {BEGIN} with {END} to put the table between")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return "\n".join([f"{before}{BEGIN}", *lines, f"{END}{after}"])
