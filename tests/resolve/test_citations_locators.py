"""What of a suffix is a locator."""

from __future__ import annotations

from time import perf_counter

import pytest

from rapportbygger.nodes import plain, string, words
from rapportbygger.resolve.citations.locators import Locator, doubtful_label, split


@pytest.mark.parametrize(
    ("suffix", "label", "value", "rest"),
    [
        (", s. 7", "page", "7", ""),
        (", s.\u00a07", "page", "7", ""),
        (", ss. 88-89", "page", "88-89", ""),
        ("s. 88–89", "page", "88-89", ""),
        (", side 3", "page", "3", ""),
        (", sidene 3–5, og mer", "page", "3-5", ", og mer"),
        (", p. 7", "page", "7", ""),
        (", pp. 3–9", "page", "3-9", ""),
        (", 12", "page", "12", ""),
        (", s. 7, 9", "page", "7, 9", ""),
        (", s. 7, i boka", "page", "7", ", i boka"),
        (", s. 7 (min uthevning)", "page", "7", " (min uthevning)"),
        (", s. 12f", "page", "12f", ""),
        (", s. iv-vi", "page", "iv-vi", ""),
        (", kap. 3 i boka", "chapter", "3", " i boka"),
        (", kapittel 3.2", "chapter", "3.2", ""),
        (", avsnitt 4", "paragraph", "4", ""),
        (", § 3-4 første ledd", "section", "3-4", " første ledd"),
        (", §§ 3 og 4", "section", "3 og 4", ""),
        (", §§ 3-5", "section", "3–5", ""),
        (", fig. 2b", "figure", "2b", ""),
        (", tabell 3", "table", "3", ""),
        (", bd. 2, s. 4", "volume", "2", ", s. 4"),
        (", vers 3", "verse", "3", ""),
        (", linje 4-5", "line", "4-5", ""),
        (", kol. 3", "column", "3", ""),
        ("{s. 4}, noe", "page", "4", ", noe"),
        (", s.7", "page", "7", ""),
        (", s 7", "page", "7", ""),
        (", S. 7", "page", "7", ""),
        (", s. 7 og 9", "page", "7 og 9", ""),
        (", sidene 3 til 5", "page", "3-5", ""),
        (", s. 7 f.", "page", "7 f.", ""),
        (", s. 7 ff., og mer", "page", "7 ff.", ", og mer"),
        (", s. 7 f.eks. slik", "page", "7", " f.eks. slik"),
        (", s. 12, 14–16", "page", "12, 14-16", ""),
        (", s. 7, min utheving", "page", "7", ", min utheving"),
        (", s. 7 i originalen", "page", "7", " i originalen"),
        (", s. xii", "page", "xii", ""),
        (", § 13-6", "section", "13-6", ""),
        (", §13-3 a første ledd", "section", "13-3 a", " første ledd"),
        (", § 3 i loven", "section", "3", " i loven"),
        (", kap. IV i boka", "chapter", "IV", " i boka"),
        (", kapitla 3 og 4", "chapter", "3 og 4", ""),
        (", kap. 3, s. 7", "chapter", "3", ", s. 7"),
        (", Kap 3", "chapter", "3", ""),
        (", vedlegg 2", "appendix", "2", ""),
        (", Vedlegg B", "appendix", "B", ""),
        (", figur A.2", "figure", "A.2", ""),
        (", fotnote 4", "note", "4", ""),
        (", n. 4", "note", "4", ""),
        (", v. 4", "verse", "4", ""),
        (", art. 3", "article-locator", "3", ""),
        (", nr. 3 i serien", "issue", "3", " i serien"),
        (", tidspunkt 1:02:30", "timestamp", "1:02:30", ""),
        (", {s. 7, andre spalte}, noe", "page", "7, andre spalte", ", noe"),
        (", {s.v. kulturskole}", "sub-verbo", "kulturskole", ""),
        (", {12}", "page", "12", ""),
    ],
)
def test_locator(suffix: str, label: str, value: str, rest: str) -> None:
    locator, left = split(words(suffix))
    assert (locator, plain(left)) == (Locator(label, value), rest)


@pytest.mark.parametrize(
    "suffix", ["", ", vi mener", ", s. vi mener", ", for eksempel", ", se 3", ", siv", ",", ", pkt. 3", ", v 2"]
)
def test_no_locator(suffix: str) -> None:
    assert split(words(suffix)) == (None, words(suffix))


@pytest.mark.parametrize(("suffix", "rest"), [(", {}", ""), (", {pkt. 3} i planen", ", pkt. 3 i planen")])
def test_braces_without_a_place_are_only_braces(suffix: str, rest: str) -> None:
    locator, left = split(words(suffix))
    assert (locator, plain(left)) == (None, rest)


@pytest.mark.parametrize(
    ("suffix", "doubtful"),
    [
        (", kapp. 3", ("kapp", "kap")),
        (", sid 7", ("sid", "side")),
        (", Kapitel 7–9 om", ("Kapitel", "kapittel")),
        (", avsnit 4", ("avsnit", "avsnitt")),
        (", pkt. 3", None),
        (", i 2018", None),
        (", mars 2018", None),
        (", kart 3", None),
        (", s. 7", None),
        (", sid", None),
        ("", None),
    ],
)
def test_words_that_are_nearly_known(suffix: str, doubtful: tuple[str, str] | None) -> None:
    assert doubtful_label(words(suffix)) == doubtful


def test_what_is_not_plain_words_is_left() -> None:
    emphasis = {"t": "Emph", "c": words("min")}
    assert split([*words(", s. 7 "), emphasis]) == (Locator("page", "7"), [{"t": "Space"}, emphasis])


def test_long_rows_of_spaces_take_no_time() -> None:
    suffix = [string("\u00a0" * 20_000 + "x")]
    begun = perf_counter()
    assert split(suffix) == (None, suffix)
    assert perf_counter() - begun < 1
