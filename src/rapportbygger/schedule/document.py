"""One document made, in whatever process: its files as bytes, and all that is to be told of it."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapportbygger import crash
from rapportbygger.build import Job, Workshop, build_report
from rapportbygger.diagnostics import Diagnostic, Problems, has_errors
from rapportbygger.memory import Remembered
from rapportbygger.messages import _
from rapportbygger.pandoc import PandocError
from rapportbygger.schedule.laid import Laid


@dataclass(frozen=True, slots=True)
class Made:
    """A document's files by format, not yet in their place; `whole` where nothing kept any of them from being made.

    `laid` are those that another process has written already, `remembered` is what it has put into its memory for the
    document. `crash` tells of an error of the program.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    problems: Problems = ()
    seconds: float = 0.0
    whole: bool = False
    remembered: tuple[Remembered, ...] = ()
    crash: str = ""
    laid: Mapping[str, Laid] = field(default_factory=dict)


def make(job: Job, workshop: Workshop, formats: Sequence[str]) -> Made:
    """Make a document; one that would be made of half its inputs is only looked through for problems."""
    started = time.perf_counter()
    halved = job.municipality is None and bool(workshop.project.broken)
    try:
        files, problems = _files(job, workshop, () if halved else tuple(formats) or job.report.formats)
    except Exception as error:  # whatever it is, it keeps no other document from being made
        return Made(seconds=time.perf_counter() - started, crash=crash.told(error))
    return Made(files, problems, time.perf_counter() - started, not halved and not has_errors(problems))


def _files(job: Job, workshop: Workshop, formats: Sequence[str]) -> tuple[dict[str, bytes], Problems]:
    if not formats and workshop.project.broken - set(workshop.project.undelivered.values()):
        return {}, ()  # its data or references are missing: what that does to its chapters is not worth telling
    try:
        return build_report(job, workshop, formats)
    except PandocError as error:
        return {}, (Diagnostic("pandoc", _("pandoc failed on {name}: {reason}").format(name=job.name, reason=error)),)
    except RecursionError:
        message = _("lists, quotes or tables are nested too deeply in {name}").format(name=job.name)
        return {}, (Diagnostic("nesting", message, hint=_("write them with fewer levels")),)
