"""Citations: a reference by its key in the text, and keys in brackets with what is said of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from rapportbygger.nodes import Node

_CITE = re.compile(r"[ \n]?((?:[^@\s][^@]*[ \n])?)(-?)@(\w+(?:[:.-]\w+)*)((?:[ \n,][^@]*)?)")
_Words = Callable[[str], list[Node]]


class Cite(NamedTuple):
    """One of the citations in brackets."""

    prefix: str
    suppressed: bool
    key: str
    suffix: str


def parts(inside: str) -> Sequence[Cite] | None:
    """What stands in brackets, as citations; None where it may be anything else."""
    found = [_CITE.fullmatch(part) for part in inside.split(";")]
    cites = [Cite(cite[1], bool(cite[2]), cite[3], cite[4]) for cite in found if cite]
    return cites if len(cites) == len(found) else None


def in_brackets(cites: Sequence[Cite], written: list[Node], words: _Words) -> Node:
    """Citations in brackets, as they are written."""
    return {"t": "Cite", "c": [[_cite(cite, words) for cite in cites], written]}


def in_text(key: str) -> Node:
    """A reference in the text."""
    return {"t": "Cite", "c": [[_citation(key, "AuthorInText", [], [])], [{"t": "Str", "c": f"@{key}"}]]}


def _cite(cite: Cite, words: _Words) -> Node:
    suffix = words(cite.suffix.strip(" \n"))
    apart: list[Node] = [{"t": "Space"}] if suffix and cite.suffix[0] != "," else []
    mode = "SuppressAuthor" if cite.suppressed else "NormalCitation"
    return _citation(cite.key, mode, words(cite.prefix.strip(" \n")), [*apart, *suffix])


def _citation(key: str, mode: str, prefix: list[Node], suffix: list[Node]) -> Node:
    """A citation; its number in what pandoc reads is left out, as `parse` does."""
    return {
        "citationId": key,
        "citationPrefix": prefix,
        "citationSuffix": suffix,
        "citationMode": {"t": mode},
        "citationNoteNum": 0,
        "citationHash": 0,
    }
