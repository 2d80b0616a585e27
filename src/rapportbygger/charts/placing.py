"""A document's charts as the files that writers read: SVG for the PDF, PNG for Word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rapportbygger.drawings import Drawing
from rapportbygger.fonts import FontFile, Fonts
from rapportbygger.memory import key_of
from rapportbygger.model import Document
from rapportbygger.nodes import Node, walk
from rapportbygger.protocols import Memory

if TYPE_CHECKING:
    import typst

DOTS = 192
"""An inch: two for each of a screen's, and sharp in print."""


def as_svg(document: Document, folder: Path) -> Document:
    """The document with its charts as files in a folder."""
    names = _written(document, folder, ".svg", lambda drawing: drawing.svg)
    return _with_pictures(document, {name: str(folder / file) for name, file in names.items()})


def as_png(document: Document, folder: Path, fonts: Fonts, memory: Memory | None) -> Document:
    """The document with its charts as PNG files in a folder: they are drawn in our own fonts only, by Typst.

    Their names are without the folder, which is another each time.
    """
    names = _written(document, folder, ".png", lambda drawing: _remembered(drawing, fonts, memory))
    return _with_pictures(document, names)


def _written(document: Document, folder: Path, ending: str, content: Callable[[Drawing], bytes]) -> Mapping[str, str]:
    """The names of the charts' files, which are written, by those of the charts."""
    files = {name: str(Path(name).with_suffix(ending)) for name in document.drawings}
    for name, drawing in document.drawings.items():
        (folder / files[name]).write_bytes(content(drawing))
    return files


def _with_pictures(document: Document, files: Mapping[str, str]) -> Document:
    if not files:
        return document
    return replace(document, blocks=tuple(walk(document.blocks, {"Image": lambda image: _renamed(image, files)})))


def _renamed(image: Node, files: Mapping[str, str]) -> Node | None:
    attributes, alternative, (name, title) = image["c"]
    return {"t": "Image", "c": [attributes, alternative, [files[name], title]]} if name in files else None


def _remembered(drawing: Drawing, fonts: Fonts, memory: Memory | None) -> bytes:
    key = key_of(sha256(drawing.svg).hexdigest(), DOTS, _typst_version(), _fonts_key(fonts.files))
    known = memory.get("chart-png", key) if memory else None
    if known is not None:
        return known
    png = _png(drawing, fonts)
    if memory:
        memory.put("chart-png", key, png)
    return png


@cache
def _typst_version() -> str:
    from importlib.metadata import version

    return version("typst")


@lru_cache(maxsize=4)
def _fonts_key(files: tuple[FontFile, ...]) -> str:
    return key_of([sha256(file.path.read_bytes()).hexdigest() for file in files])


def _png(drawing: Drawing, fonts: Fonts) -> bytes:
    words = {"svg": drawing.svg.decode("utf-8"), "width": f"{drawing.width:.4f}", "height": f"{drawing.height:.4f}"}
    png = _compiler(fonts.files).compile(format="png", ppi=DOTS, sys_inputs=words)
    assert isinstance(png, bytes)
    return png


@cache
def _compiler(files: tuple[FontFile, ...]) -> typst.Compiler:
    """Typst with a page for one chart, for the life of the process: Typst never forgets the name of a file."""
    import typst

    from rapportbygger.write.pdf.compiler import font_book

    folder = TemporaryDirectory(prefix="rapportbygger-chart-", ignore_cleanup_errors=True)
    _FOLDERS.append(folder)
    page = Path(folder.name, "chart.typ")
    page.write_text(_PAGE, encoding="utf-8")
    return typst.Compiler(str(page), root=folder.name, font_paths=font_book(files), ignore_system_fonts=True)


_FOLDERS: list[TemporaryDirectory[str]] = []
_PAGE = """#let (width, height) = (float(sys.inputs.width) * 1in, float(sys.inputs.height) * 1in)
#set page(width: width, height: height, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: width, height: height, fit: "stretch")"""
