"""Files that go from a worker to its parent without going through the pipe."""

from __future__ import annotations

import errno
from hashlib import sha256
from pathlib import Path

import pytest

from rapportbygger.memory import FOLDER
from rapportbygger.schedule import files
from rapportbygger.schedule.cleaning import clean
from rapportbygger.schedule.document import Made
from rapportbygger.schedule.laid import between, laid


def test_what_is_laid_is_written_as_bytes_are(tmp_path: Path) -> None:
    data = {"docx": b"word", "pdf": b"pages"}
    with between(tmp_path / FOLDER) as folder:
        assert folder is not None
        there = files.write("rapport", Made(laid=laid(data, folder), whole=True), tmp_path)
    here = files.write("rapport", Made(data, whole=True), tmp_path)
    assert there == here
    assert [file.sha256 for file in there.written] == [sha256(each).hexdigest() for each in data.values()]
    assert (tmp_path / "build/rapport.pdf").read_bytes() == b"pages"


def test_another_file_system_gets_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_names: object) -> None:
        raise OSError(errno.EXDEV, "another file system")

    with between(tmp_path / FOLDER) as folder:
        assert folder is not None
        made = Made(laid=laid({"pdf": b"pages"}, folder), whole=True)
        with monkeypatch.context() as patched:
            patched.setattr("os.rename", refuse)
            assert files.write("rapport", made, tmp_path).whole
    assert (tmp_path / "build/rapport.pdf").read_bytes() == b"pages"


def test_nothing_is_left_of_a_build_that_ends(tmp_path: Path) -> None:
    with between(tmp_path / FOLDER) as folder:
        assert folder is not None
        laid({"pdf": b"pages"}, folder)
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_what_a_killed_build_left_is_cleaned_away(tmp_path: Path) -> None:
    left = tmp_path / FOLDER / "made-by-one-that-was-killed"
    left.mkdir(parents=True)
    laid({"pdf": b"pages"}, left)
    assert len(clean(tmp_path).files) == 1
    assert not (tmp_path / "build").exists()


def test_where_no_folder_can_be_made_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("", encoding="utf-8")
    with between(tmp_path / FOLDER) as folder:
        assert folder is None
