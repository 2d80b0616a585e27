"""What is kept in the process: by what things are, and no longer than the next documents ask for it."""

from __future__ import annotations

from rapportbygger.recent import GENERATION, OfEach, Recent, begin_document


def begin_documents(number: int) -> None:
    """So many of them."""
    for _document in range(number):
        begin_document()


def test_a_value_is_made_once() -> None:
    squares = Recent[int, int]()
    assert (squares.of(3, lambda: 9), squares.of(3, lambda: 0), squares.get(4)) == (9, 9, None)


def test_what_is_in_use_stays_and_the_rest_is_forgotten() -> None:
    kept, lengths = Recent[str, int](), OfEach[list[int], int]()
    used, once = [1], [2]
    kept.put("in use", 1)
    kept.put("once", 2)
    lengths.put(used, 1)
    lengths.put(once, 1)
    for _document in range(2 * GENERATION):
        assert kept.get("in use") == lengths.get(used) == 1
        begin_document()
    assert (kept.get("once"), lengths.get(once)) == (None, None)


def test_what_the_document_before_asked_for_is_there() -> None:
    kept, lengths = Recent[str, int](), OfEach[list[int], int]()
    used = [1]
    for number in range(10 * GENERATION):
        kept.put(f"{number}", number)
        lengths.put(used, 1)
        begin_documents(GENERATION)
        assert (kept.get(f"{number}"), lengths.get(used)) == (number, 1)


def test_a_document_keeps_all_its_own_however_large_it_is() -> None:
    squares = Recent[int, int]()
    begin_document()
    for number in range(100_000):
        squares.put(number, number * number)
    assert squares.get(0) == 0


def test_what_is_gone_is_not_aged() -> None:
    aged: list[str] = []

    class Told(Recent[str, int]):
        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

        def age(self) -> None:
            aged.append(self.name)

    held, _gone = Told("held"), Told("gone")
    del _gone
    begin_documents(GENERATION)
    assert (held.name, aged) == ("held", ["held"])


def test_things_are_known_by_what_they_are_and_not_by_what_they_hold() -> None:
    asked: list[list[int]] = []

    def length(numbers: list[int]) -> int:
        asked.append(numbers)
        return len(numbers)

    lengths, numbers = OfEach[list[int], int](length), [1, 2]
    assert (lengths(numbers), lengths(numbers), lengths([1, 2])) == (2, 2, 2)
    assert len(asked) == 2


def test_a_thing_that_is_gone_leaves_its_place_to_no_other() -> None:
    lengths = OfEach[list[int], int](len)
    for n in range(5_000):
        if n % 100 == 0:
            begin_document()
        assert lengths([0] * (n % 7)) == n % 7
