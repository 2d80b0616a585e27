"""Looking through pandoc's trees."""

from __future__ import annotations

from documents import document
from rapportbygger.nodes import Node, changed, elements, holding, plain, walk

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


def test_blocks_that_hold_what_is_to_be_changed_are_changed_as_wholes() -> None:
    blocks = document(MARKDOWN).blocks
    kept, twice, listed = blocks
    assert changed(blocks, lambda block: [block, block], "Emph") == (kept, twice, twice, listed)
    assert holding(blocks, "Emph", "BulletList") == [twice, listed]
    assert changed(blocks, dict, "Table") is blocks


def test_a_block_that_is_all_that_is_to_be_changed_is_changed_alone() -> None:
    blocks = document(MARKDOWN).blocks
    asked: list[Node] = []
    assert walk(blocks, {"Header": asked.append}) is blocks
    assert [block is blocks[0] for block in asked] == [True]
    assert walk(blocks, {"BulletList": lambda _list: []}) == blocks[:2]
