"""`rapportbygger form`: which workbook it writes, and where."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl

from test_cli import invoke


def sheet(path: Path) -> dict[str, object]:
    """The single fields of a form."""
    first = openpyxl.load_workbook(io.BytesIO(path.read_bytes())).worksheets[0]
    return {str(row[0]): row[1] for row in first.iter_rows(min_row=5, max_col=2, values_only=True)}


def a_municipality(project: Path) -> Path:
    return next(iter(sorted((project / "content" / "municipalities").glob("*.yaml"))))


def test_it_is_written_into_build_with_what_is_known(starter: Path) -> None:
    name = a_municipality(starter).stem
    done = invoke("form", name, "--project", str(starter))
    assert (done.exit_code, done.stderr) == (0, "")
    written = starter / "build" / "forms" / f"{name}.xlsx"
    assert f"wrote «{written}»" in done.stdout
    assert any(value for value in sheet(written).values())


def test_a_municipality_that_has_delivered_nothing_gets_an_empty_one(starter: Path, tmp_path: Path) -> None:
    wanted = tmp_path / "ny.xlsx"
    done = invoke("form", "nyby", "--output", str(wanted), "--project", str(starter))
    assert done.exit_code == 0
    assert set(sheet(wanted).values()) <= {None, "nyby"}


def test_what_comes_back_builds_as_the_yaml_file_did(starter: Path) -> None:
    before = a_municipality(starter)
    workbook = before.with_suffix(".xlsx")
    assert invoke("form", before.stem, "-o", str(workbook), "--project", str(starter)).exit_code == 0
    before.unlink()
    done = invoke("build", "--format", "docx", "--project", str(starter))
    assert (done.exit_code, done.stderr) == (0, "")


def test_it_writes_over_nothing(starter: Path, tmp_path: Path) -> None:
    there = tmp_path / "utfylt.xlsx"
    there.write_bytes(b"utfylt")
    assert invoke("form", "nyby", "-o", str(there), "--project", str(starter)).exit_code == 2
    assert there.read_bytes() == b"utfylt"
    assert invoke("form", "nyby", "-o", str(tmp_path / "a.pdf"), "--project", str(starter)).exit_code == 2
    assert invoke("form", "../nyby", "--project", str(starter)).exit_code == 2


def test_a_broken_file_is_told_and_not_taken_for_nothing(starter: Path) -> None:
    file = a_municipality(starter)
    file.write_text("navn: [", "utf-8")
    done = invoke("form", file.stem, "--project", str(starter))
    assert done.exit_code == 1
    assert file.name in done.stderr
    assert not (starter / "build" / "forms" / f"{file.stem}.xlsx").exists()


def test_what_has_no_place_in_it_is_told(starter: Path) -> None:
    file = a_municipality(starter)
    file.write_text(file.read_text("utf-8") + "\nukjent: 1\n", "utf-8")
    done = invoke("form", file.stem, "--project", str(starter))
    assert (done.exit_code, "[not-in-form]" in done.stderr) == (0, True)


def test_there_must_be_a_schema(starter: Path) -> None:
    manifest = starter / "content" / "report.yaml"
    lines = manifest.read_text("utf-8").splitlines(keepends=True)
    manifest.write_text("".join(line for line in lines if not line.startswith("schema:")), "utf-8")
    done = invoke("form", "nyby", "--project", str(starter))
    assert (done.exit_code, "only where the project has a schema" in done.stderr) == (1, True)
