"""A local report for each of many generated municipalities, beside what a user would do without this tool, in one run.

    python benchmarks/many_reports.py [--count N ...] [--sample N] [--rounds N] [--jobs N] [--chart] [--write]

For each count a project is generated (`many/project.py`), and in turn are run: the loop of plain pandoc and Typst
(`many/loops.py`), `rapportbygger build` as its user runs it, with nothing remembered, and the loop again. The loop
makes a sample of the local reports, and the final report; its seconds for each are multiplied. Ours makes all. Both
have as many processes as `--jobs`. Then the project is built again, with nothing changed and with one municipality
changed. docxtpl and LibreOffice (`many/office_loop.py`) make a smaller sample, once.

--write puts the table into docs/performance.md.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.many import loops, office_loop, project  # noqa: E402
from benchmarks.many.processes import Memory, Used, measured, watched  # noqa: E402
from benchmarks.many.table import Measured, Rebuilt, table, written_into  # noqa: E402

PERFORMANCE = ROOT / "docs" / "performance.md"


# ------------------------------------------------------------------------------------------------------- what is timed


def rapportbygger(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "rapportbygger", *arguments]


def built(root: Path, *options: str) -> tuple[Used, Memory]:
    """A build that must succeed without problems that count."""
    used, memory, done = watched(rapportbygger("build", *options, "--project", str(root)))
    if done.returncode:
        raise SystemExit(f"the build of {root} failed:\n{done.stdout}")
    return used, memory


def measure(root: Path, count: int, arguments: argparse.Namespace, folder: Path) -> Measured:
    """The loop and ours in turn, and what is rebuilt."""
    ids = sorted(path.stem for path in (root / "content" / "municipalities").glob("*.yaml"))
    sample = ids[:: max(1, count // arguments.sample)][: arguments.sample]
    loop = loops.pandoc_and_typst(root, sample, folder / "local")
    final = loops.final_report(root, folder / "final")
    theirs: list[Used] = []
    ours: list[Used] = []
    memory, drawing = Memory(), None
    if arguments.chart:
        drawing = measured(lambda: loop.draw(arguments.jobs)).per(len(sample))
    for _round in range(arguments.rounds if count < 100 else 1):
        theirs.append(measured(lambda: loop.run(arguments.jobs)).per(len(sample)))
        used, memory = built(_forgotten(root), "--jobs", str(arguments.jobs))
        ours.append(used)
        theirs.append(measured(lambda: loop.run(arguments.jobs)).per(len(sample)))
    loop_final = measured(lambda: final.run(1))
    return Measured(
        count, tuple(theirs), drawing, loop_final, tuple(ours), memory, *rebuilt(root, ids, arguments.rebuilds)
    )


def _forgotten(root: Path) -> Path:
    """The project, as if it had never been built."""
    shutil.rmtree(root / "build", ignore_errors=True)
    return root


def rebuilt(root: Path, ids: Sequence[str], runs: int) -> tuple[Rebuilt, Rebuilt, Rebuilt]:
    """Start-up alone; with nothing changed; with the number of inhabitants of one municipality changed."""
    version_only = rapportbygger("--version")
    started = [measured(lambda: subprocess.run(version_only, check=True, capture_output=True)) for _run in range(runs)]
    built(root)
    unchanged = [built(root)[0] for _run in range(runs)]
    changed: list[float] = []
    written: tuple[str, ...] = ()
    for id_ in ids[:runs]:
        _change(root / "content" / "municipalities" / f"{id_}.yaml")
        before = _outputs(root)
        changed.append(built(root)[0].wall)
        after = _outputs(root)
        written = tuple(sorted(name for name in after if after[name] != before.get(name)))
    return _walls(started), _walls(unchanged), Rebuilt(tuple(changed), written)


def _walls(runs: Sequence[Used]) -> Rebuilt:
    return Rebuilt(tuple(used.wall for used in runs))


def _change(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(
        re.sub(r"(?m)^innbyggere: (\d+)", lambda at: f"innbyggere: {int(at[1]) + 1}", text), encoding="utf-8"
    )


def _outputs(root: Path) -> dict[str, tuple[int, str]]:
    """The time and hash of every document that is built, by name."""
    files = [path for suffix in ("docx", "pdf") for path in (root / "build").rglob(f"*.{suffix}")]
    return {
        path.relative_to(root / "build").as_posix(): (
            path.stat().st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in files
    }


def office(root: Path, count: int, folder: Path) -> Used | None:
    """docxtpl and LibreOffice for so many reports, each; None where it is not wanted. The first run is its warm-up."""
    if not count:
        return None
    ids = sorted(path.stem for path in (root / "content" / "municipalities").glob("*.yaml"))[:count]
    loop = office_loop.prepare(root, ids, folder)
    loop.run()
    return measured(loop.run).per(len(ids))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, nargs="+", default=[16, 357], help="municipalities (16 357)")
    parser.add_argument("--sample", type=int, default=30, help="local reports that the loop makes, twice (30)")
    parser.add_argument("--office", type=int, default=12, help="reports by docxtpl and LibreOffice; 0 for none (12)")
    parser.add_argument(
        "--rounds", type=int, default=3, help="how often loop and ours are run for counts below 100 (3)"
    )
    parser.add_argument("--rebuilds", type=int, default=5, help="how often each rebuild is run (5)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at once (all cores)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--chart", action="store_true", help="with a chart of each municipality's own numbers")
    parser.add_argument("--folder", type=Path, help="where the projects and all that is made stay")
    parser.add_argument("--write", action="store_true", help=f"put the table into {PERFORMANCE.relative_to(ROOT)}")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        lines = list(table(*run(arguments, (arguments.folder or Path(scratch)).resolve()), arguments.jobs))
    print(*lines, sep="\n")
    if arguments.write:
        text = written_into(PERFORMANCE.read_text(encoding="utf-8"), lines)
        PERFORMANCE.write_text(text, encoding="utf-8", newline="\n")


def run(arguments: argparse.Namespace, folder: Path) -> tuple[list[Measured], Used | None]:
    """Each count in its own folder; docxtpl and LibreOffice over the first."""
    rows = []
    for count in arguments.count:
        root = project.make(folder / f"{count}", count, arguments.seed, chart=arguments.chart)
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
            rows.append(measure(root, count, arguments, Path(scratch)))
        print(*table(rows[-1:], None, arguments.jobs), "", sep="\n", file=sys.stderr)  # a long run may be stopped
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        return rows, office(folder / f"{arguments.count[0]}", arguments.office, Path(scratch) / "office")


if __name__ == "__main__":
    main()
