"""Lines break inside words where LibreOffice breaks them."""

from __future__ import annotations

import pytest

from rapportbygger.write.pdf.breaks import parts


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("kulturskolen", ["kulturskolen"]),
        ("2019-2022", ["2019-", "2022"]),  # a hyphen before a digit; the other signs Typst knows
        ("barne-hage", ["barne-hage"]),
        ("-5", ["-5"]),
        ("og/eller", ["og/eller"]),
        ("a%20b", ["a", "%20b"]),
        ("12%", ["12%"]),
        ("", [""]),
        ("https://www.no/kultur-og-fritid/", ["https://www.no/kultur-", "og-", "fritid/"]),
        ("https://www.no/s?q=kultur&side=2", ["https://www.no/s?", "q=kultur&side=2"]),
        ("-/kultur", ["-/kultur"]),
    ],
)
def test_a_words_parts(word: str, expected: list[str]) -> None:
    assert list(parts(word)) == expected
    assert "".join(parts(word)) == word
