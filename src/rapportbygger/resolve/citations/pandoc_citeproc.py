"""The engine for every style that is not author-date: pandoc's citeproc, on a document of citations only."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rapportbygger.nodes import Node, attributes, elements, has_class, pairs_of, span, string, walk, words
from rapportbygger.resolve.citations.clusters import Cite, Cluster, Entry, Form, Formatted
from rapportbygger.resolve.citations.csl import NAMESPACE, root_of, written
from rapportbygger.resolve.citations.csl_json import csl_json
from rapportbygger.resolve.citations.locators import Locator
from rapportbygger.resolve.citations.names_in_text import named
from rapportbygger.resolve.citations.reference.csl_locale import CslLocale, locale_of
from rapportbygger.resolve.citations.reference.richtext import HYPHEN, joined
from rapportbygger.resolve.citations.task import Place, Task, Tools

LABELS = (
    *("book", "chapter", "column", "figure", "folio", "issue", "line", "note", "opus", "page", "paragraph", "part"),
    *("section", "sub-verbo", "verse", "volume"),
)
"""The labels that pandoc's parser of locators knows (Text.Pandoc.Citeproc.Locator)."""
_AMERICAN = "en-US"
"""It moves punctuation inside quotation marks, which it does not find inside links."""
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_INNER = "inner-citation"
_MIME = {"csl": "application/xml", "bibliography": "application/vnd.citationstyles.csl+json"}


@dataclass(slots=True)
class _Inside:
    """What stands inside citations: other citations, put aside, and locators by the words of a locale."""

    locale: CslLocale
    cites: list[Node]


def formatted(task: Task, tools: Tools) -> Formatted:
    """Every citation and the reference list. Raises ValueError without pandoc, PandocError where pandoc fails."""
    if tools.pandoc is None:
        raise ValueError("the engine `pandoc` needs pandoc")
    inside = _Inside(locale_of(root_of(task.style.xml), task.bcp47), [])
    places = task.places or [Place(at) for at in range(1, len(task.clusters) + 1)]
    blocks = [_block(cluster, place, inside) for cluster, place in zip(task.clusters, places, strict=True)]
    made = tools.pandoc.citeproc([*blocks, {"t": "Div", "c": [["refs", [], []], []]}], _meta(task))
    texts = [elements(block, "Cite")[0]["c"][1] for block in made[: len(task.clusters)]]
    entries = (div for div in elements(made, "Div") if has_class(div, "csl-entry"))
    cleaned = [_clean(_unstopped(*one), inside.cites) for one in zip(texts, task.clusters, places, strict=True)]
    return Formatted(
        tuple(map(tuple, named(cleaned, task, tools))),
        tuple(_entry(entry) for entry in entries),
    )


def _unstopped(text: list[Node], cluster: Cluster, place: Place) -> list[Node]:
    """A citation in the running text of a footnote, without the full stop that ends a footnote."""
    if not place.inside or cluster[0].form is not Form.IN_TEXT or not text or text[-1]["t"] != "Str":
        return text
    return [*text[:-1], string(text[-1]["c"].removesuffix("."))]


def _entry(entry: Node) -> Entry:
    paragraphs = [block["c"] for block in entry["c"][1]]
    inlines = [inline for at, inside in enumerate(paragraphs) for inline in [{"t": "LineBreak"}] * (at > 0) + inside]
    return Entry(str(attributes(entry)[0]).removeprefix("ref-"), tuple(_clean(inlines, [])))


# --------------------------------------------------------------------------------------------------- what pandoc reads


def _meta(task: Task) -> dict[str, Any]:
    """The document's metadata; style and references as `data:` URIs, since pandoc would take them from files."""
    items = [csl_json(key, task.references[key]) for key in task.keys]
    nocite = {"t": "Cite", "c": [[_citation(Cite(key), 1) for key in task.nocite if key in task.references], []]}
    return {
        "csl": _data("csl", _with_locators(task)),
        "bibliography": _data("bibliography", json.dumps(items, ensure_ascii=False).encode()),
        "lang": {"t": "MetaString", "c": task.bcp47},
        "link-citations": {"t": "MetaBool", "c": task.bcp47 != _AMERICAN},
        "nocite": {"t": "MetaInlines", "c": [nocite] if nocite["c"][0] else []},
    }


def _data(name: str, content: bytes) -> Node:
    return {"t": "MetaString", "c": f"data:{_MIME[name]};base64,{b64encode(content).decode()}"}


def _with_locators(task: Task) -> bytes:
    """The style with a word of ours for each label: what a locator's label is called depends on style and language.

    They stand in the style's own locale for all languages. Where it has none, one is made, which must say again what
    American English has: in pandoc it stands before that language's own.
    """
    if not any(cite.locator for cluster in task.clusters for cite in cluster):
        return task.style.xml
    from lxml import etree

    root = root_of(task.style.xml)
    locale = next((one for one in root.findall(f"{NAMESPACE}locale") if not one.get(_LANG)), None)
    if locale is None:
        locale = etree.Element(f"{NAMESPACE}locale")
        inside = str(task.bcp47 == _AMERICAN).lower()
        etree.SubElement(locale, f"{NAMESPACE}style-options", {"punctuation-in-quote": inside})
        root.insert(1, locale)
    terms = locale.find(f"{NAMESPACE}terms")
    terms = etree.SubElement(locale, f"{NAMESPACE}terms") if terms is None else terms
    for label in LABELS:  # no style asks for the verb of a locator
        etree.SubElement(terms, f"{NAMESPACE}term", name=label, form="verb").text = _word(label)
    return written(root)


def _word(label: str) -> str:
    return "locator" + label.replace("-", "")


def _block(cluster: Cluster, place: Place, inside: _Inside) -> Node:
    cite = {"t": "Cite", "c": [[_citation(one, place.note, inside) for one in cluster], []]}
    if not place.inside:
        return {"t": "Para", "c": [cite]}
    before = [] if place.opening else [string("x")]  # it stands between brackets where it does not begin the footnote
    return {"t": "Para", "c": [{"t": "Note", "c": [{"t": "Para", "c": [*before, cite]}]}]}


def _citation(cite: Cite, note: int, inside: _Inside | None = None) -> dict[str, Any]:
    return {
        "citationId": cite.key,
        "citationPrefix": _without_cites(cite.prefix, inside.cites) if inside else [],
        "citationSuffix": [
            *(_located(cite.locator, inside.locale) if inside else []),
            *(_without_cites(cite.suffix, inside.cites) if inside else []),
        ],
        "citationMode": {"t": cite.form.value},
        "citationNoteNum": note,
        "citationHash": 0,
    }


def _located(locator: Locator | None, locale: CslLocale) -> list[Node]:
    """A locator between braces, where pandoc does not guess; `{}` says that what follows is none.

    One whose label pandoc does not know is text, in the locale's words.
    """
    if locator is None:
        return [string("{}")]
    value = locator.value.replace("{", "").replace("}", "")
    label = locator.label.replace(" ", "-")
    if label not in LABELS:
        several = any(sign in value for sign in "-,&")
        return words(f"{{}}, {locale.term(label, 'short', plural=several) or label} {value}")
    return words(f"{{{_word(label)} {value.replace('-', HYPHEN) if locator.hyphenated else value}}}")


def _without_cites(inlines: Iterable[Node], inner: list[Node]) -> list[Node]:
    """Inlines with a mark for each citation in them, which is put among the `inner` ones: it is formatted by itself."""

    def marked(cite: Node) -> Node:
        inner.append(cite)
        return span([string("x")], _INNER, at=str(len(inner) - 1))

    found: list[Node] = walk(list(inlines), {"Cite": marked})
    return found


# --------------------------------------------------------------------------------------------------- what pandoc wrote


def _clean(inlines: list[Node], inner: list[Node]) -> list[Node]:
    """What pandoc has written, with the citations inside it put back, and without what only pandoc knows."""

    def link(node: Node) -> Node | None:
        _attributes, text, (address, _title) = node["c"]
        return span(text, "cited", key=address.removeprefix("#ref-")) if address.startswith("#ref-") else None

    def spanned(node: Node) -> Any:
        (_identifier, classes, _pairs), text = node["c"]
        if _INNER in classes:
            return inner[int(pairs_of(node["c"][0])["at"])]
        return text if not classes or "nocase" in classes else None

    changes = {"Link": link, "Span": spanned, "Str": lambda node: _string(node["c"])}
    made: list[Node] = joined(walk(inlines, changes))
    return made


def _string(text: str) -> Any:
    return string(text.replace(HYPHEN, "-")) if text else []
