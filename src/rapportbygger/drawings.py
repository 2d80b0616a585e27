"""Charts as `resolve` asks for them and writers get them: it does not know who draws."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

ENDINGS = (".vl.yaml", ".vl.yml", ".vl.json")
"""How the names of specifications end."""


def is_chart(name: str) -> bool:
    """Whether a picture's name is that of a specification."""
    return name.lower().endswith(ENDINGS)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as SVG, with its size in inches."""

    svg: bytes
    width: float
    height: float


class Charts(Protocol):
    """What draws the charts of a report."""

    def drawn(self, path: Path, width: float, own: Path | None) -> tuple[Drawing | None, tuple[Any, ...]]:
        """The chart of a specification, so wide (in inches) unless it says so itself, and `Problems`.

        `own` is the folder of the municipality whose own chapter shows it, or None.
        """
