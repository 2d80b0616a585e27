"""The finishing of text in a document: across inlines, by language, and never in what is no text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents import as_markdown, document, setting
from rapportbygger.nodes import div, elements, plain, span, words
from rapportbygger.resolve import crossrefs, lists, numbers, typography


def finished(markdown: str, lang: str = "nb") -> str:
    doc, problems = typography.resolve(document(markdown, lang=lang), setting())
    assert problems == ()
    return as_markdown(doc.blocks).replace("\u00a0", "_").replace("&nbsp;", "_")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("se s. 7", "se s._7"),
        ("se s. *7*", "se s._*7*"),
        ("*s.* 7", "*s.*_7"),
        ("*s. 7* og", "*s._7* og"),
        ("**10** 000", "**10**_000"),
        ("2019-*2022*", "2019–*2022*"),
        ("kap.\n2", "kap._2"),
        ("ord - *ord*", "ord – *ord*"),
        ("[s. 7](https://a.no/1-2)", "[s._7](https://a.no/1-2)"),
        ("10^3\\ 500^", "10^3_500^"),
    ],
)
def test_sentences_are_read_across_the_boundaries_of_inlines(written: str, read: str) -> None:
    assert finished(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "`s. 7 - 10 000`",
        "$10 000 - 3$",
        "$a$ - $b$",
        "<https://a.no/2019-2022>",
        "[https://a.no/2019-2022](https://a.no/2019-2022)",
        "``` \ns. 7 - 2019-2022\n```",
        "10^2^ 000",
        "*22* 33 44 55",
    ],
)
def test_what_is_no_text_stays(written: str) -> None:
    assert finished(written) == as_markdown(document(written).blocks)


def test_identifiers_and_addresses_stay() -> None:
    doc, _ = typography.resolve(
        document("# Kap. 2 - 2019-2022 {#kap-2-2019-2022}\n\n[her](#kap-2-2019-2022)"), setting()
    )
    assert plain(doc.blocks[0]["c"][2]) == "Kap.\u00a02 – 2019–2022"
    assert doc.blocks[0]["c"][1][0] == "kap-2-2019-2022"
    assert [link["c"][2][0] for link in elements(doc.blocks, "Link")] == ["#kap-2-2019-2022"]


@pytest.mark.parametrize(
    "written",
    [
        "> se s. 7",
        "- se s. 7",
        "a[^1]\n\n[^1]: se s. 7",
        "| s. 7 |\n|---|\n| 1 |",
        "| a |\n|---|\n| s. 7 |",
        "![s. 7](a.png)",
    ],
)
def test_it_reaches_every_kind_of_block(written: str) -> None:
    assert "s._7" in finished(written)


def test_dots_dashes_and_apostrophes_are_read_from_markdown() -> None:
    assert finished("så ... en---to 1--2 ''ein 's' O'Neil").startswith("så … en—to 1–2")


def test_each_language_has_its_own_rules() -> None:
    read = finished('se s. 7 ["p. 7 and s. 7"]{lang=en-GB} ["s. 7"]{lang=fr} s. 8')
    assert read == 'se s._7 [“p._7 and s. 7”]{lang="en-GB"} [«s. 7»]{lang="fr"} s._8'


def test_a_style_for_references_has_its_own_dashes() -> None:
    cited = {"t": "Para", "c": [span(words("(KS - FoU, 2019, s. 3-4)"), "citation"), *words(" - s. 3-4")]}
    entry = div([{"t": "Para", "c": words("KS - FoU. (2019-2022). Bok, s. 3-4.")}], "csl-entry")
    doc, _ = typography.resolve(replace(document(""), blocks=(cited, entry)), setting())
    assert [plain(block["c"]) for block in elements(doc.blocks, "Para")] == [
        "(KS - FoU, 2019, s.\u00a03-4) – s.\u00a03–4",
        "KS - FoU. (2019-2022). Bok, s.\u00a03-4.",
    ]


def test_a_block_may_be_in_another_language() -> None:
    assert "“p._7”" in finished('::: {lang=en}\n"p. 7"\n:::')


def test_the_lists_have_the_same_characters_as_what_they_list() -> None:
    markdown = "# Kap. 2 - *s. 7* {#sec-a}\n\nSe @sec-a.\n\n![2 000 elever 2019-2022](a.png){#fig-a}"
    doc = document(markdown)
    for step in (numbers, crossrefs, typography, lists):
        doc, _ = step.resolve(doc, setting())
    assert plain(doc.targets["sec-a"].title) == "Kap.\u00a02 – s.\u00a07"
    assert plain(doc.targets["fig-a"].title) == "2\u00a0000 elever 2019–2022"
    assert "«Kap.\u00a02 – s.\u00a07»" in plain(doc.blocks[2]["c"])


def test_a_caption_that_begins_in_lower_case_keeps_its_parts() -> None:
    doc, _ = numbers.resolve(document("![elever](a.png)"), setting())
    finished_doc, _ = typography.resolve(doc, setting())
    assert finished_doc.blocks == doc.blocks


def test_what_needs_no_change_is_the_same_tree() -> None:
    before = document("Et *avsnitt* med 'ord' i\n\n- en\n- liste")
    after, _ = typography.resolve(before, setting())
    assert after.blocks[1] is before.blocks[1]
