"""The Word template with this report's words in its cover, header and footer: docxtpl's part of the work."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapportbygger import crest, template_crest, template_file, template_measures, template_parts
from rapportbygger.diagnostics import Diagnostic, Location, Problems
from rapportbygger.formats import Told
from rapportbygger.merge import template_problems, template_syntax
from rapportbygger.messages import _
from rapportbygger.model import Municipality, Report

if TYPE_CHECKING:
    from rapportbygger.merge.sandbox import Sandbox

STANDARD = Path(__file__).parent / "templates" / "standard.docx"


def context(report: Report, municipality: Municipality | None, authors: str, date: str) -> dict[str, Any]:
    """What a template can say: title, subtitle, authors and date as text, and the municipality's values."""
    values = {"title": report.title, "subtitle": report.subtitle, "authors": authors, "date": date, "lang": report.lang}
    return {**values, "municipality": dict(municipality.values)} if municipality else values


def render(path: Path, values: Mapping[str, Any], name: str) -> tuple[dict[str, bytes] | None, Problems]:
    """The parts of the template with the values in it; `name` is what problems call the file."""
    problems = template_file.problems(path, name)
    if problems:
        return None, problems
    environment = _environment(str(values.get("lang", "")))
    try:
        content = path.read_bytes()
        opened = template_parts.opened(content)
    except Exception:  # noqa: BLE001, RUF100 - a damaged file can fail anywhere in zipfile, lxml and python-docx
        return None, (template_file.damaged(name),)
    try:
        pictured = isinstance(values.get("crest"), crest.Crest)
        parts = template_crest.filled(content, values, environment) if pictured else opened.filled(values, environment)
    except Exception as error:  # noqa: BLE001, RUF100 - whatever a template does, the reader is told of it
        return None, (_problem(error, values, name, environment),)
    if not template_file.is_whole(parts):  # python-docx leaves out what nothing relates to
        return None, (template_file.damaged(name),)
    return template_measures.measured(parts, name)


@cache
def _environment(lang: str) -> Sandbox:
    """Jinja for Word templates, with the filters that chapters have. It knows what it compiled last."""
    from rapportbygger.merge.sandbox import Sandbox, Undefined, filters, in_words

    sandbox = Sandbox(undefined=Undefined, autoescape=True, finalize=lambda value: in_words(value, lang))
    sandbox.filters.update(filters(lang))
    sandbox.autoescape = True
    sandbox.from_string = lru_cache(maxsize=50)(sandbox.from_string)  # type: ignore[method-assign, assignment]
    return sandbox


def _problem(error: Exception, values: Mapping[str, Any], name: str, environment: Sandbox) -> Diagnostic:
    from jinja2 import TemplateSyntaxError
    from jinja2.utils import missing
    from lxml.etree import XMLSyntaxError

    from rapportbygger.merge.sandbox import UnknownNameError

    at = Location(name)
    if isinstance(error, UnknownNameError):
        message = _("unknown name «{name}»").format(name=error.name)
        known = values if error.owner is missing else error.owner
        return Diagnostic("unknown-name", message, at, _known(error.name, known))
    if isinstance(error, TemplateSyntaxError):
        code, message, hint = _syntax(str(error.message or ""), environment)
    elif isinstance(error, XMLSyntaxError):
        code, message = "template", _("a tag in the Word template begins in one place and ends in another")
        hint = _("begin and end it in the same paragraph, or in the same cell of a table")
    else:
        code, (message, hint) = "template", template_problems.failure(error)
    return Diagnostic(code, message, at, hint)


def _known(name: str, owner: Any) -> str:
    if name == "municipality":
        return template_problems.only_for_each()
    return template_problems.suggestion(name, map(str, owner)) if isinstance(owner, Mapping) else ""


def _syntax(said: str, environment: Sandbox) -> Told:
    if found := re.match(r"No (filter|test) named '(.*)'", said):
        return template_problems.unknown_filter(found[2], found[1], environment)
    if found := re.match(r"Encountered unknown tag '(\w+)'", said):
        return template_syntax.out_of_place(said, found[1])
    if found := re.search(r"(?i)unexpected end of template.*needs to be closed is '(\w+)'", said):
        return template_syntax.never_closed(found[1])
    # What follows an expression that is never closed is Word's XML.
    return template_syntax.told("unexpected end of template" if re.search(r"'[</>:]'", said) else said)
