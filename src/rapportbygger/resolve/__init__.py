"""Everything that makes a report *this* report: an ordered tuple of steps, each `Document -> Document`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from rapportbygger.diagnostics import Diagnostic, Problems
from rapportbygger.interning import interned
from rapportbygger.model import Document, Setting
from rapportbygger.resolve import (
    callouts,
    citations,
    crossrefs,
    data_tables,
    figures,
    identifiers,
    languages,
    lead_ins,
    links,
    lists,
    notes,
    numbers,
    pictures,
    references,
    sections,
    typography,
)
from rapportbygger.resolve.citations.task import Tools

Step: TypeAlias = Callable[[Document, Setting], tuple[Document, Problems]]


def _citations(document: Document, setting: Setting) -> tuple[Document, Problems]:
    project = setting.project
    title = setting.report.reference_section_title
    document, problems = citations.resolve(
        document,
        project.references,
        project.csl,
        title,
        Tools(setting.pandoc, setting.memory),
        nocite=setting.report.nocite,
        engine=project.citation_engine,
        bibliography=project.bibliography,
    )
    return document, tuple(_in_project(problem, project.root) for problem in problems)


def _in_project(problem: Diagnostic, root: Path) -> Diagnostic:
    """The problem with its place named from the project's folder: a style is known by its path."""
    place = problem.location
    if place is None or not Path(place.file).is_relative_to(root):
        return problem
    return replace(problem, location=replace(place, file=Path(place.file).relative_to(root).as_posix()))


STEPS: tuple[Step, ...] = (
    identifiers.resolve,
    callouts.resolve,
    languages.resolve,
    references.resolve,
    sections.resolve,
    data_tables.resolve,
    figures.resolve,
    notes.resolve,
    pictures.resolve,
    numbers.resolve,
    crossrefs.resolve,
    _citations,
    typography.resolve,
    links.resolve,
    lead_ins.resolve,
    lists.resolve,
)

_REMEMBERING = (numbers.resolve, crossrefs.resolve, _citations, typography.resolve)
"""Steps after each other that make the same block of the same block: after the last of them all are known again."""


def resolve(document: Document, setting: Setting) -> tuple[Document, Problems]:
    """The document after all steps, and what every one of them found."""
    problems: list[Diagnostic] = []
    for step in STEPS:
        before = document.blocks
        document, found = step(document, setting)
        problems += found
        if step not in _REMEMBERING:
            document = replace(document, blocks=interned(document.blocks, before))
    return document, tuple(problems)
