"""Quarto's callouts are quotes that begin with a title."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents import as_markdown, document, frozen, make_project, setting
from judges.package import Package
from judges.text import bold_paragraphs
from rapportbygger.resolve import callouts
from rapportbygger.schedule import build


def resolved(markdown: str, lang: str = "nb") -> str:
    return as_markdown(callouts.resolve(document(markdown, lang=lang), setting())[0].blocks)


@pytest.mark.parametrize(
    ("kind", "lang", "title"),
    [
        *(("note", "nb", "Merk"), ("tip", "nb", "Tips"), ("important", "nn", "Viktig"), ("caution", "nb", "Forsiktig")),
        *(("warning", "nb", "Advarsel"), ("warning", "nn", "Åtvaring"), ("note", "en", "Note")),
    ],
)
def test_a_callout_has_its_kinds_title_in_the_reports_language(kind: str, lang: str, title: str) -> None:
    assert f"> **{title}.** Fristen er nå." in resolved(f"::: {{.callout-{kind}}}\nFristen er nå.\n:::", lang)


@pytest.mark.parametrize(
    "written", ['::: {.callout-tip title="Et råd"}\nRing.\n:::', "::: {.callout-tip}\n## Et råd\n\nRing.\n:::"]
)
def test_its_own_title_comes_first(written: str) -> None:
    assert "> **Et råd.** Ring." in resolved(written)


def test_what_does_not_begin_with_text_is_announced() -> None:
    assert resolved("::: callout-note\n- ett\n:::").endswith("> **Merk**:\n>\n> - ett\n:::")
    assert resolved("::: callout-note\n## Hva nå?\n\n- ett\n:::").endswith("> **Hva nå**?\n>\n> - ett\n:::")


def test_a_heading_that_is_all_it_says_is_its_text() -> None:
    assert resolved("::: callout-note\n## Husk fristen\n:::").endswith("> **Merk.** Husk fristen\n:::")


def test_a_title_has_one_sign_at_its_end() -> None:
    assert "> **Hva nå?** Ring." in resolved('::: {.callout-tip title="Hva nå?"}\nRing.\n:::')


def test_no_callout_is_a_heading_in_disguise(tmp_path: Path) -> None:
    chapter = "# En\n\n::: callout-note\n- ett\n:::\n\nTekst.\n\n::: callout-tip\n## Råd\n:::"
    build(make_project(tmp_path, chapter), formats=("docx",))
    assert [*bold_paragraphs(Package.open(tmp_path / "build/rapport.docx"))] == []


def test_other_blocks_are_left_alone() -> None:
    assert resolved("::: ramme\nTekst.\n:::") == "::: ramme\nTekst.\n:::"


def test_the_document_is_not_changed() -> None:
    given = document("::: callout-note\nTekst.\n:::")
    before = frozen(given)
    callouts.resolve(given, setting())
    assert frozen(given) == before
