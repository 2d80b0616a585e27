"""Works as Word's sources: every type and variable of CSL 1.0.2 where Word has a place for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import judges
from documents import make_project
from rapportbygger.schedule import build
from rapportbygger.write.docx.ooxml_citations import Person, Source, sources, with_sources
from rapportbygger.write.docx.package import read_parts, write_parts
from rapportbygger.write.docx.source_dates import date_texts
from rapportbygger.write.docx.word_sources import source, tags

B = "{http://schemas.openxmlformats.org/officeDocument/2006/bibliography}"
TYPES = """article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection
dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case
legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
personal_communication post post-weblog regulation report review review-book software song speech standard thesis treaty
webpage"""
NAMES = """author chair collection-editor compiler composer container-author contributor curator director editor
editorial-director editor-translator executive-producer guest host illustrator interviewer narrator organizer
original-author performer producer recipient reviewed-author script-writer series-creator translator"""
TEXTS = """annote archive authority chapter-number collection-title container-title DOI edition event-place event-title
genre ISBN ISSN issue jurisdiction medium note number number-of-volumes page publisher publisher-place title title-short
URL version volume"""
DATE = {"date-parts": [[2021, 3, 19]]}


def full(kind: str) -> dict[str, Any]:
    """A work of one type with everything that CSL can say of it."""
    names = {role: [{"family": role.title(), "given": "Ann Mari"}] for role in NAMES.split()}
    return {
        "type": kind,
        "issued": DATE,
        "accessed": DATE,
        **names,
        **{name: f"<i>{name}</i> & 1" for name in TEXTS.split()},
    }


def made(lang: str = "nb", **work: Any) -> Source:
    return source(work, "Tag21", 1, lang)


def element(found: Source) -> etree._Element:
    return etree.fromstring(sources([found]))[0]


def test_all_types_with_all_variables_are_valid(tmp_path: Path) -> None:
    (built,) = build(make_project(tmp_path, "Ingen kilder.\n"), formats=["docx"]).written
    data = sources(source(full(kind), f"Tag{n}", n, "nb") for n, kind in enumerate(TYPES.split()))
    parts = read_parts(built.path.read_bytes())
    file = tmp_path / "kilder.docx"
    file.write_bytes(write_parts(with_sources(parts, data, "{00000000-0000-4000-8000-000000000000}")))
    assert judges.openxml_audit(file) == []
    assert judges.sdk_validator(file) == []


@pytest.mark.parametrize("kind", TYPES.split())
def test_nothing_is_said_twice_and_all_words_are_plain(kind: str) -> None:
    found = element(source(full(kind), "Tag21", 1, "nb"))
    names = [etree.QName(each).localname for each in found]
    assert len(set(names)) == len(names)
    assert {"Tag", "SourceType", "Guid", "LCID", "Author", "Title", "Year", "RefOrder"} <= set(names)
    assert "<" not in "".join(map(str, found.itertext()))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("book", "Book"),
        ("entry-encyclopedia", "BookSection"),
        ("article-newspaper", "ArticleInAPeriodical"),
        ("paper-conference", "ConferenceProceedings"),
        ("thesis", "Report"),
        ("post-weblog", "DocumentFromInternetSite"),
        ("dataset", "ElectronicSource"),
        ("motion_picture", "Film"),
        ("song", "SoundRecording"),
        ("legal_case", "Case"),
        ("legislation", "Misc"),
    ],
)
def test_types(kind: str, expected: str) -> None:
    assert made(type=kind).texts["SourceType"] == expected


@pytest.mark.parametrize(
    ("work", "place", "said"),
    [
        ({"type": "chapter", "container-title": "Boka"}, "BookTitle", "Boka"),
        ({"type": "article-journal", "container-title": "Tidsskrift"}, "JournalName", "Tidsskrift"),
        ({"type": "article-newspaper", "container-title": "Avisa"}, "PeriodicalTitle", "Avisa"),
        ({"type": "webpage", "container-title": "Stedet"}, "InternetSiteTitle", "Stedet"),
        ({"type": "paper-conference", "event-title": "Møtet", "container-title": "Bok"}, "ConferenceName", "Møtet"),
        ({"type": "thesis", "publisher": "UiO", "genre": "masteroppgave"}, "Institution", "UiO"),
        ({"type": "thesis", "publisher": "UiO", "genre": "masteroppgave"}, "ThesisType", "masteroppgave"),
        ({"type": "report", "publisher": "KS", "number": "4"}, "StandardNumber", "4"),
        ({"type": "patent", "number": "NO 1"}, "PatentNumber", "NO 1"),
        ({"type": "legal_case", "authority": "Høyesterett"}, "Court", "Høyesterett"),
        ({"type": "book", "publisher-place": "Oslo"}, "City", "Oslo"),
        ({"type": "book", "title-short": "Kort"}, "ShortTitle", "Kort"),
        ({"type": "book", "DOI": "https://doi.org/10.1/x", "URL": "https://a.no"}, "URL", "https://doi.org/10.1/x"),
        ({"type": "book", "title": "T" * 300}, "Title", "T" * 254 + "…"),
    ],
)
def test_places(work: dict[str, Any], place: str, said: str) -> None:
    assert made(**work).texts[place] == said


def test_an_address_that_is_too_long_is_left_out() -> None:
    assert "URL" not in made(type="webpage", URL=f"https://example.org/{'a' * 250}").texts


@pytest.mark.parametrize(
    ("kind", "role"),
    [("motion_picture", "Director"), ("interview", "Interviewee"), ("graphic", "Artist"), ("book", "Author")],
)
def test_who_made_it_by_the_types_own_role(kind: str, role: str) -> None:
    found = made(type=kind, author=[{"family": "Moe", "given": "Per Ola", "non-dropping-particle": "von"}])
    assert found.roles == {role: (Person("von Moe", "Per", "Ola"),)}


def test_one_organisation_is_corporate_and_several_are_last_names() -> None:
    assert made(author=[{"literal": "KS"}]).roles == {"Author": "KS"}
    assert made(author=[{"literal": "KS"}, {"literal": "NAV"}]).roles == {"Author": (Person("KS"), Person("NAV"))}
    assert made(editor=[{"literal": "KS"}]).roles == {"Editor": (Person("KS"),)}
    assert made(type="song", host=[{"family": "Vik"}]).roles == {"Composer": (Person("Vik"),)}


@pytest.mark.parametrize(
    ("date", "lang", "said"),
    [
        ({"date-parts": [[2021, 10, 9]]}, "nn", {"Year": "2021", "Month": "oktober", "Day": "9"}),
        ({"date-parts": [[2021, 10]]}, "en", {"Year": "2021", "Month": "October"}),
        ({"date-parts": [[2019], [2021]]}, "nb", {"Year": "2019–2021"}),
        ({"date-parts": [[2021]], "season": 1}, "nb", {"Year": "2021", "Month": "våren"}),
        ({"date-parts": [[1950]], "circa": 1}, "nb", {"Year": "ca. 1950"}),
        ({"literal": "under trykking"}, "nb", {"Year": "under trykking"}),
        (None, "nb", {}),
    ],
)
def test_dates(date: Any, lang: str, said: dict[str, str]) -> None:
    assert date_texts({"issued": date}, lang) == said


def test_tags_are_short_plain_and_each_its_own() -> None:
    works: dict[str, dict[str, Any]] = {
        "a": {"author": [{"family": "Åsen"}], "issued": {"date-parts": [[2006]]}},
        "b": {"author": [{"family": "Åseth"}], "issued": {"date-parts": [[2006]]}},
        "c": {"title": "Øl og vin"},
        "d": {"author": [{"literal": "中国"}], "title": "北京"},
        "e 1": {},
    }
    assert tags(works) == {"a": "Ase06", "b": "Ase061", "c": "Olo", "d": "d", "e 1": "e1"}


def test_the_identity_of_a_work_changes_with_it() -> None:
    one, same, other = (made(title=title).texts["Guid"] for title in ("A", "A", "B"))
    assert one == same != other
