"""What readers of a chart would miss of what Vega-Lite draws."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from rapportbygger.charts.legibility import legible

BARS: dict[str, Any] = {
    "data": {"name": "rows-1"},
    "mark": "bar",
    "encoding": {"x": {"field": "navn", "type": "nominal"}, "y": {"field": "antall", "type": "quantitative"}},
}
SHORT = [{"navn": name} for name in ("Nes", "Ås", "Bodø")]
LONG = [{"navn": name} for name in ("Barnehagens ansatte", "Skolens ansatte", "Kulturskolens ansatte")]


def read(value: dict[str, Any], names: Any = SHORT, width: float = 200) -> dict[str, Any]:
    """The specification with 5 points for every letter."""
    return legible(value, {"rows-1": names}, width, lambda label: 5.0 * len(label))


def angle(value: dict[str, Any]) -> Any:
    axis: Any = value["encoding"]["x"].get("axis", {})
    return axis.get("labelAngle")


def test_names_lie_where_there_is_room() -> None:
    assert angle(read(BARS)) == 0


def test_names_stand_where_they_would_meet() -> None:
    assert angle(read(BARS, LONG)) is None
    assert angle(read(BARS, LONG, width=600)) == 0


def test_years_as_names_lie_too() -> None:
    value = {**BARS, "encoding": {"x": {"field": "navn", "type": "ordinal"}}}
    assert angle(read(value, [{"navn": 2019}, {"navn": 2020}])) == 0


@pytest.mark.parametrize("width", [60, {"step": 20}, "container"])
def test_a_width_of_its_own_is_the_room(width: Any) -> None:
    assert angle(read({**BARS, "width": width}, width=600)) is None


@pytest.mark.parametrize("own", [{"axis": {"labelAngle": -45}}, {"axisX": {"labelFontSize": 14}}])
def test_what_the_specification_says_of_labels_is_kept(own: Any) -> None:
    assert angle(read({**BARS, "config": own})) is None


@pytest.mark.parametrize("axis", [None, {"labelAngle": -45}, {"labelExpr": "upper(datum.label)"}])
def test_what_an_axis_says_itself_is_kept(axis: Any) -> None:
    value = {**BARS, "encoding": {"x": {"field": "navn", "type": "nominal", "axis": axis}}}
    assert read(value) == value


def test_only_vega_knows_the_room_of_charts_beside_each_other() -> None:
    columns = {**BARS, "encoding": {**BARS["encoding"], "column": {"field": "navn"}}}
    assert angle(read(columns)) is None
    assert read({"hconcat": [BARS, BARS]}) == {"hconcat": [BARS, BARS]}


def test_names_of_layers_lie() -> None:
    value = {"data": BARS["data"], "layer": [{"mark": "bar", "encoding": BARS["encoding"]}]}
    assert angle(read(value)["layer"][0]) == 0


@pytest.mark.parametrize(
    ("mark", "point"),
    [
        ({"type": "line", "color": "#e0861a", "point": True}, {"color": "#e0861a"}),
        ({"type": "area", "color": "#e0861a", "point": {"size": 9}}, {"color": "#e0861a", "size": 9}),
        ({"type": "line", "color": "#e0861a", "point": {"color": "red"}}, {"color": "red"}),
        ({"type": "line", "color": "#e0861a", "point": "transparent"}, "transparent"),
        ({"type": "line", "point": True}, True),
    ],
)
def test_points_have_the_colour_of_their_line(mark: Any, point: Any) -> None:
    assert read({"layer": [{"mark": mark}]})["layer"][0]["mark"]["point"] == point


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Elever", "Elever"),
        ("Elever i kulturskolen ved utgangen av året", ["Elever i kulturskolen ved", "utgangen av året"]),
        (None, None),
    ],
)
def test_a_title_is_no_longer_than_its_axis(title: Any, lines: Any) -> None:
    value = {**BARS, "encoding": {"y": {"field": "antall", "type": "quantitative", "title": title}}}
    assert read(value)["encoding"]["y"]["title"] == lines


def test_a_title_has_the_height_that_the_chart_has() -> None:
    value = {**BARS, "height": 40, "encoding": {"y": {"type": "quantitative", "title": "Elever i alt"}}}
    assert read(value)["encoding"]["y"]["title"] == ["Elever", "i alt"]


def test_titles_of_several_layers_are_left_to_vega_which_joins_them() -> None:
    layers = [
        {"mark": "bar", "encoding": {"y": {"type": "quantitative", "title": "Elever i kulturskolen ved årets slutt"}}},
        {"mark": "line", "encoding": {"y": {"type": "quantitative", "title": "Venteliste"}}},
    ]
    assert read({"layer": layers}) == {"layer": layers}


def test_it_changes_nothing_that_it_is_given() -> None:
    value = {"layer": [BARS, {"mark": {"type": "line", "color": "red", "point": True}}]}
    before = copy.deepcopy(value)
    read(value)
    assert value == before
