"""What of a template's drawings the PDF does not show as Word does."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from rapportbygger.messages import _
from rapportbygger.theme.properties import Element, W

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PLAIN_FORMS = ("rect", "flowChartProcess", "")
_KINDS = ("picture", "wordprocessingShape")


def drawing_losses(story: Element) -> Iterator[str]:
    """What is lost of pictures, shapes and drawings of older Word (VML), in words."""
    for old in story.iter(W + "pict", W + "object"):
        if not any(outer.tag == _MC + "Fallback" for outer in old.iterancestors()):
            yield _("a drawing of older Word (text box, watermark, WordArt) is not shown in the PDF")
    for frame in story.iter(_WP + "inline", _WP + "anchor"):
        if not any(outer.tag == _MC + "Fallback" for outer in frame.iterancestors()):
            yield from _of_frame(frame)


def _of_frame(frame: Element) -> Iterator[str]:
    data = frame.find(f"{_A}graphic/{_A}graphicData")
    kind = "" if data is None else posixpath.basename(data.get("uri", ""))
    if kind not in _KINDS:
        yield _("a group of shapes, a chart or another drawing is not shown in the PDF")
        return
    if frame.tag == _WP + "anchor" and any(_wraps(child) for child in frame):
        yield _("text does not flow around a floating picture or shape in the PDF")
    turned = frame.find(f".//{_A}xfrm")
    if turned is not None and turned.get("rot", "0") != "0":
        yield _("a turned picture or shape is upright in the PDF")
    yield from _of_picture(frame) if kind == "picture" else _of_shape(frame)


def _wraps(child: Element) -> bool:
    return etree.QName(child).localname in ("wrapSquare", "wrapTight", "wrapThrough", "wrapTopAndBottom")


def _of_picture(frame: Element) -> Iterator[str]:
    cut = frame.find(f".//{_PIC}blipFill/{_A}srcRect")
    if cut is not None and any(cut.get(side, "0") != "0" for side in "ltrb"):
        yield _("a cropped picture is shown whole in the PDF")


def _of_shape(frame: Element) -> Iterator[str]:
    look = frame.find(f".//{_WPS}spPr")
    if look is None:
        return
    form = look.find(_A + "prstGeom")
    if form is None or form.get("prst", "") not in _PLAIN_FORMS:
        yield _("a shape is drawn as a rectangle in the PDF")
    if any(look.find(_A + fill) is not None for fill in ("gradFill", "blipFill", "pattFill")):
        yield _("a gradient, a pattern or a picture in a shape is not shown in the PDF")
