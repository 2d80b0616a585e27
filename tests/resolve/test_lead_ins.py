"""Lines that announce what follows stay on its page."""

from __future__ import annotations

import pytest

from documents import document, frozen, setting
from rapportbygger.model import LEAD_IN, Document
from rapportbygger.nodes import elements, has_class
from rapportbygger.resolve import lead_ins


def kept(markdown: str) -> int:
    """How many paragraphs are kept with what follows."""
    resolved, problems = lead_ins.resolve(document(markdown), setting())
    assert problems == ()
    return sum(has_class(span, LEAD_IN) for span in elements(resolved.blocks, "Span"))


@pytest.mark.parametrize(
    "followed",
    [
        "- ett\n- to",
        "1. ett\n2. to",
        "> Et sitat.",
        "```\nkode\n```",
        "| En linje\n| og en til",
        "::: {lang=nn}\n> Eit sitat.\n:::",
    ],
)
def test_what_announces_something_is_kept_with_it(followed: str) -> None:
    assert kept(f"Prosjektet skulle:\n\n{followed}") == 1


def test_also_from_the_end_of_a_block_to_what_stands_behind_it() -> None:
    assert kept("::: {lang=nn}\nProsjektet skulle:\n:::\n\n- ett\n- to") == 1


@pytest.mark.parametrize(
    "markdown",
    [
        "Prosjektet skulle\n\n- ett",
        "Prosjektet skulle:\n\nVanlig tekst.",
        "Prosjektet skulle:",
        f"{'Langt ' * 40}skulle:\n\n- ett",
        "Prosjektet skulle[^1]:\n\n- ett\n\n[^1]: En note.",
        "- Prosjektet skulle:\n\n  - ett",
    ],
)
def test_other_paragraphs_go_where_they_go(markdown: str) -> None:
    assert kept(markdown) == 0


def test_the_step_changes_nothing_that_it_was_given() -> None:
    given: Document = document("Slik:\n\n- ett")
    before = frozen(given)
    lead_ins.resolve(given, setting())
    assert frozen(given) == before
