"""The date of a build: asked for, or that of the newest input, and always one that a zip file can hold."""

from __future__ import annotations

import io
import os
import time
import zipfile
from pathlib import Path

import pytest

from rapportbygger import clock


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "content").mkdir()
    return tmp_path


def test_the_newest_input_gives_the_date(root: Path) -> None:
    for name, seconds in (("a.md", 1_600_000_000), ("b.md", 1_500_000_000)):
        (root / "content" / name).write_text("", encoding="utf-8")
        os.utime(root / "content" / name, (seconds, seconds))
    assert clock.build_date(root) == 1_600_000_000


def test_a_project_without_files_has_a_date_too(root: Path) -> None:
    assert clock.build_date(root) == clock.EARLIEST


@pytest.mark.parametrize(
    ("wanted", "made"),
    [
        ("1234567890", 1234567890),
        ("0", clock.EARLIEST),
        ("4354819200", clock.LATEST),
        ("99999999999999", clock.LATEST),
        ("9" * 5000, clock.LATEST),
    ],
)
def test_a_date_that_is_asked_for(root: Path, monkeypatch: pytest.MonkeyPatch, wanted: str, made: int) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", wanted)
    assert clock.build_date(root) == made


@pytest.mark.parametrize(("seconds", "made"), [(0, clock.EARLIEST), (4354819200, clock.LATEST)])
def test_a_file_with_a_date_that_no_zip_file_holds(root: Path, seconds: int, made: int) -> None:
    (root / "content" / "a.md").write_text("", encoding="utf-8")
    os.utime(root / "content" / "a.md", (seconds, seconds))
    assert clock.build_date(root) == made


@pytest.mark.parametrize("seconds", [clock.EARLIEST, clock.LATEST])
def test_zip_files_hold_both_ends(seconds: int) -> None:
    date = time.gmtime(seconds)[:6]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a", date), b"")
    with zipfile.ZipFile(stream) as archive:
        assert archive.getinfo("a").date_time[:5] == date[:5]
