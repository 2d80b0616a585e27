"""The measures of the template's table style, which pandoc's tables wear ("Table")."""

from __future__ import annotations

from rapportbygger.typography import TableMeasures
from rapportbygger.word_properties import Element, W, child, number, paragraph_properties, run_properties, value
from rapportbygger.word_styles import StyleSheet


def table_measures(sheet: StyleSheet) -> TableMeasures:
    """Margins and indent of the style "Table", and what its first row has of its own (§17.7.6)."""
    style = sheet.by_id.get("Table")
    margins = {
        side: number(margin, "w")
        for side in ("left", "right", "top", "bottom")
        if (margin := child(style, f"tblPr/tblCellMar/{side}")) is not None
    }
    first = _first_row(style)
    rule = child(first, "tcPr/tcBorders/bottom")
    ruled = rule is not None and value(rule) not in ("nil", "none")
    colour = value(rule, "color")
    return TableMeasures(
        **margins,
        indent=number(child(style, "tblPr/tblInd"), "w"),
        header_rule=round(number(rule, "sz", 6) * 20 / 8) if ruled else 0,  # eighths of a point; 3/4 pt when unsaid
        header_rule_color=colour if len(colour) == 6 else "000000",
        header_bold=run_properties(child(first, "rPr"), sheet.fonts).get("bold", False),
        header_shading=paragraph_properties(child(first, "tcPr")).get("shading", ""),
    )


def _first_row(style: Element | None) -> Element | None:
    conditions = style.findall(W + "tblStylePr") if style is not None else []
    return next((condition for condition in conditions if value(condition, "type") == "firstRow"), None)
