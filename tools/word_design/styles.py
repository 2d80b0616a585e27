"""The part word/styles.xml: defaults, what Word shows of its own styles, and the styles themselves."""

from typing import Any

from word_design.designs import BLUE, HAIRLINE, Design
from word_design.formats import MAJOR, MINOR, Paragraph, Rule, Run
from word_design.style import Style
from word_design.text_styles import character_styles, paragraph_styles
from word_design.xml import Element, root, w

WORDS_OWN = 376  # how many built-in styles Word 2016 and newer know


def styles(design: Design) -> Element:
    """`w:styles` of a template."""
    none = Style(
        "NoList", "No List", kind="numbering", based_on=None, priority=99, hidden_until_used=True, default=True
    )
    every = [*paragraph_styles(design), *character_styles(), *_tables(), none]
    return root("styles", _defaults(design), _latent(every), *(style.element() for style in every))


def _defaults(design: Design) -> Element:
    """What holds where no style says otherwise.

    The font stands here and not in Normal, so that the style of a table can change it.
    """
    run = Run(font=MINOR, size=design.body.size, language="nb-NO").element()
    paragraph = Paragraph(before=0, after=0, line=design.body.line, widow_control=True, align="left").element()
    return w("docDefaults", w("rPrDefault", run), w("pPrDefault", paragraph))


def _latent(every: list[Style]) -> Element:
    """Word's own styles that are not in this file stay out of the reader's sight."""
    known = [style for style in every if not style.custom]
    return w(
        "latentStyles",
        *(_exception(style) for style in known),
        defLockedState=0,
        defUIPriority=99,
        defSemiHidden=1,
        defUnhideWhenUsed=1,
        defQFormat=0,
        count=WORDS_OWN,
    )


def _exception(style: Style) -> Element:
    return w(
        "lsdException",
        name=style.name,
        semiHidden=int(style.hidden_until_used),
        uiPriority=99 if style.priority is None else style.priority,
        unhideWhenUsed=int(style.hidden_until_used),
        qFormat=int(style.gallery),
    )


def _tables() -> list[Style]:
    hidden: dict[str, Any] = {
        "kind": "table",
        "based_on": None,
        "priority": 99,
        "hidden_until_used": True,
        "default": True,
    }
    shown: dict[str, Any] = {
        "kind": "table",
        "based_on": "TableNormal",
        "priority": 39,
        "gallery": True,
        "custom": True,
    }
    text, small = Paragraph(before=0, after=0, line=260), Run(font=MAJOR, size=19)
    return [
        Style("TableNormal", "Normal Table", table=(_cells(0, 0, 108, 108, bare=True),), **hidden),
        Style("Table", "Table", text, small, table=(_cells(60, 30, 0, 198), _first_row()), **shown),
    ]


def _cells(top: int, bottom: int, left: int, right: int, *, bare: bool = False) -> Element:
    """Table properties: the room around a cell's text, to which its last paragraph adds its own, and the rules.

    Without room to the left the first column begins where the text and the rules do, in every version of Word.
    """
    margins = {"top": top, "left": left, "bottom": bottom, "right": right}
    heavy, light = Rule(8, BLUE), Rule(4, HAIRLINE)
    rules = (heavy.element("top"), heavy.element("bottom"), light.element("insideH"))
    return w(
        "tblPr",
        w("tblInd", w=0, type="dxa"),
        None if bare else w("tblBorders", *rules),
        w("tblCellMar", *(w(edge, w=room, type="dxa") for edge, room in margins.items())),
    )


def _first_row() -> Element:
    return w(
        "tblStylePr",
        Paragraph(keep_next=True).element(),
        Run(bold=True, colour=BLUE, theme_colour="accent1").element(),
        w("tcPr", w("tcBorders", Rule(8, BLUE).element("bottom")), w("vAlign", val="bottom")),
        type="firstRow",
    )
