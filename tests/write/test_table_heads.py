"""A header that is repeated on the next page: what is live in it is so once."""

from __future__ import annotations

import io

import pikepdf
import pytest

from rapportbygger.write.pdf.layout import Layout
from write.test_pdf import laid_out, tags, text

HEADS = {
    "a link": "[Kommune](https://example.org/)",
    "a link in the report": "[Kommune](#mål)",
    "a note": "Kommune[^n]",
    "a note in bold": "**Kommune[^n]**",
    "a name": "[Kommune]{#punkt}",
}


def table(head: str, rows: int = 60) -> str:
    body = "\n".join(f"| K{n} | {n} |" for n in range(rows))
    return f"# Mål {{#mål}}\n\n| {head} | Antall |\n|---|---|\n{body}\n\nSe [punktet](#punkt).\n\n[^n]: En note.\n"


def pages_in(layout: Layout) -> list[str]:
    """The words of every page."""
    with pikepdf.open(io.BytesIO(layout.pdf)) as opened:
        return [text(layout, page) for page in range(1, len(opened.pages) + 1)]


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_a_header_may_hold_anything_and_be_repeated(head: str) -> None:
    layout = laid_out(markdown=table(head))
    pages = pages_in(layout)
    assert len(pages) > 1
    assert all("Kommune" in page for page in pages)
    assert tags(layout).count("TH") == 2


def test_a_note_in_a_header_is_printed_once() -> None:
    first, *others = pages_in(laid_out(markdown=table("Kommune[^n]") + "\nEn til.^[To.]\n"))
    assert "1 En note." in " ".join(first.split())
    assert "2 To." in " ".join(others[-1].split())
    assert not any("En note." in page for page in others)


def test_a_link_in_a_header_leads_somewhere_on_its_first_page() -> None:
    with pikepdf.open(io.BytesIO(laid_out(markdown=table("[Kommune](https://example.org/)")).pdf)) as opened:
        first, *others = (
            [str(each.A.URI) for each in page.get("/Annots", []) if "/A" in each] for page in opened.pages
        )
    assert first == ["https://example.org/"]
    assert not any(others)
