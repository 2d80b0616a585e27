"""References as CSL YAML, CSL JSON and RIS: keys, dates, fields in Zotero's «Extra», and where everything stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from documents import make_project
from rapportbygger import load
from rapportbygger.diagnostics import Severity
from rapportbygger.load import json_places, reference_dates, reference_files
from rapportbygger.load.csl_items import language
from rapportbygger.load.extra_fields import spread
from rapportbygger.load.markdown_titles import tagged
from rapportbygger.model import Reference


def read(text: str, file: str) -> dict[str, Reference]:
    """The references of a file, by key."""
    return {one.key: one for one in reference_files.read(text, file, None)[0] or ()}


def told(text: str, file: str) -> list[tuple[str, str]]:
    """Everything that is wrong: where, and what."""
    references, problems = reference_files.read(text, file, None)
    everything = [*(problem for one in references or () for problem in one.problems), *problems]
    return [(str(problem.location), problem.message) for problem in everything]


# ---------------------------------------------------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("written", "date"),
    [
        (2021, {"date-parts": [[2021]]}),
        ("2021-03-19", {"date-parts": [[2021, 3, 19]]}),
        ("1965--1981", {"date-parts": [[1965], [1981]]}),
        ("????", None),
        ("2021-03-19T10:00:00Z", {"date-parts": [[2021, 3, 19]]}),
        ("2018/2019", {"date-parts": [[2018], [2019]]}),
        ("2018–2019", {"date-parts": [[2018], [2019]]}),
        ("2018/..", {"date-parts": [[2018]]}),
        ("1998~", {"date-parts": [[1998]], "circa": True}),
        ("1998?", {"date-parts": [[1998]], "circa": True}),
        ("2021-21", {"date-parts": [[2021]], "season": 1}),
        ("2010/03/19", {"date-parts": [[2010, 3, 19]]}),
        ("19.03.2021", {"date-parts": [[2021, 3, 19]]}),
        ("19. mars 2021", {"date-parts": [[2021, 3, 19]]}),
        ("mai 2021", {"date-parts": [[2021, 5]]}),
        ("March 19, 2021", {"date-parts": [[2021, 3, 19]]}),
        ("våren 2021", {"literal": "våren 2021"}),
        ("199X", {"literal": "199X"}),
        ("u.å.", None),
        ("", None),
        ({"raw": "2021-03"}, {"date-parts": [[2021, 3]]}),
        ({"literal": "2018"}, {"date-parts": [[2018]]}),
        ({"literal": "i trykk"}, {"literal": "i trykk"}),
        ({"date-parts": [["2018", "5", 4]]}, {"date-parts": [[2018, 5, 4]]}),
        ({"date-parts": [[2018], [2019]]}, {"date-parts": [[2018], [2019]]}),
        ({"date-parts": [[2018]], "season": "3"}, {"date-parts": [[2018]], "season": 3}),
        ({"date-parts": [[2018, 14]]}, {"date-parts": [[2018]], "season": 2}),
        ({"date-parts": [[]]}, None),
        ([{"year": 2018, "month": 5}, {"year": 2019}], {"date-parts": [[2018, 5], [2019]]}),
        (None, None),
        (True, None),
    ],
)
def test_dates(written: Any, date: dict[str, Any] | None) -> None:
    assert reference_dates.read(written) == (date, "")


@pytest.mark.parametrize(
    ("written", "kept", "impossible"),
    [
        ("2021-02-30", [[2021, 2]], "that month has no day 30"),
        ("2021-13", [[2021]], "there is no month 13"),
        ("31.04.2021", [[2021, 4]], "that month has no day 31"),
        ({"date-parts": [[2021, 0]]}, [[2021]], "there is no month 0"),
        ({"date-parts": [[20211]]}, None, "there is no year 20211"),
        ("2019/2018", [[2019]], "it ends before it begins"),
        ("2019-05/2019-04-30", [[2019, 5]], "it ends before it begins"),
    ],
)
def test_dates_that_do_not_exist(written: Any, kept: list[list[int]] | None, impossible: str) -> None:
    assert reference_dates.read(written) == ({"date-parts": kept} if kept else None, impossible)


def test_an_impossible_date_is_a_warning_at_its_line() -> None:
    text = "- id: a\n  type: book\n  title: A\n  issued: 2021-02-30\n  accessed: 2021-13-01\n"
    assert told(text, "r.yaml") == [
        ("r.yaml:5:13", "«accessed» is no possible date: there is no month 13"),
        ("r.yaml:4:11", "«issued» is no possible date: that month has no day 30"),
    ]


# ---------------------------------------------------------------------------------------------------------- structured


@pytest.mark.parametrize(
    ("title", "made"),
    [
        ("Om *Skam* og **håp**", "Om <i>Skam</i> og <b>håp</b>"),
        ("_Skam_ og snake_case_x", "<i>Skam</i> og snake_case_x"),
        ("[NRK]{.nocase} i H~2~O, 2^e^", '<span class="nocase">NRK</span> i H<sub>2</sub>O, 2<sup>e</sup>'),
        (r"5 \* 4 * 3", "5 * 4 * 3"),
        ("<i>Skam</i>", "<i>Skam</i>"),
        ("~5 og ~6 av * og _", "~5 og ~6 av * og _"),
    ],
)
def test_titles_in_yaml_are_markdown(title: str, made: str) -> None:
    assert tagged({"title": title, "URL": "http://a/*b*"}) == {"title": made, "URL": "http://a/*b*"}


def test_zotero_json_has_its_keys_elsewhere() -> None:
    address = "http://zotero.org/users/1234/items/AB12CD3"
    made = read(
        f"""[
  {{"id": "{address}4", "citation-key": "hansen2010", "type": "book", "title": "A"}},
  {{"id": "{address}5", "type": "book", "title": "B", "note": "Citation Key: ks:2018\\nMerk"}},
  {{"id": "{address}6", "type": "book", "title": "C", "author": [{{"family": "Lie"}}], "issued": {{"raw": "2019"}}}}
]""",
        "z.json",
    )
    assert list(made) == ["hansen2010", "ks:2018", "lie2019"]
    assert made["ks:2018"].item == {
        "id": "ks:2018",
        "type": "book",
        "title": "B",
        "note": "Merk",
        "custom": {"uri": f"{address}5"},
    }
    assert str(made["lie2019"].place("title")) == "z.json:4:82"


def test_fields_in_extra() -> None:
    note = "Original Date: 1900\nDOI: 10.1/abc\ntype: report\ndirector: Lie || Kari\n{:genre: Notat}\nVurdert: ja"
    assert spread({"type": "book", "DOI": "10.1/own", "note": note}) == {
        "original-date": "1900",
        "director": [{"family": "Lie", "given": "Kari"}],
        "genre": "Notat",
        "DOI": "10.1/own",
        "type": "report",
        "note": "Vurdert: ja",
    }


def test_places_in_json() -> None:
    places = json_places.places('[\n  {"id": "a",\n   "title": "B, {c}", "issued": {"raw": "x"}},\n  {"id": 7}]')
    assert places[(0,)] == (2, 3)
    assert places[0, "title"] == (3, 13)
    assert places[0, "issued", "raw"] == (3, 41)
    assert places[1, "id"] == (4, 10)


def test_a_field_twice_is_told_of_its_reference_only() -> None:
    made = read("- id: a\n  title: A\n- id: b\n  title: B\n  title: C\n- id: c\n", "r.yaml")
    assert {key: [str(problem.location) for problem in one.problems] for key, one in made.items()} == {
        "a": [],
        "b": ["r.yaml:5:3"],
        "c": [],
    }


@pytest.mark.parametrize(
    ("name", "tag"),
    [("norsk", "nb-NO"), ("nb_NO", "nb-NO"), ("nob", "nb-NO"), ("Nynorsk", "nn-NO"), ("en", "en-US"), ("tlh", "tlh")],
)
def test_languages(name: str, tag: str) -> None:
    assert language(name) == tag


# ------------------------------------------------------------------------------------------------------------------ RIS

RIS = """\
TY  - JOUR
AU  - Hansen, Åse
AU  - Ødegård, Jørgen
A2  - Lie, K.
TI  - Skolen i æra
JO  - Tidsskriftet
PY  - 2010/03/19/
VL  - 3
IS  - 2
SP  - 12
EP  - 19
DO  - https://doi.org/10.1/abc
UR  - https://a.no
Y2  - 2021/03/20/
LA  - nob
N1  - Merk
N1  - dette
ID  - han2010
ER  -

TY  - BOOK
A1  - Norsk kulturskoleråd
T1  - Rammeplan for
kulturskolen
T2  - Skriftserien
Y1  - 2016///
SN  - 978-82-0000-000-1
ID  - 4711
ER  -
"""


def test_ris() -> None:
    made = read(RIS, "r.ris")
    assert made["han2010"].item == {
        "id": "han2010",
        "type": "article-journal",
        "author": [{"family": "Hansen", "given": "Åse"}, {"family": "Ødegård", "given": "Jørgen"}],
        "editor": [{"family": "Lie", "given": "K."}],
        "title": "Skolen i æra",
        "container-title": "Tidsskriftet",
        "issued": {"date-parts": [[2010, 3, 19]]},
        "volume": "3",
        "issue": "2",
        "page": "12-19",
        "DOI": "10.1/abc",
        "URL": "https://a.no",
        "accessed": {"date-parts": [[2021, 3, 20]]},
        "language": "nb-NO",
        "note": "Merk\ndette",
    }
    assert made["norsk2016"].item == {
        "id": "norsk2016",
        "type": "book",
        "author": [{"literal": "Norsk kulturskoleråd"}],
        "title": "Rammeplan for kulturskolen",
        "collection-title": "Skriftserien",
        "issued": {"date-parts": [[2016]]},
        "ISBN": "978-82-0000-000-1",
    }


def test_ris_has_no_keys_so_they_are_told() -> None:
    assert told(RIS, "r.ris") == [
        ("r.ris:21:1", "references without keys of their own are cited by author and year: «norsk2016»")
    ]


def test_made_keys_are_each_of_one_work() -> None:
    one = "TY  - BOOK\nAU  - Lie, Kari\nTI  - {}\nPY  - 2016\nER  - \n"
    text = one.format("Skolen vår") + one.format("Om barn") + one.format("Skolen din")
    assert list(read(text, "r.ris")) == ["lie2016skolen", "lie2016barn", "lie2016skolen-2"]


def test_ris_as_it_should_not_be() -> None:
    text = "Provider: X\nTY  - BOK\nTI  - A\nID  - a1\nTY  - RPRT\nTI  - B\nID  - b1\nER  -"
    assert list(read(text, "r.ris")) == ["a1", "b1"]
    assert told(text, "r.ris") == [
        ("r.ris:2:1", "the reference is of an unknown type, «BOK»"),
        ("r.ris:2:1", "the reference that begins here has no end"),
    ]
    assert told("TI  - A\n", "r.ris") == [("r.ris:1:1", "there are no references in the file")]


# ---------------------------------------------------------------------------------------------------------------- files


def test_older_encodings_are_read_with_a_warning(tmp_path: Path) -> None:
    root = make_project(tmp_path, "Tekst", manifest="bibliography: [../a.ris, ../b.ris]")
    (root / "a.ris").write_bytes("TY  - BOOK\r\nTI  - Bokmål\r\nID  - a\r\nER  - \r\n".encode("cp1252"))
    (root / "b.ris").write_bytes("\ufeffTY  - BOOK\nTI  - Øy\nID  - b\nER  - \n".encode("utf-16-le"))
    project, problems = load.sources(root)
    assert project is not None
    assert [(one.item or {})["title"] for one in project.bibliography] == ["Bokmål", "Øy"]
    assert [(problem.severity, str(problem.location), problem.message) for problem in problems] == [
        (Severity.WARNING, "a.ris:2:11", "the file is not in UTF-8; it is read as Windows-1252"),
        (Severity.WARNING, "b.ris:1:1", "the file is not in UTF-8; it is read as UTF-16"),
    ]
    assert project.broken == frozenset()


# ------------------------------------------------------------------------------------------- what programs write oddly


@pytest.mark.parametrize(
    ("written", "edition"),
    [
        ("2nd", "2"),
        ("3rd ed.", "3"),
        ("2. utg.", "2"),
        ("4. utgåve", "4"),
        ("Second", "2"),
        ("Femte utgave", "5"),
        ("2", "2"),
        ("Revidert utgave", "Revidert utgave"),
        ("30th anniversary", "30th anniversary"),
    ],
)
def test_editions_become_numbers_so_that_the_style_writes_them(written: str, edition: str) -> None:
    text = f'[{{"id": "a", "type": "book", "title": "T", "edition": "{written}"}}]'
    assert read(text, "k.json")["a"].item["edition"] == edition  # type: ignore[index] # it has one


def test_the_place_of_a_book_is_not_that_of_an_event() -> None:
    fields = '"title": "T", "publisher-place": "Oslo", "event-place": "Oslo"'
    book, speech, talk = (
        read(f'[{{"id": "a", "type": {kind}, {fields}}}]', "k.json")["a"].item or {}
        for kind in ('"book"', '"speech"', '"paper-conference", "event-title": "Konferansen"')
    )
    assert "event-place" not in book
    assert speech["event-place"] == talk["event-place"] == book["publisher-place"] == "Oslo"


@pytest.mark.parametrize(
    ("name", "tag"),
    [("Norsk (Bokmål)", "nb-NO"), ("Norwegian Nynorsk", "nn-NO"), ("English (US)", "en-US"), ("en_GB", "en-GB")],
)
def test_languages_as_catalogues_write_them(name: str, tag: str) -> None:
    assert language(name) == tag


def ris(kind: str, *lines: str) -> dict[str, Any]:
    """The one item of an RIS file."""
    text = "\n".join([f"TY  - {kind}", "TI  - T", *lines, "ER  - ", ""])
    [one] = read(text, "k.ris").values()
    assert one.item is not None
    return dict(one.item)


def test_last_pages_in_ris() -> None:
    assert ris("JOUR", "SP  - 21", "EP  - 1")["page"] == "21-1"
    assert ris("JOUR", "SP  - 150 – 168", "EP  - 168")["page"] == "150 – 168"
    assert ris("JOUR", "SP  - 530", "EP  - 530")["page"] == "530"


def test_kinds_of_work_in_ris() -> None:
    assert ris("JOUR", "M3  - 10.1080/14650040903501120")["DOI"] == "10.1080/14650040903501120"
    assert "genre" not in ris("JOUR", "M3  - Article")
    assert ris("THES", "M3  - Masteroppgave")["genre"] == "Masteroppgave"
    assert ris("MPCT", "A2  - Lie, Eva")["director"] == [{"family": "Lie", "given": "Eva"}]


# ------------------------------------------------------------------------------------------------ files that are broken


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (
            '[{"id": "a"},\n]',
            "2:1",
            "this is not JSON: a value is missing here, or there is a comma too many before it",
        ),
        ('[{"id": "a"', "1:12", "this is not JSON: a comma is missing before this, or a bracket is never closed"),
        ('[{"id": "a\n"}]', "1:11", "this is not JSON: there is a line break or a tab inside a text"),
        ('[{"id": "a]', "1:9", "this is not JSON: the text that begins here has no end"),
        ('{"id": "a", "title": "T"}', "1:1", "there is no list of references in the file"),
    ],
)
def test_broken_json_is_told_in_plain_words(text: str, place: str, message: str) -> None:
    assert told(text, "k.json") == [(f"k.json:{place}", message)]
