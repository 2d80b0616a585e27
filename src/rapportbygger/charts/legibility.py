"""What Vega-Lite leaves to whoever writes a specification, and readers miss.

It stands every name below an axis on end, lets a long title stick out above and below its axis, and gives the points of
a line the colour of the first group, whatever the line's own is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeAlias

from rapportbygger.charts.specification import Rows, views, with_views

Measure: TypeAlias = Callable[[str], float]
"""How wide a name is, in points."""
Room: TypeAlias = Callable[[int], float]
HEIGHT = 180
"""Points from the bottom to the top of a chart that does not say it itself."""
_BOLDER = 1.06
"""What titles, which are bold, are wider than names."""
COMPOSED = ("concat", "hconcat", "vconcat", "facet", "repeat")
"""What a specification has that is several pictures."""
_BESIDE_EACH_OTHER = frozenset(("column", "facet"))
_LINES = ("line", "area", "trail")
_NAMES = ("nominal", "ordinal")
_MADE = frozenset(("timeUnit", "bin", "aggregate"))
_TOLD = frozenset(("labelAngle", "labelExpr", "labelFont", "labelFontSize", "format"))
_OTHER_AXIS = 50.0
"""Points that the other axis takes: its title and its numbers."""
_BETWEEN = 6.0


def legible(value: Mapping[str, Any], rows: Mapping[str, Rows], width: float, measure: Measure) -> dict[str, Any]:
    """The specification with names that lie and titles in lines where there is room, and with points to be seen.

    `width` is what the chart has, in points, where it does not say so itself.
    """
    seen = with_views(value, lambda view, _name: _with_seen_points(view))
    if any(part in value for part in COMPOSED):
        return seen
    broken = _in_lines(_titles(value), _height(value), measure)
    whole = with_views(seen, lambda view, _name: _with_title(broken, view)) if broken else seen
    room = _room(value, width)
    if room is None or _has_own_labels(value.get("config")):
        return whole
    return with_views(whole, partial(_with_lying_names, rows, room, measure))


def _with_seen_points(view: Mapping[str, Any]) -> Mapping[str, Any]:
    mark = view.get("mark")
    if not isinstance(mark, Mapping) or mark.get("type") not in _LINES or "color" not in mark:
        return view
    point = {} if mark.get("point") is True else mark.get("point")
    if not isinstance(point, Mapping):
        return view
    return {**view, "mark": {**mark, "point": {"color": mark["color"], **point}}}


def _height(value: Mapping[str, Any]) -> float:
    own = value.get("height")
    return own if isinstance(own, int | float) else HEIGHT


def _titles(value: Mapping[str, Any]) -> set[str]:
    """The titles of axes of numbers to the left or right."""
    encodings = (view.get("encoding") for view, _path, _name in views(value))
    hows = (encoding.get("y") for encoding in encodings if isinstance(encoding, Mapping))
    amounts = (how for how in hows if isinstance(how, Mapping) and how.get("type") == "quantitative")
    return {how["title"] for how in amounts if isinstance(how.get("title"), str)}


def _in_lines(titles: set[str], height: float, measure: Measure) -> list[str]:
    """The lines of a title that is longer than its axis; Vega joins those of several layers, as if lines were one."""
    if len(titles) != 1:
        return []
    lines: list[str] = []
    for word in " ".join(titles).split():
        if lines and measure(f"{lines[-1]} {word}") * _BOLDER <= height:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines if len(lines) > 1 else []


def _with_title(lines: list[str], view: Mapping[str, Any]) -> Mapping[str, Any]:
    encoding = view.get("encoding", {})
    how = encoding.get("y") if isinstance(encoding, Mapping) else None
    if not isinstance(how, Mapping) or how.get("type") != "quantitative" or not isinstance(how.get("title"), str):
        return view
    return {**view, "encoding": {**encoding, "y": {**how, "title": lines}}}


def _room(value: Mapping[str, Any], width: float) -> Room | None:
    """How wide a name may be, by their number; None where only Vega knows."""
    own = value.get("width")
    if isinstance(own, int | float):
        return lambda count: own / count
    encoding = value.get("encoding")
    if own is not None or (isinstance(encoding, Mapping) and _BESIDE_EACH_OTHER & encoding.keys()):
        return None
    return lambda count: (width - _OTHER_AXIS) / count


def _has_own_labels(config: Any) -> bool:
    """Whether a configuration says itself how labels are written."""
    parts = config.values() if isinstance(config, Mapping) else ()
    return any(_TOLD & part.keys() for part in parts if isinstance(part, Mapping))


def _with_lying_names(
    rows: Mapping[str, Rows], room: Room, measure: Measure, view: Mapping[str, Any], name: str
) -> Mapping[str, Any]:
    encoding = view.get("encoding", {})
    how = encoding.get("x") if isinstance(encoding, Mapping) else None
    if not isinstance(how, Mapping) or how.get("type") not in _NAMES or _MADE & how.keys():
        return view
    axis, field = how.get("axis", {}), str(how.get("field"))
    names = {str(row[field]) for row in rows.get(name, []) if isinstance(row, Mapping) and field in row}
    if not isinstance(axis, Mapping) or _TOLD & axis.keys() or not names:
        return view
    if max(map(measure, names)) + _BETWEEN > room(len(names)):
        return view
    return {**view, "encoding": {**encoding, "x": {**how, "axis": {"labelAngle": 0, **axis}}}}
