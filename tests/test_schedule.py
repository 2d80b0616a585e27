"""Many documents by several processes: the same bytes in whatever order, and whatever becomes of a process."""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing import active_children
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from documents import make_project
from rapportbygger import load, validate
from rapportbygger.build import Job, Workshop
from rapportbygger.pandoc import Pandoc
from rapportbygger.schedule import Event, Result, build, document, pool, starting, worker
from rapportbygger.schedule.document import Made

LOCAL = "  lokal:\n    for-each: municipality\n    chapters: [local/*.md]\n    formats: [pdf, docx]"
MANIFEST = "municipalities: municipalities/*.yaml\nbibliography: verk.yaml"
WORK = (
    "references:\n- id: a\n  type: book\n  title: Verk\n  author: [{family: Aas}]\n  issued: {date-parts: [[2020]]}\n"
)
FOUR = ("asker", "bodo", "nes", "tynset")

needs_proc = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks for processes in /proc")


def project(root: Path, *municipalities: str, chapter: str = "# {{ municipality.navn }}\n\nSom @a sier.") -> Path:
    """A project with a report for each municipality, and no other."""
    make_project(root, "", manifest=MANIFEST)
    files = {"local/01.md": chapter, "verk.yaml": WORK, "report.yaml": f"title: T\n{MANIFEST}\nreports:\n{LOCAL}\n"}
    files |= {f"municipalities/{name}.yaml": f"navn: {name.title()}\n" for name in municipalities}
    for name, text in files.items():
        (root / "content" / name).parent.mkdir(exist_ok=True)
        (root / "content" / name).write_text(text, encoding="utf-8")
    return root


def outputs(root: Path) -> dict[str, bytes]:
    files = (path for path in (root / "build").rglob("*") if path.is_file() and ".cache" not in path.parts)
    found = {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(files)}
    manifest = found.pop("build/manifest.json")
    return {**found, "build/manifest.json": re.sub(rb'"seconds": [\d.]+', b"", manifest)}  # it says how long it took


def documents(result: Result) -> list[str]:
    return list(dict.fromkeys(written.report for written in result.written))


# ------------------------------------------------------------------------------------------------------ the same bytes


def test_the_bytes_are_the_same_for_any_number_of_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1650000000")
    made = project(tmp_path / "a", *FOUR)
    found = []
    for jobs in (1, 2, 4):
        root = tmp_path / str(jobs)
        shutil.copytree(made, root)
        result = build(root, jobs=jobs)
        assert (documents(result), result.failed) == ([f"lokal/{name}" for name in FOUR], ())
        found.append(outputs(root))
    assert len(found[0]) == 9  # with the manifest
    assert found[0] == found[1] == found[2]


def test_problems_stand_in_the_order_of_the_plan(tmp_path: Path) -> None:
    chapter = "# A\n\n{% if municipality.id == 'bodo' %}{{ tull }}{% endif %}\n\n@borte {{ municipality.navn }}"
    root = project(tmp_path, *FOUR, chapter=chapter)
    one, two = build(root, jobs=1), build(root, jobs=2)
    assert one.problems
    assert (two.problems, two.failed) == (one.problems, one.failed)


def test_what_workers_have_remembered_is_kept(tmp_path: Path) -> None:
    root = project(tmp_path, *FOUR[:2])
    build(root, jobs=2)
    assert [path.stat().st_size > 0 for path in (root / "build" / ".cache").glob("*.sqlite")] == [True]


def test_all_that_a_worker_gets_can_be_sent(tmp_path: Path) -> None:
    with Pandoc(processes=1) as pandoc:
        sources, _problems = load.sources(project(tmp_path, *FOUR), pandoc)
    assert sources is not None
    found, _problems = validate.project(sources)
    assert pickle.loads(pickle.dumps(found)) == found


# -------------------------------------------------------------------------------------------------- processes that die


def test_a_document_whose_process_is_killed_is_made_by_another(tmp_path: Path) -> None:
    root = project(tmp_path, *FOUR)
    killed: list[int] = []

    def kill_once(event: Event) -> None:
        if event.stage == "parse" and not killed:
            for child in active_children():
                killed.append(child.pid or 0)
                child.kill()

    result = build(root, jobs=2, on_event=kill_once)
    assert killed
    assert (result.problems, result.failed) == ((), ())
    assert documents(result) == [f"lokal/{name}" for name in FOUR]


def changed(
    change: Callable[[], None], pipe: Connection, supplies: Callable[[], worker.Supplies], scratch: Path
) -> None:
    change()
    worker.work(pipe, supplies, scratch)


def _dying(job: Job, workshop: Workshop, formats: tuple[str, ...]) -> Made:
    return os._exit(9) if job.name.endswith("bodo") else document.make(job, workshop, formats)


def _die_of_bodo() -> None:
    worker.make = _dying  # type: ignore[assignment, attr-defined]


def dies_of_bodo(*arguments: object) -> None:
    changed(_die_of_bodo, *arguments)  # type: ignore[arg-type]


def test_a_document_that_kills_its_process_each_time_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "work", dies_of_bodo)
    result = build(project(tmp_path, *FOUR), jobs=2)
    assert [problem.code for problem in result.problems] == ["worker-died"]
    assert "lokal/bodo" in result.problems[0].message
    assert result.failed == ("lokal/bodo",)
    assert documents(result) == ["lokal/asker", "lokal/nes", "lokal/tynset"]


def never_ready(*_arguments: object) -> None:
    os._exit(9)


def test_a_build_ends_where_no_process_can_be_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "work", never_ready)
    result = build(project(tmp_path, *FOUR), jobs=2)
    assert [problem.code for problem in result.problems] == ["no-worker"] * 4
    assert result.failed == tuple(f"lokal/{name}" for name in FOUR)


def _one_each() -> None:
    worker._AT_MOST = 1


def makes_one(*arguments: object) -> None:
    changed(_one_each, *arguments)  # type: ignore[arg-type]


def test_a_process_that_has_made_enough_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "work", makes_one)
    seen: set[int | None] = set()

    def look(event: Event) -> None:
        seen.update(child.pid for child in active_children())

    result = build(project(tmp_path, *FOUR), jobs=2, on_event=look)
    assert (documents(result), result.problems) == ([f"lokal/{name}" for name in FOUR], ())
    assert len(seen) == 4


# ---------------------------------------------------------------------------------------------- one stops no other


@pytest.mark.parametrize("jobs", [1, 2])
def test_broken_inputs_stop_no_others(tmp_path: Path, jobs: int) -> None:
    root = project(tmp_path, *FOUR, chapter="# A\n\n{{ municipality.navn }}{{ municipality.tull }}")
    for name in ("asker", "tynset"):
        (root / "content" / "municipalities" / f"{name}.yaml").write_text(f"navn: {name}\ntull: x\n", encoding="utf-8")
    (root / "content" / "municipalities" / "nes.yaml").write_text("navn: [", encoding="utf-8")
    result = build(root, jobs=jobs)
    assert documents(result) == ["lokal/asker", "lokal/tynset"]
    assert result.failed == ("lokal/bodo", "lokal/nes")


def failing(job: Job, workshop: Workshop, formats: tuple[str, ...]) -> tuple[dict[str, bytes], tuple[()]]:
    if job.name.endswith("bodo"):
        raise ZeroDivisionError("division by zero")
    return {"pdf": b"%PDF"}, ()


def _fail() -> None:
    document.build_report = failing  # type: ignore[assignment, attr-defined]


def fails(*arguments: object) -> None:
    changed(_fail, *arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_of_ours_is_a_problem_of_its_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(pool, "work", fails)
    monkeypatch.setattr(document, "build_report", failing)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = build(project(tmp_path / "p", *FOUR), jobs=jobs)
    assert [problem.code for problem in result.problems] == ["internal-error"]
    assert "lokal/bodo, which is not your fault: ZeroDivisionError" in result.problems[0].message
    assert documents(result) == ["lokal/asker", "lokal/nes", "lokal/tynset"]
    (told,) = tmp_path.glob("rapportbygger-*.txt")
    assert "Traceback" in told.read_text(encoding="utf-8")


# ----------------------------------------------------------------------------------------------------- Ctrl-C, SIGTERM


def descendants(of: int) -> set[int]:
    """The processes that a process has started, and those that they have (Linux)."""
    found: set[int] = set()
    for task in Path(f"/proc/{of}/task").glob("*/children"):
        for child in map(int, task.read_text(encoding="ascii").split()):
            found |= {child, *descendants(child)}
    return found


def alive(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def within(seconds: float, wish: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while not wish() and time.monotonic() < end:
        time.sleep(0.01)
    return wish()


@needs_proc
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("send", [os.kill, getattr(os, "killpg", os.kill)], ids=["alone", "all, as a terminal does"])
def test_a_stop_comes_at_once_and_keeps_what_is_done(
    tmp_path: Path, send: Callable[[int, int], None], number: int, code: int
) -> None:
    root = project(tmp_path / "p", *(f"k{n:02}" for n in range(40)))
    (tmp_path / "tmp").mkdir()
    started = subprocess.Popen(
        [sys.executable, "-m", "rapportbygger", "build", "--jobs", "2", "--project", str(root)],
        env={**os.environ, "TMPDIR": str(tmp_path / "tmp"), "RAPPORTBYGGER_LANG": "en"},
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert within(30, lambda: any((root / "build" / "lokal").glob("*.docx")))
    processes = descendants(started.pid)
    assert len(processes) >= 4  # workers and their pandocs
    send(started.pid, number)
    said = started.communicate(timeout=10)[1]
    told_then = b"stopped: what was built is kept, and the next build goes on from there"
    assert (started.returncode, said.strip()) == (code, told_then)
    assert within(2, lambda: not any(map(alive, processes)))
    kept = {path for path in outputs(root) if not path.endswith("manifest.json")}
    told = json.loads((root / "build" / "manifest.json").read_text(encoding="utf-8"))["documents"]
    assert 0 < len(told) < 40
    assert {f"build/{path}" for one in told.values() for path in one["outputs"]} == kept
    assert list((tmp_path / "tmp").iterdir()) == []


# ------------------------------------------------------------------------------------------------------------ how many


def test_as_many_processes_as_gain_time() -> None:
    cores = starting.processes(None, 10_000)
    assert cores >= 1
    assert [starting.processes(None, documents) for documents in (0, 1, starting.WORTH_A_WORKER)] == [1, 1, 1]
    assert starting.processes(None, 2 * starting.WORTH_A_WORKER) == min(2, cores)
    assert [starting.processes(wanted, 3) for wanted in (1, 2, 8)] == [1, 2, 3]
