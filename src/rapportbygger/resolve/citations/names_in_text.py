"""The names in running text that a style of numbers, labels or notes says nothing of: «Nilsen [2]», «Nilsen²»."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from rapportbygger.nodes import Node, plain
from rapportbygger.resolve.citations import authordate, csl
from rapportbygger.resolve.citations.clusters import Cite, Cluster, Form
from rapportbygger.resolve.citations.task import Place, Task, Tools

_NAMELESS = ("numeric", "label", "note")
"""The categories of styles that have no name before what they write; in «author» styles pandoc gives it."""
_SPACE: Node = {"t": "Space"}


def named(texts: Sequence[list[Node]], task: Task, tools: Tools) -> list[list[Node]]:
    """The texts of a task's clusters; those in running text begin with the author, as in the package's own style.

    A reader expects «Nilsen [2] skriver»: CSL has no layout for that, and pandoc gives «[2]».
    """
    places = task.places or [Place(0)] * len(texts)
    wanted = [_is_nameless(*one, task) for one in zip(task.clusters, places, strict=True)]
    names = _names(task, tools) if any(wanted) else {}
    pairs = zip(texts, task.clusters, wanted, strict=True)
    return [_after(names[cluster[0].key], text) if nameless else text for text, cluster, nameless in pairs]


def _is_nameless(cluster: Cluster, place: Place, task: Task) -> bool:
    """Whether a citation is in running text and pandoc gives it no name that fits; in a footnote it does."""
    cite, category = cluster[0], task.style.category
    in_text = cite.form is Form.IN_TEXT and cite.key in task.references
    return in_text and category in _NAMELESS and not (category == "note" and place.inside)


def _names(task: Task, tools: Tools) -> Mapping[str, list[Node]]:
    """What stands for each work in running text before its year: «Aas og Bø», or its title."""
    clusters = [(Cite(key, Form.IN_TEXT),) for key in task.keys]
    own = replace(task, clusters=clusters, style=csl.read(None)[0], nocite=(), places=())
    made = authordate.formatted(own, tools).clusters
    return {key: list(takewhile(lambda node: node != _SPACE, text)) for key, text in zip(task.keys, made, strict=True)}


def _after(name: list[Node], text: list[Node]) -> list[Node]:
    """A name and what the style has written; of a note style only its footnote, for it has names of its own before."""
    rest = [node for node in text if node["t"] == "Note"] or text
    if plain(rest).startswith(plain(name)):
        return text
    return [*name, *([] if not rest or rest[0]["t"] in ("Note", "Superscript") else [_SPACE]), *rest]
