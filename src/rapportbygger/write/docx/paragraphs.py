"""What pandoc's docx writer leaves to be said of paragraphs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from lxml import etree

from rapportbygger.write.docx import ooxml
from rapportbygger.write.docx.ooxml import WP, Element, W, parent, required, value


def style_of(paragraph: Element) -> str:
    """The id of a paragraph's style, "" for the default."""
    for properties in paragraph.iterchildren(_PROPERTIES):
        for style in properties.iterchildren(_STYLE):
            return style.get(_VALUE, "")
    return ""


_PARAGRAPH, _PROPERTIES, _STYLE, _VALUE = W + "p", W + "pPr", W + "pStyle", W + "val"


def in_styles(content: Element, *ids: str) -> list[Element]:
    """The paragraphs in these styles, in order."""
    named = (style for style in content.iter(_STYLE) if style.get(_VALUE) in ids)
    return [parent(parent(style)) for style in named if parent(parent(style)).tag == W + "p"]


def by_style(content: Element) -> Mapping[str, list[Element]]:
    """The paragraphs in each style, in order."""
    found: dict[str, list[Element]] = {}
    for style in content.iter(_STYLE):
        paragraph = parent(parent(style))
        if paragraph.tag == _PARAGRAPH:
            found.setdefault(style.get(_VALUE, ""), []).append(paragraph)
    return found


def tags(*names: str) -> frozenset[str]:
    """The tags of those w names."""
    return frozenset(W + name for name in names)


# What stands before a property in the schema's order (17.3.1.26).
BEFORE_KEEP_NEXT = tags("pStyle")
BEFORE_KEEP_LINES = BEFORE_KEEP_NEXT | tags("keepNext")
BEFORE_BREAK = BEFORE_KEEP_LINES | tags("keepLines")
BEFORE_TABS = BEFORE_BREAK | tags("pageBreakBefore", "widowControl", "numPr", "pBdr", "shd")
BEFORE_SPACING = BEFORE_TABS | tags("tabs", "suppressAutoHyphens")
BEFORE_INDENT = BEFORE_SPACING | tags("spacing")
BEFORE_OUTLINE = BEFORE_INDENT | tags(
    *("kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd"),
    *("snapToGrid", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection"),
    *("textAlignment", "textboxTightWrap", "framePr"),
)
BEFORE_NUMBERING = BEFORE_BREAK | tags("pageBreakBefore", "framePr", "widowControl")
# What stands behind the paragraph properties in a style (17.7.4.17).
_BEHIND_PROPERTIES = tags("rPr", "tblPr", "trPr", "tcPr", "tblStylePr")


def put(owner: Element, new: Element, after: Collection[str]) -> None:
    """Give a paragraph or style a property, behind those named; in place of the one it has."""
    properties = _properties(owner)
    for old in list(properties.iterchildren(new.tag)):
        properties.remove(old)
    properties.insert(sum([child.tag in after for child in properties]), new)


def put_numbering(owner: Element, markup: str) -> None:
    """Give a paragraph or style its place in a numbering."""
    put(owner, ooxml.element(markup), BEFORE_NUMBERING)


def take_numbering(owner: Element) -> None:
    """Take a style out of the numbering that it is in."""
    for old in owner.findall(f"{W}pPr/{W}numPr"):
        parent(old).remove(old)


def _properties(owner: Element) -> Element:
    """The paragraph properties of a paragraph or style, made where there are none."""
    found = next(owner.iterchildren(_PROPERTIES), None)
    if found is None:
        found = etree.Element(W + "pPr")
        first = owner.tag == W + "p"
        at = 0 if first else sum(child.tag not in _BEHIND_PROPERTIES for child in owner)
        owner.insert(at, found)
    return found


_VML = "{urn:schemas-microsoft-com:vml}"
_NO_LABEL = "1000"
"""The numbering that pandoc gives to the paragraphs of an item behind its first."""


def restyle_paragraphs(content: Element) -> None:
    """Running text that does not follow running text is a First Paragraph; pandoc forgets it after some blocks."""
    running = ("FirstParagraph", "BodyText")
    named = {parent(parent(style)): style for style in content.iter(_STYLE)}
    before = False
    for child in content:
        if child.tag in _BOOKMARKS:
            continue
        style = named.get(child)
        runs = style is not None and style.get(_VALUE) in running
        if style is not None and runs:
            style.set(_VALUE, "BodyText" if before else "FirstParagraph")
        before = runs


_BOOKMARKS = tags("bookmarkStart", "bookmarkEnd")


def restyle_quoted_lists(content: Element) -> None:
    """The items of a loose list in a quote are as in any loose list: a bar beside them would stand askew.

    A quote in a list is one: its paragraphs have no labels, and follow an item that is in no quote.
    """
    quoted = False
    for number in list(content.iter(W + "numId")):
        properties = parent(parent(number))
        in_quote = style_of(parent(properties)) == "BlockText"
        if value(number) != _NO_LABEL:
            quoted = in_quote
        if quoted and in_quote:
            properties.remove(required(properties, "pStyle"))


def restyle_notes(notes: Element) -> None:
    """Tight lists and code in footnotes have the letters and lines of footnotes too; pandoc gives them the body's."""
    for style in notes.iter(W + "pStyle"):
        if value(style) in ("Compact", "SourceCode"):
            style.set(W + "val", "FootnoteText")


def keep_lead_ins(content: Element) -> None:
    """Paragraphs that `body` has marked stay with what follows them."""
    for mark in list(content.iter(W + "proofErr")):
        paragraph = parent(mark)
        paragraph.remove(mark)
        put(paragraph, etree.Element(W + "keepNext"), BEFORE_KEEP_NEXT)


def keep_whole(captions: Iterable[Element]) -> None:
    """A caption stands on one page: LibreOffice breaks a long one below its picture otherwise, Typst does not."""
    for paragraph in captions:
        put(paragraph, etree.Element(W + "keepLines"), BEFORE_KEEP_LINES)


def quiet_rules(content: Element) -> None:
    """Horizontal rules (pandoc's are boxes with a black outline) are thin and grey in Word and in LibreOffice."""
    for rule in content.iter(_VML + "rect"):
        rule.set("style", "width:0;height:.75pt")
        rule.set("fillcolor", "#a0a0a0")
        rule.set("stroked", "f")


def make_room_for_pictures(content: Element, styles: Element) -> None:
    """Lines of an exact height cut off a picture: where one is, they are at least that high (17.3.1.33)."""
    own = by_id(styles)
    for paragraph in {id(found): found for found in map(_paragraph, content.iter(WP + "inline"))}.values():
        spacing = _spacing(style_of(paragraph), own, styles)
        if spacing is not None and spacing.get(W + "lineRule") == "exact":
            line = etree.Element(W + "spacing", {W + "line": value(spacing, "line"), W + "lineRule": "atLeast"})
            put(paragraph, line, BEFORE_SPACING)


def _paragraph(drawing: Element) -> Element:
    return next(drawing.iterancestors(W + "p"))


def _spacing(style: str, own: Mapping[str, Element], styles: Element) -> Element | None:
    """What says how high a style's lines are: itself, the nearest it is based on, or the document's defaults."""
    default = next((name for name, each in own.items() if is_default(each)), "")
    at: Element | None = own.get(style or default)
    while at is not None:
        found = at.find(f"{W}pPr/{W}spacing")
        if found is not None and found.get(W + "line"):
            return found
        base = at.find(W + "basedOn")
        at = None if base is None else own.get(value(base))
    return styles.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr/{W}spacing")


def name_of(style: Element) -> str:
    """A style's name in small letters."""
    name = style.find(W + "name")
    return "" if name is None else value(name).casefold()


@lru_cache(maxsize=8)
def by_id(styles: Element) -> Mapping[str, Element]:
    """The styles by their ids. Those of finished styles, which nobody changes any more."""
    return {value(style, "styleId"): style for style in styles.iter(W + "style")}


@lru_cache(maxsize=8)
def names(styles: Element) -> Mapping[str, str]:
    """The styles' names in small letters by their ids, those of finished styles."""
    return {ident: name_of(style) for ident, style in by_id(styles).items()}


@lru_cache(maxsize=8)
def default_style(styles: Element) -> str:
    """The id of the style of paragraphs that name none, among finished styles."""
    return next((value(style, "styleId") for style in styles.iter(W + "style") if is_default(style)), "")


def is_default(style: Element) -> bool:
    """Whether paragraphs that name no style are in this one."""
    return (style.get(W + "type"), style.get(W + "default")) == ("paragraph", "1")


def outline_headings(content: Element, levels: Mapping[str, int]) -> None:
    """Headings (by their bookmarks) whose level in the outline is not that of their style (17.3.1.20)."""
    for mark in content.iter(W + "bookmarkStart") if levels else ():
        level = levels.get(value(mark, "name"))
        if level is not None:
            properties = _properties(parent(mark))
            properties.append(etree.Element(W + "outlineLvl", {W + "val": str(level - 1)}))


def break_after_lists(content: Element, styled: Mapping[str, Sequence[Element]]) -> None:
    """The text begins on a new page after the lists of contents, figures and tables.

    `styled` are the paragraphs by their styles.
    """
    named = (paragraph for style in ("TableofFigures", "TOCHeading") for paragraph in styled.get(style, ()))
    found = (*content.iterchildren(W + "sdt"), *named)
    lists = sorted((child for child in found if parent(child) is content), key=content.index)
    if lists:
        rest = lists[-1].itersiblings()
        first = next((p for child in rest for p in child.iter(W + "p")), None)
        if first is not None and first.find(f"{W}pPr/{W}sectPr") is None:  # a section begins on a new page anyway
            put(first, etree.Element(W + "pageBreakBefore"), BEFORE_BREAK)
