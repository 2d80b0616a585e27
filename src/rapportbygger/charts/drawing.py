"""A chart drawn: from its specification's file to an SVG with its size, remembered by all that it is made of."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from rapportbygger import localised
from rapportbygger.charts import faults, locales, specification, years
from rapportbygger.charts.expressions import Known
from rapportbygger.charts.house import House
from rapportbygger.charts.legibility import COMPOSED, legible
from rapportbygger.charts.service import Drawer, GivenUpError, RefusedError
from rapportbygger.charts.specification import Specification
from rapportbygger.diagnostics import Problems, has_errors
from rapportbygger.drawings import Drawing
from rapportbygger.memory import key_of
from rapportbygger.model import Project
from rapportbygger.protocols import Memory

POINTS = 72
_KIND = "chart"
_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')


@dataclass(frozen=True)
class Charts:
    """What draws the charts of one report: what it knows, and what it looks like (asked for by the first chart)."""

    project: Project
    known: Callable[[], Known]
    look: Callable[[], House]
    drawer: Drawer
    memory: Memory | None = None

    @cached_property
    def _known(self) -> Known:
        return self.known()

    @cached_property
    def _house(self) -> House:
        return self.look()

    def drawn(self, path: Path, width: float, own: Path | None) -> tuple[Drawing | None, Problems]:
        """The chart of the specification in a file, so wide (in inches) unless it says itself how wide it is.

        `own` is the folder of the municipality whose own chapter shows it, or None.
        """
        found, problems = specification.read(path, self.project.root, self._known, self._is_allowed(own))
        if found is None:
            return None, problems
        problems = (*faults.problems(found), *faults.fonts(found))
        if has_errors(problems):
            return None, problems
        try:
            svg = self._svg(request(found, self._house, self._known.lang, width * POINTS))
        except RefusedError as error:
            return None, (*problems, faults.refused(str(error), found))
        except GivenUpError:
            return None, (*problems, faults.given_up(found))
        return _drawing(svg, self._house), problems

    def _is_allowed(self, own: Path | None) -> Callable[[Path], bool]:
        return lambda file: own is None or not localised.is_anothers(self.project, file, own)

    def _svg(self, asked: Mapping[str, Any]) -> str:
        """The drawing as vl-convert makes it, or has made it."""
        key = key_of(asked, _vl_convert())
        known = self.memory.get(_KIND, key) if self.memory else None
        if known is not None:
            return known.decode("utf-8")
        svg = self.drawer.svg(asked)
        if self.memory:
            self.memory.put(_KIND, key, svg.encode("utf-8"))
        return svg


def request(found: Specification, house: House, lang: str, width: float) -> dict[str, Any]:
    """All that the drawing depends on, as data for the process that draws; `width` is in points."""
    value = years.by_year(faults.in_house_font(found.value), found.rows)
    temporal = years.temporal_fields(value)
    own = value.get("config")
    config = _merged(house.config, own if isinstance(own, Mapping) else {})
    value = legible(value, found.rows, width, house.width)
    if not any(part in value for part in COMPOSED) and "width" not in value:
        value = {"autosize": {"type": "fit-x", "contains": "padding"}, **value, "width": round(width, 1)}
    return {
        "specification": json.dumps({**value, "config": config}, ensure_ascii=False),
        "rows": {name: years.as_dates(rows, temporal) for name, rows in found.rows.items()},
        "fonts": {house.measured: house.files},
        "numbers": locales.numbers(lang),
        "dates": locales.dates(lang),
    }


def _merged(house: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """A configuration with what a specification says otherwise."""
    both = {
        key: _merged(house[key], value) if isinstance(house.get(key), Mapping) and isinstance(value, Mapping) else value
        for key, value in own.items()
    }
    return {**house, **both}


def _drawing(svg: str, house: House) -> Drawing:
    size = _SIZE.search(svg)
    width, height = (float(size[1]), float(size[2])) if size else (1.0, 1.0)
    named = svg.replace(f'font-family="{house.measured}"', f'font-family="{house.face.typst_family}"')
    return Drawing(named.encode("utf-8"), max(width, 1.0) / POINTS, max(height, 1.0) / POINTS)


@cache
def _vl_convert() -> str:
    from importlib.metadata import version

    return version("vl-convert-python")
