"""Nothing is built twice: what a document is made of, and what becomes of it when any of that changes."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Cm

from documents import make_project
from rapportbygger import messages
from rapportbygger.schedule import Result, build, program

SHARED = """\
municipalities: municipalities/*.yaml
bibliography: verk.yaml
"""
REPORTS = """\
  lokal:
    for-each: municipality
    chapters: [local/*.md]
    formats: [docx]
  brev:
    for-each: municipality
    chapters: [brev/*.md]
    formats: [docx]
    template: brev.docx
"""
FILES = {
    "content/local/01.md": "# {{ municipality.navn }}\n\n![Tall](figures/tall.png)\n\n[@berg]",
    "content/brev/01.md": "# Til {{ municipality.navn }}\n\n{{ data.hilsen.ord }}",
    "content/data/hilsen.yaml": "ord: Hei",
    "content/data/annet.yaml": "ord: Noe annet",
    "content/municipalities/asker.yaml": "navn: Asker",
    "content/municipalities/bodo.yaml": "navn: Bodø",
    "content/verk.yaml": """\
- {id: berg, type: book, title: Om berg, author: [{family: Berg, given: Ane}], issued: 2020}
- {id: dal, type: book, title: Om daler, author: [{family: Dal, given: Ole}], issued: 2021}
""",
}
FINAL = "# {% for each in municipalities %}{{ each.navn }} {% endfor %}\n\n## Mål {.unnumbered}\n\n[@berg]"
ALL = {"rapport", "lokal/asker", "lokal/bodo", "brev/asker", "brev/bodo"}


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


def change(root: Path, name: str, old: str, new: str) -> None:
    write(root, name, (root / name).read_text(encoding="utf-8").replace(old, new))


def project(root: Path, final: str = FINAL) -> Path:
    make_project(root, final, manifest=SHARED, report=REPORTS)
    for name, text in FILES.items():
        write(root, name, text)
    (root / "templates").mkdir(exist_ok=True)
    shutil.copy(Path(program.__file__).parents[1] / "templates" / "standard.docx", root / "templates" / "brev.docx")
    return root


@pytest.fixture(scope="module")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1650000000")
        root = project(tmp_path_factory.mktemp("keys"))
        assert documents(build(root)) == ALL
    return root


@pytest.fixture
def root(_built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that was built."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1650000000")
    return Path(shutil.copytree(_built, tmp_path / "prosjekt"))


def documents(result: Result) -> set[str]:
    """The documents of which files were written."""
    assert result.failed == ()
    return {file.report for file in result.written}


def times(root: Path) -> dict[str, int]:
    outputs = (path for path in (root / "build").rglob("*") if path.is_file() and ".cache" not in path.parts)
    return {path.name: path.stat().st_mtime_ns for path in outputs}


@pytest.mark.parametrize("remembered", [True, False])
def test_nothing_is_written_where_nothing_has_changed(root: Path, remembered: bool) -> None:
    build(root)
    before = times(root)
    if not remembered:
        shutil.rmtree(root / "build" / ".cache")
    result = build(root)
    assert (documents(result), result.fresh, times(root)) == (set(), 5, before)


def test_all_is_built_where_it_must_be(root: Path) -> None:
    assert documents(build(root, force=True)) == ALL


CHANGES: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "what one municipality has delivered": (
        lambda root: write(root, "content/municipalities/asker.yaml", "navn: Nye Asker"),
        {"rapport", "lokal/asker", "brev/asker"},
    ),
    "a chapter": (lambda root: write(root, "content/brev/01.md", "# Kort"), {"brev/asker", "brev/bodo"}),
    "a new chapter": (lambda root: write(root, "content/brev/02.md", "# Mer"), {"brev/asker", "brev/bodo"}),
    "a chapter of one's own": (
        lambda root: write(root, "content/municipalities/bodo/local/02.md", "# Eget"),
        {"lokal/bodo", "brev/bodo"},
    ),
    "a picture": (
        lambda root: shutil.copy(root / "content/figures/wide.png", root / "content/figures/tall.png"),
        {"lokal/asker", "lokal/bodo"},
    ),
    "a picture that nobody uses": (
        lambda root: shutil.copy(root / "content/figures/tall.png", root / "content/figures/wide.png"),
        set(),
    ),
    "data that one chapter uses": (
        lambda root: write(root, "content/data/hilsen.yaml", "ord: God dag"),
        {"brev/asker", "brev/bodo"},
    ),
    "data that nobody uses": (lambda root: write(root, "content/data/annet.yaml", "ord: Nytt"), set()),
    "a work that is cited": (
        lambda root: change(root, "content/verk.yaml", "Om berg", "Om fjell"),
        {"rapport", "lokal/asker", "lokal/bodo"},
    ),
    "a work that nobody cites": (lambda root: change(root, "content/verk.yaml", "Om daler", "Om elver"), set()),
    "a template": (
        lambda root: with_a_wider_margin(root / "templates" / "brev.docx"),
        {"brev/asker", "brev/bodo"},
    ),
    "fonts": (lambda root: write(root, "templates/fonts/les.txt", "Skrifter"), ALL),
    "a setting of one report": (
        lambda root: change(root, "content/report.yaml", "  brev:\n", "  brev:\n    toc: false\n"),
        {"brev/asker", "brev/bodo"},
    ),
    "a setting of all reports": (
        lambda root: change(root, "content/report.yaml", "bibliography:", "author: Vi\nbibliography:"),
        ALL,
    ),
    "a new municipality": (
        lambda root: write(root, "content/municipalities/nes.yaml", "navn: Nes"),
        {"rapport", "lokal/nes", "brev/nes"},
    ),
    "a municipality that is gone": (lambda root: (root / "content/municipalities/bodo.yaml").unlink(), {"rapport"}),
    "an output that is gone": (lambda root: (root / "build/lokal/asker.docx").unlink(), {"lokal/asker"}),
    "an output that was edited": (
        lambda root: (root / "build/lokal/asker.docx").write_bytes(b"x"),
        {"lokal/asker"},
    ),
    "a file that no report uses": (lambda root: write(root, "content/notat.txt", "Husk"), set()),
}


def with_a_wider_margin(path: Path) -> None:
    word = Document(str(path))
    word.sections[0].left_margin = Cm(4)
    word.save(str(path))


@pytest.mark.parametrize("changed", CHANGES)
def test_only_what_uses_it_is_built_again(root: Path, changed: str) -> None:
    act, expected = CHANGES[changed]
    act(root)
    assert documents(build(root)) == expected
    again = build(root)
    assert documents(again) == set()


def test_the_style_of_citations(root: Path) -> None:
    style = Path(program.__file__).parents[1] / "styles" / "word-apa.csl"
    shutil.copy(style, root / "content" / "stil.csl")
    change(root, "content/report.yaml", "bibliography:", "csl: stil.csl\nbibliography:")
    assert documents(build(root)) == ALL


def test_another_version_of_the_program(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "key", lambda: "en annen")
    assert documents(build(root)) == ALL


def test_a_format_that_was_not_built_before(root: Path) -> None:
    shutil.rmtree(root / "build")
    for formats, built in (["pdf"], ["rapport.pdf"]), ([], ["rapport.pdf", "rapport.docx"]), (["docx"], []):
        result = build(root, reports=["rapport"], formats=formats)
        assert [file.path.name for file in result.written] == built


def test_a_format_that_was_left_behind(root: Path) -> None:
    write(root, "content/chapters/01.md", "# Ny")
    build(root, reports=["rapport"], formats=["pdf"])
    assert documents(build(root, reports=["rapport"])) == {"rapport"}


def test_what_failed_is_tried_again(root: Path) -> None:
    write(root, "content/chapters/01.md", "# Mål\n\n@sec-ukjent")
    first, second = build(root), build(root)
    assert (second.failed, second.problems) == (("rapport",), first.problems)
    write(root, "content/chapters/01.md", FINAL)
    assert documents(build(root)) in (set(), {"rapport"})


@pytest.mark.parametrize("remembered", [True, False])
def test_warnings_are_told_again_in_the_language_in_use(root: Path, remembered: bool) -> None:
    first = build(root)
    if not remembered:
        shutil.rmtree(root / "build" / ".cache")
    assert first.problems != ()
    assert build(root).problems == first.problems
    messages.use("nb")
    assert [problem.code for problem in build(root).problems] == [problem.code for problem in first.problems]
    assert build(root).problems != first.problems


def test_what_is_left_as_it_is_would_have_been_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    for path in (root / "content").rglob("*"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    os.utime(root / "templates" / "brev.docx", (1_600_000_000, 1_600_000_000))
    build(root)
    write(root, "content/municipalities/asker.yaml", "navn: Nye Asker")
    assert documents(build(root)) == {"rapport", "lokal/asker", "brev/asker"}
    kept = {path: path.read_bytes() for path in (root / "build").rglob("*.docx")}
    build(root, force=True)
    assert {path: path.read_bytes() for path in kept} == kept


@pytest.mark.parametrize("remembered", [True, False])
def test_files_that_are_only_touched(root: Path, monkeypatch: pytest.MonkeyPatch, remembered: bool) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    for path in root.rglob("*.*"):
        if "build" not in path.parts:
            os.utime(path, (1_700_000_000, 1_700_000_000))
    if not remembered:
        shutil.rmtree(root / "build" / ".cache")
    result = build(root)
    assert (documents(result), result.fresh) == (set(), 5)
    kept = {path: path.read_bytes() for path in (root / "build").rglob("*.docx")}
    build(root, force=True)
    assert {path: path.read_bytes() for path in kept} == kept


def test_another_date_that_is_given(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1660000000")
    assert documents(build(root, reports=["rapport"], formats=["docx"])) == {"rapport"}
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert {file.path.name for file in build(root, reports=["rapport"]).written} == {"rapport.docx", "rapport.pdf"}
    said = json.loads((root / "build" / "manifest.json").read_text(encoding="utf-8"))["documents"]["rapport"]
    assert {said["date"], *(output["date"] for output in said["outputs"].values())} == {1660000000}


def test_a_work_that_is_named_by_a_value(root: Path) -> None:
    write(
        root,
        "content/brev/01.md",
        "# Brev\n\n[@{{ municipality.navn | replace('Asker', 'dal') | replace('Bodø', 'dal') }}]",
    )
    build(root)
    change(root, "content/verk.yaml", "Om daler", "Om elver")
    assert documents(build(root)) == {"brev/asker", "brev/bodo"}


def test_how_many_municipalities_there_are(root: Path) -> None:
    write(root, "content/brev/01.md", "# {{ municipalities | length }} kommuner")
    build(root)
    write(root, "content/municipalities/asker.yaml", "navn: Nye Asker")
    assert documents(build(root)) == {"rapport", "lokal/asker", "brev/asker"}
    write(root, "content/municipalities/nes.yaml", "navn: Nes")
    assert documents(build(root)) == {"rapport", "lokal/nes", "brev/nes", "brev/asker", "brev/bodo"}


def test_the_manifest_says_what_a_document_was_made_of(root: Path) -> None:
    said = json.loads((root / "build" / "manifest.json").read_text(encoding="utf-8"))["documents"]
    assert list(said["lokal/asker"]["inputs"]) == [
        "content/figures/tall.png",
        "content/local/01.md",
        "content/municipalities/asker.yaml",
        "municipality asker",
        "work berg",
    ]
    assert said["lokal/asker"]["key"] != said["lokal/bodo"]["key"]
