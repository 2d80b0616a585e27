"""Ctrl-C, and SIGTERM, by which systems ask programs to end: both stop a build, and both may have to wait a moment."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Terminated(KeyboardInterrupt):
    """SIGTERM has come: whatever Ctrl-C would stop is stopped."""


@contextmanager
def termination_stops() -> Iterator[None]:
    """Let SIGTERM stop what is within as Ctrl-C does, by an exception, so that nothing is left half done or at work."""
    if not _hears():
        yield
        return
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL if before is None else before)


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise Terminated


@contextmanager
def put_off() -> Iterator[None]:
    """Both come when what is within is done: the files of a document, and what is told of them, belong together."""
    if not _hears():
        yield
        return
    come: list[tuple[int, FrameType | None]] = []
    before = {number: signal.signal(number, lambda *which: come.append(which)) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        for first, frame in come[:1]:
            _deliver(before[signal.Signals(first)], first, frame)


def _deliver(handler: object, number: int, frame: FrameType | None) -> None:
    """What would have happened when the signal came."""
    if callable(handler):
        handler(number, frame)
    elif handler != signal.SIG_IGN:
        signal.raise_signal(number)


def _hears() -> bool:
    """Only the main thread hears of signals."""
    return threading.current_thread() is threading.main_thread()
