"""Make the README's picture, docs/pages.png, of pages from build/sluttrapport.pdf.

    python tools/readme_picture.py

Needs pdftoppm and pdftotext (poppler-utils), and Pillow, which comes with the `test` extra (through pikepdf).
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "build" / "sluttrapport.pdf"
PICTURE = ROOT / "docs" / "pages.png"

FIGURE = "Aksjonslæring som en sirkel med fire faser"
TABLE = "Gruppene i prosjektet"
WIDTH, GAP, COLOURS = 1600, 24, 128
GROUND, FRAME = "#ececec", "#b4b4b4"


def texts(report: Path) -> list[str]:
    """The text of every page."""
    text = subprocess.run(["pdftotext", report, "-"], capture_output=True, check=True).stdout.decode("utf-8")
    return text.split("\f")[:-1]


def chosen(pages: Sequence[str]) -> Iterator[int]:
    """Cover, contents, a figure, a table, and the references. Captions stand in the lists of figures and tables too."""
    yield from (1, 2)
    for caption in (FIGURE, TABLE):
        yield max(number for number, text in enumerate(pages, 1) if caption in " ".join(text.split()))
    yield len(pages)


def page(report: Path, number: int, width: int) -> Image.Image:
    """A page as a picture of the given width, with its frame."""
    command = ["pdftoppm", "-png", "-r", "200", "-f", str(number), "-l", str(number), str(report)]
    drawn = Image.open(BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)).convert("RGB")
    height = round(drawn.height * width / drawn.width)
    inner = drawn.resize((width - 2, height - 2), Image.Resampling.LANCZOS)
    return ImageOps.expand(inner, 1, FRAME)


def side_by_side(pages: Sequence[Image.Image]) -> Image.Image:
    """The pages in a row on a grey ground."""
    height = max(each.height for each in pages) + 2 * GAP
    row = Image.new("RGB", (WIDTH, height), GROUND)
    left = GAP
    for each in pages:
        row.paste(each, (left, GAP))
        left += each.width + GAP
    return row


def main() -> None:
    numbers = list(chosen(texts(REPORT)))
    width = (WIDTH - GAP * (len(numbers) + 1)) // len(numbers)
    row = side_by_side([page(REPORT, number, width) for number in numbers])
    row.quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURE, optimize=True)


if __name__ == "__main__":
    main()
