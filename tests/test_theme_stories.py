"""Covers, headers and footers of a template: what is read, and what the pages become."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import pytest

import judges
import word_templates as made
from documents import make_project
from rapportbygger import fonts, theme
from rapportbygger.schedule import build
from rapportbygger.theme.look import Grid, Paragraph, Piece, Placement
from rapportbygger.theme.sections import Front

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
CHAPTER = (
    "# Første\n\nTekst.\n\n" + "\n\n".join(["Et avsnitt som tar litt plass på siden."] * 60) + "\n\n# Andre\n\nTekst.\n"
)


@cache
def shipped() -> fonts.Fonts:
    return fonts.load()


def ended(more: str = "") -> str:
    """The paragraph that ends a section."""
    return f"<w:p><w:pPr><w:sectPr>{more}{made.PAGE}</w:sectPr></w:pPr></w:p>"


def template(body: str, last: str = "", **more: object) -> dict[str, bytes]:
    whole = f"{body}<w:sectPr>{last}{made.PAGE}</w:sectPr>"
    return made.parts(whole, made.NORWEGIAN_STYLES, **more)  # type: ignore[arg-type]


def read(body: str, last: str = "", **more: object) -> theme.Theme:
    given = {"theme": made.office_theme("Source Sans Pro", "Source Sans Pro"), **more}
    return theme.read(template(body, last, **given), shipped(), "mal.docx")[0]


def pieces(front: Front) -> list[Piece]:
    return [piece for block in front.story if isinstance(block, Paragraph) for piece in block.pieces]


def table(*rows: str, columns: tuple[int, ...] = (3000, 6000), properties: str = "") -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def cell(content: str = "", properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content or made.p()}</w:tc>"


# ------------------------------------------------------------------------------------------------------------- sections


def test_sections_before_the_last_are_pages_before_the_text() -> None:
    found = read(made.p("Forside") + ended() + made.p("Kolofon") + ended('<w:vAlign w:val="bottom"/>') + made.p())
    assert [[piece.text for piece in pieces(front)] for front in found.fronts] == [["Forside"], ["Kolofon"]]
    assert [front.section.vertical for front in found.fronts] == ["top", "bottom"]
    assert found.opening == ()


def test_what_stands_in_the_last_section_stands_above_the_text() -> None:
    found = read(made.p("Forside") + ended() + made.p("Sammendrag"))
    assert [piece.text for block in found.opening if isinstance(block, Paragraph) for piece in block.pieces] == [
        "Sammendrag"
    ]
    assert found.opening_style is not None


def test_a_section_that_goes_on_is_one_with_the_one_before() -> None:
    found = read(made.p("Forside") + ended(), '<w:type w:val="continuous"/>')
    assert (found.fronts, len(found.opening)) == ((), 2)


def test_page_numbers_and_even_pages() -> None:
    section = read(made.p(), '<w:pgNumType w:fmt="lowerRoman" w:start="3"/>', settings="<w:evenAndOddHeaders/>").section
    assert (section.number_format, section.start, section.even_pages) == ("lowerRoman", 3, True)


def test_the_colour_of_the_page() -> None:
    parts = template(made.p("x"))
    document = parts["word/document.xml"].replace(b"<w:body>", b'<w:background w:color="EEF3F6"/><w:body>')
    found = theme.read({**parts, "word/document.xml": document}, shipped(), "mal.docx")[0]
    assert found.section.background == "EEF3F6"


# ------------------------------------------------------------------------------------------------------- paragraphs


def test_content_controls_are_read_inside() -> None:
    found = read(made.control(made.control(made.p("En")) + made.p("To")) + ended())
    assert [piece.text for piece in pieces(found.fronts[0])] == ["En", "To"]


def test_hidden_text_is_not_shown() -> None:
    found = read(made.p("skjult", run="<w:vanish/>") + made.p("synlig") + ended())
    assert [piece.text for piece in pieces(found.fronts[0])] == ["synlig"]


@pytest.mark.parametrize(
    ("run", "name", "expected"),
    [
        ('<w:color w:themeColor="accent1"/>', "color", "4472C4"),
        ('<w:color w:val="auto" w:themeColor="accent1" w:themeShade="80"/>', "color", "203965"),
        ('<w:color w:themeColor="text1" w:themeTint="80"/>', "color", "7F7F7F"),
        ('<w:color w:val="112233" w:themeColor="accent1"/>', "color", "112233"),
        ('<w:position w:val="6"/>', "raised", 60),
        ('<w:highlight w:val="yellow"/>', "marked", "FFFF00"),
        ('<w:shd w:val="clear" w:fill="EEEEEE"/>', "marked", "EEEEEE"),
        ("<w:dstrike/>", "strike", True),
    ],
)
def test_letters(run: str, name: str, expected: object) -> None:
    (piece,) = pieces(read(made.p("x", run=run) + ended()).fronts[0])
    assert getattr(piece.look, name) == expected


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (made.field("PAGE \\* roman"), [("PAGE", "roman")]),
        (made.field("PAGE \\* MERGEFORMAT"), [("PAGE", "")]),
        (made.field("SECTIONPAGES"), [("SECTIONPAGES", "")]),
        (made.field("STYLEREF &quot;Overskrift 1&quot;"), [("HEADING", "1")]),
        (made.field("STYLEREF &quot;heading 2&quot; \\* MERGEFORMAT"), [("HEADING", "2")]),
        (made.field("STYLEREF 1 \\n", "2"), [("text", "2")]),
        (made.field("STYLEREF Tittel"), [("TITLE", "")]),
        (made.field("TITLE"), [("TITLE", "")]),
        (made.field("DATE", "17. mai"), [("text", "17. mai")]),
        (made.field(f"IF {made.field('PAGE', '3')} = 1", "svar"), [("text", "svar")]),
        ('<w:r><w:ptab w:relativeTo="margin" w:alignment="right"/></w:r>', [("tab", "")]),
    ],
)
def test_fields(runs: str, expected: list[tuple[str, str]]) -> None:
    found = pieces(read(f"<w:p>{runs}</w:p>" + made.p("x") + ended()).fronts[0])[:-1]
    assert [(piece.kind, piece.text) for piece in found] == expected


# ------------------------------------------------------------------------------------------------------------- tables


def only_table(body: str) -> Grid:
    (front,) = read(body + made.p() + ended()).fronts
    (found,) = [block for block in front.story if isinstance(block, Grid)]
    return found


def test_a_table_has_its_columns_heights_and_colours() -> None:
    band = cell(made.p("x"), '<w:shd w:val="clear" w:fill="0B4A6F"/><w:vAlign w:val="center"/>')
    found = only_table(table(row(band, cell(), properties='<w:trHeight w:val="700" w:hRule="exact"/>')))
    first = found.rows[0].cells[0]
    assert (found.columns, found.rows[0].height, found.rows[0].exact) == ((3000, 6000), 700, True)
    assert (first.shading, first.align, first.margins) == ("0B4A6F", "center", (108, 0, 108, 0))


def test_lines_at_the_edge_and_between_cells() -> None:
    inner = '<w:insideV w:val="single" w:sz="8" w:color="AA0000"/>'
    borders = f'<w:tblBorders><w:top w:val="single" w:sz="16"/>{inner}</w:tblBorders>'
    own = '<w:tcBorders><w:top w:val="nil"/></w:tcBorders>'
    cells = only_table(table(row(cell(), cell("", own)), row(cell(), cell()), properties=borders)).rows
    assert cells[0].cells[0].borders == (("top", 40, 0, "000000"), ("right", 20, 0, "AA0000"))
    assert [border[0] for border in cells[0].cells[1].borders] == ["left"]
    assert [border[0] for border in cells[1].cells[0].borders] == ["right"]


def test_cells_that_span_columns_and_rows() -> None:
    tall, rest = cell("", '<w:vMerge w:val="restart"/>'), cell("", "<w:vMerge/>")
    found = only_table(table(row(tall, cell()), row(rest, cell()), row(cell("", '<w:gridSpan w:val="2"/>'))))
    assert [[(c.columns, c.rows) for c in each.cells] for each in found.rows] == [[(1, 2), (1, 1)], [(1, 1)], [(2, 1)]]


# ------------------------------------------------------------------------------------------------------------ drawings


def shape(fill: str, text: str = "") -> str:
    inside = f"<wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx>" if text else ""
    drawing = made.floating("logo", 635_000, 1_270_000).partition("<a:graphic>")
    wsp = (
        f'<a:graphic><a:graphicData uri="{WPS}"><wps:wsp xmlns:wps="{WPS}"><wps:cNvSpPr/><wps:spPr><a:prstGeom '
        f'prst="rect"/><a:solidFill>{fill}</a:solidFill><a:ln><a:noFill/></a:ln></wps:spPr>{inside}'
        '<wps:bodyPr anchor="ctr"/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>'
    )
    whole = drawing[0] + wsp
    inner = whole.removeprefix("<w:r>").removesuffix("</w:r>")
    old = f"<w:pict><w:txbxContent>{text}</w:txbxContent></w:pict>"
    choice = f'<mc:Choice Requires="wps">{inner}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    return f'<w:r><mc:AlternateContent xmlns:mc="{MC}">{choice}</mc:AlternateContent></w:r>'


def test_a_floating_picture_has_its_place() -> None:
    run = made.floating("logo", 635_000, 635_000, x="<wp:align>right</wp:align>", around=("margin", "page"))
    (piece,) = pieces(read(f"<w:p>{run}</w:p>{ended()}", media={"logo.png": made.png()}).fronts[0])
    assert (piece.kind, piece.placement) == ("float", Placement("margin", "right", "page", 0, True))
    assert piece.picture is not None
    assert (piece.picture.width, piece.picture.height) == (1000, 1000)


def test_a_shape_has_its_colour_and_its_words_once() -> None:
    band = shape('<a:schemeClr val="accent1"><a:lumMod val="50000"/></a:schemeClr>', made.p("I boksen"))
    (piece,) = pieces(read(f"<w:p>{band}</w:p>{ended()}").fronts[0])
    assert piece.shape is not None
    assert (piece.shape.fill, piece.shape.width, piece.shape.anchor) == ("203864", 1000, "center")
    assert [p.pieces[0].text for p in piece.shape.story if isinstance(p, Paragraph)] == ["I boksen"]


# ------------------------------------------------------------------------------------------------------- as pages


def pages(folder: Path, parts: dict[str, bytes], lang: str = "nb") -> list[list[str]]:
    """The lines of each page of the PDF that a report has with this template."""
    judges.require("pdftotext")
    root = make_project(folder, CHAPTER, manifest=f"lang: {lang}", report="    template: mal.docx\n    formats: [pdf]")
    (root / "templates").mkdir()
    made.saved(parts, root / "templates" / "mal.docx")
    done = build(root)
    assert [problem for problem in done.problems if problem.severity == "error"] == []
    (file,) = done.written
    said = subprocess.run(["pdftotext", "-layout", str(file.path), "-"], capture_output=True, check=True)
    return [
        [line.strip() for line in page.split("\n") if line.strip()] for page in said.stdout.decode().split("\f")[:-1]
    ]


HEADER = '<w:headerReference w:type="default" r:id="header1"/>'


def test_the_current_chapter_stands_in_the_header(tmp_path: Path) -> None:
    header = f"<w:p>{made.field('STYLEREF &quot;Overskrift 1&quot;', 'x')}</w:p>"
    found = pages(tmp_path, template(made.p("Forside") + ended(), HEADER, stories={"header1": header}))
    assert found[0] == ["Forside"]
    assert [page[0] for page in found[2:]] == ["Første", "Første", "Andre"]


def test_a_page_break_in_the_cover(tmp_path: Path) -> None:
    found = pages(tmp_path, template(made.p("En") + BREAK + made.p("To") + ended()))
    assert found[:2] == [["En"], ["To"]]


def test_front_pages_count_in_roman_numerals_and_the_text_from_one(tmp_path: Path) -> None:
    roman = '<w:headerReference w:type="default" r:id="header1"/><w:pgNumType w:fmt="lowerRoman"/>'
    parts = template(
        made.p("Forside") + ended(roman) + made.p("Kolofon") + ended(roman),
        '<w:pgNumType w:start="1"/>',
        stories={"header1": f"<w:p>{made.field('PAGE')}</w:p>"},
    )
    assert [page[0] for page in pages(tmp_path, parts)[:4]] == ["i", "ii", "1", "2"]


def test_even_pages_have_their_own_header(tmp_path: Path) -> None:
    parts = template(
        made.p("Forside") + ended(),
        HEADER + '<w:headerReference w:type="even" r:id="header2"/><w:pgNumType w:start="1"/>',
        stories={"header1": made.p("Oddetall"), "header2": made.p("Partall")},
        settings="<w:evenAndOddHeaders/>",
    )
    assert [page[0] for page in pages(tmp_path, parts)] == ["Forside", "Oddetall", "Partall", "Oddetall", "Partall"]


def test_tables_shapes_and_floating_pictures_are_drawn(tmp_path: Path) -> None:
    run = made.floating("logo", 635_000, 635_000)
    band = shape('<a:srgbClr val="FFF2CC"/>', made.p("boksen"))
    grid = table(row(cell(made.p("venstre")), cell(made.p("høyre"))))
    cover = f"<w:p>{run}{band}</w:p>{grid}{made.p('Etter')}"
    found = pages(tmp_path, template(cover + ended('<w:vAlign w:val="center"/>'), media={"logo.png": made.png()}))
    assert "boksen" in found[0]
    assert "Etter" in found[0]
    assert any(line.split() == ["venstre", "høyre"] for line in found[0])
