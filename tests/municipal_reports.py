"""A small notation for tests: a project with a report for each municipality, and what was built of it."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from rapportbygger.schedule import Result

ROOT = Path(__file__).parent.parent
MANIFEST = """title: Rapport
municipalities: municipalities/*.yaml
reports:
  lokal:
    for-each: municipality
    template: kommunerapport.docx
    chapters: [felles.md]
"""


def project(root: Path, *values: str, report: str = "", chapter: str = "# Felles", **pictures: Path) -> Path:
    """A project with one municipality's `values` after its name, and pictures (`name__png` is name.png) in its folder.

    `report` is more lines for the report in the manifest.
    """
    folder = root / "content" / "municipalities" / "asker"
    folder.mkdir(parents=True)
    (root / "templates").mkdir()
    shutil.copy(ROOT / "templates" / "kommunerapport.docx", root / "templates")
    own = "".join(f"    {line}\n" for line in report.splitlines())
    (root / "content" / "report.yaml").write_text(MANIFEST + own, encoding="utf-8")
    (root / "content" / "felles.md").write_text(chapter, encoding="utf-8")
    (folder.parent / "asker.yaml").write_text("\n".join(["navn: Asker", *values]), encoding="utf-8")
    for name, picture in pictures.items():
        shutil.copy(picture, folder / name.replace("__", "."))
    return root


def output(root: Path, ending: str, municipality: str = "asker") -> Path:
    """A file of the local report."""
    return root / "build" / "lokal" / f"{municipality}.{ending}"


def part(root: Path, name: str) -> str:
    """A part of the built Word file."""
    with zipfile.ZipFile(output(root, "docx")) as archive:
        return archive.read(name).decode("utf-8")


def told(result: Result) -> list[tuple[str, str]]:
    """The code and the place of each problem."""
    return [(problem.code, str(problem.location)) for problem in result.problems]
