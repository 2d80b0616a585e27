"""The benchmark of many reports: what it generates is a good project, and each of its rows can be measured."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest
from benchmarks import many_reports
from benchmarks.many import office_loop, project
from benchmarks.many.processes import Memory, Sample, Used
from benchmarks.many.table import BEGIN, END, table, written_into

import judges
import pages
from rapportbygger.diagnostics import Severity
from rapportbygger.schedule import build


def _contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_same_seed_gives_the_same_project(tmp_path: Path) -> None:
    first = _contents(project.make(tmp_path / "a", 1, seed=4))
    assert _contents(project.make(tmp_path / "b", 1, seed=4)) == first
    assert _contents(project.make(tmp_path / "c", 1, seed=5)).keys() != first.keys()


def test_a_project_has_a_picture_and_values_of_its_own_for_each(tmp_path: Path) -> None:
    files = _contents(project.make(tmp_path, 4))
    own = [data for name, data in files.items() if "/municipalities/" in name]
    assert len(own) == len(set(own)) == 8
    assert sum("målform: nynorsk" in data.decode() for data in own if not data.startswith(b"\x89PNG")) == 1


def test_what_is_generated_has_no_problems_and_is_well_made(tmp_path: Path) -> None:
    made = build(project.make(tmp_path, 1, chart=True, sections=True))
    assert [problem for problem in made.problems if problem.severity is not Severity.INFO] == []
    assert len(made.written) == 4
    for file in made.written:
        if file.path.suffix == ".docx":
            assert judges.structure(file.path) == []


def test_a_count_is_measured_and_told(tmp_path: Path) -> None:
    arguments = Namespace(sample=1, rounds=1, jobs=1, rebuilds=1, office=0, chart=True)
    row = many_reports.measure(project.make(tmp_path / "p", 2, chart=True), 2, arguments, tmp_path / "loop")
    assert len(row.one_changed.written) == 4
    lines = list(table([row], Used(1.0, None), 1))
    assert "| | 2 municipalities |" in lines
    assert any("loop that draws its charts" in line for line in lines)
    assert "processor not known" in lines[-1]


def test_docxtpl_and_libreoffice_make_the_same_reports(tmp_path: Path) -> None:
    judges.require("soffice")
    root = project.make(tmp_path / "p", 1)
    (id_,) = (path.stem for path in (root / "content" / "municipalities").glob("*.yaml"))
    loop = office_loop.prepare(root, [id_], tmp_path / "office")
    loop.run()
    said = "".join(line.text for line in pages.lines(tmp_path / "office" / f"{id_}.pdf"))
    assert "omkommunen" in said
    assert "{" not in said


def test_growth_is_of_the_largest_worker() -> None:
    memory = Memory([Sample(at, 30.0, (100.0 + at, 90.0)) for at in range(20)])
    assert (memory.peak, memory.peak_of_all) == (119.0, 239.0)
    assert memory.growth() == (103.0, 119.0)
    assert Memory([Sample(0, 50.0, ())]).growth() is None


def test_the_table_is_put_between_its_marks() -> None:
    text = f"# A\n\n{BEGIN}\nold\n{END}\n\n# B\n"
    new = written_into(text, ["| new |"])
    assert new == f"# A\n\n{BEGIN}\n| new |\n{END}\n\n# B\n"
    with pytest.raises(SystemExit):
        written_into("# A\n", ["| new |"])
