"""The text of a template: cover, header and footer, with the placeholders that docxtpl fills."""

from collections.abc import Callable, Mapping

from word_design.designs import A4_HEIGHT, A4_WIDTH, Cover, Design
from word_design.xml import Element, relation, root, text, w

# part: (its relation, the page it stands on)
EDGES: Mapping[str, tuple[str, str]] = {
    "header1.xml": ("rIdHeader", "default"),
    "footer1.xml": ("rIdFooter", "default"),
    "header2.xml": ("rIdBand", "default"),
    "header3.xml": ("rIdSender", "first"),
}
_LONG = 100
"""A title of more characters is set in smaller letters, so that the cover stays one page."""
_MUNICIPALITY = "{{ municipality.navn }} kommune"
_LINE, _HALF = 80, 50
"""How many characters of header and footer have room on a line, and on one that is not to seem a part of a letter."""


def document(design: Design) -> Element:
    """`w:document`: what stands before the text, then the section of the text that the build puts in."""
    return root("document", w("body", *_FRONTS[design.kind](design), _section(design)))


def edges(design: Design) -> dict[str, Element]:
    """The parts with headers and footers, by name under word/."""
    return {
        "report": lambda: {"header1.xml": _title(), "footer1.xml": _footer(_short("authors")), "header2.xml": _band()},
        "municipality": lambda: {"header1.xml": _title(), "footer1.xml": _municipality(), "header2.xml": _band()},
        "letter": lambda: {"header3.xml": _sender(), "footer1.xml": _footer(_short("title", _HALF))},
        "plain": lambda: {"footer1.xml": _footer("")},
    }[design.kind]()


# -------------------------------------------------------------------------------------------------- before the text


def _report(design: Design) -> list[Element]:
    """A cover. The date's paragraph carries the section break, so it alone stays when it has nothing to say."""
    return [
        *_optional(f"title[{_LONG}:]", "LongTitle", _run("{{ title }}")),
        *_optional(f"not title[{_LONG}:]", "Title", _run("{{ title }}")),
        *_optional("subtitle", "Subtitle", _run("{{ subtitle }}")),
        *_optional("authors", "Author", _run("{{ authors }}")),
        _paragraph("Date", _run("{{ date }}"), section=_cover_section(design)),
    ]


def _municipal(design: Design) -> list[Element]:
    """The same cover, with the municipality's crest and name above the title."""
    return [
        *_optional("crest is defined and crest", "Crest", _run("{{ crest }}")),
        *_optional("municipality is defined", "Municipality", _run(_MUNICIPALITY)),
        *_report(design),
    ]


def _letter(_design: Design) -> list[Element]:
    """To whom, when, and about what; the address one paragraph, so that its style can put it in the window."""
    address = [
        _run(f'{_MUNICIPALITY}{{% if municipality.get("postadresse") %}}'),
        w("r", w("br")),
        _run('{{ municipality.postadresse }}{% endif %}{% if municipality.get("poststed") %}'),
        w("r", w("br")),
        _run('{{ municipality.get("postnummer") or "" }} {{ municipality.poststed }}{% endif %}'),
    ]
    return [
        *_optional("municipality is defined", "Recipient", *address),
        *_optional("date or subtitle", "Date", _run("{{ date }}"), _tab(), _run("{{ subtitle }}")),
        _paragraph("Title", _run("{{ title }}")),
    ]


_FRONTS: Mapping[str, Callable[[Design], list[Element]]] = {
    "report": _report,
    "municipality": _municipal,
    "letter": _letter,
    "plain": lambda _: [],
}


def _optional(condition: str, style: str, *runs: Element) -> list[Element]:
    """A paragraph that disappears with its text, between two paragraphs that docxtpl takes away."""
    before, after = f"{{%p if {condition} %}}", "{%p endif %}"
    return [_paragraph(style, _run(before)), _paragraph(style, *runs), _paragraph(style, _run(after))]


# ------------------------------------------------------------------------------------------------ headers and footers


def _title() -> Element:
    """`w:hdr` with the report's title."""
    return root("hdr", _paragraph("Header", _run(_short("title"))))


def _short(name: str, room: int = _LINE) -> str:
    return f'{{{{ {name}|truncate({room}, end=" …") }}}}'


def _band() -> Element:
    """`w:hdr` of a cover: an empty paragraph, whose style is a band of colour across the page."""
    return root("hdr", _paragraph("CoverBand"))


def _sender() -> Element:
    """`w:hdr` of a letter's first page: who sends it."""
    return root("hdr", _paragraph("Sender", _run("{{ authors }}")))


def _footer(left: str) -> Element:
    """`w:ftr` with a text to the left, and the page number at the right edge of the text."""
    return root("ftr", _paragraph("Footer", *([_run(left)] if left else []), _tab(), *_field("PAGE", "1")))


def _municipality() -> Element:
    return _footer(f"{{% if municipality is defined %}}{_MUNICIPALITY}{{% endif %}}")


def _cover_section(design: Design) -> Element:
    cover = design.cover or Cover(0, design.top, design.bottom, design.right)
    margins = {"top": cover.top, "right": cover.right, "bottom": cover.bottom, "header": 0}
    return _page(design, margins, [_reference("header2.xml")])


def _section(design: Design) -> Element:
    """The section of the text; a first page that is not like the others has a header or footer of its own."""
    names = [name for name in EDGES if name in edges(design) and name != "header2.xml"]
    first = any(EDGES[name][1] == "first" for name in names)
    return _page(design, {}, [_reference(name) for name in names], w("titlePg") if first else None)


def _reference(part: str) -> Element:
    identifier, pages = EDGES[part]
    tag = "headerReference" if part.startswith("header") else "footerReference"
    return relation(w(tag, type=pages), identifier)


def _page(design: Design, other: Mapping[str, int], references: list[Element], more: Element | None = None) -> Element:
    margins = {"top": design.top, "right": design.right, "bottom": design.bottom, "left": design.left}
    distances = {"header": design.header, "footer": design.footer, "gutter": 0}
    return w(
        "sectPr",
        *references,
        w("type", val="nextPage"),
        w("pgSz", w=A4_WIDTH, h=A4_HEIGHT),
        w("pgMar", **(margins | distances | dict(other))),
        more,
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
