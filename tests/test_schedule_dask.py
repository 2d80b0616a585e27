"""Documents made by a Dask cluster: the same bytes, from nothing but what was sent, whatever becomes of a worker."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from documents import PICTURES
from municipal_reports import ROOT
from rapportbygger.cli import main
from rapportbygger.cli import scheduler as scheduler_option
from rapportbygger.schedule import Event, build, dask_cluster, engines
from test_schedule import FOUR, alive, descendants, documents, needs_proc, outputs, project, within

pytest.importorskip("distributed")

GUARD = """
import os, sys

def look(event, arguments):
    if event in ("open", "os.listdir", "os.scandir") and isinstance(arguments[0], str | bytes | os.PathLike):
        path = os.fsdecode(arguments[0])
        if path.startswith(os.environ["FORBIDDEN"]):
            raise PermissionError(13, "the project is on another machine", path)
        if event == "open" and str(arguments[1]).startswith("r") and path.endswith("crest-deadly.png"):
            os._exit(9)

sys.addaudithook(look)
"""
"""What workers do first: they may not read the folder that the tests' projects are in, and die of a certain crest."""


CHAPTER = """# {{ municipality.navn }}

![Et bilde som alle har](felles.png){.decorative}

![Antall](antall.vl.yaml){#fig-antall fig-alt="Tallet øker."}

Som @a sier.
"""
CHART = "{data: {url: tall.csv}, mark: bar, encoding: {x: {field: år, type: ordinal}, y: {field: antall}}}\n"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A scheduler's address, the process that its workers are children of, and where projects are to be."""

    address: str
    workers: int
    projects: Path

    def hands(self) -> set[int]:
        """The processes that make documents, or wait for some."""
        return {pid for pid in descendants(self.workers) if b"schedule.detached" in command(pid)}


def command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler and two workers, in another folder and with another folder for temporary files."""
    elsewhere, projects = tmp_path_factory.mktemp("elsewhere"), tmp_path_factory.mktemp("projects")
    (elsewhere / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    paths = os.pathsep.join(filter(None, (str(elsewhere), os.environ.get("PYTHONPATH"))))
    where = {"PYTHONPATH": paths, "TMPDIR": str(elsewhere), "TEMP": str(elsewhere), "TMP": str(elsewhere)}
    environment = {**os.environ, **where, "FORBIDDEN": str(projects)}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments, "--no-dashboard"],
            cwd=elsewhere,
            env=environment,
            stderr=subprocess.DEVNULL,
        )
        for arguments in (
            ("scheduler", "--host", "127.0.0.1", "--port", address.rpartition(":")[2]),
            ("worker", address, "--nworkers", "2", "--nthreads", "1"),
        )
    ]
    assert within(30, lambda: answers(address))
    yield Cluster(address, started[1].pid, projects)
    for process in reversed(started):
        process.kill()
        process.wait()


def answers(address: str) -> bool:
    try:
        socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), 1).close()
    except OSError:
        return False
    return True


def with_own_files(root: Path) -> Path:
    """The project with a picture and a chart that all share, and a chapter and a picture of one municipality's own."""
    project(root, *FOUR, chapter=CHAPTER)
    (root / "content" / "tall.csv").write_text("år,antall\n2014,10\n2015,12\n", encoding="utf-8")
    (root / "content" / "antall.vl.yaml").write_text(CHART, encoding="utf-8")
    shutil.copy(PICTURES / "content" / "figures" / "wide.png", root / "content" / "felles.png")
    own = root / "content" / "municipalities" / "nes"
    (own / "local").mkdir(parents=True)
    (own / "local" / "02-eget.md").write_text(
        "# Eget\n\n![Vårt eget bilde](../eget.png){.decorative}\n", encoding="utf-8"
    )
    shutil.copy(PICTURES / "content" / "figures" / "wide.png", own / "eget.png")
    return root


# ---------------------------------------------------------------------------------------------------------- same bytes


def test_the_bytes_are_those_of_a_build_on_this_machine(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1650000000")
    made = with_own_files(cluster.projects / "a")
    found = []
    for number, how in enumerate(({"jobs": 1}, {"jobs": 2}, {"scheduler": cluster.address})):
        root = cluster.projects / str(number)
        shutil.copytree(made, root)
        result = build(root, **how)  # type: ignore[arg-type]
        assert (result.problems, documents(result)) == ((), [f"lokal/{name}" for name in FOUR])
        found.append(outputs(root))
    assert len(found[0]) == 9
    assert found[0] == found[1] == found[2]


def test_problems_name_the_clients_files(cluster: Cluster) -> None:
    root = project(cluster.projects / "problems", *FOUR, chapter="# A\n\n{{ municipality.tull }} @borte ![](x.png)")
    here, there = build(root), build(root, scheduler=cluster.address)
    assert here.problems
    assert (there.problems, there.failed) == (here.problems, here.failed)


def test_what_workers_have_remembered_is_kept(cluster: Cluster) -> None:
    root = project(cluster.projects / "remembered", *FOUR[:2])
    build(root, scheduler=cluster.address)
    assert [path.stat().st_size > 0 for path in (root / "build" / ".cache").glob("*.sqlite")] == [True]


def test_it_tells_of_what_it_makes(cluster: Cluster) -> None:
    events: list[Event] = []
    build(project(cluster.projects / "events", *FOUR), scheduler=cluster.address, on_event=events.append)
    for kind in ("started", "written"):
        assert sorted(event.name for event in events if event.kind == kind) == [f"lokal/{name}" for name in FOUR]


def test_a_second_build_sends_only_what_is_new(cluster: Cluster) -> None:
    root = with_own_files(cluster.projects / "twice")
    build(root, scheduler=cluster.address)
    (root / "content" / "local" / "01.md").write_text("# {{ municipality.navn }} nå\n\n@a", encoding="utf-8")
    result = build(root, scheduler=cluster.address)
    assert (result.problems, result.fresh, len(result.written)) == ((), 0, 8)


# -------------------------------------------------------------------------------------------------- processes that die


@needs_proc
def test_documents_of_a_worker_that_is_killed_are_made_by_another(cluster: Cluster) -> None:
    killed: list[int] = []
    events: list[Event] = []

    def kill_one(event: Event) -> None:
        events.append(event)
        if event.kind == "written" and not killed:
            hand = min(cluster.hands())
            killed.append(parent(hand))
            os.kill(killed[0], signal.SIGKILL)

    result = build(project(cluster.projects / "killed", *FOUR), scheduler=cluster.address, on_event=kill_one)
    assert killed
    assert (result.problems, result.failed) == ((), ())
    assert documents(result) == [f"lokal/{name}" for name in FOUR]
    assert Counter(event.name for event in events if event.kind == "written") == dict.fromkeys(documents(result), 1)


def parent(process: int) -> int:
    status = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    return int(status.rpartition(")")[2].split()[1])


def test_a_document_that_kills_its_process_each_time_is_left(cluster: Cluster) -> None:
    root = project(cluster.projects / "deadly", *FOUR)
    own = root / "content" / "municipalities" / "bodo"
    own.mkdir()
    (root / "templates").mkdir()
    shutil.copy(ROOT / "templates" / "kommunerapport.docx", root / "templates")
    manifest = root / "content" / "report.yaml"
    manifest.write_text(manifest.read_text(encoding="utf-8") + "    template: kommunerapport.docx\n", encoding="utf-8")
    (own / "crest-deadly.png").write_bytes(b"")
    own.with_suffix(".yaml").write_text("navn: Bodø\ncrest: crest-deadly.png\n", encoding="utf-8")
    result = build(root, scheduler=cluster.address)
    assert [problem.code for problem in result.problems] == ["worker-died"]
    assert "lokal/bodo" in result.problems[0].message
    assert result.failed == ("lokal/bodo",)
    assert documents(result) == ["lokal/asker", "lokal/nes", "lokal/tynset"]


# ------------------------------------------------------------------------------------------- a cluster that is no help


def test_a_scheduler_that_does_not_answer_is_named_at_once(tmp_path: Path) -> None:
    root = project(tmp_path, *FOUR)
    build(root)
    kept = {path: data for path, data in outputs(root).items() if "manifest" not in path}
    began = time.monotonic()
    result = build(root, scheduler="tcp://127.0.0.1:9", force=True)
    assert time.monotonic() - began < 5
    assert [problem.code for problem in result.problems] == ["no-scheduler"]
    assert "tcp://127.0.0.1:9" in result.problems[0].message
    assert result.failed == tuple(f"lokal/{name}" for name in FOUR)
    assert {path: data for path, data in outputs(root).items() if "manifest" not in path} == kept


def test_workers_with_other_versions_are_refused(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    other = {**engines.found(), "typst": "0.1"}
    monkeypatch.setattr(engines, "found", lambda: other)
    monkeypatch.setattr(dask_cluster, "PATIENCE_WITH_OTHERS", 0.1)
    result = build(project(cluster.projects / "other", *FOUR), scheduler=cluster.address)
    assert [problem.code for problem in result.problems] == ["no-worker"]
    assert "0.1 here" in result.problems[0].message
    assert result.failed == tuple(f"lokal/{name}" for name in FOUR)


@pytest.mark.parametrize("address", ["127.0.0.1:8786", "tcp://", "tcp://x:y", "inproc://a:1"])
def test_what_is_no_address_is_a_wrong_use(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--scheduler", address]) == 2
    assert address in capsys.readouterr().err


def test_without_dask_it_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler_option, "find_spec", lambda _name: None)
    assert main(["build", "--scheduler", "tcp://127.0.0.1:8786"]) == 2
    assert "pip install rapportbygger[dask]" in capsys.readouterr().err


# ---------------------------------------------------------------------------------------------------- stopped by a user


@needs_proc
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_build_that_is_stopped_leaves_nothing_at_work(cluster: Cluster, number: int, code: int) -> None:
    root = project(cluster.projects / f"stopped-{number}", *(f"k{n:03}" for n in range(400)))
    started = subprocess.Popen(
        [sys.executable, "-m", "rapportbygger", "build", "--scheduler", cluster.address, "--project", str(root)],
        stderr=subprocess.PIPE,
    )
    assert within(90, lambda: any((root / "build" / "lokal").glob("*.docx")))
    hands = cluster.hands()
    processes = {*hands, *(one for hand in hands for one in descendants(hand))}
    assert len(processes) >= 2
    os.kill(started.pid, number)
    said = started.communicate(timeout=30)[1]
    assert started.returncode == code
    assert len(said.strip().splitlines()) == 1  # that what was built is kept
    assert within(3, lambda: not any(map(alive, processes)))
    assert 0 < len(list((root / "build" / "lokal").glob("*.docx"))) < 400
