"""Numbers: of headings (when asked for), figures and tables, and with them everything that can be referred to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rapportbygger.diagnostics import Diagnostic, Problems, Severity
from rapportbygger.language import Labels, labels
from rapportbygger.messages import _
from rapportbygger.model import Document, Setting, Target
from rapportbygger.nodes import Node, plain, span, string, walk
from rapportbygger.recent import OfEach, Recent

NO_BREAK_SPACE = "\u00a0"


@dataclass
class _Counters:
    """What has been counted so far on the way through one document.

    `chapter` is the number of the last chapter that has one, `own_number` says whether that is the chapter we are in.
    """

    labels: Labels
    numbered: bool
    by_chapter: bool = False
    chapter: str = ""
    own_number: bool = False
    above: list[int] = field(default_factory=list)
    sections: list[tuple[int, int]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: {"fig": 0, "tbl": 0})
    level: int = 0
    targets: dict[str, Target] = field(default_factory=dict)
    skips: list[tuple[int, int, str]] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)


def resolve(document: Document, setting: Setting) -> tuple[Document, Problems]:
    """The document with numbers on headings, captions labelled («Figur 1»), and its targets in reading order.

    A heading that skips a level keeps its looks; in the tag tree it is put right under the level above it (PDF/UA-1,
    7.4.2), which is told as a warning.
    """
    report = setting.report
    counters = _Counters(
        labels(document.metadata.lang), report.number_sections, by_chapter=report.caption_numbers == "chapter"
    )

    def heading(node: Node) -> Node:
        return _heading(node, counters)

    def captioned(node: Node) -> Node | None:
        return _captioned(node, counters)

    blocks = tuple(walk(document.blocks, {"Header": heading, "Figure": captioned, "Table": captioned}))
    numbered = replace(document, blocks=blocks, targets=counters.targets)
    skipped = (_skipped(document, *skip) for skip in counters.skips)
    return numbered, (*skipped, *(_without_text(document, level) for level in counters.empty))


def _heading(node: Node, counters: _Counters) -> Node:
    level, (identifier, classes, _pairs), inlines = node["c"]
    if _is_empty(node):
        counters.empty.append(level)
    if level > counters.level + 1:
        counters.skips.append((counters.level, level, plain(inlines)))
    counters.level = level
    counters.above = [*(each for each in counters.above if each < level), level]
    structure = len(counters.above)
    number = "" if "unnumbered" in classes or not counters.numbered else _section_number(level, counters)
    if level == 1:
        _begin_chapter(counters, number)
    identifier = identifier or f"section-{len(counters.targets) + 1}"
    target = Target(
        identifier, "sec", tuple(inlines), counters.labels.chapter, number, level, "unlisted" not in classes
    )
    counters.targets.setdefault(identifier, target)
    more = (("number", number),) * bool(number) + (("structure", str(structure)),) * (structure != level)
    return _known.of((id(node), identifier, *more), lambda: (node, _numbered(node, identifier, more)))[1]


def _is_without_words(heading: Node) -> bool:
    return not plain(walk(heading["c"][2], {"Image": lambda _image: []})).strip()


_is_empty = OfEach[Node, bool](_is_without_words)
_known = Recent[tuple[object, ...], tuple[Node, Node]]()
"""The last headings, figures and tables, which are kept with what became of them, and all that it depends on."""


def _numbered(heading: Node, identifier: str, more: tuple[tuple[str, str], ...]) -> Node:
    level, (_identifier, classes, pairs), inlines = heading["c"]
    return {"t": "Header", "c": [level, [identifier, classes, [*pairs, *map(list, more)]], inlines]}


def _begin_chapter(counters: _Counters, number: str) -> None:
    """A chapter with a number counts its captions from 1; one without goes on counting those of the one before it."""
    counters.own_number = bool(number)
    if number and counters.by_chapter:
        counters.chapter = number
        counters.counts = dict.fromkeys(counters.counts, 0)


def _section_number(level: int, counters: _Counters) -> str:
    """A number without zeros: Word and LibreOffice do not agree on what a level without a number above counts as."""
    outer = [each for each in counters.sections if each[0] < level]
    last = counters.sections[len(outer)][1] if len(outer) < len(counters.sections) else 0
    counters.sections = [*outer, (level, last + 1)]
    return ".".join(str(number) for _, number in counters.sections)


def _captioned(node: Node, counters: _Counters) -> Node | None:
    attributes, (_short, caption) = node["c"][:2]
    if not caption or caption[0]["t"] not in ("Plain", "Para"):
        return None
    kind = "fig" if node["t"] == "Figure" else "tbl"
    counters.counts[kind] += 1
    number = f"{counters.chapter}." * bool(counters.chapter) + str(counters.counts[kind])
    identifier = attributes[0] or f"{kind}-{number}-auto"
    text = caption[0]["c"]
    label = counters.labels.figure if kind == "fig" else counters.labels.table
    counters.targets.setdefault(identifier, Target(identifier, kind, tuple(text), label, number))
    own = {"chapter": "numbered" if counters.own_number else "continued"} if counters.chapter else {}
    said = {"kind": kind, "number": number, **own}
    key = (id(node), identifier, label, *said.values())
    return _known.of(key, lambda: (node, _labelled(node, identifier, label, said)))[1]


def _labelled(node: Node, identifier: str, label: str, said: Mapping[str, str]) -> Node:
    attributes, (short, (caption, *more)), *rest = node["c"]
    marked = span([string(label + NO_BREAK_SPACE + said["number"])], "caption-label", **said)
    first = {"t": "Plain", "c": [marked, string("."), {"t": "Space"}, *caption["c"]]}
    return {"t": node["t"], "c": [[identifier, attributes[1], attributes[2]], [short, [first, *more]], *rest]}


def _skipped(document: Document, above: int, level: int, text: str) -> Diagnostic:
    words = r"\s+".join(re.escape(word) for word in text.split()[:4])
    return Diagnostic(
        "heading-level-skipped",
        _("heading «{text}» is at level {level}, but the one above it is at level {above}").format(
            text=text, level=level, above=above
        ),
        next(document.locate(rf"(?m)^#{{{level}}}\s+{words}(?!\w)"), None),
        _("use {marks} for it, so that nobody who listens to the report misses a level").format(
            marks="#" * (above + 1)
        ),
        Severity.WARNING,
    )


def _without_text(document: Document, level: int) -> Diagnostic:
    return Diagnostic(
        "empty-heading",
        _("a heading without text"),
        next(document.locate(rf"(?m)^#{{{level}}}(?!#)\s*(?:!|\{{|$)"), None),
        _("write what the section is about, or delete the signs «{marks}»").format(marks="#" * level),
    )
