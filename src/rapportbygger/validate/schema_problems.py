"""Checks values by a JSON Schema (draft 2020-12) and tells all that is wrong, each at its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeAlias

from rapportbygger import formats
from rapportbygger.diagnostics import Diagnostic, Location, Problems
from rapportbygger.messages import _
from rapportbygger.model import Data
from rapportbygger.validate import schema_messages

_PRECEDENCE = ("type", "empty", "enum", "format", "minLength", "pattern")
"""Of several things wrong with one value only the first of these is told: the others follow from it."""


Found: TypeAlias = tuple[tuple[str | int, ...], Diagnostic]
"""A problem and the path of the value that has it; of the value that is missing, where one is."""


def problems(data: Data, schema: Data) -> tuple[Found, ...]:
    """Everything wrong with `data` by `schema`, in the order of the file.

    A schema that cannot be used is a problem too, of the schema's file.
    """
    try:
        errors = list(_told(_validator(schema.value).iter_errors(data.value)))
    except Exception as error:  # noqa: BLE001, RUF100 - references to nowhere, endless ones, and whatever else a schema holds
        return (((), _unusable(error, schema)),)
    found = ((tuple(error.absolute_path), _diagnostic(error, data)) for error in errors)
    return tuple(sorted(found, key=lambda each: each[1].location or data.location()))


def schema_problems(source: Data) -> Problems:
    """Everything wrong with a schema itself."""
    from jsonschema import Draft202012Validator

    meta = Draft202012Validator(Draft202012Validator.META_SCHEMA, format_checker=_format_checker())
    try:
        errors = list(_told(meta.iter_errors(source.value)))
    except RecursionError as error:
        return (_unusable(error, source),)
    return tuple(_schema_problem(error, source) for error in errors)


def _schema_problem(error: Any, source: Data) -> Diagnostic:
    told = _diagnostic(error, source)
    message = _("the schema is not valid: {problem}").format(problem=told.message)
    return Diagnostic("schema", message, told.location, told.hint)


def _unusable(error: Exception, source: Data) -> Diagnostic:
    hint = _("look for a «$ref» that leads nowhere, or to itself")
    if reference := getattr(error, "ref", ""):
        message = _("the schema cannot be used: «{reference}» leads nowhere").format(reference=reference)
        return Diagnostic("schema", message, _place_of(str(reference).lstrip("#"), source), hint)
    reason = str(error).partition("\n")[0][:200] or type(error).__name__
    message = _("the schema cannot be used ({reason})").format(reason=reason)
    return Diagnostic("schema", message, source.location(), hint)


def _place_of(reference: str, schema: Data) -> Location:
    """Where the schema refers to something; where the reference is not written so, the schema itself."""
    written = (path for path in schema.values if path[-1:] == ("$ref",))
    return schema.location(next((path for path in written if _at(schema.value, path) == f"#{reference}"), ()))


def _at(value: Any, path: tuple[str | int, ...]) -> str:
    for step in path:
        value = value[step]
    return f"#{str(value).lstrip('#')}"


# ----------------------------------------------------------------------------------------------------------- validator


@cache
def _format_checker() -> Any:
    from jsonschema import FormatChecker

    checker = FormatChecker(formats=())
    for name in formats.CHECKS:
        checker.checks(name)(lambda value, name=name: formats.problem(name, value) is None)
    return checker


def _validator(schema: Mapping[str, Any] | bool) -> Any:
    """A validator that takes a field left empty for one left out, and gives each unknown and missing field by itself.

    It never fetches a schema from anywhere.
    """
    from referencing import Registry

    return _validator_class()(schema, registry=Registry(), format_checker=_format_checker())


@cache
def _validator_class() -> Any:
    from jsonschema import Draft202012Validator, validators

    keywords = {"properties": _properties, "required": _required, "additionalProperties": _additional}
    return validators.extend(Draft202012Validator, keywords)  # type: ignore[no-untyped-call]


def _error(keyword: str, name: str) -> Any:
    from jsonschema import ValidationError

    return ValidationError(name, validator=keyword, path=[name])


def _properties(validator: Any, properties: Any, instance: Any, schema: Any) -> Iterator[Any]:
    if not isinstance(instance, dict):
        return
    for name, subschema in properties.items():
        if name not in instance:
            continue
        if _left_empty(validator, instance[name], subschema):
            if name in schema.get("required", ()):
                yield _error("empty", name)
        else:
            yield from validator.descend(instance[name], subschema, path=name, schema_path=name)


def _left_empty(validator: Any, value: Any, subschema: Any) -> bool:
    return value is None and not validator.evolve(schema=subschema).is_valid(None)


def _required(validator: Any, required: Any, instance: Any, schema: Any) -> Iterator[Any]:  # noqa: ARG001 - jsonschema's
    if isinstance(instance, dict):
        yield from (_error("required", name) for name in required if name not in instance)


def _additional(validator: Any, subschema: Any, instance: Any, schema: Any) -> Iterator[Any]:
    if not isinstance(instance, dict):
        return
    patterns = schema.get("patternProperties", {})
    for name in instance:
        if name in schema.get("properties", {}) or any(re.search(pattern, name) for pattern in patterns):
            continue
        if subschema is False:
            yield _error("additionalProperties", name)
        elif not _left_empty(validator, instance[name], subschema):
            yield from validator.descend(instance[name], subschema, path=name)


# -------------------------------------------------------------------------------------------------------------- errors


def _told(errors: Iterable[Any]) -> Iterator[Any]:
    """The errors worth telling: the most relevant ones of alternatives, and one of those a value has."""
    by_place: dict[tuple[Any, ...], Any] = {}
    for error in (relevant for each in errors for relevant in _relevant(each)):
        place = (*error.absolute_path, "" if error.validator in _PRECEDENCE else error.validator)
        if place not in by_place or _rank(error) < _rank(by_place[place]):
            by_place[place] = error
    yield from by_place.values()


def _rank(error: Any) -> int:
    return _PRECEDENCE.index(error.validator) if error.validator in _PRECEDENCE else 0


def _relevant(error: Any) -> Iterator[Any]:
    """What is wrong in the alternative that comes nearest: one of the right type, with the fewest errors."""
    if error.validator not in ("anyOf", "oneOf") or not error.context:
        yield error
        return
    branches: dict[Any, list[Any]] = {}
    for each in error.context:
        branches.setdefault(each.schema_path[0], []).append(each)
    near = [branch for branch in branches.values() if not any(_wrong_kind(each, error) for each in branch)]
    if near:
        for each in min(near, key=len):
            yield from _relevant(each)
    else:
        yield error


def _wrong_kind(each: Any, error: Any) -> bool:
    return each.validator in ("type", "enum", "const") and len(each.absolute_path) == len(error.absolute_path)


def _diagnostic(error: Any, data: Data) -> Diagnostic:
    path = tuple(error.absolute_path)
    if "propertyNames" in error.absolute_schema_path and isinstance(error.instance, str):
        path = (*path, error.instance)
    code, message, hint = schema_messages.told(error, path)
    # A missing field has no place of its own: that of what it is missing from is told.
    place = path[:-1] if error.validator == "required" else path
    if error.validator == "uniqueItems":
        place = (*path, next(n for n, each in enumerate(error.instance) if each in error.instance[:n]))
    by_key = error.validator in ("required", "additionalProperties") or place != tuple(error.absolute_path)
    return Diagnostic(code, message, data.location(place, key=by_key), hint)
