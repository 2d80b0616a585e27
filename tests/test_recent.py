"""What is kept in the process: bounded, and by what things are."""

from __future__ import annotations

from rapportbygger.recent import OfEach, Recent


def test_a_value_is_made_once() -> None:
    squares = Recent[int, int](10)
    assert (squares.of(3, lambda: 9), squares.of(3, lambda: 0), squares.get(4)) == (9, 9, None)


def test_what_is_in_use_stays_and_the_rest_is_forgotten() -> None:
    kept = Recent[int, str](10)
    kept.put(0, "in use")
    for number in range(1, 100):
        kept.put(number, "once")
        assert kept.get(0) == "in use"
    assert kept.get(1) is None


def test_weight_counts() -> None:
    kept = Recent[str, str](10)
    for name in ("a", "b", "c"):
        kept.put(name, name, 10)
    assert [kept.get(name) for name in ("a", "b", "c")] == [None, "b", "c"]


def test_things_are_known_by_what_they_are_and_not_by_what_they_hold() -> None:
    asked: list[list[int]] = []

    def length(numbers: list[int]) -> int:
        asked.append(numbers)
        return len(numbers)

    lengths, numbers = OfEach[list[int], int](10, length), [1, 2]
    assert (lengths(numbers), lengths(numbers), lengths([1, 2])) == (2, 2, 2)
    assert len(asked) == 2


def test_a_thing_that_is_gone_leaves_its_place_to_no_other() -> None:
    lengths = OfEach[list[int], int](10_000, len)
    assert all(lengths([0] * (n % 7)) == n % 7 for n in range(5_000))
