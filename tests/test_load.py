"""Reading a project: what is there, and where everything that cannot be read goes wrong."""

from __future__ import annotations

import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest

from rapportbygger import load
from rapportbygger.diagnostics import Location, Problems, Severity, has_errors
from rapportbygger.files import yaml_places
from rapportbygger.model import Chapter, Project, Report, Sources

SMALL = Path(__file__).parent / "projects" / "liten"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return shutil.copytree(SMALL, tmp_path / "liten")


def sources(root: Path) -> tuple[Sources, Problems]:
    read, problems = load.sources(root)
    assert read is not None
    return read, problems


def places(problems: Problems) -> list[tuple[str, str]]:
    return [(str(problem.location), problem.code) for problem in problems]


def yaml(text: str) -> object:
    data, problems = yaml_places.read(text, "f.yaml")
    assert not problems
    assert data is not None
    return data.value


def yaml_problem(text: str) -> tuple[str, str]:
    _data, problems = yaml_places.read(text, "f.yaml")
    assert len(problems) == 1, problems
    return str(problems[0].location), problems[0].code


# ------------------------------------------------------------------------------------------------------------- project


def test_a_whole_project_is_read() -> None:
    read, problems = sources(SMALL)
    assert problems == ()
    assert read.broken == frozenset()
    assert [data.file for data in read.municipalities] == [
        "content/municipalities/aasen.yaml",
        "content/municipalities/bygda.yaml",
        "content/municipalities/doeme.yaml",
    ]
    assert read.data == {
        "grupper": {"items": [{"navn": "Styringsgruppe", "medlemmer": 4}]},
        "perioder": {"år": [2019, 2022]},
        "tall": [{"navn": "Første", "antall": "1"}, {"navn": "Andre", "antall": "2,5"}],
    }
    assert [one.key for one in read.bibliography] == ["ks2018"]
    assert read.schema is not None


def test_every_value_has_its_place() -> None:
    manifest = sources(SMALL)[0].manifest
    assert manifest.location(("lang",)) == Location("content/report.yaml", 6, 7)
    assert manifest.location(("lang",), key=True) == Location("content/report.yaml", 6, 1)
    assert manifest.location(("reports", "rapport", "chapters", 0)) == Location("content/report.yaml", 12, 16)
    assert manifest.location(("reports", "rapport", "unknown")) == Location("content/report.yaml", 12, 5)


def test_no_project(tmp_path: Path) -> None:
    read, problems = load.sources(tmp_path)
    assert read is None
    assert places(problems) == [("content/report.yaml", "file-missing")]


def test_a_manifest_with_another_ending_is_suggested(project: Path) -> None:
    (project / "content/report.yaml").rename(project / "content/report.yml")
    assert load.sources(project)[1][0].hint == "did you mean «report.yml»?"


@pytest.mark.parametrize(
    ("content", "place", "code"),
    [
        (b"title: R\xf8ros\n", "content/report.yaml:1:9", "not-utf8"),
        (b"\xef\xbb\xbftitle: R\xf8ros\n", "content/report.yaml:1:9", "not-utf8"),
        ("title: å\nø: \udcff".encode("utf-8", "surrogateescape"), "content/report.yaml:2:4", "not-utf8"),
        ("title: x".encode("utf-16"), "content/report.yaml:1:1", "not-utf8"),
        (b"PK\x03\x04\x14\x00", "content/report.yaml:1:3", "control-character"),
        (b"a: 1\n\x00", "content/report.yaml:2:1", "control-character"),
        (b"", "content/report.yaml:1:1", "empty-file"),
        (b"# nothing\n", "content/report.yaml:1:1", "empty-file"),
        (b"title:\n\tx: y\n", "content/report.yaml:2:1", "yaml-tab"),
    ],
)
def test_an_unreadable_manifest(project: Path, content: bytes, place: str, code: str) -> None:
    (project / "content/report.yaml").write_bytes(content)
    read, problems = load.sources(project)
    assert read is None
    assert places(problems) == [(place, code)]


@pytest.mark.parametrize(
    "content", [b"null", b"[]", b"3", b"reports: []", b"1: 2\n", b"true", b"text", b"bibliography: 3\ncsl: []"]
)
def test_a_manifest_that_is_something_else_is_read_all_the_same(project: Path, content: bytes) -> None:
    (project / "content/report.yaml").write_bytes(content)
    assert sources(project)[1] == ()


def test_byte_order_mark_and_line_endings_do_not_matter(project: Path) -> None:
    manifest = project / "content/report.yaml"
    expected = sources(project)[0].manifest
    manifest.write_bytes(b"\xef\xbb\xbf" + manifest.read_bytes().replace(b"\n", b"\r\n"))
    assert sources(project)[0].manifest == expected


def test_one_broken_file_does_not_keep_the_others_from_being_read(project: Path) -> None:
    (project / "content/municipalities/bygda.yaml").write_bytes(b"navn: Bygd\xe5\n")
    (project / "content/data/grupper.yaml").write_text("a: [", encoding="utf-8")
    (project / "bibliography/references.yaml").write_text("- id: a\n- title: b\n- id: a\n", encoding="utf-8")
    read, problems = sources(project)
    assert places(problems) == [
        ("content/municipalities/bygda.yaml:1:11", "not-utf8"),
        ("content/data/grupper.yaml:1:4", "yaml-syntax"),
        ("bibliography/references.yaml:2:3", "bad-reference"),
    ]
    assert read.broken == {"content/municipalities/bygda.yaml", "content/data/grupper.yaml"}
    assert [data.file for data in read.municipalities] == [
        "content/municipalities/aasen.yaml",
        "content/municipalities/doeme.yaml",
    ]
    assert set(read.data) == {"perioder", "tall"}
    assert [one.key for one in read.bibliography] == ["a", "a"]


@pytest.mark.parametrize(
    ("line", "code", "hint"),
    [
        ("bibliography: ../bibliography/refrences.yaml", "file-missing", "did you mean «references.yaml»?"),
        ("bibliography: ../../elsewhere.yaml", "outside-project", ""),
        ("bibliography: /etc/passwd", "outside-project", ""),
        ("bibliography: chapters", "file-missing", "name the files in it, such as «chapters/*»"),
        ("bibliography: ../bibliography/*.bib", "no-match", ""),
        ("bibliography: 'x**/[*'", "no-match", ""),
        ('bibliography: "a\\x7Fb"', "file-missing", ""),
        (f"bibliography: {'a' * 5000}", "file-missing", ""),
        ("bibliography: chapters/01-innledning.md", "unsupported-bibliography", ""),
    ],
)
def test_a_file_that_the_manifest_names_wrongly(project: Path, line: str, code: str, hint: str) -> None:
    manifest = project / "content/report.yaml"
    text = manifest.read_text(encoding="utf-8").replace("bibliography: ../bibliography/references.yaml", line)
    manifest.write_text(text, encoding="utf-8")
    read, problems = sources(project)
    assert places(problems) == [("content/report.yaml:7:15", code)]
    assert len(read.broken) == 1
    assert hint in problems[0].hint


def test_links_that_lead_out_of_the_project_are_not_followed(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "hemmelig.yaml"
    elsewhere.write_text("- {id: a}\n", encoding="utf-8")
    linked(project / "content/data/lenke.yaml", elsewhere)
    linked(project / "content/municipalities/lenke.yaml", elsewhere)
    read, problems = sources(project)
    assert places(problems) == [
        ("content/report.yaml:9:17", "outside-project"),
        ("content/data/lenke.yaml", "outside-project"),
    ]
    assert len(read.municipalities) == 3
    assert "lenke" not in read.data


def test_a_project_behind_a_link_is_read(project: Path, tmp_path: Path) -> None:
    linked(tmp_path / "lenke", project)
    linked(project / "content/data/to.yaml", project / "content/data/grupper.yaml")
    read, problems = sources(tmp_path / "lenke")
    assert problems == ()
    assert read.data["to"] == read.data["grupper"]


def linked(link: Path, target: Path) -> None:
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("no links without the right to make them")


def test_a_name_that_no_file_can_have(project: Path) -> None:
    manifest = project / "content/report.yaml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace("../bibliography/references.yaml", '"a\\0b"'), encoding="utf-8")
    at = "content/report.yaml:7:15"
    assert places(sources(project)[1]) == [(at, "control-character"), (at, "file-missing")]


def test_a_folder_where_a_file_should_be(project: Path) -> None:
    (project / "content/report.yaml").unlink()
    (project / "content/report.yaml").mkdir()
    assert places(load.sources(project)[1]) == [("content/report.yaml", "unreadable-file")]


# ---------------------------------------------------------------------------------------------------------------- YAML


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0301", "0301"),
        ("301", 301),
        ("-3", -3),
        ("12.5", 12.5),
        ("12,5", "12,5"),
        ("1e3", "1e3"),
        ("1.2.3", "1.2.3"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2021-03-19", "2021-03-19"),
        ("no", "no"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("'true'", "true"),
        ('"12"', "12"),
        ("!!str 12", "12"),
        (".inf", ".inf"),
        ("9" * 5000, "9" * 5000),
        ("{2019: a}", {"2019": "a"}),
        ("{a: }", {"a": None}),
        ("|\n  a\n  b\n", "a\nb\n"),
        ("&x [1, 2]", [1, 2]),
        ("[&x {a: 1}, *x]", [{"a": 1}, {"a": 1}]),
    ],
)
def test_yaml_values(text: str, value: object) -> None:
    found = yaml(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("navn:Asker\nfylke: Akershus\n", "f.yaml:1:5", "yaml-syntax"),
        ("fylke: Akershus\nnavn:Asker\n", "f.yaml:2:5", "yaml-syntax"),
        ("a: 1\nnavn: 'Asker\nfylke: Akershus\n", "f.yaml:2:7", "yaml-syntax"),
        ('navn: "Asker\nfylke: "Akershus"\n', "f.yaml:1:7", "yaml-syntax"),
        ("a:\n  b: 1\n c: 2\n", "f.yaml:3:2", "yaml-syntax"),
        ("navn: Asker: kommune\n", "f.yaml:1:12", "yaml-syntax"),
        ("navn: @asker\n", "f.yaml:1:7", "yaml-syntax"),
        ("- a\nb: 1\n", "f.yaml:2:1", "yaml-syntax"),
        ("a: [1, 2\nb: 3\n", "f.yaml:1:4", "yaml-syntax"),
        ("a: *b*\n", "f.yaml:1:4", "yaml-syntax"),
        ("a: *b\n", "f.yaml:1:4", "yaml-alias"),
        ("a: &a [*a]\n", "f.yaml:1:8", "yaml-alias"),
        ("a: !include x\n", "f.yaml:1:4", "yaml-tag"),
        ("? [a]\n: b\n", "f.yaml:1:3", "key-not-text"),
        ("a: 1\nb: 2\na: 3\n", "f.yaml:3:1", "duplicate-key"),
        ("a:\n  b: 1\n  b:\n    c: 1\n", "f.yaml:3:3", "duplicate-key"),
        ("a: 1\n---\nb: 2\n", "f.yaml:2:1", "several-documents"),
        ("a: 1\n\tb: 2\n", "f.yaml:2:1", "yaml-tab"),
        ("a:\n  \tb: 2\n", "f.yaml:2:3", "yaml-tab"),
        ("[" * 100_000, "f.yaml:1:61", "too-deep"),
        ("- " * 5_000, "f.yaml:1:121", "too-deep"),
        ("\n".join(" " * n + "a:" for n in range(500)), "f.yaml:61:61", "too-deep"),
        ("a: \x07\n", "f.yaml:1:4", "control-character"),
        ('keywords: ["x", "x\\u0001y"]\n', "f.yaml:1:17", "control-character"),
        ('a: 1\n"b\\a": 2\n', "f.yaml:2:1", "control-character"),
    ],
)
def test_yaml_problems_have_their_place(text: str, place: str, code: str) -> None:
    assert yaml_problem(text) == (place, code)


def test_aliases_have_a_budget_that_plain_values_do_not_use() -> None:
    letters = "abcdefghi"
    laughs = "a: &a [x, x]\n" + "".join(
        f"{after}: &{after} [{', '.join([f'*{before}'] * 10)}]\n" for before, after in pairwise(letters)
    )
    assert yaml_problem(laughs)[1] == "yaml-alias"
    assert len(yaml("\n".join(f"- {n}" for n in range(20_000)))) == 20_000  # type: ignore[arg-type]


def test_the_loader_in_python_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        "navn:Asker\nfylke: x\n",
        "a: 'b\n",
        "a:\n\tb: 1\n",
        "a: x: y\n",
        "a: [1\n",
        "- a\nb: 1\n",
        "a: @b\n",
        "a: 1\nb\nc: 2\n",
    ]
    with_c = [yaml_places.read(text, "f") for text in texts]
    monkeypatch.delattr("yaml.CSafeLoader")
    assert [yaml_places.read(text, "f") for text in texts] == with_c
    assert yaml_problem("[" * 100_000)[1] == "too-deep"


# ---------------------------------------------------------------------------------------------------------------- data


@pytest.mark.parametrize(
    ("name", "content", "place", "code"),
    [
        ("x.json", '{"a": 1,\n "b": }', "content/data/x.json:2:7", "json-syntax"),
        ("x.json", '{"a": NaN}', "content/data/x.json:1:1", "json-syntax"),
        ("x.json", "[" * 100_000, "content/data/x.json:1:1", "too-deep"),
        ("x.json", '{"a": 1,\n "b": ["x\\u0001y"]}', "content/data/x.json:2:10", "control-character"),
        ("x.json", '{"a": "\\\\uD800 \\ud83d\\ude00",\n "\\ud800": 1}', "content/data/x.json:2:3", "control-character"),
        ("x.json", '{"a": "\\b"}', "content/data/x.json:1:8", "control-character"),
        ("x.csv", "a;b\n1;\x01\n", "content/data/x.csv:2:3", "control-character"),
        ("x.csv", "a;b\n1;2;3\n", "content/data/x.csv:2:1", "csv-row"),
        ("x.csv", "a,a\n1,2\n", "content/data/x.csv:1:1", "csv-header"),
        ("x.csv", "a,\n1,2\n", "content/data/x.csv:1:1", "csv-header"),
        ("x.csv", 'a,b\n1,"2\n', "content/data/x.csv:2:1", "csv-syntax"),
        ("x.csv", 'a,b\n1,2\n3,"4\n5,6\n7,8\n', "content/data/x.csv:3:1", "csv-syntax"),
        ("x.csv", "\n\n", "content/data/x.csv:1:1", "empty-file"),
        ("tall.yaml", "a: 1", "content/data/tall.yaml:1:1", "duplicate-data"),
    ],
)
def test_data_problems(project: Path, name: str, content: str, place: str, code: str) -> None:
    (project / "content/data" / name).write_text(content, encoding="utf-8")
    assert places(sources(project)[1]) == [(place, code)]


def test_tables_are_read_with_either_delimiter_quotes_and_missing_cells(project: Path) -> None:
    table = '\ufeffnavn,om\nA,"en, to\nog tre"\nB\n\n'
    (project / "content/data/x.csv").write_text(table, encoding="utf-8")
    assert sources(project)[0].data["x"] == [{"navn": "A", "om": "en, to\nog tre"}, {"navn": "B", "om": ""}]


def workbook(path: Path, **sheets: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


GROUPS: list[list[object]] = [["navn", "antall"], ["Piano", 12], ["Dans", None]]


def test_a_workbook_with_one_sheet_that_holds_something_is_its_rows(project: Path) -> None:
    workbook(project / "content/data/x.xlsx", Ark1=GROUPS, Ark2=[])
    read, problems = sources(project)
    assert problems == ()
    assert read.data["x"] == [{"navn": "Piano", "antall": 12}, {"navn": "Dans", "antall": ""}]


def test_a_workbook_with_several_sheets_is_their_rows_by_name(project: Path) -> None:
    workbook(project / "content/data/x.xlsx", Grupper=GROUPS, År=[["dato"], [date(2026, 3, 19)]])
    assert sources(project)[0].data["x"] == {
        "Grupper": [{"navn": "Piano", "antall": 12}, {"navn": "Dans", "antall": ""}],
        "År": [{"dato": "2026-03-19"}],
    }


def test_a_sheet_that_is_no_table_is_told_of_and_left_out(project: Path) -> None:
    workbook(project / "content/data/x.xlsx", Grupper=GROUPS, Notat=[["a", "a"], [1, 2]])
    (project / "content/data/y.xlsx").write_bytes(b"PK\3\4")
    read, problems = sources(project)
    assert list(read.data["x"]) == ["Grupper"]
    assert "y" not in read.data
    assert read.broken == frozenset()
    assert [(str(each.location), each.severity) for each in problems] == [
        ("content/data/x.xlsx, sheet «Notat», B1", Severity.INFO),
        ("content/data/y.xlsx", Severity.INFO),
    ]


def test_a_workbook_beside_what_was_saved_of_it_is_not_asked(project: Path) -> None:
    workbook(project / "content/data/tall.xlsx", Ark1=GROUPS)
    (project / "content/data/tall.csv").write_text("a\n1\n", encoding="utf-8")
    (project / "content/data/tall.yaml").unlink(missing_ok=True)
    read, problems = sources(project)
    assert (read.data["tall"], problems) == ([{"a": "1"}], ())


def test_two_workbooks_of_one_name_are_an_error(project: Path) -> None:
    for ending in ("xlsx", "xlsm"):
        workbook(project / f"content/data/x.{ending}", Ark1=GROUPS)
    assert places(sources(project)[1]) == [("content/data/x.xlsx:1:1", "duplicate-data")]
    (project / "content/data/x.csv").write_text("a\n1\n", encoding="utf-8")
    assert sources(project)[1] == ()


def test_a_project_in_a_folder_with_brackets(project: Path, tmp_path: Path) -> None:
    moved = project.rename(tmp_path / "a[1] {b} *")
    assert [data.file for data in sources(moved)[0].municipalities] == [
        "content/municipalities/aasen.yaml",
        "content/municipalities/bygda.yaml",
        "content/municipalities/doeme.yaml",
    ]


def test_the_line_that_excel_takes_the_delimiter_from(project: Path) -> None:
    (project / "content/data/x.csv").write_text("sep=;\nnavn;om\nA;en, to\n", encoding="utf-8")
    assert sources(project)[0].data["x"] == [{"navn": "A", "om": "en, to"}]


@pytest.mark.parametrize("beginning", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-1.7", b"{\\rtf1"])
def test_a_file_of_office_is_no_text(project: Path, beginning: bytes) -> None:
    (project / "content/municipalities/bygda.yaml").write_bytes(beginning + b"\n\xff")
    assert places(sources(project)[1]) == [("content/municipalities/bygda.yaml", "not-text")]


def test_references_as_csl_json(project: Path) -> None:
    (project / "bibliography/references.yaml").rename(project / "bibliography/old")
    (project / "bibliography/r.json").write_text('[{"id": 7, "title": "x"}]', encoding="utf-8")
    manifest = project / "content/report.yaml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("references.yaml", "*.json"), encoding="utf-8")
    assert [one.item for one in sources(project)[0].bibliography] == [{"id": "7", "title": "x"}]


# ------------------------------------------------------------------------------------------------------------ chapters


def test_chapters_in_order_without_those_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbf# A\r\n\tcode\r\n")
    (tmp_path / "b.md").write_bytes(b"x\nbl\xe5\n")
    (tmp_path / "c.md").write_bytes(b"x\x0by\n")
    report = Report("r", "T", "nb", tuple(tmp_path / f"{name}.md" for name in "cbad"))
    read, problems = load.chapters(Project(tmp_path, (report,)), report)
    assert read == (Chapter("a.md", "# A\n\tcode\n"),)
    assert sorted(places(problems)) == [
        ("b.md:2:3", "not-utf8"),
        ("c.md:1:2", "control-character"),
        ("d.md", "file-missing"),
    ]


def test_an_empty_chapter_is_warned_of(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(" \n\n", encoding="utf-8")
    report = Report("r", "T", "nb", (tmp_path / "a.md",))
    read, problems = load.chapters(Project(tmp_path, (report,)), report)
    assert [chapter.file for chapter in read] == ["a.md"]
    assert places(problems) == [("a.md:1:1", "empty-chapter")]
    assert not has_errors(problems)
