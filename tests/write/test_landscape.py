"""Pages on their side, new pages, captions by chapter and other languages, in the Word file and on the PDF's pages."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pikepdf
from lxml import etree

import judges
from documents import make_project, scratch
from pages import lines, said
from rapportbygger.fonts import load
from rapportbygger.schedule import Result, build
from rapportbygger.write.docx.ooxml import R, W
from rapportbygger.write.docx.package import read_parts

TABLE = "| A | B |\n|---|---|\n| ett | to |\n"
CHAPTER = f"""
# Stående {{#sec-foran}}

Se @sec-bred på [side @sec-bred]{{.page}}, @tbl-bred og @fig-bred.

::: {{.landscape}}
## Bred *side* {{#sec-bred}}

Tekst på tvers.^[En note på en liggende side.]

{TABLE}
: Bred tabell {{#tbl-bred}}

![Halv](figures/wide.png){{#fig-bred fig-alt="Blå" width=50%}}

1. ett
2. to
:::

Igjen stående.

{{{{< pagebreak >}}}}

Øverst på en ny side.

\\newpage

{TABLE}

\\newpage

{TABLE}

# Forord {{.unnumbered}}

![Tre](figures/wide.png){{#fig-tre fig-alt="Blå" width=20%}}

# Summary of [målet]{{lang=nb}} {{lang=en}}

::: {{lang=nn}}
> Me har "lært" mykje.^[Ei note på nynorsk.]

![Figur på nynorsk](figures/wide.png){{#fig-nn .decorative width=20%}}
:::

::: {{.landscape}}
{TABLE}
:::

::: {{.landscape}}
## Sist

::: callout-note
Helt sist, på tvers.
:::
:::
"""
REPORT = "    number-sections: true\n    caption-numbers: chapter\n    list-of-figures: true\n    list-of-tables: true"


@cache
def built(chapter: str = CHAPTER, report: str = REPORT) -> Result:
    return build(make_project(scratch(), chapter, report=report))


def file(suffix: str, result: Result | None = None) -> Path:
    return next(each.path for each in (result or built()).written if each.path.suffix == suffix)


def part(name: str, result: Result | None = None) -> etree._Element:
    return etree.fromstring(read_parts(file(".docx", result).read_bytes())[f"word/{name}.xml"])


def turned(result: Result | None = None) -> list[str]:
    """How the pages of each section are turned."""
    sizes = part("document", result).iter(W + "pgSz")
    return ["landscape" if int(size.get(W + "w", "0")) > int(size.get(W + "h", "0")) else "portrait" for size in sizes]


def page_sizes(pdf: Path) -> list[bool]:
    """Whether each page of a PDF is wider than it is high."""
    judges.require("pdfinfo")
    done = subprocess.run(["pdfinfo", "-l", "99", str(pdf)], capture_output=True, check=True)
    sizes = re.findall(r"size:\s+([\d.]+) x ([\d.]+)", done.stdout.decode())
    return [float(wide) > float(high) for wide, high in sizes]


def fields(result: Result | None = None) -> list[str]:
    return [" ".join((code.text or "").split()) for code in part("document", result).iter(W + "instrText")]


def test_nothing_is_wrong_with_it() -> None:
    assert built().problems == ()


def test_sections_are_turned_and_go_on_counting() -> None:
    assert turned() == ["portrait", "landscape", "portrait", "landscape", "landscape"]
    sections = list(part("document").iter(W + "sectPr"))
    references = [r.get(R + "id") for section in sections for r in section.findall(W + "footerReference")]
    upright, side = references[0], references[1]
    assert references == [upright, side, upright, side, side]
    assert [section.find(W + "pgNumType") for section in sections] == [None] * 5
    assert [size.get(W + "orient") for size in part("document").iter(W + "pgSz")].count("landscape") == 3


def test_the_footer_of_a_landscape_page_is_as_wide_as_its_text() -> None:
    stops = {tab.get(W + "val"): tab.get(W + "pos") for tab in part("footer1turned").iter(W + "tab") if tab.attrib}
    section = list(part("document").iter(W + "sectPr"))[1]
    size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
    assert size is not None
    assert margins is not None
    wide = int(size.get(W + "w", "0")) - int(margins.get(W + "left", "0")) - int(margins.get(W + "right", "0"))
    assert stops["right"] == str(wide)
    assert "clear" in stops


def test_a_table_on_a_landscape_page_is_as_wide_as_its_text() -> None:
    document = part("document")
    bred, upright, *_, last = (
        int(width.get(W + "w", "0")) for width in document.iterfind(f".//{W}tbl/{W}tblPr/{W}tblW")
    )
    assert bred > upright
    assert last == bred


def test_a_section_ends_in_its_last_paragraph_and_behind_a_table_in_a_tiny_one() -> None:
    ends = [p for p in part("document").iter(W + "p") if p.find(f"{W}pPr/{W}sectPr") is not None]
    texts = ["".join(text.text or "" for text in end.iter(W + "t")) for end in ends]
    assert texts[1] == "to"
    assert texts[3] == ""
    line = ends[3].find(f"{W}pPr/{W}spacing")
    assert line is not None
    assert (line.get(W + "line"), line.get(W + "lineRule")) == ("20", "exact")


def test_page_breaks_are_properties_and_two_tables_stay_two() -> None:
    document = part("document")
    assert [br for br in document.iter(W + "br") if br.get(W + "type") == "page"] == []
    broken = [p for p in document.iter(W + "p") if p.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert len(broken) == 4  # the text after the lists, too
    for table in document.iter(W + "tbl"):
        following = table.getnext()
        assert following is not None
        assert following.tag != W + "tbl"


def test_captions_by_chapter_are_live() -> None:
    found = fields()
    assert found.count("STYLEREF 1 \\s") == 3
    assert found.count("SEQ Figur \\* ARABIC \\s 1") == 2
    assert found.count("SEQ Figur \\* ARABIC") == 1  # in the chapter without a number
    assert 'TOC \\h \\z \\c "Figur"' in found


def test_runs_have_their_language_also_in_lists_and_notes() -> None:
    def languages(story: str, style: str = "") -> set[str]:
        paragraphs = part(story).iter(W + "p")
        mine = [p for p in paragraphs if f'"{style}"' in etree.tostring(p).decode() or not style]
        return {lang.get(W + "val", "") for p in mine for lang in p.iter(W + "lang")}

    assert languages("document", "Heading1") == {"en-GB", "nb-NO"}
    assert languages("document", "TOC1") == {"en-GB", "nb-NO"}
    assert languages("document", "BlockText") == {"nn-NO"}
    assert languages("document", "Caption") == {"nn-NO"}
    assert languages("document", "TableofFigures") == {"nn-NO"}
    assert languages("footnotes") == {"nn-NO"}


def test_both_files_have_the_same_pages_turned_the_same_way() -> None:
    word = judges.libreoffice_pdf(file(".docx"), scratch(), load().folders)
    assert page_sizes(word) == page_sizes(file(".pdf"))
    assert page_sizes(word) == [False, False, True, False, False, False, False, True, True]


def test_both_files_say_the_same_on_every_page() -> None:
    """By chapter LibreOffice 7.4 counts captions on: it does not know the switch that begins anew (SEQ, \\\\s)."""
    result = built(CHAPTER, REPORT.replace("chapter", "report"))
    word = judges.libreoffice_pdf(file(".docx", result), scratch(), load().folders)
    assert said(lines(word)) == said(lines(file(".pdf", result)))


def test_the_judges_find_nothing() -> None:
    assert judges.sdk_validator(file(".docx")) == []
    assert judges.openxml_audit(file(".docx")) == []
    assert judges.structure(file(".docx")) == []
    assert judges.page_validation(file(".pdf"), "ua1") == []
    assert judges.page_validation(file(".pdf"), "pdfa2a") == []


def test_a_document_that_is_landscape_throughout_has_one_section() -> None:
    result = built("::: {.landscape}\n# Bred\n\nTekst.\n:::\n", "    toc: false")
    assert turned(result)[-1] == "landscape"
    assert page_sizes(file(".pdf", result))[-1]


def test_a_break_at_the_end_and_at_the_start_makes_no_empty_page() -> None:
    result = built("{{< pagebreak >}}\n\n# En\n\nTekst.\n\n{{< pagebreak >}}\n", "    toc: true")
    word = judges.libreoffice_pdf(file(".docx", result), scratch(), load().folders)
    assert len(page_sizes(word)) == len(page_sizes(file(".pdf", result))) == 2


def test_the_pdf_says_which_language_words_are_in() -> None:
    with pikepdf.open(file(".pdf")) as opened:
        streams = [page.Contents for page in opened.pages]
        content = b"".join(stream.read_bytes() for stream in streams if isinstance(stream, pikepdf.Stream))
        tagged = b"".join(re.findall(rb"/Lang ?\(([\w-]+)\)", content))
    assert b"en-GB" in tagged
