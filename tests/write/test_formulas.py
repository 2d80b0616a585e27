"""Lines with formulas are equally high in both files."""

from __future__ import annotations

import pytest
from lxml import etree

from documents import document, style
from rapportbygger.nodes import Node
from rapportbygger.theme.look import Look
from rapportbygger.theme.properties import W
from rapportbygger.write.docx.formulas import set_lines
from rapportbygger.write.formulas import Need, Spacing, need, parted, spacing, tall, with_formulas
from rapportbygger.write.tex import parse

BODY = style("body text", Look("x", "x", 400, 220, ascent=220, descent=60), surplus=20)
EXACT = style("body text", Look("x", "x", 400, 220, ascent=240, descent=60), rule="exact", line=300)


def inlines(markdown: str) -> list[Node]:
    found: list[Node] = document(markdown).blocks[0]["c"]
    return found


@pytest.mark.parametrize(
    "tex", ["x", "x^2", "x_i^2", r"\sqrt{x}", r"\alpha + \beta", r"10\,000\ \%", "", "{", "}", "^"]
)
def test_small_formulas_make_no_line_higher(tex: str) -> None:
    assert tall(tex) is None


@pytest.mark.parametrize(
    ("tex", "height"),
    [
        (r"\frac{a}{b}", 2.13),
        (r"\frac{\frac{a}{b}}{c}", 3.43),
        (r"\sum_{i=1}^n i", 2.54),
        (r"\begin{cases}a\\b\\c\end{cases}", 3.51),
        (r"\left(\frac12\right)", 2.13),
    ],
)
def test_high_ones_make_it_as_high_as_they_are(tex: str, height: float) -> None:
    assert tall(tex) == pytest.approx(height)


def test_lines_with_small_formulas_are_as_high_as_others() -> None:
    wanted = need(inlines("Der $x^2$ er."))
    assert wanted is not None
    assert spacing(wanted, BODY) == Spacing(300, "exact")
    assert spacing(wanted, EXACT) is None
    assert need(inlines("Uten formel.")) is None


def test_lines_with_high_formulas_grow() -> None:
    wanted = need(inlines(r"Der $\frac{a}{b}$ er."))
    assert wanted is not None
    assert spacing(wanted, BODY) is None
    assert spacing(wanted, EXACT) == Spacing(300, "atLeast")


def test_a_displayed_formula_has_room() -> None:
    wanted = need(inlines(r"$$\frac{a}{b}$$"))
    assert wanted == Need(2.95, alone=True)
    assert spacing(wanted, BODY) == Spacing(649, "atLeast")
    dressed = with_formulas(BODY, inlines(r"$$\frac{a}{b}$$"))
    assert (dressed.look.ascent + dressed.look.descent, dressed.surplus) == (649, 0)


def test_a_displayed_formula_in_a_paragraph_becomes_one_of_its_own() -> None:
    (block,) = document("Der\n$$x$$\ner *y*.").blocks
    parts = parted(block)
    assert [[node["t"] for node in part["c"]] for part in parts] == [["Str"], ["Math"], ["Str", "Space", "Emph", "Str"]]
    assert parted({"t": "HorizontalRule"}) == [{"t": "HorizontalRule"}]


def test_marks_become_line_spacing() -> None:
    space = f'xmlns:w="{W[1:-1]}"'
    styles = etree.fromstring(
        f'<w:styles {space}><w:style w:type="paragraph" w:styleId="B"><w:name w:val="Body Text"/></w:style></w:styles>'
    )
    paragraph = '<w:p><w:pPr><w:pStyle w:val="B"/></w:pPr></w:p>'
    body = etree.fromstring(
        f"<w:body {space}><?formula 2.95 alone?>{paragraph}<?formula 1.3 text?>{paragraph}</w:body>"
    )
    set_lines(body, styles, {"body text": BODY})
    found = [(s.get(W + "line"), s.get(W + "lineRule")) for s in body.iter(W + "spacing")]
    assert found == [("649", "atLeast"), ("300", "exact")]
    assert all(child.tag == W + "p" for child in body)


@pytest.mark.parametrize("tex", [r"\frac{a", r"\begin{cases}a\\", r"\left(", "x_", "^2"])
def test_broken_tex_is_no_trouble(tex: str) -> None:
    assert parse(tex)
