"""The documents that a build has still to make, and which of them is best made by whom."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable

from rapportbygger.build import Job
from rapportbygger.schedule.plan import Kind, kind


class Waiting:
    """Documents in the order in which they are best made, of one kind or several.

    The first of a kind takes a process two to three times as long as the others: so each stays with the kind that it
    has begun, and begins one that nobody else is at, as long as there is any.
    """

    def __init__(self, jobs: Iterable[Job]) -> None:
        self._jobs: dict[Kind, deque[Job]] = {}
        for job in jobs:
            self.put(job)

    def __len__(self) -> int:
        return sum(map(len, self._jobs.values()))

    def put(self, job: Job) -> None:
        """Let a document wait, behind all others of its kind."""
        self._jobs.setdefault(kind(job), deque()).append(job)

    def taken(self, before: Kind | None = None, others: Collection[Kind] = ()) -> Job:
        """The next document for one who made one of a kind `before`, while others are at work on those kinds."""

        def unfit(each: Kind) -> tuple[bool, bool, int, int]:
            at_it = sum(other == each for other in others)
            return each.is_local, each != before, at_it, -len(self._jobs[each])

        return self._jobs[min((each for each, jobs in self._jobs.items() if jobs), key=unfit)].popleft()
