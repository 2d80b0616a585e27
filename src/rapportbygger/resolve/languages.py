"""Text in another language than the report's (`[...]{lang=en}`, `::: {lang=nn}`): marked at its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from rapportbygger.diagnostics import Problems
from rapportbygger.model import Document, Setting
from rapportbygger.nodes import ATTRIBUTES, Node, elements, pairs_of, span, string

_FULL = (
    *("nb-NO", "nn-NO", "en-GB", "se-NO", "sma-NO", "smj-NO", "fkv-NO", "sv-SE", "da-DK", "fi-FI", "is-IS", "de-DE"),
    *("fr-FR", "es-ES", "pl-PL", "lt-LT", "uk-UA", "so-SO", "ti-ER", "ar-SA"),
)
_REGIONS: Mapping[str, str] = {tag.partition("-")[0]: tag for tag in _FULL} | {"no": "nb-NO"}
_QUOTES: Mapping[str, tuple[str, str]] = {
    "sv": ("””", "’’"),
    "fi": ("””", "’’"),
    "se": ("””", "’’"),
    "da": ("»«", "›‹"),
    "de": ("„“", "‚‘"),
    "fr": ("«»", "‹›"),
}
"""Quotation marks, the outer and the inner pair, of languages that no report is written in (CLDR, delimiters): those of
the others are `typography`'s."""


def resolve(document: Document, _setting: Setting) -> tuple[Document, Problems]:
    """The document with languages on Spans only, around the words that are in them, also in footnotes inside those.

    Blocks are in no language of their own afterwards: a Div that was there for it alone is opened up.
    """
    if not any("lang" in pairs_of(node["c"][ATTRIBUTES[node["t"]]]) for node in elements(document.blocks, *ATTRIBUTES)):
        return document, ()
    return replace(document, blocks=tuple(_spread(list(document.blocks), ""))), ()


def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _spread(node: Any, lang: str) -> Any:
    """A tree in which `lang` ("": the report's) holds until something says otherwise."""
    if isinstance(node, list):
        return [each for child in node for each in _as_list(_spread(child, lang), child)]
    if not isinstance(node, dict):
        return node
    if "t" not in node:  # a citation: a mapping that holds inlines
        return {key: _spread(value, lang) for key, value in node.items()}
    return _spread_element(node, lang)


def _spread_element(node: Node, lang: str) -> Any:
    own, bare = _own(node)
    if node["t"] == "Quoted" and _primary(lang) in _QUOTES:
        return _quoted(node, lang)
    if node["t"] == "Div" and own and bare["c"][0] == ["", [], []]:
        return _spread(bare["c"][1], own)
    if node["t"] == "Span" and own:
        identifier, classes, pairs = bare["c"][0]
        return {"t": "Span", "c": [[identifier, classes, [*pairs, ["lang", own]]], _spread(node["c"][1], own)]}
    return _changed(bare, own or lang)


def _as_list(new: Any, old: Any) -> list[Any]:
    """What takes an element's place in a list; a list in a list stays one."""
    return new if isinstance(new, list) and isinstance(old, dict) else [new]


def _own(node: Node) -> tuple[str, Node]:
    """The language that an element says it is in, and the element without it."""
    at = ATTRIBUTES.get(node["t"])
    if at is None:
        return "", node
    identifier, classes, pairs = node["c"][at]
    kept = [pair for pair in pairs if pair[0] != "lang"]
    content = [*node["c"][:at], [identifier, classes, kept], *node["c"][at + 1 :]]
    return _full(dict(pairs).get("lang", "")), {"t": node["t"], "c": content}


def _full(tag: str) -> str:
    """The tag as Word knows languages, with a region: `nn-NO` for `nn`."""
    return _REGIONS.get(tag.lower(), tag)


def _quoted(node: Node, lang: str) -> list[Node]:
    opening, closing = tuple(_QUOTES[_primary(lang)][node["c"][0]["t"] != "DoubleQuote"])
    out = [string(opening), *_spread(node["c"][1], lang), string(closing)]
    if len(out) > 2 and out[1]["t"] == "Str":  # a line must not break between the mark and the word
        out[:2] = [string(opening + out[1]["c"])]
    if len(out) > 1 and out[-2]["t"] == "Str":
        out[-2:] = [string(out[-2]["c"] + closing)]
    return out


def _changed(node: Node, lang: str) -> Node:
    content = node.get("c")
    if not isinstance(content, list):
        return node
    inside = _spread(content, lang)
    mark = _MARKING.get(node["t"]) if lang else None
    return {"t": node["t"], "c": mark(inside, lang) if mark else inside}


def _marked(inlines: list[Node], lang: str) -> list[Node]:
    """The inlines in one Span; pictures alone stay as they are."""
    if all(inline["t"] in ("Image", "Space", "SoftBreak") for inline in inlines):
        return inlines
    return [span(inlines, lang=lang)]


def _heading(content: list[Any], lang: str) -> list[Any]:
    return [*content[:2], _marked(content[2], lang)]


def _lines(lines: list[Any], lang: str) -> list[Any]:
    return [_marked(line, lang) for line in lines]


def _terms(items: list[Any], lang: str) -> list[Any]:
    return [[_marked(term, lang), definitions] for term, definitions in items]


_MARKING: Mapping[str, Callable[[list[Any], str], list[Any]]] = {
    "Para": _marked,
    "Plain": _marked,
    "Header": _heading,
    "LineBlock": _lines,
    "DefinitionList": _terms,
}
"""How the inlines of each block that holds any are marked."""
