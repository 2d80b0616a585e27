"""The styles of paragraphs and characters: headings, running text, captions, notes, contents."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from word_design.designs import BLUE, ICE, LINK, SLATE, TINT, Cover, Design, Type
from word_design.formats import MAJOR, Paragraph, Rule, Run, Tab
from word_design.style import Style, builtin, character, custom

_AUTOMATIC = 240  # one line, as high as what stands on it: a picture on an exact line is cut off
_BAR = (("left", Rule(24, ICE, 14)),)
_MARGIN = tuple((side, Rule(4, TINT, space)) for side, space in (("top", 5), ("left", 6), ("bottom", 5), ("right", 6)))
_HEADING = Run(font=MAJOR, bold=True, colour=BLUE, theme_colour="accent1")
_QUIET = Run(font=MAJOR, colour=SLATE, theme_colour="accent6")
_SMALL = Run(font=MAJOR, size=19)


def paragraph_styles(design: Design) -> list[Style]:
    """Every paragraph style of a design."""
    return [
        *_running(design),
        *_front(design),
        *_KINDS[design.kind](design),
        *(_heading(design, level) for level in range(1, 10)),
        *_apart(),
        *_captions(),
        *_edges(design),
        *_contents(design),
    ]


def character_styles() -> list[Style]:
    """Every character style."""
    raised = Run(position="superscript")
    link = Run(colour=LINK, theme_colour="hyperlink", underline="single")
    return [
        character(
            "DefaultParagraphFont", "Default Paragraph Font", priority=1, hidden=True, default=True, based_on=None
        ),
        character("BodyTextChar", "Body Text Char", link="BodyText", custom=True),
        character("VerbatimChar", "Verbatim Char", Run(font=MAJOR), custom=True),
        character("SectionNumber", "Section Number", custom=True),
        character("FootnoteReference", "footnote reference", raised, priority=99, hidden=True),
        character("Hyperlink", "Hyperlink", link, priority=99),
    ]


def _running(design: Design) -> list[Style]:
    body = design.body
    spaced = Paragraph(before=body.before, after=body.after)
    first, tight = Paragraph(before=120), Paragraph(before=0, after=60)
    entry = Paragraph(before=0, after=120, left=567, hanging=567, keep_lines=True)
    term = Paragraph(before=120, after=0, keep_next=True)
    return [
        builtin("Normal", "Normal", Paragraph(after=120), based_on=None, priority=0, gallery=True, default=True),
        builtin("BodyText", "Body Text", spaced, link="BodyTextChar", priority=1, gallery=True),
        custom("FirstParagraph", "First Paragraph", first, based_on="BodyText", next="BodyText", gallery=True),
        custom("Compact", "Compact", tight, based_on="BodyText", gallery=True),
        builtin("ListParagraph", "List Paragraph", Paragraph(left=720), priority=34, gallery=True),
        custom("DefinitionTerm", "Definition Term", term, Run(bold=True), next="Definition"),
        custom("Definition", "Definition", Paragraph(after=120, left=397)),
        builtin("Bibliography", "Bibliography", entry, next="Bibliography", priority=37, hidden=True),
    ]


def _front(design: Design) -> list[Style]:
    """The title and what belongs to it, on a cover or above the text."""
    title = replace(_spaced(design.document_title), keep_next=True, keep_lines=True)
    subtitle, author, date = (_spaced(shape) for shape in (design.subtitle, design.author, design.date))
    if design.kind == "letter":
        date = replace(date, tabs=(Tab("right", design.text_width),))
    heading = Paragraph(before=240, after=60, keep_next=True)
    bold = Run(font=MAJOR, bold=True, size=design.author.size)
    return [
        builtin(
            "Title", "Title", title, _sized(_HEADING, design.document_title), next="Subtitle", priority=10, gallery=True
        ),
        builtin(
            "Subtitle", "Subtitle", subtitle, _sized(_QUIET, design.subtitle), next="Author", priority=11, gallery=True
        ),
        custom("Author", "Author", author, bold, next="Date", gallery=True),
        builtin("Date", "Date", date, _sized(_QUIET, design.date), next="BodyText", priority=99, gallery=True),
        custom("AbstractTitle", "Abstract Title", heading, _HEADING, next="Abstract"),
        custom("Abstract", "Abstract", Paragraph(before=0, after=240), Run(font=MAJOR), next="BodyText"),
    ]


def _band(design: Design) -> list[Style]:
    """A band of colour from edge to edge at the top of the cover."""
    cover = design.cover or Cover(0, design.top, design.bottom, design.right)
    edge = (("bottom", Rule(48, ICE)),)
    band = Paragraph(0, 0, cover.band, left=-design.left, right=-cover.right, borders=edge, shade=BLUE)
    long = Paragraph(line=560)
    return [
        custom("LongTitle", "Long Title", long, Run(size=48), based_on="Title", next="Subtitle"),
        custom("CoverBand", "Cover Band", band, Run(colour="FFFFFF", theme_colour="background1"), based_on="Header"),
    ]


def _municipality(design: Design) -> list[Style]:
    """Crest and name, above the title of a municipality's report."""
    crest = Paragraph(before=0, after=200, line=_AUTOMATIC, rule="auto", keep_next=True)
    name = Paragraph(before=0, after=0, line=400, keep_next=True)
    return [
        *_band(design),
        custom("Crest", "Crest", crest, next="Municipality"),
        custom("Municipality", "Municipality", name, replace(_HEADING, size=32), next="Title"),
    ]


_INTO_WINDOW = 1106  # from the top margin of 25 mm to 44.5 mm, where windows of C5 and E65 envelopes both begin


def _letter(_design: Design) -> list[Style]:
    """A letter's parts: the ones Word knows by Word's own names."""
    sender, recipient = Paragraph(before=0, after=0, line=320), Paragraph(before=_INTO_WINDOW, after=0, line=280)
    closing = Paragraph(before=450, after=0, keep_next=True, keep_lines=True)
    signature = Paragraph(before=750, after=0, keep_lines=True)
    return [
        custom("Sender", "Sender", sender, replace(_HEADING, size=26), based_on="Header"),
        custom("Recipient", "Recipient", replace(recipient, keep_lines=True), next="Date"),
        builtin("Closing", "Closing", closing, next="Signature", priority=99),
        builtin("Signature", "Signature", signature, priority=99),
    ]


_KINDS: Mapping[str, Callable[[Design], list[Style]]] = {
    "report": _band,
    "municipality": _municipality,
    "letter": _letter,
    "plain": lambda _: [],
}


def _heading(design: Design, level: int) -> Style:
    """The first three levels in the design's colour; from the fifth on slanted, not bold."""
    shape = design.headings[min(level, 5) - 1]
    number = (680, 680, 794, 907, 1021)[min(level, 5) - 1]
    paragraph = replace(
        _spaced(shape),
        keep_next=True,
        keep_lines=True,
        page_break_before=True if level == 1 and design.chapter_on_new_page else None,
        tabs=(Tab("left", number),),
        outline=level - 1,
    )
    black = Run(font=MAJOR, bold=True) if level == 4 else Run(font=MAJOR, italic=True)
    run = _sized(_HEADING if level < 4 else black, shape)
    style = builtin(
        f"Heading{level}", f"heading {level}", paragraph, run, next="FirstParagraph", priority=9, gallery=True
    )
    return replace(style, hidden_until_used=level > 4)


def _apart() -> list[Style]:
    """What stands apart from the running text: quotations, figures, code, notes."""
    quote = Paragraph(before=180, after=200, left=397, right=397, borders=_BAR)
    picture = Paragraph(before=240, after=60, line=_AUTOMATIC, rule="auto")
    code = Paragraph(before=180, after=200, line=260, left=142, right=142, borders=_MARGIN, shade=TINT)
    note, inset = Paragraph(before=0, after=40, line=240), Paragraph(left=284, right=284)
    return [
        builtin("BlockText", "Block Text", quote, based_on="BodyText", next="BodyText", priority=29, gallery=True),
        custom("Figure", "Figure", picture),
        custom("CaptionedFigure", "Captioned Figure", Paragraph(keep_next=True), based_on="Figure"),
        custom("SourceCode", "Source Code", code, _SMALL),
        builtin("FootnoteText", "footnote text", note, Run(size=18), priority=99, hidden=True),
        custom("FootnoteBlockText", "Footnote Block Text", inset, based_on="FootnoteText", next="FootnoteText"),
    ]


def _captions() -> list[Style]:
    caption = Paragraph(before=140, after=140, line=260, keep_lines=True)
    above, below = Paragraph(before=240, after=100, keep_next=True), Paragraph(before=80, after=300)
    cell = Paragraph(before=0, after=60, line=260)
    return [
        builtin("Caption", "caption", caption, replace(_QUIET, size=19), next="BodyText", priority=35, gallery=True),
        custom("TableCaption", "Table Caption", above, based_on="Caption"),
        custom("ImageCaption", "Image Caption", below, based_on="Caption"),
        custom("TableText", "Table Text", cell, _SMALL, gallery=True),
    ]


def _edges(design: Design) -> list[Style]:
    """Header and footer: one tab, at the right edge of the text."""
    line = Paragraph(before=0, after=0, line=240, tabs=(Tab("right", design.text_width),))
    small = replace(_QUIET, size=17)
    return [
        builtin("Header", "header", line, small, priority=99),
        builtin("Footer", "footer", line, small, priority=99),
    ]


# Of each level of the contents: where the entry begins, where the text stands after a number, space above. The texts of
# two levels do not begin in line: programs that read PDF files would see two columns, and lose the order of the words.
_LEVELS = ((0, 400, 150), (0, 560, 30), (400, 1080, 0), (720, 1570, 0))


def _contents(design: Design) -> list[Style]:
    """Contents and lists of figures: page numbers at the text's edge after a row of dots."""
    edge = Tab("right", design.text_width, "dot")
    # Not based on heading 1: it would inherit that heading's number, page break and place in the contents.
    heading = replace(_spaced(design.contents), keep_next=True, keep_lines=True)
    look = _sized(_HEADING, design.contents)
    line = Paragraph(before=0, after=60, line=300, left=284, hanging=284, tabs=(edge,))
    return [
        builtin("TOCHeading", "TOC Heading", heading, look, next="BodyText", priority=39, gallery=True),
        *(_entry(level, measures, edge) for level, measures in enumerate(_LEVELS, 1)),
        builtin("TableofFigures", "table of figures", line, Run(font=MAJOR, size=21), priority=99, hidden=True),
    ]


def _entry(level: int, measures: tuple[int, int, int], edge: Tab) -> Style:
    left, number, before = measures
    # The second line begins below the text of the first. It also has to: from a tab stop behind its end it would be
    # taken to that one, and the page number would follow without dots.
    line = Paragraph(before=before, after=0, line=300, tabs=(Tab("left", number), edge))
    paragraph = replace(line, left=number, hanging=number - left)
    run = Run(font=MAJOR, bold=True, size=22) if level == 1 else Run(font=MAJOR, size=21)
    return builtin(f"TOC{level}", f"toc {level}", paragraph, run, next="BodyText", priority=39, hidden=True)


def _spaced(shape: Type) -> Paragraph:
    return Paragraph(before=shape.before, after=shape.after, line=shape.line)


def _sized(run: Run, shape: Type) -> Run:
    return replace(run, size=shape.size)
