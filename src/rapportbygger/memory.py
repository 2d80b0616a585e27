"""What was made before, remembered within a run and from one run to the next.

Whoever remembers makes the key of all that the value depends on (`key_of`), also the versions of the programs that
make it: so what is found is always right, and a memory that is empty, lost or unwritable changes nothing but the time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from hashlib import sha256
from json import dumps
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from rapportbygger import messages

if TYPE_CHECKING:
    from rapportbygger.memory_file import MemoryFile

K = TypeVar("K")
T = TypeVar("T")
Remembered: TypeAlias = tuple[str, str, bytes]
"""Kind, key and value."""

FOLDER = Path("build", ".cache")
"""Where a project's memory lies."""
LIMIT = 256 * 2**20
"""How many bytes are kept from one run to the next."""
_IN_PROCESS = 8 * 2**20
_UNSAVED = 4 * 2**20
_SHARED = 16


def key_of(*parts: object) -> str:
    """A key of everything that a value depends on, which is data as in JSON."""
    try:
        text = dumps(parts, ensure_ascii=False, default=repr)
    except (TypeError, ValueError):  # YAML may have dates as keys, and data that contains itself
        text = repr(parts)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def kept(values: dict[K, T], key: K, make: Callable[[], T], most: int = 50) -> T:
    """What is kept under the key, or what `make` gives (never None). No more than `most` are kept: then all anew."""
    found = values.get(key)
    if found is None:
        found = make()
        if len(values) >= most:
            values.clear()
        values[key] = found
    return found


def files_in(folder: Path) -> list[Path]:
    """The files of the memory in a folder, those of earlier versions too."""
    return sorted(folder.glob("memory-*.sqlite*"))


class Memory:
    """Values by kind and key: those of this process, and those in a file in `folder` (None: there is no file).

    Several threads may use it, and several processes its file. What was put is written by `close`; a worker process
    hands it over with `taken`, and its parent gives that to `add`. A copy for another process (pickle) has the same
    file and nothing else. `limit` is the size of the file in bytes. No fault of the file is ever raised.

    >>> memory = Memory()
    >>> memory.put("sum", key_of(1, 2), b"3")
    >>> memory.get("sum", key_of(1, 2))
    b'3'
    """

    def __init__(self, folder: Path | None = None, limit: int = LIMIT) -> None:
        self._folder, self._limit = folder, limit
        self._lock = Lock()
        self._file: MemoryFile | None = None
        self._known = _Bounded(_IN_PROCESS)
        self._unsaved = _Bounded(_UNSAVED)
        self._shared: OrderedDict[Hashable, Any] = OrderedDict()

    def __reduce__(self) -> tuple[Callable[..., Memory], tuple[Path | None, int]]:
        return Memory, (self._folder, self._limit)

    def get(self, kind: str, key: str) -> bytes | None:
        """What was put under the key, or None."""
        name = _name(kind, key)
        with self._lock:
            for values in (self._known.values, self._unsaved.values):
                if name in values:
                    return values[name]
            file = self._opened() if self._is_there() else None
            value = file.get(name) if file else None
            if value is not None:
                self._known.put(name, value)
            return value

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Remember a value, which must follow from the key alone."""
        name = _name(kind, key)
        with self._lock:
            self._known.put(name, value)
            self._unsaved.put(name, value)
            if self._unsaved.is_full:
                self._save()
            self._known.forget()

    def shared(self, kind: str, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, kept in this process and no other: for what several documents work with, by its key.

        Only the last few are kept, of whatever kind; how much each of them grows is up to itself.
        """
        with self._lock:
            if (kind, key) in self._shared:
                self._shared.move_to_end((kind, key))
                found: T = self._shared[kind, key]
                return found
        made = make()
        with self._lock:
            self._shared[kind, key] = made
            if len(self._shared) > _SHARED:
                self._shared.popitem(last=False)
        return made

    def taken(self) -> tuple[Remembered, ...]:
        """What was put and is not yet written, for another Memory to `add`; this one will not write it."""
        with self._lock:
            entries = self._unsaved.emptied()
        return tuple((*_kind_and_key(name), value) for name, value in entries.items())

    def add(self, entries: Iterable[Remembered]) -> None:
        """Remember what another process has put."""
        for entry in entries:
            self.put(*entry)

    def close(self) -> None:
        """Write what was put, and let go of the file."""
        with self._lock:
            self._save()
            if self._file is not None:
                self._file.close()
                self._file = None

    def _save(self) -> None:
        values = self._unsaved.emptied()
        file = self._opened() if values else self._file
        if file is not None:
            file.write(values)

    def _is_there(self) -> bool:
        """Whether there can be something to find: a folder is made only for what is put."""
        return self._file is not None or (self._folder is not None and self._folder.is_dir())

    def _opened(self) -> MemoryFile | None:
        if self._file is None and self._folder is not None:
            from rapportbygger.memory_file import MemoryFile

            self._file = MemoryFile(self._folder, self._limit)
        return self._file


class Past:
    """What this very program made before and told in the language of now; without a memory, nothing.

    `program` is another word for another program.
    """

    def __init__(self, memory: Memory | None = None, program: str = "") -> None:
        self._memory, self._program = memory, program

    def key(self, *parts: object) -> str:
        """A key of everything else that a value depends on."""
        return key_of(self._program, messages.language(), *parts) if self._memory else ""

    def get(self, kind: str, key: str) -> bytes | None:
        """What was put under the key, or None."""
        return self._memory.get(kind, key) if self._memory else None

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Remember a value, which must follow from the key alone."""
        if self._memory:
            self._memory.put(kind, key, value)


def _name(kind: str, key: str) -> str:
    return f"{kind} {key}"


def _kind_and_key(name: str) -> tuple[str, str]:
    kind, _space, key = name.partition(" ")
    return kind, key


class _Bounded:
    """Values by name, and whether they are more bytes than `limit`."""

    def __init__(self, limit: int) -> None:
        self.values: dict[str, bytes] = {}
        self._limit, self._size = limit, 0

    @property
    def is_full(self) -> bool:
        return self._size > self._limit

    def put(self, name: str, value: bytes) -> None:
        self._drop(name)
        self.values[name] = value
        self._size += len(name) + len(value)

    def forget(self) -> None:
        """Drop what came first, until there is room."""
        while self.is_full:
            self._drop(next(iter(self.values)))

    def emptied(self) -> dict[str, bytes]:
        """All of it, of which nothing is left here."""
        values, self.values, self._size = self.values, {}, 0
        return values

    def _drop(self, name: str) -> None:
        value = self.values.pop(name, None)
        if value is not None:
            self._size -= len(name) + len(value)
