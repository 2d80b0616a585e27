"""Citations as plain data, apart from pandoc's AST and from any engine."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from rapportbygger.nodes import Node
from rapportbygger.resolve.citations.locators import Locator, split

Item: TypeAlias = Mapping[str, Any]
"""A reference as CSL-JSON."""


class Form(StrEnum):
    """How a work is cited: «(Tiller, 2006)», «Tiller (2006)», «(2006)»."""

    NORMAL = "NormalCitation"
    IN_TEXT = "AuthorInText"
    SUPPRESSED = "SuppressAuthor"


@dataclass(frozen=True, slots=True)
class Cite:
    """One work in a citation. What is written before it and after it (without the locator) stays pandoc's inlines."""

    key: str
    form: Form = Form.NORMAL
    locator: Locator | None = None
    prefix: tuple[Node, ...] = ()
    suffix: tuple[Node, ...] = ()


Cluster: TypeAlias = tuple[Cite, ...]
"""The works in one citation: `[@a; @b]`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A work in the reference list."""

    key: str
    inlines: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Formatted:
    """What an engine gives: one text for each cluster, the entries in order, and the keys it could not format."""

    clusters: tuple[tuple[Node, ...], ...]
    entries: tuple[Entry, ...]
    failed: frozenset[str] = frozenset()


def cluster_of(cite: Node) -> Cluster:
    """The works that one of pandoc's `Cite`s names.

    A citation in the prefix or suffix of another (`[@a, jf. @b]`) stays in it as a `Cite`.
    """
    return tuple(_cite(citation) for citation in cite["c"][0])


def source_of(cite: Node) -> str:
    """What one of pandoc's `Cite`s says, as a key: all but what pandoc numbers."""
    return json.dumps([{name: value for name, value in one.items() if name in _SAID} for one in cite["c"][0]])


_SAID = ("citationId", "citationPrefix", "citationSuffix", "citationMode")


def _cite(citation: Mapping[str, Any]) -> Cite:
    locator, suffix = split(citation["citationSuffix"])
    return Cite(
        citation["citationId"],
        Form(citation["citationMode"]["t"]),
        locator,
        tuple(citation["citationPrefix"]),
        tuple(suffix),
    )


def cited_keys(clusters: Sequence[Cluster]) -> tuple[str, ...]:
    """Every key that is cited, once, in the order of the first citation."""
    return tuple(dict.fromkeys(cite.key for cluster in clusters for cite in cluster))
