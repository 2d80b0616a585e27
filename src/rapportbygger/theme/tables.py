"""The measures of the template's table style, which pandoc's tables wear ("Table")."""

from __future__ import annotations

from rapportbygger.theme.look import Rule, TableMeasures
from rapportbygger.theme.properties import (
    Element,
    Properties,
    W,
    child,
    hex_colour,
    inherit,
    number,
    paragraph_properties,
    run_properties,
    value,
)
from rapportbygger.theme.styles import StyleSheet


def table_measures(sheet: StyleSheet) -> TableMeasures:
    """Margins, indent and rules of the style "Table", and what its first row has of its own (§17.7.6)."""
    style = sheet.by_id.get("Table")
    margins = {
        side: number(margin, "w")
        for side in ("left", "right", "top", "bottom")
        if (margin := child(style, f"tblPr/tblCellMar/{side}")) is not None
    }
    first = _first_row(style)
    return TableMeasures(
        **margins,
        indent=number(child(style, "tblPr/tblInd"), "w"),
        top_rule=_rule(child(style, "tblPr/tblBorders/top")),
        header_rule=_rule(child(first, "tcPr/tcBorders/bottom")),
        inner_rule=_rule(child(style, "tblPr/tblBorders/insideH")),
        bottom_rule=_rule(child(style, "tblPr/tblBorders/bottom")),
        header_shading=paragraph_properties(child(first, "tcPr")).get("shading", ""),
        header_align=value(child(first, "tcPr/vAlign"), default="top"),
    )


def _rule(border: Element | None) -> Rule:
    """Sizes are eighths of a point (§17.4.66); 3/4 pt where none is said, as LibreOffice has it."""
    if border is None or value(border) in ("nil", "none"):
        return Rule()
    return Rule(round(number(border, "sz", 6) * 20 / 8), hex_colour(value(border, "color")) or "000000")


def cell_properties(sheet: StyleSheet, style_id: str, *, head: bool) -> Properties:
    """A paragraph style inside a table, whose style says what the paragraph's leaves unsaid (§17.7.2)."""
    table = sheet.by_id.get("Table")
    own = inherit(paragraph_properties(child(table, "pPr")), run_properties(child(table, "rPr"), sheet.fonts))
    if head:
        first = _first_row(table)
        own = inherit(own, paragraph_properties(child(first, "pPr")))
        own = inherit(own, run_properties(child(first, "rPr"), sheet.fonts))
    return inherit(inherit(sheet.base, own), sheet.own(style_id))


def _first_row(style: Element | None) -> Element | None:
    conditions = style.findall(W + "tblStylePr") if style is not None else []
    return next((condition for condition in conditions if value(condition, "type") == "firstRow"), None)
