"""The Word file: every construct is live, filled and of the template's styles."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

import judges
from documents import document, make_project, scratch
from rapportbygger.schedule import build
from rapportbygger.write.docx.bookmarks import bookmarks
from rapportbygger.write.docx.ooxml import WP, W
from rapportbygger.write.docx.package import read_parts, write_parts
from rapportbygger.write.docx.paragraphs import style_of

CHAPTER = """
# Mål og *mening* {#sec-mål}

Se @fig-a på [side @fig-a]{.page}, [@fig-a; @fig-b], @tbl-a og @sec-under.[^1]

[^1]: En note om @fig-b på [side @fig-b]{.page}.

![Bred](figures/wide.png){#fig-a fig-alt="En blå flate"}

![Ett [navn](https://example.org)](figures/wide.png){#fig-b}

| Navn | Tall |
|------|-----:|
| Ås   |    1 |

: Tall {#tbl-a}

## Under {#sec-under}

- ett
- to

    Et avsnitt til i punktet.

![](figures/wide.png)

# Forord {.unnumbered}

### Et nivå for langt ned {.unlisted}

Slutt.
"""
REPORT = "    number-sections: true\n    list-of-figures: true\n    list-of-tables: true\n    toc-depth: 2"
MANIFEST = "author: [KS, Ås kommune]\nkeywords: [kultur, skole]\nsubtitle: Undertittel\nlang: nn"


@cache
def parts() -> dict[str, bytes]:
    """One file with everything in it, in nynorsk."""
    root = make_project(scratch(), CHAPTER, manifest=MANIFEST, report=REPORT)
    (file,) = build(root, formats=["docx"]).written
    return read_parts(file.path.read_bytes())


def part(name: str) -> etree._Element:
    return etree.fromstring(parts()[f"word/{name}.xml"])


def paragraphs(style: str) -> list[etree._Element]:
    return [paragraph for paragraph in part("document").iter(W + "p") if style_of(paragraph) == style]


def said(element: etree._Element) -> str:
    """What a reader sees: texts, and tabs as such."""
    marks = {W + "tab": "\t"}
    seen = (node for run in element.iter(W + "r") for node in run.iter(W + "t", W + "tab"))
    inside = (marks.get(node.tag, node.text or "") for node in seen)
    return "".join(inside).replace("\u00a0", " ")


def fields(story: str = "document") -> list[tuple[str, str]]:
    """Instruction and result of every field but the lists of contents."""
    out, code, result, inside = [], "", "", ""
    for node in part(story).iter(W + "fldChar", W + "instrText", W + "t"):
        if node.tag == W + "fldChar":
            inside = node.get(W + "fldCharType", "")
            if inside == "begin":
                code, result = "", ""
            if inside == "end" and code:
                out.append((code, result))
                code = ""
        elif node.tag == W + "instrText":
            code = (node.text or "").strip()
        elif inside == "separate":
            result += (node.text or "").replace("\u00a0", " ")
    return out


def test_the_table_of_contents_is_filled_and_live() -> None:
    assert [said(p) for p in paragraphs("TOC1")] == ["1\tMål og mening\t2", "Forord\t2"]
    assert [said(p) for p in paragraphs("TOC2")] == ["1.1\tUnder\t2"]
    codes = [code.text.strip() for code in part("document").iter(W + "instrText") if code.text]
    assert codes[0] == 'TOC \\o "1-2" \\h \\z'
    assert [code for code in codes if code.startswith("TOC \\h")] == [
        'TOC \\h \\z \\c "Figur"',
        'TOC \\h \\z \\c "Tabell"',
    ]


def test_the_lists_are_named_in_the_reports_language() -> None:
    assert [said(p) for p in paragraphs("TOCHeading")] == ["Innhald", "Figurar", "Tabellar"]


def test_captions_are_sequence_fields_in_the_style_caption() -> None:
    assert [said(p) for p in paragraphs("Caption")] == ["Figur 1. Bred", "Figur 2. Ett navn", "Tabell 1. Tall"]
    assert [field for field in fields() if field[0].startswith("SEQ")] == [
        ("SEQ Figur \\* ARABIC", "1"),
        ("SEQ Figur \\* ARABIC", "2"),
        ("SEQ Tabell \\* ARABIC", "1"),
    ]


def test_cross_references_are_fields_with_their_text() -> None:
    (sentence,) = [said(p) for p in paragraphs("FirstParagraph") if said(p).startswith("Se ")]
    assert sentence == "Se Figur 1 på side 2, Figur 1 og 2, Tabell 1 og kapittel 1.1."
    assert [field for field in fields() if field[0].startswith("REF")] == [
        ("REF fig_a_nr \\h", "1"),
        ("REF fig_a_nr \\h", "1"),
        ("REF fig_b_nr \\h", "2"),
        ("REF tbl_a_nr \\h", "1"),
        ("REF sec_under \\r \\h", "1.1"),
    ]


def test_page_references_have_their_numbers_also_in_notes() -> None:
    assert ("PAGEREF fig_a \\h", "2") in fields()
    assert [field for field in fields("footnotes") if field[0].startswith("PAGEREF")] == [("PAGEREF fig_b \\h", "2")]


def test_every_field_leads_to_a_bookmark() -> None:
    names = {mark.get(W + "name") for mark in part("document").iter(W + "bookmarkStart")}
    targets = {code.split()[1] for code, _ in fields() + fields("footnotes") if re.match("REF|PAGEREF", code)}
    assert targets <= names


def test_headings_have_real_numbers_and_those_without_have_none() -> None:
    styles = {style.get(W + "styleId"): style for style in part("styles").iter(W + "style")}
    level = styles["Heading2"].find(f"{W}pPr/{W}numPr/{W}ilvl")
    assert level is not None
    assert level.get(W + "val") == "1"
    numbered = [p.find(f"{W}pPr/{W}numPr/{W}numId") for p in paragraphs("Heading1")]
    assert [None if n is None else n.get(W + "val") for n in numbered] == [None, "981"]


def test_a_heading_that_skips_a_level_is_right_under_the_one_above_in_the_outline() -> None:
    (heading,) = paragraphs("Heading3")
    outline = heading.find(f"{W}pPr/{W}outlineLvl")
    assert outline is not None
    assert outline.get(W + "val") == "1"


def test_its_number_is_right_under_that_of_the_one_above_and_its_indent_its_own(tmp_path: Path) -> None:
    root = make_project(tmp_path, "# A\n\n### B\n\nTekst.\n", report="    number-sections: true")
    (file,) = build(root, formats=["docx"]).written
    document = etree.fromstring(read_parts(file.path.read_bytes())["word/document.xml"])
    (heading,) = (paragraph for paragraph in document.iter(W + "p") if style_of(paragraph) == "Heading3")
    values = {child.tag: child.get(W + "val") for child in heading.iterfind(f"{W}pPr/{W}numPr/*")}
    assert values == {W + "ilvl": "1", W + "numId": "980"}
    assert heading.find(f"{W}pPr/{W}ind") is not None


def test_tables_have_header_rows_exact_widths_and_their_caption_with_them() -> None:
    (table,) = part("document").iter(W + "tbl")
    rows = table.findall(W + "tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False]
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows] == [False, True]
    grid = [column.get(W + "w") for column in table.iter(W + "gridCol")]
    assert [width.get(W + "w") for width in rows[0].iter(W + "tcW")] == grid
    assert paragraphs("Caption")[-1].find(f"{W}pPr/{W}keepNext") is not None
    assert all(caption.find(f"{W}pPr/{W}keepLines") is not None for caption in paragraphs("Caption"))


def test_pictures_have_alternative_text_and_numbers_of_their_own() -> None:
    drawings = list(part("document").iter(WP + "docPr"))
    assert [drawing.get("descr") for drawing in drawings] == ["En blå flate", "Ett navn", ""]
    assert len({drawing.get("id") for drawing in drawings}) == 3
    assert [b"decorative" in etree.tostring(drawing) for drawing in drawings] == [False, False, True]


def test_a_picture_alone_is_in_the_style_that_does_not_cut_it_off() -> None:
    assert len(paragraphs("Figure")) == 1


def test_a_second_paragraph_in_a_list_item_has_no_bullet() -> None:
    (second,) = [p for p in part("document").iter(W + "p") if said(p) == "Et avsnitt til i punktet."]
    number = next(second.iter(W + "numId"), None)
    numbering = part("numbering")
    kinds = {num.get(W + "numId"): num.find(W + "abstractNumId") for num in numbering.iter(W + "num")}
    abstract = None if number is None else kinds[number.get(W + "val")]
    texts = [
        level.find(f"{W}lvlText").get(W + "val", "").strip()  # type: ignore[union-attr]
        for each in numbering.iter(W + "abstractNum")
        if abstract is not None and each.get(W + "abstractNumId") == abstract.get(W + "val")
        for level in each.iter(W + "lvl")
    ]
    assert set(texts) <= {""}


def test_nothing_asks_the_reader_to_update() -> None:
    assert part("settings").find(W + "updateFields") is None
    assert not [mark for mark in part("document").iter(W + "fldChar") if mark.get(W + "dirty")]


def test_the_language_is_the_reports_for_words_proofing_too() -> None:
    assert [lang.get(W + "val") for lang in part("styles").iterfind(f"{W}docDefaults//{W}lang")] == ["nn-NO"]
    assert part("settings").find(W + "themeFontLang").get(W + "val") == "nn-NO"  # type: ignore[union-attr]


def test_the_properties_say_what_is_true() -> None:
    core = parts()["docProps/core.xml"].decode()
    for value in ("En rapport", "Undertittel", "KS, Ås kommune", "kultur, skole", "nn-NO"):
        assert f">{value}<" in core
    assert "python-docx" not in core


def test_the_title_block_stands_first_where_the_template_has_no_cover() -> None:
    assert [said(p) for style in ("Title", "Subtitle", "Author") for p in paragraphs(style)] == [
        "En rapport",
        "Undertittel",
        "KS",
        "Ås kommune",
    ]


def test_fonts_are_embedded() -> None:
    table = part("fontTable")
    kinds = {etree.QName(child).localname for font in table for child in font if "embed" in child.tag}
    assert kinds == {"embedRegular", "embedBold", "embedItalic", "embedBoldItalic"}
    assert part("settings").find(W + "embedTrueTypeFonts") is not None
    assert sum(name.endswith(".odttf") for name in parts()) == 4


@pytest.mark.parametrize(
    ("identifier", "name"),
    [("sec-mål", "sec_mal"), ("1-første", "x_1_forste"), ("a" * 60, f"{'a' * 23}_13d95603")],
)
def test_bookmarks_are_names_that_word_takes(identifier: str, name: str) -> None:
    given = bookmarks(document(f"# A {{#{identifier}}}"))[identifier]
    assert re.fullmatch(r"[A-Za-z]\w{0,36}", given)
    assert given == name


def test_bookmarks_that_would_be_alike_are_told_apart() -> None:
    names = bookmarks(document("# A {#fig-a}\n\n# B {#fig_a}\n\n# C {#Fig-a}"))
    assert len({name.lower() for name in names.values()}) == 3


def test_a_package_is_the_same_bytes_whatever_the_order_of_its_parts() -> None:
    one = {"b": b"2", "a": b"1", "[Content_Types].xml": b"0"}
    assert write_parts(one) == write_parts(dict(reversed(one.items())))
    assert list(read_parts(write_parts(one))) == ["[Content_Types].xml", "a", "b"]


def test_a_picture_among_words_is_not_cut_off_by_an_exact_height_of_lines(tmp_path: Path) -> None:
    root = make_project(tmp_path, "Et bilde ![av noe](figures/wide.png) i linja.\n\nUten.\n")
    (file,) = build(root, formats=["docx"]).written
    written = etree.fromstring(read_parts(file.path.read_bytes())["word/document.xml"])
    (drawing,) = written.iter(WP + "inline")
    (spacing,) = next(drawing.iterancestors(W + "p")).iterfind(f"{W}pPr/{W}spacing")
    assert spacing.get(W + "lineRule") == "atLeast"


def test_deep_contents_and_matrices_are_as_the_schema_wants_them(tmp_path: Path) -> None:
    chapter = "# A\n\n## B\n\n### C\n\n#### D\n\n##### E\n\n$$\\begin{pmatrix} 1 & 2 \\end{pmatrix}$$\n"
    root = make_project(tmp_path, chapter, report="    toc-depth: 6")
    (file,) = build(root, formats=["docx"]).written
    assert judges.sdk_validator(file.path) == []
    assert judges.structure(file.path) == []


def content(root: Path, chapter: str) -> etree._Element:
    (file,) = build(make_project(root, chapter), formats=["docx"]).written
    return etree.fromstring(read_parts(file.path.read_bytes())["word/document.xml"])


def test_a_table_in_a_list_ends_where_the_text_does(tmp_path: Path) -> None:
    rows = ("| A | B |", "|---|---|", f"| 1 | {'ord ' * 30} |")
    chapters = ("\n".join(rows), "\n    ".join(("- Punkt\n", *rows)))
    grids = [content(tmp_path / str(n), chapter).iter(W + "gridCol") for n, chapter in enumerate(chapters)]
    free, indented = (sum(int(column.get(W + "w", "")) for column in grid) for grid in grids)
    assert free - indented == pytest.approx(720, abs=4)


def test_boxes_to_tick_are_there(tmp_path: Path) -> None:
    written = content(tmp_path, "- [ ] ugjort\n- [x] gjort\n")
    assert {"☐", "☒"} < {text.text for text in written.iter(W + "t")}


def test_lists_and_code_in_a_footnote_have_its_letters(tmp_path: Path) -> None:
    chapter = "Tekst.[^1]\n\n[^1]: En note\n\n    - ett\n    - to\n\n    ```\n    kode\n    ```\n"
    (file,) = build(make_project(tmp_path, chapter), formats=["docx"]).written
    notes = etree.fromstring(read_parts(file.path.read_bytes())["word/footnotes.xml"])
    assert [style_of(p) for p in notes.iter(W + "p") if any(True for _ in p.iter(W + "t"))] == ["FootnoteText"] * 4


def test_a_loose_list_in_a_quote_is_as_any_loose_list(tmp_path: Path) -> None:
    found = content(tmp_path, "> Et sitat\n>\n> - ett\n>\n> - to\n")
    assert [style_of(p) for p in found.iter(W + "p") if said(p) in ("Et sitat", "ett", "to")] == ["BlockText", "", ""]


def test_a_quote_in_a_list_is_a_quote(tmp_path: Path) -> None:
    found = content(tmp_path, "- ett\n\n  > Et sitat\n\n- to\n")
    assert [style_of(p) for p in found.iter(W + "p") if said(p) == "Et sitat"] == ["BlockText"]


def test_a_horizontal_rule_is_thin_and_grey(tmp_path: Path) -> None:
    (rule,) = content(tmp_path, "Før.\n\n---\n\nEtter.\n").iter("{urn:schemas-microsoft-com:vml}rect")
    assert (rule.get("fillcolor"), rule.get("stroked")) == ("#a0a0a0", "f")
