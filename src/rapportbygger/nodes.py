"""pandoc's AST as JSON: its elements, a walk over them, and the few that are made by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from operator import is_
from typing import Any, TypeAlias

from rapportbygger.branches import LEAVES, Node, branches, branches_of, holdings

__all__ = [
    "ATTRIBUTES",
    "LEAVES",
    "Attr",
    "Change",
    "Node",
    "attr",
    "attributes",
    "branches",
    "changed",
    "div",
    "elements",
    "has_class",
    "holding",
    "holds",
    "pairs_of",
    "plain",
    "span",
    "string",
    "tongues",
    "walk",
    "without_notes",
    "words",
]

Attr: TypeAlias = list[Any]
"""pandoc's attributes: `[id, [class, ...], [[key, value], ...]]`."""

Change: TypeAlias = Callable[[Node], Any]


def walk(node: Any, changes: Mapping[str, Change]) -> Any:
    """A tree with every element replaced by what the change for its kind gives for it, children first.

    A change gets an element (its children already changed) and returns an element, a list of elements to put in its
    place, or None to leave it. Nothing is written into the tree that was walked, and what did not change is shared.
    """
    if type(node) is tuple and LEAVES.isdisjoint(changes):
        return _walk_blocks(node, changes)
    if type(node) is dict:
        return _walk_element(node, changes)
    return _walk_list(node, changes) if isinstance(node, (list, tuple)) else node


def _walk_blocks(blocks: tuple[Node, ...], changes: Mapping[str, Change]) -> Any:
    """The blocks of a document: those that hold nothing to change are not gone through."""

    def change(block: Node) -> Any:
        found = elements((block,), *changes)
        if len(found) > 1 or found[0] is not block:
            return _walk_element(block, changes)
        new = changes[block["t"]](block)
        return block if new is None else new

    return changed(blocks, change, *changes)


def changed(blocks: tuple[Node, ...], change: Change, *kinds: str) -> tuple[Node, ...]:
    """The blocks of a document where `change` gives what becomes of each that holds an element of these kinds.

    It gives a block, which may be the same one, or a list of blocks.
    """
    wanted, document = frozenset(kinds), holdings(blocks)
    if wanted.isdisjoint(document.kinds):
        return blocks
    out: list[Node] = []
    for block, each in zip(blocks, document.branches, strict=True):
        new = block if wanted.isdisjoint(each.kinds) else change(block)
        out += new if type(new) is list else (new,)
    return blocks if len(out) == len(blocks) and all(map(is_, out, blocks)) else tuple(out)


def _walk_element(node: Node, changes: Mapping[str, Change]) -> Any:
    kind = node.get("t")
    if kind is None:  # a citation: a mapping that holds inlines
        return {key: walk(value, changes) for key, value in node.items()}
    content = node.get("c")
    if type(content) is list:
        new = _walk_list(content, changes)
        if new is not content:
            node = {"t": kind, "c": new}
    change = changes.get(kind)
    changed = None if change is None else change(node)
    return node if changed is None else changed


def _walk_list(nodes: Any, changes: Mapping[str, Change]) -> Any:
    passed = LEAVES.difference(changes)
    out: list[Any] = []
    end = 0
    for at in [at for at, node in enumerate(nodes) if type(node) is not dict or node.get("t") not in passed]:
        node = nodes[at]
        is_element = type(node) is dict
        new = _walk_element(node, changes) if is_element else _walk_other(node, changes)
        if new is not node:
            out += nodes[end:at]
            out += new if is_element and type(new) is list else (new,)
            end = at + 1
    return [*out, *nodes[end:]] if end else nodes


def _walk_other(node: Any, changes: Mapping[str, Change]) -> Any:
    """What is no element: attributes, addresses and the like, which begin with a text, hold nothing."""
    return _walk_list(node, changes) if type(node) is list and node and type(node[0]) is not str else node


def elements(node: Any, *kinds: str) -> list[Node]:
    """Every element in a tree (of these kinds, where any is named), parents first, in reading order."""
    wanted = frozenset(kinds)
    if type(node) is tuple and kinds and LEAVES.isdisjoint(wanted):
        return _elements_of_document(node, wanted)
    found: list[Node] = []
    _collect(node if isinstance(node, (list, tuple)) else [node], wanted, found)
    return found


def _elements_of_document(blocks: tuple[Node, ...], wanted: frozenset[str]) -> list[Node]:
    if len(blocks) == 1:
        (block,) = blocks
        return [element for element in branches_of(block).elements if element["t"] in wanted]
    document = holdings(blocks)
    if wanted.isdisjoint(document.kinds):
        return []
    every = [each.elements for each in document.branches if not wanted.isdisjoint(each.kinds)]
    return [element for elements in every for element in elements if element["t"] in wanted]


def holds(block: Node, *kinds: str) -> bool:
    """Whether there is an element of one of these kinds in a block of a document, or it is one."""
    return not branches_of(block).kinds.isdisjoint(kinds)


def holding(blocks: tuple[Node, ...], *kinds: str) -> list[Node]:
    """The blocks of a document that hold any element of these kinds."""
    document = holdings(blocks)
    if document.kinds.isdisjoint(kinds):
        return []
    return [block for block, each in zip(blocks, document.branches, strict=True) if not each.kinds.isdisjoint(kinds)]


def _collect(nodes: Iterable[Any], kinds: frozenset[str], found: list[Node]) -> None:
    """Add the elements of some kinds; of all where none is named."""
    for node in nodes:
        if type(node) is dict:
            kind = node.get("t")
            if kind is None:
                _collect(node.values(), kinds, found)
                continue
            if kind in kinds or not kinds:
                found.append(node)
            if kind not in LEAVES:
                content = node.get("c")
                if content and type(content) is list:
                    _collect(content, kinds, found)
        elif node and type(node) is list and type(node[0]) is not str:
            _collect(node, kinds, found)


def without_notes(node: Any) -> Any:
    """A tree without its footnotes: what stands in the text itself."""
    return walk(node, {"Note": lambda _note: []})


def plain(inlines: Iterable[Node]) -> str:
    """The text of inlines, without footnotes."""
    return "".join(
        [
            inline["c"] if (kind := inline["t"]) == "Str" else " " if kind == "Space" else _plain(inline)
            for inline in inlines
        ]
    )


_SPACES = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}
_QUOTES = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}


def _plain(inline: Node) -> str:
    kind: str = inline["t"]
    content: Any = inline.get("c")
    if kind == "Str":
        return str(content)
    if kind in _SPACES:
        return _SPACES[kind]
    if kind in ("Code", "Math"):
        return str(content[1])
    if kind == "Quoted":
        opening, closing = _QUOTES[content[0]["t"]]
        return opening + plain(content[1]) + closing
    if kind in ("Span", "Link", "Image", "Cite"):
        return plain(content[1])
    return plain(content) if kind not in ("Note", "RawInline") and isinstance(content, list) else ""


_SPEAKING: Mapping[str, int | None] = {"Emph": None, "Strong": None, "Span": 1, "Link": 1, "Cite": 1}
"""The inlines in which others may be in another language, and where those stand (None: they are all their content)."""


def tongues(inlines: Iterable[Node], lang: str = "") -> list[tuple[str, str]]:
    """The text of inlines in parts, each with the language of the Span around it (`lang` where there is none)."""
    parts: list[tuple[str, str]] = []
    for inline in inlines:
        for text, own in _spoken(inline, lang):
            if parts and parts[-1][1] == own:
                parts[-1] = (parts[-1][0] + text, own)
            elif text:
                parts.append((text, own))
    return parts


def _spoken(inline: Node, lang: str) -> list[tuple[str, str]]:
    kind = inline["t"]
    if kind not in _SPEAKING:
        return [(_plain(inline), lang)]
    at = _SPEAKING[kind]
    own = pairs_of(inline["c"][0]).get("lang", lang) if kind == "Span" else lang
    return tongues(inline["c"] if at is None else inline["c"][at], own)


def attr(identifier: str = "", *classes: str, **pairs: str) -> Attr:
    """pandoc's attributes."""
    return [identifier, list(classes), [[key, value] for key, value in pairs.items()]]


def string(text: str) -> Node:
    """A word. Spaces in it are not break opportunities: for running text see `words`."""
    return {"t": "Str", "c": text}


def words(text: str) -> list[Node]:
    """Running text as inlines."""
    return [{"t": "Space"} if part == " " else string(part) for part in re.split("( )", text) if part]


def span(inlines: Iterable[Node], *classes: str, identifier: str = "", **pairs: str) -> Node:
    """A Span of inlines."""
    return {"t": "Span", "c": [attr(identifier, *classes, **pairs), list(inlines)]}


def div(blocks: Iterable[Node], *classes: str, identifier: str = "", **pairs: str) -> Node:
    """A Div of blocks."""
    return {"t": "Div", "c": [attr(identifier, *classes, **pairs), list(blocks)]}


def pairs_of(attributes: Attr) -> dict[str, str]:
    """The key-value pairs of pandoc's attributes."""
    return dict(attributes[2])


def has_class(node: Node, name: str) -> bool:
    """Whether a Div, Span or the like has the class."""
    content = node.get("c")
    return node["t"] in ("Div", "Span") and content is not None and name in content[0][1]


ATTRIBUTES = {
    "Header": 1,
    "Div": 0,
    "Span": 0,
    "Figure": 0,
    "Table": 0,
    "Image": 0,
    "CodeBlock": 0,
    "Code": 0,
    "Link": 0,
}


def attributes(node: Node) -> Attr:
    """pandoc's attributes of an element of one of the kinds that have any."""
    found: Attr = node["c"][ATTRIBUTES[node["t"]]]
    return found
