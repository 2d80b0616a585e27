"""The values that pass between the stages.

After `resolve`, a document holds pandoc's own elements and these named classes, which every writer turns into its own
live construct (a Word field, a Typst reference, an HTML anchor):

=========================  ============================================================================================
element                    meaning
=========================  ============================================================================================
Header                     a unique id; attribute `number` ("2.1") when sections are numbered; class `unlisted`: not in
                           the table of contents; attribute `structure`: its level in the tag tree where it skips one
Figure, Table              with a caption: the caption's first inline is a Span `caption-label`
Span caption-label         attributes `kind` (fig, tbl), `number`; holds "Figur 1". Numbered by chapter: `chapter` is
                           `numbered` (the chapter's own number) or `continued` (in a chapter without a number)
Span crossref              attributes `target` (an id) and `part` (full: "Figur 1", number: "1", title: a heading's
                           own text); holds that text
Span pageref               attribute `target`; its text is put in by the writer, from the layout
Span citation              attributes `ids` (of entries, space separated) and `cluster` (which of `Citations.clusters`);
                           holds the formatted citation. In headings and captions that are listed elsewhere, a copy too
Span cited                 in a citation: the words of one work; attribute `target`, the id of its entry
Div references             id `refs`; a Div `csl-entry` each, id `ref-<key>`; its number is a Span `csl-left-margin`
Div toc                    attributes `depth` and `title`; empty, filled by the writer
Div list-of-figures        attribute `title`; empty, filled by the writer
Div list-of-tables         attribute `title`; empty, filled by the writer
Div section-start          attribute `orientation` (landscape, portrait); empty: what follows stands on pages turned so,
                           the first of them new. Stands between the document's own blocks only
Div page-break             empty: what follows begins on a new page. Stands where a section-start may
Span with `lang`           a BCP 47 tag: all text in another language is in one; blocks have none
Span lead-in               empty, the first inline of a paragraph: it stays on the page of what follows
Image                      an absolute path (a chart: its name), alternative text as inlines, `width`, `height` (3.25in)
=========================  ============================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapportbygger.cited import Citations
from rapportbygger.diagnostics import Location, Problems, Said
from rapportbygger.drawings import Charts, Drawing
from rapportbygger.nodes import Node, div, has_class, pairs_of
from rapportbygger.protocols import Citeproc, Memory


@dataclass(frozen=True, slots=True)
class Data:
    """The value of a YAML file and where each part of it stands: `keys` and `values` map a path
    (`("reports", "sluttrapport", "chapters", 0)`) to (line, column), from 1, of the key and of the value.
    """

    file: str
    value: Any
    keys: Mapping[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict)
    values: Mapping[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict)

    def location(self, path: tuple[str | int, ...] = (), *, key: bool = False) -> Location:
        """Where the value at `path` stands (with `key`, where its key does); the nearest enclosing one if unknown."""
        for end in range(len(path), -1, -1):
            for places in (self.keys, self.values) if key else (self.values, self.keys):
                if path[:end] in places:
                    return Location(self.file, *places[path[:end]])
        return Location(self.file, 1, 1)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter's file as it was written, not yet merged. `file` as in `Location`; `lang` is "" for the report's."""

    file: str
    text: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A chapter after merging: Markdown, and for each of its lines the line of the chapter's file that it came from."""

    chapter: Chapter
    markdown: str
    lines: tuple[int, ...]

    def occurrences(self, pattern: str) -> Iterator[Location]:
        """Where a regular expression matches the merged text, as places in the chapter's file."""
        for match in re.finditer(pattern, self.markdown):
            source = self.chapter.text.split("\n")
            number = self.markdown.count("\n", 0, match.start())
            line = self.lines[number] if number < len(self.lines) else len(source)
            column = source[line - 1].find(match[0]) + 1 if 0 < line <= len(source) else 1
            yield Location(self.chapter.file, line, max(column, 1))


@dataclass(frozen=True, slots=True)
class Reference:
    """A work as a bibliography has it: CSL-JSON with tidy dates, None where the entry could not be read.

    `at` is where its key stands, `places` where its fields do, by CSL's names. `problems` are told where it is cited.
    """

    key: str
    item: Mapping[str, Any] | None
    at: Location
    places: Mapping[str, Location] = field(default_factory=dict)
    problems: Problems = ()

    def place(self, name: str) -> Location:
        """Where a field stands; where it is unknown, the key."""
        return self.places.get(name, self.at)


# ------------------------------------------------------------------------------------------------------------- project


@dataclass(frozen=True, slots=True)
class Municipality:
    """What one municipality has delivered: `values` in the project's own words, with None for what is missing."""

    id: str
    values: Mapping[str, Any]
    source: Data

    @property
    def example(self) -> bool:
        """Marked `eksempel: true`: invented, and left out of every count and of `municipalities` in chapters."""
        return bool(self.values.get("eksempel"))


@dataclass(frozen=True, slots=True)
class Report:
    """One entry under `reports` in the manifest, with the manifest's own values where it has none itself.

    `caption_numbers` is report (Figur 1) or chapter (Figur 2.1). Paths are absolute, `chapters` in reading order.
    `template` is None: the package's own. `word_citations`: "" (text), "word" (Word's own fields) or "zotero".
    `own_chapters`: municipalities may add and replace some. `translated`: fields that differ, by language; `places`:
    where fields stand, by name and language ("": any). `foreign`: the languages of chapters in another one.
    """

    id: str
    title: str
    lang: str
    chapters: tuple[Path, ...]
    template: Path | None = None
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    keywords: tuple[str, ...] = ()
    description: str = ""
    formats: tuple[str, ...] = ("docx", "pdf")
    for_each_municipality: bool = False
    toc: bool = True
    toc_depth: int = 3
    number_sections: bool = False
    list_of_figures: bool = False
    list_of_tables: bool = False
    caption_numbers: str = "report"
    reference_section_title: str = ""
    word_citations: str = ""
    nocite: tuple[Said, ...] = ()
    own_chapters: bool = True
    own_colours: bool = True
    translated: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    places: Mapping[tuple[str, str], Location] = field(default_factory=dict)
    foreign: Mapping[Path, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Project:
    """A project whose sources were read and found valid.

    `root` holds content/, templates/ and build/. `data` is content/data/ by file name without ending. `references` are
    CSL items by key, `bibliography` those and the unreadable ones with places; `csl` is the style (None: our own).
    `broken` names (as in `Location`) the files that could not be used: what needs them is not built; `undelivered` are
    the files of municipalities among those, by id, of which `missing` count. `invalid`: the ids of reports with errors.
    """

    root: Path
    reports: tuple[Report, ...]
    municipalities: tuple[Municipality, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    references: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    bibliography: Mapping[str, Reference] = field(default_factory=dict)
    csl: Path | None = None
    citation_engine: Said | None = None
    broken: frozenset[str] = frozenset()
    undelivered: Mapping[str, str] = field(default_factory=dict)
    missing: int = 0
    invalid: tuple[str, ...] = ()

    @property
    def content(self) -> Path:
        """The folder that pictures and chapters are named from."""
        return self.root / "content"


@dataclass(frozen=True, slots=True)
class Sources:
    """What a project's files hold, read and not yet validated.

    `manifest` is content/report.yaml, `schema` the project's schema for municipalities (None: it has none).
    `bibliography` is every reference of every file, in order. `data` and `broken` as in `Project`.
    """

    root: Path
    manifest: Data
    schema: Data | None = None
    municipalities: tuple[Data, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    bibliography: tuple[Reference, ...] = ()
    broken: frozenset[str] = frozenset()


# ------------------------------------------------------------------------------------------------------------ document


@dataclass(frozen=True, slots=True)
class Target:
    """Something that can be referred to. `kind` is sec, fig or tbl; `label` "Figur", `number` "1" ("" if it has none).

    `title` is its text: inlines of the heading or of the caption. `level` is a heading's, 0 for the others.
    """

    id: str
    kind: str
    title: tuple[Node, ...]
    label: str = ""
    number: str = ""
    level: int = 0
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a report says of itself. `lang` is nb, nn or en."""

    title: str
    lang: str
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    keywords: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One report on its way: pandoc's blocks, what can be referred to (in order), its texts, and its charts by name."""

    metadata: Metadata
    blocks: tuple[Node, ...]
    texts: tuple[Text, ...] = ()
    targets: Mapping[str, Target] = field(default_factory=dict)
    citations: Citations = field(default_factory=Citations)
    drawings: Mapping[str, Drawing] = field(default_factory=dict)

    def locate(self, pattern: str) -> Iterator[Location]:
        """Every place in the chapters' files where the regular expression matches the merged text."""
        for text in self.texts:
            yield from text.occurrences(pattern)


SECTION_START, PAGE_BREAK, LEAD_IN = "section-start", "page-break", "lead-in"


def section_start(orientation: str) -> Node:
    """The mark from which on pages are landscape or portrait."""
    return div([], SECTION_START, orientation=orientation)


def orientation(block: Node) -> str:
    """What a block that begins a section says of its pages, "" for every other block."""
    return pairs_of(block["c"][0]).get("orientation", "") if has_class(block, SECTION_START) else ""


def sections(blocks: Iterable[Node]) -> Iterator[tuple[str, list[Node]]]:
    """The blocks of each section with how its pages are turned, without the marks between them."""
    turned, inside = "portrait", list[Node]()
    for block in blocks:
        if orientation(block):
            yield turned, inside
            turned, inside = orientation(block), []
        else:
            inside.append(block)
    yield turned, inside


@dataclass(frozen=True, slots=True)
class Setting:
    """What `resolve` knows beside the document. The room for text on a page, `landscape` on its side, is in inches."""

    project: Project
    report: Report
    text_width: float
    text_height: float
    landscape: tuple[float, float] | None = None
    pandoc: Citeproc | None = None
    memory: Memory | None = None
    charts: Charts | None = None
