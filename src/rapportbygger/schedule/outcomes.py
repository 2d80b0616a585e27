"""What a build tells of itself while it works, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rapportbygger.diagnostics import Diagnostic, Problems


@dataclass(frozen=True, slots=True)
class Event:
    """How far the build is. `kind`: planned (with `total`), started, stage, written, failed, waiting (it goes on)."""

    kind: str
    name: str = ""
    stage: str = ""
    total: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: its size in bytes, the seconds its document took, and its SHA-256."""

    path: Path
    size: int
    seconds: float
    report: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document; `fresh`: it is as it was built before, and nothing was written.

    `seconds` is how long it took to make.
    """

    name: str
    written: tuple[Written, ...]
    problems: Problems
    whole: bool
    fresh: bool = False
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a build: the files, everything that is wrong, and the names of what could not be built.

    `fresh` is how many documents were up to date, `documents` how many have a problem, of those that documents have.
    """

    written: tuple[Written, ...] = ()
    problems: Problems = ()
    failed: tuple[str, ...] = ()
    fresh: int = 0
    documents: Mapping[Diagnostic, int] = field(default_factory=dict)


Listener = Callable[[Event], None]


def ignore(_event: Event) -> None:
    """Listen to nothing."""


def gathered(outcomes: Sequence[Outcome], problems: Problems, lost: tuple[str, ...]) -> Result:
    """All outcomes as one result, in their order; `lost` are the names of what was not even begun."""
    everything = (*problems, *(problem for outcome in outcomes for problem in outcome.problems))
    return Result(
        written=tuple(file for outcome in outcomes for file in outcome.written),
        problems=tuple(dict.fromkeys(everything)),
        failed=(*(outcome.name for outcome in outcomes if not outcome.whole), *lost),
        fresh=sum(outcome.fresh for outcome in outcomes),
        documents=Counter(problem for outcome in outcomes for problem in dict.fromkeys(outcome.problems)),
    )
