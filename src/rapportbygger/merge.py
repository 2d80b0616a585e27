"""Merges data into chapters."""

from __future__ import annotations

from collections.abc import Sequence

from rapportbygger.diagnostics import Problems
from rapportbygger.model import Chapter, Municipality, Project, Report, Text


def merge(
    project: Project, report: Report, municipality: Municipality | None, chapters: Sequence[Chapter]
) -> tuple[tuple[Text, ...], Problems]:
    """The chapters as Markdown, with the project's data and, for a report for each, the municipality's."""
    raise NotImplementedError
