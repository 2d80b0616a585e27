"""The styles of paragraphs and characters: headings, running text, captions, notes, contents."""

from word_design.designs import BLUE, HAIRLINE, LINK, SLATE, TINT, Design, Type
from word_design.formats import MAJOR, MINOR, Paragraph, Rule, Run, Tab
from word_design.style import Style

_AUTOMATIC = 240  # one line, as high as what stands on it: a picture on an exact line is cut off


def paragraph_styles(design: Design) -> list[Style]:
    """Every paragraph style of a design."""
    return [
        *_running(design),
        *_title(design),
        *_headings(design),
        *_apart(design),
        *_captions(),
        *_edges(design),
        *_contents(design),
    ]


def character_styles() -> list[Style]:
    """Every character style."""
    base = "DefaultParagraphFont"
    return [
        Style(base, "Default Paragraph Font", None, kind="character", priority=1, hidden_until_used=True, default=True),
        Style("BodyTextChar", "Body Text Char", base, kind="character", link="BodyText", custom=True),
        Style("VerbatimChar", "Verbatim Char", base, kind="character", custom=True, run=Run(font=MAJOR, shade=TINT)),
        Style("SectionNumber", "Section Number", base, kind="character", custom=True),
        Style(
            "FootnoteReference",
            "footnote reference",
            base,
            kind="character",
            priority=99,
            hidden_until_used=True,
            run=Run(position="superscript"),
        ),
        Style(
            "Hyperlink",
            "Hyperlink",
            base,
            kind="character",
            priority=99,
            run=Run(colour=LINK, theme_colour="hyperlink", underline="single"),
        ),
    ]


def _sized(shape: Type, **more: object) -> Paragraph:
    return Paragraph(before=shape.before, after=shape.after, line=shape.line, **more)  # type: ignore[arg-type]


def _running(design: Design) -> list[Style]:
    body = design.body
    tight = Paragraph(before=0, after=60)
    return [
        Style("Normal", "Normal", None, priority=0, gallery=True, default=True, paragraph=Paragraph(after=body.before)),
        Style(
            "BodyText",
            "Body Text",
            link="BodyTextChar",
            priority=1,
            gallery=True,
            paragraph=Paragraph(before=body.before, after=body.after),
        ),
        Style("FirstParagraph", "First Paragraph", "BodyText", next="BodyText", priority=1, gallery=True, custom=True),
        Style("Compact", "Compact", "BodyText", priority=1, gallery=True, custom=True, paragraph=tight),
        Style("ListParagraph", "List Paragraph", priority=34, gallery=True, paragraph=Paragraph(left=720)),
        Style(
            "DefinitionTerm",
            "Definition Term",
            next="Definition",
            custom=True,
            paragraph=Paragraph(before=120, after=0, keep_next=True, keep_lines=True),
            run=Run(bold=True),
        ),
        Style("Definition", "Definition", custom=True, paragraph=Paragraph(after=120, left=400)),
        Style(
            "Bibliography",
            "Bibliography",
            next="Bibliography",
            priority=37,
            hidden_until_used=True,
            paragraph=Paragraph(before=0, after=120, left=567, hanging=567, keep_lines=True),
        ),
    ]


def _title(design: Design) -> list[Style]:
    rule = (("top", Rule(48, BLUE, 28)),) if design.cover else ()
    blue = Run(font=MAJOR, bold=True, colour=BLUE, theme_colour="accent1", size=design.document_title.size)
    return [
        Style(
            "Title",
            "Title",
            next="Subtitle",
            priority=10,
            gallery=True,
            paragraph=_sized(design.document_title, keep_next=True, keep_lines=True, borders=rule),
            run=blue,
        ),
        Style(
            "Subtitle",
            "Subtitle",
            next="Author",
            priority=11,
            gallery=True,
            paragraph=_sized(design.subtitle, keep_lines=True),
            run=_sans(design.subtitle.size),
        ),
        Style(
            "Author",
            "Author",
            next="Date",
            priority=12,
            gallery=True,
            custom=True,
            paragraph=_sized(design.author, keep_lines=True),
            run=Run(font=MAJOR, bold=True, size=design.author.size),
        ),
        Style(
            "Date",
            "Date",
            next="BodyText",
            priority=99,
            gallery=True,
            paragraph=_sized(design.date),
            run=_sans(design.date.size),
        ),
        Style(
            "AbstractTitle",
            "Abstract Title",
            next="Abstract",
            custom=True,
            paragraph=Paragraph(before=240, after=60, line=300, keep_next=True),
            run=Run(font=MAJOR, bold=True, colour=BLUE, theme_colour="accent1"),
        ),
        Style(
            "Abstract",
            "Abstract",
            next="BodyText",
            custom=True,
            paragraph=Paragraph(before=0, after=240),
            run=Run(font=MAJOR),
        ),
    ]


def _sans(size: int) -> Run:
    return Run(font=MAJOR, colour=SLATE, theme_colour="accent6", size=size)


def _headings(design: Design) -> list[Style]:
    return [_heading(design, level) for level in range(1, 10)]


def _heading(design: Design, level: int) -> Style:
    shape = design.headings[min(level, 5) - 1]
    blue = {"colour": BLUE, "theme_colour": "accent1"} if level < 4 else {}
    return Style(
        f"Heading{level}",
        f"heading {level}",
        next="FirstParagraph",
        priority=9,
        gallery=True,
        hidden_until_used=level > 4,
        paragraph=_sized(
            shape,
            keep_next=True,
            keep_lines=True,
            page_break_before=True if level == 1 and design.chapter_on_new_page else None,
            tabs=(Tab("left", (680, 680, 794, 907, 1021)[min(level, 5) - 1]),),
            outline=level - 1,
        ),
        run=Run(font=MAJOR, bold=level < 5, italic=True if level > 4 else None, size=shape.size, **blue),
    )


def _apart(design: Design) -> list[Style]:
    """What stands apart from the running text: quotations, figures, code, notes."""
    bar = (("left", Rule(24, "8FB3C7", 14)),)
    quote = Paragraph(before=120, after=160, left=397, right=397, borders=bar)
    picture = Paragraph(before=240, after=60, line=_AUTOMATIC, rule="auto")
    note = Paragraph(before=0, after=40, line=240)
    return [
        Style("BlockText", "Block Text", "BodyText", next="BodyText", priority=29, gallery=True, paragraph=quote),
        Style("Figure", "Figure", custom=True, paragraph=picture),
        Style("CaptionedFigure", "Captioned Figure", "Figure", custom=True, paragraph=Paragraph(keep_next=True)),
        Style(
            "SourceCode",
            "Source Code",
            custom=True,
            paragraph=Paragraph(before=120, after=160, line=260, shade=TINT),
            run=Run(font=MAJOR, size=19),
        ),
        Style("FootnoteText", "footnote text", priority=99, hidden_until_used=True, paragraph=note, run=Run(size=18)),
        Style(
            "FootnoteBlockText",
            "Footnote Block Text",
            "FootnoteText",
            next="FootnoteText",
            custom=True,
            hidden_until_used=True,
            paragraph=Paragraph(left=284, right=284),
        ),
    ]


def _captions() -> list[Style]:
    caption = Paragraph(before=120, after=200, line=260, keep_lines=True)
    return [
        Style("Caption", "caption", next="BodyText", priority=35, gallery=True, paragraph=caption, run=_sans(19)),
        Style(
            "TableCaption",
            "Table Caption",
            "Caption",
            custom=True,
            paragraph=Paragraph(before=240, after=100, keep_next=True),
        ),
        Style("ImageCaption", "Image Caption", "Caption", custom=True, paragraph=Paragraph(before=80, after=300)),
        Style(
            "TableText",
            "Table Text",
            custom=True,
            priority=36,
            gallery=True,
            paragraph=Paragraph(before=0, after=0, line=260),
            run=Run(font=MAJOR, size=19),
        ),
    ]


def _edges(design: Design) -> list[Style]:
    """Header and footer: one tab, at the right edge of the text."""
    line = Paragraph(before=0, after=0, line=240, tabs=(Tab("right", design.text_width),))
    return [
        Style("Header", "header", priority=99, paragraph=line, run=_sans(17)),
        Style("Footer", "footer", priority=99, paragraph=line, run=_sans(17)),
    ]


def _contents(design: Design) -> list[Style]:
    """Contents and lists of figures: page numbers at the text's edge after a row of dots, numbers before their own tab."""
    edge = Tab("right", design.text_width, "dot")
    heading = Paragraph(before=design.headings[0].before, page_break_before=False, outline=9)
    levels = ((0, 400, 160, 0), (0, 560, 40, 0), (284, 964, 0, 0), (567, 1417, 0, 0))
    runs = (Run(font=MAJOR, bold=True, size=22), *[Run(font=MAJOR, size=21)] * 3)
    return [
        Style(
            "TOCHeading",
            "TOC Heading",
            "Heading1",
            next="BodyText",
            priority=39,
            gallery=True,
            hidden_until_used=True,
            paragraph=heading,
        ),
        *(
            Style(
                f"TOC{level}",
                f"toc {level}",
                next="BodyText",
                priority=39,
                hidden_until_used=True,
                run=run,
                paragraph=Paragraph(before=before, after=after, line=300, left=left, tabs=(Tab("left", number), edge)),
            )
            for level, ((left, number, before, after), run) in enumerate(zip(levels, runs, strict=True), 1)
        ),
        Style(
            "TableofFigures",
            "table of figures",
            next="BodyText",
            priority=99,
            hidden_until_used=True,
            paragraph=Paragraph(before=0, after=60, line=300, tabs=(edge,)),
            run=Run(font=MAJOR, size=21),
        ),
    ]
