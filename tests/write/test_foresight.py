"""What the documents before needed is tried first, and changes nothing but the number of layouts."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pytest

from documents import PICTURES, document, pandoc
from rapportbygger import fonts, theme
from rapportbygger.recent import Recent
from rapportbygger.template import STANDARD
from rapportbygger.write import pdf
from rapportbygger.write.docx.package import read_parts
from rapportbygger.write.pdf import foresight
from rapportbygger.write.pdf.compiler import Compiler
from rapportbygger.write.pdf.foresight import foreseen, learn
from rapportbygger.write.pdf.units import Mend, Unit

SHIPPED = fonts.load()
STANDARD_LOOK = theme.read(read_parts(STANDARD.read_bytes()), SHIPPED, "standard.docx")[0]
CUT = Mend(at=31, room=50.0)


@pytest.fixture(autouse=True)
def nothing_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foresight, "_habits", Recent())


def unit(text: str = "Et avsnitt.", kind: str = "lines") -> Unit:
    return Unit(kind, (5,), 0, STANDARD_LOOK.style("body text"), 10_000, text=text)


def test_a_paragraph_is_cut_where_it_was_in_the_document_before() -> None:
    assert foreseen("bokmål", [unit()]) == {}
    learn("bokmål", [unit()], {0: CUT}, doubted={})
    assert foreseen("bokmål", [unit("Noe annet."), unit()]) == {1: CUT}
    assert foreseen("nynorsk", [unit()]) == {}


def test_a_paragraph_that_is_not_always_cut_alike_has_to_be_twice() -> None:
    for mends, expected in [({0: CUT}, {0: CUT}), ({}, {}), ({0: CUT}, {}), ({0: CUT}, {0: CUT})]:
        learn("", [unit()], mends, doubted={})
        assert foreseen("", [unit()]) == expected


def test_what_was_in_doubt_is_not_tried_soon_again() -> None:
    learn("", [unit()], {0: CUT}, doubted={0: CUT})
    for _document in range(7):
        learn("", [unit()], {0: CUT}, doubted={})
        assert foreseen("", [unit()]) == {}
    learn("", [unit()], {0: CUT}, doubted={})
    assert foreseen("", [unit()]) == {0: CUT}


SENTENCE = "Kommunen samordnet rådene fra ungdommene hver tredje uke, og det ga resultater for mange. "
NOTED = f"{SENTENCE * 5}Slutt.^[En note som er lang nok til å gå over mer enn en linje. {SENTENCE}]"


@pytest.fixture
def layouts(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """As many things as there were layouts."""
    counted: list[None] = []
    layout = Compiler.layout

    def counting(self: Compiler, ids: Collection[str]) -> dict[str, Any]:
        counted.append(None)
        return layout(self, ids)

    monkeypatch.setattr(Compiler, "layout", counting)
    return counted


def typeset(lines: int) -> bytes:
    """A paragraph whose note stands at its end, below so many others of one line."""
    text = "\n\n".join([*("Ett avsnitt." for _ in range(lines)), NOTED, SENTENCE])
    look, figures = STANDARD_LOOK, PICTURES / "content"
    return pdf.typeset(document(text), look, pandoc=pandoc(), fonts=SHIPPED, contents=figures, date=0)[0].pdf


def test_a_document_is_the_same_whichever_came_before(layouts: list[None], monkeypatch: pytest.MonkeyPatch) -> None:
    alone: dict[int, bytes] = {}
    for lines in range(22, 26):  # 23 and 24 of them leave the paragraph no room for its note
        monkeypatch.setattr(foresight, "_habits", Recent())
        alone[lines] = typeset(lines)
    needed = []
    for lines in (22, 23, 23, 23, 24, 23, 25, 22):
        layouts.clear()
        assert typeset(lines) == alone[lines]
        needed.append(len(layouts))
    assert needed == [1, 2, 2, 1, 1, 1, 2, 1]  # two: not foreseen yet, or in vain
