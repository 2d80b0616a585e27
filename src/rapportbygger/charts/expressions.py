"""Expressions in a specification, as chapters have them: `title: "Elever i {{ municipality.navn }}"`.

A text that is one expression and nothing else gives the value itself: `values: "{{ municipality.tall }}"`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from rapportbygger.diagnostics import Diagnostic, Location, Problems
from rapportbygger.merge import template_problems
from rapportbygger.messages import _
from rapportbygger.model import Chapter, Data

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.environment import TemplateExpression

    from rapportbygger.merge.sandbox import Sandbox

Path: TypeAlias = tuple[str | int, ...]

_SIGNS = ("{{", "{%")
_COMPILED = 200
"""How many texts are kept as Jinja has read them: those of all specifications, as a rule."""
_ALONE = re.compile(r"\{\{((?:(?!\}\}|\{\{).)*)\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Known:
    """The names that expressions can use, and the language that values are written in."""

    names: Mapping[str, Any]
    lang: str


def filled(data: Data, text: str, known: Known) -> tuple[Any, Problems]:
    """The value of a file whose text this is, with every expression worked out; one that fails is a problem."""
    problems: list[Diagnostic] = []
    lines = text.split("\n")

    def fill(value: Any, path: Path) -> Any:
        if isinstance(value, dict):
            return {key: fill(each, (*path, key)) for key, each in value.items()}
        if isinstance(value, list):
            return [fill(each, (*path, number)) for number, each in enumerate(value)]
        if not isinstance(value, str) or not any(sign in value for sign in _SIGNS):
            return value
        try:
            return _worked_out(value, known)
        except Exception as error:  # noqa: BLE001, RUF100 - whatever an expression does, the reader is told where
            problem = template_problems.diagnostic(error, Chapter("", value), known.names, _environment(known.lang))
            problems.append(_placed(problem, data.location(path), value, lines))
            return None

    return fill(data.value, ()), tuple(problems)


def _worked_out(text: str, known: Known) -> Any:
    from rapportbygger.merge.sandbox import Undefined, bounded_range

    names = {**known.names, "range": bounded_range()}
    alone = _ALONE.fullmatch(text.strip())
    if alone is None:
        return _template(text, known.lang).render(names)
    value = _expression(alone[1], known.lang)(names)
    return str(value) if isinstance(value, Undefined) else _plain(value)  # str fails, with the name that is unknown


@lru_cache(maxsize=_COMPILED)
def _template(text: str, lang: str) -> Template:
    return _environment(lang).from_string(text)


@lru_cache(maxsize=_COMPILED)
def _expression(text: str, lang: str) -> TemplateExpression:
    return _environment(lang).compile_expression(text, undefined_to_none=False)


@cache
def _environment(lang: str) -> Sandbox:
    from rapportbygger.merge.sandbox import Sandbox, Undefined, filters, in_words

    sandbox = Sandbox(undefined=Undefined, autoescape=False, finalize=lambda value: in_words(value, lang))  # noqa: S701, RUF100
    sandbox.filters.update(filters(lang))
    del sandbox.filters["random"], sandbox.globals["lipsum"]
    return sandbox


def _plain(value: Any) -> Any:
    """A value as JSON has it. Raises TypeError for what is no value of data."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return str(value)
    return [_plain(each) for each in value]


def _placed(problem: Diagnostic, at: Location, value: str, lines: list[str]) -> Diagnostic:
    """The problem, which counts from the text's own beginning, where the text stands in the file."""
    found = problem.location or Location("", 1, 1)
    before = value.split("\n")[: found.line]
    wanted = before[-1].strip() if before else ""
    for number in range(at.line, min(at.line + len(before) + 1, len(lines) + 1)):
        column = lines[number - 1].find(wanted)
        if wanted and column >= 0:
            indent = len(before[-1]) - len(before[-1].lstrip())
            place = Location(at.file, number, column + max(found.column - indent, 1))
            return Diagnostic(problem.code, problem.message, place, problem.hint)
    return Diagnostic(problem.code, problem.message, at, problem.hint or _("see the expressions in this text"))
