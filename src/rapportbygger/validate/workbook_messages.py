"""What the schema refuses in a workbook, told to someone who sees cells with names and not a text file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rapportbygger.diagnostics import Diagnostic
from rapportbygger.form.places import WorkbookData
from rapportbygger.messages import _


def told(path: tuple[str | int, ...], problem: Diagnostic, data: WorkbookData) -> Diagnostic:
    """The problem of the value at `path` with the names that the workbook has, and with what to do in it."""
    at = data.location(path)
    if problem.code == "missing-field":
        name = data.labels.get(path, str(path[-1]))
        message = _("«{name}» is not filled in").format(name=name)
        place = at if path in data.values else data.location(_list(path))
        return replace(problem, message=message, location=place, hint=_hint(path, data))
    hint = _in_cells().get(problem.hint, problem.hint)
    message = _named(problem.message, path, data).replace(_("true or false"), _("yes or no"))
    return replace(problem, message=message, location=problem.location or at, hint=hint)


def _hint(path: tuple[str | int, ...], data: WorkbookData) -> str:
    if path in data.values:
        return _("fill in the cell; what must be filled in is marked with *")
    return _("the form has lost the place for it: copy what is filled in to a new form")


def _list(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The path of the list that a value is in, of all its rows together; of a single field its own."""
    number = next((at for at, step in enumerate(path) if isinstance(step, int)), len(path))
    return path[:number]


def _in_cells() -> Mapping[str, str]:
    """What is said of YAML, and what is said of cells instead."""
    truth = [_("write {correct}").format(correct=word) for word in ("true", "false")]
    quoted = [_("write {correct}").format(correct=f'"{word}"') for word in ("true", "false")]
    return {
        **dict.fromkeys(truth, _("write yes or no")),
        **dict.fromkeys(quoted, _("format the cell as text, and write it once more")),
        _("write year, month and day: 2021-03-19"): _("write day, month and year: 31.12.2024"),
    }


def _named(message: str, path: tuple[str | int, ...], data: WorkbookData) -> str:
    """The message with the workbook's name in place of the last of the schema's names on the path."""
    for end in range(len(path), 0, -1):
        if isinstance(path[end - 1], str):
            label = data.labels.get(path[:end], str(path[end - 1]))
            return message.replace(f"«{path[end - 1]}»", f"«{label}»", 1)
    return message
