"""Every kind of source, as tests/references says that it is printed, and as other processors print it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from documents import document, pandoc
from judges import citeproc as judge
from rapportbygger.diagnostics import Location
from rapportbygger.load import csl_items
from rapportbygger.nodes import Node, elements, has_class, plain
from rapportbygger.resolve.citations import csl, resolve
from rapportbygger.resolve.citations.clusters import Cite, Form
from rapportbygger.resolve.citations.engines import Task, Tools, format_citations
from rapportbygger.resolve.citations.locators import Locator

TESTS = Path(__file__).parents[1]
STYLES = TESTS.parent / "src" / "rapportbygger" / "styles"
LANGS = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
KEY = "k"


@dataclass(frozen=True)
class Example:
    """A source, and what a style prints of it in a language: cited, in running text, in the list if it is there."""

    kind: str
    item: Mapping[str, Any]
    style: str
    lang: str
    cited: str
    running: str
    listed: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.style}-{self.lang}-{self.kind}"


def examples() -> Iterator[Example]:
    for file in sorted((TESTS / "references").glob("*.yaml")):
        for source in yaml.safe_load(file.read_text(encoding="utf-8")):
            for style in ("norsk-apa", "word-apa"):
                yield from _in_every_language(source, style)


def _in_every_language(source: Mapping[str, Any], style: str) -> Iterator[Example]:
    texts = source[style]
    for lang in LANGS if style == "norsk-apa" else texts:
        cited, running, *listed = texts.get(lang, texts["nb"])
        yield Example(source["kind"], _item(source["item"]), style, lang, cited, running, tuple(listed))


def _item(written: Mapping[str, Any]) -> Mapping[str, Any]:
    """A source of a bibliography as the project has it, with its dates as CSL-JSON."""
    return csl_items.reference({**written, "id": KEY}, Location("references.yaml"), Location).item or {}


EXAMPLES = tuple(examples())


def printed(nodes: Sequence[Node]) -> str:
    """Text with its italics between stars, and ordinary spaces."""
    return _between_stars(judge.as_html(nodes))


def _between_stars(html: str) -> str:
    return re.sub("</?i>", "*", html).replace("\u00a0", " ")


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_a_source_is_printed_as_written_beside_it(example: Example) -> None:
    given = document(f"[@{KEY}] and @{KEY}", lang=example.lang)
    doc, problems = resolve(given, {KEY: example.item}, STYLES / f"{example.style}.csl", "Litteratur")
    cited, running = [printed(node["c"][1]) for node in elements(doc.blocks) if has_class(node, "citation")]
    listed = [printed(node["c"][1][0]["c"]) for node in elements(doc.blocks) if has_class(node, "csl-entry")]
    assert (cited, running, tuple(listed)) == (example.cited, example.running, example.listed)
    assert problems == ()


def test_citeproc_js_prints_the_same() -> None:
    judge.require()
    judged = judge.citeproc_js(_job(example) for example in EXAMPLES)
    made = [(_between_stars(one.clusters[0]), tuple(map(_between_stars, filter(None, one.entries)))) for one in judged]
    assert made == [(example.cited, example.listed) for example in EXAMPLES]


CALL = {"type": "personal_communication", "author": [{"family": "Berg", "given": "Ida"}]}
CASE = {"type": "legal_case", "title": "Dommen", "number": "HR-2019-1-A", "issued": {"date-parts": [[2019]]}}

LIST = {
    "type": "book",
    "title": "Skole, heim, arbeid",
    "title-short": "Skole, heim,",
    "issued": {"date-parts": [[2020]]},
}


@pytest.mark.parametrize(
    ("cite", "text"),
    [
        (Cite("call"), "(I. Berg, personlig kommunikasjon)"),
        (Cite("list"), "(Skole, heim, 2020)"),
        (Cite("case", Form.SUPPRESSED), "(HR-2019-1-A)"),
        (Cite("case", Form.SUPPRESSED, Locator("paragraph", "7")), "(avsnitt\u00a07)"),
        (Cite("case", Form.IN_TEXT), "HR-2019-1-A"),
        (Cite("case", locator=Locator("appendix", "B")), "(HR-2019-1-A, vedlegg\u00a0B)"),
        (Cite("case", locator=Locator("section", "3 og 4")), "(HR-2019-1-A, §§\u00a03 og 4)"),
        (Cite("case", locator=Locator("section", "13-6")), "(HR-2019-1-A, §\u00a013-6)"),
        (Cite("case", locator=Locator("section", "3–5")), "(HR-2019-1-A, §§\u00a03–5)"),
        (Cite("case", locator=Locator("section", "97-104")), "(HR-2019-1-A, §§\u00a097–104)"),
    ],
)
def test_a_citation_has_its_name_place_and_signs_once(cite: Cite, text: str) -> None:
    task = Task([(cite,)], {"call": CALL, "case": CASE, "list": LIST}, csl.read(None)[0], "nb")
    assert plain(format_citations(task, Tools()).clusters[0]) == text


def test_what_is_not_listed_has_no_letter_after_its_year() -> None:
    call = {**CALL, "issued": {"date-parts": [[2021]]}}
    task = Task([(Cite("one"),), (Cite("two"),)], {"one": call, "two": call}, csl.read(None)[0], "nb")
    made = [plain(text) for text in format_citations(task, Tools()).clusters]
    assert made == ["(I. Berg, personlig kommunikasjon, 2021)"] * 2


def _job(example: Example) -> dict[str, Any]:
    return {
        "style": str(STYLES / f"{example.style}.csl"),
        "lang": LANGS[example.lang],
        "items": [example.item],
        "clusters": [{"items": [{"id": KEY}]}],
    }


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_pandoc_prints_the_same(example: Example) -> None:
    style, _ = csl.read(STYLES / f"{example.style}.csl")
    made = format_citations(Task(((Cite(KEY),),), {KEY: example.item}, style, example.lang), Tools(pandoc()), "pandoc")
    listed = tuple(printed(entry.inlines) for entry in made.entries if entry.inlines)
    assert (printed(made.clusters[0]), listed) == (example.cited, example.listed)
