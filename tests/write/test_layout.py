"""What is read from the layout."""

from __future__ import annotations

from rapportbygger.write.pdf.layout import pages_of


def test_page_numbers() -> None:
    assert pages_of({"pages": [["sec-a", 3], ["fig-b", 4]]}) == {"sec-a": 3, "fig-b": 4}
