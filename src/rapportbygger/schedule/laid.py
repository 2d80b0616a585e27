"""The files of documents, laid by a worker where its parent puts them in their place: by two renamings.

Through the pipe every byte of them would be copied some six times, which takes longer than to write them. They lie in
a folder of the memory's: in build/, for them to have the rights that what is written there has.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

_PREFIX = "made-"
_NUMBERS = count()


@dataclass(frozen=True, slots=True)
class Laid:
    """A file that is to be moved to its place: its size in bytes and its SHA-256."""

    path: Path
    size: int
    sha256: str


@contextmanager
def between(memory: Path) -> Iterator[Path | None]:
    """A folder for files between two processes, in the folder of the memory; None where there can be none."""
    try:
        memory.mkdir(parents=True, exist_ok=True)
        folder = TemporaryDirectory(prefix=_PREFIX, dir=memory, ignore_cleanup_errors=True)
    except OSError:
        yield None
        return
    with folder as name:
        yield Path(name)


def left_in(memory: Path) -> list[Path]:
    """What a build that was killed has left in the folder of the memory."""
    return sorted(memory.glob(f"{_PREFIX}*/*"))


def laid(files: Mapping[str, bytes], folder: Path) -> dict[str, Laid]:
    """Files by format, written into the folder. Raises OSError."""
    name = f"{os.getpid()}-{next(_NUMBERS)}"
    return {suffix: _laid(data, folder / f"{name}.{suffix}") for suffix, data in files.items()}


def _laid(data: bytes, path: Path) -> Laid:
    path.write_bytes(data)
    return Laid(path, len(data), sha256(data).hexdigest())
