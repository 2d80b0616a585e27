"""The repository's own project: a report and a letter for every municipality, whatever it has delivered."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from lxml import etree

from documents import scratch
from rapportbygger.schedule import Result, build
from rapportbygger.write.docx.ooxml import W
from rapportbygger.write.docx.package import read_parts

ROOT = Path(__file__).parent.parent
VALUES = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "content" / "municipalities").glob("*.yaml"))
}
WORDS = {
    "bokmål": {"ikke", "fra", "hva", "hvem", "også", "noen", "noe", "sammen", "hver", "kommunene", "være", "gjør"},
    "nynorsk": {"ikkje", "frå", "kva", "kven", "òg", "nokon", "noko", "saman", "kvar", "kommunane", "vere", "gjer"},
}
"""Words that are only in the one form of Norwegian."""
TITLE = "Kulturskolen som utviklingsaktør i fremtidens kommune"
everyone = pytest.mark.parametrize("municipality", VALUES)


@cache
def built() -> tuple[Path, Result]:
    """The whole project, built in a copy of it."""
    root = scratch()
    for folder in ("content", "bibliography", "templates"):
        shutil.copytree(ROOT / folder, root / folder)
    return root / "build", build(root)


@cache
def paragraphs(name: str) -> list[tuple[str, str]]:
    """Style and text of every paragraph of a Word file."""
    document = etree.fromstring(read_parts((built()[0] / f"{name}.docx").read_bytes())["word/document.xml"])
    return [(_style(each), "".join(text.text or "" for text in each.iter(W + "t"))) for each in document.iter(W + "p")]


def _style(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(W + "val", "")


def words(name: str) -> set[str]:
    """What a Word file says, without the project's name and the list of references, which are in their own language."""
    own = " ".join(text for style, text in paragraphs(name) if style != "Bibliography")
    return set(re.findall(r"\w+", own.replace(TITLE, "").casefold()))


def empty_sections(name: str) -> Iterator[str]:
    """The headings under which there is nothing, not even a heading of a lower level."""
    found = [*((style, text) for style, text in paragraphs(name) if text), ("Heading1", "")]
    for (style, text), (following, _) in pairwise(found):
        if style.startswith("Heading") and following.startswith("Heading") and following <= style:
            yield text


def test_everything_is_built_without_a_word() -> None:
    folder, result = built()
    assert (result.problems, result.failed) == ((), ())
    names = {"sluttrapport", *(f"{report}/{each}" for report in ("kommunerapport", "ordforerbrev") for each in VALUES)}
    written = {file.path.relative_to(folder).as_posix() for file in result.written}
    assert written == {f"{name}.{suffix}" for name in names for suffix in ("docx", "pdf")}


@everyone
@pytest.mark.parametrize("report", ["kommunerapport", "ordforerbrev"])
def test_it_is_in_the_municipalitys_language(report: str, municipality: str) -> None:
    other = {"bokmål": "nynorsk", "nynorsk": "bokmål"}[VALUES[municipality]["målform"]]
    assert words(f"{report}/{municipality}") & WORDS[other] == set()


@everyone
def test_no_section_is_empty(municipality: str) -> None:
    assert list(empty_sections(f"kommunerapport/{municipality}")) == []


@everyone
def test_a_local_report_says_what_is_delivered_and_what_is_not(municipality: str) -> None:
    missing = {"bokmål": "ikke levert ennå", "nynorsk": "ikkje levert enno"}[VALUES[municipality]["målform"]]
    cells = [text for style, text in paragraphs(f"kommunerapport/{municipality}") if text in {"levert", missing}]
    parts = ("deltakere", "mål", "tiltak", "gjort", "lært", "lurt", "tall", "video", "rapport")
    assert cells == ["levert" if VALUES[municipality].get(part) else missing for part in parts]


@everyone
def test_a_letter_has_the_address_that_is_known(municipality: str) -> None:
    values = VALUES[municipality]
    place = f"{values['postadresse']}{values['postnummer']} {values['poststed']}" if "poststed" in values else ""
    recipient = next(text for style, text in paragraphs(f"ordforerbrev/{municipality}") if style == "Recipient")
    assert recipient == f"{values['navn']} kommune{place}"


def test_the_final_report_links_to_every_local_report() -> None:
    folder, _ = built()
    relations = read_parts((folder / "sluttrapport.docx").read_bytes())["word/_rels/document.xml.rels"]
    targets = set(re.findall(r'Target="(kommunerapport/[^"]+)"', relations.decode("utf-8")))
    counted = {each for each, values in VALUES.items() if not values.get("eksempel")}
    assert targets == {f"kommunerapport/{each}.pdf" for each in counted}
    assert all((folder / target).is_file() for target in targets)
