"""A style cut to one reference writes what the whole style writes."""

from __future__ import annotations

import io
import random
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import citeproc
import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, Locator
from citeproc.source.json import CiteProcJSON

from rapportbygger.csl_variables import VARIABLES
from rapportbygger.resolve.citations.csl import NAMESPACE
from rapportbygger.resolve.citations.reference import Formatter
from rapportbygger.resolve.citations.reference.items import tidy
from rapportbygger.resolve.citations.reference.specialised import Tailor

NAMES, DATES = (sorted(name.replace("_", "-") for name in known) for known in (citeproc.NAMES, citeproc.DATES))
STYLES = sorted((Path(__file__).parents[2] / "bibliography").glob("*.csl"))
TYPES = ("article-journal", "article-newspaper", "book", "chapter", "interview", "legislation", "motion_picture")
DATED: tuple[dict[str, Any], ...] = (
    {"date-parts": [[2010]]},
    {"date-parts": [[2010, 5, 4]], "circa": 1},
    {"date-parts": [[2010], [2012]]},
    {"literal": "i trykk"},
)
PEOPLE = ({"family": "Dahl", "given": "Anne Berit"}, {"literal": "KS"}, {"family": "Moe", "given": "Per"})


def reference(chance: random.Random) -> dict[str, Any]:
    """A work with few or many variables, of all that there are."""
    made: dict[str, Any] = {"type": chance.choice(TYPES), "id": "work"}
    share = chance.random()
    made |= {
        name: chance.choice(("3", "12-19", "Tittel", "noe?"))
        for name in sorted(VARIABLES - {"language", "locator", "page-first"})
        if chance.random() < share
    }
    made |= {name: chance.choices(PEOPLE, k=chance.randint(1, 8)) for name in NAMES if chance.random() < share}
    made |= {name: chance.choice(DATED) for name in DATES if chance.random() < share}
    return {**tidy(made, "nb-NO"), "id": "work"} | ({"year-suffix": "a"} if chance.random() < 0.3 else {})


def parsed(xml: bytes) -> CitationStylesStyle:
    return CitationStylesStyle(io.BytesIO(xml), locale="nb-NO", validate=False)


def written(style: CitationStylesStyle, layout: str, item: dict[str, Any], locator: Locator | None) -> str:
    made = CitationStylesBibliography(style, CiteProcJSON([item]), Formatter)
    citation = Citation([CitationItem("work", **({"locator": locator} if locator else {}))])
    made.register(citation)
    return str(made.cite(citation, str) if layout == "citation" else made.bibliography()[0])


def cases(count: int) -> Iterator[tuple[str, dict[str, Any], Locator | None]]:
    chance = random.Random(4)
    for _case in range(count):
        item = reference(chance)
        yield "bibliography", item, None
        yield "citation", item, Locator("page", "3-4") if chance.random() < 0.5 else None


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_whole_and_cut_styles_write_the_same(path: Path) -> None:
    whole, cut = parsed(path.read_bytes()), parsed(path.read_bytes())
    tailor = Tailor(cut.root, most=50)  # fewer than there are cases, so that it forgets
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for layout, item, locator in cases(120):
            tailor.fit(layout, {**item, "locator": locator} if locator else item)
            assert written(cut, layout, item, locator) == written(whole, layout, item, locator)


def style_with(layout: str) -> bytes:
    return (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">'
        '<macro name="where"><text value="in "/><text variable="publisher-place"/></macro>'
        '<macro name="words"><text value="one"/><text value="two"/></macro>'
        f"<citation><layout/></citation><bibliography><layout>{layout}</layout></bibliography></style>"
    ).encode()


def cut_layout(layout: str, item: dict[str, Any]) -> list[str]:
    """The elements that are left of a bibliography's layout, in reading order."""
    style = parsed(style_with(layout))
    Tailor(style.root).fit("bibliography", item)
    found = style.root.find(f"{NAMESPACE}bibliography/{NAMESPACE}layout")
    return [str(element.tag).removeprefix(NAMESPACE) for element in found.iter()][1:]


BOOK = {"type": "book", "title": "Ord"}
CHOICE = '<choose><if type="book"><text variable="title"/></if><else><text variable="URL"/></else></choose>'

TERM_INSTEAD = '<choose><if variable="URL"><text variable="URL"/></if><else><text value="none"/></else></choose>'
TITLED = '<choose><if variable="title"><text value="a"/><text macro="words"/></if></choose>'
NEVER = '<choose><if type="never"><text variable="title"/></if></choose>'

SUBSTITUTED = '<names variable="author"><substitute><text variable="title"/></substitute></names>'


def test_a_condition_on_the_type_is_decided() -> None:
    assert cut_layout(CHOICE, BOOK) == ["text"]


def test_what_is_not_there_is_left_out_with_its_group() -> None:
    group = '<group><text value="no. "/><text variable="number"/></group>'
    assert cut_layout(group + '<text variable="title"/>', BOOK) == ["text"]


def test_a_condition_that_the_shape_does_not_tell_stays() -> None:
    asked = '<choose><if is-numeric="title"><text value="1"/></if><else><text variable="title"/></else></choose>'
    assert cut_layout(asked, BOOK) == ["choose", "if", "text", "else", "text"]


@pytest.mark.parametrize(
    "layout",
    [
        # The branch that does not hold counts as called, and so does what is written instead.
        f'<group delimiter=", ">{TERM_INSTEAD}<text variable="number"/></group>',
        f'{SUBSTITUTED}<group delimiter=", ">{TERM_INSTEAD}<text variable="title"/></group>',
        '<group delimiter=", "><text macro="where" prefix="("/><text variable="title"/></group>',
        '<group delimiter=", "><text macro="words"/><text variable="title"/></group>',
        '<group delimiter=", "><text macro="words"/><text variable="number"/></group>',
        '<group delimiter=", "><text macro="words" text-case="uppercase"/><text variable="title"/></group>',
        f'<group delimiter=", ">{TITLED}</group>',
        f'<group delimiter="; ">{NEVER}<text value="a"/></group>',
        '<group delimiter="; "><text variable="year-suffix"/><text value="a"/></group>',
        '<group><label variable="page"/><text variable="title"/></group>',
        f'{SUBSTITUTED}<text variable="title"/>',
    ],
)
@pytest.mark.parametrize("item", [BOOK, {**BOOK, "number": "3", "year-suffix": "a"}, {**BOOK, "publisher-place": "Bø"}])
def test_groups_are_silent_when_they_were(layout: str, item: dict[str, Any]) -> None:
    whole, cut = parsed(style_with(layout)), parsed(style_with(layout))
    Tailor(cut.root).fit("bibliography", item)
    assert attempted(cut, item) == attempted(whole, item)


def attempted(style: CitationStylesStyle, item: dict[str, Any]) -> str:
    try:
        return written(style, "bibliography", {**item, "id": "work", "language": "nb"}, None)
    except IndexError:  # citeproc-py gives no entry where it has nothing to write
        return ""


def test_the_layout_is_cut_anew_for_each_reference() -> None:
    style = parsed(style_with(CHOICE))
    tailor = Tailor(style.root)
    texts = []
    for kind in ("book", "report", "book"):
        item = {"type": kind, "title": "Ord", "URL": "https://example.org"}
        tailor.fit("bibliography", item)
        texts.append(attempted(style, item))
    assert texts == ["Ord", "https://example.org", "Ord"]
