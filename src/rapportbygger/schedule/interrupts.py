"""Ctrl-C, where it has to wait a moment."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def put_off() -> Iterator[None]:
    """Ctrl-C comes when what is within is done: the files of a document, and what is told of them, belong together."""
    if threading.current_thread() is not threading.main_thread():  # only the main thread hears of it
        yield
        return
    pressed: list[tuple[int, FrameType | None]] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: pressed.append((number, frame)))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)
        if pressed and callable(before):
            before(*pressed[0])
