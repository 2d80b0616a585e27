"""Draw the reports' figures from the same data as their text, and the invented municipalities' coats of arms.

    python tools/make_figures.py

Reads content/data, draws every figure with its tools/figures/*.typ in Typst and writes content/figures/*.png. «x-nn» is
drawn as x, with words in nynorsk.
Pillow comes with the `test` extra (through pikepdf).
"""

from __future__ import annotations

import json
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
import yaml
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "content" / "data"
DRAWINGS = ROOT / "tools" / "figures"
FIGURES = ROOT / "content" / "figures"
MUNICIPALITIES = ROOT / "content" / "municipalities"
PIXELS_PER_INCH = 220
COLOURS = 64

SOURCES = {
    "holdeplasser": "milepaeler",
    "samlinger": "samlinger",
    "aksjonslaering": "aksjonslaering",
    "aksjonslaering-nn": "aksjonslaering_nn",
}
"""The data file behind each figure."""
INVENTED = ("eksempelvik", "doeme")


def data_of(figure: str) -> Any:
    """What the figure shows, as the chapters see it."""
    return yaml.safe_load((DATA / f"{SOURCES[figure]}.yaml").read_text(encoding="utf-8"))


def draw(drawing: str, data: Any, fonts: Path) -> bytes:
    """A drawing of the data as a PNG."""
    return typst.compile(
        str(DRAWINGS / f"{drawing}.typ"),
        root=str(DRAWINGS),
        font_paths=[str(fonts)],
        ignore_system_fonts=True,
        format="png",
        ppi=PIXELS_PER_INCH,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


def save(drawing: bytes, path: Path) -> None:
    """The same picture with few colours and no alpha channel: a third of the size, and no transparency in the PDF."""
    picture = Image.open(BytesIO(drawing)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(path, optimize=True, dpi=(PIXELS_PER_INCH, PIXELS_PER_INCH))


def main() -> None:
    fonts = Path(str(resources.files("font_source_sans_pro") / "files"))
    FIGURES.mkdir(exist_ok=True)
    for figure in SOURCES:
        save(draw(figure.removesuffix("-nn"), data_of(figure), fonts), FIGURES / f"{figure}.png")
    for municipality in INVENTED:
        folder = MUNICIPALITIES / municipality
        folder.mkdir(exist_ok=True)
        save(draw("kommunevapen", {"id": municipality}, fonts), folder / "kommunevåpen.png")


if __name__ == "__main__":
    main()
