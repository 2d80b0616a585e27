"""JSON Schemas as they are read for something else than checking: where `$ref` leads, and what a value is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def referred(schema: Any, root: Any) -> Mapping[str, Any]:
    """The schema, or what its local `$ref` (`#/$defs/name`) leads to; empty where that is no mapping."""
    for _turn in range(10):  # a reference may lead to another, and in a circle
        reference = schema.get("$ref") if isinstance(schema, dict) else None
        if not isinstance(reference, str) or not reference.startswith("#"):
            break
        schema = root
        for step in reference.lstrip("#").strip("/").split("/") if reference != "#" else ():
            schema = schema.get(step.replace("~1", "/").replace("~0", "~"), {}) if isinstance(schema, dict) else {}
    return schema if isinstance(schema, dict) else {}


def resolved(schema: Any, root: Any) -> Mapping[str, Any]:
    """As `referred`, with the first alternative that is not null, and everything that must hold, in one mapping."""
    found = dict(referred(schema, root))
    for keyword in ("anyOf", "oneOf"):
        alternatives = [each for each in (referred(one, root) for one in _list(found.get(keyword))) if _types(each)]
        found = {**(alternatives[0] if alternatives else {}), **found}
    for each in _list(found.get("allOf")):
        found = {**referred(each, root), **found}
    return found


def kind(schema: Mapping[str, Any]) -> str:
    """What a value is: object, array, choice, date, text, boolean, integer, number, or any."""
    types = _types(schema)
    if "enum" in schema or "const" in schema:
        return "choice"
    for name, sign in (("object", "properties"), ("array", "items")):
        if name in types or (not schema.get("type") and sign in schema):
            return name
    if "string" in types and (len(types) == 1 or "pattern" in schema):
        return "date" if schema.get("format") == "date" else "text"
    return types[0] if len(types) == 1 else "number" if set(types) == {"integer", "number"} else "any"


def choices(schema: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a value can be, in order; null is not among it."""
    if "const" in schema:
        return (schema["const"],)
    return tuple(each for each in _list(schema.get("enum")) if isinstance(each, (str, int, float)))


def mapping(schema: Mapping[str, Any], keyword: str) -> Mapping[str, Any]:
    """The mapping under a keyword; an empty one where there is none."""
    found = schema.get(keyword)
    return found if isinstance(found, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _types(schema: Mapping[str, Any]) -> list[str]:
    """The types but null; `any` where none is told."""
    told = schema.get("type", "any")
    return [str(each) for each in (told if isinstance(told, list) else [told]) if each != "null"]
