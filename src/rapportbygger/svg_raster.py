"""A drawing (SVG) as a picture (PNG) that Word can show; Typst draws it, the same everywhere."""

from __future__ import annotations

import re
from functools import lru_cache

DOTS = 600
"""An inch: lines in a crest are thin."""
LARGEST = 5_000_000
"""How many bytes a drawing may have."""
_SLIMMEST = 20.0
"""So many times longer than wide, or wider than long, a drawing can be."""
_PAGE = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(sys.inputs.svg), format: "svg", height: float(sys.inputs.high) * 1cm)"""
_LENGTH = re.compile(r"\s*([0-9]+\.?[0-9]*|\.[0-9]+)\s*(px|pt|pc|mm|cm|in)?\s*")


@lru_cache(maxsize=32)
def png(svg: bytes, high: float) -> bytes | None:
    """The drawing so many centimetres high, without a background; None where it cannot be drawn.

    Text that is not drawn as lines is in Typst's own fonts. What it links to is not looked up.
    """
    import typst

    if not 1 / _SLIMMEST <= _ratio(svg) <= _SLIMMEST:
        return None
    try:
        words = {"svg": svg.decode("utf-8"), "high": f"{high:.4f}"}
        picture = typst.compile(_PAGE, format="png", ppi=DOTS, sys_inputs=words, ignore_system_fonts=True)
    except (UnicodeDecodeError, RuntimeError):  # typst.TypstError is a RuntimeError
        return None
    return picture if isinstance(picture, bytes) else None


def _ratio(svg: bytes) -> float:
    """Width to height; 0 where the drawing does not say how large it is."""
    from lxml import etree

    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(svg[: LARGEST + 1], parser)
    except etree.XMLSyntaxError:
        return 0
    size = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    box = [_LENGTH.fullmatch(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip())[2:]]
    for sides in (size, box):
        found = [float(side[1]) for side in sides if side]
        if len(found) == 2 and all(found):
            return found[0] / found[1]
    return 0
