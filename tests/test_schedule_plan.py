"""Which documents a build makes, and in which order."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents import make_project
from rapportbygger.build import Job
from rapportbygger.model import Data, Municipality, Report
from rapportbygger.schedule import Event, build, worker

REPORTS = """\
  lokal:
    for-each: municipality
    chapters: [local/*.md]
    formats: [docx]
  slutt:
    chapters: [chapters/*.md]
    formats: [docx]
"""
LANGUAGES = {"asker": "nb", "bodo": "nn", "nes": "nb", "volda": "nn"}


def project(root: Path) -> Path:
    make_project(root, "# Mål", manifest="municipalities: municipalities/*.yaml", report=REPORTS)
    files = {f"municipalities/{name}.yaml": f"navn: {name}\nlang: {lang}\n" for name, lang in LANGUAGES.items()}
    for name, text in {"local/01.md": "# {{ municipality.navn }}", "local/01.nn.md": "# Om", **files}.items():
        (root / "content" / name).parent.mkdir(exist_ok=True)
        (root / "content" / name).write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_largest_come_first_and_then_those_that_are_alike(tmp_path: Path, jobs: int) -> None:
    alike = [["lokal/asker", "lokal/nes"], ["lokal/bodo", "lokal/volda"]]
    begun: list[str] = []

    def listen(event: Event) -> None:
        if event.kind == "started":
            begun.append(event.name)

    result = build(project(tmp_path), reports=["lokal", "slutt"], formats=["docx"], jobs=jobs, on_event=listen)
    assert begun[0] == "slutt"
    assert [[name for name in begun if name in names] for names in alike] == alike
    assert jobs == 2 or begun[1:] == [name for names in alike for name in names]
    assert [file.report for file in result.written] == [
        "lokal/asker",
        "lokal/bodo",
        "lokal/nes",
        "lokal/volda",
        "slutt",
    ]


def test_a_process_that_has_made_a_large_document_gives_its_place_to_another(monkeypatch: pytest.MonkeyPatch) -> None:
    report = Report("r", "T", "nb", ())
    large, small = Job(report), Job(report, Municipality("asker", {}, Data("asker.yaml", {})))
    monkeypatch.setattr(worker, "MEMORY_LIMIT", 0)
    assert [worker._holds_too_much(1, job, local=True) for job in (large, small)] == [True, False]
    assert not worker._holds_too_much(1, large, local=False)
    assert worker._holds_too_much(20, small, local=True)
