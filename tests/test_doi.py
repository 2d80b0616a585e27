"""DOIs alone."""

from __future__ import annotations

import pytest

from rapportbygger import doi


@pytest.mark.parametrize(
    "written",
    [
        "10.1000/182",
        " https://doi.org/10.1000/182 ",
        "http://dx.doi.org/10.1000/182",
        "www.doi.org/10.1000/182",
        "DOI: 10.1000/182",
    ],
)
def test_what_stands_around_a_doi_is_no_part_of_it(written: str) -> None:
    assert doi.bare(written) == "10.1000/182"


def test_a_doi_may_have_such_words_in_it() -> None:
    assert doi.bare("10.1000/doi:182") == "10.1000/doi:182"
