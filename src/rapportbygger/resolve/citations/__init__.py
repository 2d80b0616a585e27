"""Citations and the reference list, formatted by a CSL style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from rapportbygger.diagnostics import Diagnostic, Location, Problems, Said
from rapportbygger.messages import _
from rapportbygger.model import Document, Reference
from rapportbygger.nodes import Node, elements, has_class, pairs_of, plain, span, walk
from rapportbygger.pandoc import PandocError
from rapportbygger.recent import OfEach, Recent
from rapportbygger.resolve.citations import note_marks, wishes
from rapportbygger.resolve.citations.citation_data import citations
from rapportbygger.resolve.citations.clusters import Cluster, Entry, Formatted
from rapportbygger.resolve.citations.csl import OWN, read
from rapportbygger.resolve.citations.engines import format_citations
from rapportbygger.resolve.citations.faults import faults, unformatted
from rapportbygger.resolve.citations.occurrences import Occurrence, cited, occurrences
from rapportbygger.resolve.citations.reflist import anchors, placed
from rapportbygger.resolve.citations.task import NO_TOOLS, Task, Tools
from rapportbygger.resolve.citations.upright import turned

NO_BIBLIOGRAPHY: Mapping[str, Reference] = MappingProxyType({})


def resolve(
    document: Document,
    references: Mapping[str, Mapping[str, Any]],
    csl: Path | None,
    heading: str,
    tools: Tools = NO_TOOLS,
    *,
    nocite: Sequence[Said] = (),
    engine: Said | None = None,
    bibliography: Mapping[str, Reference] = NO_BIBLIOGRAPHY,
) -> tuple[Document, Problems]:
    """The document with every `Cite` as a Span `citation`, and with the list of the works cited.

    `references` are CSL-JSON by key, `csl` is a style (None: the package's own). The list goes into the Div `refs`, or
    last, under `heading`. Works of `nocite` are listed too, all of them for "*"; `engine` is the one that
    is wanted. Unknown keys, and a style that cannot be used, are errors with their place; so is what is wrong with the
    references of `bibliography` that are cited.
    """
    found = occurrences(document)
    listed, unlisted = wishes.listed(nocite, references)
    style, style_problems = read(csl, tools.memory) if found or listed else (None, ())
    if style is None:
        return placed(document, (), {}, heading), (*unlisted, *faults(document, references, bibliography))
    chosen, no_engine = wishes.engine(style, engine, tools.memory)
    clusters, places = (tuple(getattr(one, name) for one in found.values()) for name in ("cluster", "place"))
    task = Task(clusters, references, style, document.metadata.lang, listed, places)
    made, failure = _formatted(task, tools, chosen, csl or OWN)
    problems = (*style_problems, *no_engine, *unlisted, *failure)
    problems = (*problems, *faults(document, references, bibliography, listed), *unformatted(made.failed))
    return _written(document, found, task, made, heading), problems


def _written(
    document: Document, found: Mapping[int, Occurrence], task: Task, made: Formatted, heading: str
) -> Document:
    """The document with what an engine has made of its citations. What is nothing in the list is not listed."""
    entries = _entries(made)
    names = anchors(entry.key for entry in entries)
    pairs = enumerate(zip(task.clusters, made.clusters, strict=True), 1)
    document = cited(document, found, [_span(cluster, text, names, str(at)) for at, (cluster, text) in pairs])
    if task.style.category != "author-date":
        document = replace(document, blocks=note_marks.settled(document.blocks))
    works = dict.fromkeys((*names, *task.keys))
    document = replace(document, citations=citations(task.clusters, task.references, works, task.style.id))
    return placed(document, entries, names, heading)


def _entries(made: Formatted) -> tuple[Entry, ...]:
    return tuple(filter(None, (_entry(one)[0] for one in made.entries)))


def _upright(one: Entry) -> tuple[Entry | None]:
    return (replace(one, inlines=tuple(turned(one.inlines))) if plain(one.inlines).strip() else None,)


_entry = OfEach[Entry, tuple[Entry | None]](_upright)


def _formatted(task: Task, tools: Tools, engine: str, csl: Path) -> tuple[Formatted, Problems]:
    try:
        return format_citations(task, tools, engine), ()
    except PandocError as error:
        message = _("pandoc cannot use «{name}»: {reason}").format(name=csl.name, reason=" ".join(str(error).split()))
        problem = Diagnostic("invalid-style", message, Location(csl.as_posix(), 0))
        return Formatted(((),) * len(task.clusters), ()), (problem,)


def _span(cluster: Cluster, text: tuple[Node, ...], names: Mapping[str, str], number: str) -> Node:
    """A citation's text, with the entries it leads to: the same one where another document says the same there."""
    cited = tuple(cite.key for cite in cluster)
    own = {key: names[key] for key in (*cited, *_keys_in(text)) if key in names}
    said = (id(text), number, cited, *own.items())
    return _spans.of(said, lambda: (text, _linked(cluster, text, own, number)))[1]


_spans = Recent[tuple[Any, ...], tuple[tuple[Node, ...], Node]]()
"""The last citations, by their texts, which are kept with them."""


def _cited_in(text: tuple[Node, ...]) -> tuple[str, ...]:
    return tuple(pairs_of(node["c"][0])["key"] for node in elements(list(text), "Span") if has_class(node, "cited"))


_keys_in = OfEach[tuple[Node, ...], tuple[str, ...]](_cited_in)


def _linked(cluster: Cluster, text: tuple[Node, ...], names: Mapping[str, str], number: str) -> Node:
    """A citation that leads to entries: as a whole, and from the words for each work."""

    def targeted(node: Node) -> Any:
        if not has_class(node, "cited"):
            return None
        key = pairs_of(node["c"][0])["key"]
        return span(node["c"][1], "cited", target=f"ref-{names[key]}") if key in names else node["c"][1]

    keys = dict.fromkeys(cite.key for cite in cluster if cite.key in names)
    inlines = walk(turned(text), {"Span": targeted})
    return span(inlines, "citation", ids=" ".join(names[key] for key in keys), cluster=number)
