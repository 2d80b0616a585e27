"""Attributes as they are written, `{#identifier .class key="value"}`."""

from __future__ import annotations

import re

from rapportbygger.attributes import RESERVED, TAKEN
from rapportbygger.nodes import Attr

WRITTEN = (
    r"\{(?:\#[A-Za-z][A-Za-z0-9-]*)?(?:(?:(?<=\{)|[ ])"
    r"""(?:\.[A-Za-z][A-Za-z0-9-]*|[a-z]+(?:-[a-z]+)*=(?:"[^"\\&{}\n]*"|[\w%.,-]+)))*\}"""
)
"""As a regular expression."""
_PART = re.compile(r"""#([\w-]+)|\.([\w-]+)|([a-z-]+)=(?:"([^"]*)"|([^\s}]+))""")


def read(written: str) -> Attr | None:
    """What `WRITTEN` matches, or nothing, as pandoc's attributes; None for what no chapter may say, or not twice."""
    identifier, classes, pairs = "", list[str](), dict[str, str]()
    for name, kind, key, quoted, bare in _PART.findall(written):
        if kind in RESERVED or key in pairs or key in TAKEN or key in _OTHERWISE:
            return None
        if name:
            identifier = name
        elif kind:
            classes.append(kind)
        else:
            pairs[key] = quoted or bare
    return [identifier, classes, [[key, value] for key, value in pairs.items()]]


_OTHERWISE = ("id", "class", "lang", "alt")
"""Keys that pandoc, or `attributes.cleaned`, does more with."""
