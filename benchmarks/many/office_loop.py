"""docxtpl and LibreOffice over a generated project: a Word template with the local report's text, filled and made PDF.

`prepare` makes the template and each municipality's values outside the timing. Run as a program, this module is the
user's own script: it fills the template for each file of values in a folder.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LOOP = re.compile(r"^\{% (for .*?|endfor) %\}$", re.MULTILINE)
_DROPPED = re.compile(
    r"^\{% set .*\n| \{#[^\s{}]+(?:\{\{.*?\}\})?[^{}]*\}(?=\n)|\{#fig[^{}]*\}| \| (?:number|date|spelled)", re.MULTILINE
)
_CROSS_REFERENCE = re.compile(r"@((?:fig|tbl|sec)-[\w-]+\w)")
_OWN_PICTURE = re.compile(r"!\[[^\]]*\]\(municipalities/[^)]*\)")
_CHART = re.compile(r"!\[[^\]]*\]\(figures/[\w-]+\.vl\.yaml\)")


@dataclass(frozen=True, slots=True)
class OfficeLoop:
    """A template and the values of some municipalities, in a folder."""

    folder: Path
    names: tuple[str, ...]

    def run(self) -> None:
        """All Word files by one script, then all PDFs by one LibreOffice."""
        from benchmarks.many.processes import run

        run([sys.executable, __file__, str(self.folder)], self.folder)
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        files = [f"{name}.docx" for name in self.names]
        run(["soffice", profile, "--headless", "--convert-to", "pdf", *files], self.folder)
        if missing := [name for name in self.names if not (self.folder / f"{name}.pdf").exists()]:
            raise SystemExit(f"LibreOffice has not made {missing}")


def prepare(root: Path, ids: Sequence[str], folder: Path) -> OfficeLoop:
    """The template and the values in the folder."""
    import pypandoc
    import yaml
    from benchmarks.many.processes import run

    folder.mkdir(parents=True)
    chapters = sorted(path for path in (root / "content" / "local").glob("*.md") if ".nn." not in path.name)
    text = "\n\n".join(_for_docxtpl(path.read_text(encoding="utf-8")) for path in chapters)
    (folder / "template.md").write_text(text, encoding="utf-8")
    cited = ["--citeproc", f"--bibliography={root / 'bibliography' / 'references.yaml'}"]
    cited += [f"--csl={root / 'bibliography' / 'norsk-apa.csl'}", f"--resource-path={root / 'content'}"]
    dressed = [f"--reference-doc={root / 'templates' / 'kommunerapport.docx'}", "-f", "markdown-smart"]
    run([pypandoc.get_pandoc_path(), "template.md", *cited, *dressed, "-o", "template.docx"], folder)
    for id_ in ids:
        file = root / "content" / "municipalities" / f"{id_}.yaml"
        values = yaml.safe_load(file.read_text(encoding="utf-8"))
        values |= {"deltakere": ", ".join(values["deltakere"]), "bilde": str(file.with_suffix("") / "bilde.png")}
        (folder / f"{id_}.json").write_text(json.dumps(values), encoding="utf-8")
    return OfficeLoop(folder, tuple(ids))


def _for_docxtpl(chapter: str) -> str:
    """A chapter's expressions as docxtpl has them: loops over paragraphs and rows of tables, a picture as a value."""
    text = _OWN_PICTURE.sub("{{ bilde }}", _CHART.sub("{{ bilde }}", chapter))
    text = _CROSS_REFERENCE.sub(r"[\1](#\1)", text)
    text = _DROPPED.sub("", text).replace(" | listing", "").replace("municipality.", "k.")
    lines = text.split("\n")
    return "\n".join(_line(line, lines[max(0, at - 1) : at + 2]) for at, line in enumerate(lines))


def _line(line: str, near: Sequence[str]) -> str:
    """A loop as a row, where rows of a table are beside it, else as a paragraph."""
    loop = _LOOP.match(line)
    if not loop:
        return line
    columns = max(each.count("|") * each.startswith("|") for each in near)
    return f"| {{%tr {loop[1]} %}} {'| ' * (columns - 1)}" if columns else f"\n{{%p {loop[1]} %}}\n"


def main(folder: Path) -> None:
    """The user's script."""
    from docx.shared import Cm
    from docxtpl import DocxTemplate, InlineImage

    for file in sorted(folder.glob("*.json")):
        values: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        template = DocxTemplate(folder / "template.docx")
        picture = InlineImage(template, values.pop("bilde"), width=Cm(12))
        template.render({"k": values, "bilde": picture, "title": "Små forsøk", "municipality": values}, autoescape=True)
        template.save(folder / f"{file.stem}.docx")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
