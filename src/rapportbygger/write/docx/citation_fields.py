"""Citations as live fields of a program that goes on citing in the Word file: Word itself, or Zotero."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any

from rapportbygger.cited import Citations, CitedWork
from rapportbygger.nodes import Node, has_class, plain, span, walk
from rapportbygger.write.docx import ooxml, ooxml_citations
from rapportbygger.write.docx.package import Parts
from rapportbygger.write.docx.raw_nodes import raw


@dataclass(frozen=True, slots=True)
class Shown:
    """A citation that a field is written for: its works, the text that the field shows, its number and its footnote's.

    In `in_text` citations the author stands before the field. `note` is 0 in the text.
    """

    works: tuple[CitedWork, ...]
    text: str
    number: int
    in_text: bool = False
    note: int = 0


@dataclass(frozen=True, slots=True)
class Program:
    """What a program needs in the file: a field's instruction for each citation, one for the list, and parts.

    `controls` says whether its fields are in content controls.
    """

    instruction: Callable[[Shown], str]
    list_instruction: str
    parts: Callable[[Parts], dict[str, bytes]]
    controls: bool = False


class Fields:
    """Writes the citations of one document: as fields of a program, each with its own number, or as links (None).

    `names` are Word's bookmarks by identifier.
    """

    def __init__(self, citations: Citations, names: Mapping[str, str], program: Program | None) -> None:
        self._citations, self._names, self._program, self._numbers = citations, names, program, count(1)

    def noted(self, blocks: Sequence[Node]) -> Any:
        """The blocks ready to be written: where fields are to say so, each citation with the number of its footnote."""
        return numbered_notes(blocks) if self._program else blocks

    def cited(self, pairs: Mapping[str, str], inlines: Sequence[Node]) -> list[Node]:
        """The inlines of a Span `cited`: a link, but in a field. What a program writes there has none, and LibreOffice
        breaks files with links in such fields."""
        name = self._names.get(pairs.get("target", ""))
        if name is None or self._program:
            return [span(inlines)]
        return [raw(ooxml.link_begin(name)), *inlines, raw(ooxml.link_end())]

    def citation(self, pairs: Mapping[str, str], inlines: Sequence[Node]) -> list[Node]:
        """The inlines of a Span `citation` with its field: in the footnote, where the style makes one. Without a field
        where a work of it is not listed."""
        works, program = self._citations.clusters.get(pairs.get("cluster", ""), ()), self._program
        if not program or not works or any(work.key not in self._citations.works for work in works):
            return list(inlines)
        in_text, note = works[0].form == "AuthorInText", int(pairs.get("note", "0"))

        def fielded(inside: Sequence[Node], *, apart: bool) -> list[Node]:
            shown = Shown(works, _said(inside), next(self._numbers), apart, note)
            begin, end = _around(shown, program)
            return [raw(begin), *inside, raw(end)]

        if any(inline["t"] == "Note" for inline in inlines):
            return [_in_note(inline, partial(fielded, apart=in_text)) for inline in inlines]
        before, inside = _parted(inlines) if in_text else ([], list(inlines))
        return [*before, *fielded(inside, apart=bool(before))]

    def entries(self, divs: list[Node]) -> list[Node]:
        """The entries of the list (each a Div), with one field around all of them."""
        if not divs or not self._program:
            return divs
        begin, end = raw(ooxml.field_begin(self._program.list_instruction)), raw(ooxml.field_end())
        opened = [_with_inlines(divs[0], 0, lambda inlines: [begin, *inlines]), *divs[1:]]
        return [*opened[:-1], _with_inlines(opened[-1], -1, lambda inlines: [*inlines, end])]


def _around(shown: Shown, program: Program) -> tuple[str, str]:
    instruction = program.instruction(shown)
    if program.controls:
        return ooxml_citations.citation_begin(shown.number, instruction), ooxml_citations.citation_end()
    return ooxml.field_begin(instruction), ooxml.field_end()


def numbered_notes(blocks: Sequence[Node]) -> Any:
    """The blocks with every citation in a footnote, or that has made one, saying its number: attribute `note`."""
    last = 0

    def note(element: Node) -> Node:
        nonlocal last
        last += 1
        return {"t": "Note", "c": walk(element["c"], {"Span": partial(_numbered, number=last)})}

    def citation(element: Node) -> Node | None:
        own = any(inline["t"] == "Note" for inline in element["c"][1])
        return _numbered(element, number=last) if own else None

    return walk(blocks, {"Note": note, "Span": citation})


def _numbered(element: Node, number: int) -> Node | None:
    (identifier, classes, pairs), inlines = element["c"]
    said = {**dict(pairs), "note": str(number)}
    return span(inlines, *classes, identifier=identifier, **said) if has_class(element, "citation") else None


def _in_note(inline: Node, change: Callable[[list[Node]], list[Node]]) -> Node:
    """A footnote with its text changed; other inlines as they are."""
    return {"t": "Note", "c": _with_text(inline["c"], 0, change)} if inline["t"] == "Note" else inline


def _with_inlines(entry: Node, at: int, change: Callable[[list[Node]], list[Node]]) -> Node:
    """A Div with the inlines of its first (0) or last (-1) paragraph changed."""
    return {"t": "Div", "c": [entry["c"][0], _with_text(entry["c"][1], at, change)]}


def _with_text(blocks: Sequence[Node], at: int, change: Callable[[list[Node]], list[Node]]) -> list[Node]:
    """Blocks with the inlines of one of their paragraphs changed."""
    chosen = [i for i, block in enumerate(blocks) if block["t"] in ("Para", "Plain")][at]
    return [{"t": block["t"], "c": change(block["c"])} if i == chosen else block for i, block in enumerate(blocks)]


# ------------------------------------------------------------------------------------------------------ running text

_BRACKETS = {")": "(", "]": "["}


def _parted(inlines: Sequence[Node]) -> tuple[list[Node], list[Node]]:
    """«Tiller» and «(2006, s. 7)» or «²»: the author in running text, and what stands in brackets or raised behind it.

    Nothing and all, where that does not end a citation: brackets among the words of a work («Meld. St. 18 (2020–2021)»)
    are no such.
    """
    raised = next((at for at, inline in enumerate(inlines) if inline["t"] == "Superscript"), 0)
    if raised:
        return list(inlines[:raised]), list(inlines[raised:])
    closing = _said(inlines)[-1:]
    depth = 0
    for at in range(len(inlines) - 1, -1, -1):
        text = _said([inlines[at]])
        depth += text.count(closing) - text.count(_BRACKETS[closing]) if closing in _BRACKETS else 1
        if depth <= 0:
            return (list(inlines[:at]), list(inlines[at:])) if text.startswith(_BRACKETS[closing]) else ([], [*inlines])
    return [], list(inlines)


def _said(inlines: Sequence[Node]) -> str:
    """What the field shows, on one line."""
    return plain(inlines).replace("\n", " ")
