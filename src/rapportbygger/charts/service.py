"""The process that draws, as those who want charts see it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property, partial
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
                process = _Process()
                self._end_own = finalize(self, process.end)
                address = process.address
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
def shared(*, wanted: bool) -> Iterator[Callable[[], Address | None]]:
    """A process for all workers of a build, where there is much to draw (`wanted`) and it can be started.

    It starts while the project is read; where it listens is asked for when that is needed.
    """
    process = _begun() if wanted else None
    try:
        yield partial(_address, process)
    finally:
        if process is not None:
            process.end()


def _begun() -> _Process | None:
    try:
        return _Process()
    except OSError:
        return None


def _address(process: _Process | None) -> Address | None:
    try:
        return process.address if process is not None else None
    except OSError:
        return None


class _Process:
    """A process that draws. It gets no Ctrl-C: it ends when its input does. All but `end` raise OSError."""

    def __init__(self) -> None:
        self._key, self._folder = os.urandom(32), ""
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "rapportbygger.charts.process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "TZ": "UTC"},  # the dates in a chart are the same everywhere
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        stdin = self._process.stdin
        assert stdin is not None
        with suppress(OSError):  # one that has ended says nothing when it is asked where it is
            stdin.write(self._key.hex().encode("ascii") + b"\n")
            stdin.flush()

    @cached_property
    def address(self) -> Address:
        """Where it listens, as soon as it does."""
        stdout = self._process.stdout
        assert stdout is not None
        try:
            place, self._folder = json.loads(stdout.readline())
        except (OSError, ValueError) as error:
            self.end()
            raise OSError(str(error)) from None
        return Address(tuple(place) if isinstance(place, list) else place, self._key)

    def end(self) -> None:
        """End it, and remove its folder, which one that was stopped in the middle of a chart leaves behind."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._folder:
            rmtree(self._folder, ignore_errors=True)
