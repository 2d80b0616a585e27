"""Reads the files of a project."""

from __future__ import annotations

from pathlib import Path

from rapportbygger.diagnostics import Problems
from rapportbygger.model import Chapter, Project, Report, Sources


def sources(root: Path) -> tuple[Sources | None, Problems]:
    """Everything the project in `root` holds but its chapters; None where there is no readable manifest."""
    raise NotImplementedError


def chapters(project: Project, report: Report) -> tuple[tuple[Chapter, ...], Problems]:
    """The chapters of a report, in order, without those that cannot be read."""
    raise NotImplementedError
