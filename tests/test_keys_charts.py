"""Documents are made of what their charts and tables of data are made of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from documents import make_project
from rapportbygger.schedule import build

REPORTS = """\
  lokal:
    for-each: municipality
    chapters: [local/*.md]
    formats: [docx]
"""
FILES = {
    "content/local/01.md": "# {{ municipality.navn }}\n\n![Tall](figures/tall.vl.yaml){#fig-tall fig-alt='Tall'}\n\n"
    "![Rader](data/rader.csv){#tbl-rader}",
    "content/figures/tall.vl.yaml": """\
title: "{{ data.ord.tittel }}"
data: {url: ../data/tall.csv}
mark: bar
encoding: {x: {field: navn, type: nominal}}
""",
    "content/figures/annet.vl.yaml": "mark: bar",
    "content/data/rader.csv": "navn;antall\nA;1\n",
    "content/data/tall.csv": "navn;antall\nA;1\n",
    "content/data/andre.csv": "navn;antall\nA;1\n",
    "content/data/ord.yaml": "tittel: Tall",
    "content/municipalities/asker.yaml": "navn: Asker",
}


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


def built(root: Path) -> set[str]:
    result = build(root)
    assert result.failed == ()
    return {file.report for file in result.written}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_project(
        tmp_path_factory.mktemp("charts"), "# Alt", manifest="municipalities: municipalities/*.yaml", report=REPORTS
    )
    for name, text in FILES.items():
        write(root, name, text)
    assert built(root) == {"rapport", "lokal/asker"}
    return root


CHANGES: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "nothing": (lambda _root: None, set()),
    "its data": (lambda root: write(root, "content/data/tall.csv", "navn;antall\nA;2\n"), {"lokal/asker"}),
    "the data of a table": (
        lambda root: write(root, "content/data/rader.csv", "navn;antall\nA;2\n"),
        {"lokal/asker"},
    ),
    "what it says": (lambda root: write(root, "content/data/ord.yaml", "tittel: Antall"), {"lokal/asker"}),
    "itself": (
        lambda root: write(root, "content/figures/tall.vl.yaml", FILES["content/figures/tall.vl.yaml"] + "height: 90"),
        {"lokal/asker"},
    ),
    "a chart that nobody shows": (lambda root: write(root, "content/figures/annet.vl.yaml", "mark: line"), set()),
    "data that no chart reads": (lambda root: write(root, "content/data/andre.csv", "navn;antall\nB;1\n"), set()),
}


@pytest.mark.parametrize("what", CHANGES)
def test_only_what_shows_the_chart_is_built_again(root: Path, what: str) -> None:
    change, expected = CHANGES[what]
    change(root)
    assert built(root) == expected
