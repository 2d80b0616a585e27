"""Charts in finished files: drawn as vectors with the report's letters in the PDF, sharp in Word, both valid."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

import judges
from documents import make_project
from rapportbygger.schedule import Result, build

CHART = """\
title: "Elever i {{ title }}"
data: {values: [{år: 2019, elever: 1200}, {år: 2020, elever: 1800}]}
mark: {type: line, point: true}
encoding:
  x: {field: år, type: temporal, title: null}
  y: {field: elever, type: quantitative, title: Elever}
"""
ALTERNATIVE = "Linjen stiger fra 1200 til 1800 elever."
CHAPTER = f'# Tall\n\n@fig-elever stiger.\n\n![Elever](figures/elever.vl.yaml){{#fig-elever fig-alt="{ALTERNATIVE}"}}\n'
LOCAL = "  lokal:\n    for-each: municipality\n    chapters: [local/*.md]\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_project(tmp_path_factory.mktemp("charts"), CHAPTER)
    (root / "content" / "figures" / "elever.vl.yaml").write_text(CHART, encoding="utf-8")
    result = build(root)
    assert (result.problems, sorted(file.path.suffix for file in result.written)) == ((), [".docx", ".pdf"])
    return root


def test_in_the_pdf_it_is_drawn_and_its_words_are_text(root: Path) -> None:
    pymupdf = pytest.importorskip("pymupdf")
    with pymupdf.open(root / "build" / "rapport.pdf") as document:
        page = next(page for page in document if "Elever i En rapport" in page.get_text())
        assert {"2019", "2020", "1\u202f500"} <= set(page.get_text().split("\n"))
        assert page.get_images() == []
        assert {font[3].partition("+")[2] for font in page.get_fonts()} >= {
            "SourceSansPro-Regular",
            "SourceSansPro-Bold",
        }


def test_in_the_pdf_it_is_a_figure_with_its_alternative_text(root: Path) -> None:
    with pikepdf.open(root / "build" / "rapport.pdf") as document:
        figures = [
            each for each in document.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
        assert [str(figure.get("/Alt")) for figure in figures] == [ALTERNATIVE]


@pytest.mark.parametrize("profile", ["ua1", "pdfa2a"])
def test_the_pdf_is_valid(root: Path, profile: str) -> None:
    assert judges.page_validation(root / "build" / "rapport.pdf", profile) == []


def test_the_pdf_can_be_listened_to(root: Path) -> None:
    assert judges.outloud(root / "build" / "rapport.pdf") == []


def test_in_word_it_is_a_sharp_picture(root: Path) -> None:
    with zipfile.ZipFile(root / "build" / "rapport.docx") as archive:
        pictures = [archive.read(name) for name in archive.namelist() if name.startswith("word/media/")]
        assert f'descr="{ALTERNATIVE}"' in archive.read("word/document.xml").decode("utf-8")
    (picture,) = pictures
    assert int.from_bytes(picture[16:20], "big") > 900  # dots in its width


@pytest.mark.parametrize("judge", [judges.openxml_audit, judges.sdk_validator, judges.structure])
def test_the_word_file_is_valid(root: Path, judge: Callable[[Path], list[str]]) -> None:
    assert judge(root / "build" / "rapport.docx") == []


def municipalities(root: Path) -> Path:
    make_project(root, "# Alt", manifest="municipalities: municipalities/*.yaml", report=LOCAL)
    files = {
        "local/01.md": "# {{ municipality.navn }}\n\n![Tall](figures/tall.vl.yaml){#fig-t fig-alt='Tall'}\n",
        "figures/tall.vl.yaml": 'data: {values: "{{ municipality.tall }}"}\nmark: bar\n'
        "encoding: {y: {field: key, type: nominal}, x: {field: value, type: quantitative}}\n",
        **{f"municipalities/m{n}.yaml": f"navn: By {n}\ntall: {{a: {n}, b: 3}}" for n in range(1, 5)},
        "municipalities/m5.yaml": "navn: By 5",
    }
    for name, text in files.items():
        path = root / "content" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def outputs(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "build" / "lokal").iterdir()}


def test_workers_share_what_draws_and_the_files_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1650000000")
    one, two = municipalities(tmp_path / "one"), municipalities(tmp_path / "two")
    results: list[Result] = [build(one, jobs=1), build(two, jobs=2)]
    for result in results:
        assert [(problem.code, problem.severity) for problem in result.problems] == [("unknown-name", "error")]
        assert result.failed == ("lokal/m5",)
    assert outputs(one) == outputs(two)
    assert len(outputs(one)) == 8


def test_a_chart_that_cannot_be_drawn_is_told_at_its_place(tmp_path: Path) -> None:
    root = municipalities(tmp_path)
    (root / "content" / "figures" / "tall.vl.yaml").write_text("data: {url: tall.csv}\nmark: bar\n", encoding="utf-8")
    result = build(root, municipalities=["m1"], reports=["lokal"])
    places = [(problem.code, str(problem.location)) for problem in result.problems]
    assert places == [("file-missing", "content/figures/tall.vl.yaml:1:13")]
