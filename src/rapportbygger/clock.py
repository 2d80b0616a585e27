"""The date that a build says it was made: never the time of day it happened to run."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

FOLDERS = ("content", "bibliography", "templates")
"""What a project keeps its inputs in."""
EARLIEST = 315532800
"""1980-01-01: no zip file can be older."""
LATEST = 2**32 - 1
"""2106-02-07: no later second fits into 32 bits, and zip files end with 2107."""


def build_date(root: Path) -> int:
    """Seconds since 1970: `SOURCE_DATE_EPOCH` where it is set (reproducible-builds.org), else the newest input's."""
    return date_of(int(path.stat().st_mtime) for path in _inputs(root))


def date_of(seconds: Iterable[int]) -> int:
    """The same for what is made of some inputs, by the seconds in which they were last written."""
    if is_given():
        wanted = os.environ["SOURCE_DATE_EPOCH"]
        return _possible(int(wanted) if len(wanted) < 20 else LATEST)
    return _possible(max(seconds, default=EARLIEST))


def is_given() -> bool:
    """Whether `SOURCE_DATE_EPOCH` decides every date."""
    return os.environ.get("SOURCE_DATE_EPOCH", "").isdecimal()


def is_possible(seconds: object) -> bool:
    """Whether this can be the date of a build."""
    return type(seconds) is int and _possible(seconds) == seconds


def _possible(seconds: int) -> int:
    return min(LATEST, max(EARLIEST, seconds))


def _inputs(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        yield from (path for path in (root / folder).rglob("*") if path.is_file())
