"""How much memory a process holds."""

from __future__ import annotations

import gc

from rapportbygger import footprint


def test_what_is_held_is_seen_and_what_is_given_back_is_not() -> None:
    before = footprint.held()
    block = bytearray(b"x") * 64 * 2**20
    assert footprint.held() - before > 50 * 2**20
    del block
    footprint.give_back()
    assert footprint.held() > 2**20


def test_one_heap_is_enough_and_room_to_grow_is_not_held() -> None:
    before = footprint.held()
    for _time in range(4):
        footprint.share_one_heap()
    assert footprint.held() - before < 10 * 2**20
    assert bytearray(2**20)


def test_collections_are_as_they_were_afterwards() -> None:
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    try:
        with footprint.few_collections():
            assert gc.get_threshold() > (700, 10, 10)
        assert gc.get_threshold() == (700, 10, 10)
    finally:
        gc.set_threshold(*before)
