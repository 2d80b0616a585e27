"""A municipality's workbook, filled in well and badly: what is understood, what is told, and in which cell."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from rapportbygger import form, load, messages
from rapportbygger.diagnostics import Problems, Severity
from rapportbygger.load import workbook_file, workbooks
from rapportbygger.model import Data
from rapportbygger.validate.municipalities import municipalities
from test_form import FILLED, SCHEMA

Change = Callable[[Any], object]


def changed(change: Change, known: dict[str, Any] = FILLED) -> bytes:
    """A form with what is known, after what somebody does to it."""
    book = openpyxl.load_workbook(io.BytesIO(form.workbook(SCHEMA, known)))
    change(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def read(change: Change) -> tuple[Any, Problems]:
    data, problems = workbooks.read(changed(change), "ås.xlsx", SCHEMA)
    assert data is not None
    return data.value, problems


def put(cell: str, value: Any, sheet: int = 0) -> Change:
    return lambda book: book.worksheets[sheet].__setitem__(cell, value)


def told(change: Change) -> list[tuple[str, str, str]]:
    """Where, what and how badly: of reading, and of the schema."""
    data, problems = workbooks.read(changed(change), "ås.xlsx", SCHEMA)
    assert data is not None
    _made, invalid = municipalities([data], Data("s.yaml", SCHEMA))
    return [(str(each.location), each.code, each.severity.value) for each in (*problems, *invalid)]


# ---------------------------------------------------------------------------------------------------- understood


@pytest.mark.parametrize(
    ("cell", "written", "name", "meant"),
    [
        ("B5", "  Ås\u00a0 ", "navn", "Ås"),
        ("B5", 17, "navn", "17"),
        ("B6", 5035.0, "nummer", "5035"),
        ("B6", '"0301"', "nummer", "0301"),
        ("B5", '"Ås"', "navn", '"Ås"'),
        ("B7", "Nynorsk ", "målform", "nynorsk"),
        ("B8", "x", "eksempel", True),
        ("B8", "NEI", "eksempel", False),
        ("B8", 1, "eksempel", True),
        ("B8", True, "eksempel", True),
        ("B9", datetime(2014, 5, 17, 12), "vedtatt", "2014-05-17"),  # noqa: DTZ001 - Excel knows no zones
        ("B9", date(2014, 5, 17), "vedtatt", "2014-05-17"),
        ("B9", "17.5.2014", "vedtatt", "2014-05-17"),
        ("B9", "17. mai 2014", "vedtatt", "2014-05-17"),
        ("B9", "17.mai 2014", "vedtatt", "2014-05-17"),
        ("B9", "2014-05-17 00:00:00", "vedtatt", "2014-05-17"),
        ("B5", "\u200bÅs\u2060", "navn", "Ås"),
        ("B10", "1 200", "innbyggere", 1200),
        ("B10", "1\u00a0200", "innbyggere", 1200),
        ("B10", 1200.0, "innbyggere", 1200),
        ("B10", "1.200.000", "innbyggere", 1200000),
        ("B11", "1.200,5", "andel", 1200.5),
        ("B11", "12,5", "andel", 12.5),
        ("B11", "−3", "andel", -3),
    ],
)
def test_what_is_certain_is_understood(cell: str, written: Any, name: str, meant: Any) -> None:
    value, problems = read(put(cell, written))
    assert (value[name], problems) == (meant, ())
    assert type(value[name]) is type(meant)


def test_a_lost_zero_is_put_back_and_told() -> None:
    value, problems = read(put("B6", 301))
    assert value["nummer"] == "0301"
    assert [(str(each.location), each.code) for each in problems] == [
        ("ås.xlsx, sheet «Kommunens bidrag», B6", "lost-zero")
    ]


def test_empty_rows_between_are_nothing() -> None:
    def move(book: Any) -> None:
        book["Mål"].insert_rows(7, 3)
        book["Kommunens bidrag"].insert_rows(8, 2)

    value, problems = read(move)
    assert (value["mål"], value["eksempel"], problems) == (FILLED["mål"], False, ())


def test_columns_in_another_order_are_found() -> None:
    def swap(book: Any) -> None:
        sheet = book["Tiltak"]
        for row in range(4, 8):
            sheet.cell(row, 1).value, sheet.cell(row, 2).value = sheet.cell(row, 2).value, sheet.cell(row, 1).value

    value, problems = read(swap)
    assert (value["tiltak"], problems) == (FILLED["tiltak"], ())


# -------------------------------------------------------------------------------------------------------- told

HERE = "ås.xlsx, sheet «Kommunens bidrag»"
GOALS, ACTIONS = "ås.xlsx, sheet «Mål»", "ås.xlsx, sheet «Tiltak»"


def number_in_a_date(book: Any) -> None:
    book.worksheets[0]["B9"], book.worksheets[0]["B9"].number_format = 2014, "General"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (put("B5", None), (f"{HERE}, B5", "missing-field", "error")),
        (put("B6", 17), (f"{HERE}, B6", "lost-zero", "warning")),
        (put("B6", "Ås"), (f"{HERE}, B6", "pattern", "error")),
        (put("B7", "samisk"), (f"{HERE}, B7", "not-allowed", "error")),
        (put("B8", "kanskje"), (f"{HERE}, B8", "wrong-type", "error")),
        (put("B9", "våren 2014"), (f"{HERE}, B9", "date", "error")),
        (put("B9", "31.2.2014"), (f"{HERE}, B9", "date", "error")),
        (put("B9", 2014), (f"{HERE}, B9", "cell-date", "warning")),
        (number_in_a_date, (f"{HERE}, B9", "cell-date", "error")),
        (put("B9", "17.05.14"), (f"{HERE}, B9", "cell-date", "warning")),
        (put("B11", "#VERDI!"), (f"{HERE}, B11", "cell-error", "error")),
        (put("B5", True), (f"{HERE}, B5", "wrong-type", "error")),
        (put("B9", time(12, 30)), (f"{HERE}, B9", "cell-date", "error")),
        (put("B10", "ca. 20"), (f"{HERE}, B10", "wrong-type", "error")),
        (put("B10", "1.200"), (f"{HERE}, B10", "wrong-type", "error")),
        (put("B10", 12.5), (f"{HERE}, B10", "wrong-type", "error")),
        (put("B11", date(2026, 12, 5)), (f"{HERE}, B11", "cell-date", "error")),
        (put("B11", "#N/A"), (f"{HERE}, B11", "cell-error", "error")),
        (put("B11", "=1/0"), (f"{HERE}, B11", "cell-error", "error")),
        (put("A6", "Annet"), (HERE, "missing-row", "warning")),
        (lambda book: book.worksheets[0].append(["Annet", 1]), (f"{HERE}, A14", "extra-row", "warning")),
        (put("A5", "To\nlinjer", 1), (f"{GOALS}, A5", "several-lines", "warning")),
        (put("C5", "Annet", 1), (f"{GOALS}, C5", "extra-column", "warning")),
        (put("A4", "Annet", 1), (GOALS, "missing-column", "error")),
        (put("A6", None, 2), (f"{ACTIONS}, A6", "missing-field", "error")),
        (put("B6", "snart", 2), (f"{ACTIONS}, B6", "date", "error")),
        (put("A6", None, 3), ("ås.xlsx, sheet «Tall valgfritt», A6", "missing-field", "error")),
        (put("A6", "elever", 3), ("ås.xlsx, sheet «Tall valgfritt», A6", "duplicate-key", "error")),
        (put("B6", "mange", 3), ("ås.xlsx, sheet «Tall valgfritt», B6", "wrong-type", "error")),
        (lambda book: book["Tiltak"].delete_cols(3), (f"{ACTIONS}, A4", "missing-column", "warning")),
        (lambda book: book.remove(book["Mål"]), ("ås.xlsx", "missing-sheet", "warning")),
        (lambda book: book.create_sheet("Notater").append([1]), ("ås.xlsx, sheet «Notater»", "extra-sheet", "info")),
        (lambda book: setattr(book["Tiltak"], "title", "Ark1"), ("ås.xlsx, sheet «Ark1»", "renamed-sheet", "info")),
        (lambda book: setattr(book["Mål"], "title", "Ark1"), ("ås.xlsx, sheet «Ark1»", "renamed-sheet", "info")),
        (lambda book: book["Mål"].merge_cells("A6:A7"), (f"{GOALS}, A6", "merged-cells", "error")),
        (lambda book: book["Tiltak"].merge_cells("A5:B5"), (f"{ACTIONS}, A5", "merged-cells", "error")),
        (lambda book: book.worksheets[0].merge_cells("B5:B6"), (f"{HERE}, B5", "merged-cells", "error")),
        (lambda book: book.worksheets[0].merge_cells("A5:B5"), (f"{HERE}, A5", "merged-cells", "error")),
        (
            lambda book: book["Tall valgfritt"].delete_cols(1),
            ("ås.xlsx, sheet «Tall valgfritt», A4", "missing-column", "error"),
        ),
        (
            lambda book: setattr(book["Mål"].row_dimensions[6], "hidden", True),
            (f"{GOALS}, A6", "hidden-row", "info"),
        ),
    ],
)
def test_what_is_not_certain_is_told_with_its_cell(change: Change, expected: tuple[str, str, str]) -> None:
    assert expected in told(change)


def test_what_is_told_is_in_the_words_of_the_form() -> None:
    messages.use("nb")
    data, _problems = workbooks.read(changed(put("B10", "ca. 20")), "ås.xlsx", SCHEMA)
    assert data is not None
    _made, (problem,) = municipalities([data], Data("s.yaml", SCHEMA))
    assert str(problem.location) == "ås.xlsx, ark «Kommunens bidrag», B10"
    assert problem.message == "«Innbyggere» må være et heltall, ikke teksten «ca. 20»"
    assert (problem.location.line, problem.location.column) == (10, 2) if problem.location else False


@pytest.mark.parametrize(
    ("cell", "written", "hint"),
    [
        ("B9", "våren 2014", "write day, month and year: 31.12.2024"),
        ("B9", "17.05.14", "write the year with four digits: 31.12.2024"),
        ("B10", "1.200", "write 1200 or 1,2"),
        ("B10", "2.000", "write 2000 or 2"),
        ("B8", "nope", ""),
        ("B5", False, "format the cell as text, and write it once more"),
    ],
)
def test_hints_are_about_cells(cell: str, written: Any, hint: str) -> None:
    data, problems = workbooks.read(changed(put(cell, written)), "ås.xlsx", SCHEMA)
    assert data is not None
    _made, more = municipalities([data], Data("s.yaml", SCHEMA))
    assert next(problem.hint for problem in (*problems, *more)) == hint


def test_a_lost_column_is_told_once_and_not_for_every_row() -> None:
    lost = [each for each in told(lambda book: book["Tiltak"].delete_cols(1)) if each[1] == "missing-field"]
    assert lost == [(f"{ACTIONS}, A4", "missing-field", "error")]


@pytest.mark.parametrize(("column", "code"), [(1, "missing-row"), (2, "missing-column")])
def test_a_sheet_whose_column_to_fill_in_is_gone_says_nothing(column: int, code: str) -> None:
    content = changed(lambda book: book.worksheets[0].delete_cols(column))
    data, problems = workbooks.read(content, "ås.xlsx", SCHEMA)
    assert (data, [each.code for each in problems if each.severity is Severity.ERROR]) == (None, [code])


def test_words_that_lead_to_an_address_stand_for_it() -> None:
    schema = {"type": "object", "properties": {"nettside": {"type": "string", "format": "uri"}}}
    book = openpyxl.load_workbook(io.BytesIO(form.workbook(schema, {})))
    book.worksheets[0]["B5"], book.worksheets[0]["B5"].hyperlink = "Les mer", "https://example.org/a"
    book.worksheets[0]["B5"].value = "Les mer"
    written = io.BytesIO()
    book.save(written)
    data, problems = workbooks.read(written.getvalue(), "ås.xlsx", schema)
    assert data is not None
    assert (data.value, problems) == ({"nettside": "https://example.org/a"}, ())


def test_merged_cells_beside_what_is_filled_in_do_no_harm() -> None:
    value, problems = read(lambda book: book.worksheets[0].merge_cells("B5:C5"))
    assert (value, problems) == (FILLED, ())


# ------------------------------------------------------------------------------------------------------- files


def file_told(tmp_path: Path, name: str, content: bytes) -> list[str]:
    path = tmp_path / name
    path.write_bytes(content)
    safe, problems = workbook_file.read(path, name)
    if safe is not None:
        _data, problems = workbooks.read(safe, name, SCHEMA)
    return [problem.message for problem in problems if problem.severity is Severity.ERROR]


def repacked(change: Callable[[str, bytes], bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form.workbook(SCHEMA, {}))) as made, zipfile.ZipFile(written, "w") as archive:
        for name in made.namelist():
            archive.writestr(name, change(name, made.read(name)), zipfile.ZIP_DEFLATED)
    return written.getvalue()


def test_files_that_are_no_workbooks_are_told(tmp_path: Path) -> None:
    older = b"\xd0\xcf\x11\xe0" + bytes(600)
    whole = form.workbook(SCHEMA, {})
    damaged = ["the workbook is damaged or not an Excel file"]
    other = ["this is a spreadsheet of another kind than Excel's .xlsx"]
    assert file_told(tmp_path, "a.xls", older) == other
    assert file_told(tmp_path, "a.ods", b"PK") == other
    assert file_told(tmp_path, "a.xlsx", older) == other
    locked = older + "EncryptedPackage".encode("utf-16-le")
    assert file_told(tmp_path, "a.xlsx", locked) == ["the workbook is locked with a password"]
    for content in (
        b"",
        b"navn: Asker",
        whole[:-30],
        whole[:400],
        repacked(lambda _name, part: part[: len(part) // 2]),
    ):
        assert file_told(tmp_path, "a.xlsx", content) == damaged


def test_hostile_files_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = b'<!DOCTYPE x [<!ENTITY a "b">]>'
    head = b"?>"
    with_type = repacked(
        lambda _name, part: part.replace(head, head + kind, 1) if b"<?xml" in part[:9] else kind + part
    )
    assert "DOCTYPE" in file_told(tmp_path, "a.xlsx", with_type)[0]
    monkeypatch.setattr(workbook_file, "LARGEST", 1000)
    assert "too large" in file_told(tmp_path, "a.xlsx", form.workbook(SCHEMA, {}))[0]


def test_another_workbook_is_not_taken_for_the_form() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Budsjett", 1])
    written = io.BytesIO()
    book.save(written)
    data, problems = workbooks.read(written.getvalue(), "a.xlsx", SCHEMA)
    assert data is None
    assert [problem.code for problem in problems] == ["workbook"]


# ----------------------------------------------------------------------------------------------------- project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return shutil.copytree(Path(__file__).parent / "projects" / "liten", tmp_path / "liten")


def delivered(project: Path) -> tuple[dict[str, Any], Problems]:
    manifest = project / "content" / "report.yaml"
    text = manifest.read_text("utf-8")
    manifest.write_text(text.replace("municipalities/*.yaml", "municipalities/*"), "utf-8")
    sources, problems = load.sources(project)
    assert sources is not None
    return {data.file.rpartition("/")[2]: data.value for data in sources.municipalities}, problems


def as_workbook(project: Path, name: str) -> Path:
    """A municipality of the project delivers the same in a workbook."""
    sources, _problems = load.sources(project)
    assert sources is not None
    assert sources.schema is not None
    (data,) = (one for one in sources.municipalities if one.file.endswith(f"/{name}.yaml"))
    path = project / "content" / "municipalities" / f"{name}.xlsx"
    path.write_bytes(form.workbook(sources.schema.value, data.value))
    return path


def test_a_workbook_stands_in_for_a_yaml_file(project: Path) -> None:
    before, _problems = delivered(project)
    workbook = as_workbook(project, "aasen")
    workbook.with_suffix(".yaml").unlink()
    (workbook.parent / "~$aasen.xlsx").write_bytes(b"lock")
    after, problems = delivered(project)
    assert problems == ()
    assert form.lost(before["aasen.yaml"], after["aasen.xlsx"]) == ()


def test_both_for_one_municipality_is_a_problem(project: Path) -> None:
    as_workbook(project, "aasen")
    after, problems = delivered(project)
    assert "aasen.yaml" not in after
    assert [(str(each.location), each.code) for each in problems] == [
        ("content/municipalities/aasen.yaml", "duplicate-municipality")
    ]


def test_a_workbook_without_a_schema_is_a_problem(project: Path) -> None:
    workbook = as_workbook(project, "aasen")
    workbook.with_suffix(".yaml").unlink()
    manifest = project / "content" / "report.yaml"
    lines = manifest.read_text("utf-8").splitlines(keepends=True)
    manifest.write_text("".join(line for line in lines if not line.startswith("schema:")), "utf-8")
    _after, problems = delivered(project)
    assert [problem.code for problem in problems] == ["workbook"]


def test_other_files_beside_them_are_told_and_not_read(project: Path) -> None:
    (project / "content" / "municipalities" / "notat.txt").write_text("navn: Notat", "utf-8")
    after, problems = delivered(project)
    assert "notat.txt" not in after
    assert [(str(each.location), each.code) for each in problems] == [("content/municipalities/notat.txt", "not-read")]
