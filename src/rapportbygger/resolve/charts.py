"""Charts: pictures that are drawn from a specification, at the size that they have on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from rapportbygger import localised
from rapportbygger.diagnostics import Location, Problems
from rapportbygger.drawings import Drawing
from rapportbygger.model import Setting

Size = tuple[float, float]


class Drawn:
    """The charts of a document, as they are drawn one after the other."""

    def __init__(self) -> None:
        self.drawings: dict[str, Drawing] = {}

    def chart(
        self,
        path: Path,
        width: Callable[[str | None, float], float | None],
        attributes: Mapping[str, str],
        place: Location | None,
        setting: Setting,
    ) -> tuple[str, Size | None, Problems]:
        """The name of a chart's drawing and its size in inches (None: it cannot be drawn).

        It is drawn as wide as it will stand, so that its letters have the size that they say.
        """
        assert setting.charts is not None
        wanted = min(width(attributes.get("width"), setting.text_width) or setting.text_width, setting.text_width)
        own = localised.own_folder(setting.project, place.file) if place else None
        drawing, problems = setting.charts.drawn(path, wanted, own)
        if drawing is None:
            return "", None, problems
        name = f"chart-{sha256(drawing.svg).hexdigest()[:16]}.svg"
        self.drawings[name] = drawing
        return name, (drawing.width, drawing.height), problems
