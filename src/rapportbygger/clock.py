"""The date that a build says it was made: never the time of day it happened to run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_FOLDERS = ("content", "bibliography", "templates")
EARLIEST = 315532800
"""1980-01-01: no zip file can be older."""
LATEST = 2**32 - 1
"""2106-02-07: no later second fits into 32 bits, and zip files end with 2107."""


def build_date(root: Path) -> int:
    """Seconds since 1970: `SOURCE_DATE_EPOCH` where it is set (reproducible-builds.org), else the newest input's."""
    wanted = os.environ.get("SOURCE_DATE_EPOCH", "")
    if wanted.isdecimal():
        seconds = int(wanted) if len(wanted) < 20 else LATEST
    else:
        seconds = max((int(path.stat().st_mtime) for path in _inputs(root)), default=EARLIEST)
    return min(LATEST, max(EARLIEST, seconds))


def _inputs(root: Path) -> Iterator[Path]:
    for folder in _FOLDERS:
        yield from (path for path in (root / folder).rglob("*") if path.is_file())
