"""The workbook that a municipality fills in: what is on it, and that it comes back as it was."""

from __future__ import annotations

import io
import random
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from judges import outside
from rapportbygger import form, messages
from rapportbygger.form import layout
from rapportbygger.load import workbooks

SCHEMA: dict[str, Any] = {
    "title": "Kommunens bidrag",
    "type": "object",
    "required": ["navn"],
    "properties": {
        "navn": {"title": "Navn på kommunen", "type": "string", "description": "Uten ordet «kommune»."},
        "nummer": {"type": ["string", "integer"], "pattern": "^[0-9]{4}$"},
        "målform": {"title": "Målform", "enum": ["bokmål", "nynorsk"]},
        "eksempel": {"title": "Eksempel", "type": "boolean"},
        "vedtatt": {"title": "Vedtatt", "type": "string", "format": "date"},
        "innbyggere": {"title": "Innbyggere", "type": "integer", "minimum": 0},
        "andel": {"title": "Andel", "type": "number"},
        "adresse": {
            "title": "Adresse",
            "properties": {"gate": {"title": "Gate", "type": "string"}, "sted": {"title": "Sted", "type": "string"}},
        },
        "mål": {"title": "Mål", "type": "array", "items": {"type": "string"}},
        "tiltak": {"title": "Tiltak", "type": "array", "items": {"$ref": "#/$defs/tiltak"}},
        "tall": {
            "title": "Tall: [valgfritt]",
            "properties": {"elever": {"title": "Elever", "type": "number"}},
            "additionalProperties": {"type": "number"},
        },
    },
    "$defs": {
        "tiltak": {
            "type": "object",
            "required": ["tittel"],
            "properties": {
                "tittel": {"title": "Tittel", "type": "string"},
                "start": {"title": "Start", "type": "string", "format": "date"},
                "ferdig": {"title": "Ferdig", "type": "boolean"},
                "steder": {"title": "Steder", "type": "array", "items": {"type": "string"}},
                "leder": {"title": "Leder", "properties": {"rolle": {"title": "Rolle", "type": "string"}}},
            },
        }
    },
}
FILLED: dict[str, Any] = {
    "navn": "=Ås+1",
    "nummer": "0301",
    "målform": "nynorsk",
    "eksempel": False,
    "vedtatt": "2017-05-17",
    "innbyggere": 12,
    "andel": 12.5,
    "adresse": {"gate": "@torget 1", "sted": "- Ås"},
    "mål": ["Først", "#N/A", "_x0041_", "+47", "1.5", "17.5.2014"],
    "tiltak": [
        {"tittel": "Én **sterk**\n\n- a\n- b", "start": "2021-01-31", "ferdig": True, "steder": ["Her", "Der"]},
        {"tittel": "To", "leder": {"rolle": "rektor"}},
    ],
    "tall": {"elever": 184, "timer brukt": 412.5},
}


def read(content: bytes, schema: dict[str, Any] = SCHEMA) -> Any:
    data, problems = workbooks.read(content, "ås.xlsx", schema)
    assert problems == ()
    assert data is not None
    return data.value


def book(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(workbook: Any) -> bytes:
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def test_what_is_known_comes_back_as_it_was() -> None:
    assert read(form.workbook(SCHEMA, FILLED)) == FILLED


def test_an_empty_form_says_nothing() -> None:
    assert read(form.workbook(SCHEMA, {})) == {}


def test_the_same_form_is_the_same_bytes() -> None:
    content = form.workbook(SCHEMA, FILLED)
    assert content == form.workbook(SCHEMA, FILLED)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_sheets_have_names_that_excel_takes() -> None:
    sheets = book(form.workbook(SCHEMA, {})).sheetnames
    assert sheets == ["Kommunens bidrag", "Mål", "Tiltak", "Tall valgfritt"]
    long = {"properties": {n: {"title": "x" * 40, "type": "array", "items": {"type": "string"}} for n in "ab"}}
    assert [sheet.name for sheet in layout.sheets(long)][1:] == ["x" * 31, "x" * 29 + " 2"]


def test_a_form_says_what_is_wanted_and_takes_nothing_else() -> None:
    first, goals, actions, _numbers = book(form.workbook(SCHEMA, {})).worksheets
    assert [first["A5"].value, first["C5"].value] == ["Navn på kommunen *", "Uten ordet «kommune»."]
    assert first.freeze_panes == goals.freeze_panes == "A5"
    assert [cell.value for cell in actions[4]] == ["Tittel *", "Start", "Ferdig", "Steder", "Leder – Rolle"]
    assert goals["A4"].value == "Mål (én per rad)"
    rules = {str(rule.sqref): (rule.type, rule.formula1) for rule in first.data_validations.dataValidation}
    assert rules["B7"] == ("list", '"bokmål,nynorsk"')
    assert rules["B9"] == ("date", "1")
    assert rules["B10"][0] == "whole"
    assert (first["B6"].number_format, first["B9"].number_format) == ("@", "dd.mm.yyyy")


def test_a_form_speaks_the_language_in_use() -> None:
    messages.use("nb")
    first = book(form.workbook(SCHEMA, {"eksempel": True})).worksheets[0]
    assert [cell.value for cell in first[4]] == ["Felt", "Fylles ut", "Veiledning"]
    assert first["B8"].value == "ja"
    assert first.data_validations.dataValidation[0].error == "Velg et av ordene i listen."


def test_long_lists_of_choices_stand_on_a_hidden_sheet() -> None:
    words = [f"valg, nummer {number}" for number in range(60)]
    schema = {"properties": {"valg": {"enum": words}}}
    content = form.workbook(schema, {"valg": words[7]})
    assert book(content)[layout.CHOICES].sheet_state == "hidden"
    assert read(content, schema) == {"valg": words[7]}


def test_text_is_never_a_formula() -> None:
    sheet = book(form.workbook(SCHEMA, FILLED)).worksheets[0]
    assert (sheet["B5"].value, sheet["B5"].data_type) == ("=Ås+1", "s")


def test_what_no_cell_can_hold_is_told() -> None:
    known = {**FILLED, "tiltak": [{"tittel": "Én", "annet": [1]}], "ukjent": 1, "mål": []}
    assert form.lost(known, read(form.workbook(SCHEMA, known))) == (("tiltak", 0, "annet"), ("ukjent",))


@pytest.mark.parametrize("seed", range(12))
def test_anything_comes_back(seed: int) -> None:
    known = anything(random.Random(seed))
    assert read(form.workbook(SCHEMA, known)) == known


def anything(chance: random.Random) -> dict[str, Any]:
    """Values that fit `SCHEMA`, of letters and signs that mean something to somebody."""

    def text() -> str:
        signs = "abæøå=+-@'\"<>&_x0D#!{}[]|,.;:*\\/ 0123456789\U0001f600é\u2028„“\n\n  "
        return f"{chance.choice('=+-@x')}{''.join(chance.choices(signs, k=chance.randrange(60)))}z"

    def day() -> str:
        return f"{chance.randrange(1910, 2100)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"

    return {
        "navn": text(),
        "nummer": f"{chance.randrange(10000):04}",
        "eksempel": chance.choice([True, False]),
        "vedtatt": day(),
        "innbyggere": chance.randrange(10**9),
        "andel": round(chance.uniform(-1e6, 1e6), 6),
        "adresse": {"gate": text()},
        "mål": [text().replace("\n", " ") for _each in range(chance.randrange(1, 60))],
        "tiltak": [{"tittel": text(), "start": day(), "ferdig": chance.choice([True, False])} for _each in range(5)],
        "tall": {f"n{number}": chance.randrange(1000) for number in range(chance.randrange(1, 50))},
    }


def through_libreoffice(content: bytes, folder: Path) -> bytes:
    """The workbook as LibreOffice Calc saves it."""
    outside.require("soffice")
    (folder / "inn.xlsx").write_bytes(content)
    profile = (folder / "profil").as_uri()
    command = [str(outside.available("soffice")), f"-env:UserInstallation={profile}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(folder / "ut"), str(folder / "inn.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    if not (folder / "ut" / "inn.xlsx").is_file():
        outside.lacking("LibreOffice Calc (apt-get install libreoffice-calc-nogui)")
    return (folder / "ut" / "inn.xlsx").read_bytes()


def test_what_libreoffice_saves_comes_back(tmp_path: Path) -> None:
    assert read(through_libreoffice(form.workbook(SCHEMA, FILLED), tmp_path)) == FILLED


def test_what_libreoffice_saves_of_anything_comes_back(tmp_path: Path) -> None:
    known = anything(random.Random(5))
    assert read(through_libreoffice(form.workbook(SCHEMA, known), tmp_path)) == known


def test_what_is_filled_in_comes_back() -> None:
    workbook = book(form.workbook(SCHEMA, {}))
    first, goals, actions, numbers = workbook.worksheets
    first["B5"], first["B8"], first["B10"], first["B12"] = "Ås", "Ja", 1200, "Torget 1"
    goals["A5"], goals["A7"] = "Først", "Så"
    actions["A6"], actions["E6"] = "Kor", "rektor"
    numbers["B5"], numbers["A6"], numbers["B6"] = 12, "timer", 3.5
    assert read(saved(workbook)) == {
        "navn": "Ås",
        "eksempel": True,
        "innbyggere": 1200,
        "adresse": {"gate": "Torget 1"},
        "mål": ["Først", "Så"],
        "tiltak": [{"tittel": "Kor", "leder": {"rolle": "rektor"}}],
        "tall": {"elever": 12, "timer": 3.5},
    }
