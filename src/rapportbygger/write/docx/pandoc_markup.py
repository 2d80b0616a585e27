"""Word's markup as pandoc writes it, sign for sign: what `plain_blocks` writes in its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from rapportbygger.theme.markup import R

BETWEEN = "\n    "
"""What pandoc's template puts between blocks."""
_RELATION = R[1:-1]
_LEVELS = range(9)


def escaped(text: str) -> str:
    """Text, or what stands in an attribute."""
    return escape(text).replace("&#x27;", "&#39;") if not text.isalnum() else text


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'


LINE_BREAK = "<w:r><w:br /></w:r>"


def run_properties(said: Iterable[str]) -> str:
    """What a run says of its letters, in order; nothing where there is nothing."""
    inside = "".join(said)
    return f"<w:rPr>{inside}</w:rPr>" if inside else ""


def style(kind: str, ident: str) -> str:
    """The style of a paragraph (p) or of letters (r)."""
    return f'<w:{kind}Style w:val="{escape(ident)}" />'


def paragraph(properties: str, runs: str) -> str:
    """A paragraph with its properties."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def in_list(level: int, number: str) -> str:
    """A paragraph's place in a list."""
    return f'<w:numPr><w:ilvl w:val="{level}" /><w:numId w:val="{number}" /></w:numPr>'


def aligned(side: str) -> str:
    """How a paragraph is aligned."""
    return f'<w:jc w:val="{side}" />'


def bookmark(number: str, name: str, content: Sequence[str]) -> list[str]:
    """Blocks or inlines in a bookmark."""
    return [f'<w:bookmarkStart w:id="{number}" w:name="{name}" />', *content, f'<w:bookmarkEnd w:id="{number}" />']


def link(number: str, content: str) -> str:
    """Runs that lead out of the document, by the number of the relation."""
    return f'<w:hyperlink r:id="rId{number}">{content}</w:hyperlink>'


def inner_link(name: str, content: str) -> str:
    """Runs that lead to a bookmark."""
    return f'<w:hyperlink w:anchor="{name}">{content}</w:hyperlink>'


def link_relation(number: str, address: str) -> str:
    """The relation of a link."""
    return f'<Relationship Type="{_RELATION}/hyperlink" Id="rId{number}" Target="{address}" TargetMode="External" />'


# ----------------------------------------------------------------------------------------------------------- footnotes


def note_call(number: str, letters: str) -> str:
    """A footnote's number in the text; `letters` is the id of its style."""
    return f'<w:r><w:rPr>{style("r", letters)}</w:rPr><w:footnoteReference w:id="{number}" /></w:r>'


def note_number(letters: str) -> str:
    """A footnote's number before its text."""
    return f"<w:r>\n  <w:rPr>\n    {style('r', letters)}\n  </w:rPr>\n  <w:footnoteRef />\n</w:r>{run(' ')}"


def note(number: str, paragraphs: str) -> str:
    """A footnote."""
    return f'<w:footnote w:id="{number}">{paragraphs}</w:footnote>'


# ------------------------------------------------------------------------------------------------------------ pictures


def picture(numbers: Sequence[str], name: str, description: str, width: int, height: int) -> str:
    """A run with a picture, its size in EMU. It is numbered three times: its relation, its drawing, itself."""
    relation, drawing, own = numbers
    size = f'cx="{width}" cy="{height}"'
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent {size} /><wp:effectExtent b="0" l="0" r="0" t="0" />'
        f'<wp:docPr descr="{escaped(description)}" title="" id="{drawing}" name="Picture" /><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr descr="{escaped(name)}" id="{own}" name="Picture" /><pic:cNvPicPr>'
        '<a:picLocks noChangeArrowheads="1" noChangeAspect="1" /></pic:cNvPicPr></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="rId{relation}" /><a:stretch><a:fillRect /></a:stretch></pic:blipFill>'
        f'<pic:spPr bwMode="auto"><a:xfrm><a:off x="0" y="0" /><a:ext {size} /></a:xfrm><a:prstGeom prst="rect">'
        '<a:avLst /></a:prstGeom><a:noFill /><a:ln w="9525"><a:noFill /><a:headEnd /><a:tailEnd /></a:ln></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def picture_relation(number: str, ending: str) -> str:
    """The relation of a picture."""
    return f'<Relationship Type="{_RELATION}/image" Id="rId{number}" Target="media/rId{number}{ending}" />'


def picture_override(number: str, ending: str, kind: str) -> str:
    """The type of a picture's part."""
    return f'<Override PartName="/word/media/rId{number}{ending}" ContentType="{kind}" />'


# --------------------------------------------------------------------------------------------------------------- lists

_BULLETS = (("\uf0b7", "Symbol"), ("o", "Courier New"), ("\uf0a7", "Wingdings"))


def bullets(ident: str) -> str:
    """The kind of lists that have bullets."""
    return _kind(ident, map(_bullet, _LEVELS))


def _bullet(level: int) -> str:
    sign, font = _BULLETS[level % len(_BULLETS)]
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}" w:hint="default" />'
    return _level(level, "", "bullet", sign, f"<w:rPr>{fonts}</w:rPr>")


def numbers(ident: str, start: int, format_name: str, around: tuple[str, str]) -> str:
    """A kind of lists with numbers: where they start, and what stands around each."""
    begin, (before, behind) = f'<w:start w:val="{start}" />', around
    levels = (_level(level, begin, format_name, f"{before}%{level + 1}{behind}", "") for level in _LEVELS)
    return _kind(ident, levels)


def _kind(ident: str, levels: Iterable[str]) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{ident}"><w:nsid w:val="{f"A{ident}":>08}" />'
        f'<w:multiLevelType w:val="multilevel" />{"".join(levels)}</w:abstractNum>'
    )


def _level(level: int, begin: str, format_name: str, text: str, letters: str) -> str:
    indent = f'<w:pPr><w:ind w:left="{720 * (level + 1)}" w:hanging="360" /></w:pPr>'
    return (
        f'<w:lvl w:ilvl="{level}">{begin}<w:numFmt w:val="{format_name}" /><w:lvlText w:val="{text}" />'
        f'<w:lvlJc w:val="left" />{indent}{letters}</w:lvl>'
    )


def numbering(kind: str, start: int | None) -> str:
    """A list of a kind, behind its number; where its numbers start."""
    starts = (
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}" /></w:lvlOverride>' for level in _LEVELS
    )
    return f'><w:abstractNumId w:val="{kind}" />{"" if start is None else "".join(starts)}</w:num>'


# -------------------------------------------------------------------------------------------------------------- tables

_TEXT_WIDTH, _WHOLE = 7920, 5000


def table(widths: Sequence[float], *, said: bool, header: bool, rows: str) -> str:
    """A table; the widths are parts of the text's, `said` by the table or all the same."""
    width = f'w:type="pct" w:w="{round(_WHOLE * _sum(widths))}"' if said else 'w:type="auto" w:w="0"'
    layout = '<w:tblLayout w:type="fixed" />' if said else ""
    look = (
        f'<w:tblLook w:firstRow="{int(header)}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" '
        f'w:noVBand="0" w:val="00{"2" if header else "0"}0" />'
    )
    grid = "".join(f'<w:gridCol w:w="{int(_TEXT_WIDTH * each)}" />' for each in widths)
    properties = f'<w:tblPr><w:tblStyle w:val="Table" /><w:tblW {width} />{layout}{look}</w:tblPr>'
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _sum(widths: Sequence[float]) -> float:
    """From left to right, as pandoc does: Python's own sum has become more exact than that."""
    total = 0.0
    for width in widths:
        total += width
    return total


def row(cells: Iterable[str], *, header: bool) -> str:
    """A row of a table, with what its cells hold."""
    properties = '<w:trPr><w:tblHeader w:val="on" /></w:trPr>' if header else ""
    return f"<w:tr>{properties}{''.join(f'<w:tc><w:tcPr />{cell}</w:tc>' for cell in cells)}</w:tr>"
