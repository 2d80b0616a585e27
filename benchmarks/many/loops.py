"""What a user would do with pandoc and Typst alone over the same inputs, each report by new processes.

The merged Markdown of each municipality to Word (`--citeproc --toc --reference-doc`) and to Typst (`--citeproc --toc`),
and Typst to PDF; as many reports at once as there are jobs.

The merging is done outside the timing, and so is the drawing of charts: that is measured by itself, since a user may
draw each with a process of its own (`Loop.draw`), or all at once.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pypandoc
from benchmarks.many.processes import at_once, run
from benchmarks.many.project import chart_of

from rapportbygger import load, validate
from rapportbygger.localised import localised
from rapportbygger.merge import merge
from rapportbygger.model import Municipality, Project, Report

_CROSS_REFERENCE = re.compile(r"(?<![\w\[])@((?:fig|tbl|sec)-[\w-]+\w)")
_CHART = "figures/elever.vl.yaml"
_SVG, _PNG = ("--default-image-extension=svg",), ("--default-image-extension=png",)
_TYPESETTING = "typst.compile('report.typ', output='report.pdf')"
_DRAWING = """
svg = vl_convert.vegalite_to_svg(open('figures/elever.json', encoding='utf-8').read())
open('figures/elever.svg', 'w', encoding='utf-8').write(svg)
open('figures/elever.png', 'wb').write(vl_convert.svg_to_png(svg, scale=2))
"""
_PICTURE = re.compile(r"\]\(([\w/.-]+\.(?:png|svg))\)")


@dataclass(frozen=True, slots=True)
class Loop:
    """The merged Markdown of some reports, each in its own folder below `folder`, and what pandoc needs for all."""

    folder: Path
    names: tuple[str, ...]
    options: tuple[str, ...]

    def run(self, jobs: int) -> None:
        """Make all of them, so many at once."""
        at_once(jobs, [partial(self._make, self.folder / name) for name in self.names])

    def draw(self, jobs: int) -> None:
        """Draw the chart of each with vl-convert, each by a new process: SVG for Typst, PNG for Word."""
        command = [sys.executable, "-I", "-S", "-c", _found("vl_convert") + _DRAWING]
        at_once(jobs, [partial(run, command, self.folder / name) for name in self.names])

    def _make(self, folder: Path) -> None:
        for command in self.commands():
            run(command, folder)

    def commands(self) -> list[list[str]]:
        """pandoc to Word, pandoc to Typst, Typst to PDF; to be run in the folder of a report."""
        pandoc = [pypandoc.get_pandoc_path(), "report.md", "--citeproc", *self.options]
        reference = str(self.folder / "reference.docx")
        return [
            [*pandoc, "--toc", *_PNG, f"--reference-doc={reference}", "-o", "report.docx"],
            [*pandoc, "--toc", *_SVG, "-s", "-o", "report.typ"],
            [sys.executable, "-I", "-S", "-c", _found("typst") + _TYPESETTING],
        ]


def _found(package: str) -> str:
    """The beginning of a Python program that imports one package and nothing else, as a program of its own would."""
    found = find_spec(package)
    folder = str(Path(found.origin).parents[1]) if found and found.origin else ""
    return f"import sys; sys.path.append({folder!r}); import {package}; "


def pandoc_and_typst(root: Path, ids: Sequence[str], folder: Path) -> Loop:
    """The loop over the local reports of these municipalities."""
    project = read(root)
    report = next(report for report in project.reports if report.for_each_municipality)
    chosen = [each for each in project.municipalities if each.id in set(ids)]
    for municipality in chosen:
        _prepare(project, report, municipality, folder / municipality.id)
    return _loop(project, report, folder, tuple(each.id for each in chosen))


def final_report(root: Path, folder: Path) -> Loop:
    """The same for the final report."""
    project = read(root)
    report = next(report for report in project.reports if not report.for_each_municipality)
    _prepare(project, report, None, folder / report.id)
    return _loop(project, report, folder, (report.id,))


def _loop(project: Project, report: Report, folder: Path, names: tuple[str, ...]) -> Loop:
    template = report.template
    assert template is not None
    shutil.copyfile(template, folder / "reference.docx")
    bibliography = next((project.root / "bibliography").glob("*.yaml"))
    numbered = ("--number-sections",) if report.number_sections else ()
    return Loop(folder, names, (f"--bibliography={bibliography}", f"--csl={project.csl}", *numbered))


def read(root: Path) -> Project:
    """The project, which must be right."""
    sources, problems = load.sources(root)
    project, found = validate.project(sources) if sources else (None, ())
    if project is None:
        raise SystemExit(f"{problems} {found}")
    return project


def _prepare(project: Project, report: Report, municipality: Municipality | None, folder: Path) -> None:
    """The merged Markdown as a user of pandoc alone would have it, and its pictures beside it."""
    report, _ = localised(project, report, municipality)
    chapters, _ = load.chapters(project, report)
    texts, _ = merge(project, report, municipality, chapters)
    merged = "\n\n".join(text.markdown for text in texts)
    folder.mkdir(parents=True)
    for picture in set(_PICTURE.findall(merged)):
        (folder / picture).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(project.content / picture, folder / picture)
    if municipality and _CHART in merged:
        drawn = chart_of(municipality.values["elever"], "Elever og venteliste")
        (folder / "figures" / "elever.json").write_text(json.dumps(drawn), encoding="utf-8")
        merged = merged.replace(_CHART, "figures/elever")
    head = f"---\ntitle: {report.title}\nlang: {report.lang}-NO\n---\n\n"
    (folder / "report.md").write_text(head + _linked(merged), encoding="utf-8")


def _linked(markdown: str) -> str:
    """Cross references as pandoc alone has them: links."""
    return _CROSS_REFERENCE.sub(r"[\1](#\1)", markdown)
