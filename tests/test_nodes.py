"""Looking through pandoc's trees."""

from __future__ import annotations

from documents import document
from rapportbygger.nodes import elements, plain

MARKDOWN = "# A\n\nTekst med *vekt*[^1] og [lenke](https://no).\n\n- ett\n\n[^1]: *Note*."


def test_elements_come_parents_first_in_reading_order() -> None:
    blocks = document(MARKDOWN).blocks
    assert [node["t"] for node in elements(blocks, "Emph", "Note", "Link")] == ["Emph", "Note", "Emph", "Link"]


def test_a_whole_document_and_its_blocks_have_the_same_elements() -> None:
    blocks = document(MARKDOWN).blocks
    for kinds in (("Para", "Plain"), ("Str",), ()):
        assert elements(blocks, *kinds) == elements(list(blocks), *kinds)


def test_documents_that_say_the_same_are_looked_through_apart() -> None:
    one, other = document("Tekst"), document("Tekst")
    assert elements(one.blocks, "Para")[0] is one.blocks[0]
    assert elements(other.blocks, "Para")[0] is other.blocks[0]
    assert plain(one.blocks[0]["c"]) == plain(other.blocks[0]["c"])
