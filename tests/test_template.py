"""Word templates: what is filled in, and what is said of one that cannot be."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from rapportbygger import template, template_file
from rapportbygger.diagnostics import Diagnostic

VALUES = {"title": "A & B", "subtitle": "", "authors": "KS", "date": "", "lang": "nb", "municipality": {"navn": "Bø"}}


def made(folder: Path, *paragraphs: str) -> Path:
    word = Document()
    for paragraph in paragraphs:
        word.add_paragraph(paragraph)
    path = folder / "mal.docx"
    word.save(str(path))
    return path


def filled(path: Path) -> str:
    parts, problems = template.render(path, {**VALUES, "tom": None}, "templates/mal.docx")
    assert problems == ()
    assert parts is not None
    return parts["word/document.xml"].decode("utf-8")


def problem(path: Path) -> Diagnostic:
    parts, problems = template.render(path, VALUES, "templates/mal.docx")
    assert parts is None
    assert len(problems) == 1
    assert str(problems[0].location) == "templates/mal.docx"
    return problems[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ title }}", "A &amp; B"),
        ("{{ municipality.navn }}", "Bø"),
        ("{{ '2021-03-19' | date }}", "19.\u00a0mars 2021"),
        ("{{ tom }}", "ikke levert"),
        ("{% if subtitle %}x{% else %}uten undertittel{% endif %}", "uten undertittel"),
    ],
)
def test_what_is_filled_in(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in filled(made(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "code", "message", "hint"),
    [
        ("{{ titel }}", "unknown-name", "unknown name «titel»", "did you mean «title»?"),
        ("{{ municipality.nvn }}", "unknown-name", "unknown name «nvn»", "did you mean «navn»?"),
        ("{{ title | dato }}", "unknown-name", "unknown filter «dato»", "did you mean «date»?"),
        ("{{ title", "template-syntax", "a tag or an expression that is never closed", ""),
        ("{% if title %}x", "template-syntax", "«if» is never closed", "{% endif %}"),
        ("{% endif %}", "template-syntax", "«endif» has no place here", ""),
        ("{{ title date }}", "template-syntax", "«date» is not expected here", ""),
        ("{{ title | number }}", "template", "the filter «number» cannot use «A & B»", "a number"),
        ("{{ 1 / 0 }}", "template", "division by zero", ""),
        ("{{ title.__class__.__mro__ }}", "template", "the expression is not allowed", ""),
    ],
)
def test_what_cannot_be_filled_in(tmp_path: Path, text: str, code: str, message: str, hint: str) -> None:
    found = problem(made(tmp_path, text))
    assert (found.code, found.message) == (code, message)
    assert hint in found.hint


def test_the_municipality_is_known_only_in_reports_for_each(tmp_path: Path) -> None:
    path = made(tmp_path, "{{ municipality.navn }}")
    _parts, problems = template.render(path, {"title": "", "lang": "nb"}, "templates/mal.docx")
    assert "for-each" in problems[0].hint


def test_a_tag_that_tears_a_paragraph_apart(tmp_path: Path) -> None:
    word = Document()
    word.add_paragraph("{% if subtitle %}")
    word.add_table(1, 1).cell(0, 0).text = "{% endif %}"
    word.save(str(tmp_path / "mal.docx"))
    assert "begins in one place and ends in another" in problem(tmp_path / "mal.docx").message


def test_a_file_that_is_no_word_file(tmp_path: Path) -> None:
    path = tmp_path / "mal.docx"
    path.write_bytes(b"")
    assert "not a Word file" in problem(path).message
    path.write_text("tekst", encoding="utf-8")
    assert "not a Word file" in problem(path).message
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")
    assert "not a Word file" in problem(path).message


def test_a_damaged_word_file(tmp_path: Path) -> None:
    path = made(tmp_path, "a")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "damaged" in problem(path).message


def changed(folder: Path, part: str, change: Callable[[bytes], bytes | None]) -> Path:
    """A template with one part changed, or without it where the change is None."""
    path = made(folder, "a")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, part: change(parts.get(part, b""))}.items():
            if content is not None:
                archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("part", "change", "message"),
    [
        ("word/document.xml", lambda xml: xml.replace(b"<w:body>", b"<w:bdy>"), "damaged in its part «word/document"),
        ("word/document.xml", lambda xml: xml.replace(b"w:body>", b"w:bdy>"), "damaged or not a Word file"),
        ("word/document.xml", lambda _: None, "damaged or not a Word file"),
        ("word/styles.xml", lambda _: None, "damaged or not a Word file"),
        ("word/_rels/document.xml.rels", lambda _: None, "damaged or not a Word file"),
        ("word/_rels/document.xml.rels", lambda xml: xml[:-9], "damaged in its part «word/_rels/document.xml.rels»"),
        (
            "word/footer9.xml",
            lambda _: b"<!DOCTYPE w [<!ENTITY a 'b'>]><w>&a;</w>",
            "(DOCTYPE) in the part «word/foot",
        ),
        ("word/footer9.xml", lambda _: b"<!DOCTYPE w SYSTEM '/etc/passwd'><w/>", "is not allowed in a Word template"),
        ("word/media/a.png", lambda _: bytes(template_file.LARGEST + 1), "more than 200 MB"),
    ],
)
def test_a_file_that_is_not_as_word_writes_it(
    tmp_path: Path, part: str, change: Callable[[bytes], bytes | None], message: str
) -> None:
    assert message in problem(changed(tmp_path, part, change)).message
