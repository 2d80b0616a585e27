"""What formatted citations are made by, as keys for what is remembered of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rapportbygger.memory import key_of
from rapportbygger.protocols import Memory


@cache
def own_code() -> str:
    """The SHA-256 of what formats citations, and of what that uses."""
    return sha256(b"\0".join(file.read_bytes() for file in own_files())).hexdigest()


def own_files() -> list[Path]:
    """The files that decide how citations are formatted: modules, what pandoc is asked, our own styles."""
    here = Path(__file__).parent
    package = here.parents[1]
    return sorted([*here.rglob("*.py"), *package.glob("*.py"), *package.glob("*.lua"), *package.glob("styles/*.csl")])


@cache
def citeproc_version() -> str:
    """What citeproc-py says of its version; to import it for that would cost more than to format some works."""
    found = find_spec("citeproc")
    return Path(found.origin).with_name("_version.py").read_text("utf-8") if found and found.origin else ""


def remembered(memory: Memory | None, kind: str, made_of: object, make: Callable[[], Any]) -> Any:
    """What `make` gives, data as in JSON, which follows from our own code and from what it is `made_of`."""
    if memory is None:
        return make()
    key = key_of(own_code(), made_of)
    value = memory.get(kind, key)
    if value is None:
        value = json.dumps(make(), ensure_ascii=False).encode("utf-8")
        memory.put(kind, key, value)
    return json.loads(value)
