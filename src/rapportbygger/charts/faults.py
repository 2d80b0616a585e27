"""What is wrong with a specification, in words for someone who writes few of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from rapportbygger.charts.specification import Rows, Specification, Steps, views
from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity, nearest
from rapportbygger.messages import _

_DRAWN = ("mark", "layer", "concat", "hconcat", "vconcat", "spec")
_MARKS = (
    *("arc", "area", "bar", "boxplot", "circle", "errorband", "errorbar", "geoshape", "line", "point", "rect", "rule"),
    *("square", "text", "tick", "trail"),
)
_TYPES = ("quantitative", "ordinal", "nominal", "temporal", "geojson")
_CHANNELS = frozenset(
    (
        *("x", "y", "x2", "y2", "xError", "yError", "xError2", "yError2", "xOffset", "yOffset", "theta", "theta2"),
        *(
            "radius",
            "radius2",
            "longitude",
            "latitude",
            "longitude2",
            "latitude2",
            "color",
            "fill",
            "stroke",
            "opacity",
        ),
        *(
            "opacity",
            "fillOpacity",
            "strokeOpacity",
            "shape",
            "size",
            "strokeDash",
            "strokeWidth",
            "angle",
            "text",
            "tooltip",
        ),
        *("href", "url", "description", "key", "detail", "order", "facet", "row", "column", "time"),
    )
)
_FONT = re.compile(r"(?:^f|F)ont$")
FEW = 12
_EXPRESSIONS = ("calculate", "expr", "filter", "test", "labelExpr")
"""The names of what is written in Vega's own language of expressions."""


def problems(specification: Specification) -> Problems:
    """Everything that is wrong with a specification, as far as it can be seen without drawing it."""
    return tuple(_problems(specification))


def _problems(specification: Specification) -> Iterator[Diagnostic]:
    value = specification.value
    if not any(part in value for part in _DRAWN):
        message = _("the chart says nowhere how it is drawn: «mark» is missing")
        yield Diagnostic("chart", message, specification.at(), _("such as «mark: bar» or «mark: line»"))
        return
    if not specification.rows:
        hint = _("such as «data: {url: ../data/x.csv}»")
        yield Diagnostic("chart-without-data", _("the chart has no data"), specification.at(), hint)
        return
    made = _made(value)
    for view, path, name in views(value):
        yield from _mark(view, path, specification)
        encoding = view.get("encoding")
        for channel, how in encoding.items() if isinstance(encoding, Mapping) else ():
            at = (*path, "encoding", channel)
            yield from _channel(channel, specification.data.location(at, key=True))
            if isinstance(how, Mapping):
                yield from _type(how, at, specification)
                yield from _field(how, at, made, specification.rows.get(name, []), specification)


def _mark(view: Mapping[str, Any], path: Steps, specification: Specification) -> Iterator[Diagnostic]:
    mark = view.get("mark")
    said = mark.get("type") if isinstance(mark, Mapping) else mark
    if (mark is None and "mark" not in view) or said in _MARKS:
        return
    at = specification.at(*path, "mark", *(("type",) if isinstance(mark, Mapping) else ()))
    if said == "image":
        hint = _("put the picture in the chapter")
        yield Diagnostic("chart", _("pictures cannot be drawn in a chart"), at, hint)
        return
    yield Diagnostic("chart", _("unknown mark «{name}»").format(name=said), at, _choices(str(said), _MARKS))


def _channel(channel: str, at: Location) -> Iterator[Diagnostic]:
    if channel not in _CHANNELS:
        hint = _choices(channel, sorted(_CHANNELS))
        message = _("unknown channel «{name}»: it is passed over").format(name=channel)
        yield Diagnostic("chart", message, at, hint, Severity.WARNING)


def _type(how: Mapping[str, Any], path: Steps, specification: Specification) -> Iterator[Diagnostic]:
    kind = how.get("type")
    if kind is not None and kind not in _TYPES:
        message = _("unknown type «{name}»").format(name=kind)
        yield Diagnostic("chart", message, specification.at(*path, "type"), _choices(str(kind), _TYPES))


def _field(
    how: Mapping[str, Any], path: Steps, made: frozenset[str] | None, rows: Rows, specification: Specification
) -> Iterator[Diagnostic]:
    """A warning for a field that no row has."""
    name = how.get("field")
    known = {key for row in rows if isinstance(row, Mapping) for key in row}
    if not isinstance(name, str) or made is None or not known or name in known | made:
        return
    if re.split(r"[.\[\\]", name)[0] in known | made:
        return
    message = _("no row of the data has the field «{name}»").format(name=name)
    hint = _choices(name, sorted(map(str, known)))
    yield Diagnostic("unknown-field", message, specification.at(*path, "field"), hint, Severity.WARNING)


def _made(value: Mapping[str, Any]) -> frozenset[str] | None:
    """The fields that transforms make; None where they cannot be known."""
    made: set[str] = set()
    for view, _path, _name in views(value):
        for step in view.get("transform") or ():
            if not isinstance(step, Mapping) or {"pivot", "lookup"} & step.keys():
                return None
            made |= {"key", "value"} if "fold" in step else set()
            made |= {"density"} if "density" in step else set()
            inner = [each for key in ("aggregate", "window", "joinaggregate") for each in step.get(key) or ()]
            for each in (step, *(entry for entry in inner if isinstance(entry, Mapping))):
                names = each.get("as", ())
                made |= {names} if isinstance(names, str) else set(map(str, names))
    return frozenset(made)


def _choices(name: str, known: Any) -> str:
    near = nearest(name, known)
    hints = [_("did you mean «{name}»?").format(name=near)] if near else []
    if len(known) <= FEW or not near:
        hints.append(_("known here: {names}").format(names=", ".join(f"«{each}»" for each in known)))
    return " ".join(hints)


# ------------------------------------------------------------------------------------------------------------- fonts


def in_house_font(value: Any) -> Any:
    """The specification without fonts of its own."""
    if isinstance(value, Mapping):
        return {key: in_house_font(each) for key, each in value.items() if not _names_font(key, each)}
    return [in_house_font(each) for each in value] if isinstance(value, list) else value


def fonts(specification: Specification) -> Problems:
    """A warning for each font that a specification asks for."""
    return tuple(_fonts(specification.value, (), specification))


def _fonts(value: Any, path: Steps, specification: Specification) -> Iterator[Diagnostic]:
    pairs = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, each in pairs:
        if _names_font(key, each):
            message = _("the font «{name}» is not used: charts are written in the report's own").format(name=each)
            at = specification.at(*path, key)
            yield Diagnostic("chart-font", message, at, _("delete the line"), Severity.WARNING)
        else:
            yield from _fonts(each, (*path, key), specification)


def _names_font(key: Any, value: Any) -> bool:
    return isinstance(key, str) and isinstance(value, str) and bool(_FONT.search(key))


# --------------------------------------------------------------------------------------------------------- vl-convert


def refused(said: str, specification: Specification) -> Diagnostic:
    """What vl-convert says of a specification that it cannot draw."""
    lines = [line.strip() for line in said.splitlines()]
    reason = next((line for line in lines[1:] if line and not line.startswith("at ")), lines[0] if lines else said)
    reason = re.sub(r"^(?:Uncaught )?(?:\w*Error: )+", "", reason)
    message = _("the chart cannot be drawn ({reason})").format(reason=reason[:200])
    hint = _("compare it with the examples at vega.github.io/vega-lite")
    return Diagnostic("chart", message, specification.at(*_expression(reason, specification)), hint)


def _expression(reason: str, specification: Specification) -> Steps:
    """Where the expression stands that cannot be read: the one that is named, or the only one."""
    if not re.match("Expression parse error|Unexpected token|Illegal|Unrecognized|Unsupported|Invalid", reason):
        return ()
    written = dict(_expressions(specification.data.value, ()))
    named = [path for path, text in written.items() if text in reason]
    return (*named, *written, ())[0] if named or len(written) == 1 else ()


def _expressions(value: Any, path: Steps) -> Iterator[tuple[Steps, str]]:
    pairs = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, each in pairs:
        if key in _EXPRESSIONS and isinstance(each, str):
            yield (*path, key), each
        else:
            yield from _expressions(each, (*path, key))


def given_up(specification: Specification) -> Diagnostic:
    """A chart that never came to an end."""
    message = _("the chart takes too long to draw, or too much memory")
    hint = _("look for numbers that are far too large, and for too many rows")
    return Diagnostic("chart", message, specification.at(), hint)
