"""The measures of the template's table style, which pandoc's tables wear ("Table")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rapportbygger.theme.look import Band, Rule, TableMeasures
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

STYLE = "Table"
EDGE_AT_MARGIN = 15
"""From this compatibility mode on (Word 2013) a table's edge stands at the margin, before it the text of its cells."""


def table_measures(sheet: StyleSheet, settings: Element | None = None) -> TableMeasures:
    """Margins, place, rules and bands of the style "Table", with what it is based on (§17.7.6)."""
    margins = _margins(sheet)
    borders = _borders(sheet, "tblPr/tblBorders")
    head = _Condition(sheet, "firstRow")
    column_rule, top_rule = borders.get("insideV") or Rule(), borders.get("top") or Rule()
    out = 0 if compatibility_mode(settings) >= EDGE_AT_MARGIN else -margins.get("left", TableMeasures().left)
    return TableMeasures(
        **margins,
        edge=out + number(_last(sheet, "tblPr/tblInd"), "w"),
        centred=value(_last(sheet, "tblPr/jc")) == "center",
        top_rule=top_rule,
        header_top_rule=head.rule("top") or top_rule,
        header_rule=head.rule("bottom") or Rule(),
        inner_rule=borders.get("insideH") or Rule(),
        bottom_rule=borders.get("bottom") or Rule(),
        left_rule=borders.get("left") or Rule(),
        right_rule=borders.get("right") or Rule(),
        column_rule=column_rule,
        header_column_rule=head.rule("insideV") or column_rule,
        header_shading=head.shading,
        header_align=head.align,
        bands=tuple(_bands(sheet)),
    )


def _margins(sheet: StyleSheet) -> dict[str, int]:
    found = {side: _last(sheet, f"tblPr/tblCellMar/{side}") for side in ("left", "right", "top", "bottom")}
    return {side: number(margin, "w") for side, margin in found.items() if margin is not None}


def _last(sheet: StyleSheet, path: str) -> Element | None:
    """What the style says, or the nearest one it is based on."""
    found = (child(style, path) for style in sheet.chain(STYLE))
    return next((element for element in found if element is not None), None)


def _borders(sheet: StyleSheet, path: str) -> dict[str, Rule]:
    sides = ("top", "bottom", "left", "right", "insideH", "insideV")
    found = {side: _last(sheet, f"{path}/{side}") for side in sides}
    return {side: _rule(border) for side, border in found.items() if border is not None}


def compatibility_mode(settings: Element | None) -> int:
    """The version of Word whose layout a file has: 12 where none is said, which is Word 2007 (MS-DOCX 2.4.1)."""
    found = () if settings is None else settings.iterfind(f"{W}compat/{W}compatSetting")
    modes = (number(setting, default=12) for setting in found if value(setting, "name") == "compatibilityMode")
    return next(modes, 12)


def _bands(sheet: StyleSheet) -> Iterator[Band]:
    """Every other row; where bands are higher than one row they are left out."""
    high = number(_last(sheet, "tblPr/tblStyleRowBandSize"), default=1)
    for name in ("band1Horz", "band2Horz"):
        band = _Condition(sheet, name)
        yield Band(band.rule("top"), band.rule("bottom"), band.shading) if high == 1 else Band()


class _Condition:
    """What a part of the table has of its own (§17.7.6.6)."""

    def __init__(self, sheet: StyleSheet, name: str) -> None:
        parts = [_condition(style, name) for style in sheet.chain(STYLE)]
        self._parts = [part for part in parts if part is not None]

    def _first(self, path: str) -> Element | None:
        return next((found for part in self._parts if (found := child(part, path)) is not None), None)

    def rule(self, side: str) -> Rule | None:
        """A border, None where nothing is said of it."""
        found = self._first(f"tcPr/tcBorders/{side}")
        return None if found is None else _rule(found)

    @property
    def shading(self) -> str:
        """The colour behind it, "" for none."""
        return hex_colour(value(self._first("tcPr/shd"), "fill"))

    @property
    def align(self) -> str:
        """How its cells stand in the height of their row."""
        return value(self._first("tcPr/vAlign"), default="top")


def _rule(border: Element) -> Rule:
    """Sizes are eighths of a point (§17.4.66); 3/4 pt where none is said, as LibreOffice has it."""
    if value(border) in ("nil", "none"):
        return Rule()
    return Rule(round(number(border, "sz", 6) * 20 / 8), hex_colour(value(border, "color")) or "000000")


_PLACES: Mapping[str, tuple[str, ...]] = {"cell": (), "head": ("firstRow",)}
"""What holds for the cells of each part of a table beside what holds for all."""


def cell_properties(sheet: StyleSheet, style_id: str, *, head: bool) -> Properties:
    """A paragraph style inside a table, whose style says what the paragraph's leaves unsaid (§17.7.2)."""
    own: Properties = {}
    for style in reversed(list(sheet.chain(STYLE))):
        parts = [style, *(_condition(style, name) for name in _PLACES["head" if head else "cell"])]
        for part in parts:
            own = inherit(own, paragraph_properties(child(part, "pPr"), sheet.fonts))
            own = inherit(own, run_properties(child(part, "rPr"), sheet.fonts))
    return inherit(inherit(sheet.base, own), sheet.own(style_id))


def _condition(style: Element, name: str) -> Element | None:
    found = (each for each in style.findall(W + "tblStylePr") if value(each, "type") == name)
    return next(found, None)
