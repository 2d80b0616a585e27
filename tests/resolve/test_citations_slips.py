"""Slips in how citations are written are told where they stand."""

from __future__ import annotations

import pytest

from documents import document
from rapportbygger.diagnostics import Severity
from rapportbygger.resolve.citations.slips import slips


@pytest.mark.parametrize(
    ("markdown", "place", "hint"),
    [
        ("Som sagt (@ks2018).", "1:10", "write «[@ks2018]»"),
        ("*Som sagt (@ks2018), også (se [@a]) her.*", "1:11", "write «[@ks2018]»"),
        ("Sagt [@a, @ks2018].", "1:9", "part the works in a citation by semicolons"),
        ("Sagt [@a, s. 3, @ks2018, s. 4].", "1:15", "part the works in a citation by semicolons"),
        ("En note.[^1]\n\n[^1]: Sagt (@ks2018).", "3:12", "write «[@ks2018]»"),
    ],
)
def test_slips(markdown: str, place: str, hint: str) -> None:
    (problem,) = slips(document(markdown))
    assert (str(problem.location), problem.hint) == (f"content/chapters/01.md:{place}", hint)
    assert problem.severity is Severity.WARNING


@pytest.mark.parametrize(
    "markdown",
    ["[@a; @b]", "[@a, jf. @b]", "(se @a)", "(@a og @b)", "[@a, s. 3; se @b]", "@a [s. 3; @b]", "([@a])", "`(@a)`"],
)
def test_what_is_no_slip(markdown: str) -> None:
    assert slips(document(markdown)) == ()
