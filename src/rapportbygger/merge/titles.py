"""Merges data into what the manifest says of a report: title, date, keywords and so on, plain text on one line."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rapportbygger.diagnostics import Diagnostic, Location, Problems
from rapportbygger.files import yaml_problems
from rapportbygger.merge import SIGNS, context, environment, quotations, template_problems
from rapportbygger.model import Chapter, Municipality, Project, Report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Template

FIELDS = ("title", "subtitle", "date", "keywords", "description", "reference_section_title")
"""The title first: the others can say it."""


def titled(project: Project, report: Report, municipality: Municipality | None) -> tuple[Report, Problems]:
    """The report with those fields merged by the rules of chapters. What cannot be is told at its place, and kept."""
    known: dict[str, Any] = {}
    problems: list[Diagnostic] = []
    for field in FIELDS:
        said = getattr(report, field)
        several = said if isinstance(said, tuple) else (said,)
        if not any(sign in text for text in several for sign in SIGNS):
            continue
        known = known or dict(context(project, report, municipality))
        merged = [_merged(text, known, report.lang, place(report, field)) for text in several]
        problems += [each for each in merged if isinstance(each, Diagnostic)]
        texts = tuple(said if isinstance(new, Diagnostic) else new for new, said in zip(merged, several, strict=True))
        changed: Any = texts if isinstance(said, tuple) else texts[0]
        report = replace(report, **{field: changed})
        known["title"] = report.title
    return report, tuple(problems)


def place(report: Report, field: str) -> Location:
    """Where the manifest has a field of a report in its language."""
    places = report.places
    return places.get((field, report.lang)) or places.get((field, "")) or Location("content/report.yaml")


@lru_cache(maxsize=100)
def _template(text: str, lang: str) -> Template:
    """A text compiled; kept, since the report of each municipality has the same ones."""
    return environment(lang).from_string(text)


def _merged(text: str, known: Mapping[str, Any], lang: str, at: Location) -> str | Diagnostic:
    from rapportbygger.merge.sandbox import bounded_range

    try:
        merged = _template(text, lang).render({**known, "range": bounded_range()})
    except Exception as error:  # noqa: BLE001, RUF100 - whatever a template does, the reader is told where
        told = template_problems.diagnostic(error, Chapter(at.file, text), known, environment(lang))
        return replace(told, location=at)
    plain = re.sub(r"[ \t\r\n]+", " ", quotations.unmarked(merged)).strip()  # no-break spaces stay
    return yaml_problems.unwritable(plain, at) or plain
