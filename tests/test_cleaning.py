"""What builds have made is removed, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from documents import make_project
from municipal_reports import project
from rapportbygger.cli import main
from rapportbygger.diagnostics import Severity
from rapportbygger.schedule import build
from rapportbygger.schedule.cleaning import clean, clean_stale

TWO = "  annen:\n    chapters: [chapters/*.md]"


def files(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in (root / "build").rglob("*") if path.is_file())


def cited(root: Path) -> Path:
    """A project that remembers something: a citation."""
    (root / "bibliography").mkdir(exist_ok=True)
    reference = "- {id: ks2018, type: report, title: Mål, author: [{literal: KS}], issued: 2018}"
    (root / "bibliography" / "kilder.yaml").write_text(f"references:\n{reference}\n", encoding="utf-8")
    manifest = root / "content" / "report.yaml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(f"bibliography: ../bibliography/kilder.yaml\n{text}", encoding="utf-8")
    return root


def test_outputs_and_memory_are_removed_with_their_folders(tmp_path: Path) -> None:
    root = cited(make_project(tmp_path, "# Mål\n\n[@ks2018]"))
    build(root)
    assert any(name.startswith("build/.cache/") for name in files(root))
    before = files(root)
    assert sorted(clean(root).files) == before
    assert not (root / "build").exists()
    assert (root / "content" / "report.yaml").exists()


def test_what_others_have_put_there_is_left(tmp_path: Path) -> None:
    root = make_project(tmp_path, "# Mål")
    build(root)
    (root / "build" / "notat.docx").write_text("mitt")
    (root / "build" / ".cache").mkdir(exist_ok=True)
    (root / "build" / ".cache" / "eget.txt").write_text("mitt")
    clean(root)
    assert files(root) == ["build/.cache/eget.txt", "build/notat.docx"]


def test_a_manifest_that_was_tampered_with_removes_nothing_outside(tmp_path: Path) -> None:
    root = make_project(tmp_path, "# Mål")
    build(root)
    manifest = root / "build" / "manifest.json"
    said = json.loads(manifest.read_text(encoding="utf-8"))
    said["documents"]["rapport"]["outputs"] = {"../content/report.yaml": {}, str(root / "content" / "report.yaml"): {}}
    manifest.write_text(json.dumps(said), encoding="utf-8")
    clean(root)
    assert (root / "content" / "report.yaml").exists()


def test_where_nothing_was_built_nothing_is_removed(tmp_path: Path) -> None:
    removed = clean(make_project(tmp_path, "# Mål"))
    assert (removed.files, removed.problems) == ((), ())


def test_what_is_left_of_a_report_that_is_gone_is_told_and_removed(tmp_path: Path) -> None:
    root = make_project(tmp_path, "# Mål", report=TWO)
    build(root)
    make_project(tmp_path, "# Mål")
    (told,) = (problem for problem in build(root).problems if problem.code == "stale-output")
    assert told.severity is Severity.INFO
    assert "«build/annen.docx», «build/annen.pdf»" in told.message
    assert clean_stale(root).files == ("build/annen.docx", "build/annen.pdf")
    assert not [problem for problem in build(root).problems if problem.code == "stale-output"]
    assert {"build/rapport.docx", "build/rapport.pdf"} <= set(files(root))


def test_nothing_counts_as_gone_in_a_project_that_cannot_be_read(tmp_path: Path) -> None:
    root = make_project(tmp_path, "# Mål", report=TWO)
    build(root)
    (root / "content" / "report.yaml").write_text("title: [", encoding="utf-8")
    removed = clean_stale(root)
    assert removed.files == ()
    assert removed.problems != ()
    assert "build/annen.docx" in files(root)


def test_the_outputs_of_a_document_that_fails_now_are_still_known(tmp_path: Path) -> None:
    root = make_project(tmp_path, "# Mål")
    build(root)
    make_project(tmp_path, "# Mål\n\n@sec-ukjent")
    assert build(root).failed == ("rapport",)
    assert {"build/rapport.docx", "build/rapport.pdf"} <= set(clean(root).files)


def test_the_command_names_what_it_removes_of_what_is_gone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_project(tmp_path, "# Mål", report=TWO)
    build(root)
    make_project(tmp_path, "# Mål")
    assert main(["clean", "--stale", "--project", str(root)]) == 0
    assert capsys.readouterr().out.split() == ["build/annen.docx", "build/annen.pdf", "removed", "2", "files"]
    assert main(["clean", "--project", str(root)]) == 0
    assert not (root / "build").exists()


def test_what_a_report_with_errors_has_built_is_not_called_left(tmp_path: Path) -> None:
    root = project(tmp_path)
    build(root)
    manifest = root / "content" / "report.yaml"
    manifest.write_text(manifest.read_text(encoding="utf-8") + "    ukjent: 1\n", encoding="utf-8")
    assert [problem.code for problem in build(root).problems] == ["unknown-key"]
