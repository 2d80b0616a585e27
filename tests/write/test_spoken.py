"""Formulas are read aloud in words."""

from __future__ import annotations

import pytest

from rapportbygger.write.pdf.spoken import spoken


@pytest.mark.parametrize(
    ("tex", "language", "words"),
    [
        ("x = y", "nb", "x er lik y"),
        ("x^2", "nb", "x i andre"),
        ("x_i^{10}", "nb", "x indeks i opphøyd i 10"),
        (r"\frac{n}{k+1}", "nb", "brøken n over k pluss 1 slutt"),
        (r"\frac{n}{2}", "en", "the fraction n over 2 end"),
        (r"\sum_{i=1}^n x_i", "nn", "summen frå i er lik 1 til n av x indeks i"),
        (r"\sqrt[3]{x}", "en", "the root of degree 3 of x end"),
        (r"10\,000\ \%", "nb", "10 000 prosent"),
        (r"\text{Andel elever} \le \alpha", "nb", "Andel elever er mindre enn eller lik alpha"),
        ("", "nb", "–"),
        ("x", "fr", "x"),
    ],
)
def test_what_is_said(tex: str, language: str, words: str) -> None:
    assert spoken(tex, language) == words


@pytest.mark.parametrize(
    "tex", [r"\frac{a}{b}^{2}", r"\mathbb{R}_{+}", r"\left\{x\right\}", r"\begin{cases}a\\b\end{cases}"]
)
def test_no_source_is_left(tex: str) -> None:
    assert not set("\\{}^_") & set(spoken(tex, "nb"))
