"""What of a template's drawings the PDF does not show as Word does."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from rapportbygger.messages import _
from rapportbygger.theme.markup import MC, PIC, WP, WPS, A, W
from rapportbygger.theme.properties import Element

_PLAIN_FORMS = ("rect", "flowChartProcess", "")
_KINDS = ("picture", "wordprocessingShape")


def drawing_losses(story: Element) -> Iterator[str]:
    """What is lost of pictures, shapes and drawings of older Word (VML), in words."""
    for old in story.iter(W + "pict", W + "object"):
        if not any(outer.tag == MC + "Fallback" for outer in old.iterancestors()):
            yield _("a drawing of older Word (text box, watermark, WordArt) is not shown in the PDF")
    for frame in story.iter(WP + "inline", WP + "anchor"):
        if not any(outer.tag == MC + "Fallback" for outer in frame.iterancestors()):
            yield from _of_frame(frame)


def _of_frame(frame: Element) -> Iterator[str]:
    data = frame.find(f"{A}graphic/{A}graphicData")
    kind = "" if data is None else posixpath.basename(data.get("uri", ""))
    if kind not in _KINDS:
        yield _("a group of shapes, a chart or another drawing is not shown in the PDF")
        return
    if frame.tag == WP + "anchor" and any(_wraps(child) for child in frame):
        yield _("text does not flow around a floating picture or shape in the PDF")
    turned = frame.find(f".//{A}xfrm")
    if turned is not None and turned.get("rot", "0") != "0":
        yield _("a turned picture or shape is upright in the PDF")
    yield from _of_picture(frame) if kind == "picture" else _of_shape(frame)


def _wraps(child: Element) -> bool:
    return etree.QName(child).localname in ("wrapSquare", "wrapTight", "wrapThrough", "wrapTopAndBottom")


def _of_picture(frame: Element) -> Iterator[str]:
    cut = frame.find(f".//{PIC}blipFill/{A}srcRect")
    if cut is not None and any(cut.get(side, "0") != "0" for side in "ltrb"):
        yield _("a cropped picture is shown whole in the PDF")


def _of_shape(frame: Element) -> Iterator[str]:
    look = frame.find(f".//{WPS}spPr")
    if look is None:
        return
    form = look.find(A + "prstGeom")
    if form is None or form.get("prst", "") not in _PLAIN_FORMS:
        yield _("a shape is drawn as a rectangle in the PDF")
    if any(look.find(A + fill) is not None for fill in ("gradFill", "blipFill", "pattFill")):
        yield _("a gradient, a pattern or a picture in a shape is not shown in the PDF")
