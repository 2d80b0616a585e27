"""The Word template with this report's words in its cover, header and footer: docxtpl's part of the work."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rapportbygger.diagnostics import Diagnostic, Location, Problems
from rapportbygger.messages import _
from rapportbygger.model import Municipality, Report

STANDARD = Path(__file__).parent / "templates" / "standard.docx"


def context(report: Report, municipality: Municipality | None, authors: str, date: str) -> dict[str, Any]:
    """What a template can say: title, subtitle, authors and date as text, and the municipality's values."""
    values = {"title": report.title, "subtitle": report.subtitle, "authors": authors, "date": date, "lang": report.lang}
    return {**values, "municipality": dict(municipality.values)} if municipality else values


def render(path: Path, values: Mapping[str, Any], name: str) -> tuple[dict[str, bytes] | None, Problems]:
    """The parts of the template with the values in it; `name` is what problems call the file."""
    from docx.opc.exceptions import PackageNotFoundError
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    stream = io.BytesIO()
    try:
        template = DocxTemplate(str(path))
        template.render(dict(values), SandboxedEnvironment(undefined=StrictUndefined, autoescape=True), autoescape=True)
        template.save(stream)
    except TemplateError as error:
        reason = _("the Word template cannot be filled in: {reason}").format(reason=error.message or str(error))
        return None, (
            Diagnostic(
                "template", reason, Location(name), _("a template knows: {names}").format(names=", ".join(values))
            ),
        )
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, OSError):
        message = _("the Word template is damaged or not a Word file")
        return None, (Diagnostic("template", message, Location(name), _("open it in Word and save it as .docx")),)
    with zipfile.ZipFile(stream) as archive:
        return {part: archive.read(part) for part in archive.namelist()}, ()
