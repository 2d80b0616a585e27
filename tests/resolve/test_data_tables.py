"""A figure that is a file of data becomes a table."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from documents import as_markdown, document, frozen, make_project, setting
from rapportbygger.diagnostics import Problems
from rapportbygger.model import Document
from rapportbygger.nodes import elements
from rapportbygger.resolve import data_tables, numbers

SHOWN = "![Tallene](data/tall.csv){#tbl-tall}"
EXCEL = "sted;år;antall;snitt\r\nTromsø;2021;1 234;2,5\r\nBodø;2022;56;13,25\r\n"


def resolved(
    root: Path, markdown: str, data: bytes = EXCEL.encode(), name: str = "tall.csv"
) -> tuple[Document, Problems]:
    make_project(root, markdown)
    (root / "content" / "data").mkdir(exist_ok=True)
    (root / "content" / "data" / name).write_bytes(data)
    return data_tables.resolve(document(markdown), setting(root))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_rows_stand_under_their_names_and_numbers_to_the_right(tmp_path: Path, encoding: str) -> None:
    changed, problems = resolved(tmp_path, SHOWN, EXCEL.encode(encoding))
    assert problems == ()
    lines = [line.split() for line in as_markdown(changed.blocks).splitlines()]
    assert [line for line in lines if line and not line[0].startswith("-")] == [
        ["sted", "år", "antall", "snitt"],
        ["Tromsø", "2021", "1", "234", "2,50"],  # split takes the no-break space too
        ["Bodø", "2022", "56", "13,25"],
        [":", "Tallene", "{#tbl-tall}"],
    ]
    (table,) = elements(changed.blocks, "Table")
    assert [column[0]["t"] for column in table["c"][2]] == ["AlignLeft", "AlignLeft", "AlignRight", "AlignRight"]


def test_it_is_numbered_as_other_tables(tmp_path: Path) -> None:
    changed, _problems = numbers.resolve(resolved(tmp_path, SHOWN)[0], setting(tmp_path))
    assert (changed.targets["tbl-tall"].label, changed.targets["tbl-tall"].number) == ("Tabell", "1")


def test_a_sheet_of_a_workbook_is_named(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("Tall")
    for row in (("sted", "antall"), ("Ås", 1.5)):
        sheet.append(row)
    book.save(tmp_path / "x.xlsx")
    markdown = '![Tallene](data/x.xlsx){#tbl-x sheet="Tall"}'
    changed, problems = resolved(tmp_path, markdown, (tmp_path / "x.xlsx").read_bytes(), "x.xlsx")
    assert problems == ()
    assert "Ås" in as_markdown(changed.blocks)


def test_what_stands_in_a_cell_is_no_markdown(tmp_path: Path) -> None:
    changed, _problems = resolved(tmp_path, SHOWN, b"a\n*b* | @c\n")
    assert [each["c"] for each in elements(changed.blocks, "Str") if "b" in each["c"]] == ["*b*"]


@pytest.mark.parametrize(
    ("markdown", "data", "problem"),
    [
        ("![T](data/tal.csv){#tbl-t}", EXCEL, ("file-missing", "content/chapters/01.md:1:6")),
        ("![T](https://example.org/t.csv){#tbl-t}", EXCEL, ("remote-data", "content/chapters/01.md:1:6")),
        (SHOWN, "a;b\n", ("empty-table", "content/data/tall.csv:1:1")),
        (SHOWN, "a;b\n1;2;3\n", ("csv-row", "content/data/tall.csv:2:1")),
        (SHOWN, "a;a\n1;2\n", ("csv-header", "content/data/tall.csv:1:1")),
    ],
)
def test_what_is_wrong_is_told_at_its_place(tmp_path: Path, markdown: str, data: str, problem: tuple[str, str]) -> None:
    _changed, problems = resolved(tmp_path, markdown, data.encode())
    assert [(each.code, str(each.location)) for each in problems] == [problem]


def test_the_document_that_was_given_is_not_changed(tmp_path: Path) -> None:
    given = document(SHOWN)
    before = frozen(given)
    resolved(tmp_path, SHOWN)
    data_tables.resolve(given, setting(tmp_path))
    assert frozen(given) == before
