"""The measures that both writers share."""

from __future__ import annotations

import pytest

from documents import document
from rapportbygger.write.geometry import list_level, ordered_labels


def test_lists_are_indented_step_by_step_to_the_ninth_level() -> None:
    assert [list_level(level).left for level in (0, 1, 8, 12)] == [720, 1440, 6480, 6480]


@pytest.mark.parametrize(
    ("markdown", "labels"),
    [
        ("1. a\n2. b", ("1.", "2.")),
        ("7) a\n8) b", ("7)", "8)")),
        ("(c) a\n(d) b", ("(c)", "(d)")),
        ("ix. a\nx. b", ("ix.", "x.")),
        ("#. a\n#. b", ("1.", "2.")),
        ("C)  a\nD)  b", ("C)", "D)")),
    ],
)
def test_labels_of_ordered_lists(markdown: str, labels: tuple[str, ...]) -> None:
    (ordered,) = document(markdown).blocks
    attributes, items = ordered["c"]
    assert ordered_labels(attributes, len(items), 0) == labels
