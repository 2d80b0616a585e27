"""What a Dask worker does for a build: it keeps the build's parcel, and has documents made by processes of its own.

It has as many of them as it has threads, each in a folder of its own below the Dask worker's, which Dask removes. The
functions are called by `dask_cluster`: all but `make` while the Dask worker does other things.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Lock
from typing import Any

from rapportbygger.schedule import engines
from rapportbygger.schedule.detached import Order, Unpacked
from rapportbygger.schedule.document import Made
from rapportbygger.schedule.worker import Last, Ready

_PATIENCE = 0.5


@dataclass(frozen=True, slots=True)
class Death:
    """The process that was to make a document has died; `was_ready`: after it had begun with it."""

    was_ready: bool


def greeted(wanted: Collection[str], dask_worker: Any = None) -> tuple[Mapping[str, str], list[str]]:
    """The versions of what documents are made with here, and which contents (by SHA-256) of a parcel are not here."""
    files = _folder(dask_worker) / "files"
    return engines.found(), [digest for digest in wanted if not (files / digest).is_file()]


def receive(key: str, parcel: Unpacked, content: Mapping[str, bytes], dask_worker: Any = None) -> None:
    """Keep a parcel, and of earlier ones nothing that neither this one nor a build that goes on needs."""
    folder = _folder(dask_worker)
    for name in ("files", "parcels", "scratch"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for digest, data in content.items():
        _write(folder / "files" / digest, data)
    _write(folder / "parcels" / key, pickle.dumps(parcel))
    listed = {digest for path in (folder / "parcels").iterdir() for digest in _unpacked(path).listing.values()}
    for path in (folder / "files").iterdir():
        if path.name not in listed:
            path.unlink(missing_ok=True)


def make(key: str, order: Order) -> bytes:
    """Have a document made, and give what became of it: `Made` or `Death`, pickled."""
    from distributed import get_worker

    hand = _CREW.taken(key, _folder(get_worker()))
    answer = hand.made(order)
    _CREW.given_back(key, hand)
    return pickle.dumps(answer)


def leave(key: str, dask_worker: Any = None) -> None:
    """Stop whatever is made for a build, which asks for nothing more. What its parcel held is kept for the next."""
    for hand in _CREW.dismissed(key):
        hand.end()
    (_folder(dask_worker) / "parcels" / key).unlink(missing_ok=True)


def _folder(dask_worker: Any) -> Path:
    return Path(dask_worker.local_directory, "rapportbygger")


def _unpacked(path: Path) -> Unpacked:
    with suppress(OSError):
        parcel: Unpacked = pickle.loads(path.read_bytes())
        return parcel
    return Unpacked(b"", {})


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: other threads may look for it."""
    beside = path.with_name(f"{path.name}.new")
    beside.write_bytes(data)
    beside.replace(path)


class _Hand:
    """A process that makes documents, as the Dask worker sees it."""

    def __init__(self, folder: Path, key: str) -> None:
        self.scratch = Path(mkdtemp(dir=folder / "scratch"))
        module = f"{__package__}.detached"
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, str(folder / "parcels" / key), str(folder / "files"), str(self.scratch)],
            cwd=self.scratch,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.was_ready = self.has_ended = False

    def made(self, order: Order) -> Made | Death:
        """The document that it is ordered to make."""
        assert self.process.stdin is not None and self.process.stdout is not None  # noqa: PT018 - both are pipes
        is_last = False
        with suppress(EOFError, OSError, ValueError, pickle.UnpicklingError):
            pickle.dump(order, self.process.stdin)
            self.process.stdin.flush()
            while True:
                message = pickle.load(self.process.stdout)
                self.was_ready = self.was_ready or isinstance(message, Ready)
                is_last = is_last or isinstance(message, Last)
                if isinstance(message, Made):
                    self.has_ended = is_last
                    return message
        self.has_ended = True
        return Death(self.was_ready)

    def end(self) -> None:
        """Let it end at once, whatever it is doing, and with it its pandoc."""
        self.process.terminate()
        try:
            self.process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                stream.close()  # type: ignore[union-attr] # both are pipes
        rmtree(self.scratch, ignore_errors=True)


class _Crew:
    """The processes of this Dask worker, by build: those at work, and those that wait."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._working: dict[str, list[_Hand]] = {}
        self._idle: dict[str, list[_Hand]] = {}

    def taken(self, key: str, folder: Path) -> _Hand:
        """One for a document of a build, started where none waits."""
        with self._lock:
            idle = self._idle.setdefault(key, [])
            while idle and idle[-1].process.poll() is not None:  # after a while without orders
                idle.pop().end()
            hand = idle.pop() if idle else _Hand(folder, key)
            self._working.setdefault(key, []).append(hand)
        return hand

    def given_back(self, key: str, hand: _Hand) -> None:
        """It has made its document, or has died of it; where it was dismissed meanwhile, somebody else ends it."""
        with self._lock:
            if hand not in self._working.get(key, ()):
                return
            self._working[key].remove(hand)
            if not hand.has_ended:
                self._idle.setdefault(key, []).append(hand)
                return
        hand.end()

    def dismissed(self, key: str) -> list[_Hand]:
        """All that work for a build, which are nobody's then."""
        with self._lock:
            return [*self._working.pop(key, ()), *self._idle.pop(key, ())]


_CREW = _Crew()
