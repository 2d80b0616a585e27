"""A worker process in a Dask worker: `python -m rapportbygger.schedule.detached PARCEL FILES SCRATCH`.

It is a process of its own, so that whatever becomes of it takes no Dask worker with it. Orders come through stdin,
messages go through stdout, both pickled. It ends at once where whoever started it has ended, and after a while without
orders.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import BinaryIO

from rapportbygger.memory import Memory
from rapportbygger.schedule import parcel
from rapportbygger.schedule.worker import serve, settle

IDLE = 120.0
"""Seconds without orders after which nobody is thought to have any more."""


@dataclass(frozen=True, slots=True)
class Order:
    """A document to make, with the files that it alone needs."""

    name: str
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What a Dask worker keeps of a parcel; the files that it lists lie beside each other, named by their SHA-256."""

    supplies: bytes
    listing: Mapping[str, str]


def main(given: str, files: str, scratch: str) -> None:
    """Unpack the parcel into a folder below `scratch`, and make documents of it until there is nothing more to do."""
    orders, answers = _orders(sys.stdin.buffer), _answers()
    settle(Path(scratch))
    root = Path(scratch, "project")
    unpack: Unpacked = pickle.loads(Path(given).read_bytes())
    parcel.unpack(unpack.listing, lambda digest: Path(files, digest).read_bytes(), root)
    supplies = replace(parcel.unpacked(unpack.supplies, root), memory=Memory())

    def send(message: object) -> None:
        pickle.dump(message, answers)
        answers.flush()

    serve(supplies, _names(orders, root), send)


def _names(orders: SimpleQueue[Order], root: Path) -> Iterator[str]:
    """The names of the documents that are asked for, each while its files are in their place."""
    while True:
        try:
            order = orders.get(timeout=IDLE)
        except Empty:
            return
        with parcel.placed(order.files, root):
            yield order.name


def _orders(stream: BinaryIO) -> SimpleQueue[Order]:
    """The orders as they come; the process ends where there can be no more."""
    orders = SimpleQueue[Order]()

    def read() -> None:
        try:
            while True:
                orders.put(pickle.load(stream))
        except BaseException:  # whatever it is, nobody can be asked any more
            os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=read, daemon=True).start()
    return orders


def _answers() -> BinaryIO:
    """Where answers go; whatever else is printed goes to stderr from now on."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


if __name__ == "__main__":
    main(*sys.argv[1:])
