"""The judges can fail: each finds the defect that is planted for it, and finds nothing in a good file."""

from __future__ import annotations

import base64
import zipfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pikepdf
import pytest
import typst

import judges

STANDARD = Path(__file__).parents[1] / "src" / "rapportbygger" / "templates" / "standard.docx"
FONTS = Path(str(files("font_source_sans_pro"))) / "files"

# A picture of one dot.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PICTURE = """<w:p><w:pPr><w:pStyle w:val="Figure"/></w:pPr><w:r><w:drawing>
<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="360000" cy="360000"/>
<wp:docPr id="{number}" name="Bilde {number}" descr="En prikk"/>
<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>
<pic:nvPicPr><pic:cNvPr id="0" name=""/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip r:embed="rIdPicture"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="360000" cy="360000"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>
</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"""
REFERENCE = """<w:r><w:fldChar w:fldCharType="begin"/></w:r>
<w:r><w:instrText xml:space="preserve"> REF maal \\h </w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>kapittel 1</w:t></w:r>
<w:r><w:fldChar w:fldCharType="end"/></w:r>"""
TABLE = """<w:tbl><w:tblPr><w:tblStyle w:val="Table"/><w:tblW w:w="4000" w:type="dxa"/></w:tblPr>
<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>
<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell}{cell}</w:tr><w:tr>{cell}{cell}</w:tr></w:tbl>""".format(
    cell='<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>celle</w:t></w:r></w:p></w:tc>'
)
BODY = f"""<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:bookmarkStart w:id="1" w:name="maal"/>
<w:r><w:t>Mål</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>
<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>Delmål</w:t></w:r></w:p>
<w:p><w:pPr><w:jc w:val="left"/></w:pPr><w:r><w:t xml:space="preserve">Se </w:t></w:r>{REFERENCE}
<w:hyperlink w:anchor="maal"><w:r><w:t>målet</w:t></w:r></w:hyperlink></w:p>
{PICTURE.format(number=1)}{PICTURE.format(number=2)}{TABLE}<w:p><w:r><w:t>Slutt.</w:t></w:r></w:p>"""
NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/drawingml/2006/{name}"'
    for prefix, name in (("wp", "wordprocessingDrawing"), ("a", "main"), ("pic", "picture"))
)
IMAGE = '<Relationship Id="rIdPicture" Type="{kind}/image" Target="media/dot.png"/>'.format(
    kind="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)


def _good() -> dict[str, bytes]:
    """A small report in the package's own template."""
    with zipfile.ZipFile(STANDARD) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    def change(part: str, old: str, new: str) -> None:
        parts[part] = _replaced(parts[part], old, new)

    change("word/document.xml", "<w:document ", f"<w:document {NAMESPACES} ")
    change("word/document.xml", "<w:body>", f"<w:body>{BODY}")
    change("word/_rels/document.xml.rels", "</Relationships>", f"{IMAGE}</Relationships>")
    change("[Content_Types].xml", "<Override", '<Default Extension="png" ContentType="image/png"/><Override')
    return parts | {"word/media/dot.png": PNG}


def _replaced(data: bytes, old: str, new: str) -> bytes:
    assert old.encode() in data
    return data.replace(old.encode(), new.encode(), 1)


def _write(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return _write(tmp_path / "good.docx", _good())


@pytest.fixture
def spoilt(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """The good file with one text in one part replaced by another."""

    def spoil(part: str, old: str, new: str) -> Path:
        parts = _good()
        parts[part] = _replaced(parts[part], old, new)
        return _write(tmp_path / "spoilt.docx", parts)

    return spoil


def test_nothing_is_wrong_with_a_good_file(good: Path) -> None:
    assert judges.structure(good) == []


DOCUMENT, SETTINGS, STYLES = "word/document.xml", "word/settings.xml", "word/styles.xml"
DEFECTS = [
    ("relations", DOCUMENT, 'r:embed="rIdPicture"', 'r:embed="rIdNowhere"'),
    ("relations", "word/_rels/document.xml.rels", "media/dot.png", "media/gone.png"),
    ("content-types", "[Content_Types].xml", 'Extension="png"', 'Extension="gif"'),
    ("document-types", DOCUMENT, "<w:document", "<!DOCTYPE document><w:document"),
    ("settings", SETTINGS, 'w:val="15"', 'w:val="14"'),
    ("settings", SETTINGS, "<w:compat>", '<w:updateFields w:val="true"/><w:compat>'),
    ("settings", SETTINGS, "<w:doNotAutoCompressPictures/>", ""),
    ("properties", "docProps/core.xml", "Standardmal", ""),
    ("properties", "docProps/core.xml", "rapportbygger", "python-docx"),
    ("revisions", DOCUMENT, "<w:p>", '<w:p w:rsidR="00A10FD9">'),
    ("sections", DOCUMENT, 'w:gutter="0"', ""),
    ("sections", DOCUMENT, "<w:pgSz", "<w:footnotePr/><w:pgSz"),
    ("styles", DOCUMENT, '<w:pStyle w:val="Figure"/>', '<w:pStyle w:val="Unknown"/>'),
    ("styles", STYLES, '<w:lang w:val="nb-NO"', "<w:lang"),
    ("numbering", DOCUMENT, "<w:pPr><w:jc", '<w:pPr><w:numPr><w:numId w:val="7"/></w:numPr><w:jc'),
    ("bookmarks", DOCUMENT, '<w:bookmarkEnd w:id="1"/>', ""),
    (
        "bookmarks",
        DOCUMENT,
        "<w:p><w:r><w:t>Slutt",
        '<w:p><w:bookmarkStart w:id="2" w:name="maal"/><w:bookmarkEnd w:id="2"/><w:r><w:t>Slutt',
    ),
    ("fields", DOCUMENT, '<w:fldChar w:fldCharType="end"/>', ""),
    ("results", DOCUMENT, "<w:t>kapittel 1</w:t>", ""),
    ("dirty", DOCUMENT, 'w:fldCharType="begin"', 'w:fldCharType="begin" w:dirty="true"'),
    ("anchors", DOCUMENT, 'w:anchor="maal"', 'w:anchor="borte"'),
    ("anchors", DOCUMENT, " REF maal ", " PAGEREF borte "),
    ("notes", DOCUMENT, "<w:t>Slutt.</w:t>", '<w:t>Slutt.</w:t><w:footnoteReference w:id="5"/>'),
    ("drawings", DOCUMENT, 'docPr id="2"', 'docPr id="1"'),
    ("drawings", DOCUMENT, 'distT="0" distB="0" distL="0" distR="0"', ""),
    ("alternative-text", DOCUMENT, 'descr="En prikk"', 'descr=""'),
    ("alternative-text", DOCUMENT, 'descr="En prikk"', 'descr="prikk.png"'),
    ("header-rows", DOCUMENT, "<w:tblHeader/>", ""),
    ("grids", DOCUMENT, '<w:gridCol w:w="2000"/>', '<w:gridCol w:w="1000"/>'),
    ("grids", DOCUMENT, '<w:tcW w:w="2000" w:type="dxa"/>', '<w:tcW w:w="50" w:type="pct"/>'),
    ("cells", DOCUMENT, "<w:p><w:r><w:t>celle</w:t></w:r></w:p>", ""),
    ("headings", DOCUMENT, '"Heading2"', '"Heading3"'),
    ("headings", STYLES, '<w:outlineLvl w:val="1"/>', ""),
    ("contrast", STYLES, 'w:val="0B5C8A"', 'w:val="4F81BD"'),
    ("white-space", DOCUMENT, "Slutt.", "Slutt.\nEller?"),
    ("empty-paragraphs", DOCUMENT, "<w:p><w:r><w:t>Slutt", "<w:p/><w:p><w:r><w:t>Slutt"),
    ("bold-paragraphs", DOCUMENT, "<w:r><w:t>Slutt", "<w:r><w:rPr><w:b/></w:rPr><w:t>Slutt"),
    ("typed-lists", DOCUMENT, "<w:p><w:r><w:t>Slutt", "<w:p><w:r><w:t>1) a</w:t></w:r></w:p><w:p><w:r><w:t>2) Slutt"),
    ("typed-lists", DOCUMENT, "<w:p><w:r><w:t>Slutt", "<w:p><w:r><w:t>- a</w:t></w:r></w:p><w:p><w:r><w:t>- Slutt"),
    ("contrast", DOCUMENT, "<w:r><w:t>Slutt", '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>Slutt'),
    ("links", DOCUMENT, "<w:t>målet</w:t>", "<w:t>her</w:t>"),
]


@pytest.mark.parametrize(("check", "part", "old", "new"), DEFECTS, ids=[f"{d[0]}-{n}" for n, d in enumerate(DEFECTS)])
def test_each_check_finds_the_defect_planted_for_it(
    spoilt: Callable[[str, str, str], Path], check: str, part: str, old: str, new: str
) -> None:
    found = judges.structure(spoilt(part, old, new))
    assert [problem for problem in found if problem.startswith(f"{check}: ")]


def test_every_check_has_a_defect_that_it_finds() -> None:
    assert {defect[0] for defect in DEFECTS} == judges.CHECKS.keys()


def test_a_check_that_is_skipped_by_name_says_nothing(spoilt: Callable[[str, str, str], Path]) -> None:
    path = spoilt(DOCUMENT, "<w:tblHeader/>", "")
    assert judges.structure(path, skip=("header-rows",)) == []
    with pytest.raises(ValueError, match="no such check"):
        judges.structure(path, skip=("headers",))


def test_the_sdk_validator_passes_the_good_file_and_not_a_value_outside_the_schema(
    good: Path, spoilt: Callable[[str, str, str], Path]
) -> None:
    assert judges.sdk_validator(good) == []
    assert "has invalid value 'vrang'" in judges.sdk_validator(spoilt(DOCUMENT, 'w:val="left"', 'w:val="vrang"'))[0]


def test_openxml_audit_passes_the_good_file_and_not_a_value_outside_the_schema(
    good: Path, spoilt: Callable[[str, str, str], Path]
) -> None:
    assert judges.openxml_audit(good) == []
    assert "vrang" in judges.openxml_audit(spoilt(DOCUMENT, 'w:val="left"', 'w:val="vrang"'))[0]


def test_libreoffice_lays_the_good_file_out(good: Path, tmp_path: Path) -> None:
    pdf = judges.libreoffice_pdf(good, tmp_path / "out", [FONTS])
    with pikepdf.open(pdf) as opened:
        assert len(opened.pages) == 1


def _compiler(folder: Path, title: str) -> typst.Compiler:
    source = folder / "text.typ"
    text = f'#set document({title})\n#set text(lang: "nb", font: "Source Sans Pro")\n= Mål\nTekst.'
    source.write_text(text, encoding="utf-8")
    return typst.Compiler(str(source), font_paths=[str(FONTS)], ignore_system_fonts=True)


def test_the_judges_of_pdf_pass_a_good_file(tmp_path: Path) -> None:
    path = tmp_path / "good.pdf"
    _compiler(tmp_path, 'title: "Prøve"').compile(output=str(path), pdf_standards=["a-2a", "ua-1"])
    assert judges.page_validation(path, "ua1") == []
    assert judges.page_validation(path, "pdfa2a") == []
    assert judges.outloud(path) == []


def test_the_judges_of_pdf_find_a_missing_title_and_a_missing_standard(tmp_path: Path) -> None:
    path = tmp_path / "bad.pdf"
    _compiler(tmp_path, "").compile(output=str(path))
    assert any("METADATA-TITLE" in problem for problem in judges.page_validation(path, "ua1"))
    assert judges.page_validation(path, "pdfa2a") != []
    assert any(problem.startswith("DOC-010") for problem in judges.outloud(path))


def test_a_missing_judge_skips_the_test_and_fails_it_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no-such-judge"):
        judges.require("no-such-judge")
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match="no-such-judge"):
        judges.require("no-such-judge")
