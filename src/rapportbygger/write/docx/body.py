"""A resolved document as a finished Word file.

`prepare` turns our named classes into Word's own constructs inside pandoc's AST and lets pandoc write the body;
`assemble` puts that body into the rendered template, when the layout has said on which page everything stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapportbygger.model import LEAD_IN, PAGE_BREAK, Document, Target, orientation
from rapportbygger.nodes import (
    Node,
    attr,
    branches,
    holds,
    pairs_of,
    plain,
    string,
    tongues,
    walk,
    without_notes,
    words,
)
from rapportbygger.pandoc import Pandoc
from rapportbygger.protocols import Memory
from rapportbygger.theme.look import Style
from rapportbygger.write.cells import TableLetters
from rapportbygger.write.columns import Plan
from rapportbygger.write.docx import ooxml, writing
from rapportbygger.write.docx.bookmarks import bookmarks, number_bookmark
from rapportbygger.write.docx.citation_fields import Fields, Program
from rapportbygger.write.docx.known_changes import KnownChanges
from rapportbygger.write.docx.lists import numbered_from_its_start, with_boxes
from rapportbygger.write.docx.package import Parts
from rapportbygger.write.docx.raw_nodes import raw, raw_block, styled
from rapportbygger.write.docx.table_plans import table_plans
from rapportbygger.write.docx.writing import Writing
from rapportbygger.write.formulas import need, parted

_LISTS = {"list-of-figures": "fig", "list-of-tables": "tbl"}
_AS_THEY_ARE = {"Para", "Plain"}
"""What is changed only where it holds pictures or formulas."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body that pandoc is writing, and what is known of it that pandoc cannot say.

    `bookmarks` are Word's names by identifier; `unnumbered` names those headings; `outline` gives the level of those
    that are not at the level that their style says, `numbered` (style's level, number's level) of those whose number is
    not; `tables` say how every table is laid out, in order. `program` is the one whose fields the citations are.
    """

    written: Writing
    bookmarks: Mapping[str, str]
    unnumbered: frozenset[str]
    outline: Mapping[str, int]
    numbered: Mapping[str, tuple[int, int]]
    tables: tuple[Plan, ...]
    styles: Mapping[str, Style]
    program: Program | None = None


def prepare(
    document: Document,
    parts: Parts,
    *,
    pandoc: Pandoc,
    folder: Path,
    text_widths: Mapping[str, int],
    letters: TableLetters,
    styles: Mapping[str, Style],
    title_block: bool,
    program: Program | None = None,
    memory: Memory | None = None,
) -> Body:
    """Ask pandoc for the body, as far as it has to be asked. With `title_block` the title stands above the text.

    `text_widths` are those of portrait and landscape pages, in twips.

    `letters` are those of tables, whose columns are as wide as their words need. `program` goes on citing in the file.
    """
    names = bookmarks(document)
    blocks = [*_title_block(document), *document.blocks] if title_block else document.blocks
    written = writing.begin(_Word(document, names, program).blocks(blocks), parts, pandoc, folder, memory)
    tables = table_plans(document, text_widths, letters)
    outline, numbered = _outline(document, names), _numbered(document, names)
    return Body(written, names, _unnumbered(document, names), outline, numbered, tables, styles, program)


def _title_block(document: Document) -> list[Node]:
    metadata = document.metadata
    lines = [("Title", metadata.title), ("Subtitle", metadata.subtitle)]
    lines += [("Author", author) for author in metadata.authors] + [("Date", metadata.date)]
    return [styled([{"t": "Para", "c": words(text)}], style) for style, text in lines if text]


def _unnumbered(document: Document, names: Mapping[str, str]) -> frozenset[str]:
    headings = (node["c"][1] for node in document.blocks if node["t"] == "Header")
    return frozenset(names[a[0]] for a in headings if "number" not in pairs_of(a))


def _outline(document: Document, names: Mapping[str, str]) -> dict[str, int]:
    headings = (node["c"][1] for node in document.blocks if node["t"] == "Header")
    return {names[a[0]]: int(pairs_of(a)["structure"]) for a in headings if "structure" in pairs_of(a)}


def _numbered(document: Document, names: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """Headings that skip a level: their number has as many parts as there are numbered headings above them."""
    headings = (node["c"][:2] for node in document.blocks if node["t"] == "Header")
    numbered = ((level, a[0], pairs_of(a)["number"]) for level, a in headings if "number" in pairs_of(a))
    depths = ((level, name, number.count(".") + 1) for level, name, number in numbered)
    return {names[name]: (level, depth) for level, name, depth in depths if depth != level}


# --------------------------------------------------------------------------------------------------------- pandoc's AST


class _Word:
    """Turns the elements of one document into those that pandoc's docx writer makes Word's constructs of."""

    def __init__(self, document: Document, names: Mapping[str, str], program: Program | None) -> None:
        numbered = {(t.kind, t.number): t for t in document.targets.values() if t.number and t.kind != "sec"}
        self._known = KnownChanges((names, document.targets, numbered), self._changed)
        self._names, self._targets, self._numbered = self._known.noted
        self._fields = fields = Fields(document.citations, self._names, program)
        self._has_fields = program is not None
        self._spans: Mapping[str, Callable[[Mapping[str, str], list[Node]], Node | list[Node]]] = {
            "caption-label": self._label,
            "crossref": self._crossref,
            "pageref": self._pageref,
            "citation": fields.citation,
            "cited": fields.cited,
            "csl-left-margin": lambda _pairs, inlines: [*inlines, raw(ooxml.run("\t"))],
        }
        self._changes: Mapping[str, Callable[[Node], Any]] = {
            "Header": self._header,
            "Para": _paragraph,
            "Plain": _with_formulas,
            "OrderedList": numbered_from_its_start,
            "BulletList": with_boxes,
            "Figure": self._figure,
            "Table": self._table,
            "Span": self._span,
            "Div": self._div,
            "Link": self._link,
            "Image": self._image,
        }
        self._of_others = {kind: change for kind, change in self._changes.items() if kind not in _AS_THEY_ARE}

    def blocks(self, blocks: Sequence[Node]) -> list[Node]:
        """The blocks for pandoc's docx writer."""
        if self._has_fields:  # which are numbered
            return list(walk(list(self._fields.noted(blocks)), self._changes))
        return [new for block in blocks for new in self._known.of(block)]

    def _changed(self, block: Node) -> list[Node]:
        return list(walk((block,), self._changes if holds(block, "Image", "Math") else self._of_others))

    def _header(self, node: Node) -> Node:
        level, (identifier, _classes, _pairs), inlines = node["c"]
        name = self._names[identifier]
        marked = [raw(ooxml.bookmark_start(name)), *inlines, raw(ooxml.bookmark_end(name))]
        return {"t": "Header", "c": [level, attr(), marked]}

    def _figure(self, node: Node) -> list[Node]:
        _attributes, (_short, caption), blocks = node["c"]
        pictures = [{"t": "Para", "c": block["c"]} if block["t"] == "Plain" else block for block in blocks]
        if not caption:
            return [styled(pictures, "Figure")]
        return [styled(pictures, "Captioned Figure"), *_caption(caption)]

    def _table(self, node: Node) -> list[Node]:
        _attributes, (_short, caption), *rest = node["c"]
        return [*_caption(caption), {"t": "Table", "c": [attr(), [None, []], *rest]}]

    def _image(self, node: Node) -> Node:
        (_identifier, _classes, pairs), alternative, (path, _title) = node["c"]
        sizes = [pair for pair in pairs if pair[0] in ("width", "height")]
        return {"t": "Image", "c": [["", [], sizes], alternative, [path, ""]]}

    def _link(self, node: Node) -> Node | None:
        (_identifier, classes, pairs), inlines, (url, title) = node["c"]
        name = self._names.get(url[1:]) if url.startswith("#") else None
        return {"t": "Link", "c": [["", classes, pairs], inlines, [f"#{name}" if name else url, title]]}

    def _span(self, node: Node) -> Node | list[Node]:
        (identifier, classes, pairs), inlines = node["c"]
        for name, write in self._spans.items():
            if name in classes:
                return write(dict(pairs), inlines)
        if LEAD_IN in classes:
            return raw(ooxml.mark())
        kept = [pair for pair in pairs if pair[0] in ("lang", "dir", "custom-style")]
        return {"t": "Span", "c": [[self._names.get(identifier, ""), [], kept], inlines]}

    def _label(self, pairs: Mapping[str, str], _inlines: list[Node]) -> Node:
        target = self._numbered[pairs["kind"], pairs["number"]]
        name = self._names[target.id]
        field = ooxml.sequence(target.label, target.number, chapter=pairs.get("chapter", ""))
        number = ooxml.bookmark(number_bookmark(name), field)
        return raw(ooxml.bookmark(name, ooxml.run(target.label + "\u00a0") + number))

    def _crossref(self, pairs: Mapping[str, str], inlines: list[Node]) -> Node:
        target: Target = self._targets[pairs["target"]]
        name, text = self._names[target.id], plain(inlines)
        if pairs["part"] == "title":
            return raw(ooxml.reference(name, text))
        if target.kind == "sec":
            return raw(ooxml.heading_number(name, text))
        # The label stands before the field: LibreOffice 7.4 loses what follows a no-break space in one at a line's end.
        label = "" if pairs["part"] == "number" else ooxml.run(text.removesuffix(target.number))
        return raw(ooxml.internal_link(name, label + ooxml.reference(number_bookmark(name), target.number)))

    def _pageref(self, pairs: Mapping[str, str], _inlines: list[Node]) -> Node:
        return raw(ooxml.page_reference(self._names[pairs["target"]]))

    def _div(self, node: Node) -> Node | list[Node] | None:
        (identifier, classes, pairs), blocks = node["c"]
        values = dict(pairs)
        if orientation(node):
            return raw_block(ooxml.section_mark(orientation(node)))
        if PAGE_BREAK in classes:
            return raw_block(ooxml.page_break_mark())
        if "toc" in classes:
            return [raw_block(self._contents(values))]
        for name, kind in _LISTS.items():
            if name in classes:
                return [raw_block(self._captions(values["title"], kind))]
        if "csl-entry" in classes:
            return {"t": "Div", "c": [attr(self._names[identifier], **{"custom-style": "Bibliography"}), blocks]}
        if "references" in classes:
            blocks = self._fields.entries(blocks)
        kept = [pair for pair in pairs if pair[0] in ("lang", "dir", "custom-style")]
        return {"t": "Div", "c": [[self._names.get(identifier, ""), [], kept], blocks]}

    def _contents(self, values: Mapping[str, str]) -> str:
        depth = int(values["depth"])
        headings = (target for target in self._targets.values() if target.kind == "sec")
        entries = [
            (
                f"TOC{target.level}",
                _entry(f"{target.number}\t" * bool(target.number), target),
                self._names[target.id],
            )
            for target in headings
            if target.listed and target.level <= depth
        ]
        return ooxml.contents(values["title"], f'TOC \\o "1-{depth}" \\h \\z', entries, gallery=True)

    def _captions(self, title: str, kind: str) -> str:
        targets = [target for target in self._targets.values() if target.kind == kind]
        entries = [
            ("TableofFigures", _entry(f"{target.label}\u00a0{target.number}. ", target), self._names[target.id])
            for target in targets
        ]
        return ooxml.contents(title, f'TOC \\h \\z \\c "{targets[0].label}"', entries, gallery=False)


def _paragraph(node: Node) -> Node | list[Node] | None:
    return _only_pictures(node) or _with_formulas(node)


def _with_formulas(node: Node) -> list[Node] | None:
    """A paragraph with formulas says how high its lines have to be; displayed ones are paragraphs of their own."""
    parts = parted(node)
    needs = [need(part["c"]) for part in parts]
    if not any(needs):
        return None
    marks = [[] if n is None else [raw_block(ooxml.formula_mark(n.ems, alone=n.alone))] for n in needs]
    return [block for mark, part in zip(marks, parts, strict=True) for block in (*mark, part)]


def _only_pictures(node: Node) -> Node | None:
    """A paragraph of pictures alone is in the style for them: the text's exact line spacing would cut them off."""
    kinds = {inline["t"] for inline in node["c"]}
    return styled([node], "Figure") if "Image" in kinds and kinds <= {"Image", "Space", "SoftBreak"} else None


def _entry(before: str, target: Target) -> ooxml.Text:
    """A heading or caption as its entry in a list says it, behind its number."""
    title = without_notes(target.title) if branches(target.title) else target.title
    parts = tongues([string(before), *title])
    return tuple([(text.replace("\n", " "), lang) for text, lang in parts])


def _caption(caption: list[Node]) -> list[Node]:
    paragraphs = [{"t": "Para", "c": block["c"]} if block["t"] == "Plain" else block for block in caption]
    return [styled(paragraphs, "Caption")] if paragraphs else []
