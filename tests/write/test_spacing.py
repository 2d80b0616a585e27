"""The space between two paragraphs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents import style
from rapportbygger.theme.look import Look, Style
from rapportbygger.write.pdf.spacing import Gap, gap

BODY = style("body text", Look("Source Sans Pro", "Source Sans Pro", 400, 220), before=120, after=200)
HEADING = replace(BODY, name="heading 1", before=480)


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        pytest.param(None, HEADING, Gap(480, new_page=True), id="the first of all"),
        pytest.param(BODY, HEADING, Gap(480), id="the larger of after and before"),
        pytest.param(BODY, BODY, Gap(200), id="the same style"),
        pytest.param(replace(BODY, surplus=50), HEADING, Gap(530), id="and the surplus of the line above"),
        pytest.param(BODY, replace(HEADING, page_break=True), Gap(480, new_page=True), id="page break before"),
        pytest.param(
            replace(BODY, contextual=True, surplus=9), replace(BODY, contextual=True), Gap(9), id="contextual spacing"
        ),
        pytest.param(replace(BODY, contextual=True), HEADING, Gap(480), id="contextual, but of another style"),
    ],
)
def test_the_gap(above: Style | None, below: Style, expected: Gap) -> None:
    assert gap(above, below, sum_spacing=False) == expected


def test_the_sum_where_the_settings_say_so() -> None:
    assert gap(BODY, HEADING, sum_spacing=True) == Gap(680)
