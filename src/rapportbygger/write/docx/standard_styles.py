"""The styles that a report needs and a template may lack, made from what the template does have.

All raw OOXML of those styles stands here. Lengths are twips, sizes half points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapportbygger.theme.properties import Properties

HEADING_SIZES = (1.7, 1.4, 1.2, 1.05, 1, 1, 1, 1, 1)
"""Of the text's size, where a template has no headings at all."""
TOC_STEP, TOC_NUMBER = 220, 440
"""How much further in each level of the contents begins, and the room for its number: Word's own measures."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A style to add: `based_on` are names in small letters, of which the first that there is counts."""

    name: str
    based_on: tuple[str, ...]
    paragraph: str = ""
    run: str = ""
    kind: str = "paragraph"
    table: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What the new styles are made from: the running text, the first heading, the colour of links, the text's
    width, and whether there is a style «Quote»."""

    text: Properties
    heading: Properties | None
    link: str
    width: int
    quote: bool = False


def definitions(ground: Ground) -> Iterator[Definition]:
    """Every style that a report needs, each after those it may be based on."""
    yield from _running(ground)
    yield from _headings(ground)
    yield from _opening(ground)
    yield from _contents(ground)
    yield from _around(ground)
    yield from _characters(ground)
    yield from _tables(ground)


def _points(ground: Ground, share: float) -> int:
    """A share of the text's size in half points, 8 pt at least."""
    return max(16, round(ground.text["size"] / 10 * share))


def _size(ground: Ground, share: float) -> str:
    size = _points(ground, share)
    return f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _spacing(before: int, after: int, more: str = "") -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"{more}/>'


_SINGLE = ' w:line="240" w:lineRule="auto"'


_QUOTED = '<w:ind w:left="567" w:right="567"/>'


def _running(ground: Ground) -> Iterator[Definition]:
    text = ground.text
    parted = text["before"] + text["after"] > 0 or text["first"] > 0
    yield Definition("Body Text", ("normal",), "" if parted else _spacing(0, text["size"] // 2))
    yield Definition("First Paragraph", ("body text",), '<w:ind w:firstLine="0"/>' if text["first"] > 0 else "")
    yield Definition("Compact", ("body text",), _spacing(0, min(text["after"], 40) if parted else 40))
    yield Definition("Block Text", ("quote",) if ground.quote else ("body text",), "" if ground.quote else _QUOTED)
    yield Definition("Definition Term", ("body text",), "<w:keepNext/>" + _spacing(0, 0), "<w:b/><w:bCs/>")
    yield Definition("Definition", ("body text",), '<w:ind w:left="567"/>')
    yield Definition("Source Code", ("body text",), '<w:wordWrap w:val="0"/><w:jc w:val="left"/>')
    yield Definition("Figure", ("body text",), _spacing(120, 120, _SINGLE) + '<w:ind w:firstLine="0"/>')
    yield Definition("Captioned Figure", ("figure",), "<w:keepNext/>")


def _headings(ground: Ground) -> Iterator[Definition]:
    """A level that is missing looks like the one above it; where all are, they grow out of the text's size."""
    for level, share in enumerate(HEADING_SIZES, 1):
        outline = f'<w:outlineLvl w:val="{level - 1}"/>'
        if ground.heading is None:
            above = round(ground.text["size"] * (1.6 if level == 1 else 1.2))
            own = "<w:keepNext/><w:keepLines/>" + _spacing(above, above // 3, _SINGLE)
            letters = "<w:b/><w:bCs/>" + _size(ground, share)
            yield Definition(f"heading {level}", ("normal",), own + '<w:ind w:firstLine="0"/>' + outline, letters)
        else:
            yield Definition(f"heading {level}", (f"heading {level - 1}", "heading 1"), outline)


def _opening(ground: Ground) -> Iterator[Definition]:
    ends = '<w:outlineLvl w:val="9"/>'
    yield Definition("Title", ("heading 1",), '<w:numPr><w:numId w:val="0"/></w:numPr>' + ends, _size(ground, 2.4))
    yield Definition("Subtitle", ("normal",), _spacing(0, 240), _size(ground, 1.3))
    for name in ("Author", "Date"):
        yield Definition(name, ("normal",), _spacing(0, 120))
    yield Definition("TOC Heading", ("heading 1",), ends)


def _contents(ground: Ground) -> Iterator[Definition]:
    for level in range(1, 10):
        before = ground.text["size"] // 3 if level == 1 else 0
        own = contents_tabs(level, ground.width) + _spacing(before, 40, _SINGLE)
        indent = f'<w:ind w:left="{TOC_STEP * (level - 1)}" w:firstLine="0"/>'
        yield Definition(f"toc {level}", ("normal",), own + indent)
    lists = tabs([("right", ground.width, "dot")]) + _spacing(0, 60, _SINGLE)
    yield Definition("table of figures", ("normal",), lists + '<w:ind w:firstLine="0"/>')


def contents_tabs(level: int, width: int) -> str:
    """The tab stops of a level of the contents: after the number, and before the page at the right margin."""
    return tabs([("left", TOC_STEP * (level - 1) + TOC_NUMBER + TOC_STEP * (level - 1), ""), ("right", width, "dot")])


def tabs(stops: list[tuple[str, int, str]]) -> str:
    """Tab stops as alignment, position and leader (17.3.1.38)."""
    one = (
        f'<w:tab w:val="{align}"{f""" w:leader="{leader}" """.rstrip() if leader else ""} w:pos="{position}"/>'
        for align, position, leader in stops
    )
    return f"<w:tabs>{''.join(one)}</w:tabs>"


def _around(ground: Ground) -> Iterator[Definition]:
    plain = '<w:ind w:firstLine="0"/>'
    yield Definition("caption", ("normal",), _spacing(80, 200, _SINGLE) + plain, _size(ground, 0.9))
    yield Definition("footnote text", ("normal",), _spacing(0, 20, _SINGLE) + plain, _size(ground, 0.85))
    yield Definition("Bibliography", ("body text",), '<w:ind w:left="567" w:hanging="567"/>')


def _characters(ground: Ground) -> Iterator[Definition]:
    font = ("default paragraph font",)
    yield Definition("footnote reference", font, run='<w:vertAlign w:val="superscript"/>', kind="character")
    link = f'<w:color w:val="{ground.link}"/><w:u w:val="single"/>'
    yield Definition("Hyperlink", font, run=link, kind="character")
    yield Definition("Verbatim Char", font, kind="character")


def _tables(ground: Ground) -> Iterator[Definition]:
    margins = "".join(f'<w:{side} w:w="{108 if side in ("left", "right") else 40}" w:type="dxa"/>' for side in _SIDES)
    yield Definition(
        "Normal Table", (), kind="table", table=f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{_cells()}</w:tblPr>'
    )
    rule = 'w:val="single" w:sz="{size}" w:space="0" w:color="{color}"'
    strong = rule.format(size=8, color=(ground.heading or ground.text)["color"])
    weak = rule.format(size=4, color="BFBFBF")
    borders = f"<w:top {strong}/><w:bottom {strong}/><w:insideH {weak}/>"
    head = f"<w:tcPr><w:tcBorders><w:bottom {strong}/></w:tcBorders></w:tcPr>"
    first = f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr>{head}</w:tblStylePr>'
    own = f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>{first}"
    yield Definition("Table", ("normal table",), kind="table", table=own)


_SIDES = ("top", "left", "bottom", "right")


def _cells() -> str:
    widths: Mapping[str, int] = {"top": 0, "left": 108, "bottom": 0, "right": 108}
    inside = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in widths.items())
    return f"<w:tblCellMar>{inside}</w:tblCellMar>"


def markup(new: Definition, ident: str, based_on: str) -> str:
    """A definition as a `w:style` (17.7.4.17)."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    paragraph = f"<w:pPr>{new.paragraph}</w:pPr>" if new.paragraph else ""
    run = f"<w:rPr>{new.run}</w:rPr>" if new.run else ""
    default = ' w:default="1"' if new.name == "Normal Table" else ""
    return (
        f'<w:style w:type="{new.kind}"{default} w:styleId="{ident}"><w:name w:val="{new.name}"/>{base}'
        f"<w:qFormat/>{paragraph}{run}{new.table}</w:style>"
    )
