"""What a municipality has written in another language than the report's is marked, and Markdown stays what it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest

from documents import as_markdown, document, make_project
from rapportbygger.merge import merge
from rapportbygger.model import Chapter, Data, Municipality, Project, Report
from rapportbygger.schedule import build

LONG = "Vi lærte kva samarbeid krev."
ALONE = f"::: {{lang=nn}}\n\n{LONG}\n\n:::"
IN_LINE = f"[{LONG}]{{lang=nn}}"


def merged(chapter: str, lang: str = "nb", **values: Any) -> str:
    """A chapter of a report in `lang` with one municipality, in nynorsk."""
    own = {"navn": "Voss", "målform": "nynorsk", "lært": LONG, **values}
    voss = Municipality("voss", own, Data("content/municipalities/voss.yaml", {}))
    report = Report("rapport", "Tittel", lang, ())
    project = Project(Path(), (report,), (voss,))
    texts, problems = merge(project, report, None, [Chapter("content/01.md", chapter)])
    assert problems == ()
    return texts[0].markdown


@pytest.mark.parametrize(
    ("chapter", "text"),
    [
        ("Før\n\n{{ K.lært }}\n\nEtter", f"Før\n\n{ALONE}\n\nEtter"),
        ("{% for k in municipalities %}\n{{ k.lært }}\n\n{% endfor %}", f"{ALONE}\n\n"),
        ("::: {.callout-note}\n{{ K.lært }}\n:::", f"::: {{.callout-note}}\n{ALONE}\n:::"),
        ("Voss: {{ K.lært }} Ja.", f"Voss: {IN_LINE} Ja."),
        ("- {{ K.lært }}", f"- {IN_LINE}"),
        ("- a\n    - {{ K.lært }}", f"- a\n    - {IN_LINE}"),
        ("Før\n{{ K.lært }}", f"Før\n{IN_LINE}"),
        ("| a |\n|---|\n| {{ K.lært }} |", f"| a |\n|---|\n| {IN_LINE} |"),
        ("# {{ K.lært }}", f"# {IN_LINE}"),
        ("Voss: {{ [K.lært, K.lært] | listing }}", f"Voss: {IN_LINE} og {IN_LINE}"),
        ("Voss: {{ [K.lært, 'ja'] | join('; ') }}", f"Voss: {IN_LINE}; ja"),
        ("Voss: {{ municipalities | join(', ', attribute='lært') }}", f"Voss: {IN_LINE}"),
        ("Voss: {{ K.lært ~ ' Ja.' }}", f"Voss: {IN_LINE} Ja."),
        ("Voss: {{ K.lært + ' Ja.' }}", f"Voss: {IN_LINE} Ja."),
        ("Voss: {{ K.lært | trim }}", f"Voss: {IN_LINE}"),
        ("{{ K.lært | replace('.', '!') }}", ALONE.replace(".", "!")),
        ("{% macro m(k) %}{{ k.lært }}{% endmacro %}Se {{ m(K) }}", f"Se {IN_LINE}"),
    ],
)
def test_a_long_text_is_marked_with_its_language(chapter: str, text: str) -> None:
    assert merged(chapter.replace("K.", "municipalities[0].").replace("(K)", "(municipalities[0])")) == text


@pytest.mark.parametrize(
    "chapter",
    [
        "```\n{{ K.lært }}\n```",
        "Kode `{{ K.lært }}` her",
        "    {{ K.lært }}",
        "[a](b.html){title='{{ K.lært }}'}",
        "![{{ K.lært }}](a.png)",
        "[a](<{{ K.lært }}>)",
        "${{ K.lært }}$",
    ],
)
def test_where_no_mark_can_stand_there_is_none(chapter: str) -> None:
    assert merged(chapter.replace("K.", "municipalities[0].")) == chapter.replace("{{ K.lært }}", LONG)


@pytest.mark.parametrize(
    "text", ["Dette er [ei open klamme", "Dette er `open kode her", "Fyrste avsnittet her.\n\nAndre avsnittet her."]
)
def test_a_text_that_would_break_a_span_is_left_as_it_is(text: str) -> None:
    assert merged("Voss: {{ municipalities[0].lært }}", lært=text) == f"Voss: {text}"


def test_markdown_in_a_text_is_what_it_was() -> None:
    text = "# Tittel\n\nEt *avsnitt* med ord.\n\n1. ein\n2. to\n\n```\nkode\n```\n"
    assert merged("{{ municipalities[0].lært }}", lært=text) == text  # a fence could close in the wrong place
    blocks = document(merged("A\n\n{{ municipalities[0].lært }}\n\nB", lært=text.partition("```")[0])).blocks
    assert [block["t"] for block in blocks] == ["Para", "Div", "Para"]
    assert [block["t"] for block in blocks[1]["c"][1]] == ["Header", "Para", "OrderedList"]
    assert 'lang="nn"' in as_markdown(blocks)


def test_short_texts_and_texts_in_the_reports_language_are_not_marked() -> None:
    assert merged("{{ municipalities[0].navn }} {{ municipalities[0].fylke }}", fylke="Møre og Romsdal") == (
        "Voss Møre og Romsdal"
    )
    assert merged("{{ municipalities[0].lært }}", lang="nn") == LONG
    assert merged("{{ municipalities[0].lært }}", målform="bokmål") == LONG


def test_lists_and_groups_of_fields_are_read_as_before() -> None:
    tiltak = [{"tittel": "Song", "tekst": LONG}]
    chapter = "{% for t in municipalities[0].tiltak %}{{ t.tittel }}: {{ t.tekst }}{% endfor %}"
    assert merged(chapter, tiltak=tiltak) == f"Song: {IN_LINE}"
    assert merged("{{ municipalities | map(attribute='navn') | listing }}") == "Voss"


def test_the_language_is_in_word_and_pdf(tmp_path: Path) -> None:
    root = make_project(tmp_path, "{{ municipalities[0].lært }}", manifest="municipalities: municipalities/*.yaml")
    (root / "content" / "municipalities").mkdir()
    (root / "content" / "municipalities" / "voss.yaml").write_text(
        f"navn: Voss\nmålform: nynorsk\nlært: {LONG}\n", encoding="utf-8"
    )
    result = build(root)
    assert result.problems == ()
    from docx import Document

    runs = Document(str(root / "build" / "rapport.docx")).element.body.xpath(".//w:r[w:rPr/w:lang[@w:val='nn-NO']]")
    assert "".join(run.text for run in runs) == LONG
    with pikepdf.open(root / "build" / "rapport.pdf") as opened:
        spoken = [
            str(each["/Lang"]) for each in opened.objects if isinstance(each, pikepdf.Dictionary) and "/Lang" in each
        ]
    assert sorted(spoken) == ["nb-NO", "nn-NO"]
