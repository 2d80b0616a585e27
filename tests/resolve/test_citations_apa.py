"""Rules of APA 7 that take more than one source, or more than one way to cite it, in our own style."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from documents import document
from rapportbygger.model import Document
from rapportbygger.nodes import elements, has_class, plain
from rapportbygger.resolve.citations import resolve

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVW"


def book(key: str, year: int | None, *authors: str, **more: Any) -> dict[str, Any]:
    """A book whose title is its key, by «Family, Given» or by a group."""
    dated = {"issued": {"date-parts": [[year]]}} if year else {}
    return {"id": key, "type": "book", "title": key, "author": [name(author) for author in authors], **dated, **more}


def name(written: str) -> dict[str, str]:
    family, comma, given = written.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": written}


def resolved(markdown: str, *works: Mapping[str, Any], lang: str = "nb") -> Document:
    return resolve(document(markdown, lang=lang), {work["id"]: work for work in works}, None, "Litteratur")[0]


def read(doc: Document) -> str:
    """The text of the first paragraph, with ordinary spaces."""
    return plain(doc.blocks[0]["c"]).replace("\u00a0", " ")


def listed(doc: Document) -> list[str]:
    return [plain(node["c"][1][0]["c"]) for node in elements(doc.blocks) if has_class(node, "csl-entry")]


@pytest.mark.parametrize(
    ("count", "printed"),
    [
        (2, "A, X. og B, X. (2020). bok."),
        (3, "A, X., B, X. og C, X. (2020). bok."),
        (20, "S, X. og T, X. (2020). bok."),
        (21, "R, X., S, X., … U, X. (2020). bok."),
        (23, "R, X., S, X., … W, X. (2020). bok."),
    ],
)
def test_twenty_authors_are_listed_and_of_more_nineteen_and_the_last(count: int, printed: str) -> None:
    """APA 7, 9.8."""
    (entry,) = listed(resolved("[@bok]", book("bok", 2020, *(f"{letter}, X" for letter in LETTERS[:count]))))
    assert entry.startswith("A, X.")
    assert entry.endswith(printed)


def test_first_authors_of_one_name_have_initials_also_when_the_years_differ() -> None:
    """APA 7, 8.20."""
    works = book("a", 2010, "Lie, Anne"), book("b", 2015, "Lie, Bo", "Moe, C"), book("c", 2012, "Lie, Anne")
    assert read(resolved("[@a; @b; @c]", *works)) == "(A. Lie, 2010, 2012; B. Lie og Moe, 2015)"


def test_names_are_added_until_the_citations_differ() -> None:
    """APA 7, 8.18."""
    works = book("a", 2016, "Dahl, A", "Eng, B", "Foss, C"), book("b", 2016, "Dahl, A", "Gran, B", "Foss, C")
    assert read(resolved("@a og [@b]", *works)) == "Dahl, Eng, mfl. (2016) og (Dahl, Gran, mfl., 2016)"


def test_works_of_one_author_and_year_have_letters_in_the_order_of_their_titles() -> None:
    """APA 7, 8.19 and 9.47."""
    doc = resolved("[@b; @a] [@uten2; @uten1]", *(book(key, 2018, "KS") for key in "ab"), *undated())
    assert read(doc) == "(KS, 2018a, 2018b) (FoU, u.å.-a, u.å.-b)"
    assert listed(doc)[-2:] == ["KS. (2018a). a.", "KS. (2018b). b."]


def undated() -> tuple[dict[str, Any], ...]:
    return book("uten1", None, "FoU"), book("uten2", None, "FoU")


def test_undated_works_come_first_and_those_in_press_last() -> None:
    """APA 7, 9.46."""
    works = (
        book("ny", None, "KS", status="i trykk"),
        book("b", 2019, "KS"),
        book("a", 2010, "KS"),
        book("u", None, "KS"),
    )
    assert [entry[5:].split(")")[0] for entry in listed(resolved("[@ny; @b; @a; @u]", *works))] == [
        "u.å.",
        "2010",
        "2019",
        "i trykk",
    ]


def test_one_author_comes_before_the_same_author_with_others() -> None:
    """APA 7, 9.46."""
    works = book("a", 2001, "Lie, Anne", "Aas, B"), book("b", 2020, "Lie, Anne"), book("c", 2000, "Lie, Anne", "Moe, B")
    assert [entry.split(")")[0][-4:] for entry in listed(resolved("[@a; @b; @c]", *works))] == ["2020", "2000", "2001"]


LAW = {
    "id": "lov",
    "type": "legislation",
    "title": "Lov om grunnskolen",
    "title-short": "Opplæringslova",
    "issued": {"date-parts": [[1998]]},
}
REPORT = {"id": "nou", "type": "report", "number": "NOU 2019: 23", "title": "Ny opplæringslov"}


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("[@lov, § 9 A-4]", "(Opplæringslova, 1998, § 9 A-4)"),
        ("opplæringslova [-@lov, § 3-1]", "opplæringslova (1998, § 3-1)"),
        ("@lov [kap. 9]", "Opplæringslova (1998, kap. 9)"),
        ("[@nou, s. 10-12]", "(NOU 2019: 23, s. 10–12)"),
        ("@nou [s. 10] sier", "NOU 2019: 23 (s. 10) sier"),
        ("@nou sier", "NOU 2019: 23 sier"),
        ("[se @nou, s. 10; @lov]", "(se NOU 2019: 23, s. 10; Opplæringslova, 1998)"),
    ],
)
def test_laws_and_public_documents_are_cited_by_their_short_titles_and_numbers(written: str, text: str) -> None:
    """Norsk APA-manual 1.9: a law by its short title, a public document by its number, where its year stands."""
    assert read(resolved(written, LAW, REPORT)) == text


def test_the_number_stays_with_the_word_before_it() -> None:
    text = plain(resolved("[@lov, s. 7] [@lov, § 3]", LAW).blocks[0]["c"])
    assert text == "(Opplæringslova, 1998, s.\u00a07) (Opplæringslova, 1998, §\u00a03)"
