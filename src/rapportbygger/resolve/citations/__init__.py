"""Citations and the reference list, formatted by a CSL style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rapportbygger.diagnostics import Problems
from rapportbygger.model import Document
from rapportbygger.nodes import LEAVES, Node, span
from rapportbygger.resolve.citations.clusters import Cluster, clusters_of, source_of
from rapportbygger.resolve.citations.csl import read
from rapportbygger.resolve.citations.engines import format_citations
from rapportbygger.resolve.citations.faults import faults, unformatted
from rapportbygger.resolve.citations.reflist import anchors, placed
from rapportbygger.resolve.citations.task import NO_TOOLS, Task, Tools


def resolve(
    document: Document,
    references: Mapping[str, Mapping[str, Any]],
    csl: Path | None,
    heading: str,
    tools: Tools = NO_TOOLS,
) -> tuple[Document, Problems]:
    """The document with every `Cite` as a Span `citation`, and with the list of the works cited.

    `references` are CSL-JSON by key, `csl` is an author-date style (None: the package's own). The list goes into the
    Div `refs`, or last, under `heading`. Unknown keys, and a style that cannot be used, are errors with their place.
    """
    clusters = clusters_of(document.blocks)
    if not clusters:
        return placed(document, (), {}, heading), ()
    style, style_problems = read(csl)
    made = format_citations(Task(tuple(clusters.values()), references, style, document.metadata.lang), tools)
    names = anchors(entry.key for entry in made.entries)
    spans = {
        source: _span(cluster, text, names)
        for (source, cluster), text in zip(clusters.items(), made.clusters, strict=True)
    }
    problems = (*style_problems, *faults(document, references), *unformatted(made.failed))
    return placed(_cited(document, spans), made.entries, names, heading), problems


def _span(cluster: Cluster, text: Sequence[Node], names: Mapping[str, str]) -> Node:
    keys = dict.fromkeys(cite.key for cite in cluster if cite.key in names)
    return span(text, "citation", ids=" ".join(names[key] for key in keys))


def _cited(document: Document, spans: Mapping[str, Node]) -> Document:
    """The document with each citation replaced by its text, in headings and captions as others refer to them too."""
    targets = {
        identifier: replace(target, title=tuple(_written(target.title, spans)))
        for identifier, target in document.targets.items()
    }
    return replace(document, blocks=tuple(_written(document.blocks, spans)), targets=targets)


def _written(node: Any, spans: Mapping[str, Node]) -> Any:
    """A new tree with the citations written, and those inside them (as `walk`, but the outer ones first)."""
    if isinstance(node, (list, tuple)):
        return [_written(child, spans) for child in node]
    if not isinstance(node, dict) or node.get("t") in LEAVES:
        return node
    text = spans.get(source_of(node)) if node.get("t") == "Cite" else None
    return {key: _written(value, spans) for key, value in (node if text is None else text).items()}
