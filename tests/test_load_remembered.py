"""What was read and checked before: known again, and never where anything that it depends on has changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from rapportbygger import load, messages, validate
from rapportbygger.diagnostics import Location, Problems
from rapportbygger.form.places import WorkbookData
from rapportbygger.load import remembered
from rapportbygger.memory import Memory, Past
from rapportbygger.model import Data, Project

SMALL = Path(__file__).parent / "projects" / "liten"
BYGDA = Path("content", "municipalities", "bygda.yaml")


class Counting(Memory):
    """A memory that counts what it did not have."""

    missed = 0

    def get(self, kind: str, key: str) -> bytes | None:
        found = super().get(kind, key)
        self.missed += found is None
        return found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return shutil.copytree(SMALL, tmp_path / "liten")


def checked(root: Path, past: Past | None = None) -> tuple[Project | None, Problems]:
    sources, unreadable = load.sources(root, None, past)
    assert sources is not None
    project, invalid = validate.project(sources, past)
    return project, (*unreadable, *invalid)


def test_a_project_is_the_same_the_second_time(root: Path) -> None:
    memory = Counting()
    expected = checked(root)
    assert checked(root, Past(memory, "a")) == expected
    missed = memory.missed
    project, problems = checked(root, Past(memory, "a"))
    assert missed > 0
    assert memory.missed == missed
    assert (project, problems) == expected
    assert project is not None
    assert [asdict(each) for each in project.municipalities] == [asdict(each) for each in expected[0].municipalities]  # type: ignore[union-attr]


def _change(file: Path, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        assert old in text
        (root / file).write_text(text.replace(old, new), encoding="utf-8")

    return change


@pytest.mark.parametrize(
    "change",
    [
        _change(BYGDA, "navn: Bygda", "navn: Bygdi"),
        _change(BYGDA, "navn: Bygda", "navn: 7"),
        _change(BYGDA, "navn: Bygda", "\nnavn: Bygda\nukjent: 1"),
        _change(BYGDA, "navn: Bygda", "navn: Bygda\nnavn: Bygda"),
        _change(Path("content", "municipality.schema.yaml"), "navn:", "navnet:"),
        _change(Path("content", "report.yaml"), "lang:", "long:"),
    ],
)
def test_what_has_changed_is_read_and_checked_again(root: Path, change: Callable[[Path], None]) -> None:
    past = Past(Memory(), "a")
    before = checked(root, past)
    change(root)
    assert checked(root, past) == checked(root)
    assert checked(root, past) != before


def test_problems_are_remembered_in_the_language_that_they_were_told_in(root: Path) -> None:
    past = Past(Memory(), "a")
    _change(BYGDA, "navn: Bygda", "navn: Bygda\nnavn: Bygda")(root)
    told = {}
    for language in ("en", "nb", "en"):
        messages.use(language)
        told[language] = checked(root, past)[1]
        assert told[language] == checked(root)[1]
    assert told["en"] != told["nb"]


def test_another_program_reads_again(root: Path) -> None:
    memory = Counting()
    for program in ("a", "b"):
        missed = memory.missed
        checked(root, Past(memory, program))
        assert memory.missed > missed


def _unread() -> remembered.Reading:
    raise AssertionError("read again")


def test_places_are_known_again() -> None:
    past = Past(Memory(), "a")
    data = Data("a.yaml", {"å": [1, 2.5, None, True]}, {("å",): (3, 1)}, {("å", 1): (4, 5)})
    made: Any = remembered.reading(past, "innhold", "a.yaml", lambda: (data, ()))
    again: Any = remembered.reading(past, "innhold", "a.yaml", _unread)
    assert made[0] == again[0] == data
    assert again[0].location(("å", 1)) == Location("a.yaml", 4, 5)


def test_a_value_that_json_does_not_hold_is_read_again() -> None:
    past = Past(Memory(), "a")
    data = Data("a.yaml", {"når": {1, 2}})
    for _time in range(2):
        assert remembered.reading(past, "innhold", "a.yaml", lambda: (data, ())) == (data, ())


def test_without_a_memory_everything_is_read() -> None:
    read: list[int] = []

    def reading() -> remembered.Reading:
        read.append(1)
        return None, ()

    for _time in range(2):
        remembered.reading(Past(), "innhold", "a.yaml", reading)
    assert read == [1, 1]


def test_a_workbook_keeps_its_sheets_and_names() -> None:
    past = Past(Memory(), "a")
    data = WorkbookData("a.xlsx", {"navn": "Å"}, {}, {("navn",): (2, 3)}, {("navn",): "Ark"}, {("navn",): "Kommune"})
    remembered.reading(past, b"innhold", "a.xlsx", lambda: (data, ()))
    again: Any = remembered.reading(past, b"innhold", "a.xlsx", _unread)
    assert again[0] == data
    assert again[0].location(("navn",)) == data.location(("navn",))
    with pytest.raises(AssertionError, match="read again"):
        remembered.reading(past, b"innhold", "a.xlsx", _unread, "another schema")
