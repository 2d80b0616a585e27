"""Typst at work on the files in a folder: what their layout says of itself, and the PDF.

Typst remembers what it has laid out until that has not been asked for in ten compilations. What ten documents leave
takes 100 MB, and only that of the last two or three is asked for again: after each document it compiles nothing a few
times.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapportbygger.fonts import Fonts
from rapportbygger.write.pdf.call import literal

if TYPE_CHECKING:
    import typst

RULES = Path(__file__).parent / "typst"
_LAYOUT, _NOTHING = "layout.typ", "nothing.typ"
_FORGETTING = 3
"""Compilations of nothing after a document: what it leaves is known for two more, though they may have six charts."""


class Compiler:
    """One document: its files may change between two layouts. All raise RuntimeError where Typst refuses."""

    def __init__(self, folder: Path, fonts: Fonts) -> None:
        """Put the rules beside the document's own files in the folder."""
        import typst

        for rules in sorted(RULES.glob("*.typ")):
            shutil.copyfile(rules, folder / rules.name)
        self._folder = folder
        self._typst: typst.Compiler = typst.Compiler(
            str(folder / "report.typ"), root=str(folder), font_paths=font_book(fonts.files)
        )

    def layout(self, ids: Collection[str]) -> dict[str, Any]:
        """What typst/layout.typ says of the layout of the files as they are, and of the places with these names."""
        expression = (RULES / _LAYOUT).read_text(encoding="utf-8")
        found: dict[str, Any] = json.loads(self._typst.eval(f"({expression})({literal(sorted(ids))})"))
        return found

    def pdf(self, date: int | None) -> tuple[bytes, list[typst.TypstWarning]]:
        """The PDF of the last layout, and Typst's warnings. Nothing more can be asked for then."""
        pdf, warnings = self._typst.compile_with_warnings(format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=date)
        assert isinstance(pdf, bytes)
        for _time in range(_FORGETTING):
            self._typst.compile(input=str(self._folder / _NOTHING), format="svg")
        return pdf, warnings


@cache
def font_book(files: tuple[Path, ...]) -> typst.Fonts:
    """The fonts as Typst reads them, once for many documents.

    It takes folders only and would choose by chance among the formats of one face: it gets a folder with just these
    files, which lives as long as the process.
    """
    import typst

    folder = tempfile.TemporaryDirectory(prefix="rapportbygger-fonts-", ignore_cleanup_errors=True)
    for i, file in enumerate(files):
        place(file, Path(folder.name) / f"{i}{file.suffix}")
    book = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder.name])
    _FONT_FOLDERS.append(folder)
    return book


_FONT_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []


def place(file: Path, target: Path) -> None:
    """The file under another name, without copying it where the file system allows."""
    try:
        target.hardlink_to(file)
    except OSError:
        shutil.copyfile(file, target)
