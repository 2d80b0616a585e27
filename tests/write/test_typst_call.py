"""Values in Typst's notation."""

from __future__ import annotations

import pytest

from rapportbygger.write.pdf.call import Value, call, literal


@pytest.mark.parametrize(
    ("value", "typst"),
    [
        (None, "none"),
        (True, "true"),
        (-20, "-20"),
        ('say "hi" \\ #x\n\x07', '"say \\"hi\\" \\\\ #x\\n"'),
        ((1, "a"), '(1, "a", )'),
        ((), "()"),
        ({"a": 1}, '("a": 1)'),
        ({}, "(:)"),
    ],
)
def test_literals(value: Value, typst: str) -> None:
    assert literal(value) == typst


def test_a_call_with_named_arguments() -> None:
    assert call("para", "body text", keep_next=True) == 'para("body text", keep-next: true)'
