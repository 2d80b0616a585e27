"""Word templates that no Word wrote, or that somebody changed by hand: reports are built with them all the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from documents import make_project
from rapportbygger import template, template_check
from rapportbygger.diagnostics import Severity, has_errors
from rapportbygger.schedule import Result, build
from rapportbygger.write.docx.package import read_parts
from word_templates import PAGE, field, p, parts, saved, style

CHAPTER = """# Innledning

Tekst med en note.^[Noten står nederst på siden.]

- et punkt

::: {.landscape}
| A | B |
|---|---|
| ett | to |

: Bred tabell {#tbl-bred}
:::

![Et bilde](figures/wide.png){#fig-bred fig-alt="Blått" width=30%}
"""
STYLES = (
    style("Normal", "Normal", '<w:tabs><w:tab w:val="right" w:pos="9072"/></w:tabs>')
    + style("FootnoteText", "footnote text", based_on="Normal")
    + style("Heading1", "heading 1", '<w:outlineLvl w:val="0"/>', based_on="Normal")
)
FOOTER = (
    '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="4000"/></w:tblGrid><w:tr><w:tc><w:tcPr>'
    f'<w:gridSpan w:val="2"/></w:tcPr>{p("Kommunen")}</w:tc></w:tr></w:tbl>'
    + p("Side", "Normal").replace("<w:r>", "<w:r><w:tab/></w:r><w:r>")
    + f"<w:p><w:r><w:tab/></w:r>{field('PAGE')}</w:p>"
)
BODY = f'<w:p/><w:sectPr><w:footerReference w:type="default" r:id="footer1"/>{PAGE}</w:sectPr>'
Change = Callable[[str], str]


def made(change: Change, leave_out: str = "-") -> dict[str, bytes]:
    """A template in whose parts something is otherwise."""
    whole = parts(BODY, STYLES, stories={"footer1": FOOTER})
    return {name: change(data.decode()).encode() for name, data in whole.items() if leave_out not in name}


def built(folder: Path, whole: dict[str, bytes]) -> Result:
    root = make_project(folder, CHAPTER, report="    template: mal.docx\n    toc: true")
    (root / "templates").mkdir()
    saved(whole, root / "templates" / "mal.docx")
    return build(root)


def swapped(old: str, new: str) -> Change:
    def change(text: str) -> str:
        return re.sub(old, new, text)

    return change


DAMAGES: dict[str, Change] = {
    "no height of lines": swapped(r"(<w:name w:val=\"Normal\"/>.*?<w:pPr>)", r'\1<w:spacing w:line="0"/>'),
    "no height of lines in notes": swapped(
        r'(<w:name w:val="footnote text"/><w:basedOn w:val="Normal"/>)',
        r'\1<w:pPr><w:spacing w:line="0" w:lineRule="exact"/></w:pPr>',
    ),
    "a style based on itself": swapped(r'(<w:name w:val="Normal"/>)', r'\1<w:basedOn w:val="Normal"/>'),
    "a part of a twip": swapped(r'w:w="11906" w:h="16838"', 'w:w="11906.5" w:h="16838.0"'),
    "millimetres": swapped(r'w:(left|top|pos)="\d+"', r'w:\1="25mm"'),
    "no number": swapped(r'w:(w|h|left|top|pos|line)="\d+"', r'w:\1="nan"'),
    "no number, but a letter": swapped(r'w:(w|h|left|top|pos|gutter)="\d+"', r'w:\1="x"'),
    "digits that are no number": swapped(r'w:(w|pos)="\d+"', 'w:\\1="²"'),
    "comments": swapped(r"(<w:(?:tabs|r|p|sectPr|pPr|tbl|tr|tc|tblGrid|styles|body)>)", r"\1<!-- x --><?x y?>"),
    "a cell wider than its table": swapped(r'gridSpan w:val="2"', 'gridSpan w:val="7"'),
    "a cell of endless columns": swapped(r'gridSpan w:val="2"', 'gridSpan w:val="10000000"'),
    "an endless page": swapped(r'w:w="11906"', 'w:w="10000000"'),
    "no page": swapped(r'w:w="11906" w:h="16838"', 'w:w="0" w:h="-5"'),
    "margins wider than the page": swapped(r'w:(left|right|top|bottom)="1417"', r'w:\1="9000"'),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_report_is_built_with_a_damaged_template(tmp_path: Path, name: str) -> None:
    result = built(tmp_path, made(DAMAGES[name]))
    assert [problem.message for problem in result.problems if problem.severity is Severity.ERROR] == []
    assert len(result.written) == 2
    assert not has_errors(template_check.check(tmp_path / "templates" / "mal.docx"))


def test_a_template_without_settings_gets_some(tmp_path: Path) -> None:
    damaged = made(swapped(r"<(Relationship|Override) [^>]*settings[^>]*/>", ""), "settings")
    result = built(tmp_path, damaged)
    assert not has_errors(result.problems)
    finished = read_parts(next(file.path for file in result.written if file.path.suffix == ".docx").read_bytes())
    assert b"compatibilityMode" in finished["word/settings.xml"]
    assert finished["[Content_Types].xml"].count(b"/word/settings.xml") == 1
    assert not has_errors(template_check.check(tmp_path / "templates" / "mal.docx"))


@pytest.mark.parametrize(("said", "other"), [('Id="footer1"', 'Id="another"'), ("relationships/footer", "footing")])
def test_a_footer_that_nothing_leads_to_is_none(tmp_path: Path, said: str, other: str) -> None:
    result = built(tmp_path, made(swapped(said, other)))
    assert not has_errors(result.problems)


@pytest.mark.parametrize(
    "change",
    [
        swapped(r"<Relationship Id=\"(document|styles)[^>]*/>", ""),
        swapped("(</?)w:document", r"\1w:documents"),
    ],
)
def test_a_template_that_nothing_can_be_made_of_is_damaged(tmp_path: Path, change: Change) -> None:
    found, problems = rendered(tmp_path, made(change))
    assert (found, problems) == ({}, ["the Word template is damaged or not a Word file"])


def rendered(folder: Path, whole: dict[str, bytes]) -> tuple[dict[str, bytes], list[str]]:
    found, problems = template.render(saved(whole, folder / "mal.docx"), {"lang": "nb"}, "mal.docx")
    return found or {}, [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("said", "twips"),
    [("25mm", 1417), ("2.5cm", 1417), ("1in", 1440), ("12pt", 240), ("1pc", 240), ("850.9", 850), ("-1 in", -1440)],
)
def test_lengths_in_other_units_become_twips(tmp_path: Path, said: str, twips: int) -> None:
    found, problems = rendered(tmp_path, made(swapped(r'w:pos="9072"', f'w:pos="{said}"')))
    assert f'w:pos="{twips}"' in found["word/styles.xml"].decode()
    assert problems == []


def test_the_size_of_letters_becomes_half_points(tmp_path: Path) -> None:
    with_size = swapped(r'(<w:name w:val="Normal"/>.*?</w:pPr>)', r'\1<w:rPr><w:sz w:val="11.5pt"/></w:rPr>')
    assert '<w:sz w:val="23"/>' in rendered(tmp_path, made(with_size))[0]["word/styles.xml"].decode()


def test_what_cannot_be_read_or_used_is_told(tmp_path: Path) -> None:
    found, problems = rendered(tmp_path, made(swapped(r'w:w="11906" w:h="16838"', 'w:w="10000000" w:h="x"')))
    assert 'w:w="31680"' in found["word/document.xml"].decode()
    assert problems == [
        "a measure in the template cannot be read: «pgSz h=x»",
        "a page of 17638.9 × 29.7 cm is not possible in Word; it is made 55.9 × 29.7 cm",
    ]


def test_margins_that_leave_no_room_are_told(tmp_path: Path) -> None:
    found, problems = rendered(tmp_path, made(DAMAGES["margins wider than the page"]))
    assert found["word/document.xml"].decode().count(f'="{11906 // 8}"') == 2
    assert problems == ["the margins leave no room for text on the page"]


def test_a_part_that_is_in_another_file_is_told(tmp_path: Path) -> None:
    external = swapped('Target="footer1.xml"', 'Target="https://ks.no/bunn.xml" TargetMode="External"')
    path = saved(made(external), tmp_path / "mal.docx")
    found, (problem,) = template.render(path, {"lang": "nb"}, "mal.docx")
    assert found is None
    assert problem.message.startswith(
        "a part of the Word template is in another file: «https://ks.no/bunn.xml», the footer"
    )
    assert problem.hint
