"""Words, dates, numbers and order in bokmål, nynorsk and English."""

from __future__ import annotations

import datetime
import subprocess
import sys
from typing import Any

import pytest

from rapportbygger.collation import sort_string
from rapportbygger.language import date, labels, language, listing, number, spelled

NO_BREAK_SPACE = "\u00a0"


def test_labels() -> None:
    assert [labels(lang).contents for lang in ("nb", "nn", "en")] == ["Innhold", "Innhald", "Contents"]
    assert [labels(lang).list_of_tables for lang in ("nb", "nn", "en")] == ["Tabeller", "Tabellar", "Tables"]
    assert [labels(lang).bcp47 for lang in ("nb", "nn", "en")] == ["nb-NO", "nn-NO", "en-GB"]
    assert labels("nb").quotes == (("«", "»"), ("‘", "’"))


@pytest.mark.parametrize(
    ("tag", "lang"), [("nb-NO", "nb"), ("nn_NO", "nn"), ("en-GB", "en"), ("EN", "en"), ("no", "nb"), ("", "nb")]
)
def test_language_of_a_tag(tag: str, lang: str) -> None:
    assert language(tag) == lang


@pytest.mark.parametrize(
    ("value", "lang", "text"),
    [
        (datetime.date(2021, 3, 19), "nb", "19.\u00a0mars 2021"),
        ("2021-03-19", "nn", "19.\u00a0mars 2021"),
        ("2021-03-01", "en", "1 March 2021"),
        ("2022-10", "nb", "oktober 2022"),
        ("2022-10", "en", "October 2022"),
        ("2022", "nb", "2022"),
        (2022, "nb", "2022"),
        ("våren 2021", "nb", "våren 2021"),
        ("2019-22", "nb", "2019-22"),
        ("", "nb", ""),
    ],
)
def test_date(value: datetime.date | str | int, lang: str, text: str) -> None:
    assert date(value, lang) == text


@pytest.mark.parametrize(
    ("value", "lang", "text"),
    [
        (1234.5, "nb", "1_234,5"),
        (1234567, "nn", "1_234_567"),
        (1234.5, "en", "1,234.5"),
        (0.123456, "nb", "0,123456"),
        (999, "nb", "999"),
        (-1234.0, "nb", "-1_234"),
        (1e22, "nn", "10_000_000_000_000_000_000_000"),
        (1e-7, "en", "0.0000001"),
        (float("inf"), "nb", "∞"),
        (0.0, "nb", "0"),
        (-0.0, "nb", "-0"),
    ],
)
def test_number(value: float, lang: str, text: str) -> None:
    assert number(value, lang) == text.replace("_", NO_BREAK_SPACE)


@pytest.mark.parametrize("value", ["1e999999", "tolv", True])
def test_what_is_no_number_of_a_report(value: Any) -> None:
    assert number(1, "nb") == "1"
    with pytest.raises(ArithmeticError):
        number(value, "nb")


@pytest.mark.parametrize(
    ("n", "lang", "text"),
    [(0, "nb", "null"), (1, "nn", "ein"), (12, "nb", "tolv"), (13, "nb", "13"), (7, "en", "seven"), (-1, "nb", "-1")],
)
def test_spelled(n: int, lang: str, text: str) -> None:
    assert spelled(n, lang) == text


def test_listing() -> None:
    assert listing([], "nb") == ""
    assert listing(["A"], "nb") == "A"
    assert listing(["A", 2], "nn") == "A og 2"
    assert listing(("A", "B", "C"), "en") == "A, B and C"


def test_norwegian_order() -> None:
    names = [
        "Ås",
        "Aasen",
        "Ørsta",
        "Ærøy",
        "Zorn",
        "Äppelbo",
        "Aurland",
        "Evje",
        "Éva",
        "asker",
        "Öst",
        "Bodø",
        "Đuro",
    ]
    expected = [
        "asker",
        "Aurland",
        "Bodø",
        "Đuro",
        "Éva",
        "Evje",
        "Zorn",
        "Äppelbo",
        "Ærøy",
        "Ørsta",
        "Öst",
        "Ås",
        "Aasen",
    ]
    assert sorted(names, key=lambda name: sort_string(name, "nb")) == expected
    assert sorted(["Aasen", "Abel"], key=lambda name: sort_string(name, "en")) == ["Aasen", "Abel"]


def test_babel_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, rapportbygger.language; sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
