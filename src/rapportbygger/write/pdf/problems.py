"""What Typst has to say, as diagnostics."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity
from rapportbygger.messages import _
from rapportbygger.model import Document
from rapportbygger.nodes import Node, elements, plain
from rapportbygger.write.cells import rows_of
from rapportbygger.write.pdf.units import Crowded

_MISSING_LETTER = re.compile(r'the text [`"]+(.+?)["`]+ could not be displayed with font [`"]+(.+?)["`]+')


def warning(said: object) -> Diagnostic:
    """A warning of Typst's."""
    message = _("Typst says: {message}").format(message=said)
    return Diagnostic("typst-warning", message, severity=Severity.WARNING)


def narrow_columns(crowded: Crowded, document: Document) -> Diagnostic:
    """A table in which words have too little room."""
    rows = [[_text(cell.blocks) for cell in row] for row in rows_of(crowded.table)]
    opening = next(([text for text in row if text] for row in rows if any(row)), [])
    between = r"[\s|]+"
    words = between.join(re.escape(word) for word in " ".join(opening[:4]).split())
    turn = _("put the table between ::: {.landscape} and :::, or give it fewer columns or shorter words")
    return Diagnostic(
        "narrow-columns",
        _("the table «{table}» has too narrow columns: words such as «{word}» are broken").format(
            table=_text(crowded.table["c"][1][1]) or "; ".join(opening)[:40], word=crowded.word
        ),
        next(document.locate(words), None) if words else None,
        _("give the table fewer columns or shorter words, or make two of it") if crowded.landscape else turn,
        Severity.WARNING,
    )


def _text(blocks: Sequence[Node]) -> str:
    return " ".join(plain(block["c"]) for block in elements(blocks, "Plain", "Para"))


def refused(error: Exception, document: Document) -> Problems:
    """Why there is no PDF."""
    message = str(getattr(error, "message", None) or error)
    if found := _MISSING_LETTER.search(message):
        return tuple(_missing_letter(found[1], found[2], document))
    return (_known(message) or _unknown(message, "; ".join(str(hint) for hint in getattr(error, "hints", ()))),)


def _known(message: str) -> Diagnostic | None:
    """What Typst says of tables, pictures and pages, in words of our own."""
    for pattern, problem, hint in _explained():
        if re.search(pattern, message):
            return Diagnostic("typst-error", _("the PDF cannot be made: {message}").format(message=problem), hint=hint)
    return None


def _explained() -> Iterator[tuple[str, str, str]]:
    """What Typst says, as a pattern; what is wrong, and what to do."""
    yield (
        r"artifacts may not contain links",
        _("a link, a reference or a footnote stands in something that is shown again on the next page"),
        _("move it out of there: out of a table's header row, or of the template's header or footer"),
    )
    yield (
        r"colspan|rowspan|place a second cell|cell (?:position|would span)",
        _("the cells of a table reach into each other, or over more columns or rows than it has"),
        _("see to it that all rows have the same number of cells, counting those that reach over several as several"),
    )
    yield (
        r"\bimage\b|SVG|viewbox",
        _("a picture is damaged, or in a format that cannot be read"),
        _("open the picture and save it as PNG, JPEG or SVG"),
    )
    yield (
        r"page (?:size|dimension)",
        _("the pages are too large or too small"),
        _("set the size of the page and its margins in the Word template: A4 is 21 by 29.7 cm"),
    )


def _unknown(message: str, advice: str) -> Diagnostic:
    said = _("Typst, which sets its pages, says in English: {message}").format(message=message)
    hint = _("Typst's advice: {advice}").format(advice=advice) if advice else ""
    return Diagnostic("typst-error", _("the PDF cannot be made: {message}").format(message=said), hint=hint)


def _missing_letter(letter: str, font: str, document: Document) -> Iterator[Diagnostic]:
    """A letter without a font (ISO 19005-2, 6.2.11.4: everything that is shown is embedded), at each of its places."""
    places: list[Location | None] = [*document.locate(re.escape(letter))]
    for place in places or [None]:
        yield Diagnostic(
            "missing-letter",
            _("neither «{font}» nor another font has the letter «{letter}»").format(letter=letter, font=font),
            place,
            _("write something else, or put a font that has it in templates/fonts/"),
        )
