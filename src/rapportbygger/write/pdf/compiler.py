"""Typst at work on the files in a folder: what their layout says of itself, and the PDF.

Typst remembers what it has laid out until that has not been asked for in ten compilations. What ten documents leave
takes 100 MB, and only that of the last two or three is asked for again: after each document it compiles nothing a few
times.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapportbygger.fonts import FontFile, Fonts
from rapportbygger.nodes import Node, elements
from rapportbygger.write.cells import room_for_cells
from rapportbygger.write.pdf.call import literal

if TYPE_CHECKING:
    import typst

RULES = Path(__file__).parent / "typst"
_LAYOUT, _NOTHING = "layout.typ", "nothing.typ"
_FORGETTING = 3
"""Compilations of nothing after a document: what it leaves is known for two more, though they may have six charts."""
_FORGETTING_ALL = 11
"""Compilations of nothing after which Typst remembers nothing."""
_OF_A_CELL, _OF_A_PARAGRAPH = 13, 120
"""kB that Typst holds of each while it lays a document out, about."""


class Compiler:
    """A folder, and Typst at work in it, for one document after the other: text that is as it was is not read again.

    All raise RuntimeError where Typst refuses.
    """

    def __init__(self, files: tuple[FontFile, ...]) -> None:
        """Put the rules into a folder of its own; `files` are the fonts."""
        import typst

        self._owned = tempfile.TemporaryDirectory(prefix="rapportbygger-", ignore_cleanup_errors=True)
        self.folder = Path(self._owned.name)
        """For the document's pictures; its text is given to `write`."""
        rules = sorted(RULES.glob("*.typ"))
        for file in rules:
            shutil.copyfile(file, self.folder / file.name)
        self._rules = {file.name for file in rules}
        self._written: dict[str, str] = {}
        self._old: set[str] = set()
        around: dict[str, Any] = {"root": self._owned.name, "font_paths": font_book(files)}
        self._typst: typst.Compiler = typst.Compiler(str(self.folder / "report.typ"), **around)
        self._nothing: typst.Compiler = typst.Compiler(str(self.folder / _NOTHING), **around)

    def begin(self) -> None:
        """Another document, which will find nothing of the one before: its pictures go now, its text at the layout."""
        for file in self.folder.iterdir():
            if file.name not in self._rules and file.name not in self._written:
                file.unlink()
        self._old = set(self._written)

    def write(self, files: Mapping[str, str]) -> None:
        """Write the document's text, in files by their names; they may change between two layouts."""
        for name, text in files.items():
            self._old.discard(name)
            if self._written.get(name) != text:
                self._written.pop(name, None)
                _overwrite(self.folder / name, text)
                self._written[name] = text

    def layout(self, ids: Collection[str]) -> dict[str, Any]:
        """What typst/layout.typ says of the layout of the files as they are, and of the places with these names."""
        for name in self._old:
            del self._written[name]
            (self.folder / name).unlink(missing_ok=True)
        self._old = set()
        expression = (RULES / _LAYOUT).read_text(encoding="utf-8")
        found: dict[str, Any] = json.loads(self._typst.eval(f"({expression})({literal(sorted(ids))})"))
        return found

    def pdf(self, date: int | None, *, forget: bool = False) -> tuple[bytes, list[typst.TypstWarning]]:
        """The PDF of the last layout, and Typst's warnings.

        Where it is to `forget`, nothing of the layout is kept.
        """
        pdf, warnings = self._typst.compile_with_warnings(format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=date)
        assert isinstance(pdf, bytes)
        for _time in range(_FORGETTING_ALL if forget else _FORGETTING):
            self._nothing.compile(format="svg")
        return pdf, warnings

    def end(self) -> None:
        """Remove the folder."""
        self._owned.cleanup()


def _overwrite(file: Path, text: str) -> None:
    """Write a file that is ours alone: over what it holds, for to empty it first costs ten times as much."""
    file.touch()
    with file.open("r+b") as opened:
        opened.write(text.encode())
        opened.truncate()


def held(blocks: tuple[Node, ...]) -> int:
    """How many kB Typst holds while it lays the blocks out, about."""
    cells = sum(map(room_for_cells, elements(blocks, "Table")))
    return _OF_A_CELL * cells + _OF_A_PARAGRAPH * len(elements(blocks, "Para", "Header"))


_idle: dict[tuple[FontFile, ...], list[Compiler]] = {}
"""Those that no document is made with now, by their fonts."""


@contextmanager
def compiler_with(fonts: Fonts, *, forget: bool = False) -> Iterator[Compiler]:
    """One that nobody else uses meanwhile, ready for a document; what an exception has left goes with it.

    Where it is to `forget` the document, its text goes with it too.
    """
    idle = _idle.setdefault(fonts.files, [])
    compiler = idle.pop() if idle else Compiler(fonts.files)
    compiler.begin()
    try:
        yield compiler
    except BaseException:
        compiler.end()
        raise
    if forget:
        compiler.end()
    else:
        idle.append(compiler)


@cache
def font_book(files: tuple[FontFile, ...]) -> typst.Fonts:
    """The fonts as Typst reads them, once for many documents.

    It takes folders only and would choose by chance among the formats of one face: it gets a folder with just these
    files, which lives as long as the process.
    """
    import typst

    folder = tempfile.TemporaryDirectory(prefix="rapportbygger-fonts-", ignore_cleanup_errors=True)
    for i, file in enumerate(files):
        place(file.path, Path(folder.name) / f"{i}{file.path.suffix}")
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
