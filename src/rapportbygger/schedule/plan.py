"""Which documents a build is to make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapportbygger.build import Job
from rapportbygger.language import of_values
from rapportbygger.model import Project, Report


class UnknownName(Exception):  # noqa: N818 - it is the caller's mistake, not ours
    """A report or municipality was asked for that the project does not have. `kind`: report, municipality."""

    def __init__(self, kind: str, name: str, known: Sequence[str]) -> None:
        super().__init__(name)
        self.kind, self.name, self.known = kind, name, tuple(known)


@dataclass(frozen=True, slots=True)
class Plan:
    """The documents to build, in the manifest's order, and the names of those of which nothing can be built."""

    jobs: tuple[Job, ...]
    lost: tuple[str, ...]

    @property
    def names(self) -> frozenset[str]:
        """The names of all of them."""
        return frozenset((*(job.name for job in self.jobs), *self.lost))


class Kind(NamedTuple):
    """What documents have in common that are alike: their report, and their language where it is not the report's.

    `is_local`: they are a municipality's each.
    """

    is_local: bool
    report: str
    lang: str


def planned(project: Project, reports: Sequence[str] = (), municipalities: Sequence[str] = ()) -> Plan:
    """What is wanted of a project: everything, where nothing is named. Raises UnknownName."""
    everyone = [*(municipality.id for municipality in project.municipalities), *project.undelivered]
    _check_names("report", reports, [*(report.id for report in project.reports), *project.invalid])
    _check_names("municipality", municipalities, everyone)
    chosen = [report for report in project.reports if not reports or report.id in reports]
    jobs = [job for report in chosen for job in _jobs(project, report, municipalities)]
    unread = [name for name in project.invalid if not reports or name in reports]
    local = [report.id for report in chosen if report.for_each_municipality]
    missed = [
        f"{report}/{name}" for report in local for name in project.undelivered if name in (municipalities or everyone)
    ]
    return Plan(tuple(jobs), (*unread, *missed))


def in_order_of_work(jobs: Sequence[Job]) -> tuple[Job, ...]:
    """The documents in the order in which they are best made, which changes none of them.

    First those that tell of all municipalities: they are the largest, and in the end all processes would wait for one.
    Then those that are alike one after another, by report and language: they have most of what they are made of in
    common.
    """
    places = {report: place for place, report in enumerate(dict.fromkeys(job.report.id for job in jobs))}

    def place(job: Job) -> tuple[bool, int, str]:
        of = kind(job)
        return of.is_local, places[of.report], of.lang

    return tuple(sorted(jobs, key=place))


def kind(job: Job) -> Kind:
    """What a document is like."""
    lang = of_values(job.municipality.values, job.report.lang) if job.municipality else job.report.lang
    return Kind(job.municipality is not None, job.report.id, "" if lang == job.report.lang else lang)


def _check_names(kind: str, names: Sequence[str], known: Sequence[str]) -> None:
    for name in names:
        if name not in known:
            raise UnknownName(kind, name, known)


def _jobs(project: Project, report: Report, municipalities: Sequence[str]) -> Iterator[Job]:
    if not report.for_each_municipality:
        yield from () if municipalities else (Job(report),)
        return
    for municipality in project.municipalities:
        if not municipalities or municipality.id in municipalities:
            yield Job(report, municipality)
