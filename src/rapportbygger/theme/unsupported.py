"""What a Word template has that the PDF cannot show: one warning for each style, or part of the template, and property.

Only what a reader would see is told, and only of styles that a report is written in. Section numbers are those of
ECMA-376 part 1.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from lxml import etree

from rapportbygger.diagnostics import Diagnostic, Location, Severity
from rapportbygger.messages import _
from rapportbygger.recent import Recent
from rapportbygger.theme.drawn import drawing_losses
from rapportbygger.theme.fields import lost_field
from rapportbygger.theme.properties import Element, W, child, is_on, number, value
from rapportbygger.theme.styles import StyleSheet

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
CODE = "not-in-pdf"
"""Of what is told here, and would be shown by another engine."""
Loss = tuple[str, str]
"""Where something stands, and what of it is not shown, both in words."""


def problems(
    parts: Mapping[str, bytes], settings: Element, of_styles: Iterable[Loss], file: str
) -> Iterator[Diagnostic]:
    """One warning for each style or part and property. `of_styles` is what `losses_of_styles` found."""
    hint = _("take it out of the template, or make the PDF with --pdf-engine libreoffice")
    for where, what in dict.fromkeys([*of_styles, *_of_stories(parts)]):
        message = _("{where}: {what}").format(where=where, what=what)
        yield Diagnostic(CODE, message, Location(file), hint, Severity.WARNING)
    if is_on(child(settings, "autoHyphenation")):
        message = _("words are not hyphenated automatically, neither in Word nor in the PDF")
        hint = _("switch automatic hyphenation off in the template")
        yield Diagnostic("hyphenation", message, Location(file), hint, Severity.WARNING)


# ------------------------------------------------------------------------------------------------------------- styles


@lru_cache(maxsize=8)
def losses_of_styles(sheet: StyleSheet, used: frozenset[str], where: str) -> tuple[Loss, ...]:
    """What the PDF cannot show of the styles with these names; `where` says «the style» in the language of messages."""
    return tuple(_of_styles(sheet, used, where))


def _of_styles(sheet: StyleSheet, used: Collection[str], where: str) -> Iterator[Loss]:
    """What a style says is told of the style that says it, not of all that are based on it."""
    told: set[int] = set()
    for kind in ("paragraph", "character"):
        for name, ident in sheet.named(kind):
            for style in sheet.chain(ident) if name in used else ():
                if id(style) not in told:
                    told.add(id(style))
                    at = where.format(name=value(child(style, "name")))
                    yield from ((at, loss) for loss in _said_by(style, name))


def _said_by(style: Element, name: str) -> Iterator[str]:
    paragraph, run = child(style, "pPr"), child(style, "rPr")
    yield from _of_paragraph(paragraph)
    yield from _of_run(run)
    if _in_list(paragraph) and not name.startswith("heading "):
        yield _("the numbers or bullets of a list are not shown in the PDF")


def _in_list(properties: Element | None) -> bool:
    return value(child(properties, "numPr/numId"), default="0") != "0"


def _of_paragraph(properties: Element | None) -> Iterator[str]:
    """§17.3.1."""
    if properties is None:
        return
    if child(properties, "framePr") is not None:
        yield _("a text frame stands in the PDF as an ordinary paragraph")
    if value(child(properties, "textDirection"), default="lrTb") not in ("lrTb", "lr"):
        yield _("vertical text is horizontal in the PDF")
    lines = child(properties, "pBdr")
    yield from _lines(lines if lines is not None else ())
    if lines is not None and any(_drawn(child(lines, side)) for side in ("between", "bar")):
        yield _("a line between paragraphs or beside them is not shown in the PDF")
    if is_on(child(properties, "bidi")):
        yield _("text from right to left is set from left to right in the PDF")


_SINGLE = ("single", "thick", "nil", "none", "")


def _drawn(border: Element | None) -> bool:
    return border is not None and value(border) not in ("nil", "none")


def _lines(borders: Iterable[Element]) -> Iterator[str]:
    if any(value(border) not in _SINGLE for border in borders):
        yield _("double, dotted and other lines are single in the PDF")


@dataclass(frozen=True, slots=True)
class _Effect:
    names: tuple[str, ...]
    words: Callable[[], str]
    namespace: str = W


_EFFECTS = (
    _Effect(("shadow",), lambda: _("the shadow of letters is not shown in the PDF")),
    _Effect(("outline",), lambda: _("outlined letters are filled in the PDF")),
    _Effect(("emboss", "imprint"), lambda: _("embossed letters are flat in the PDF")),
    _Effect(("em",), lambda: _("emphasis marks are not shown in the PDF")),
    _Effect(
        ("glow", "shadow", "reflection", "textOutline", "textFill", "props3d", "scene3d"),
        lambda: _("text effects are not shown in the PDF"),
        _W14,
    ),
)


def _of_run(properties: Element | None) -> Iterator[str]:
    """§17.3.2."""
    if properties is None:
        return
    for effect in _EFFECTS:
        found = [properties.find(effect.namespace + name) for name in effect.names]
        if any(_shows(element, effect.namespace) for element in found):
            yield effect.words()
    if number(child(properties, "w"), default=100) != 100:
        yield _("stretched or narrowed letters have their own width in the PDF")
    if _drawn(child(properties, "bdr")):
        yield _("a border around letters is not shown in the PDF")
    if value(child(properties, "u"), default="single") not in ("single", "none", "words"):
        yield _("double, dotted and wavy underlining is single in the PDF")
    if is_on(child(properties, "dstrike")):
        yield _("double strikethrough is single in the PDF")


def _shows(element: Element | None, namespace: str) -> bool:
    """An outline or fill in one plain colour is what letters look like anyway."""
    if element is None:
        return False
    if namespace == W:
        return is_on(element)
    name = etree.QName(element).localname
    plain = element.find(_W14 + ("noFill" if name == "textOutline" else "solidFill")) is not None
    return not (name in ("textOutline", "textFill") and plain)


# --------------------------------------------------------------------------------------------------- pages and stories


def _of_pages(section: Element) -> Iterator[str]:
    """§17.6."""
    if number(child(section, "cols"), "num", 1) > 1 or len(section.findall(f"{W}cols/{W}col")) > 1:
        yield _("text in columns is one column in the PDF")
    if any(_drawn(border) for border in (_children(section, "pgBorders"))):
        yield _("borders of the page are not shown in the PDF")
    if child(section, "lnNumType") is not None:
        yield _("line numbers are not shown in the PDF")
    if value(child(section, "textDirection"), default="lrTb") not in ("lrTb", "lr"):
        yield _("vertical text is horizontal in the PDF")
    if value(child(section, "vAlign")) == "both":
        yield _("paragraphs spread over the height of the page stand at its top in the PDF")


def _children(parent: Element, name: str) -> list[Element]:
    found = child(parent, name)
    return [] if found is None else list(found)


def _of_stories(parts: Mapping[str, bytes]) -> Iterator[Loss]:
    for part, data in sorted(parts.items()):
        name = part.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
        if part.startswith("word/") and name in ("document", "header", "footer"):
            where = {"document": _("the cover"), "header": _("a header"), "footer": _("a footer")}[name]
            yield from _known.of((data, where), partial(_of_part, data, where))


_known = Recent[tuple[bytes, str], tuple[Loss, ...]]()
"""What was found in the last parts, by what they hold, and by where that is in the language of messages."""


def _of_part(data: bytes, where: str) -> tuple[Loss, ...]:
    story = etree.fromstring(data)
    pages = (loss for section in story.iter(W + "sectPr") for loss in _of_pages(section))
    return (*((where, loss) for loss in _of_story(story)), *((_("the pages"), loss) for loss in pages))


def _of_story(story: Element) -> Iterator[str]:
    for properties in story.iter(W + "pPr"):
        yield from _of_paragraph(properties)
        if _in_list(properties):
            yield _("the numbers or bullets of a list are not shown in the PDF")
    for properties in story.iter(W + "rPr"):
        yield from _of_run(properties)
    for table in story.iter(W + "tblPr"):
        if child(table, "tblpPr") is not None:
            yield _("a floating table stands in the text in the PDF")
        yield from _lines(_children(table, "tblBorders"))
    if any(True for _sign in story.iter(W + "sym")):
        yield _("signs of symbol fonts are not shown in the PDF")
    if any(True for _mark in story.iter(W + "ins", W + "del", W + "moveFrom")):
        yield _("tracked changes are shown in the PDF as if they were accepted")
    for code in _instructions(story):
        if name := lost_field(code):
            yield _("Word works out the field «{name}» anew, the PDF shows what it says now").format(name=name)
    yield from drawing_losses(story)


def _instructions(story: Element) -> Iterator[str]:
    yield from (value(field, "instr") for field in story.iter(W + "fldSimple"))
    begun = ""
    for node in story.iter(W + "instrText", W + "fldChar"):
        if node.tag == W + "instrText":
            begun += node.text or ""
        else:
            yield begun
            begun = ""
