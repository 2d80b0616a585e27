"""Everything that makes a report *this* report: an ordered tuple of steps, each `Document -> Document`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from rapportbygger.diagnostics import Diagnostic, Problems
from rapportbygger.model import Document, Setting
from rapportbygger.resolve import (
    citations,
    crossrefs,
    figures,
    identifiers,
    links,
    lists,
    numbers,
    pictures,
    references,
    typography,
)

Step: TypeAlias = Callable[[Document, Setting], tuple[Document, Problems]]


def _citations(document: Document, setting: Setting) -> tuple[Document, Problems]:
    project = setting.project
    return citations.resolve(document, project.references, project.csl, setting.report.reference_section_title)


STEPS: tuple[Step, ...] = (
    identifiers.resolve,
    figures.resolve,
    pictures.resolve,
    references.resolve,
    numbers.resolve,
    crossrefs.resolve,
    _citations,
    typography.resolve,
    links.resolve,
    lists.resolve,
)


def resolve(document: Document, setting: Setting) -> tuple[Document, Problems]:
    """The document after all steps, and what every one of them found."""
    problems: list[Diagnostic] = []
    for step in STEPS:
        document, found = step(document, setting)
        problems += found
    return document, tuple(problems)
