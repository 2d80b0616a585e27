"""What Typst is told: the same for all documents of a template and a language, so that it finds its layout again."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from rapportbygger import fonts, theme
from rapportbygger.model import Metadata
from rapportbygger.template import STANDARD
from rapportbygger.theme.look import Paragraph, Piece
from rapportbygger.theme.sections import Front
from rapportbygger.write.docx.package import read_parts
from rapportbygger.write.pdf.compiler import RULES
from rapportbygger.write.pdf.theme_data import data_files


def told(folder: Path, name: str) -> dict[str, str]:
    """The files for a document of a municipality, whose name stands on its cover and in its headers."""
    look = theme.read(read_parts(STANDARD.read_bytes()), fonts.load(), "standard.docx")[0]
    style = look.style()
    story = (Paragraph(style, (Piece("text", style.look, name),)),)
    section = replace(look.section, header=story, footer=story)
    look = replace(look, section=section, fronts=(Front(section, story),), opening=story)
    return data_files(look, Metadata(f"Rapport for {name}", "nb", authors=(name,)), folder)


def test_what_a_document_says_itself_is_no_part_of_the_theme(tmp_path: Path) -> None:
    asker, bodo = told(tmp_path, "Asker"), told(tmp_path, "Bodø")
    assert asker["theme.json"] == bodo["theme.json"]
    assert "Asker" not in asker["theme.json"]
    assert asker["stories.json"].count('"Asker"') == 2 * 2 + 2 + 2


@pytest.mark.parametrize("rules", sorted(RULES.glob("*.typ")), ids=lambda path: path.name)
def test_no_rule_takes_in_what_a_document_says_itself(rules: Path) -> None:
    """A value that is read once, at the top, would be a part of all that is defined below it."""
    lines = rules.read_text(encoding="utf-8").split("\n")
    early = [line for line in lines if re.match(r"#(let|set) [\w-]+ = .*(json\(\"(stories|document)|said\(\))", line)]
    assert early == (['#let own = json("document.json")'] if rules.name == "report.typ" else [])
    if early:
        assert lines.index(early[0]) > lines.index('#include "body.typ"')


@pytest.mark.parametrize(("text", "unusual"), [("Ås kommune", False), ("og/eller", True), ("x" * 40, True)])
def test_words_that_may_be_too_long_are_looked_for_only_where_there_are_any(
    tmp_path: Path, text: str, unusual: bool
) -> None:
    assert json.loads(told(tmp_path, text)["stories.json"])["opening"][0]["unusual"] is unusual


def test_the_number_of_a_page_has_the_form_of_its_section(tmp_path: Path) -> None:
    look = theme.read(read_parts(STANDARD.read_bytes()), fonts.load(), "standard.docx")[0]
    pieces = (Piece("PAGE", look.style().look), Piece("PAGE", look.style().look, "ROMAN"))
    footer = (Paragraph(look.style(), pieces),)
    section = replace(look.section, footer=footer, number_format="lowerRoman")
    files = data_files(replace(look, section=section), Metadata("Rapport", "nb"), tmp_path)
    shown = json.loads(files["stories.json"])["around"]["text"]["footer"][0]["pieces"]
    assert [piece["text"] for piece in shown] == ["lowerRoman", "ROMAN"]
