"""The house look of charts: the template's font and colours, as a Vega-Lite configuration.

A unit of Vega is a point here, so that letters are as large as they say.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rapportbygger.charts import palette
from rapportbygger.charts.legibility import HEIGHT
from rapportbygger.charts.measuring_fonts import family_name
from rapportbygger.fonts import Face, Fonts, advances
from rapportbygger.theme import Theme
from rapportbygger.theme.colours import palette as template_palette
from rapportbygger.theme.markup import tree

INK, LINE, GRID = "#333333", "#767676", "#DDDDDD"
"""Of text, of axes, and of the lines behind the marks, which say nothing alone."""
_BOLD = 700
_SMALLEST, _LARGEST = 8.0, 10.0


@dataclass(frozen=True, slots=True)
class House:
    """What all charts of a report look like.

    `measured` is the name under which vl-convert knows the font `files`; `face` is that of all but titles.
    """

    measured: str
    face: Face
    files: tuple[str, ...]
    config: Mapping[str, Any]

    def width(self, label: str) -> float:
        """How wide a label is, in points."""
        size: float = self.config["axis"]["labelFontSize"]
        try:
            return advances(self.face).width(label) * size
        except (KeyError, OSError, struct.error):  # a font that says it in no way that we know
            return len(label) / 2 * size


def of(theme: Theme, parts: Mapping[str, bytes], fonts: Fonts) -> House:
    """The look that a template's charts have: in the letters of its captions, in the colours of its theme."""
    look = theme.style("caption").look
    faces = [face for face in (fonts.face(look.font, bold) for bold in (False, True)) if face]
    faces = faces or [fonts.substitute(look.font, bold) for bold in (False, True)]
    scheme = parts.get("word/theme/theme1.xml")
    accents = palette.of_template(template_palette(tree(scheme)) if scheme else {})
    return _house(tuple(dict.fromkeys(faces)), min(_LARGEST, max(_SMALLEST, look.size / 20)), accents)


@lru_cache(maxsize=20)
def _house(faces: tuple[Face, ...], size: float, accents: tuple[str, ...]) -> House:
    files = tuple(face.path for face in faces)
    measured = _measured(faces)
    return House(measured, faces[0], tuple(map(str, files)), _config(measured, faces[0].weight, size, accents))


@lru_cache(maxsize=20)
def _measured(faces: tuple[Face, ...]) -> str:
    return family_name(tuple(face.path for face in faces))


_AXIS = {
    "labelLimit": 0,
    "domainColor": LINE,
    "domainWidth": 0.75,
    "tickColor": LINE,
    "tickWidth": 0.75,
    "gridColor": GRID,
    "gridWidth": 0.5,
    "titlePadding": 6,
}


def _colours(accents: tuple[str, ...]) -> dict[str, Any]:
    first, *others = palette.categories(accents)
    ramp = tuple(f"#{colour}" for colour in palette.ramp(first))
    groups = tuple(f"#{colour}" for colour in (first, *others))
    return {
        "range": {"category": groups, "ordinal": ramp, "ramp": ramp, "heatmap": ramp},
        "mark": {"color": groups[0]},
    }


def _config(font: str, weight: int, size: float, accents: tuple[str, ...]) -> dict[str, Any]:
    """Vega-Lite's configuration (Vega-Lite 6, «Configuration»)."""
    words = {
        "labelFontSize": size,
        "labelFontWeight": weight,
        "labelColor": INK,
        "titleFontSize": size,
        "titleFontWeight": _BOLD,
        "titleColor": INK,
    }
    return {
        **_colours(accents),
        "font": font,
        "aria": False,
        "background": "#FFFFFF",
        "padding": 2,
        "view": {"stroke": None, "continuousHeight": HEIGHT, "discreteHeight": {"step": 20}},
        "line": {"strokeWidth": 2},
        "point": {"filled": True, "size": 40, "opacity": 1},
        "rule": {"color": INK},
        "text": {"color": INK, "fontSize": size, "fontWeight": weight},
        "axis": {**words, **_AXIS},
        "axisX": {"labelFlush": False},
        "axisQuantitative": {"tickCount": 5},
        "axisBand": {"ticks": False, "labelPadding": 5},
        "legend": {**words, "labelLimit": 0, "orient": "top", "symbolSize": 60, "symbolStrokeWidth": 2},
        "header": {**words, "labelLimit": 0},
        "title": {
            "fontSize": size + 1,
            "fontWeight": _BOLD,
            "color": INK,
            "anchor": "start",
            "subtitleFontSize": size,
            "subtitleFontWeight": weight,
            "subtitleColor": INK,
        },
    }
