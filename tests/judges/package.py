"""A .docx opened for judging: its parts as XML, the stories that hold text, and ways to find things in them."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

_STORIES = ("document", "footnotes", "endnotes", "hdr", "ftr", "comments")


@dataclass(frozen=True)
class Package:
    """The parts of a .docx: every name in the zip, and those that are XML."""

    names: tuple[str, ...]
    parts: dict[str, etree._Element]
    declared: tuple[str, ...]  # XML parts with a document type

    @classmethod
    def open(cls, path: Path) -> Package:
        with zipfile.ZipFile(path) as archive:
            names = tuple(archive.namelist())
            raw = {name: archive.read(name) for name in names if name.endswith((".xml", ".rels"))}
        declared = tuple(name for name, data in raw.items() if b"<!DOCTYPE" in data)
        return cls(names, {name: etree.fromstring(data) for name, data in raw.items()}, declared)

    @property
    def document(self) -> etree._Element:
        return self.parts["word/document.xml"]

    @property
    def stories(self) -> dict[str, etree._Element]:
        """The parts that hold text."""
        found = {name: part for name, part in self.parts.items() if name.startswith("word/")}
        return {name: part for name, part in found.items() if etree.QName(part).localname in _STORIES}

    @property
    def styles(self) -> dict[str, etree._Element]:
        """Styles by identifier."""
        return {attribute(style, "styleId"): style for style in self.parts["word/styles.xml"].iter(W + "style")}

    def every(self, *tags: str) -> Iterator[etree._Element]:
        """Elements of WordprocessingML in all stories."""
        for story in self.stories.values():
            yield from story.iter(*(W + tag for tag in tags))

    def relations(self, part: str) -> dict[str, etree._Element]:
        """The relations of a part, by identifier."""
        folder, name = posixpath.split(part)
        found = self.parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        return {} if found is None else {relation.get("Id", ""): relation for relation in found}


def attribute(element: etree._Element | None, name: str = "val", default: str = "") -> str:
    """An attribute of WordprocessingML."""
    return default if element is None else element.get(W + name, default)


def child(element: etree._Element | None, path: str) -> etree._Element | None:
    """The first element at a path such as `pPr/pStyle`."""
    return None if element is None else element.find("/".join(W + step for step in path.split("/")))


def style_of(paragraph: etree._Element) -> str:
    """The identifier of a paragraph's style."""
    return attribute(child(paragraph, "pPr/pStyle"), default="Normal")


def is_on(element: etree._Element | None) -> bool:
    """Whether a toggle such as `w:b` is there and on."""
    return element is not None and attribute(element, default="1") not in ("0", "false", "off", "none")


def text_of(element: etree._Element) -> str:
    """What is written in an element."""
    return "".join(text.text or "" for text in element.iter(W + "t"))


def inside(element: etree._Element, *tags: str) -> bool:
    """Whether the element stands in one of these elements of WordprocessingML."""
    return next(element.iterancestors(*(W + tag for tag in tags)), None) is not None
