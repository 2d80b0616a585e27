"""The program itself, as far as it decides what documents become: its own code, and what it is installed with."""

from __future__ import annotations

import sys
import sysconfig
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

import rapportbygger
from rapportbygger.memory import key_of

_COMPILED = ("__pycache__", "locale")
"""What follows from other files, or is only said and never built into a document."""


@cache
def key() -> str:
    """Another one for another program: other code, another Python, another version of any package beside it."""
    return key_of(code(), sys.version, sys.platform, _installed())


def code() -> str:
    """Another one for other code of ours."""
    package = Path(rapportbygger.__file__).parent
    digest = sha256()
    for file in sorted(package.rglob("*")):
        parts = file.relative_to(package).parts
        if not set(parts) & set(_COMPILED) and file.is_file():
            digest.update("/".join(parts).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _installed() -> list[str]:
    """Every package that is installed, with its version, as the names of folders say it: no file need be read."""
    found: set[str] = set()
    for place in ("purelib", "platlib"):
        with suppress(OSError):
            found |= {entry.name for entry in Path(sysconfig.get_path(place)).glob("*.dist-info")}
    return sorted(found)
