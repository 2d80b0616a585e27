"""Templates for many works at once write of each what citeproc-py writes of it alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpora import corpus
from rapportbygger.resolve.citations.authordate.parts import Part, author_part, details_part
from rapportbygger.resolve.citations.authordate.templates import Templates
from rapportbygger.resolve.citations.csl import read
from rapportbygger.resolve.citations.reference import Renderer
from rapportbygger.resolve.citations.reference.items import tidy

STYLES = sorted((Path(__file__).parents[2] / "bibliography").glob("*.csl"))


def alone(part: Part) -> Part:
    """The part, said to depend on each number, so that none stands for others."""
    return replace(part, counts_locators=True, shortens_years=True)


@pytest.mark.parametrize("make", [author_part, details_part])
@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_a_number_that_stands_for_others_changes_nothing(path: Path, make: Callable[[bytes], Part]) -> None:
    made, write = corpus(31, "nb", works=25, citations=40), Renderer("nb-NO").cite
    part = make(read(path)[0].xml)
    many, one = Templates(part, write), Templates(alone(part), write)
    items = {key: tidy(item, "nb-NO") for key, item in made.references().items()}
    for cite in (cite for cluster in made.cited() for cite in cluster if cite.key in items):
        assert many.of(items[cite.key], cite.locator) == one.of(items[cite.key], cite.locator)
        lettered = {**items[cite.key], "year-suffix": "b"}
        assert many.of(lettered, cite.locator) == one.of(lettered, cite.locator)
