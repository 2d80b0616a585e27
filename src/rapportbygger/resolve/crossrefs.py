"""Cross references in Quarto's notation: `@fig-x`, `[@fig-x; @fig-y]`, `[-@sec-x]`, `[side @fig-x]{.page}`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, NamedTuple

from rapportbygger.diagnostics import Diagnostic, Location, Problems, nearest
from rapportbygger.language import Labels, labels
from rapportbygger.messages import _
from rapportbygger.model import Document, Setting, Target
from rapportbygger.nodes import (
    Node,
    changed,
    elements,
    has_class,
    holding,
    holds,
    span,
    string,
    walk,
    without_notes,
    words,
)
from rapportbygger.recent import OfEach, Recent
from rapportbygger.resolve.numbers import NO_BREAK_SPACE

_KEY = re.compile(r"(fig|tbl|sec)-", re.IGNORECASE)
_KEY_ENDS = r"(?![:.#$%&+?<>~/-]*\w)"
"""What does not follow a key: signs belong to it where a letter or digit follows them (pandoc's manual, citations)."""


def resolve(document: Document, _setting: Setting) -> tuple[Document, Problems]:
    """Every cross reference as Spans `crossref` and `pageref`; an error for each that leads nowhere."""
    writer = _References(document.targets, labels(document.metadata.lang))
    blocks = changed(document.blocks, writer.written, "Cite")
    return replace(document, blocks=blocks), (*_unknown(document), *_mixed(document))


def _keys(cite: Node) -> list[str]:
    return [citation["citationId"] for citation in cite["c"][0]]


def is_cross_reference(node: Node) -> bool:
    """Whether a Cite refers to figures, tables and sections only, and not to the literature."""
    return node["t"] == "Cite" and all(_KEY.match(key) for key in _keys(node))


class _Named(NamedTuple):
    """What the Cites of a block name of figures, tables and sections: in all, in references to nothing else, and first
    in those that name other works too (with the first key of each).
    """

    keys: tuple[str, ...]
    alone: tuple[str, ...]
    mixed: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, block: Node) -> _Named:
        """That of a block."""
        cites = [_keys(cite) for cite in elements((block,), "Cite")]
        crossing = [[key for key in keys if _KEY.match(key)] for keys in cites]
        pairs = list(zip(cites, crossing, strict=True))
        alone = (key for keys, ours in pairs if ours == keys for key in keys)
        mixed = tuple((ours[0], keys[0]) for keys, ours in pairs if ours and ours != keys)
        return cls(tuple(dict.fromkeys(chain.from_iterable(crossing))), tuple(dict.fromkeys(alone)), mixed)


_named = OfEach[Node, _Named](_Named.of)


class _References:
    """Writes the references of one document."""

    def __init__(self, targets: Any, texts: Labels) -> None:
        self._targets, self._labels = targets, texts

    def written(self, block: Node) -> Node:
        """A block with the text of its references, which follows from what they name and from the language."""
        keys = _named(block).keys
        if not keys:
            return block
        said = tuple((key, _said(self._known(key))) for key in keys)
        return _known_blocks.of((id(block), self._labels.lang, said), lambda: (block, self._written(block)))[1]

    def _written(self, block: Node) -> Node:
        paged = walk(block, {"Span": self.page_references}) if holds(block, "Span") else block
        written: Node = walk(paged, {"Cite": self.references})
        return written

    def page_references(self, node: Node) -> Node | None:
        """`[side @fig-x]{.page}`: the references in it become page numbers."""
        if not has_class(node, "page"):
            return None
        return {"t": "Span", "c": [node["c"][0], walk(node["c"][1], {"Cite": self._page})]}

    def _page(self, node: Node) -> list[Node] | None:
        if not is_cross_reference(node):
            return None
        pages = [span([string("0")], "pageref", target=self._known(key).id) for key in _keys(node) if self._known(key)]
        return _joined([[page] for page in pages], self._labels.conjunction)

    def references(self, node: Node) -> list[Node] | None:
        """A Cite of cross references becomes the text of what it refers to; a mixed one stays as it is written."""
        if not is_cross_reference(node):
            return list(node["c"][1]) if any(_KEY.match(key) for key in _keys(node)) else None
        citations = [citation for citation in node["c"][0] if self._known(citation["citationId"])]
        groups = [self._group(group) for group in _by_kind(citations)]
        return _joined(groups, self._labels.conjunction)

    def _known(self, key: str) -> Any:
        return self._targets.get(key) or self._targets.get(key[:1].lower() + key[1:])

    def _group(self, citations: Sequence[Any]) -> list[Node]:
        """References to things of one kind: one alone («Figur 1»), or several behind one label («Figur 1 og 2»)."""
        first, target = citations[0], self._known(citations[0]["citationId"])
        if len(citations) == 1 or not all(self._known(citation["citationId"]).number for citation in citations):
            return _joined([self._one(citation) for citation in citations], self._labels.conjunction)
        numbers = [[_crossref(self._known(citation["citationId"]), "number")] for citation in citations]
        label = [] if _bare(first) else [string(self._label(first, target) + NO_BREAK_SPACE)]
        prefix = [*first["citationPrefix"], string(NO_BREAK_SPACE)] if first["citationPrefix"] else label
        return [*prefix, *_joined(numbers, self._labels.conjunction), *citations[-1]["citationSuffix"]]

    def _one(self, citation: Any) -> list[Node]:
        target: Target = self._known(citation["citationId"])
        if not target.number:
            return [*self._titled(citation, target), *citation["citationSuffix"]]
        if citation["citationPrefix"]:
            number = _crossref(target, "number")
            return [*citation["citationPrefix"], string(NO_BREAK_SPACE), number, *citation["citationSuffix"]]
        if _bare(citation):
            return [_crossref(target, "number"), *citation["citationSuffix"]]
        if target.kind == "sec":
            label = string(self._label(citation, target) + NO_BREAK_SPACE)
            return [label, _crossref(target, "number"), *citation["citationSuffix"]]
        return [_crossref(target, "full"), *citation["citationSuffix"]]

    def _label(self, citation: Any, target: Target) -> str:
        text = target.label
        return text[:1].upper() + text[1:] if citation["citationId"][:1].isupper() else text

    def _titled(self, citation: Any, target: Target) -> list[Node]:
        """A heading without a number is called by its title: kapittelet «Formål»."""
        opening, closing = self._labels.quotes[0]
        quoted = [string(opening), _crossref(target, "title"), string(closing)]
        if citation["citationPrefix"] or _bare(citation):
            between = [{"t": "Space"}] if citation["citationPrefix"] else []
            return [*citation["citationPrefix"], *between, *quoted]
        name = self._labels.chapter_titled if target.level == 1 else self._labels.section_titled
        name = name[:1].upper() + name[1:] if citation["citationId"][:1].isupper() else name
        return [*words(name), {"t": "Space"}, *quoted]


_known_blocks = Recent[tuple[Any, ...], tuple[Node, Node]]()
"""The last blocks, which are kept with what became of them, by all that this depends on."""


def _said(target: Target | None) -> tuple[Any, ...]:
    """What a reference can say of its target."""
    if target is None:
        return ()
    title = "" if target.number else json.dumps(target.title)
    return target.id, target.kind, target.label, target.number, target.level, title


def _bare(citation: Any) -> bool:
    return bool(citation["citationMode"]["t"] == "SuppressAuthor")


def _crossref(target: Target, part: str) -> Node:
    if part == "title":
        text = _title(target)
    else:
        text = [string(target.number if part == "number" else target.label + NO_BREAK_SPACE + target.number)]
    return span(text, "crossref", target=target.id, part=part)


def _title(target: Target) -> list[Node]:
    """A heading's text where it is called by it: without its footnotes and identifiers."""

    return list(walk(without_notes(target.title), {"Span": _content, "Link": _content}))


def _content(node: Node) -> Any:
    return node["c"][1]


def _by_kind(citations: Iterable[Any]) -> list[list[Any]]:
    groups: dict[str, list[Any]] = {}
    for citation in citations:
        groups.setdefault(citation["citationId"][:3].lower(), []).append(citation)
    return list(groups.values())


def _joined(parts: Sequence[list[Node]], conjunction: str) -> list[Node]:
    """«1», «1 og 2», «1, 2 og 3»."""
    out: list[Node] = []
    for i, part in enumerate(parts):
        if 0 < i < len(parts) - 1:
            out += [string(","), {"t": "Space"}]
        elif i:
            out += [{"t": "Space"}, string(conjunction), {"t": "Space"}]
        out += part
    return out


# ----------------------------------------------------------------------------------------------------------- problems


def _unknown(document: Document) -> Iterable[Diagnostic]:
    known = document.targets
    used = (key for block in holding(document.blocks, "Cite") for key in _named(block).alone)
    for key in dict.fromkeys(used):
        if key in known or key[:1].lower() + key[1:] in known:
            continue
        match = nearest(key, [name for name, target in known.items() if target.kind == key[:3].lower()])
        hint = _("did you mean «{name}»?").format(name=match) if match else _no_such(key)
        places: list[Location | None] = list(document.locate("@" + re.escape(key) + _KEY_ENDS))
        for place in places or [None]:
            yield Diagnostic(
                "unknown-target", _("there is nothing called «{name}» to refer to").format(name=key), place, hint
            )


def _no_such(key: str) -> str:
    written = {"fig": "![…](…){#%s}", "tbl": ": … {#%s}", "sec": "# … {#%s}"}[key[:3].lower()] % key
    return _("give what you refer to its name: {written}").format(written=written)


def _mixed(document: Document) -> Iterable[Diagnostic]:
    for name, first in (pair for block in holding(document.blocks, "Cite") for pair in _named(block).mixed):
        yield Diagnostic(
            "mixed-reference",
            _("«{name}» stands in one bracket with a reference to the literature").format(name=name),
            next(document.locate(r"@" + re.escape(first) + r"\s*;[^\]]*@"), None),
            _("write two brackets: one for figures, tables and sections, one for the literature"),
        )
