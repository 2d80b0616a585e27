"""Ctrl-C, where it has to wait a moment."""

from __future__ import annotations

import signal
import threading

import pytest

from rapportbygger.schedule.interrupts import put_off


def test_ctrl_c_comes_when_what_is_within_is_done() -> None:
    done = []

    def work() -> None:
        with put_off():
            signal.raise_signal(signal.SIGINT)
            done.append("written")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["written"]
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_other_threads_are_left_alone() -> None:
    heard = signal.getsignal(signal.SIGINT)
    within: list[object] = []

    def work() -> None:
        with put_off():
            within.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert within == [heard]
