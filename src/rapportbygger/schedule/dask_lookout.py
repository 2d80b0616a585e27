"""Looks out for the workers of a Dask cluster while documents are made: which there are, and which are of use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Event as Flag
from threading import Thread
from typing import TYPE_CHECKING, Any

from rapportbygger.messages import _
from rapportbygger.schedule import dask_host, engines
from rapportbygger.schedule.detached import Unpacked
from rapportbygger.schedule.parcel import Parcel

if TYPE_CHECKING:
    from distributed import Client

INTERVAL = 0.5
"""Seconds between two looks."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The threads of each worker that has the parcel, by its address, and why others are of no use."""

    threads: Mapping[str, int]
    refused: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lost:
    """The scheduler does not answer any longer."""

    reason: str


class Lookout:
    """A thread that looks at the cluster again and again, gives new workers the parcel, and tells of it in `inbox`."""

    def __init__(self, client: Client, parcel: Parcel, inbox: SimpleQueue[Any]) -> None:
        self._client, self._parcel, self._inbox = client, parcel, inbox
        self._here = engines.found()
        self._known: dict[str, str] = {}
        self._stopped = Flag()
        self._thread = Thread(target=self._watch, daemon=True)
        self._thread.start()

    def close(self, patience: float) -> None:
        """Look no longer, and let all workers leave the build: those that hear it within so many seconds."""
        self._stopped.set()
        self._thread.join(patience)
        goodbye = Thread(target=self._say_goodbye, daemon=True)
        goodbye.start()
        goodbye.join(patience)

    def _say_goodbye(self) -> None:
        with suppress(Exception):  # whoever does not hear it finds out after a while
            present = self._client.nthreads().keys() & self._known.keys()
            self._run(dask_host.leave, present, self._parcel.key)

    def _watch(self) -> None:
        try:
            while not self._stopped.is_set():
                threads = self._client.nthreads()
                self._welcome([address for address in threads if address not in self._known])
                useful = {address: number for address, number in threads.items() if not self._known[address]}
                refused = {address: why for address, why in self._known.items() if why and address in threads}
                self._inbox.put(Seen(useful, refused))
                self._stopped.wait(INTERVAL)
        except Exception as error:  # a thread that ends in silence would let the build wait for ever
            self._inbox.put(Lost(str(error) or type(error).__name__))

    def _welcome(self, addresses: list[str]) -> None:
        """Give new workers what they lack of the parcel, and know why they are of no use ("": they are)."""
        if not addresses:
            return
        parcel = Unpacked(self._parcel.supplies, self._parcel.listing)
        lacking: dict[tuple[str, ...], list[str]] = {}
        for address, answer in self._run(dask_host.greeted, addresses, list(self._parcel.content)).items():
            self._known[address] = _fault(answer, self._here)
            if not self._known[address]:
                lacking.setdefault(tuple(answer[1]), []).append(address)
        for digests, those in lacking.items():
            content = {digest: self._parcel.content[digest] for digest in digests}
            for address, answer in self._run(dask_host.receive, those, self._parcel.key, parcel, content).items():
                self._known[address] = str(answer) if isinstance(answer, BaseException) else ""

    def _run(self, function: Callable[..., Any], addresses: Iterable[str], *arguments: Any) -> dict[str, Any]:
        """What a function gives in each worker; an exception where it failed."""
        answers: dict[str, Any] = self._client.run(function, *arguments, workers=list(addresses), on_error="return")
        return answers


def _fault(answer: Any, here: Mapping[str, str]) -> str:
    """Why a worker that answered so cannot be used, "" where it can."""
    if isinstance(answer, BaseException):
        if "ModuleNotFoundError" in str(answer) or isinstance(answer, ImportError):
            return _("rapportbygger is not installed there, or another version")
        return str(answer)
    other = engines.differences(answer[0], here)
    return ", ".join(_difference(*each) for each in other)


def _difference(name: str, there: str, here: str) -> str:
    return _("{name} {there} there, {here} here").format(name=name, there=there or _("none"), here=here or _("none"))
