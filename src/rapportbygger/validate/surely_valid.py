"""Whether a value is surely valid by a JSON Schema: asked first, since jsonschema takes some ten times as long.

Only keywords that schemas of municipalities are likely to have are known here (JSON Schema 2020-12, «Validation»), and
only values as YAML gives them. Wherever there is anything else, or anything wrong, nothing is sure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from rapportbygger import formats

_TYPES: Mapping[type, tuple[str, ...]] = {
    str: ("string",),
    int: ("integer", "number"),
    float: ("number",),
    bool: ("boolean",),
    list: ("array",),
    dict: ("object",),
}
_SAYS_NOTHING = frozenset(("title", "description", "default", "examples", "$comment"))


def is_surely_valid(value: Any, schema: Any) -> bool:
    """Whether nothing is wrong with the value; where this says no, something may be.

    >>> is_surely_valid({"navn": "Asker"}, {"required": ["navn"], "properties": {"navn": {"type": "string"}}})
    True
    """
    if not isinstance(schema, dict):
        return False
    return _holds(value, {name: said for name, said in schema.items() if name != "$schema"})


def _holds(value: Any, schema: Any) -> bool:
    return (
        type(schema) is dict
        and type(value) in _TYPES
        and all(
            keyword in _SAYS_NOTHING or (keyword in _CHECKS and _CHECKS[keyword](value, said, schema))
            for keyword, said in schema.items()
        )
    )


def _type(value: Any, said: Any, _schema: Any) -> bool:
    types = _TYPES[type(value)]
    return said in types if isinstance(said, str) else any(each in types for each in said)


def _enum(value: Any, said: Any, _schema: Any) -> bool:
    return type(value) is str and value in said


def _properties(value: Any, said: Any, schema: Any) -> bool:
    """A field left empty is as good as one left out."""
    return type(value) is not dict or all(
        _may_be_empty(name, schema) if value[name] is None else _holds(value[name], each)
        for name, each in said.items()
        if name in value
    )


def _may_be_empty(name: str, schema: Any) -> bool:
    own = schema["properties"][name]
    return name not in schema.get("required", ()) and type(own) is dict and own.keys() <= _CHECKS.keys() | _SAYS_NOTHING


def _no_others(value: Any, said: Any, schema: Any) -> bool:
    return said is False and (type(value) is not dict or value.keys() <= schema.get("properties", {}).keys())


def _unique(value: Any, _said: Any, _schema: Any) -> bool:
    return type(value) is not list or (all(type(each) is str for each in value) and len(set(value)) == len(value))


_CHECKS: Mapping[str, Callable[[Any, Any, Any], bool]] = {
    "type": _type,
    "enum": _enum,
    "properties": _properties,
    "additionalProperties": _no_others,
    "required": lambda value, said, _schema: type(value) is not dict or all(name in value for name in said),
    "items": lambda value, said, _schema: type(value) is not list or all(_holds(each, said) for each in value),
    "minItems": lambda value, said, _schema: type(value) is not list or len(value) >= said,
    "maxItems": lambda value, said, _schema: type(value) is not list or len(value) <= said,
    "uniqueItems": _unique,
    "minLength": lambda value, said, _schema: type(value) is not str or len(value) >= said,
    "maxLength": lambda value, said, _schema: type(value) is not str or len(value) <= said,
    "pattern": lambda value, said, _schema: type(value) is not str or re.search(said, value) is not None,
    "format": lambda value, said, _schema: formats.problem(said, value) is None,
    "minimum": lambda value, said, _schema: type(value) not in (int, float) or value >= said,
    "maximum": lambda value, said, _schema: type(value) not in (int, float) or value <= said,
}
"""By keyword: whether a value, of a type that is known, is as the keyword says; the last is the schema around it."""
