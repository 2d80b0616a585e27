"""A chart drawn: in the report's letters, language and width, the same every time, and once."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rapportbygger import fonts as font_files
from rapportbygger.charts import house
from rapportbygger.charts.drawing import Charts
from rapportbygger.charts.expressions import Known
from rapportbygger.charts.service import Drawer, shared
from rapportbygger.diagnostics import Problems
from rapportbygger.drawings import Drawing
from rapportbygger.memory import Memory
from rapportbygger.model import Project
from rapportbygger.theme import Theme
from rapportbygger.theme.look import Look, Section, Style

BARS = """\
data:
  values: [{navn: Æske, antall: 1234.5}, {navn: Øy, antall: 20}]
mark: bar
encoding:
  x: {field: navn, type: nominal, title: null}
  y: {field: antall, type: quantitative}
"""
MONTHS = """\
data: {values: [{dag: "2022-05-01", n: 1}, {dag: "2022-06-01", n: 2}]}
mark: line
encoding:
  x: {field: dag, type: temporal, axis: {format: "%B"}}
  y: {field: n, type: quantitative}
"""


@pytest.fixture(scope="module")
def drawer() -> Iterator[Drawer]:
    """One process that draws for all tests here."""
    own = Drawer()
    yield own
    own.close()


def look() -> house.House:
    letters = Look("Source Sans Pro", "Source Sans Pro", 400, 180)
    style = Style("caption", letters, "left", 240, "auto", 0, 0, 0, 0, 0, None, False, False, False, True, False, 0)
    return house.of(Theme(Section(), {"caption": style}, "caption"), {}, font_files.load())


def draw(
    folder: Path, text: str, drawer: Drawer, *, lang: str = "nb", memory: Any = None
) -> tuple[Drawing | None, Problems]:
    (folder / "x.vl.yaml").write_text(text, encoding="utf-8")
    charts = Charts(Project(folder, ()), lambda: Known({}, lang), look, drawer, memory)
    return charts.drawn(folder / "x.vl.yaml", 5.0, None)


def texts(drawing: Drawing | None) -> list[str]:
    assert drawing is not None
    return re.findall(r"<text[^>]*>([^<]+)<", drawing.svg.decode("utf-8"))


def test_it_is_as_wide_as_its_room_in_the_reports_own_font(tmp_path: Path, drawer: Drawer) -> None:
    drawing, problems = draw(tmp_path, BARS, drawer)
    assert problems == ()
    assert drawing is not None
    assert drawing.width == pytest.approx(5.0, abs=0.05)
    assert set(re.findall(r'font-family="([^"]+)"', drawing.svg.decode("utf-8"))) == {"Source Sans Pro"}
    assert 'font-size="9px"' in drawing.svg.decode("utf-8")


def test_its_own_width_is_kept(tmp_path: Path, drawer: Drawer) -> None:
    drawing, _problems = draw(tmp_path, BARS + "width: 100", drawer)
    assert drawing is not None
    assert 1.5 < drawing.width < 2.5


@pytest.mark.parametrize(("lang", "thousand"), [("nb", "1\u202f000"), ("nn", "1\u202f000"), ("en", "1,000")])
def test_numbers_are_written_as_in_its_language(tmp_path: Path, drawer: Drawer, lang: str, thousand: str) -> None:
    assert thousand in texts(draw(tmp_path, BARS, drawer, lang=lang)[0])


@pytest.mark.parametrize(("lang", "month"), [("nb", "mai"), ("nn", "mai"), ("en", "May")])
def test_months_are_written_as_in_its_language(tmp_path: Path, drawer: Drawer, lang: str, month: str) -> None:
    assert month in texts(draw(tmp_path, MONTHS, drawer, lang=lang)[0])


def test_years_are_years(tmp_path: Path, drawer: Drawer) -> None:
    text = MONTHS.replace('"2022-05-01"', "2019").replace('"2022-06-01"', "2020").replace(', axis: {format: "%B"}', "")
    assert texts(draw(tmp_path, text, drawer)[0])[:2] == ["2019", "2020"]


def test_a_field_that_is_repeated_is_left_to_vega(tmp_path: Path, drawer: Drawer) -> None:
    text = """\
data: {values: [{start: "2022-05-01", slutt: "2022-06-01"}]}
repeat: [start, slutt]
spec:
  mark: point
  encoding:
    x: {field: {repeat: repeat}, type: temporal}
"""
    drawing, problems = draw(tmp_path, text, drawer)
    assert problems == ()
    assert {"start", "slutt"} <= set(texts(drawing))


def test_names_below_bars_lie(tmp_path: Path, drawer: Drawer) -> None:
    drawing, _problems = draw(tmp_path, BARS, drawer)
    assert drawing is not None
    turned = re.findall(r"rotate\((?:-90|270)\)[^>]*>([^<]+)<", drawing.svg.decode("utf-8"))
    assert "antall" in turned
    assert "Æske" not in turned


def test_it_is_the_same_every_time(tmp_path: Path, drawer: Drawer) -> None:
    other = Drawer()
    try:
        assert draw(tmp_path, BARS, drawer) == draw(tmp_path, BARS, other)
    finally:
        other.close()


def test_what_was_drawn_is_remembered(tmp_path: Path, drawer: Drawer) -> None:
    class Nobody(Drawer):
        def svg(self, *_request: Any) -> str:
            raise AssertionError

    memory = Memory()
    drawn = draw(tmp_path, BARS, drawer, memory=memory)
    assert draw(tmp_path, BARS, Nobody(), memory=memory) == drawn


def test_what_vega_refuses_is_told(tmp_path: Path, drawer: Drawer) -> None:
    text = BARS + "transform: [{calculate: datum.antall +* 2, as: n}]\n"
    drawing, problems = draw(tmp_path, text, drawer)
    assert drawing is None
    assert [(problem.code, str(problem.location)) for problem in problems] == [("chart", "x.vl.yaml:7:25")]
    assert "Unexpected token" in problems[0].message


def test_one_process_draws_for_several(tmp_path: Path) -> None:
    with shared(wanted=True) as listening:
        address = listening()
        assert address is not None
        first, second = Drawer(address), Drawer(address)
        assert draw(tmp_path, BARS, first) == draw(tmp_path, BARS, second)
        assert first._end_own is None
        first.close()
        second.close()


def test_a_shared_process_that_is_gone_is_replaced(tmp_path: Path) -> None:
    with shared(wanted=True) as listening:
        address = listening()
    orphan = Drawer(address)
    try:
        assert draw(tmp_path, BARS, orphan)[0] is not None
    finally:
        orphan.close()


def test_it_is_reached_however_deep_the_folder_for_temporary_files_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(deep))
    with shared(wanted=True) as listening:
        assert listening() is not None
        first = Drawer(listening())
        assert draw(tmp_path, BARS, first)[0] is not None
        assert first._end_own is None
        first.close()


def test_a_process_that_was_stopped_in_the_middle_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Recorded(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Recorded)
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path))
    with shared(wanted=True) as listening:
        listening()
        assert list(tmp_path.iterdir())
        started[0].kill()
    assert not list(tmp_path.iterdir())


def test_none_is_started_where_there_is_nothing_to_draw() -> None:
    with shared(wanted=False) as listening:
        assert listening() is None


def test_one_that_nobody_asks_for_ends_like_any_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path))
    with shared(wanted=True):
        pass
    assert not list(tmp_path.iterdir())
