"""Text in other languages is marked at its words."""

from __future__ import annotations

import pytest

from documents import as_markdown, document, documented, frozen, setting
from rapportbygger.nodes import tongues
from rapportbygger.resolve import languages, typography


def resolved(markdown: str) -> str:
    return as_markdown(languages.resolve(document(markdown), setting())[0].blocks)


@pytest.mark.parametrize(
    ("written", "marked"),
    [
        ("[text]{lang=en} og", "[text]{lang="),
        ("::: {lang=nn}\nEin tekst.\n:::", '[Ein tekst.]{lang="nn-NO"}'),
        ("::: {lang=nn}\n> Eit sitat.\n:::", '> [Eit sitat.]{lang="nn-NO"}'),
        ("# Summary {#sec-s lang=en}", '# [Summary]{lang="en-GB"} {#sec-s}'),
        ("::: {lang=nn}\n- ein\n- to [three]{lang=en}\n:::", '- [to [three]{lang="en-GB"}]{lang="nn-NO"}'),
        ("::: {#om lang=nn}\nEin tekst.\n:::", "::: {#om}"),
        ("[tekst]{lang=zh-Hans-CN}", '[tekst]{lang="zh-Hans-CN"}'),
    ],
)
def test_words_have_the_language_of_what_they_stand_in(written: str, marked: str) -> None:
    assert marked in resolved(written)


def test_a_footnote_is_in_the_language_of_its_sentence() -> None:
    assert '[Ei note.]{lang="nn-NO"}' in resolved("::: {lang=nn}\nTekst.^[Ei note.]\n:::")


@pytest.mark.parametrize(
    ("lang", "quoted"),
    [("nb", "«ja»"), ("nn", "«ja»"), ("en", "“ja”"), ("en-US", "“ja”"), ("de", "„ja“"), ("sv", "”ja”"), ("da", "»ja«")],
)
def test_quotation_marks_are_those_of_the_language(lang: str, quoted: str) -> None:
    marked = languages.resolve(document(f'[Han sa "ja".]{{lang={lang}}}'), setting())[0]
    assert quoted in as_markdown(typography.resolve(marked, setting())[0].blocks)


def test_the_text_of_a_heading_is_known_by_language() -> None:
    (heading,) = languages.resolve(document("# Om [the *good* life]{lang=en} her"), setting())[0].blocks
    assert tongues(heading["c"][2]) == [("Om ", ""), ("the good life", "en-GB"), (" her", "")]


@pytest.mark.parametrize("tag", ["xx", "norsk", "qq-NO"])
def test_a_language_that_is_none_is_told_with_its_place(tag: str) -> None:
    found, (problem,) = documented(f"Tekst.\n\n[ord]{{lang={tag}}}")
    assert (problem.code, str(problem.location)) == ("unknown-language", "content/chapters/01.md:3:7")
    assert "lang" not in as_markdown(found.blocks)


def test_a_document_in_one_language_is_the_same() -> None:
    given = document('Tekst "her".')
    assert languages.resolve(given, setting())[0] is given


def test_the_document_is_not_changed() -> None:
    given = document("::: {lang=nn}\nTekst.^[Note.]\n:::")
    before = frozen(given)
    languages.resolve(given, setting())
    assert frozen(given) == before
