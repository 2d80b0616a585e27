"""A municipality's own colours in its report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from municipal_reports import output, part, project, told
from rapportbygger.own_colours import contrast
from rapportbygger.schedule import Result, build


def built(root: Path, colours: str, report: str = "") -> Result:
    """A report for one municipality that has given colours."""
    return build(project(root, colours, report=report))


def accents(root: Path) -> list[str]:
    """The first two accents of the theme in the built file."""
    return re.findall(r'<a:accent[12]><a:srgbClr val="(\w+)"/>', part(root, "word/theme/theme1.xml"))


def test_own_colours_are_the_accents_of_the_theme(tmp_path: Path) -> None:
    assert built(tmp_path, "farger: ['#7A0019', '#005A2B']").problems == ()
    assert accents(tmp_path) == ["7A0019", "005A2B"]
    styles = part(tmp_path, "word/styles.xml")
    assert set(re.findall(r'w:val="(\w+)" w:themeColor="accent1"|w:themeColor="accent1" w:val="(\w+)"', styles)) <= {
        ("7A0019", ""),
        ("", "7A0019"),
    }
    assert "0B4A6F" not in styles


def test_the_pdf_has_them_too(tmp_path: Path) -> None:
    built(tmp_path / "a", "farger: '#7A0019'")
    built(tmp_path / "b", "")
    outputs = [output(tmp_path / name, "pdf").read_bytes() for name in ("a", "b")]
    assert [fills(data) for data in outputs] == [True, False]


def fills(pdf: bytes) -> bool:
    """Whether something on the pages is painted in 7A0019."""
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        content = [pikepdf.unparse_content_stream(pikepdf.parse_content_stream(page)) for page in opened.pages]
    return any(re.search(rb"0?\.478\d* 0 0?\.098\d* (?:sc|scn|rg)\b", each) for each in content)


@pytest.mark.parametrize(
    ("colours", "place"),
    [("farger: '#FFD100'", "2:9"), ("farger: ['#7A0019', '#FFD100']", "2:21"), ("farger: rød", "2:9")],
)
def test_a_colour_that_cannot_be_read_is_left_out_with_a_warning(tmp_path: Path, colours: str, place: str) -> None:
    result = built(tmp_path, colours)
    assert told(result) == [("unreadable-colour", f"content/municipalities/asker.yaml:{place}")]
    assert result.failed == ()
    assert accents(tmp_path)[1] == "2A7A96"


def test_a_report_that_others_write_keeps_the_templates_colours(tmp_path: Path) -> None:
    assert built(tmp_path, "farger: ['#7A0019', rød]", "own-colours: false").problems == ()
    assert accents(tmp_path) == ["0B4A6F", "2A7A96"]


@pytest.mark.parametrize(("colour", "ratio"), [("000000", 21.0), ("FFFFFF", 1.0), ("767676", 4.54), ("FF0000", 4.0)])
def test_contrast_is_that_of_wcag(colour: str, ratio: float) -> None:
    assert contrast(colour) == pytest.approx(ratio, abs=0.01)
