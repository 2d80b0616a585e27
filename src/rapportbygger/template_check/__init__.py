"""What a designer should know about a Word template before a report is built with it.

Nothing here keeps a report from being built but what `template.render` itself cannot do.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rapportbygger import template, theme
from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity
from rapportbygger.fonts import Fonts, load
from rapportbygger.messages import _
from rapportbygger.template_check import design, document, samples
from rapportbygger.theme.markup import tree
from rapportbygger.write.docx import template_settings, template_styles
from rapportbygger.write.docx.package import read_parts


def check(path: Path, fonts: Fonts | None = None) -> Problems:
    """Everything that is missing in the Word template at `path`, or that reports made with it will show otherwise.

    `fonts` are those that reports have, else the ones that come with the package and those in the folder fonts/ beside
    the template. In Norwegian messages Word's menus have the names that Norwegian Word gives them.
    """
    name = path.as_posix()
    fonts = load(path.parent / "fonts") if fonts is None else fonts
    parts, problems = template.render(path, samples.one_of_many(), name)
    if parts is None:
        return problems
    whole = template_settings.modern(template_styles.completed(parts))
    look, theme_problems = theme.read(whole, fonts, name)
    trees = {part: tree(data) for part, data in parts.items() if part.endswith(".xml")}
    whole_styles = tree(whole["word/styles.xml"])
    own = read_parts(path.read_bytes())
    notes = (
        *_for_each(path, name),
        *document.notes(trees, {part: tree(own[part]) for part in own if part in trees}, samples.TITLE),
        *design.notes(look, trees, whole_styles),
    )
    return (*problems, *theme_problems, *(_placed(note, name) for note in notes))


def _for_each(path: Path, name: str) -> Iterator[Diagnostic]:
    """Whether the template can be used only for reports that are made for each municipality."""
    if template.render(path, samples.one_report(), name)[0] is None:
        message = _("the template speaks of «municipality», which only reports with «for-each» have")
        hint = _(
            "write {% if municipality is defined %} before it and {% endif %} behind it, to use it for all reports"
        )
        yield Diagnostic("template-for-each", message, hint=hint, severity=Severity.INFO)


def _placed(note: Diagnostic, name: str) -> Diagnostic:
    return Diagnostic(note.code, note.message, Location(name), note.hint, note.severity)
