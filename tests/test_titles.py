"""Data in what the manifest says of a report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from docx import Document

from municipal_reports import output, project, told
from rapportbygger.diagnostics import Location
from rapportbygger.merge.titles import titled
from rapportbygger.model import Data, Municipality, Project, Report
from rapportbygger.schedule import build

REPORT = Report(
    "lokal", "Sluttrapport fra {{ municipality.navn }}", "nb", (), keywords=("skole", "{{ municipality.navn }}")
)
ASKER = Municipality("asker", {"navn": "Asker", "lært": None}, Data("content/municipalities/asker.yaml", {}))
PLACES = {("title", ""): Location("content/report.yaml", 1, 8), ("title", "nn"): Location("content/report.yaml", 3, 8)}


def merged(report: Report, municipality: Municipality | None = ASKER) -> Report:
    """The report with its fields merged, nothing of which is wrong."""
    changed, problems = titled(Project(Path(), (report,), (ASKER,)), report, municipality)
    assert problems == ()
    return changed


def test_every_municipality_has_a_title_of_its_own() -> None:
    report = merged(REPORT)
    assert (report.title, report.keywords) == ("Sluttrapport fra Asker", ("skole", "Asker"))
    assert REPORT.title == "Sluttrapport fra {{ municipality.navn }}"


def test_what_has_nothing_to_merge_is_as_it_was() -> None:
    report = replace(REPORT, title="Rapport {1}", keywords=())
    assert merged(report) is report


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("{{ title }}: om {{ municipalities | length | spelled }}", "Sluttrapport fra Asker: om en"),
        ("A\n{% if municipality.navn %}\nB\n{% endif %}", "A B"),
        ("{{ municipality.lært }}", "ikke levert"),
        ("{{ '2022-03-17' | date }}", "17.\u00a0mars 2022"),
    ],
)
def test_the_other_fields_can_say_what_a_chapter_can(said: str, text: str) -> None:
    assert merged(replace(REPORT, description=said)).description == text


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("{{ municipality.nabn }}", "unknown-name"),
        ("{{ navn", "template-syntax"),
        ("a {{ '\\x07' }}", "control-character"),
    ],
)
@pytest.mark.parametrize(("lang", "line"), [("nb", 1), ("nn", 3)])
def test_what_cannot_be_merged_is_told_where_it_stands(title: str, code: str, lang: str, line: int) -> None:
    report = replace(REPORT, title=title, lang=lang, places=PLACES)
    _report, problems = titled(Project(Path(), (report,), (ASKER,)), report, ASKER)
    assert [(each.code, str(each.location)) for each in problems] == [(code, f"content/report.yaml:{line}:8")]


def test_a_municipality_is_known_only_in_its_own_report() -> None:
    _report, problems = titled(Project(Path(), (REPORT,), (ASKER,)), REPORT, None)
    assert [each.hint for each in problems] == ["it is there only in reports with «for-each: municipality»"] * 2


def test_the_title_is_in_the_properties_and_on_the_cover(tmp_path: Path) -> None:
    more = 'title: {nb: "Rapport fra {{ municipality.navn }}", nn: "Rapport frå {{ municipality.navn }}"}'
    keywords = "keywords: {nb: [skole], nn: [skule, samspel]}\ndate: {nb: Våren 2022, nn: Våren i 2022}"
    root = project(tmp_path, "målform: nynorsk", report=f"{more}\n{keywords}")
    assert told(build(root)) == [("missing-variant", "content/felles.md:1:1")]
    document = Document(str(output(root, "docx")))
    assert document.core_properties.title == "Rapport frå Asker"
    assert document.core_properties.keywords == "skule, samspel"
    assert {"Rapport frå Asker", "Våren i 2022"} <= {paragraph.text for paragraph in document.paragraphs}
    with pikepdf.open(output(root, "pdf")) as opened:
        assert str(opened.docinfo["/Title"]) == "Rapport frå Asker"
        assert str(opened.docinfo["/Keywords"]) == "skule, samspel"


def test_an_error_in_a_title_keeps_the_document_from_being_built(tmp_path: Path) -> None:
    result = build(project(tmp_path, report='subtitle: "{{ municipality.ukjent }}"'))
    assert told(result) == [("unknown-name", "content/report.yaml:8:15")]
    assert result.failed == ("lokal/asker",)
