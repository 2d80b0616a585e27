"""What a chapter may not say in attributes, and what the program says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents import documented, make_project
from rapportbygger.nodes import ATTRIBUTES, attributes, elements
from rapportbygger.schedule import build


def kept(markdown: str) -> list[tuple[list[str], list[list[str]]]]:
    parsed, _ = documented(markdown)
    return [(attributes(node)[1], attributes(node)[2]) for node in elements(parsed.blocks, *ATTRIBUTES)]


@pytest.mark.parametrize(
    "markdown",
    [
        "[x]{.caption-label}",
        "[x]{.crossref target=y}",
        "[x]{.pageref}",
        "::: toc\nx\n:::",
        "::: {.csl-entry}\nx\n:::",
        "## H {structure=abc number=x}",
        '| a |\n|---|\n| 1 |\n\n: x {#tbl-a typst:fill="red"}',
        "```{=html}\n\n```",
        "` `{=html}",
    ],
)
def test_what_only_the_program_may_say_is_left_out(tmp_path: Path, markdown: str) -> None:
    result = build(make_project(tmp_path, f"# A\n\nTekst[^1]\n\n[^1]: Note.\n\n{markdown}"))
    assert result.failed == ()


def test_the_other_attributes_are_kept() -> None:
    assert kept("[x]{.egen .crossref farge=blå number=3}") == [(["egen"], [["farge", "blå"]])]


def test_typst_in_attributes_does_not_reach_the_pdf(tmp_path: Path) -> None:
    table = '    | a |\n    |---|\n    | 1 |\n\n    : x {#tbl-a typst:fill="red); #panic(1)"}'
    assert build(make_project(tmp_path, f"Tekst[^1]\n\n[^1]: Note.\n\n{table}")).failed == ()


@pytest.mark.parametrize("lang", ["norsk", "a", "nb-1"])
def test_a_language_that_is_none_is_told_and_left_out(lang: str) -> None:
    parsed, problems = documented(f'Tekst\n\n[x]{{lang="{lang}"}}')
    assert [(problem.code, str(problem.location)) for problem in problems] == [
        ("unknown-language", "content/chapters/01.md:3:5")
    ]
    assert [attributes(node)[2] for node in elements(parsed.blocks, "Span")] == [[]]


def test_an_empty_language_is_told_at_its_own_place() -> None:
    _parsed, (problem,) = documented('[x]{lang="nn"}\n\n::: {lang="nn"}\nTekst [x]{lang=""}\n:::')
    assert (problem.message, problem.location.line) == ("an empty language code", 4)


@pytest.mark.parametrize("lang", ["nn", "nb-NO", "se", "zh-Hant-TW", "es-419"])
def test_a_language_is_kept(lang: str) -> None:
    assert kept(f"[x]{{lang={lang}}}") == [([], [["lang", lang]])]


def test_a_control_character_written_as_an_entity_is_told() -> None:
    _, problems = documented('Tekst\n\n![x](a.png){fig-alt="a&#7;b"}')
    assert [(problem.code, str(problem.location)) for problem in problems] == [
        ("control-character", "content/chapters/01.md:3:23")
    ]


def test_nesting_without_end_is_told(tmp_path: Path) -> None:
    result = build(make_project(tmp_path, "> " * 400 + "x"))
    assert [problem.code for problem in result.problems] == ["nesting"]
