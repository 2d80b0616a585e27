"""Figures: pictures with their caption below."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rapportbygger.nodes import Node, elements, pairs_of
from rapportbygger.write.columns import space_below
from rapportbygger.write.pdf.call import call, raw_inline
from rapportbygger.write.pdf.flow import Flow
from rapportbygger.write.pdf.inlines import picture_length


def caption_inlines(caption: Any) -> list[Node]:
    """A caption's blocks as one line of inlines."""
    out: list[Node] = []
    for block in caption[1]:
        if block["t"] in ("Plain", "Para"):
            out += [{"t": "Space"}] * bool(out) + block["c"]
    return out


def write_figure(flow: Flow, content: Any) -> None:
    """A figure with what stands in its paragraphs, and its caption, if it has one."""
    (identifier, _, _), caption, body = content
    words = caption_inlines(caption)
    style = flow.style("captioned figure" if words else "figure", "captioned figure")
    if any(block["t"] not in ("Plain", "Para") for block in body):
        _loose(flow, identifier, words, body)
        return
    inlines = [inline for block in body for inline in block["c"]]
    flow.space(flow.gap_above(style))
    caption_style = flow.style("caption")
    inner = flow.gap_above(caption_style).amount if words else 0
    heights = [picture_length(pairs_of(image["c"][0]).get("height", "")) or 0 for image in elements(inlines, "Image")]
    flow.noted([*inlines, *words], caption_style, tall=max(heights, default=0))
    dressing = flow.dressing([*inlines, *words], caption_style)
    figure = call("fig", flow.names.take(identifier), style.name, caption_style.name, inner, **dressing)
    flow.content(figure, _beside_each_other(inlines), *([words] if words else []))
    _end(flow, captioned=bool(words))
    flow.chain, flow.first, flow.after = None, True, None


def _beside_each_other(inlines: list[Node]) -> list[Node]:
    """Between pictures in a line only the width of a space counts: LibreOffice gives the line nothing below them."""
    kinds = {inline["t"] for inline in inlines}
    if not kinds <= {"Image", "Space", "SoftBreak"}:
        return inlines
    return [inline if inline["t"] == "Image" else raw_inline("#picture-gap;") for inline in inlines]


def _end(flow: Flow, *, captioned: bool) -> None:
    """A caption belongs to the picture above it: the text that follows keeps a distance."""
    if captioned and flow.above is not None:
        flow.above = replace(flow.above, after=max(flow.above.after, space_below(flow.theme.style())))


def _loose(flow: Flow, identifier: str, words: list[Node], body: list[Node]) -> None:
    """A figure of other things than pictures: its blocks, then its caption as a paragraph."""
    name = flow.names.take(identifier)
    if name:
        flow.code("#" + call("anchor", name))
    flow.blocks(body)
    if words:
        flow.paragraph(flow.style("caption"), words)
        _end(flow, captioned=body[-1]["t"] in ("Plain", "Para"))
    flow.first = True
