"""The text of a template: cover, header and footer, with the placeholders that docxtpl fills."""

from word_design.designs import A4_HEIGHT, A4_WIDTH, Design
from word_design.xml import Element, relation, root, text, w

HEADER, FOOTER = "rIdHeader", "rIdFooter"


def document(design: Design) -> Element:
    """`w:document`: a cover that ends in its own section, then the section of the text that the build puts in."""
    return root("document", w("body", *(_cover(design) if design.cover else ()), _section(design, edges=True)))


def _cover(design: Design) -> list[Element]:
    """The date's paragraph carries the section break, so it alone stays when it has nothing to say."""
    return [
        _paragraph("Title", _run("{{ title }}")),
        *_optional("subtitle", "Subtitle"),
        *_optional("authors", "Author"),
        _paragraph("Date", _run("{{ date }}"), section=_section(design, edges=False)),
    ]


def _optional(name: str, style: str) -> list[Element]:
    """A paragraph that disappears with its text, between two paragraphs that docxtpl takes away."""
    before, after = f"{{%p if {name} %}}", "{%p endif %}"
    return [_paragraph(style, _run(line)) for line in (before, f"{{{{ {name} }}}}", after)]


def header() -> Element:
    """`w:hdr` with the report's title, at the left so that a long one can go on to a second line."""
    return root("hdr", _paragraph("Header", _run("{{ title }}")))


def footer(design: Design) -> Element:
    """`w:ftr` with who wrote the report to the left, and the page number at the right edge of the text."""
    authors = [_run("{{ authors }}")] if design.cover else []
    return root("ftr", _paragraph("Footer", *authors, _tab(), *_field("PAGE", "1")))


def _section(design: Design, *, edges: bool) -> Element:
    references = [
        relation(w("headerReference", type="default"), HEADER) if edges and design.cover else None,
        relation(w("footerReference", type="default"), FOOTER) if edges else None,
    ]
    margins = {"top": design.top, "right": design.right, "bottom": design.bottom, "left": design.left}
    return w(
        "sectPr",
        *references,
        w("type", val="nextPage"),
        w("pgSz", w=A4_WIDTH, h=A4_HEIGHT),
        w("pgMar", **margins, header=design.header, footer=design.footer, gutter=0),
    )


def _paragraph(style: str, *runs: Element, section: Element | None = None) -> Element:
    return w("p", w("pPr", w("pStyle", val=style), section), *runs)


def _run(content: str) -> Element:
    return w("r", text("t", content))


def _tab() -> Element:
    return w("r", w("tab"))


def _field(instruction: str, result: str) -> list[Element]:
    """A field with the result it shows until Word works it out."""
    return [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", text("instrText", f" {instruction} ")),
        w("r", w("fldChar", fldCharType="separate")),
        w("r", text("t", result)),
        w("r", w("fldChar", fldCharType="end")),
    ]
