"""Word templates that are not ours: pandoc's and python-docx's own, and what others would make of these.

make("exact", folder) writes folder/exact.docx. All start from one of the two files: no designer's work is copied.
"""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import pypandoc
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

import judges

SERIF, SANS = "Source Serif Pro", "Source Sans Pro"
_TEXTS = ("Normal", "Body Text", "First Paragraph", "Compact", "Block Text", "Caption", "Footnote Text")


@dataclass(frozen=True, slots=True)
class Recipe:
    """A file to start from ("pandoc" or "python-docx"), and what is done to it."""

    start: str
    steps: tuple[Callable[[Any], None], ...] = ()


def make(name: str, folder: Path) -> Path:
    """The named template, as a file in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    recipe = RECIPES[name]
    document = docx.Document(io.BytesIO(pandocs()) if recipe.start == "pandoc" else None)
    for step in recipe.steps:
        step(document)
    path = folder / f"{name}.docx"
    document.save(str(path))
    return _through_libreoffice(path) if name == "libreoffice" else path


def pandocs() -> bytes:
    """pandoc's own reference document."""
    program = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"]
    return subprocess.run(program, capture_output=True, check=True).stdout


def _through_libreoffice(path: Path) -> Path:
    """The same as LibreOffice writes it: to .odt and back."""
    judges.libreoffice_converted(path, path.parent / "odt", "odt")
    return judges.libreoffice_converted(path.parent / "odt" / f"{path.stem}.odt", path.parent, "docx")


# ----------------------------------------------------------------------------------------------------- what is changed


def empty(document: Any) -> None:
    """Without the sample text."""
    for child in list(document.element.body):
        if child.tag != qn("w:sectPr"):
            document.element.body.remove(child)


def fonts(body: str, headings: str = "") -> Callable[[Any], None]:
    """Every style's font, and that of titles, headings and captions."""

    def change(document: Any) -> None:
        _font(document.styles.element.find(qn("w:docDefaults")), body)
        for style in document.styles.element.findall(qn("w:style")):
            name = style.find(qn("w:name")).get(qn("w:val"))
            titled = name.lower().startswith(("heading", "title", "subtitle", "toc heading"))
            _font(style, headings or body if titled else body)

    return change


def _font(element: Any, name: str) -> None:
    for each in element.iter(qn("w:rFonts")):
        each.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            each.set(qn(f"w:{script}"), name)


def _formats(document: Any, *names: str) -> list[Any]:
    return [style.paragraph_format for style in document.styles if style.name in names]


def spacing(rule: WD_LINE_SPACING, value: Any) -> Callable[[Any], None]:
    """The line spacing of the default paragraph, and of what says its own."""

    def change(document: Any) -> None:
        for each in _formats(document, *_TEXTS):
            each.line_spacing = value
            each.line_spacing_rule = rule if rule is not WD_LINE_SPACING.MULTIPLE else each.line_spacing_rule

    return change


def size(points: float) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        document.styles["Normal"].font.size = Pt(points)

    return change


def gaps(before: float, after: float) -> Callable[[Any], None]:
    """The space around body text; headings keep theirs."""

    def change(document: Any) -> None:
        for each in _formats(document, "Normal", "Body Text", "First Paragraph", "Block Text"):
            each.space_before, each.space_after = Pt(before), Pt(after)

    return change


def justified(document: Any) -> None:
    for each in _formats(document, "Normal", "Body Text", "First Paragraph", "Compact", "Block Text"):
        each.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def paper(width: float, height: float, margin: float) -> Callable[[Any], None]:
    """Paper and margins in centimetres."""

    def change(document: Any) -> None:
        for section in document.sections:
            section.page_width, section.page_height = Cm(width), Cm(height)
            section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(margin)
            section.header_distance = section.footer_distance = Cm(1.25)

    return change


def tall_header(document: Any) -> None:
    """A header of two lines that reaches below the top margin, a footer with the page number."""
    section = document.sections[-1]
    section.top_margin, section.header_distance = Cm(1.8), Cm(1.2)
    paragraph = section.header.paragraphs[0]
    paragraph.text = "{{ title }}"
    section.header.add_paragraph("Nordby kommune, en avdeling for kultur og oppvekst")
    page_number(document)


def page_number(document: Any) -> None:
    paragraph = document.sections[-1].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )


def cover(document: Any) -> None:
    """A cover with the report's own words, in a section of its own."""
    for style, text in (("Title", "{{ title }}"), ("Subtitle", "{{ subtitle }}"), ("Normal", "{{ date }}")):
        document.add_paragraph(text, style=style)
    document.add_section(WD_SECTION.NEW_PAGE)


def contextual(document: Any) -> None:
    for each in _formats(document, "Normal", "Body Text", "Compact", "Block Text"):
        each.element.get_or_add_pPr().append(parse_xml(f"<w:contextualSpacing {nsdecls('w')}/>"))


def new_pages(document: Any) -> None:
    for each in _formats(document, "Heading 1"):
        each.page_break_before = True


def bordered(document: Any) -> None:
    """Rules above and below headings, a rule beside quotes, shading behind both."""
    line = 'w:val="single" w:sz="8" w:space="4" w:color="2F5496"'
    for name, sides in (("Heading 1", ("bottom",)), ("Heading 2", ("top", "bottom")), ("Block Text", ("left",))):
        for each in _formats(document, name):
            inner = "".join(f"<w:{side} {line}/>" for side in sides)
            properties = each.element.get_or_add_pPr()
            properties.insert_element_before(parse_xml(f"<w:pBdr {nsdecls('w')}>{inner}</w:pBdr>"), *_AFTER_BORDERS)
            properties.insert_element_before(
                parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="EAF1F8"/>'), *_AFTER_BORDERS
            )


_AFTER_BORDERS = tuple(f"w:{name}" for name in ("tabs", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl"))


def loose(document: Any) -> None:
    """No widow control, headings that may be parted from their text."""
    for each in _formats(document, "Normal", "Body Text", "First Paragraph"):
        each.widow_control = False


def indented(document: Any) -> None:
    """A first line indent instead of space, as in a novel."""
    for each in _formats(document, "Body Text"):
        each.first_line_indent, each.space_before, each.space_after = Cm(0.6), Pt(0), Pt(0)


_OURS = (empty, fonts(SERIF, SANS))
_SPACING = WD_LINE_SPACING
RECIPES: dict[str, Recipe] = {
    "pandoc": Recipe("pandoc"),
    "python-docx": Recipe("python-docx"),
    "serif": Recipe("pandoc", _OURS),
    "cover": Recipe("pandoc", (*_OURS, cover, page_number)),
    "multiple": Recipe("pandoc", (*_OURS, spacing(_SPACING.MULTIPLE, 1.15), size(11), page_number)),
    "exact": Recipe("pandoc", (*_OURS, spacing(_SPACING.EXACTLY, Pt(15)), size(10.5))),
    "atleast": Recipe("python-docx", (*_OURS, spacing(_SPACING.AT_LEAST, Pt(16)))),
    "justified": Recipe("pandoc", (*_OURS, justified, size(11))),
    "letter": Recipe("python-docx", (*_OURS, paper(21.59, 27.94, 3.8), gaps(0, 7))),
    "a5": Recipe("pandoc", (*_OURS, paper(14.8, 21, 1.9), size(9.5), gaps(4, 4))),
    "tall-header": Recipe("pandoc", (*_OURS, paper(21, 29.7, 2.5), tall_header)),
    "gaps": Recipe("pandoc", (*_OURS, gaps(9, 3), spacing(_SPACING.MULTIPLE, 1.3), page_number)),
    "contextual": Recipe("python-docx", (*_OURS, contextual, gaps(6, 6))),
    "new-pages": Recipe("pandoc", (*_OURS, new_pages, spacing(_SPACING.MULTIPLE, 1.08))),
    "bordered": Recipe("pandoc", (*_OURS, bordered)),
    "loose": Recipe("pandoc", (*_OURS, loose)),
    "indented": Recipe("pandoc", (*_OURS, indented, justified)),
    "calibri": Recipe("python-docx", (empty, fonts("Calibri", "Cambria"), size(11))),
    "times": Recipe("pandoc", (empty, fonts("Times New Roman", "Arial"), size(12), spacing(_SPACING.MULTIPLE, 1.5))),
    "libreoffice": Recipe("pandoc", (*_OURS, gaps(6, 6), page_number)),
}
NAMES = tuple(RECIPES)
