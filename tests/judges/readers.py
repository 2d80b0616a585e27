"""Checks for those who do not see the page: pictures, tables, headings, contrast."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from judges.package import WP, Package, W, attribute, child, inside, is_on, style_of, text_of

_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_FILE_NAME = re.compile(r"\.(png|jpe?g|svg|gif|webp|pdf)$", re.IGNORECASE)
_ENOUGH = 4.5  # WCAG 2.1, 1.4.3
_WHITE = "FFFFFF"


def drawings(package: Package) -> Iterator[str]:
    """Drawings that share a number, float, hide text in boxes, or that LibreOffice moves 3 mm to the right."""
    numbers = Counter(properties.get("id") for properties in _properties(package))
    yield from (f"{n} drawings have the number {number}" for number, n in numbers.items() if n > 1)
    if any(inline.get("distL") is None for story in package.stories.values() for inline in story.iter(WP + "inline")):
        yield "a picture does not say how far it stands from the text (distT, distB, distL, distR)"
    if any(True for story in package.stories.values() for _ in story.iter(WP + "anchor")):
        yield "a picture floats: it must stand in the line"
    if any(True for _ in package.every("txbxContent")):
        yield "there is a text box"


def alternative_text(package: Package) -> Iterator[str]:
    """Pictures that say nothing, or a file's name."""
    for properties in _properties(package):
        decorative = [mark for mark in properties.iter(_DECORATIVE) if mark.get("val") in ("1", "true")]
        text = properties.get("descr", "").strip()
        if not text and not decorative:
            yield f"drawing {properties.get('id')} has no alternative text"
        if _FILE_NAME.search(text):
            yield f"drawing {properties.get('id')} has a file name as alternative text: «{text}»"


def _properties(package: Package) -> Iterator[etree._Element]:
    for story in package.stories.values():
        yield from story.iter(WP + "docPr")


def header_rows(package: Package) -> Iterator[str]:
    """Tables whose first row is not a header row, and header rows elsewhere."""
    for number, table in enumerate(package.every("tbl"), 1):
        headers = [is_on(child(row, "trPr/tblHeader")) for row in table.findall(W + "tr")]
        if not headers or not headers[0]:
            yield f"table {number} has no header row"
        elif any(after and not before for before, after in pairwise(headers)):
            yield f"table {number} has a header row below others"


def grids(package: Package) -> Iterator[str]:
    """Tables whose grid (LibreOffice's measure) and cell widths (Word's) disagree, or are missing."""
    for number, table in enumerate(package.every("tbl"), 1):
        grid = [int(attribute(column, "w", "0")) for column in table.findall(f"{W}tblGrid/{W}gridCol")]
        if not grid or 0 in grid:
            yield f"table {number} has columns without a width"
        yield from (
            f"table {number}, row {r}: {said}"
            for r, row in enumerate(table.findall(W + "tr"), 1)
            for said in _row(row, grid)
        )


def _row(row: etree._Element, grid: list[int]) -> Iterator[str]:
    at = 0
    for cell in row.findall(W + "tc"):
        span = int(attribute(child(cell, "tcPr/gridSpan"), default="1"))
        width, wanted = child(cell, "tcPr/tcW"), sum(grid[at : at + span])
        if width is None or attribute(width, "type") != "dxa":
            yield "a cell has no width in twips"
        elif abs(int(attribute(width, "w")) - wanted) > 1:
            yield f"a cell is {attribute(width, 'w')} wide, its columns {wanted}"
        at += span
    if at != len(grid):
        yield f"{at} columns, the grid has {len(grid)}"


def cells(package: Package) -> Iterator[str]:
    """Cells that do not end in a paragraph, which Word calls unreadable, and tables in tables."""
    for cell in package.every("tc"):
        if len(cell) == 0 or cell[-1].tag != W + "p":
            yield f"a cell does not end in a paragraph: «{text_of(cell)[:40]}»"
    if any(inside(table, "tbl") for table in package.every("tbl")):
        yield "there is a table in a table"


def headings(package: Package) -> Iterator[str]:
    """No headings, headings the navigation pane does not see, skipped levels, headings without words."""
    before = 0
    for paragraph in package.document.iter(W + "p"):
        found = re.fullmatch(r"Heading([1-9])", style_of(paragraph))
        if not found:
            continue
        outline = attribute(child(paragraph, "pPr/outlineLvl"))
        level, text = int(outline) + 1 if outline else int(found[1]), text_of(paragraph)
        if level > before + 1:
            yield f"the heading «{text}» is of level {level} after level {before}"
        if not text.strip():
            yield f"a heading of level {level} has no words"
        before = level
    if not before:
        yield "there are no headings"
    for level in range(1, 7):
        style = package.styles.get(f"Heading{level}")
        if attribute(child(style, "pPr/outlineLvl")) != str(level - 1):
            yield f"the style Heading{level} has not the outline level {level - 1}"


def contrast(package: Package) -> Iterator[str]:
    """Colours of text in the styles and in the text that are too like the ground: a style's own, else white."""
    colours = {
        (attribute(colour), _ground(colour))
        for part in (*package.stories.values(), package.parts["word/styles.xml"])
        for colour in part.iter(W + "color")
        if attribute(colour) not in ("auto", "")
    }
    for colour, ground in sorted(colours):
        dark, light = sorted(_luminance(each) + 0.05 for each in (colour, ground))
        if light / dark < _ENOUGH:
            yield f"the colour {colour} has {light / dark:.2f}:1 against {'white' if ground == _WHITE else ground}"


def _ground(colour: etree._Element) -> str:
    """The shading of the nearest of what a colour's text stands in: run, paragraph, cell, row of a table style."""
    paths = ("shd", "pPr/shd", "tcPr/shd")
    around = (child(ancestor, path) for ancestor in colour.iterancestors() for path in paths)
    return next((fill for each in around if re.fullmatch("[0-9A-Fa-f]{6}", fill := attribute(each, "fill"))), _WHITE)


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.1, glossary) of a colour such as 0B4A6F."""
    shares = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    linear = [share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
