"""The file of what was made before: an SQLite database that several processes may use, and that may be lost.

Imported where it is used: a build that remembers nothing does not pay for SQLite.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

T = TypeVar("T")
Row: TypeAlias = tuple[Any, ...]

NAME = "memory-1.sqlite"
"""The number is that of the table's form: another form is another file."""

_TABLE = "CREATE TABLE IF NOT EXISTS entries (name TEXT PRIMARY KEY, used INTEGER, sum INTEGER, value BLOB)"
_FRESH = 8
"""An entry that is used is marked so again when this many runs have written since it was."""
_BUSY = 2.0
"""How many seconds to wait for another process that writes."""


class MemoryFile:
    """Values by name in a file in `folder` of about `limit` bytes; those used longest ago go first.

    A file that cannot be read or written is done without, and a broken one removed, for the next run to begin anew.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        self._path, self._limit = folder / NAME, limit
        self._connection = self._connected()
        self._run = 0
        self._used: set[str] = set()
        self._tried(self._prepare)

    def get(self, name: str) -> bytes | None:
        """The value of a name, if it is there and whole."""
        row = self._tried(lambda file: _first(file, "SELECT used, sum, value FROM entries WHERE name = ?", name))
        if row is None:
            return None
        used, checksum, value = row
        if not isinstance(value, bytes) or zlib.crc32(value) != checksum:
            return None
        if isinstance(used, int) and used < self._run - _FRESH:
            self._used.add(name)
        return value

    def write(self, values: Mapping[str, bytes]) -> None:
        """Add values, and mark which of the others have been used."""
        used, self._used = self._used, set()
        if values or used:
            self._tried(lambda file: self._write(file, values, used))

    def close(self) -> None:
        """Let go of the file."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()

    def _tried(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """What the work gives; None where there is no file, or no longer one."""
        if self._connection is None:
            return None
        try:
            return work(self._connection)
        except sqlite3.OperationalError:  # locked, full, read-only
            self.close()
        except sqlite3.Error:
            self.close()
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
        return None

    def _connected(self) -> sqlite3.Connection | None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return sqlite3.connect(self._path, timeout=_BUSY, isolation_level=None, check_same_thread=False)
        except (sqlite3.Error, OSError):
            return None

    def _prepare(self, file: sqlite3.Connection) -> None:
        file.execute("PRAGMA synchronous = OFF")  # what a power cut damages is only a memory
        if _first(file, "SELECT name FROM sqlite_master WHERE name = 'entries'") is None:
            file.execute(_TABLE)
        self._run = 1 + _number(file, "SELECT used FROM entries ORDER BY rowid DESC LIMIT 1")

    def _write(self, file: sqlite3.Connection, values: Mapping[str, bytes], used: Iterable[str]) -> None:
        room = self._limit // 4
        rows = [(name, self._run, zlib.crc32(value), value) for name, value in values.items() if len(value) <= room]
        file.execute("BEGIN IMMEDIATE")
        file.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)", rows)
        file.executemany("UPDATE entries SET used = ? WHERE name = ?", [(self._run, name) for name in used])
        if _size(file) > self._limit:
            file.executemany("DELETE FROM entries WHERE name = ?", [(name,) for name in self._superfluous(file)])
        file.execute("COMMIT")

    def _superfluous(self, file: sqlite3.Connection) -> list[str]:
        """The names of all but the last used, which are half of what there is room for."""
        kept, superfluous = 0, []
        for name, size in file.execute("SELECT name, length(value) FROM entries ORDER BY used DESC, rowid DESC"):
            kept += len(name) + size
            superfluous += [name] if kept > self._limit // 2 else []
        return superfluous


def _first(file: sqlite3.Connection, question: str, *values: object) -> Row | None:
    row: Row | None = file.execute(question, values).fetchone()
    return row


def _number(file: sqlite3.Connection, question: str) -> int:
    row = _first(file, question)
    return row[0] if row and isinstance(row[0], int) else 0


def _size(file: sqlite3.Connection) -> int:
    pages = _number(file, "PRAGMA page_count") - _number(file, "PRAGMA freelist_count")
    return pages * _number(file, "PRAGMA page_size")
