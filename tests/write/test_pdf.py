"""The PDF: what the document holds becomes tagged, linked and archivable, on pages that are known."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest

import judges
from documents import PICTURES, document, pandoc
from rapportbygger import fonts, theme
from rapportbygger.diagnostics import Problems
from rapportbygger.model import Document, Metadata
from rapportbygger.nodes import Node, div, span, string, words
from rapportbygger.template import STANDARD
from rapportbygger.theme.line_height import line_box
from rapportbygger.theme.look import Paragraph, Piece, Section
from rapportbygger.theme.sections import Front
from rapportbygger.write import pdf
from rapportbygger.write.docx.package import read_parts
from rapportbygger.write.pdf.layout import Layout

TEMPLATES = Path(__file__).parents[2] / "templates"


@cache
def shipped() -> fonts.Fonts:
    return fonts.load()


@cache
def standard() -> theme.Theme:
    return theme.read(read_parts(STANDARD.read_bytes()), shipped(), "standard.docx")[0]


def typeset(written: Document, look: theme.Theme | None = None, date: int | None = 0) -> tuple[Layout, Problems]:
    figures = PICTURES / "content"
    return pdf.typeset(written, look or standard(), pandoc=pandoc(), fonts=shipped(), contents=figures, date=date)


def laid_out(*blocks: Node, markdown: str = "", **metadata: Any) -> Layout:
    """The layout of blocks, then of Markdown; there must be no problem."""
    written = document(markdown)
    whole = replace(
        written,
        metadata=Metadata(**{"title": "Tittel", "lang": "nb", **metadata}),
        blocks=(*blocks, *written.blocks),
    )
    layout, problems = typeset(whole)
    assert problems == ()
    return layout


def tags(layout: Layout) -> list[str]:
    """The structure types of the tag tree, in reading order."""
    with pikepdf.open(io.BytesIO(layout.pdf)) as opened:
        return list(_tags(opened.Root.StructTreeRoot))


def _tags(node: Any) -> Iterator[str]:
    if "/S" in node:
        yield str(node.S).lstrip("/")
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            yield from _tags(child)


def text(layout: Layout, page: int = 1) -> str:
    """The words of a page."""
    judges.require("pdftotext")
    command = ["pdftotext", "-f", str(page), "-l", str(page), "-", "-"]
    return subprocess.run(command, input=layout.pdf, capture_output=True, check=True).stdout.decode("utf-8")


def caption(label: str, rest: str, kind: str = "fig") -> list[Node]:
    marked = span([string(label)], "caption-label", kind=kind, number=label.rsplit(maxsplit=1)[-1])
    return [{"t": "Plain", "c": [marked, string("."), {"t": "Space"}, *words(rest)]}]


def figure(identifier: str, label: str, rest: str, alternative: str = "En blå flate") -> Node:
    sizes = ["", [], [["width", "2in"], ["height", "1in"]]]
    image = {"t": "Image", "c": [sizes, words(alternative), ["figures/wide.png", ""]]}
    content = [{"t": "Plain", "c": [image]}]
    return {"t": "Figure", "c": [[identifier, [], []], [None, caption(label, rest)], content]}


def heading(level: int, identifier: str, title: str, *classes: str, **pairs: str) -> Node:
    return {"t": "Header", "c": [level, [identifier, list(classes), [[k, v] for k, v in pairs.items()]], words(title)]}


EVERYTHING = r"""
# Innledning {#sec-a}

*Kursiv*, **fet**, ~~strøket~~, x^2^, H~2~O, [Kapitéler]{.smallcaps}, `kode #x`, [English]{lang=en-GB},
$x^2$, [ute](https://example.org/a/b), [inne](#sec-b), [tom](), # $ @ * _ < > \[ \] \\ ~ / //.[^1]

$$\sum_{i=1}^n i$$

[^1]: En note med *kursiv* og [lenke](https://example.org).

    To avsnitt.

## To {#sec-b}

- a
    - b

      løst

1) en
2) to

> Sitat

Ord
:   Forklaring

| linje
| linje

```
kode
```

---

| A | B |
|:--|--:|
| 1 | 2 |

| a | b |
|---|---|
|   | x |

+---+---+
| a | b |
+===+===+
| samlet|
+---+---+
"""


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lists = [div([], "toc", title="Innhold", depth="2"), div([], "list-of-figures", title="Figurer")]
    layout = laid_out(*lists, figure("fig-a", "Figur 1", "En flate"), markdown=EVERYTHING)
    path = tmp_path_factory.mktemp("pdf") / "alt.pdf"
    path.write_bytes(layout.pdf)
    return path


@pytest.mark.parametrize("profile", ["ua1", "pdfa2a"])
def test_it_is_accessible_and_archivable(everything: Path, profile: str) -> None:
    assert judges.page_validation(everything, profile) == []


def test_a_second_opinion(everything: Path) -> None:
    assert judges.outloud(everything) == []


def test_pages_of_everything_with_a_name() -> None:
    blocks = [
        heading(1, "sec-a", "En"),
        {"t": "Para", "c": [span([string("her")], identifier="anker")]},
        figure("fig-a", "Figur 1", "En flate"),
        div([], identifier="tom"),
    ]
    assert laid_out(*blocks).pages == {"sec-a": 1, "anker": 1, "fig-a": 1, "tom": 1}


def test_the_text_begins_on_a_page_of_its_own_after_the_contents() -> None:
    layout = laid_out(div([], "toc", title="Innhold", depth="3"), heading(1, "sec-a", "En"))
    assert (layout.pages["sec-a"], layout.page_count) == (2, 2)


def test_the_dots_of_an_entry_are_one_run_of_text() -> None:
    layout = laid_out(div([], "toc", title="Innhold", depth="3"), *(heading(1, f"sec-{n}", "En") for n in range(3)))
    assert len(re.findall(r"\.{40,}", text(layout))) == 3
    with pikepdf.open(io.BytesIO(layout.pdf)) as opened:
        painted = [str(one.operator) for one in pikepdf.parse_content_stream(opened.pages[0])]
    assert sum(operator in ("Tj", "TJ") for operator in painted) < 30


def test_contents_have_numbers_and_pages_down_to_their_depth() -> None:
    layout = laid_out(
        div([], "toc", title="Innhold", depth="2"),
        heading(1, "a", "Første", number="1"),
        heading(2, "b", "Andre", number="1.1"),
        heading(3, "c", "Tredje", number="1.1.1"),
        heading(1, "d", "Forord", "unlisted"),
        heading(1, "e", "Siste", "unnumbered"),
    )
    contents = " ".join(text(layout).replace(".", " ").split()).partition("Innhold")[2]
    for entry in ("1 Første", "1 1 Andre", "Siste"):
        assert entry in contents
    assert "Tredje" not in contents
    assert "Forord" not in contents
    assert tags(layout).count("TOCI") == 3


def test_lists_of_figures() -> None:
    layout = laid_out(div([], "list-of-figures", title="Figurer"), figure("fig-a", "Figur 1", "En flate"))
    assert "Figur 1. En flate" in text(layout)
    assert {"TOC", "TOCI", "Figure", "Caption"} <= set(tags(layout))


def test_bookmarks_hold_headings_that_the_contents_leave_out() -> None:
    layout = laid_out(heading(1, "a", "Første"), heading(1, "b", "Forord", "unlisted"))
    with pikepdf.open(io.BytesIO(layout.pdf)) as opened, opened.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Første", "Forord"]


def test_no_level_is_left_out_in_the_tags() -> None:
    layout = laid_out(heading(3, "a", "Tre"), heading(6, "b", "Seks"), heading(1, "c", "En"), heading(9, "d", "Ni"))
    assert [tag for tag in tags(layout) if tag.startswith("H")] == ["H1", "H2", "H1", "H2"]


def test_the_level_in_the_tags_is_the_one_that_resolve_gives() -> None:
    layout = laid_out(heading(1, "a", "En"), heading(3, "b", "Tre", structure="2"))
    assert [tag for tag in tags(layout) if tag.startswith("H")] == ["H1", "H2"]


def test_references_are_links_and_page_references_are_live() -> None:
    reference = span([string("kapittel")], "crossref", target="sec-b", part="full")
    page = span([string("?")], "pageref", target="sec-b")
    layout = laid_out(
        {"t": "Para", "c": [reference, string("(se"), {"t": "Space"}, page, string(")")]},
        {"t": "RawBlock", "c": ["typst", "#pagebreak()"]},
        heading(1, "sec-b", "Der"),
    )
    assert "kapittel(se 2)" in text(layout)
    assert tags(layout).count("Link") == 2


def test_a_link_to_nowhere_is_only_text() -> None:
    assert "Link" not in tags(laid_out(markdown="[tom]() og [borte](#finnes-ikke)"))


def test_two_things_of_one_name() -> None:
    layout = laid_out(heading(1, "a", "En"), heading(1, "a", "To"), div([], identifier="a"), markdown="[x](#a)")
    assert layout.pages["a"] == 1


def test_a_decorative_picture_is_no_figure() -> None:
    assert "Figure" not in tags(laid_out(figure("fig-a", "Figur 1", "En flate", alternative="")))


def test_tables_have_header_cells_and_captions_above() -> None:
    (table,) = document("| A | B |\n|---|---|\n| 1 | 2 |\n").blocks
    attributes, _, *rest = table["c"]
    captioned = {"t": "Table", "c": [["tbl-a", *attributes[1:]], [None, caption("Tabell 1", "Tall", "tbl")], *rest]}
    layout = laid_out(captioned)
    found = tags(layout)
    assert (found.count("TH"), found.count("TD")) == (2, 2)
    assert text(layout).index("Tabell 1. Tall") < text(layout).index("A")


def test_a_table_stands_right_below_its_caption_also_after_a_table() -> None:
    table = "| A |\n|---|\n| 1 |\n"
    judges.require("pdftotext")
    heights = []
    for markdown in (f"{table}\n: En\n\n{table}\n: To\n", f"{table}\n: En\n\n<!-- -->\n\n{table}\n: To\n"):
        command = ["pdftotext", "-bbox", "-", "-"]
        done = subprocess.run(command, input=laid_out(markdown=markdown).pdf, capture_output=True, check=True)
        heights.append(re.findall(r'yMin="([\d.]+)"[^>]*>To<', done.stdout.decode("utf-8")))
    assert heights[0] == heights[1] != []


def test_a_word_that_is_too_long_for_its_column_is_broken() -> None:
    columns = "|".join(["---"] * 9)
    row = "|".join(["medvirkningsutvalgsmedlemmer"] * 9)
    layout, _ = typeset(document(f"|{'A|' * 9}\n|{columns}|\n|{row}|\n"))
    lines = text(layout).split()
    assert not any("medvirkningsutvalgsmedlemmer" in line for line in lines)


def test_a_word_that_is_too_long_for_the_line_of_a_heading_is_broken() -> None:
    title = "KOMMUNEMEDLEMSKOMMUNEMUSEUMSMOMMENE"
    words = text(laid_out(markdown=f"# {title}\n")).split()
    assert title not in words
    assert title in "".join(words)


def test_columns_too_narrow_for_their_words_are_a_warning_with_its_place() -> None:
    wide = f"| Kommune {'| Deltakere ' * 19}|\n{'|---' * 20}|\n{'| 1 ' * 20}|\n"
    _, (problem,) = typeset(document(f"Tekst.\n\n{wide}"))
    assert (problem.code, str(problem.location)) == ("narrow-columns", "content/chapters/01.md:3:3")
    assert "«Kommune; Deltakere" in problem.message
    assert "{.landscape}" in problem.hint


def test_quotation_marks_and_dashes_stay_as_they_are() -> None:
    written = "‘a’ «b» – c — d’s ... e--f -1 - 2 ja-?"
    assert written in text(laid_out({"t": "Para", "c": words(written)}))


def test_a_template_without_a_cover_gets_a_title_block() -> None:
    layout = laid_out(title="En <b> #tittel", subtitle="Under", authors=("Kari", "Ola"), date="17. mai")
    assert text(layout).split("\n\n")[0].splitlines() == ["En <b> #tittel", "Under", "Kari", "Ola", "17. mai"]


def test_a_cover_has_a_page_of_its_own_and_its_section_says_nothing_at_its_foot() -> None:
    style = standard().styles["title"]
    cover = (Paragraph(style, (Piece("text", style.look, "Forside"),)),)
    look = replace(standard(), fronts=(Front(Section(), cover),))
    layout, problems = typeset(document("# Kapittel {#a}"), look)
    assert (problems, layout.pages["a"], text(layout).split()) == ((), 2, ["Forside"])
    assert text(layout, 2).split() == ["Kapittel", "2"]


def test_a_cover_without_a_section_stands_above_the_text() -> None:
    style = standard().styles["title"]
    cover = (Paragraph(style, (Piece("text", style.look, "Brev"),)),)
    layout, problems = typeset(document("# Kapittel {#a}"), replace(standard(), opening=cover))
    assert (problems, layout.page_count, text(layout).split()[:2]) == ((), 1, ["Brev", "Kapittel"])


def test_header_and_footer_with_fields_and_tabs() -> None:
    style = replace(standard().styles["footer"], tabs=(("center", 3000, "none"), ("right", 7000, "none")))
    pieces = [Piece("text", style.look, "Venstre"), Piece("tab", style.look), Piece("text", style.look, "Midt")]
    pieces += [Piece("tab", style.look), Piece("PAGE", style.look), Piece("text", style.look, "/")]
    foot = Paragraph(style, (*pieces, Piece("NUMPAGES", style.look)))
    section = replace(standard().section, footer=(foot,), start=5)
    layout, problems = typeset(document("# Kapittel {#a}"), replace(standard(), section=section))
    assert (problems, layout.pages["a"]) == ((), 5)
    assert " ".join(text(layout).split()).endswith("Venstre Midt 5/1")


@pytest.mark.parametrize("left", ["Venstre", "Venstre " * 9])
def test_words_end_at_their_tab_stop_whether_they_are_measured_or_not(left: str, tmp_path: Path) -> None:
    judges.require("pdftotext")
    places = []
    for further in ((), (("right", 9100, "none"),)):  # with a second stop they are
        style = replace(standard().styles["footer"], tabs=(("right", 7000, "none"), *further))
        pieces = [Piece("text", style.look, left), Piece("tab", style.look), Piece("text", style.look, "Side ")]
        foot = Paragraph(style, (*pieces, Piece("PAGE", style.look), Piece("text", style.look, "!")))
        section = replace(standard().section, footer=(foot,))
        layout, _ = typeset(document("# Kapittel {#a}"), replace(standard(), section=section))
        (tmp_path / "a.pdf").write_bytes(layout.pdf)
        read = [str(judges.available("pdftotext")), "-bbox", str(tmp_path / "a.pdf"), "-"]
        places.append(re.findall("<word .*", subprocess.run(read, capture_output=True, check=True, text=True).stdout))
    assert places[0] == places[1]
    assert any("1!" in word for word in places[0])


def test_the_file_says_who_and_what() -> None:
    layout = laid_out(title="En tittel", authors=("Kari",), keywords=("kultur", "skole"), description="Om", lang="nn")
    with pikepdf.open(io.BytesIO(layout.pdf)) as opened:
        assert str(opened.Root.Lang) == "nn-NO"
        assert [str(opened.docinfo[key]) for key in ("/Title", "/Author", "/Subject")] == ["En tittel", "Kari", "Om"]
        assert "kultur" in str(opened.docinfo["/Keywords"])


def test_the_same_document_gives_the_same_bytes() -> None:
    written = document(EVERYTHING)
    assert typeset(written, date=1_700_000_000)[0].pdf == typeset(written, date=1_700_000_000)[0].pdf


def test_the_document_is_left_as_it_was() -> None:
    written = document(EVERYTHING)
    before = repr(written)
    typeset(written)
    assert repr(written) == before


@pytest.mark.parametrize("blocks", [[], [div([], "toc", title="Innhold", depth="2")]])
def test_an_empty_document(blocks: Sequence[Node]) -> None:
    assert laid_out(*blocks).page_count == 1


def test_a_letter_that_no_font_has() -> None:
    layout, (problem,) = typeset(document("En linje\n\nEt tegn 漢 her."))
    assert (layout.pdf, problem.code, str(problem.location)) == (b"", "missing-letter", "content/chapters/01.md:3:9")


def test_typst_that_does_not_work() -> None:
    layout, problems = typeset(document("`#nonsense()`{=typst}"))
    assert [problem.code for problem in problems] == ([] if layout.pdf else ["typst-error"])


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        ("#table(columns: 1, table.cell(colspan: 2)[x])", "reach into each other"),
        ('#pdf.artifact(link("https://example.org")[x])', "shown again on the next page"),
        ('#image(bytes("x"))', "a picture is damaged"),
        ("#nonsense()", "in English: "),
    ],
)
def test_what_typst_refuses_is_said_in_our_own_words(refused: str, said: str) -> None:
    _, problems = typeset(replace(document(""), blocks=({"t": "RawBlock", "c": ["typst", refused]},)))
    assert [said in problem.message for problem in problems] == [True]


def test_a_notes_number_is_followed_by_a_space() -> None:
    layout = laid_out(markdown="Ord.^[Note]")
    judges.require("pdftotext")
    command = ["pdftotext", "-bbox", "-", "-"]
    boxes = subprocess.run(command, input=layout.pdf, capture_output=True, check=True).stdout.decode("utf-8")
    found = re.findall(r'xMin="(.+?)".*?xMax="(.+?)".*?>(.*?)<', boxes)
    places = [(float(start), float(end), word) for start, end, word in found]
    at = next(i for i, place in enumerate(places) if place[2] == "Note")
    assert places[at - 1][2] == "1"
    assert places[at][0] - places[at - 1][1] > 1.5  # points: a space, not Typst's twentieth of an em


def test_a_heading_that_its_note_moves_stands_right_at_the_top() -> None:
    """Typst's own space above a heading counts where a space above it does not (a negative one does not)."""
    lines = [f"Fyll {n}.\n" for n in range(80)]
    tops = set()
    for count in range(40, 80, 2):
        heading = f"## Midt{count}^[{'Ord i en note. ' * 60}]\n\n{'Tekst etter. ' * 40}\n\nSist"
        found = boxes(laid_out(markdown="\n".join([*lines[:count], heading])))
        page, top = found[f"Midt{count}"]
        if min(y for on, y in found.values() if on == page) == top:
            tops.add(round(top, 1))
    assert len(tops) == 1


@pytest.mark.parametrize("template", [STANDARD, TEMPLATES / "sluttrapport.docx"], ids=lambda path: path.stem)
def test_lines_of_code_are_as_far_apart_as_their_own_letters_say(template: Path) -> None:
    """Whatever the letters of the paragraph and the lines of the default style (exact in the final report) are."""
    look = theme.read(read_parts(template.read_bytes()), shipped(), template.name)[0]
    style, letters = look.style("source code"), look.characters["verbatim char"]
    loose = replace(style, line=480, rule="auto", surplus=500)
    found = boxes(typeset(document("```\nEn\nTo\n```\n"), replace(look, styles={**look.styles, style.name: loose}))[0])
    face = shipped().face(letters.font, letters.bold, letters.italic)
    assert face is not None
    line = line_box(face, letters.size if "size" in look.own["verbatim char"] else style.look.size)
    assert found["To"][1] - found["En"][1] == pytest.approx((line.ascent + line.descent) / 10, abs=0.1)


def boxes(layout: Layout) -> dict[str, tuple[int, float]]:
    """The page of every word of the body, and how far its top is from the page's."""
    judges.require("pdftotext")
    command = [str(judges.available("pdftotext")), "-bbox", "-", "-"]
    done = subprocess.run(command, input=layout.pdf, capture_output=True, check=True).stdout.decode("utf-8")
    pages = enumerate(done.split("<page ")[1:], 1)
    return {word: (n, float(y)) for n, page in pages for y, word in re.findall(r'yMin="([\d.]+)"[^>]*>(\w+)', page)}


def test_widows_made_by_footnotes_are_mended() -> None:
    """A long text of paragraphs with notes: no paragraph leaves a lone line on either side of a page's end."""
    sentence = "Dette er en setning som er lang nok til å fylle en god del av linjen den står på. "
    chapter = "\n\n".join(sentence * (2 + n % 4) + f"Ord^[{sentence * (1 + n % 3)}] slutt." for n in range(60))
    layout = laid_out(markdown=chapter)
    judges.require("pdftotext")
    for page in range(1, layout.page_count + 1):
        body = text(layout, page).split("\n\n")[0].splitlines()
        assert len(body) != 1, f"a lone line at the top of page {page}"


def test_a_formula_stands_in_its_line_also_in_a_footnote() -> None:
    layout, _ = typeset(document("Tekst $x^2$ her.^[En note $x$ slutt.]"))
    assert "En note 𝑥 slutt." in " ".join(text(layout).split())
