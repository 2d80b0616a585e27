"""Quarto's callouts are quotes that begin with a title."""

from __future__ import annotations

import pytest

from documents import as_markdown, document, frozen, setting
from rapportbygger.resolve import callouts


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


def test_what_does_not_begin_with_text_has_its_title_above() -> None:
    assert resolved("::: callout-note\n- ett\n:::").endswith("> **Merk.**\n>\n> - ett\n:::")


def test_other_blocks_are_left_alone() -> None:
    assert resolved("::: ramme\nTekst.\n:::") == "::: ramme\nTekst.\n:::"


def test_the_document_is_not_changed() -> None:
    given = document("::: callout-note\nTekst.\n:::")
    before = frozen(given)
    callouts.resolve(given, setting())
    assert frozen(given) == before
