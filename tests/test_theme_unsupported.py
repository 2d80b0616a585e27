"""What a template has that the PDF cannot show is told once, with the name of the style and the property."""

from __future__ import annotations

from functools import cache

import pytest

import word_templates as made
from rapportbygger import fonts, theme

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
THEME = made.office_theme("Source Sans Pro", "Source Sans Pro")


@cache
def shipped() -> fonts.Fonts:
    return fonts.load()


def losses(body: str = "", style: str = "", last: str = "", settings: str = "") -> list[str]:
    given = made.parts(
        f"{body}<w:sectPr>{made.PAGE}{last}</w:sectPr>",
        made.NORWEGIAN_STYLES + style,
        theme=THEME,
        settings=settings,
        media={"logo.png": made.png()},
    )
    _look, problems = theme.read(given, shipped(), "templates/mal.docx")
    assert {problem.code for problem in problems} <= {"not-in-pdf", "hyphenation"}
    return [problem.message for problem in problems]


def test_an_ordinary_template_says_nothing() -> None:
    assert losses(made.p("Forside")) == []


@pytest.mark.parametrize(
    ("properties", "run", "expected"),
    [
        ("", "<w:shadow/>", "the shadow of letters is not shown in the PDF"),
        ("", "<w:emboss/>", "embossed letters are flat in the PDF"),
        ("", f'<w14:glow {W14} w14:rad="1"/>', "text effects are not shown in the PDF"),
        ("", '<w:w w:val="80"/>', "stretched or narrowed letters have their own width in the PDF"),
        ("", '<w:u w:val="double"/>', "double, dotted and wavy underlining is single in the PDF"),
        ("", '<w:bdr w:val="single" w:sz="4"/>', "a border around letters is not shown in the PDF"),
        ('<w:framePr w:w="2000"/>', "", "a text frame stands in the PDF as an ordinary paragraph"),
        (
            '<w:pBdr><w:top w:val="double" w:sz="4"/></w:pBdr>',
            "",
            "double, dotted and other lines are single in the PDF",
        ),
        (
            '<w:pBdr><w:between w:val="single" w:sz="4"/></w:pBdr>',
            "",
            "a line between paragraphs or beside them is not shown in the PDF",
        ),
        (
            '<w:numPr><w:numId w:val="3"/></w:numPr>',
            "",
            "the numbers or bullets of a list are not shown in the PDF",
        ),
    ],
)
def test_styles_that_a_report_is_written_in(properties: str, run: str, expected: str) -> None:
    style = made.style("Blokktekst", "Block Text", properties, run, "Normal")
    assert losses(style=style) == [f"the style «Block Text»: {expected}"]


def test_a_style_that_no_report_has_is_not_told_of() -> None:
    assert losses(style=made.style("Annen", "Annen", run="<w:shadow/>")) == []


def test_a_style_that_others_are_based_on_is_told_of_once() -> None:
    base = made.style("Grunn", "Grunn", run="<w:shadow/>")
    others = made.style("BlockText", "Block Text", based_on="Grunn") + made.style(
        "Compact", "Compact", based_on="Grunn"
    )
    assert losses(style=base + others) == ["the style «Grunn»: the shadow of letters is not shown in the PDF"]


def test_an_outline_in_one_colour_is_what_letters_look_like() -> None:
    plain = f"<w14:textOutline {W14}><w14:noFill/></w14:textOutline>"
    assert losses(style=made.style("BlockText", "Block Text", run=plain)) == []


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ('<w:cols w:num="2"/>', "text in columns is one column in the PDF"),
        ('<w:pgBorders><w:top w:val="single"/></w:pgBorders>', "borders of the page are not shown in the PDF"),
        ('<w:lnNumType w:countBy="1"/>', "line numbers are not shown in the PDF"),
    ],
)
def test_pages(last: str, expected: str) -> None:
    assert losses(last=last) == [f"the pages: {expected}"]


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("<w:r><w:pict/></w:r>", "a drawing of older Word (text box, watermark, WordArt) is not shown in the PDF"),
        (
            made.floating("logo", 9000, 9000, wrap='<wp:wrapSquare wrapText="bothSides"/>'),
            "text does not flow around a floating picture or shape in the PDF",
        ),
        ('<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>', "signs of symbol fonts are not shown in the PDF"),
        (made.field("DATE"), "Word works out the field «DATE» anew, the PDF shows what it says now"),
    ],
)
def test_the_cover(run: str, expected: str) -> None:
    assert losses(f"<w:p>{run}</w:p>" * 2) == [f"the cover: {expected}"]


def test_hyphenation_is_off() -> None:
    assert losses(settings="<w:autoHyphenation/>") == [
        "words are not hyphenated automatically, neither in Word nor in the PDF"
    ]


def test_a_face_that_is_missing_of_a_family_that_is_there() -> None:
    only_regular = fonts.Fonts(
        {key: face for key, face in shipped().faces.items() if key[0] != "Source Serif Pro" or not key[1]}, ()
    )
    style = made.style("BlockText", "Block Text", run='<w:rFonts w:ascii="Source Serif Pro"/><w:b/>')
    given = made.parts("<w:sectPr/>", made.NORWEGIAN_STYLES + style, theme=THEME)
    _look, problems = theme.read(given, only_regular, "mal.docx")
    assert [problem.message for problem in problems] == [
        "«Source Serif Pro» has no bold face: Word makes one up, the PDF shows its nearest"
    ]


@pytest.mark.parametrize(("text", "told"), [("%1", False), ("%1.%2.", False), ("Kapittel %1", True)])
def test_numbers_of_headings_in_a_form_of_the_templates_own(text: str, told: bool) -> None:
    level = f'<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/></w:lvl>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    )
    bound = made.style("H1", "heading 1", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    given = made.parts("<w:sectPr/>", made.style("Normal", "Normal") + bound, theme=THEME, numbering=numbering)
    _look, problems = theme.read(given, shipped(), "mal.docx")
    found = [problem.message for problem in problems if problem.code == "heading-numbers"]
    wanted = "the style «heading 1»: numbers in the form «Kapittel %1» are 1, 1.1 and so on in Word and PDF"
    assert found == [wanted] * told
