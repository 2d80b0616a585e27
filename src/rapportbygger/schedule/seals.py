"""The SHA-256 of outputs, known again by their size and time as long as nobody has written to them.

A batch's files are far more than what they are made of: to read them all would be most of a build that makes one.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rapportbygger.memory import key_of
from rapportbygger.protocols import Memory
from rapportbygger.schedule.outcomes import Written
from rapportbygger.schedule.tree import hash_of

_KIND = "output"


def sha256(build: Path, name: str, memory: Memory | None) -> str:
    """The SHA-256 of a file in the folder of outputs, "" where it cannot be read."""
    key = _key(build, name)
    known = memory.get(_KIND, key) if memory and key else None
    if known is not None:
        return known.decode("ascii", "replace")
    found = hash_of(build / name)
    if memory and key and found and _key(build, name) == key:
        memory.put(_KIND, key, found.encode("ascii"))
    return found


def remember(build: Path, files: Iterable[Written], memory: Memory) -> None:
    """Remember the SHA-256 of files that were just written there."""
    for file in files:
        key = _key(build, file.path.relative_to(build).as_posix())
        if key:
            memory.put(_KIND, key, file.sha256.encode("ascii"))


def _key(build: Path, name: str) -> str:
    """Another one for another size or time, "" where there is no such file."""
    try:
        stat = (build / name).stat()
    except OSError:
        return ""
    return key_of(name, stat.st_size, stat.st_mtime_ns)
