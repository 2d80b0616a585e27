"""Numbers on headings, figures and tables."""

from __future__ import annotations

from documents import document, frozen, setting
from rapportbygger.diagnostics import Problems
from rapportbygger.model import Document
from rapportbygger.nodes import elements, has_class, pairs_of, plain
from rapportbygger.resolve import numbers

TABLE = "| a |\n|---|\n| 1 |\n\n: Tall {#tbl-a}\n"


def resolved(*chapters: str, lang: str = "nb", number_sections: bool = False) -> tuple[Document, Problems]:
    return numbers.resolve(document(*chapters, lang=lang), setting(number_sections=number_sections))


def captions(*chapters: str, lang: str = "nb") -> list[str]:
    blocks = resolved(*chapters, lang=lang)[0].blocks
    return [plain(node["c"][1][1][0]["c"]) for node in elements(blocks) if node["t"] in ("Figure", "Table")]


def test_figures_and_tables_are_counted_apart_across_chapters() -> None:
    figure = "![Kart](a.png){#fig-a}\n\n"
    assert captions(figure + TABLE, figure) == ["Figur\u00a01. Kart", "Tabell\u00a01. Tall", "Figur\u00a02. Kart"]


def test_labels_are_in_the_reports_language() -> None:
    assert captions("![Map](a.png){#fig-a}", TABLE, lang="en") == ["Figure\u00a01. Map", "Table\u00a01. Tall"]


def test_sections_are_numbered_when_asked_but_not_the_unnumbered() -> None:
    blocks = resolved("# A\n\n## B\n\n# Forord {-}\n\n## C {-}\n\n# D\n\n## E", number_sections=True)[0].blocks
    numbered = [pairs_of(node["c"][1]).get("number") for node in blocks]
    assert numbered == ["1", "1.1", None, None, "2", "2.1"]


def test_headings_deeper_than_words_are_numbered_too() -> None:
    blocks = resolved("# A\n\n####### G\n\n## B", number_sections=True)[0].blocks
    assert [pairs_of(node["c"][1]).get("number") for node in blocks] == ["1", "1.1", "1.2"]


def test_a_skipped_level_is_told_at_the_heading_itself() -> None:
    _, problems = resolved("# A\n\n## Dal\n\n# D", "# B\n\n#### D")
    assert [(problem.code, str(problem.location)) for problem in problems] == [
        ("heading-level-skipped", "content/chapters/02.md:3:1")
    ]


def test_a_heading_without_text_is_told() -> None:
    _, problems = resolved("# A\n\n##\n\nx\n", "# ![Kart](a.png)")
    assert [(problem.code, str(problem.location)) for problem in problems] == [
        ("empty-heading", "content/chapters/01.md:3:1"),
        ("empty-heading", "content/chapters/02.md:1:1"),
    ]


def test_targets_know_label_number_and_title_in_order() -> None:
    targets = resolved("# A {#sec-a}\n\n![Kart](a.png){#fig-a}", number_sections=True)[0].targets
    assert [(t.id, t.label, t.number, plain(t.title)) for t in targets.values()] == [
        ("sec-a", "kapittel", "1", "A"),
        ("fig-a", "Figur", "1", "Kart"),
    ]


def test_a_skipped_level_keeps_its_looks_and_is_told() -> None:
    doc, problems = resolved("# A\n\n### B\n\n#### C\n\n## D")
    assert [(node["c"][0], pairs_of(node["c"][1]).get("structure")) for node in doc.blocks] == [
        (1, None),
        (3, "2"),
        (4, "3"),
        (2, None),
    ]
    assert [str(problem.location) for problem in problems] == [
        "content/chapters/01.md:3:1",
    ]


def test_headings_that_skip_the_same_level_are_at_the_same_level() -> None:
    blocks = resolved("# A\n\n### B\n\n### C\n\n## D", number_sections=True)[0].blocks
    values = [pairs_of(node["c"][1]) for node in blocks]
    assert [value.get("number") for value in values] == ["1", "1.1", "1.2", "1.3"]
    assert [value.get("structure") for value in values] == [None, "2", "2", None]


def test_a_heading_under_one_without_a_number_has_no_zero_in_its_own() -> None:
    blocks = resolved("# A\n\n## B {-}\n\n### C\n\n## D", number_sections=True)[0].blocks
    assert [pairs_of(node["c"][1]).get("number") for node in blocks] == ["1", None, "1.1", "1.2"]


def test_the_label_is_a_span_of_its_own() -> None:
    (figure,) = resolved("![Kart](a.png){#fig-a}")[0].blocks
    (label,) = [node for node in elements(figure) if has_class(node, "caption-label")]
    assert pairs_of(label["c"][0]) == {"kind": "fig", "number": "1"}


def test_the_input_is_unchanged() -> None:
    before = document("# A\n\n![Kart](a.png){#fig-a}", TABLE)
    text = frozen(before)
    numbers.resolve(before, setting(number_sections=True))
    assert frozen(before) == text


def by_chapter(*chapters: str) -> list[tuple[str, str | None]]:
    """Each caption's number, and how it has its chapter's."""
    given = setting(number_sections=True, caption_numbers="chapter")
    spans = elements(numbers.resolve(document(*chapters), given)[0].blocks, "Span")
    labels = [pairs_of(span["c"][0]) for span in spans if has_class(span, "caption-label")]
    return [(label["number"], label.get("chapter")) for label in labels]


def test_captions_are_counted_by_chapter_when_asked() -> None:
    figure = "![Kart](a.png)\n\n"
    assert by_chapter(f"# A\n\n{figure}## B\n\n{figure}{TABLE}\n# C\n\n{figure}") == [
        *(("1.1", "numbered"), ("1.2", "numbered"), ("1.1", "numbered"), ("2.1", "numbered")),
    ]


def test_a_chapter_without_a_number_goes_on_counting() -> None:
    figure = "![Kart](a.png)\n\n"
    assert by_chapter(f"# Forord {{-}}\n\n{figure}# A\n\n{figure}# Vedlegg {{-}}\n\n{figure}# B\n\n{figure}") == [
        *(("1", None), ("1.1", "numbered"), ("1.2", "continued"), ("2.1", "numbered")),
    ]


def test_what_is_referred_to_has_the_number_of_its_caption() -> None:
    given = setting(number_sections=True, caption_numbers="chapter")
    targets = numbers.resolve(document(f"# A\n\n# B\n\n{TABLE}"), given)[0].targets
    assert (targets["tbl-a"].label, targets["tbl-a"].number) == ("Tabell", "2.1")
