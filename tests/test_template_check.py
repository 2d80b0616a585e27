"""What a designer is told of a Word template: nothing of ours, and every fault that is put into one."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from fontTools.ttLib import TTFont

import foreign_templates
from rapportbygger.diagnostics import Diagnostic, Severity
from rapportbygger.fonts import load
from rapportbygger.template import STANDARD
from rapportbygger.template_check import check

ROOT = Path(__file__).parents[1]
OURS = (*sorted((ROOT / "templates").glob("*.docx")), STANDARD)
REPORT = ROOT / "templates" / "sluttrapport.docx"
PICTURE = ROOT / "content" / "figures" / "samlinger.png"


@pytest.mark.parametrize("path", OURS, ids=[path.stem for path in OURS])
def test_nothing_is_to_be_said_of_our_own_templates(path: Path) -> None:
    assert check(path) == ()


def changed(change: Callable[[Document], object], folder: Path) -> tuple[Diagnostic, ...]:
    """What is said of our template for final reports with one change."""
    template = docx.Document(str(REPORT))
    change(template)
    template.save(str(folder / "mal.docx"))
    return check(folder / "mal.docx")


def without(element: BaseOxmlElement) -> None:
    """Take an element away."""
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def only(template: Document, path: str) -> BaseOxmlElement:
    """The first element at a path of the document's body."""
    found: list[BaseOxmlElement] = template.element.body.xpath(path)
    return found[0]


def _without_style(template: Document, name: str) -> None:
    without(template.styles[name].element)


def _older(template: Document) -> None:
    setting = template.settings.element.xpath("w:compat/w:compatSetting[@w:name='compatibilityMode']")[0]
    setting.set(qn("w:val"), "12")


def _without_language(template: Document) -> None:
    without(template.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang")[0])


def _without_margin(template: Document) -> None:
    margins = only(template, "w:sectPr/w:pgMar")
    del margins.attrib[qn("w:header")]


def _without_outline(template: Document) -> None:
    without(template.styles["Heading 2"].element.xpath("w:pPr/w:outlineLvl")[0])


def _pale(template: Document) -> None:
    template.styles["caption"].font.color.rgb = RGBColor(0xAA, 0xAA, 0xAA)


def _dark_ground(template: Document) -> None:
    shading = template.styles["Source Code"].element.xpath("w:pPr/w:shd")[0]
    shading.set(qn("w:fill"), "202020")


def _moved_tab(template: Document) -> None:
    stops = template.styles["toc 2"].paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Cm(9), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _no_dots(template: Document) -> None:
    style = template.styles["toc 1"].element.xpath("w:pPr/w:tabs/w:tab[@w:val='right']")[0]
    style.set(qn("w:leader"), "none")


def _loose_lines(template: Document) -> None:
    template.styles["Body Text"].paragraph_format.line_spacing = 1.15


def _tall_header(template: Document) -> None:
    template.sections[-1].header.paragraphs[0].paragraph_format.space_after = Pt(90)


def _titles(template: Document) -> list[Paragraph]:
    """The paragraphs with the title: very long ones have a style of their own."""
    return [paragraph for paragraph in template.paragraphs if paragraph.text == "{{ title }}"]


def _bold(template: Document) -> None:
    _titles(template)[-1].runs[0].bold = True


def _picture(template: Document) -> None:
    template.paragraphs[0].insert_paragraph_before().add_run().add_picture(str(PICTURE), width=Cm(3))


def _no_title(template: Document) -> None:
    for title in _titles(template):
        title.runs[0].text = "Sluttrapport"


def _unknown(template: Document) -> None:
    _titles(template)[-1].runs[0].text = "{{ titel }}"


def _one_brace(template: Document) -> None:
    template.paragraphs[0].insert_paragraph_before("{{ title }", style="Subtitle")


def _never_closed(template: Document) -> None:
    _titles(template)[-1].runs[0].text = "{% if title %}{{ title }}"


def _only_for_municipalities(template: Document) -> None:
    template.paragraphs[0].insert_paragraph_before("{{ municipality.navn }} kommune", style="Subtitle")


def _after_cover(template: Document) -> None:
    template.add_paragraph("Her begynner teksten.")


def _font(template: Document) -> None:
    template.styles["Heading 1"].font.name = "Skrift Ingen Har"
    fonts = template.styles["Heading 1"].element.xpath("w:rPr/w:rFonts")[0]
    del fonts.attrib[qn("w:asciiTheme")]


def _tracked(template: Document) -> None:
    run = _titles(template)[-1].runs[0]._r
    change = run.makeelement(qn("w:ins"), {qn("w:id"): "1", qn("w:author"): "A"})
    run.addprevious(change)
    change.append(run)


def _note_numbers(template: Document) -> None:
    section = only(template, "w:sectPr")
    section.insert(2, section.makeelement(qn("w:footnotePr"), {}))  # behind the references to header and footer


FAULTS: list[tuple[Callable[[Document], object], str, str]] = [
    (
        lambda t: _without_style(t, "Body Text"),
        "template-style",
        "«Brødtekst (Body Text)» is missing; one like «Normal»",
    ),
    (lambda t: _without_style(t, "toc 2"), "template-style", "«INNH 2 (toc 2)» is missing"),
    (
        lambda t: _without_style(t, "Compact"),
        "template-style",
        "are used instead: Compact",
    ),
    (_older, "template-compatibility", "compatibility mode"),
    (_without_language, "template-language", "what language"),
    (_without_margin, "template-page", "header"),
    (_without_outline, "template-outline", "«Overskrift 2 (heading 2)» is not at outline level 2"),
    (_pale, "template-contrast", "«Bildetekst (caption)»: the contrast of #AAAAAA on #FFFFFF is 2.3:1"),
    (_dark_ground, "template-contrast", "«Source Code»: the contrast of #000000 on #202020"),
    (_moved_tab, "template-tab", "«INNH 2 (toc 2)»"),
    (_no_dots, "template-tab", "no dots"),
    (_loose_lines, "template-line-spacing", "Brødtekst (body text)"),
    (_tall_header, "template-edge", "taller than the top margin"),
    (_bold, "template-formatting", "«{{ title }}» has formatting of its own (b), besides the style «Tittel (title)»"),
    (_picture, "template-alt", "no alternative text"),
    (_no_title, "template-title", "title of the report"),
    (_unknown, "unknown-name", "«titel»"),
    (_one_brace, "template-braces", "«{{ title }»: a brace is missing"),
    (_never_closed, "template-syntax", ""),
    (_only_for_municipalities, "template-for-each", "«municipality»"),
    (_after_cover, "template-sample-text", "«Her begynner teksten.»"),
    (_font, "missing-font", "«Skrift Ingen Har»"),
    (_tracked, "template-changes", "tracked changes"),
    (_note_numbers, "template-notes", "footnotes"),
]


EACH_FAULT = pytest.mark.parametrize(
    ("change", "code", "said"), FAULTS, ids=[f"{i}-{code}" for i, (_, code, _) in enumerate(FAULTS)]
)


@EACH_FAULT
def test_each_fault_is_found(change: Callable[[Document], object], code: str, said: str, tmp_path: Path) -> None:
    (found,) = [problem for problem in changed(change, tmp_path) if problem.code == code and said in problem.message]
    assert str(found.location) == (tmp_path / "mal.docx").as_posix()
    assert found.hint or code == "unknown-name"


def test_what_only_a_designer_cares_about_does_not_fail_a_strict_check(tmp_path: Path) -> None:
    severities = {problem.severity for problem in changed(_loose_lines, tmp_path)}
    assert severities == {Severity.INFO}


def test_a_file_that_is_no_word_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "mal.docx").write_bytes(b"PK")
    (problem,) = check(tmp_path / "mal.docx")
    assert (problem.code, problem.severity) == ("template", Severity.ERROR)


def test_fields_of_municipalities_may_be_whatever_a_project_has(tmp_path: Path) -> None:
    lines = "{% for t in municipality.tiltak %}{{ t.tittel }} {{ t.start|date }} {{ t.antall|spelled }}{% endfor %}"
    found = changed(lambda t: t.paragraphs[0].insert_paragraph_before(lines, style="Subtitle"), tmp_path)
    assert {problem.code for problem in found} == {"template-for-each"}


def test_fonts_beside_the_template_are_there(tmp_path: Path) -> None:
    """A designer's own folder of templates is like that of a project."""

    def other(template: Document) -> None:
        _font(template)
        fonts = template.styles["Heading 1"].element.xpath("w:rPr/w:rFonts")[0]
        fonts.set(qn("w:ascii"), "Egen Skrift")

    assert "missing-font" in {problem.code for problem in changed(other, tmp_path)}
    (tmp_path / "fonts").mkdir()
    for bold in (False, True):
        _renamed_font(tmp_path / "fonts" / f"egen{int(bold)}.ttf", bold=bold)
    assert changed(other, tmp_path) == ()


def _renamed_font(path: Path, *, bold: bool) -> None:
    face = load().face("Source Sans Pro", bold=bold)
    assert face is not None
    with TTFont(face.path) as font:
        for name in (1, 16):
            font["name"].setName("Egen Skrift", name, 3, 1, 0x409)
        font.save(path)


GUIDE = (ROOT / "docs" / "mal.md").read_text(encoding="utf-8")


def test_the_guide_explains_every_code() -> None:
    sources = (ROOT / "src" / "rapportbygger" / "template_check").glob("*.py")
    codes = {code for path in sources for code in re.findall(r'"(template-[a-z-]+)"', path.read_text(encoding="utf-8"))}
    assert codes - set(re.findall(r"^\| `([a-z-]+)` \|", GUIDE, re.MULTILINE)) == set()


def test_the_guide_names_styles_as_our_templates_do() -> None:
    section = GUIDE.partition("## Stilene")[2].partition("## Feltene")[0]
    rows = re.findall(r"^\|[^|]*\| ([A-Za-z][^|]*) \| [^|]* \|$", section, re.MULTILINE)[1:]
    named = {name.strip() for names in rows for name in names.split(",") if "…" not in name}
    styles = docx.Document(str(REPORT)).styles.element
    there = {name.get(qn("w:val")) for name in styles.xpath("w:style/w:name")}
    assert len(named) > 20
    assert named - there == set()


@pytest.mark.parametrize("name", foreign_templates.NAMES)
def test_templates_of_others_can_be_used(name: str, tmp_path: Path) -> None:
    """There is much to say of them, but nothing that keeps a report from being made."""
    problems = check(foreign_templates.make(name, tmp_path))
    assert problems
    assert Severity.ERROR not in {problem.severity for problem in problems}
