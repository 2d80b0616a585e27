"""A picture that is a specification is drawn, sized and described as other pictures are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from documents import document, make_project, setting
from rapportbygger.diagnostics import Diagnostic, Location, Problems
from rapportbygger.drawings import Drawing
from rapportbygger.model import Document
from rapportbygger.nodes import elements, pairs_of
from rapportbygger.resolve import numbers, pictures

FAULT = Diagnostic("chart", "it is wrong", Location("content/figures/x.vl.yaml", 3, 1))


class Square:
    """Draws squares as wide as they are wanted, up to 5 inches; nothing of what is called «feil»."""

    def drawn(self, path: Path, width: float, own: Path | None) -> tuple[Drawing | None, Problems]:
        assert own is None
        if path.name.startswith("feil"):
            return None, (FAULT,)
        side = min(width, 5.0)
        return Drawing(f"<svg>{path.name} {side:.2f}</svg>".encode(), side, side), ()


def resolved(root: Path, markdown: str) -> tuple[Document, Problems]:
    make_project(root, markdown)
    for name in ("x.vl.yaml", "feil.vl.json"):
        (root / "content" / "figures" / name).write_text("mark: bar", encoding="utf-8")
    return pictures.resolve(document(markdown), replace(setting(root), charts=Square()))


@pytest.mark.parametrize(
    ("attributes", "inches"), [("", 5.0), ("width=50%", 3.0), ("width=2in", 2.0), ("width=100cm", 6.0)]
)
def test_it_is_drawn_as_wide_as_it_is_shown(tmp_path: Path, attributes: str, inches: float) -> None:
    markdown = f'![Søyler](figures/x.vl.yaml){{#fig-x fig-alt="Søyler" {attributes}}}'
    changed, problems = resolved(tmp_path, markdown)
    assert problems == ()
    (image,) = elements(changed.blocks, "Image")
    (name,) = changed.drawings
    assert image["c"][2][0] == name
    assert pairs_of(image["c"][0])["width"] == f"{inches:.4f}in"


def test_what_is_wrong_with_it_is_told_at_its_place(tmp_path: Path) -> None:
    changed, problems = resolved(tmp_path, '![Søyler](figures/feil.vl.json){#fig-x fig-alt="Søyler"}')
    assert problems == (FAULT,)
    assert changed.drawings == {}


def test_a_name_that_is_nearly_right_is_suggested(tmp_path: Path) -> None:
    _changed, problems = resolved(tmp_path, '![Søyler](figures/xx.vl.yaml){#fig-x fig-alt="Søyler"}')
    assert [(problem.code, problem.hint) for problem in problems] == [
        ("missing-picture", "did you mean «figures/x.vl.yaml»?")
    ]


def test_without_fig_alt_its_caption_serves_and_that_is_told(tmp_path: Path) -> None:
    _changed, problems = resolved(tmp_path, "![Søyler](figures/x.vl.yaml){#fig-x}")
    assert [problem.code for problem in problems] == ["missing-alternative-text"]


def test_drawings_go_on_with_the_document(tmp_path: Path) -> None:
    changed, _problems = resolved(tmp_path, '![Søyler](figures/x.vl.yaml){#fig-x fig-alt="Søyler"}')
    assert numbers.resolve(changed, setting(tmp_path))[0].drawings == changed.drawings
