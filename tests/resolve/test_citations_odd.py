"""Bibliographies and citations as people write them: nothing of it may raise, nothing may be lost."""

from __future__ import annotations

import datetime
from itertools import product
from time import perf_counter
from typing import Any

import pytest

from documents import document
from rapportbygger.model import Document, Metadata
from rapportbygger.nodes import Node, elements, has_class, plain, words
from rapportbygger.resolve.citations import resolve
from rapportbygger.resolve.citations.authordate.disambiguation import letter
from rapportbygger.resolve.citations.reference.dates import csl_date
from rapportbygger.resolve.citations.reference.initials import initials
from rapportbygger.resolve.citations.reference.items import tidy
from rapportbygger.resolve.citations.reference.richtext import from_html, inlines, joined


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        (2021, [[2021]]),
        ("2021", [[2021]]),
        ("2021-03-19", [[2021, 3, 19]]),
        ("2020/2021", [[2020], [2021]]),
        ("2021-06-03/2021-06-06", [[2021, 6, 3], [2021, 6, 6]]),
        ({"date-parts": [[2021, 23]]}, [[2021, 23]]),
        (datetime.date(2021, 3, 19), [[2021, 3, 19]]),
        ({"date-parts": [["2021", "3"]]}, [[2021, 3]]),
        ({"date-parts": [[2021, 2, 30]]}, [[2021, 2]]),
        ({"date-parts": [[2021, 13, 1]]}, [[2021]]),
        ({"date-parts": [2021, 3]}, [[2021, 3]]),
        ({"raw": "2021-03"}, [[2021, 3]]),
        ({"year": 2021, "month": 3}, [[2021, 3]]),
        ([{"year": "2021"}], [[2021]]),
    ],
)
def test_dates(written: Any, parts: list[list[int]]) -> None:
    assert csl_date(written) == {"date-parts": parts}


@pytest.mark.parametrize("nothing", [None, "", {}, [], {"date-parts": [[]]}, {"date-parts": [[None]]}, True, "  "])
def test_no_date(nothing: Any) -> None:
    assert csl_date(nothing) is None


def test_dates_in_words_and_circa_dates() -> None:
    assert csl_date("våren 2021") == {"literal": "våren 2021"}
    assert csl_date({"literal": "i trykk"}) == {"literal": "i trykk"}
    assert csl_date("1850~") == {"date-parts": [[1850]], "circa": 1}
    assert csl_date({"date-parts": [[2021]], "season": "1"}) == {"date-parts": [[2021]], "season": 1}


def test_references_are_tidied() -> None:
    tidied = tidy(
        {
            "type": "book",
            "author": "KS",
            "editor": [{"given": "Prince"}, {"family": "Lie", "given": "P", "ORCID": "0"}, {}, None],
            "volume": 3,
            "DOI": "https://doi.org/10.1/x",
            "title": "En\n  tittel",
            "publisher": "",
            "unknown": {"a": 1},
        },
        "nb-NO",
    )
    assert tidied == {
        "type": "book",
        "language": "nb-NO",
        "author": [{"literal": "KS"}],
        "editor": [{"literal": "Prince"}, {"family": "Lie", "given": "P"}],
        "volume": "3",
        "DOI": "10.1/x",
        "title": "En tittel",
    }


ODD: dict[str, dict[str, Any]] = {
    "empty": {},
    "nothing": {"type": None, "author": None, "issued": None, "title": None, "URL": None},
    "noauthor": {"type": "webpage", "title": "Uten forfatter", "issued": {"literal": "våren 2021"}},
    "numbers": {"type": "article-journal", "author": 7, "issued": 2020.0, "title": 1984, "volume": 1, "page": 3},
    "strange": {"type": "hologram", "author": {"family": "Eide"}, "title": ["A", "B"], "edition": "rev. utg."},
    "season": {"type": "webpage", "author": "X", "issued": {"date-parts": [[2021]], "season": 1}, "title": "Y"},
    "range": {"type": "book", "author": "X", "issued": "2019/2021", "title": "Om <i>Homo</i> & <b>lek</b>"},
    "editor": {"type": "chapter", "title": "K", "container-title": "B", "editor": ["E"], "page": "3-9"},
    "film": {"type": "motion_picture", "director": "R", "title": "F", "genre": "film", "issued": "-44"},
    "pages": {"type": "chapter", "number-of-pages": "x", "page": "S1-S9, 12&14", "title": "K", "author": [[]]},
    "øre:1": {"type": "book", "author": [{"family": "von Ås", "given": "Å. 3"}], "title": "…", "issued": "2000"},
    "my key": {"type": "book", "author": "M", "title": "T"},
}
MODES = ("NormalCitation", "AuthorInText", "SuppressAuthor")
SUFFIXES = ("", ", s. 7", ", § 3-4", " iv-vi", "{s. 4}", ", ", "-", ", s. iv–vi og mer")


def cite(key: str, mode: str = "NormalCitation", suffix: str = "", prefix: str = "") -> Node:
    return {
        "citationId": key,
        "citationPrefix": words(prefix),
        "citationSuffix": words(suffix),
        "citationMode": {"t": mode},
        "citationNoteNum": 1,
        "citationHash": 0,
    }


def cited(*clusters: list[Node], lang: str = "nb") -> Document:
    inlines_ = [{"t": "Cite", "c": [cluster, words("[@…]")]} for cluster in clusters]
    return Document(Metadata("T", lang), ({"t": "Para", "c": inlines_},))


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_every_odd_reference_is_cited_and_listed(lang: str) -> None:
    clusters = [[cite(key, mode, suffix)] for key, mode, suffix in product([*ODD, "none"], MODES, SUFFIXES)]
    doc, problems = resolve(cited(*clusters, lang=lang), ODD, None, "Litteratur")
    texts = [plain(node["c"][1]) for node in elements(doc.blocks) if has_class(node, "citation")]
    listed = [plain(node["c"][1][0]["c"]) for node in elements(doc.blocks) if has_class(node, "csl-entry")]
    assert all(texts)
    assert len(texts) == len(clusters)
    assert len(listed) == len(ODD)
    assert all(listed)
    assert not any("\ue000" <= letter_ <= "\uf8ff" for text in [*texts, *listed] for letter_ in text)
    assert {problem.code for problem in problems} == {"unknown-reference"}


def test_numbers_that_nobody_counts_with_are_texts() -> None:
    digits = "9" * 5000
    work = {"type": "article-journal", "title": "T", "volume": digits, "page": f"{digits}-{digits}", "edition": digits}
    doc, problems = resolve(cited([cite("a")]), {"a": work}, None, "Litteratur")
    assert problems == ()
    (listed,) = [plain(node["c"][1][0]["c"]) for node in elements(doc.blocks) if has_class(node, "csl-entry")]
    assert f"{digits}–{digits}" in listed


@pytest.mark.parametrize("sign", [" ", "\u00a0", "van ", "https://a.no/" + ").", "1 & "])
def test_long_rows_of_anything_take_no_time(sign: str) -> None:
    text = sign * 10_000 + "x"
    work = {"title": text, "page": text, "author": [{"family": text, "given": text}], "publisher": text}
    begun = perf_counter()
    resolve(cited([cite("a")]), {"a": work}, None, "Litteratur")
    assert perf_counter() - begun < 5


def test_odd_clusters() -> None:
    clusters = [
        [cite("empty"), cite("empty"), cite("none", "SuppressAuthor"), cite("range", "AuthorInText", prefix="jf.")],
        [cite("none", "AuthorInText", ", s. 7"), cite("empty", "SuppressAuthor")],
        [{**cite("range"), "citationPrefix": [{"t": "Cite", "c": [[cite("season")], words("[@season]")]}]}],
    ]
    doc, _ = resolve(cited(*clusters), ODD, None, "Litteratur")
    texts = [plain(node["c"][1]) for node in elements(doc.blocks) if has_class(node, "citation")]
    assert texts == [
        "(empty, u.å.; empty, u.å.; jf. X, 2019–2021; none?)",
        "none? (u.å.)",
        "((X, 2021) X, 2019–2021)",
        "(X, 2021)",
    ]
    assert not any(node["t"] == "Cite" for node in elements(doc.blocks))


def test_keys_with_spaces_get_one_word_as_name() -> None:
    doc, _ = resolve(cited([cite("my key"), cite("øre:1")]), ODD, None, "Litteratur")
    names = [node["c"][0][0] for node in elements(doc.blocks) if has_class(node, "csl-entry")]
    span = next(node for node in elements(doc.blocks) if has_class(node, "citation"))
    assert names == ["ref-my-key", "ref-øre:1"]
    assert span["c"][0][2] == [["ids", "my-key øre:1"], ["cluster", "1"]]


def test_citations_in_headings_are_resolved_where_headings_are_referred_to() -> None:
    from dataclasses import replace

    from rapportbygger.model import Target

    doc = document("# Om @range {#sec-om}")
    title = tuple(doc.blocks[0]["c"][2])
    given = replace(doc, targets={"sec-om": Target("sec-om", "sec", title, level=1)})
    resolved, _ = resolve(given, ODD, None, "Litteratur")
    assert plain(resolved.targets["sec-om"].title) == "Om X (2019–2021)"


def test_italics_inside_italics_are_upright() -> None:
    assert [(node["t"], plain([node])) for node in inlines(f"\ue000{from_html('Om <i>Homo</i> lek')}\ue001")] == [
        ("Emph", "Om "),
        ("Str", "Homo"),
        ("Emph", " lek"),
    ]


def test_addresses_become_links_without_the_sentences_punctuation() -> None:
    made = joined(inlines("Se https://example.no/a_(b). Og (https://example.no/c)."))
    assert [node["c"][2][0] for node in made if node["t"] == "Link"] == [
        "https://example.no/a_(b)",
        "https://example.no/c",
    ]
    assert plain(made) == "Se https://example.no/a_(b). Og (https://example.no/c)."


def test_initials_and_letters() -> None:
    assert [initials(given) for given in ("Jan-Erik", "Åse Marie", "J.E.", "")] == ["J.-E.", "Å. M.", "J. E.", ""]
    assert [letter(n) for n in (0, 25, 26, 27)] == ["a", "z", "aa", "ab"]
