"""Initials, the order of letters, and what the order of works is made of."""

from __future__ import annotations

from typing import Any

import pytest

from judges.citeproc import as_html
from rapportbygger.collation import sort_string
from rapportbygger.nodes import plain
from rapportbygger.resolve.citations import csl
from rapportbygger.resolve.citations.clusters import Cite
from rapportbygger.resolve.citations.engines import CITEPROC_PY, Task, Tools, format_citations
from rapportbygger.resolve.citations.reference.initials import initialized, initials, initials_alone


@pytest.mark.parametrize(
    ("given", "spaced", "alone"),
    [
        ("Jan-Erik", "J.-E.", "J-E"),
        ("Jan Erik", "J. E.", "J E"),
        ("J.E.", "J. E.", "J E"),
        ("Per de Boer", "P. de B.", "P de B"),
        ("YUri K", "Yu. K.", "Yu K"),
        ("Chr.", "Chr.", "Chr"),
        ("Ole-petter", "O.", "O"),
        ("Øyvind", "Ø.", "Ø"),
        ("", "", ""),
    ],
)
def test_initials(given: str, spaced: str, alone: str) -> None:
    assert initials(given, ". ") == spaced
    assert initials_alone(given) == alone


def test_initials_in_other_styles() -> None:
    assert initials("Jan Erik", ".") == "J.E."
    assert initials("Jan-Erik", ". ", hyphen=False) == "J. E."
    assert initialized("Jan E K", ".", whole=True) == "Jan E.K."


@pytest.mark.parametrize(
    "ordered",
    [
        ["9 år", "10 år", "Bakke", "Dahl", "Ærlig", "Østby", "Aas", "Åse"],
        ["Dahl|P.", "Dahle|A."],
        ["+ og -", "1", "a"],
    ],
)
def test_the_order_of_letters(ordered: list[str]) -> None:
    backwards = ordered[::-1]
    assert sorted(backwards, key=lambda text: sort_string(text, "nb")) == ordered


@pytest.mark.parametrize(
    ("one", "other"), [("Aas", "Ås"), ("Öberg", "Øberg"), ("«É»", "e"), ("O'Hara", "ohara"), ("007", "7")]
)
def test_what_counts_as_the_same(one: str, other: str) -> None:
    assert sort_string(one, "nn") == sort_string(other, "nn")


def test_english_has_its_own_order() -> None:
    assert sorted(["Zoo", "Aas", "Ås", "Østby"], key=lambda text: sort_string(text, "en")) == [
        "Aas",
        "Ås",
        "Østby",
        "Zoo",
    ]


STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<info><title>T</title><id>t</id><category citation-format="author-date"/><updated>2025-01-01T00:00:00+00:00</updated>
</info><macro name="by"><names variable="author"><name form="short" and="symbol"/></names></macro>
<citation {options}>{sort}<layout prefix="(" suffix=")" delimiter="; "><group delimiter=" "><text macro="by"/>
<date variable="issued"><date-part name="year"/></date><text variable="locator"/></group></layout></citation>
<bibliography>{sort}<layout><text macro="by"/><text variable="title"/></layout></bibliography></style>"""
BY_YEAR = '<sort><key variable="issued" sort="descending"/><key macro="by"/></sort>'


def works(*several: tuple[str, str, int]) -> dict[str, dict[str, Any]]:
    return {
        f"w{at}": {
            "type": "book",
            "title": f"T{at}",
            "author": [dict(zip(("family", "given"), name.split(" ", 1), strict=True)) for name in people.split(", ")],
            "issued": {"date-parts": [[year]]},
            "note": note,
        }
        for at, (people, note, year) in enumerate(several)
    }


def texts(
    items: dict[str, dict[str, Any]], *clusters: str, options: str = "", sort: str = ""
) -> tuple[list[str], list[str]]:
    style = csl.read_bytes(STYLE.format(options=options, sort=sort).encode())
    task = Task([tuple(Cite(key) for key in cluster.split()) for cluster in clusters], items, style, "nb")
    made = format_citations(task, Tools(), CITEPROC_PY)
    return [plain(text) for text in made.clusters], [entry.key for entry in made.entries]


TWO = works(("Lie Anne", "", 2010), ("Lie Bo", "", 2010), ("Moe Pia", "", 2011))


def test_the_order_is_what_the_style_says() -> None:
    assert texts(TWO, "w0 w2 w1", sort=BY_YEAR) == (["(Moe 2011; Lie 2010; Lie 2010)"], ["w2", "w0", "w1"])
    assert texts(TWO, "w1 w2 w0") == (["(Lie 2010; Moe 2011; Lie 2010)"], ["w1", "w2", "w0"])


def test_given_names_are_added_by_the_rule_of_the_style() -> None:
    options = 'disambiguate-add-givenname="true" givenname-disambiguation-rule="{}"'
    assert texts(TWO, "w0", "w1", "w2", options=options.format("all-names"))[0] == [
        "(Anne Lie 2010)", "(Bo Lie 2010)", "(Moe 2011)",
    ]  # fmt: skip
    assert texts(TWO, "w0", "w2", options=options.format("by-cite"))[0] == ["(Lie 2010)", "(Moe 2011)"]
    assert texts(TWO, "w0", "w1", options=options.format("by-cite"))[0] == ["(Anne Lie 2010)", "(Bo Lie 2010)"]


SAME = works(("Lie Anne", "", 2010), ("Lie Anne", "", 2010), ("Lie Anne", "", 2012), ("Moe Pia", "", 2010))


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ("", "(Lie 2010a; Lie 2010b; Lie 2012; Moe 2010)"),
        ('collapse="year"', "(Lie 2010a, 2010b, 2012; Moe 2010)"),
        ('collapse="year" cite-group-delimiter=" "', "(Lie 2010a 2010b 2012; Moe 2010)"),
        ('collapse="year-suffix" year-suffix-delimiter=","', "(Lie 2010a,b, 2012; Moe 2010)"),
        ('collapse="year" after-collapse-delimiter=" | "', "(Lie 2010a, 2010b, 2012 | Moe 2010)"),
    ],
)
def test_works_of_one_author_are_put_together(options: str, text: str) -> None:
    made, _order = texts(SAME, "w0 w1 w2 w3", options=f'disambiguate-add-year-suffix="true" {options}')
    assert made == [text]


def test_names_are_added_where_lists_are_shortened() -> None:
    items = works(("Lie A, Moe B, Vik C", "", 2010), ("Lie A, Dahl B, Vik C", "", 2010))
    options = 'et-al-min="3" et-al-use-first="1" disambiguate-add-names="true"'
    assert texts(items, "w0", "w1", options=options)[0] == ["(Lie, Moe, mfl. 2010)", "(Lie, Dahl, mfl. 2010)"]


def test_apostrophes_are_the_languages_own() -> None:
    assert texts(works(("O'Brien Pat, D'Angelo Vito", "", 2010)), "w0")[0] == ["(O’Brien & D’Angelo 2010)"]


def of_style(names: str, *items: dict[str, Any]) -> list[str]:
    """Each work as a style cites it that has those names."""
    source = STYLE.format(options='et-al-min="3" et-al-use-first="1"', sort="")
    source = source.replace('<names variable="author"><name form="short" and="symbol"/></names>', names)
    works = dict(zip("abcd", items, strict=False))
    task = Task([(Cite(key),) for key in works], works, csl.read_bytes(source.encode()), "nb")
    return [as_html(text) for text in format_citations(task, Tools(), CITEPROC_PY).clusters]


def test_what_stands_for_other_names_can_be_in_italics() -> None:
    many = {"type": "book", "title": "T", "author": [{"family": name} for name in ("Lie", "Moe", "Bø")]}
    names = '<names variable="author"><name form="short"/><et-al font-style="italic"/></names>'
    assert of_style(names, many) == ["(Lie <i>mfl.</i>)"]


def test_quotation_marks_in_names_are_the_languages_own() -> None:
    choir = {"type": "book", "title": "T", "author": [{"literal": 'Koret "Ly"'}]}
    assert of_style('<names variable="author"/>', choir) == ["(Koret «Ly»)"]


def test_what_stands_in_for_names_can_have_others_in_its_place() -> None:
    one = [{"family": "Lie", "given": "Bo"}]
    items = [{"type": "book", "title": "T", role: one} for role in ("author", "editor", "director", "translator")]
    inner = '<substitute><names variable="director"/><text variable="title"/></substitute>'
    names = f'<names variable="editor"><name form="short"/>{inner}</names>'
    outer = f'<names variable="author"><name form="short"/><substitute>{names}</substitute></names>'
    assert of_style(outer, *items) == ["(Lie)", "(Lie)", "(Lie)", "(T)"]
