"""A long report with everything in it, in a template of ours and in one of others: Word's pages are the PDF's pages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import foreign_templates
import judges
import long_documents
from documents import scratch
from equal_pages import Comparison
from rapportbygger.fonts import load
from rapportbygger.schedule import build

ROOT = Path(__file__).parent.parent
OURS, THEIRS = "sluttrapport", "multiple"
SEED = 1

templates = pytest.mark.parametrize("template", [OURS, THEIRS])


@cache
def compared(template: str) -> Comparison:
    """The report of about 65 pages, laid out by LibreOffice and by us."""
    folder = scratch()
    ours = ROOT / "templates" / f"{template}.docx"
    file = ours if template == OURS else foreign_templates.make(template, folder / "made")
    root = long_documents.make(folder / "project", "rapport", SEED, file)
    word = next(written.path for written in build(root).written if written.path.suffix == ".docx")
    laid_out = judges.libreoffice_pdf(word, folder / "laid-out", load().folders)
    return Comparison.of(word, laid_out, word.with_suffix(".pdf"))


@templates
def test_headings_and_captions_begin_on_the_same_page(template: str) -> None:
    found = compared(template)
    moved = [(said.text[:40], word, pdf) for said, word, pdf in found.moved]
    assert len(found.items) > 60
    assert len(moved) <= 0.005 * len(found.items), moved


@templates
def test_words_lists_have_the_pages_of_the_pdf(template: str) -> None:
    wrong = [(entry.text[:40], entry.number, page) for entry, page in compared(template).wrong_numbers]
    assert len(compared(template).entries) > 60
    assert wrong == []


@templates
def test_every_word_is_the_same_in_both(template: str) -> None:
    assert compared(template).letters_apart == ("", "")


@templates
def test_lines_are_broken_alike(template: str) -> None:
    found = compared(template)
    assert len(found.pairs) >= 0.95 * len(found.word)
