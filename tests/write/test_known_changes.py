"""A block that became something before becomes the same again, where all that it names is as it was."""

from __future__ import annotations

from collections.abc import Mapping

from rapportbygger.nodes import Node, string
from rapportbygger.write.docx.known_changes import KnownChanges


def _of(block: Node, table: Mapping[str, str], looked_up: list[str]) -> list[Node]:
    def change(node: Node) -> list[Node]:
        looked_up.append(node["c"])
        return [string(known.noted[0][node["c"]])]

    known = KnownChanges([table], change)
    return known.of(block)


def test_change_is_made_once_while_what_was_looked_up_is_the_same() -> None:
    block, made = string("a"), list[str]()
    first = _of(block, {"a": "1", "b": "2"}, made)
    assert _of(block, {"a": "1", "b": "other"}, made) is first
    assert made == ["a"]


def test_change_is_made_anew_when_what_was_looked_up_is_another() -> None:
    block, made = string("a"), list[str]()
    _of(block, {"a": "1"}, made)
    assert _of(block, {"a": "3"}, made) == [string("3")]
    assert made == ["a", "a"]


def test_change_that_asked_for_all_is_always_made_anew() -> None:
    block, made = string("a"), list[int]()

    def change(node: Node) -> list[Node]:
        made.append(sum(len(each) for each in known.noted[0].values()))
        return [node]

    for _document in range(2):
        known = KnownChanges([{"a": "1", "b": "22"}], change)
        known.of(block)
    assert made == [3, 3]
