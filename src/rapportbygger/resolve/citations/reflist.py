"""Where the reference list stands, and its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rapportbygger.model import Document, Target
from rapportbygger.nodes import ATTRIBUTES, Node, attr, attributes, div, elements, has_class, span, walk, words
from rapportbygger.recent import OfEach, Recent
from rapportbygger.resolve.citations.clusters import Entry


def anchors(keys: Iterable[str]) -> dict[str, str]:
    """For each key the word that names it in identifiers: the key itself, if there is no space in it."""
    made: dict[str, str] = {}
    for key in keys:
        made[key] = _unique(re.sub(r"\s+", "-", key.strip()) or "key", set(made.values()))
    return made


def placed(document: Document, entries: Sequence[Entry], names: Mapping[str, str], heading: str) -> Document:
    """The document with the list where the author has put `::: {#refs}`, else last, under its own heading."""
    blocks = [_entry(entry, names[entry.key]) for entry in entries]
    if any(_is_place(element) for element in elements(document.blocks, "Div")):
        return replace(document, blocks=tuple(_filled(document.blocks, blocks)))
    return _appended(document, blocks, heading) if blocks else document


def _entry(entry: Entry, name: str) -> Node:
    """An entry as a block: the same one in every document that lists the same."""
    return _known.of((_texts(entry), name), lambda: _made(entry, name))


_known = Recent[tuple[str, str], Node]()
_texts = OfEach[Entry, str](lambda entry: repr(entry.inlines))


def _made(entry: Entry, name: str) -> Node:
    return div([{"t": "Para", "c": _displayed(entry.inlines)}], "csl-entry", identifier=f"ref-{name}")


def _displayed(inlines: Iterable[Node]) -> list[Node]:
    """What a style displays apart (CSL 1.0.2, display): a number in the margin without a space, a block on its line."""
    made: list[Node] = []
    apart = False
    for inline in inlines:
        before, apart = apart, has_class(inline, "csl-block") or has_class(inline, "csl-indent")
        made += [{"t": "LineBreak"}] if made and (before or apart) else []
        if has_class(inline, "csl-left-margin"):
            made.append(span(_without_space(inline["c"][1]), "csl-left-margin"))
        else:
            made += inline["c"][1] if apart or has_class(inline, "csl-right-inline") else [inline]
    return made


def _without_space(inlines: list[Node]) -> list[Node]:
    return _without_space(inlines[:-1]) if inlines and inlines[-1]["t"] == "Space" else inlines


def _is_place(element: Node) -> bool:
    return bool(element["t"] == "Div" and element["c"][0][0] == "refs")


def _filled(blocks: Sequence[Node], entries: list[Node]) -> list[Node]:
    """The blocks with the list in the first place for it; others are dropped, since an identifier stands only once."""
    places = iter([_list(entries)])

    def fill(element: Node) -> Node | list[Node] | None:
        return next(places, []) if _is_place(element) else None

    filled: list[Node] = list(walk(blocks, {"Div": fill}))
    return filled


def _list(entries: list[Node]) -> Node:
    """The list: the same one in every document with the same entries."""
    return _lists.of(tuple(map(id, entries)), lambda: div(entries, "references", identifier="refs"))


_lists = Recent[tuple[int, ...], Node]()
"""The last lists by their entries, which are kept in them."""


def _appended(document: Document, entries: list[Node], heading: str) -> Document:
    identifier = _unique("sec-references", _identifiers(document))
    title = words(heading)
    header: Node = {"t": "Header", "c": [1, attr(identifier, "unnumbered"), title]}
    target = Target(identifier, "sec", tuple(title), level=1)
    return replace(
        document,
        blocks=(*document.blocks, header, _list(entries)),
        targets={**document.targets, identifier: target},
    )


def _identifiers(document: Document) -> set[str]:
    return set(document.targets) | {str(attributes(element)[0]) for element in elements(document.blocks, *ATTRIBUTES)}


def _unique(name: str, used: set[str]) -> str:
    at, unique = 1, name
    while unique in used:
        unique, at = f"{name}-{at}", at + 1
    return unique
