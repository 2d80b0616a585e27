"""A municipality's crest on its cover."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Literal
from unicodedata import normalize

import pikepdf
import pytest
from docx import Document

from municipal_reports import ROOT, output, project, told
from rapportbygger.schedule import build

FIGURES = Path(__file__).parent / "pictures" / "content" / "figures"
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 100">
<path d="M0 0h80v60q0 30-40 40Q0 90 0 60z" fill="#B4531A"/></svg>"""
TALL, WIDE, DAMAGED = (FIGURES / f"{name}.png" for name in ("tall", "wide", "damaged"))


def crests(root: Path) -> list[tuple[str, float, float]]:
    """The pictures in the built Word file: what is read out, and width and height in centimetres."""
    document = Document(str(output(root, "docx")))
    drawn = document.element.body.xpath(".//w:drawing//wp:inline")
    return [(each.docPr.get("descr"), each.extent.cx / 360000, each.extent.cy / 360000) for each in drawn]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_crest_in_the_folder_is_on_the_cover_in_word_and_pdf(tmp_path: Path, form: Literal["NFC", "NFD"]) -> None:
    root = project(tmp_path, **{normalize(form, "Kommunevåpen__PNG"): TALL})  # type: ignore[arg-type]
    assert told(build(root)) == []
    [(alt, wide, high)] = crests(root)
    assert alt == "Kommunevåpenet til Asker"
    assert [wide, high] == pytest.approx([2.5 * 0.05, 2.5], abs=0.01)
    with pikepdf.open(output(root, "pdf")) as opened:
        assert len(opened.pages[0].get_images()) == 1
        spoken = [
            str(each["/Alt"]) for each in opened.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
        ]
    assert spoken == ["Kommunevåpenet til Asker"]


def test_a_wide_crest_is_no_wider_than_the_slot(tmp_path: Path) -> None:
    root = project(tmp_path, kommunevåpen__png=WIDE)
    build(root, formats=["docx"])
    [(_alt, wide, high)] = crests(root)
    assert [wide, high] == pytest.approx([6.0, 1.5], abs=0.01)


@pytest.mark.parametrize("field", ["kommunevåpen", "crest", "logo"])
def test_the_data_can_name_the_crest(tmp_path: Path, field: str) -> None:
    root = project(tmp_path, f"{field}: merke.png", merke__png=TALL, kommunevåpen__png=DAMAGED)
    assert told(build(root, formats=["docx"])) == []
    assert len(crests(root)) == 1


def test_without_a_crest_there_is_nothing_and_nothing_is_said(tmp_path: Path) -> None:
    root = project(tmp_path)
    assert told(build(root, formats=["docx"])) == []
    assert crests(root) == []
    document = Document(str(output(root, "docx")))
    assert document.paragraphs[0].text == "Asker kommune"


def test_a_damaged_crest_is_told_by_its_file(tmp_path: Path) -> None:
    result = build(project(tmp_path, kommunevåpen__png=DAMAGED), formats=["docx"])
    assert told(result) == [("damaged-picture", "content/municipalities/asker/kommunevåpen.png")]
    assert result.failed == ("lokal/asker",)


def test_a_crest_that_word_cannot_show_is_left_out_with_a_warning(tmp_path: Path) -> None:
    result = build(project(tmp_path, "crest: merke.webp", merke__webp=DAMAGED), formats=["docx"])
    assert told(result) == [("picture-format", "content/municipalities/asker/merke.webp")]
    assert result.failed == ()


def test_a_drawing_becomes_a_picture(tmp_path: Path) -> None:
    drawing = tmp_path / "a.svg"
    drawing.write_text(SVG, encoding="utf-8")
    root = project(tmp_path / "b", kommunevåpen__svg=drawing)
    assert told(build(root)) == []
    [(_alt, wide, high)] = crests(root)
    assert [wide, high] == pytest.approx([2.0, 2.5], abs=0.01)


@pytest.mark.parametrize(
    "said",
    [
        "nothing",
        "<svg",
        SVG.replace("80 100", "8000000 1"),
        SVG.replace('viewBox="0 0 80 100"', ""),
        SVG.replace("<path", "<image href='/etc/hostname.png'/><path").replace("80 100", "0 100"),
    ],
)
def test_what_is_no_drawing_is_told(tmp_path: Path, said: str) -> None:
    drawing = tmp_path / "a.svg"
    drawing.write_text(said, encoding="utf-8")
    result = build(project(tmp_path / "b", kommunevåpen__svg=drawing), formats=["docx"])
    assert told(result) == [("damaged-picture", "content/municipalities/asker/kommunevåpen.svg")]


def test_a_damaged_crest_stops_no_report_without_a_place_for_it(tmp_path: Path) -> None:
    root = project(tmp_path, kommunevåpen__png=DAMAGED)
    shutil.copy(ROOT / "templates" / "brev.docx", root / "templates" / "kommunerapport.docx")
    assert told(build(root, formats=["docx"])) == []


def test_the_png_beside_a_drawing_is_used(tmp_path: Path) -> None:
    root = project(tmp_path, kommunevåpen__svg=DAMAGED, kommunevåpen__png=TALL)
    assert told(build(root, formats=["docx"])) == []
    assert len(crests(root)) == 1


@pytest.mark.parametrize(
    ("name", "code"), [("finnes-ikke.png", "file-missing"), ("../../../../ute.png", "outside-project")]
)
def test_a_name_that_leads_nowhere_is_told_where_it_stands(tmp_path: Path, name: str, code: str) -> None:
    result = build(project(tmp_path, f"crest: {name}"), formats=["docx"])
    assert told(result) == [(code, "content/municipalities/asker.yaml:2:8")]
