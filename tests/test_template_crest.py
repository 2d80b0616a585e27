"""A crest in a template: what the crest before has taught is what docxtpl makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.image.image import Image

from rapportbygger import template_crest
from rapportbygger.crest import Crest
from rapportbygger.template import _environment

ROOT = Path(__file__).parent.parent
CRESTS = sorted((ROOT / "content" / "municipalities").glob("*/kommunevåpen.png"))
PICTURE = Path(__file__).parent / "pictures" / "content" / "figures" / "tall.png"
VALUES = {"title": "A & B", "subtitle": "", "authors": "KS", "date": "", "lang": "nb"}


def crest(path: Path) -> Crest:
    image = Image.from_blob(path.read_bytes())
    return Crest(path.read_bytes(), image.px_width / image.px_height, f"Kommunevåpenet til «{path.parent.name}» & <co>")


def told(template: bytes, values: dict[str, Any]) -> list[dict[str, bytes]]:
    """The parts as they are made here, and by docxtpl."""
    environment = _environment("nb")
    by_docxtpl = template_crest._by_docxtpl(template, values, environment).parts
    return [template_crest.filled(template, values, environment), dict(by_docxtpl)]


def in_several_places(folder: Path) -> bytes:
    word = Document()
    word.sections[0].header.paragraphs[0].text = "{{ crest }}{{ title }}"
    word.sections[0].footer.paragraphs[0].text = "{% if title == 'under' %}{{ crest }}{% endif %}"
    word.add_paragraph("{{ crest }} and {{ crest }}")
    word.add_paragraph().add_run().add_picture(str(PICTURE))
    word.save(str(folder / "mal.docx"))
    return (folder / "mal.docx").read_bytes()


@pytest.mark.parametrize("title", ["over", "under"])
def test_the_next_crest_is_placed_as_docxtpl_does(title: str, tmp_path: Path) -> None:
    for template in (ROOT / "templates" / "kommunerapport.docx").read_bytes(), in_several_places(tmp_path):
        for path in (*CRESTS, *CRESTS):
            ours, theirs = told(template, {**VALUES, "title": title, "crest": crest(path)})
            assert list(ours) == list(theirs)
            assert [name for name in ours if ours[name] != theirs[name]] == []


def test_a_crest_in_other_places_than_that_before_is_docxtpls_own_work(tmp_path: Path) -> None:
    template = in_several_places(tmp_path)
    for title in ("over", "under", "over", "over"):
        ours, theirs = told(template, {**VALUES, "title": title, "crest": crest(CRESTS[0])})
        assert ours == theirs


def test_a_crest_that_the_template_shows_already_is_one_picture_with_that(tmp_path: Path) -> None:
    template = in_several_places(tmp_path)
    for path in (CRESTS[0], PICTURE, CRESTS[-1], PICTURE):
        ours, theirs = told(template, {**VALUES, "crest": crest(path)})
        assert ours == theirs


def test_docxtpl_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    template = (ROOT / "templates" / "kommunerapport.docx").read_bytes()
    values = [{**VALUES, "crest": crest(path)} for path in CRESTS]
    template_crest.filled(template, values[0], _environment("nb"))
    monkeypatch.delattr("rapportbygger.template_parts.rendered")
    assert template_crest.filled(template, values[1], _environment("nb"))["word/media/image1.png"]
