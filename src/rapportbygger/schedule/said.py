"""What one text (a chapter, a value, the specification of a chart) says of what its document may use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from rapportbygger.schedule.named_files import Named, named

_MERGED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_COUNTED = re.compile(r"\bmunicipalities\s*\|\s*(?:length|count)\b")
"""Where chapters say how many municipalities there are, and no more of them."""
_DATA = re.compile(r"\bdata\b(?:\.(\w+)|\[\s*[\"']([^\"']+)[\"']\s*\])?")
_PUT_TOGETHER = re.compile(r"@|\]\(|!\[|<img")
"""Marks of citations and pictures, where an expression makes them."""
_NAMED_BY_VALUES = re.compile(r"@[^\s;,]*\{[{%]|!\[[^\]]*(?:\[[^\]]*\][^\]]*)*\]\([^)]*\{[{%]|\]:[^\n]*\{[{%]")
"""A key or a picture's name with a value in it."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says of files, and of works: all of them, or such that only its merged text can tell.

    What its expressions say, where they are followed: `everyone` is of all municipalities, `counted` of how many there
    are, `data` the names of what they use of the project's data ("" where that is all), `put_together` that they make
    keys or names of pictures.
    """

    files: Named
    every_work: bool
    unsure: bool
    everyone: bool
    counted: bool
    data: frozenset[str]
    put_together: bool


def said(text: str) -> Said:
    """What a text says."""
    files = named(text)
    expressions = _MERGED.findall(text)
    used = (match for each in expressions for match in _DATA.finditer(each))
    return Said(
        files,
        every_work="@*" in files.rest,
        unsure=bool(_NAMED_BY_VALUES.search(files.rest)),
        everyone=any("municipalities" in _COUNTED.sub("", each) for each in expressions),
        counted=any(map(_COUNTED.search, expressions)),
        data=frozenset(normalize("NFC", match[1] or match[2] or "") for match in used),
        put_together=any(map(_PUT_TOGETHER.search, expressions)),
    )


def texts(value: Any) -> list[str]:
    """Everything that a value says, keys too."""
    found: list[str] = []
    _collect(value, found)
    return found


def _collect(value: Any, found: list[str]) -> None:
    if isinstance(value, str):
        found.append(value)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            found.append(str(key))
            _collect(each, found)
    elif isinstance(value, list | tuple):
        for each in value:
            _collect(each, found)
    else:
        found.append(str(value))
