"""What a build looks like to the person at the keyboard: progress, what was written, and what is wrong.

With rich on a terminal, in colours unless NO_COLOR is set; elsewhere plain lines of what is wrong. `cli` says where.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TextIO

from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity
from rapportbygger.messages import _, counted

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress
    from rich.table import Table

    from rapportbygger.schedule import Event, Result

MANY = 20
"""More documents than these are told of by their reports."""
REDRAWN = 0.1
"""Seconds between two pictures of the progress bar, at least: each takes some thousandths."""
COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


# ------------------------------------------------------------------------------------------------------------ progress


@contextmanager
def progress(stream: TextIO) -> Iterator[Callable[[Event], None]]:
    """What a build tells of itself, shown while it works; nothing where `stream` is not a terminal."""
    if not stream.isatty():
        from rapportbygger.schedule.outcomes import ignore

        yield ignore
        return
    with _bar(_console(stream)) as bar:
        yield _Shown(bar).show


def _bar(console: Console) -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[left]}"),
        console=console,
        transient=True,
        auto_refresh=False,  # by a thread: a process with threads cannot fork its workers
    )


class _Shown:
    """A progress bar that follows the events of a build; a document counts when it is written or has failed."""

    def __init__(self, bar: Progress) -> None:
        self.bar = bar
        self.task = bar.add_task(_("reading the project"), total=None, left="")
        self.working: dict[str, str] = {}
        self.begun, self.total, self.done, self.drawn = 0.0, 0, 0, 0.0

    def show(self, event: Event) -> None:
        if event.kind == "planned":
            self.working, self.begun, self.total = {}, monotonic(), event.total
            self.bar.update(self.task, total=event.total)
        if event.kind in ("started", "stage"):
            self.working[event.name] = event.stage
            self.bar.update(self.task, description=working_on(self.working))
        if event.kind in ("written", "failed"):
            self.working.pop(event.name, None)
            self.done += 1
            left = time_left(monotonic() - self.begun, self.done, self.total)
            self.bar.update(self.task, completed=self.done, left=left, description=working_on(self.working))
        if monotonic() - self.drawn > REDRAWN:
            self.drawn = monotonic()
            self.bar.refresh()


def working_on(stages: Mapping[str, str]) -> str:
    """What is being made now, by the stage that each document has come to."""
    if len(stages) < 2:
        return "".join(" · ".join(filter(None, (name, stage_name(stage)))) for name, stage in stages.items())
    names = sorted(stages)
    return ", ".join(names[:2]) + (f" +{len(names) - 2}" if len(names) > 2 else "")


def time_left(seconds: float, done: int, total: int) -> str:
    """How long the rest will take, where `done` documents of `total` took so many seconds."""
    left = ceil(seconds / done * (total - done)) if done else 0
    if left >= 90:
        return _("about {n} min left").format(n=round(left / 60))
    return _("about {n} s left").format(n=left) if left else ""


def stage_name(stage: str) -> str:
    """What a stage of the build does, in words."""
    return {
        "load": _("reading"),
        "validate": _("checking what was delivered"),
        "merge": _("merging data"),
        "parse": _("reading chapters"),
        "resolve": _("numbering and references"),
        "pdf": _("setting the PDF"),
        "docx": _("writing the Word file"),
    }.get(stage, stage)


# -------------------------------------------------------------------------------------------------------------- report


def report(result: Result, root: Path, stream: TextIO) -> None:
    """Show what is wrong, line by line, then how much, then (on a terminal) what was written."""
    prefix = _prefix(root)
    problems = ordered(result.problems)
    if not stream.isatty():
        stream.writelines(
            f"{line}\n" for each in problems for line in lines(each, prefix, result.documents.get(each, 1))
        )
        stream.writelines(f"{line}\n" for line in closing(problems, result.failed))
        return
    console = _console(stream)
    few, more = the_first(problems)
    for problem in few:
        _show(console, problem, lines(problem, prefix, result.documents.get(problem, 1)))
    for line in more:
        console.print(line, markup=False, highlight=False, style="dim", soft_wrap=True)
    if result.written:
        console.print(_table(result, root) if len(_documents(result)) <= MANY else _totals(result))
    for line in (*up_to_date(result.fresh), *closing(problems, result.failed)):
        console.print(line, markup=False, highlight=False, style="bold")


def fails(problems: Problems, strict: bool) -> bool:
    """Whether the problems make the build's exit code 1: errors do, under `strict` warnings too."""
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(problem.severity in failing for problem in problems)


def ordered(problems: Problems) -> Problems:
    """The problems by file, sheet and line; first those that stand nowhere."""

    def place(problem: Diagnostic) -> tuple[str, str, Location, str]:
        at = problem.location or Location("")
        return at.file, at.within, at, problem.code

    return tuple(sorted(problems, key=place))


def the_first(problems: Problems) -> tuple[list[Diagnostic], list[str]]:
    """The first of each kind of problem, and in words how many more there are."""
    kinds: dict[tuple[Severity, str], list[Diagnostic]] = {}
    for problem in problems:
        kinds.setdefault((problem.severity, problem.code), []).append(problem)
    kept = {problem for same in kinds.values() for problem in same[:MANY]}
    said = _("and {n} more like these [{code}]; the command with ` 2> problems.txt` after it writes all to a file")
    more = [said.format(n=len(same) - MANY, code=code) for (_level, code), same in kinds.items() if len(same) > MANY]
    return [problem for problem in problems if problem in kept], more


def lines(problem: Diagnostic, prefix: str = "", documents: int = 1) -> list[str]:
    """A problem as editors and CI read it: `file:line:column: error: message [code]`, and what to do on the next.

    The last says how many documents have it, where more do than one.
    """
    first = f"{_place(problem.location, prefix)}{_severity(problem)}: {problem.message} [{problem.code}]"
    shared = [_("in {n} documents").format(n=documents)] if documents > 1 else []
    return [first, *(f"  {line}" for line in (*problem.hint.splitlines(), *shared))]


def up_to_date(documents: int) -> list[str]:
    """How many documents needed not be built."""
    told = counted("{n} document up to date", "{n} documents up to date", documents).format(n=documents)
    return [told] if documents else []


def closing(problems: Problems, failed: tuple[str, ...]) -> list[str]:
    """How much is wrong, and what was not built for it. Nothing where nothing is wrong."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = sum(problem.severity is Severity.WARNING for problem in problems)
    counts = [
        counted("{n} error", "{n} errors", errors).format(n=errors) if errors else "",
        counted("{n} warning", "{n} warnings", warnings).format(n=warnings) if warnings else "",
    ]
    not_built = _("not built: {names}").format(names=_some(failed)) if failed else ""
    return [line for line in (", ".join(filter(None, counts)), not_built) if line]


def _some(names: tuple[str, ...]) -> str:
    """The names; of very many only the first, and how many more there are."""
    first, more = ", ".join(names[:MANY]), len(names) - MANY
    return first if more <= 0 else _("{names} and {n} more").format(names=first, n=more)


def size(octets: int) -> str:
    """A file's size as people write it: `84 kB`, `1,2 MB`."""
    return f"{_decimal(octets / 1e6)} MB" if octets >= 1e6 else f"{max(1, round(octets / 1e3))} kB"


def duration(seconds: float) -> str:
    """A time as people write it: `0,8 s`."""
    return f"{_decimal(seconds)} s"


def _decimal(number: float) -> str:
    # Translators: the decimal mark.
    return f"{number:.1f}".replace(".", _("."))


def _place(location: Location | None, prefix: str) -> str:
    if location is None:
        return ""
    return f"{location}: " if Path(location.file).is_absolute() else f"{prefix}{location}: "


def _severity(problem: Diagnostic) -> str:
    return {Severity.ERROR: _("error"), Severity.WARNING: _("warning"), Severity.INFO: _("note")}[problem.severity]


def _show(console: Console, problem: Diagnostic, told: list[str]) -> None:
    from rich.text import Text

    first, *hint = told
    text = Text(first)
    text.highlight_words([f"{_severity(problem)}:"], COLOURS[problem.severity])
    console.print(text, *(Text(line, style="dim") for line in hint), sep="\n", soft_wrap=True)


def _table(result: Result, root: Path) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    table.add_column(_("File"), overflow="fold")
    table.add_column(_("Size"), justify="right", no_wrap=True)
    table.add_column(_("Time"), justify="right", no_wrap=True)
    for written in result.written:
        table.add_row(_prefix(root) + _within(written.path, root), size(written.size), duration(written.seconds))
    return table


def _documents(result: Result) -> dict[str, float]:
    """The seconds that each document took that was written."""
    return {written.report: written.seconds for written in result.written}


def totals(result: Result) -> list[tuple[str, int, int, int, float]]:
    """Each report with how many documents were written, how many were not, and their files' size and their time."""
    documents = _documents(result)
    names = [*documents, *result.failed]
    out = []
    for report in dict.fromkeys(name.split("/")[0] for name in names):
        own = {name: seconds for name, seconds in documents.items() if name.split("/")[0] == report}
        failed = [name for name in result.failed if name.split("/")[0] == report]
        octets = sum(written.size for written in result.written if written.report in own)
        out.append((report, len(own.keys() - set(failed)), len(failed), octets, sum(own.values())))
    return out


def _totals(result: Result) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, caption=_("every file: build/manifest.json"), caption_justify="left")
    table.add_column(_("Reports"), overflow="fold")
    for heading in (_("Built"), _("Not built"), _("Size"), _("Time")):
        table.add_column(heading, justify="right", no_wrap=True)
    for report, built, failed, octets, seconds in totals(result):
        table.add_row(report, str(built), str(failed), size(octets), duration(seconds))
    return table


def _within(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _prefix(root: Path) -> str:
    """What stands before a path in the project, so that it can be opened from the folder one stands in."""
    try:
        relative = Path(os.path.relpath(root)).as_posix()
    except ValueError:  # Windows: another drive
        relative = root.as_posix()
    return "" if relative == "." else f"{relative}/"


def _console(stream: TextIO) -> Console:
    from rich.console import Console

    return Console(file=stream)
