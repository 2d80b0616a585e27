"""Citations as a reader sees them, and the reference list."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from documents import as_markdown, document, frozen
from rapportbygger.diagnostics import Problems, Severity
from rapportbygger.model import Document
from rapportbygger.nodes import elements, has_class, pairs_of, plain
from rapportbygger.resolve.citations import resolve

WORD = Path(__file__).parents[2] / "src" / "rapportbygger" / "styles" / "word-apa.csl"


def person(family: str, given: str) -> dict[str, str]:
    return {"family": family, "given": given}


def published(year: int, *rest: int) -> dict[str, Any]:
    return {"date-parts": [[year, *rest]]}


REPORT: dict[str, dict[str, Any]] = {
    "ksfou2019": {
        "type": "report",
        "author": [{"literal": "KS - FoU"}],
        "issued": published(2019),
        "title": "Prioriterte mål i kommunalt og fylkeskommunalt planarbeid",
        "publisher-place": "Oslo",
        "publisher": "KS",
    },
    "ks2018": {
        "type": "report",
        "author": [{"literal": "KS"}],
        "issued": published(2018),
        "title": "Kultur for framtida, anbefalinger fra prosjektet Oppspill",
        "publisher-place": "Oslo",
        "publisher": "KS",
    },
    "kd2021": {
        "type": "report",
        "language": "nn-NO",
        "author": [{"literal": "Kulturdepartementet"}],
        "issued": published(2021),
        "title": "Oppleve, skape, dele — Kunst og kultur for, med og av barn og unge",
        "publisher-place": "Oslo",
        "publisher": "Kulturdepartementet",
    },
    "nkr2021": {
        "type": "report",
        "author": [{"literal": "Norsk kulturskoleråd og KS"}],
        "issued": published(2021),
        "title": "På vei mot Fremtidas kulturskole",
        "publisher-place": "Trondheim /Oslo",
        "publisher": "Norsk kulturskoleråd og KS",
    },
    "regjeringa2021": {
        "type": "webpage",
        "language": "nn-NO",
        "author": [{"literal": "regjeringa.no"}],
        "issued": published(2021, 3, 19),
        "title": "Regjeringa.no",
        "container-title": "Meld.St.18 (2020-2021)",
        "URL": "https://www.regjeringen.no/no/dokumenter/meld.-st.-18-20202021/id2839455/",
    },
    "tiller2006": {
        "type": "book",
        "author": [person("Tiller", "Tom")],
        "issued": published(2006),
        "title": "Aksjonslæring - forskende partnerskap i skolen",
        "publisher-place": "Kristiansand",
        "publisher": "Høyskoleforlaget as",
    },
}
"""The six references of the original report."""

CITED = """\
[@nkr2021, s. 7] [@tiller2006, ss. 88-89] [@ks2018] [@nkr2021, s. 9] [@ksfou2019] [@regjeringa2021] [@kd2021, s. 61]
"""

OTHERS: dict[str, dict[str, Any]] = {
    "ks-a": {"type": "report", "author": "KS", "issued": 2018, "title": "Anbefalinger"},
    "ks-b": {"type": "report", "author": "KS", "issued": 2018, "title": "Brev"},
    "tiller": {"type": "book", "author": [person("Tiller", "Tom")], "issued": 2006, "title": "Aksjonslæring"},
    "hansen-a": {"type": "book", "author": [person("Hansen", "Anne")], "issued": 2010, "title": "En"},
    "hansen-b": {"type": "book", "author": [person("Hansen", "Bo")], "issued": 2010, "title": "To"},
    "dahl-eng": {
        "type": "book",
        "author": [person("Dahl", "A."), person("Eng", "B."), person("Foss", "C.")],
        "issued": 2016,
        "title": "Tre",
    },
    "dahl-gran": {
        "type": "book",
        "author": [person("Dahl", "A."), person("Gran", "B."), person("Foss", "C.")],
        "issued": 2016,
        "title": "Fire",
    },
    "aarre": {
        "type": "book",
        "author": [person("Aarre", "Torleif"), person("Zachariassen", "Eva")],
        "issued": 2011,
        "title": "Hva nå?",
        "publisher": "P",
        "edition": "2",
    },
    "vik": {
        "type": "book",
        "author": [person("Vik", "A"), person("Wik", "B"), person("Øvik", "C")],
        "issued": 2001,
        "title": "Fem",
    },
    "nett": {
        "type": "webpage",
        "author": "Kulturtanken",
        "title": "Om oss",
        "URL": "https://example.no/om_(oss)",
        "accessed": "2022-05-04",
    },
    "lov": {
        "type": "legislation",
        "title": "Lov om grunnskolen",
        "title-short": "Opplæringslova",
        "issued": 1998,
        "number": "LOV-1998-07-17-61",
    },
}


def resolved(
    markdown: str, references: Mapping[str, Any] = OTHERS, lang: str = "nb", csl: Path | None = None
) -> tuple[Document, Problems]:
    return resolve(document(markdown, lang=lang), references, csl, "Litteratur")


def citations(doc: Document) -> list[str]:
    return [plain(node["c"][1]) for node in elements(doc.blocks) if has_class(node, "citation")]


def entries(doc: Document) -> list[str]:
    return [as_markdown(node["c"][1]) for node in elements(doc.blocks) if has_class(node, "csl-entry")]


def read(markdown: str, lang: str = "nb", references: Mapping[str, Any] = OTHERS) -> str:
    """The text of a paragraph, with ordinary spaces."""
    return plain(resolved(markdown, references, lang)[0].blocks[0]["c"]).replace("\u00a0", " ")


# --------------------------------------------------------------------------------------------------- the real report


def test_the_six_references_in_the_text() -> None:
    doc, problems = resolved(CITED, REPORT)
    assert citations(doc) == [
        "(Norsk kulturskoleråd og KS, 2021, s.\u00a07)",
        "(Tiller, 2006, s.\u00a088–89)",
        "(KS, 2018)",
        "(Norsk kulturskoleråd og KS, 2021, s.\u00a09)",
        "(KS - FoU, 2019)",
        "(regjeringa.no, 2021)",
        "(Kulturdepartementet, 2021, s.\u00a061)",
    ]
    assert problems == ()


@pytest.mark.parametrize("lang", ["nb", "nn"])
def test_the_six_references_in_the_list(lang: str) -> None:
    doc, _ = resolved(CITED, REPORT, lang)
    assert entries(doc) == [
        "KS. (2018). *Kultur for framtida, anbefalinger fra prosjektet Oppspill*. KS.",
        "KS - FoU. (2019). *Prioriterte mål i kommunalt og fylkeskommunalt planarbeid*. KS.",
        (
            "Kulturdepartementet. (2021). *Oppleve, skape, dele — Kunst og kultur for, med og av barn og unge*. "
            "Kulturdepartementet."
        ),
        "Norsk kulturskoleråd og KS. (2021). *På vei mot Fremtidas kulturskole*. Norsk kulturskoleråd og KS.",
        (
            "regjeringa.no. (2021, 19. mars). *Regjeringa.no*. Meld.St.18 (2020-2021). "
            "<https://www.regjeringen.no/no/dokumenter/meld.-st.-18-20202021/id2839455/>"
        ),
        "Tiller, T. (2006). *Aksjonslæring - forskende partnerskap i skolen*. Høyskoleforlaget as.",
    ]


def test_the_citations_of_words_own_style() -> None:
    doc, problems = resolved(CITED, REPORT, csl=WORD)
    assert citations(doc) == [
        "(Norsk kulturskoleråd og KS, 2021, s. 7)",
        "(Tiller, 2006, ss. 88-89)",
        "(KS, 2018)",
        "(Norsk kulturskoleråd og KS, 2021, s. 9)",
        "(KS - FoU, 2019)",
        "(regjeringa.no, 2021)",
        "(Kulturdepartementet, 2021, s. 61)",
    ]
    assert problems == ()


def test_the_list_of_words_own_style() -> None:
    doc, _ = resolved(CITED, REPORT, csl=WORD)
    assert set(entries(doc)) == {
        "KS - FoU. (2019). *Prioriterte mål i kommunalt og fylkeskommunalt planarbeid*. Oslo: KS.",
        "KS. (2018). *Kultur for framtida, anbefalinger fra prosjektet Oppspill*. Oslo: KS.",
        (
            "Kulturdepartementet. (2021). *Oppleve, skape, dele — Kunst og kultur for, med og av barn og unge*. "
            "Oslo: Kulturdepartementet."
        ),
        (
            "Norsk kulturskoleråd og KS. (2021). *På vei mot Fremtidas kulturskole*. "
            "Trondheim /Oslo: Norsk kulturskoleråd og KS."
        ),
        (
            "regjeringa.no. (2021, mars 19.). *Regjeringa.no*. Hentet fra Meld.St.18 (2020-2021): "
            "<https://www.regjeringen.no/no/dokumenter/meld.-st.-18-20202021/id2839455/>"
        ),
        "Tiller, T. (2006). *Aksjonslæring - forskende partnerskap i skolen*. Kristiansand: Høyskoleforlaget as.",
    }


# ------------------------------------------------------------------------------------------------------- in the text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("[@ks-a; @ks-b; @tiller]", "(KS, 2018a, 2018b; Tiller, 2006)"),
        ("[@tiller; @ks-b; @ks-a]", "(KS, 2018a, 2018b; Tiller, 2006)"),
        ("[@ks-a, s. 2; @ks-b]", "(KS, 2018a, s. 2, 2018b)"),
        ("[-@tiller, s. 12]", "(2006, s. 12)"),
        ("Tiller [-@tiller]", "Tiller (2006)"),
        ("[@hansen-a; @hansen-b]", "(A. Hansen, 2010; B. Hansen, 2010)"),
        ("@hansen-b og ikke [@hansen-a]", "B. Hansen (2010) og ikke (A. Hansen, 2010)"),
        ("[@dahl-eng; @dahl-gran]", "(Dahl, Eng, mfl., 2016; Dahl, Gran, mfl., 2016)"),
        ("[@vik]", "(Vik mfl., 2001)"),
        ("[@aarre]", "(Aarre og Zachariassen, 2011)"),
        ("@aarre [s. 3-4] sier", "Aarre og Zachariassen (2011, s. 3–4) sier"),
        ("@tiller [s. 3; @aarre]", "Tiller (2006, s. 3; Aarre og Zachariassen, 2011)"),
        ("[se @tiller, s. 3, for mer; også @vik]", "(se Tiller, 2006, s. 3, for mer; også Vik mfl., 2001)"),
        ("[se @vik; også @tiller]", "(også Tiller, 2006; se Vik mfl., 2001)"),
        ("[@tiller, jf. @vik [s. 2]]", "(Tiller, 2006, jf. Vik mfl. (2001, s. 2))"),
        ("[@nett]", "(Kulturtanken, u.å.)"),
        ("[@lov, § 3-4 første ledd]", "(Opplæringslova, 1998, § 3-4 første ledd)"),
        ("[@tiller, kap. 3; @vik, fig. 2]", "(Tiller, 2006, kap. 3; Vik mfl., 2001, fig. 2)"),
        ("Note.^[Se @tiller.] [@tiller]", "Note. (Tiller, 2006)"),
    ],
)
def test_citation(written: str, text: str) -> None:
    every = {key: OTHERS[key] for key in OTHERS if f"@{key}" in written}
    assert read(written, references=every) == text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("[@aarre]", "(Aarre & Zachariassen, 2011)"),
        ("@aarre [pp. 3-4]", "Aarre and Zachariassen (2011, pp. 3–4)"),
        ("[@nett]", "(Kulturtanken, n.d.)"),
        ("[@vik]", "(Vik et al., 2001)"),
    ],
)
def test_citation_in_english(written: str, text: str) -> None:
    assert read(written, "en") == text


def test_a_citation_says_which_works_it_cites_and_can_break() -> None:
    doc, _ = resolved("[@tiller, s. 7; @nett]")
    span = doc.blocks[0]["c"][0]
    assert pairs_of(span["c"][0]) == {"ids": "tiller nett", "cluster": "1"}
    assert [plain([node]) for node in span["c"][1]] == [
        "(",
        "Kulturtanken, u.å.",
        ";",
        " ",
        "Tiller, 2006, s.\u00a07",
        ")",
    ]
    works = [node for node in span["c"][1] if node["t"] == "Span"]
    assert [pairs_of(node["c"][0]) for node in works] == [{"target": "ref-nett"}, {"target": "ref-tiller"}]
    assert [node["t"] for node in works[1]["c"][1]] == ["Str", "Space", "Str", "Space", "Str"]


def test_letters_are_given_to_what_is_cited_only() -> None:
    assert read("[@ks-a]") == "(KS, 2018)"


def test_emphasis_and_links_in_a_suffix_are_kept() -> None:
    doc, _ = resolved("[@tiller, s. 7, *min* [lenke](https://example.no)]")
    assert {node["t"] for node in doc.blocks[0]["c"][0]["c"][1]} >= {"Emph", "Link"}


# ------------------------------------------------------------------------------------------------------- in the list


@pytest.mark.parametrize(
    ("key", "lang", "entry"),
    [
        ("aarre", "nb", "Aarre, T. og Zachariassen, E. (2011). *Hva nå?* (2. utg.). P."),
        ("aarre", "en", "Aarre, T. & Zachariassen, E. (2011). *Hva nå?* (2nd ed.). P."),
        ("nett", "nb", "Kulturtanken. (u.å.). *Om oss*. Hentet 4. mai 2022 fra <https://example.no/om_(oss)>"),
        ("nett", "nn", "Kulturtanken. (u.å.). *Om oss*. Henta 4. mai 2022 frå <https://example.no/om_(oss)>"),
        ("nett", "en", "Kulturtanken. (n.d.). *Om oss*. Retrieved May 4, 2022, from <https://example.no/om_(oss)>"),
        ("lov", "nb", "Opplæringslova. (1998). *Lov om grunnskolen* (LOV-1998-07-17-61)."),
        ("vik", "nb", "Vik, A., Wik, B. og Øvik, C. (2001). *Fem*."),
    ],
)
def test_entry(key: str, lang: str, entry: str) -> None:
    assert entries(resolved(f"[@{key}]", lang=lang)[0]) == [entry]


def test_a_title_that_ends_in_a_question_mark_takes_no_full_stop() -> None:
    book = {**OTHERS["aarre"], "edition": ""}
    assert entries(resolved("[@a]", {"a": book})[0]) == ["Aarre, T. og Zachariassen, E. (2011). *Hva nå?* P."]


def test_the_order_is_the_norwegian_alphabet() -> None:
    names = ["Aarre", "Ødegård", "Ås", "Berg", "Zachariassen", "Ærlig", "«Anders»"]
    references = {f"k{n}": {"author": name, "issued": 2000, "title": "T"} for n, name in enumerate(names)}
    listed = entries(resolved(" ".join(f"@{key}" for key in references), references)[0])
    assert [entry.split(".")[0] for entry in listed] == [
        "«Anders»",
        "Berg",
        "Zachariassen",
        "Ærlig",
        "Ødegård",
        "Aarre",
        "Ås",
    ]


# ------------------------------------------------------------------------------------------------ the list's own place


def test_the_list_comes_last_under_its_heading() -> None:
    doc, _ = resolved("# Om {#sec-references}\n\n[@tiller]")
    header, listed = doc.blocks[-2:]
    assert header["c"][:2] == [1, ["sec-references-1", ["unnumbered"], []]]
    assert plain(header["c"][2]) == "Litteratur"
    assert listed["c"][0] == ["refs", ["references"], []]
    assert [entry["c"][0] for entry in listed["c"][1]] == [["ref-tiller", ["csl-entry"], []]]
    assert "sec-references-1" in doc.targets


def test_the_list_goes_where_the_author_put_it() -> None:
    doc, _ = resolved("[@tiller]\n\n# Kilder\n\n::: {#refs}\nNoe annet\n:::\n\n# Vedlegg")
    assert [node["t"] for node in doc.blocks] == ["Para", "Header", "Div", "Header"]
    assert plain(doc.blocks[2]["c"][1][0]["c"][1][0]["c"]).startswith("Tiller, T. (2006).")


def test_nothing_is_listed_when_nothing_is_cited() -> None:
    doc, problems = resolved("Tekst")
    assert [node["t"] for node in doc.blocks] == ["Para"]
    assert problems == ()


def test_the_document_that_was_given_is_unchanged() -> None:
    given, references = document("[@tiller, s. 7] og @ks-a\n\n::: {#refs}\n:::"), copy.deepcopy(OTHERS)
    before = frozen(given)
    resolve(given, references, None, "Litteratur")
    assert frozen(given) == before
    assert references == OTHERS


# ---------------------------------------------------------------------------------------------------------- problems


def test_unknown_keys_are_errors_where_they_stand() -> None:
    doc, problems = resolved("Om [@tilller, s. 7] og @tiller.\n\nIgjen [se @tiller; @tilller].")
    assert [(p.code, str(p.location), p.hint.splitlines()[0]) for p in problems] == [
        ("unknown-reference", "content/chapters/01.md:1:5", "did you mean «tiller»?"),
        ("unknown-reference", "content/chapters/01.md:3:20", "did you mean «tiller»?"),
    ]
    assert citations(doc) == ["(tilller?)", "Tiller (2006)", "(se Tiller, 2006; tilller?)"]
    assert as_markdown(doc.blocks[:1]).startswith('Om [(**tilller?**)]{.citation ids="" cluster="1"} og')
    assert problems[0].hint.endswith("write «\\@tilller»")


def test_an_empty_bibliography_gives_the_same_errors() -> None:
    doc, problems = resolved("[@tiller] og @ks-a", {})
    assert [p.message for p in problems] == ["unknown reference «tiller»", "unknown reference «ks-a»"]
    assert citations(doc) == ["(tiller?)", "ks-a?"]
    assert len(doc.blocks) == 1


def test_keys_that_differ_in_case_only_are_two_works_and_a_warning() -> None:
    references = {"ks": {"author": "KS", "issued": 2018, "title": "A"}, "KS": {"author": "FoU", "title": "B"}}
    doc, problems = resolved("[@ks] [@KS]", references)
    assert citations(doc) == ["(KS, 2018)", "(FoU, u.å.)"]
    assert [(p.severity, p.message) for p in problems] == [
        (Severity.WARNING, "references «ks», «KS» differ in case only")
    ]
