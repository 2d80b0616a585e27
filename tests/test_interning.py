"""Blocks that hold the same: one object in all documents, and never twice in one."""

from __future__ import annotations

from rapportbygger.interning import interned
from rapportbygger.nodes import Node, string


def paragraph(word: str) -> Node:
    return {"t": "Para", "c": [string(word)]}


def test_equal_blocks_of_two_documents_become_one_object() -> None:
    (first, _), (other, again) = (
        interned([paragraph("lik"), paragraph("én")]),
        interned([paragraph("to"), paragraph("lik")]),
    )
    assert again is first
    assert other == paragraph("to")


def test_equal_blocks_of_one_document_stay_apart() -> None:
    both, again = (interned([paragraph("dobbelt"), paragraph("dobbelt")]) for _document in range(2))
    assert both[0] is not both[1]
    assert all(one is other for one, other in zip(both, again, strict=True))


def test_an_object_that_stands_twice_becomes_two() -> None:
    block = paragraph("to ganger")
    first, second = interned([block, block])
    assert first == second
    assert first is not second
    assert interned([block, block], before=[block])[0] is block


def test_what_was_ready_before_is_left_as_it_is() -> None:
    document = interned([paragraph("a"), paragraph("b")])
    changed = interned([document[0], paragraph("c")], before=document)
    assert changed[0] is document[0]
    assert interned([paragraph("c")])[0] is changed[1]


def test_what_holds_other_values_is_another_block() -> None:
    header = [{"t": "Header", "c": [level, ["", [], []], []]} for level in (1, 2, True)]
    assert [interned([block])[0]["c"][0] for block in header] == [1, 2, True]
    assert len({id(interned([block])[0]) for block in header}) == 3


def test_a_block_that_is_nested_too_deeply_is_left_as_it_is() -> None:
    block = paragraph("innerst")
    for _level in range(3000):
        block = {"t": "BlockQuote", "c": [block]}
    assert interned([block])[0] is block
