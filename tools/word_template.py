"""Write the Word templates from the design in `word_design`: `python tools/word_template.py [FOLDER]`.

The templates belong to whoever edits them in Word afterwards; this makes the first ones, from nothing but the design.
"""

import sys
from pathlib import Path

from word_design.designs import DESIGNS
from word_design.package import package


def main(root: Path) -> None:
    for design in DESIGNS:
        path = root / design.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(package(design))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent)
