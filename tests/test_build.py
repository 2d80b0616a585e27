"""The whole pipeline: what is written, when nothing is, and that it is the same twice."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from docx import Document

from documents import make_project
from rapportbygger.diagnostics import Severity
from rapportbygger.schedule import Event, Result, UnknownName, build, write_whole

MUNICIPALITIES = "municipalities: municipalities/*.yaml"
LOCAL = "  lokal:\n    for-each: municipality\n    chapters: [local/*.md]\n    formats: [docx]"


def names(result: Result, root: Path) -> list[str]:
    return [file.path.relative_to(root).as_posix() for file in result.written]


def codes(result: Result) -> list[tuple[str, str]]:
    return [(problem.code, str(problem.location)) for problem in result.problems if problem.severity is Severity.ERROR]


def with_municipalities(root: Path) -> Path:
    make_project(root, "# {{ municipalities | length }} kommuner", manifest=MUNICIPALITIES, report=LOCAL)
    for folder, name, text in [
        ("local", "01.md", "# {{ municipality.navn }}"),
        ("municipalities", "asker.yaml", "navn: Asker"),
        ("municipalities", "bodo.yaml", "navn: Bodø"),
        ("municipalities", "prove.yaml", "navn: Prøve\neksempel: true"),
    ]:
        (root / "content" / folder).mkdir(exist_ok=True)
        (root / "content" / folder / name).write_text(text, encoding="utf-8")
    return root


def test_both_formats_are_written_from_one_document(tmp_path: Path) -> None:
    result = build(make_project(tmp_path, "# Mål\n\nTekst."))
    assert names(result, tmp_path) == ["build/rapport.pdf", "build/rapport.docx"]
    assert [file.size for file in result.written] == [file.path.stat().st_size for file in result.written]
    assert (result.problems, result.failed) == ((), ())


def test_only_the_format_that_is_asked_for(tmp_path: Path) -> None:
    assert names(build(make_project(tmp_path, "# Mål"), formats=["docx"]), tmp_path) == ["build/rapport.docx"]


def test_two_builds_are_the_same_to_the_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1650000000")
    text = "# Mål\n\n![Bred](figures/wide.png){#fig-a}\n\nNote[^1].\n\n[^1]: Her ![x](figures/wide.png).\n\n- a\n- b"
    outputs = []
    for name in ("en", "to og æøå"):
        root = make_project(tmp_path / name, text)
        outputs.append([file.path.read_bytes() for file in build(root).written])
    assert outputs[0] == outputs[1]


def test_a_large_document_is_made_as_any_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 100 + "\n: Tall {#tbl-tall}\n\n"
    grid = "+-----+-----+\n| - a | - b |\n+-----+-----+\n"  # pandoc is asked for it, once more where it has had a rest
    root = make_project(tmp_path, f"# En {{#sec-en}}\n\n{table}{grid}")
    before = [file.path.read_bytes() for file in build(root).written]
    monkeypatch.setattr("rapportbygger.build.LARGE", 200)
    assert [file.path.read_bytes() for file in build(root, force=True).written] == before


def test_a_citation_style_that_cannot_be_used_has_its_place_in_the_project(tmp_path: Path) -> None:
    root = make_project(tmp_path, "# Mål\n\n@a", manifest="csl: a.csl")
    (root / "content" / "a.csl").write_text("<style>", encoding="utf-8")
    assert ("invalid-style", "content/a.csl:1") in codes(build(root))


def test_a_file_where_the_folder_build_must_be(tmp_path: Path) -> None:
    root = make_project(tmp_path, "# Mål")
    (root / "build").write_text("", encoding="utf-8")
    result = build(root)
    assert [problem.code for problem in result.problems] == ["unwritable"] * 3  # Word, PDF and manifest
    assert "a folder" in result.problems[0].hint


def test_a_word_template_needs_no_styles_but_words_own(tmp_path: Path) -> None:
    root = make_project(
        tmp_path, "# Mål\n\nNote[^1].\n\n[^1]: Her ![x](figures/wide.png).\n\n> Sitat", report="    template: mal.docx"
    )
    (root / "templates").mkdir()
    word = Document()
    for style in list(word.styles):
        if style.name not in ("Normal", "Default Paragraph Font", "Normal Table", "Heading 1"):
            style.delete()
    word.save(str(root / "templates" / "mal.docx"))
    assert len(build(root).written) == 2


def test_what_a_broken_chapter_holds_is_not_missed_in_others(tmp_path: Path) -> None:
    root = make_project(tmp_path, "# Mål\n\nSe @sec-nytt.")
    (root / "content" / "chapters" / "zz.md").write_text("# Nytt {#sec-nytt}\n\n{{ x }}", encoding="utf-8")
    assert [code for code, _place in codes(build(root))] == ["unknown-name"]


def test_a_broken_chapter_leaves_earlier_outputs_alone(tmp_path: Path) -> None:
    root = make_project(tmp_path, "# Mål")
    before = [(file.path, file.path.read_bytes()) for file in build(root).written]
    (root / "content" / "chapters" / "01.md").write_text("# Mål\n\nSe @fig-borte og {{ tull }}.", encoding="utf-8")
    result = build(root)
    assert codes(result) == [("unknown-name", "content/chapters/01.md:3:21")]
    assert (names(result, root), result.failed) == ([], ("rapport",))
    assert [(path, path.read_bytes()) for path, _ in before] == before


def test_all_problems_of_resolving_come_at_once(tmp_path: Path) -> None:
    text = "# A {#sec-a}\n\n# B {#sec-a}\n\n@fig-borte\n\n![x](figures/borte.png)\n\n[@ukjent]"
    assert {code for code, _ in codes(build(make_project(tmp_path, text)))} == {
        "duplicate-identifier",
        "unknown-target",
        "missing-picture",
        "unknown-reference",
    }


def test_each_municipality_gets_a_report_of_its_own(tmp_path: Path) -> None:
    root = with_municipalities(tmp_path)
    assert names(build(root, reports=["lokal"]), root) == [
        "build/lokal/asker.docx",
        "build/lokal/bodo.docx",
        "build/lokal/prove.docx",
    ]


def test_only_the_municipality_that_is_asked_for(tmp_path: Path) -> None:
    root = with_municipalities(tmp_path)
    assert names(build(root, municipalities=["bodo"]), root) == ["build/lokal/bodo.docx"]


def test_a_broken_municipality_stops_what_counts_it_and_nothing_else(tmp_path: Path) -> None:
    root = with_municipalities(tmp_path)
    (root / "content" / "municipalities" / "asker.yaml").write_text("navn: [", encoding="utf-8")
    result = build(root)
    assert names(result, root) == ["build/lokal/bodo.docx", "build/lokal/prove.docx"]
    assert result.failed == ("rapport", "lokal/asker")
    assert codes(result)[0][1].startswith("content/municipalities/asker.yaml:")


def test_names_that_the_project_does_not_have(tmp_path: Path) -> None:
    root = make_project(tmp_path, "# Mål")
    with pytest.raises(UnknownName) as unknown:
        build(root, reports=["raport"])
    assert (unknown.value.kind, unknown.value.name, unknown.value.known) == ("report", "raport", ("rapport",))


def test_it_tells_how_far_it_is(tmp_path: Path) -> None:
    events: list[Event] = []
    build(make_project(tmp_path, "# Mål"), on_event=events.append)
    assert [event.kind for event in events if event.kind != "stage"] == ["planned", "started", "written"]
    stages = [event.stage for event in events if event.kind == "stage"]
    assert stages == ["load", "validate", "merge", "parse", "resolve", "pdf", "docx"]


def test_without_a_date_given_the_newest_input_says_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    root = make_project(tmp_path, "# Mål")
    for path in root.rglob("*"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    first = [file.path.read_bytes() for file in build(root).written]
    assert b"D:20200913" in first[0]
    assert [file.path.read_bytes() for file in build(root, force=True).written] == first


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "rapport.pdf").mkdir()  # nothing can be put in its place, as with a file that Word holds open
    (problem,) = write_whole(tmp_path / "rapport.pdf", b"x", "build/rapport.pdf")
    assert (problem.code, str(problem.location)) == ("unwritable", "build/rapport.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["rapport.pdf"]
