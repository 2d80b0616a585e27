"""Ctrl-C and SIGTERM, where they have to wait a moment."""

from __future__ import annotations

import signal
import threading

import pytest

from rapportbygger.schedule.interrupts import Terminated, put_off, termination_stops


@pytest.mark.parametrize(("number", "stopped"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, Terminated)])
def test_both_come_when_what_is_within_is_done(number: signal.Signals, stopped: type[BaseException]) -> None:
    done = []

    def work() -> None:
        with put_off():
            signal.raise_signal(number)
            done.append("written")

    with termination_stops():
        with pytest.raises(stopped):
            work()
        assert done == ["written"]
        with pytest.raises(stopped):
            signal.raise_signal(number)


def test_what_was_ignored_is_ignored() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with put_off():
            signal.raise_signal(signal.SIGTERM)
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)


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
