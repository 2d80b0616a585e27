"""The whole build of the final report, cold, beside plain pandoc and Typst on the same text in the same run.

    python benchmarks/whole_build.py [--project DIR] [--report ID] [--runs N]

The peer is what a user would do without this tool: `pandoc --citeproc` to Word, pandoc to Typst, Typst to PDF, each a
new process, over the merged Markdown. Both are run in turn, after one warm-up each; the ratio is taken pair by pair.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypandoc

from rapportbygger import load, validate
from rapportbygger.memory import FOLDER, files_in
from rapportbygger.merge import merge
from rapportbygger.model import Project, Report

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Times:
    """Wall seconds of every counted run, ours and the peer's, in turn."""

    ours: tuple[float, ...]
    peer: tuple[float, ...]

    @property
    def ratios(self) -> list[float]:
        return sorted(a / b for a, b in zip(self.ours, self.peer, strict=True))


def merged(root: Path, report_id: str) -> tuple[Project, Report, str]:
    """The project, and the report's chapters as one Markdown text with its data merged in."""
    sources, _ = load.sources(root)
    if sources is None:
        sys.exit("no project")
    project, problems = validate.project(sources)
    if project is None:
        sys.exit(str(problems))
    report = next(report for report in project.reports if report.id == report_id)
    chapters, _ = load.chapters(project, report)
    texts, _ = merge(project, report, None, chapters)
    return project, report, "\n\n".join(text.markdown for text in texts)


def peer_commands(project: Project, markdown: Path) -> list[list[str]]:
    """pandoc to Word, pandoc to Typst, Typst to PDF."""
    pandoc, folder = pypandoc.get_pandoc_path(), markdown.parent
    bibliography = sorted((project.root / "bibliography").glob("*.yaml"))[:1]
    cited = ["--citeproc", *(f"--bibliography={path}" for path in bibliography)]
    cited += [f"--csl={project.csl}"] if project.csl else []
    common = [pandoc, str(markdown), f"--resource-path={project.content}", *cited]
    compile_it = f"import typst; typst.compile({str(folder / 'x.typ')!r}, {str(folder / 'x.pdf')!r}, root='/')"
    return [
        [*common, "-o", str(folder / "x.docx")],
        [*common, "-s", "-o", str(folder / "x.typ")],
        [sys.executable, "-c", compile_it],
    ]


def timed(run: Callable[[], None]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def run_all(commands: Sequence[Sequence[str]], folder: Path) -> None:
    for command in commands:
        subprocess.run(command, check=True, cwd=folder, capture_output=True)


def measure(project: Project, report: Report, markdown: str, runs: int) -> Times:
    """Both in turn, `runs` times after one warm-up each."""
    build = [[sys.executable, "-m", "rapportbygger", "build", report.id, "--force", "--project", str(project.root)]]
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "merged.md"
        file.write_text(_for_peer(markdown, project, file.with_name("chart.svg")), encoding="utf-8")
        peer = peer_commands(project, file)
        pairs = [
            (_cold(project, lambda: run_all(build, ROOT)), timed(lambda: run_all(peer, file.parent)))
            for _run in range(runs + 1)
        ]
    ours, theirs = zip(*pairs[1:], strict=True)
    return Times(ours, theirs)


def _cold(project: Project, run: Callable[[], None]) -> float:
    """The seconds that it takes when nothing is remembered."""
    for file in files_in(project.root / FOLDER):
        file.unlink()
    return timed(run)


def _for_peer(markdown: str, project: Project, chart: Path) -> str:
    """The Markdown with whole paths of pictures, and an empty one for each chart, which the peer cannot draw."""
    chart.write_text(_EMPTY, encoding="utf-8")
    drawn = re.sub(r"\]\([^()\s]+\.vl\.(?:yaml|yml|json)\)", f"]({chart.as_posix()})", markdown)
    return drawn.replace("](figures/", f"]({(project.content / 'figures').as_posix()}/")


_EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"/>'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--project", type=Path, default=ROOT)
    parser.add_argument("--report", default="sluttrapport")
    parser.add_argument("--runs", type=int, default=7)
    arguments = parser.parse_args()
    project, report, markdown = merged(arguments.project.resolve(), arguments.report)
    times = measure(project, report, markdown, arguments.runs)
    for name, values in (("rapportbygger", times.ours), ("pandoc + typst", times.peer), ("ratio", times.ratios)):
        print(f"{name:15} min {min(values):.2f}  median {statistics.median(values):.2f}  max {max(values):.2f}")


if __name__ == "__main__":
    main()
