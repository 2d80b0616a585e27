"""How much of CSL's own test suite passes through our interface, beside pandoc's own citeproc in the same run.

    python benchmarks/csl_suite.py DIR [-v] [name ...]

DIR holds the suite's fixtures (`processor-tests/humans/*.txt` of citation-style-language/test-suite). A fixture passes
strictly where every line of HTML is what the suite expects, and ignoring markup where its words and punctuation are.
pandoc's own: the same style, items and citations as a pandoc document, with its own notation for locators.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import sys
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapportbygger.nodes import Node, elements, string, words
from rapportbygger.pandoc import Pandoc
from rapportbygger.resolve.citations.clusters import Cite, Cluster, Form
from rapportbygger.resolve.citations.csl import read_bytes, root_of
from rapportbygger.resolve.citations.engines import engine_for, format_citations
from rapportbygger.resolve.citations.locators import Locator
from rapportbygger.resolve.citations.reference.richtext import from_html, inlines
from rapportbygger.resolve.citations.task import Place, Task, Tools

NOTHING = "[CSL STYLE ERROR: reference with no printed form.]"
ENGLISH = {
    "book": "bk.", "chapter": "chap.", "column": "col.", "figure": "fig.", "folio": "fol.", "issue": "no.",
    "line": "line", "note": "n.", "opus": "op.", "page": "p.", "paragraph": "para.", "part": "pt.", "section": "sec.",
    "sub-verbo": "s.v.", "verse": "v.", "volume": "vol.",
}  # fmt: skip

# ------------------------------------------------------------------------------------------------------------ fixtures


@dataclass(frozen=True, slots=True)
class Fixture:
    """One of the suite's tests. `lists` is whether it asks for the reference list."""

    name: str
    style: bytes
    items: Mapping[str, Mapping[str, Any]]
    clusters: tuple[Cluster, ...]
    places: tuple[Place, ...]
    lists: bool
    expected: str
    lang: str


def fixture(path: Path) -> Fixture:
    parts = _sections(path.read_text(encoding="utf-8-sig"))
    items: dict[str, Mapping[str, Any]] = {}
    for at, item in enumerate(json.loads(parts["input"])):
        key = str(item.get("id", f"item-{at}"))
        items.setdefault(key, {**item, "id": key})
    lists = parts["mode"].strip() == "bibliography"
    if "bibentries" in parts:
        items = {key: items[key] for key in map(str, json.loads(parts["bibentries"])[-1])}
    cited = _cited(parts, list(items), lists)
    expected = parts["result"].strip("\n")
    if "citations" in parts:
        expected = "\n".join(re.sub(r"^(>>|\.\.)\[\d+\] ", "", line) for line in expected.split("\n"))
    style = parts["csl"].strip().encode()
    return Fixture(
        path.stem, style, items, tuple(cluster for cluster, _note in cited),
        tuple(Place(note or at) for at, (_cluster, note) in enumerate(cited, 1)), lists, expected,
        root_of(style).get("default-locale") or "en-US",
    )  # fmt: skip


def _sections(text: str) -> dict[str, str]:
    pattern = r"^>>=+ *([A-Z-]+) *=+>>[^\n]*\n(.*?)^<<=+ *\1 *=+<<"
    return {name.lower(): body for name, body in re.findall(pattern, text, re.MULTILINE | re.DOTALL)}


def _cited(parts: Mapping[str, str], keys: Sequence[str], lists: bool) -> list[tuple[Cluster, int]]:
    if "citations" in parts:
        last: dict[str, Any] = {}
        for one, _before, _after in json.loads(parts["citations"]):
            last[one.get("citationID", str(len(last)))] = one
        return [
            (_cluster(one["citationItems"]), one.get("properties", {}).get("noteIndex", 0)) for one in last.values()
        ]
    if "citation-items" in parts:
        return [(_cluster(items), 0) for items in json.loads(parts["citation-items"])]
    return [((Cite(key),), 0) for key in keys] if lists else [(tuple(Cite(key) for key in keys), 0)]


def _cluster(items: Iterable[Mapping[str, Any]]) -> Cluster:
    return tuple(_cite(item) for item in items)


def _cite(item: Mapping[str, Any]) -> Cite:
    form = Form.SUPPRESSED if item.get("suppress-author") else Form.IN_TEXT if item.get("author-only") else Form.NORMAL
    value = str(item.get("locator") or "")
    locator = Locator(str(item.get("label") or "page"), value) if value else None
    prefix, suffix = (inlines(from_html(str(item.get(name) or ""))) for name in ("prefix", "suffix"))
    while prefix and prefix[-1]["t"] == "Space":
        prefix.pop()
    return Cite(str(item["id"]), form, locator, tuple(prefix), tuple(suffix))


# ---------------------------------------------------------------------------------------------------------------- HTML

_TAGS = {
    "Emph": ("<i>", "</i>"),
    "Strong": ("<b>", "</b>"),
    "Superscript": ("<sup>", "</sup>"),
    "Subscript": ("<sub>", "</sub>"),
    "SmallCaps": ('<span style="font-variant:small-caps;">', "</span>"),
    "Underline": ('<span style="text-decoration:underline;">', "</span>"),
}
_UPRIGHT = {"Emph": '<span style="font-style:normal;">', "Strong": '<span style="font-weight:normal;">'}
_DISPLAYS = ("csl-left-margin", "csl-right-inline", "csl-block", "csl-indent")


def as_html(nodes: Iterable[Node], around: tuple[str, ...] = ()) -> str:
    """Inlines as the suite writes HTML."""
    return "".join(_html(node, around) for node in nodes)


def _html(node: Node, around: tuple[str, ...]) -> str:
    content: Any
    kind, content = str(node["t"]), node.get("c", ())
    if kind == "Str":
        return str(content).replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;")
    if kind in ("Space", "SoftBreak"):
        return " "
    if kind == "Note":
        return as_html([inline for block in content for inline in block["c"]], around)
    if kind in _TAGS:
        inside = as_html(content, (*around, kind))
        twice = around.count(kind) % 2 == 1 and kind in _UPRIGHT
        return f"{_UPRIGHT[kind]}{inside}</span>" if twice else f"{_TAGS[kind][0]}{inside}{_TAGS[kind][1]}"
    if kind == "Span":
        inside = as_html(content[1], around)
        display = next((name for name in content[0][1] if name in _DISPLAYS), "")
        return f'<div class="{display}">{inside}</div>' if display else inside
    return as_html(content[1], around) if kind in ("Link", "Cite", "Quoted") else ""


def answer(made: tuple[Sequence[Sequence[Node]], Sequence[Sequence[Node]]], lists: bool) -> str:
    """What clusters and entries are as the text that a fixture expects."""
    clusters, entries = made
    if not lists:
        return "\n".join(as_html(text) or NOTHING for text in clusters)
    lines = []
    for entry in entries:
        text = as_html(entry).rstrip() or NOTHING
        lines.append(f'  <div class="csl-entry">{_displayed(text)}</div>')
    return "\n".join(['<div class="csl-bib-body">', *lines, "</div>"])


def _displayed(text: str) -> str:
    return re.sub(r"\s*</div>(?=<div|$)", "</div>", f"\n    {text}\n  ") if text.startswith("<div") else text


def words_of(text: str) -> str:
    """The text without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in re.sub(r"(</?div[^>]*>)", r"\n\1\n", text).split("\n") if line.strip())


# ------------------------------------------------------------------------------------------------------------- engines


def ours(one: Fixture, pandoc: Pandoc, engine: str | None = None) -> str:
    task = Task(one.clusters, one.items, read_bytes(one.style), one.lang, tuple(one.items), one.places)
    made = format_citations(task, Tools(pandoc), engine)
    return answer((made.clusters, [entry.inlines for entry in made.entries]), one.lists)


def theirs(one: Fixture, pandoc: Pandoc) -> str:
    """pandoc's citeproc on a document with those citations."""
    nocite = {"t": "Cite", "c": [[_citation(Cite(key), 0) for key in one.items], []]}
    meta = {
        "csl": _data("application/xml", one.style),
        "bibliography": _data("application/vnd.citationstyles.csl+json", json.dumps(list(one.items.values())).encode()),
        "lang": {"t": "MetaString", "c": one.lang},
        "nocite": {"t": "MetaInlines", "c": [nocite]},
        "notes-after-punctuation": {"t": "MetaBool", "c": False},
    }
    blocks: list[Node] = [
        {"t": "Para", "c": [{"t": "Cite", "c": [[_citation(cite, place.note) for cite in cluster], []]}]}
        for cluster, place in zip(one.clusters, one.places, strict=True)
    ]
    made = pandoc.citeproc(blocks, meta)
    entries = (div for div in elements(made, "Div") if "csl-entry" in div["c"][0][1])
    texts = [[inline for block in div["c"][1] for inline in block["c"]] for div in entries]
    clusters = [block["c"] for block in made[: len(blocks)]]
    return answer((clusters, texts), one.lists)


def _data(mime: str, content: bytes) -> Node:
    return {"t": "MetaString", "c": f"data:{mime};base64,{b64encode(content).decode()}"}


def _citation(cite: Cite, note: int) -> dict[str, Any]:
    located = "{}"
    if cite.locator is not None:
        located = f"{{{ENGLISH.get(cite.locator.label, cite.locator.label)} {cite.locator.value}}}"
    return {
        "citationId": cite.key, "citationPrefix": list(cite.prefix),
        "citationSuffix": [*(words(located) if cite.locator else [string("{}")] if cite.suffix else []), *cite.suffix],
        "citationMode": {"t": cite.form.value}, "citationNoteNum": note, "citationHash": 0,
    }  # fmt: skip


# ------------------------------------------------------------------------------------------------------------ the run


def verdict(made: Callable[[], str], expected: str) -> tuple[str, str]:
    """`strict`, `words` or `failed`, and what was written."""
    try:
        text = made()
    except Exception as error:
        return "failed", f"{type(error).__name__}: {error}"[:300]
    if _lines(text) == _lines(expected):
        return "strict", text
    return ("words" if words_of(text) == words_of(expected) else "failed"), text


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("names", nargs="*")
    arguments.add_argument("-v", action="store_true", dest="verbose", help="show what fails where pandoc passes")
    given = arguments.parse_intermixed_args()
    counts: Counter[tuple[str, str]] = Counter()
    lost: list[str] = []
    paths = [path for path in sorted(given.folder.glob("*.txt")) if not given.names or path.stem in given.names]
    with Pandoc() as pandoc:
        for path in paths:
            one = fixture(path)
            engine = engine_for(read_bytes(one.style))
            (mine, text), (other, their_text) = (
                verdict(lambda: ours(one, pandoc), one.expected),  # noqa: B023 - called at once
                verdict(lambda: theirs(one, pandoc), one.expected),  # noqa: B023
            )
            for name, what in (
                ("ours", mine),
                (engine, mine),
                ("pandoc's own", other),
                (f"pandoc's own, {engine}'s", other),
            ):
                counts[name, what] += 1
            if given.names or _rank(mine) < _rank(other):
                lost.append(f"{path.stem} ({engine}): ours {mine}, pandoc's own {other}")
                if given.verbose:
                    lost.append(f"--- expected\n{one.expected}\n--- ours\n{text}\n--- pandoc's own\n{their_text}\n")
    sys.stdout.write("\n".join(lost) + "\n\n" + _table(counts, len(paths)))


def _rank(what: str) -> int:
    return ("failed", "words", "strict").index(what)


def _table(counts: Mapping[tuple[str, str], int], total: int) -> str:
    names = list(dict.fromkeys(name for name, _what in counts))
    rows = [f"{'':28}{'fixtures':>10}{'strict':>10}{'ignoring markup':>18}"]
    for name in names:
        strict, loose, failed = (counts.get((name, what), 0) for what in ("strict", "words", "failed"))
        rows.append(f"{name:28}{strict + loose + failed:>10}{strict:>10}{strict + loose:>18}")
    return "\n".join(rows) + f"\n{total} fixtures\n"


if __name__ == "__main__":
    main()
