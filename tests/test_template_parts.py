"""A template that is opened once says what docxtpl makes of it, for each report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document

from rapportbygger import template_parts
from rapportbygger.template import STANDARD, _environment

TEMPLATES = Path(__file__).parent.parent / "templates"
PICTURE = Path(__file__).parent / "pictures" / "content" / "figures" / "tall.png"
VALUES = {"title": "A & B", "subtitle": "", "authors": "KS", "date": "", "lang": "nb", "crest": ""}
OTHERS = {**VALUES, "title": "C", "municipality": {"navn": "Bø", "adresse": "Gata 1", "ordfører": "Kari"}}


def told(document: Path, values: dict[str, Any]) -> list[dict[str, bytes]]:
    """The parts as they are filled in here, and by docxtpl."""
    content, environment = document.read_bytes(), _environment("nb")
    opened = template_parts.opened(content).filled(values, environment)
    return [opened, template_parts.rendered(content, lambda _template: values, environment)]


@pytest.mark.parametrize("path", [STANDARD, *sorted(TEMPLATES.glob("*.docx"))], ids=lambda path: path.stem)
def test_the_parts_are_docxtpls(path: Path) -> None:
    ours, theirs = told(path, OTHERS)
    assert list(ours) == list(theirs)
    assert [name for name in ours if ours[name] != theirs[name]] == []


def test_tables_drawings_headers_and_blanks_are_docxtpls(tmp_path: Path) -> None:
    word = Document()
    word.sections[0].header.paragraphs[0].text = "{{ title }}"
    word.sections[0].footer.paragraphs[0].text = "Uten\tverdier"
    row = word.add_table(1, 2).rows[0]
    row.cells[0].text, row.cells[1].text = "{%tc for each in (1, 2, 3) %}", "{{ each }}"
    row._tr.append(word.add_table(1, 1).rows[0].cells[0]._tc)
    row.cells[-1].text = "{%tc endfor %}"
    word.add_paragraph().add_run().add_picture(str(PICTURE))
    word.add_paragraph("{{ subtitle }}\t{{ authors }}")
    word.save(str(tmp_path / "mal.docx"))
    for values in (VALUES, OTHERS, VALUES):
        ours, theirs = told(tmp_path / "mal.docx", values)
        assert ours == theirs


def test_what_says_the_same_is_made_once() -> None:
    content = STANDARD.read_bytes()
    one, other = (
        template_parts.opened(content).filled(values, _environment("nb")) for values in (VALUES, dict(VALUES))
    )
    assert all(one[name] is other[name] for name in one)
