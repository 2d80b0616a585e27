"""What is read of a chart's specification, and what is told of it, at its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from rapportbygger import tabular
from rapportbygger.charts import faults, specification
from rapportbygger.charts.expressions import Known
from rapportbygger.diagnostics import Diagnostic, Location

MUNICIPALITY = {"navn": "Døme", "tall": {"elever": 76, "timer": 218.5}, "mål": [{"år": 2021, "antall": 3}], "tom": None}
ENCODED = "mark: bar\nencoding:\n  x: {field: navn, type: nominal}\n  y: {field: antall, type: quantitative}\n"
TABLE = "navn;antall\nEn;1\n"


def read(
    tmp_path: Path, text: str, *, name: str = "x.vl.yaml", **files: str
) -> tuple[specification.Specification | None, list[Diagnostic]]:
    for file, content in files.items():
        (tmp_path / file.replace("_", ".")).write_text(content, encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    known = Known({"municipality": MUNICIPALITY, "data": {"alle": [{"navn": "A", "antall": 1}]}}, "nb")
    found, problems = specification.read(tmp_path / name, tmp_path, known, lambda file: file.name != "annens.csv")
    return found, [*problems, *(faults.problems(found) if found else ())]


def rows(tmp_path: Path, data: str, **files: str) -> Any:
    found, problems = read(tmp_path, f"data: {data}\n{ENCODED}", **files)
    assert [problem for problem in problems if problem.code != "unknown-field"] == []
    assert found is not None
    return found.rows["rows-1"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("{values: [{navn: En, antall: 1}]}", [{"navn": "En", "antall": 1}]),
        ('{values: "{{ data.alle }}"}', [{"navn": "A", "antall": 1}]),
        ('{values: "{{ municipality.mål }}"}', [{"år": 2021, "antall": 3}]),
        (
            '{values: "{{ municipality.tall }}"}',
            [{"key": "elever", "value": 76}, {"key": "timer", "value": 218.5}],
        ),
        ("{url: t.csv}", [{"navn": "En", "antall": 1}]),
        ("{url: t.tsv}", [{"navn": "En", "antall": 1}]),
        ("{url: t.json}", [{"navn": "En", "antall": 1}]),
        ("{url: t.yaml, format: {property: dypt.rader}}", [{"navn": "En", "antall": 1}]),
    ],
)
def test_data_come_from_the_project_and_from_the_specification(tmp_path: Path, data: str, expected: Any) -> None:
    files = {
        "t_csv": TABLE,
        "t_tsv": "navn\tantall\nEn\t1\n",
        "t_json": '[{"navn": "En", "antall": 1}]',
        "t_yaml": "dypt: {rader: [{navn: En, antall: 1}]}",
    }
    assert rows(tmp_path, data, **files) == expected


def test_a_sheet_of_a_workbook_is_data(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("Tall")
    for row in (("navn", "antall"), ("En", 1), ("To", 2.5)):
        sheet.append(row)
    book.save(tmp_path / "t.xlsx")
    assert rows(tmp_path, "{url: t.xlsx, sheet: Tall}") == [{"navn": "En", "antall": 1}, {"navn": "To", "antall": 2.5}]


def test_excels_own_encoding_is_read(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes("navn;antall\r\nTromsø;1 234,5\r\n".encode("cp1252"))
    assert rows(tmp_path, "{url: t.csv}") == [{"navn": "Tromsø", "antall": 1234.5}]


def test_numbers_are_numbers_where_the_whole_column_is(tmp_path: Path) -> None:
    table = [{"nr": "0301", "antall": "1 234,5", "delt": "3"}, {"nr": "5001", "antall": "", "delt": "om lag 4"}]
    assert tabular.numbered(table) == [
        {"nr": "0301", "antall": 1234.5, "delt": "3"},
        {"nr": "5001", "antall": None, "delt": "om lag 4"},
    ]


def test_texts_hold_expressions(tmp_path: Path) -> None:
    found, _problems = read(
        tmp_path, f'title: "{{{{ municipality.navn }}}} nå"\ndata: {{url: t.csv}}\n{ENCODED}', t_csv=TABLE
    )
    assert found is not None
    assert found.value["title"] == "Døme nå"


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("mark: bar\n  x: 1", "yaml-syntax", "x.vl.yaml:2:3"),
        ("bare tekst", "chart", "x.vl.yaml:1:1"),
        ("data: {url: t.csv}", "chart", "x.vl.yaml:1:1"),
        ("mark: bar", "chart-without-data", "x.vl.yaml:1:1"),
        ("mark: bar\ndata:\n  values: []", "chart-without-data", "x.vl.yaml:3:3"),
        ('mark: bar\ndata:\n  values: "{{ municipality.tom }}"', "chart-without-data", "x.vl.yaml:3:3"),
        ("mark: bar\ndata:\n  url: https://example.org/t.csv", "remote-data", "x.vl.yaml:3:8"),
        ("mark: bar\ndata:\n  url: ../t.csv", "outside-project", "x.vl.yaml:3:8"),
        ("mark: bar\ndata:\n  url: tt.csv", "file-missing", "x.vl.yaml:3:8"),
        ("mark: bar\ndata:\n  url: annens.csv", "anothers-data", "x.vl.yaml:3:8"),
        ("mark: bar\ndata:\n  url: t.txt", "chart-data", "x.vl.yaml:3:8"),
        ("mark: bar\ndata:\n  url: dypt.yaml", "chart-data", "x.vl.yaml:3:8"),
        ('mark: bar\ntitle: "I {{ municipality.nav }}"', "unknown-name", "x.vl.yaml:2:27"),
        ('mark: bar\ntitle: "I {{ municipality.navn"', "template-syntax", "x.vl.yaml:2:11"),
        ("mark: bra\ndata: {url: t.csv}", "chart", "x.vl.yaml:1:7"),
        ("mark: {type: bra}\ndata: {url: t.csv}", "chart", "x.vl.yaml:1:14"),
        ("mark: bar\ndata: {url: t.csv}\nencoding: {x: {field: navn, type: tall}}", "chart", "x.vl.yaml:3:35"),
        ("mark: bar\ndata: {url: t.csv}\nencoding: {x: {field: nanv}}", "unknown-field", "x.vl.yaml:3:23"),
        ("mark: bar\ndata: {url: t.csv}\nencoding: {w: {field: navn}}", "chart", "x.vl.yaml:3:12"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(tmp_path: Path, text: str, code: str, place: str) -> None:
    files = {"t_csv": TABLE, "annens_csv": TABLE, "t_txt": "x", "dypt_yaml": "rader: [{a: 1}]"}
    _found, problems = read(tmp_path, text, **files)
    assert [(problem.code, str(problem.location)) for problem in problems] == [(code, place)]
    assert problems[0].message
    assert code == "yaml-syntax" or problems[0].hint


def test_a_field_that_a_transform_makes_is_known(tmp_path: Path) -> None:
    text = "mark: bar\ndata: {url: t.csv}\ntransform: [{calculate: datum.antall * 2, as: dobbelt}]\n"
    assert read(tmp_path, f"{text}encoding: {{x: {{field: dobbelt}}}}", t_csv=TABLE)[1] == []


def test_json_may_be_indented_with_tabs(tmp_path: Path) -> None:
    text = '{\n\t"data": {"url": "t.csv"},\n\t"mark": "bra"\n}'
    _found, problems = read(tmp_path, text, name="x.vl.json", t_csv=TABLE)
    assert [str(problem.location) for problem in problems] == ["x.vl.json:3:10"]


def test_a_font_of_its_own_is_left_out_with_a_warning(tmp_path: Path) -> None:
    found, _problems = read(
        tmp_path, f"data: {{url: t.csv}}\n{ENCODED}config: {{title: {{font: Papyrus}}}}", t_csv=TABLE
    )
    assert found is not None
    assert [problem.location for problem in faults.fonts(found)] == [Location("x.vl.yaml", 6, 24)]
    assert faults.in_house_font(found.value)["config"] == {"title": {}}


def test_what_vl_convert_says_is_told_in_a_line(tmp_path: Path) -> None:
    found, _problems = read(tmp_path, f"data: {{url: t.csv}}\n{ENCODED}", t_csv=TABLE)
    assert found is not None
    said = "Vega to SVG conversion failed:\nError: Unexpected token *\n    at Au (https://cdn.example/x.js:7:1)"
    assert faults.refused(said, found).message == "the chart cannot be drawn (Unexpected token *)"


@pytest.mark.parametrize(
    ("transforms", "said", "place"),
    [
        ("[{calculate: 'datum.antall +* 2', as: u}]", "Unexpected token *", (4, 25)),
        ("[{filter: 'datum.antall > 1'}, {calculate: 'fo(', as: u}]", "Expression parse error: fo(", (4, 55)),
        ("[{filter: 'a'}, {calculate: 'fo(', as: u}]", "Unexpected end of input", (1, 1)),
        ("[]", "Unexpected token *", (1, 1)),
    ],
)
def test_an_expression_that_cannot_be_read_is_told_at_its_place(
    tmp_path: Path, transforms: str, said: str, place: tuple[int, int]
) -> None:
    found, _problems = read(tmp_path, f"mark: bar\ndata: {{url: t.csv}}\n\ntransform: {transforms}\n", t_csv=TABLE)
    assert found is not None
    assert faults.refused(f"Vega to SVG conversion failed:\nError: {said}", found).location == Location(
        "x.vl.yaml", *place
    )
