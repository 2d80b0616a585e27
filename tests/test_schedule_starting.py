"""How workers are started: forked where nothing keeps them from it, and then as independent as new ones."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rapportbygger.schedule import starting
from test_schedule import alive, descendants, needs_proc, project, within

BUILD = """
import sys
from multiprocessing import active_children
from pathlib import Path
from threading import Event, Thread

from rapportbygger.schedule import build

kinds = set()


def look(event):
    kinds.update(type(child).__name__ for child in active_children())


if __name__ == "__main__":
    if sys.argv[2] == "thread":
        Thread(target=Event().wait, daemon=True).start()
    result = build(Path(sys.argv[1]), jobs=2, on_event=look)
    print(len(result.written), *sorted(kinds))
"""


@pytest.mark.skipif(not starting.FORKS, reason="forks nowhere else")
@pytest.mark.parametrize(("how", "kind"), [("alone", "ForkProcess"), ("thread", "SpawnProcess")])
def test_a_process_is_forked_where_it_has_no_other_thread(tmp_path: Path, how: str, kind: str) -> None:
    root = project(tmp_path / "p", "asker", "bodo")
    (tmp_path / "made.py").write_text(BUILD, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(tmp_path / "made.py"), str(root), how], check=True, capture_output=True, encoding="utf-8"
    )
    assert (done.stdout.split(), done.stderr) == (["4", kind], "")


@needs_proc
def test_no_worker_outlives_a_build_that_is_killed(tmp_path: Path) -> None:
    root = project(tmp_path / "p", *(f"k{n:02}" for n in range(40)))
    started = subprocess.Popen(
        [sys.executable, "-m", "rapportbygger", "build", "--jobs", "3", "--project", str(root)],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stderr=subprocess.DEVNULL,
    )
    assert within(60, lambda: any((root / "build" / "lokal").glob("*.docx")))
    processes = descendants(started.pid)
    assert len(processes) >= 6  # workers and their pandocs
    started.send_signal(signal.SIGKILL)
    started.wait()
    assert within(30, lambda: not any(map(alive, processes)))
