"""Calls of the functions in typst/*.typ, as raw nodes of pandoc's AST: all Typst that is written from Python."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from rapportbygger.nodes import Node

Value: TypeAlias = "str | int | float | bool | Iterable[Value] | Mapping[str, Value] | None"


def literal(value: Value) -> str:
    """A value in Typst's notation."""
    if isinstance(value, str):
        return _string(value)
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, Mapping):
        return "(" + (", ".join(f"{_string(key)}: {literal(item)}" for key, item in value.items()) or ":") + ")"
    return "(" + "".join(f"{literal(item)}, " for item in value) + ")"


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


_ODD = re.compile(r'[\x00-\x1f"\\]')


def _string(text: str) -> str:
    if _ODD.search(text) is None:
        return f'"{text}"'
    return '"' + "".join(_ESCAPES.get(sign, sign) for sign in text if sign >= " " or sign in _ESCAPES) + '"'


def call(function: str, *arguments: Value, **named: Value) -> str:
    """A call without its hash: `para("body text", first: 20)`."""
    given = [literal(argument) for argument in arguments]
    given += [f"{name.replace('_', '-')}: {literal(value)}" for name, value in named.items()]
    return f"{function}({', '.join(given)})"


def raw(text: str) -> Node:
    """Typst between blocks."""
    return {"t": "RawBlock", "c": ["typst", text]}


def raw_inline(text: str) -> Node:
    """Typst among inlines."""
    return {"t": "RawInline", "c": ["typst", text]}


def plain_block(inlines: Iterable[Node]) -> Node:
    """Inlines among raw blocks."""
    return {"t": "Plain", "c": list(inlines)}
