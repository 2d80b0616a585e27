"""The process that draws, as those who want charts see it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection
from pathlib import Path
from shutil import rmtree
from threading import Lock
from typing import Any
from weakref import finalize

from rapportbygger.drawings import is_chart


@dataclass(frozen=True, slots=True)
class Address:
    """Where a process that draws listens, and the key that it wants to be shown."""

    place: Any
    key: bytes


class RefusedError(Exception):
    """What vl-convert says of a specification that it cannot draw."""


class GivenUpError(Exception):
    """The process has died of a specification, or was stopped because it never came to an end."""


class Drawer:
    """Draws charts in a process that others may share (`shared`), else in one of its own, started by the first chart.

    A shared process that is gone is replaced by an own one. Threads may use it, one after the other. Our own process
    ends with `close`, or when nobody holds the Drawer any longer.
    """

    def __init__(self, shared: Address | None = None) -> None:
        self._shared = shared
        self._end_own: Callable[[], object] | None = None
        self._connection: Connection | None = None
        self._lock = Lock()

    def svg(self, request: Mapping[str, Any]) -> str:
        """A chart as SVG. Raises RefusedError and GivenUpError."""
        with self._lock:
            answer = self._asked(json.dumps(request, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        if "svg" not in answer:
            raise RefusedError(answer["error"])
        svg: str = answer["svg"]
        return svg

    def close(self) -> None:
        """End the process, if it is our own."""
        with self._lock:
            self._let_go()

    def _asked(self, message: bytes) -> Any:
        """The answer; where the process dies, it may have been of another's chart: a new one is asked then."""
        while True:
            is_new = self._connection is None and self._shared is None
            try:
                connection = self._connected()
                connection.send_bytes(message)
                return json.loads(connection.recv_bytes())
            except (EOFError, OSError, AuthenticationError):
                self._let_go()
                self._shared = None
                if is_new:
                    raise GivenUpError from None

    def _connected(self) -> Connection:
        if self._connection is None:
            address = self._shared
            if address is None:
                end, address = _started()
                self._end_own = finalize(self, end)
            self._connection = Client(address.place, authkey=address.key)
        return self._connection

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._end_own is not None:
            self._end_own()
            self._end_own = None


def has_charts(root: Path) -> bool:
    """Whether there is anything to draw in a project."""
    return any(is_chart(file.name) for file in (root / "content").rglob("*.vl.*"))


@contextmanager
def shared(*, wanted: bool) -> Iterator[Address | None]:
    """A process for all workers of a build, where there is anything to draw (`wanted`) and it can be started."""
    try:
        end, address = _started() if wanted else (None, None)
    except (OSError, ValueError):
        end, address = None, None
    try:
        yield address
    finally:
        if end is not None:
            end()


def _started() -> tuple[Callable[[], None], Address]:
    """A new process, and what ends it. It gets no Ctrl-C: it ends when its input does. Raises OSError."""
    key = os.urandom(32)
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "rapportbygger.charts.process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TZ": "UTC"},  # the dates in a chart are the same everywhere
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(key.hex().encode("ascii") + b"\n")
        process.stdin.flush()
        place, folder = json.loads(process.stdout.readline())
    except (OSError, ValueError) as error:
        _ended(process)
        raise OSError(str(error)) from None
    return partial(_ended, process, folder), Address(tuple(place) if isinstance(place, list) else place, key)


def _ended(process: subprocess.Popen[bytes], folder: str = "") -> None:
    """End a process, and remove its folder, which one that was stopped in the middle of a chart leaves behind."""
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()
    try:
        process.wait(2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if folder:
        rmtree(folder, ignore_errors=True)
