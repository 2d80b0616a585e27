"""Municipalities whose files cannot be used: the others' reports are as they would be without that."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from municipal_reports import project
from rapportbygger import load, validate
from rapportbygger.schedule import build

CHAPTER = "# Felles\n\n{{ municipality.navn }} er en av {{ municipalities | length | spelled }}."
SCHEMA = "type: object\nproperties:\n  elever: {type: integer}\n  eksempel: {type: boolean}\n"
BROKEN = {
    "syntax": "navn: Voss\n elever: [",
    "schema": "navn: Voss\nelever: mange",
    "encoding": "navn: Voss\nfylke: Møre".encode("latin-1"),
    "nothing": "",
}


def several(root: Path) -> Path:
    """Asker, Bodø and Voss, and an invented one."""
    folder = project(root, chapter=CHAPTER) / "content" / "municipalities"
    for name, said in (("bodo", "navn: Bodø"), ("voss", "navn: Voss"), ("døme", "navn: Døme\neksempel: true")):
        (folder / f"{name}.yaml").write_text(said, encoding="utf-8")
    manifest = root / "content" / "report.yaml"
    manifest.write_text(manifest.read_text(encoding="utf-8") + "schema: schema.yaml\n", encoding="utf-8")
    (root / "content" / "schema.yaml").write_text(SCHEMA, encoding="utf-8")
    return root


def outputs(root: Path) -> dict[str, str]:
    """The hash of each file that was built."""
    found = sorted((root / "build" / "lokal").iterdir())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def break_(root: Path, name: str, said: str | bytes) -> None:
    """Put something else into a municipality's file."""
    content = said if isinstance(said, bytes) else said.encode("utf-8")
    (root / "content" / "municipalities" / f"{name}.yaml").write_bytes(content)


@pytest.mark.parametrize("said", BROKEN.values(), ids=BROKEN)
def test_the_others_are_the_same_and_the_broken_ones_files_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str | bytes
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    root = several(tmp_path / "a")
    build(root)
    before = outputs(root)
    break_(root, "voss", said)
    result = build(root, force=True)
    assert result.failed == ("lokal/voss",)
    assert {problem.location.file for problem in result.problems if problem.location} == {
        "content/municipalities/voss.yaml"
    }
    assert outputs(root) == before


@pytest.mark.parametrize(
    ("name", "said", "missing"),
    [
        ("voss", "navn: [", 1),
        ("døme", "eksempel: true\nnavn: [", 0),
        ("døme", "eksempel: true\nelever: mange", 0),
        ("voss (2)", "navn: Voss", 0),
        ("asker2", "navn: Asker\nelever: mange", 0),
    ],
)
def test_examples_and_second_files_are_not_counted(tmp_path: Path, name: str, said: str, missing: int) -> None:
    root = several(tmp_path)
    break_(root, name, said)
    sources, _problems = load.sources(root)
    assert sources is not None
    made, _problems = validate.project(sources)
    assert made is not None
    assert made.missing == missing


def test_a_chapter_about_all_is_told_of_where_some_are_missing(tmp_path: Path) -> None:
    root = several(tmp_path)
    chapter = root / "content" / "felles.md"
    break_(root, "voss", "navn: [")
    assert [problem.code for problem in build(root, formats=["docx"]).problems] == ["yaml-syntax"]
    chapter.write_text("# Alle\n\n{{ municipalities | map(attribute='navn') | listing }}", encoding="utf-8")
    result = build(root, formats=["docx"])
    assert [problem.code for problem in result.problems] == ["yaml-syntax", "not-all"]
    assert result.failed == ("lokal/voss",)
