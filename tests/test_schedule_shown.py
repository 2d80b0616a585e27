"""What a build of many documents looks like at the keyboard."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rapportbygger import terminal
from rapportbygger.diagnostics import Diagnostic, Location
from rapportbygger.schedule import Result, Written
from test_schedule import project


def test_what_is_being_made_now() -> None:
    assert terminal.working_on({"": "load"}) == "reading"
    assert terminal.working_on({"lokal/bodo": "pdf"}) == "lokal/bodo · setting the PDF"
    assert terminal.working_on({"lokal/bodo": "pdf", "lokal/asker": ""}) == "lokal/asker, lokal/bodo"
    assert terminal.working_on(dict.fromkeys("abcde", "")) == "a, b +3"
    assert terminal.working_on({}) == ""


def test_how_long_the_rest_will_take() -> None:
    assert terminal.time_left(10.0, 5, 20) == "about 30 s left"
    assert terminal.time_left(10.0, 5, 357) == "about 12 min left"
    assert [terminal.time_left(10.0, done, 5) for done in (0, 5)] == ["", ""]


def test_many_documents_are_told_of_by_their_reports() -> None:
    written = tuple(
        Written(Path(f"{report}/{n}.{suffix}"), 1000, 0.5, f"{report}/{n}")
        for report in ("lokal", "brev")
        for n in range(30)
        for suffix in ("pdf", "docx")
    )
    result = Result(written, failed=("lokal/x", "samlet"))
    assert terminal.totals(result) == [
        ("lokal", 30, 1, 60_000, 15.0),
        ("brev", 30, 0, 60_000, 15.0),
        ("samlet", 0, 1, 0, 0),
    ]


def test_very_many_names_are_cut_short() -> None:
    (line,) = terminal.closing((), tuple(f"k{n}" for n in range(357)))
    assert line.startswith("not built: k0, k1, ")
    assert line.endswith("k19 and 337 more")


def test_what_a_shared_chapter_has_wrong_is_told_once_with_its_documents(tmp_path: Path) -> None:
    root = project(tmp_path, "asker", "bodo", chapter="# {{ municipality.navn }}\n\n[her](#finnes-ikke)")
    for _again in range(2):  # the second time from memory
        done = subprocess.run(
            [sys.executable, "-m", "rapportbygger", "build", "--format", "docx", "--project", str(root)],
            env={**os.environ, "RAPPORTBYGGER_LANG": "en"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        said = [line for line in done.stderr.splitlines() if line == "  in 2 documents"]
        assert len(said) == 1, done.stderr


def test_of_very_many_problems_a_terminal_gets_the_first() -> None:
    one = Diagnostic("missing-picture", "there is no picture «x.png»")
    many = tuple(Diagnostic("unknown-key", "unknown key «navnn»", Location("k.yaml", n)) for n in range(1, 358))
    few, more = terminal.the_first((*many, one))
    assert few == [*many[:20], one]
    (said,) = more
    assert said.startswith("and 337 more like these [unknown-key]")


@pytest.mark.skipif(shutil.which("script") is None, reason="needs script(1) for a terminal")
def test_a_terminal_gets_totals_of_many_documents(tmp_path: Path) -> None:
    root = project(tmp_path, *(f"k{n:02}" for n in range(21)), chapter="# {{ municipality.navn }}")
    command = f"{sys.executable} -m rapportbygger build --format docx --jobs 2 --project {root}"
    done = subprocess.run(
        ["script", "--quiet", "--return", "--command", command, os.devnull],
        env={**os.environ, "TERM": "xterm", "NO_COLOR": "1", "COLUMNS": "100", "RAPPORTBYGGER_LANG": "nb"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "21/21" in done.stdout
    shown = done.stdout[done.stdout.rindex("Rapporter") :].split("\n")
    assert shown[2].split()[:3] == ["lokal", "21", "0"]
    assert "build/manifest.json" in "".join(shown)
