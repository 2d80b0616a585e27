"""Citations as live fields of a program that goes on citing in the Word file: Word itself, or Zotero."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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
            return list(inlines)
        return [raw(ooxml.link_begin(name)), *inlines, raw(ooxml.link_end())]

    def citation(self, pairs: Mapping[str, str], inlines: Sequence[Node]) -> list[Node]:
        """The inlines of a Span `citation` with its field; without one where a work of it is not listed."""
        works = self._citations.clusters.get(pairs.get("cluster", ""), ())
        if not self._program or not works or any(work.key not in self._citations.works for work in works):
            return list(inlines)
        before, inside = _parted(inlines) if works[0].form == "AuthorInText" else ([], list(inlines))
        note = int(pairs.get("note", "0"))
        shown = Shown(works, _said(inside), next(self._numbers), bool(before), note)
        begin, end = _around(shown, self._program)
        return [*before, raw(begin), *inside, raw(end)]

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
    """The blocks with every citation in a footnote saying the number of that: attribute `note`."""
    numbers = count(1)

    def note(element: Node) -> Node:
        number = str(next(numbers))

        def citation(inner: Node) -> Node | None:
            (identifier, classes, pairs), inlines = inner["c"]
            return span(inlines, *classes, identifier=identifier, **dict(pairs), note=number) if _cites(inner) else None

        return {"t": "Note", "c": walk(element["c"], {"Span": citation})}

    return walk(blocks, {"Note": note})


def _cites(element: Node) -> bool:
    return has_class(element, "citation")


def _with_inlines(entry: Node, at: int, change: Callable[[list[Node]], list[Node]]) -> Node:
    """A Div with the inlines of its first (0) or last (-1) paragraph changed."""
    attributes, blocks = entry["c"]
    changed = list(blocks)
    at = [i for i, block in enumerate(blocks) if block["t"] in ("Para", "Plain")][at]
    changed[at] = {"t": changed[at]["t"], "c": change(changed[at]["c"])}
    return {"t": "Div", "c": [attributes, changed]}


# ------------------------------------------------------------------------------------------------------ running text

_BRACKETS = {")": "(", "]": "["}


def _parted(inlines: Sequence[Node]) -> tuple[list[Node], list[Node]]:
    """«Tiller» and «(2006, s. 7)»: the author in running text, and what stands in brackets behind it.

    Nothing and all, where that does not end a citation.
    """
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
