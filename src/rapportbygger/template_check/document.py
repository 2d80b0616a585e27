"""Notes about what stands in a Word template itself: its cover, headers, footers, pages and settings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from rapportbygger.diagnostics import Diagnostic
from rapportbygger.messages import _
from rapportbygger.template_check.words import info, style_name, warning
from rapportbygger.theme.markup import WP, W
from rapportbygger.theme.properties import Element, child, value
from rapportbygger.theme.tables import compatibility_mode
from rapportbygger.write.docx.template_pages import text_of
from rapportbygger.write.docx.template_styles import name_of

_MARGINS = ("top", "right", "bottom", "left", "header", "footer")
_NEWEST = 15
"""Word's compatibility mode from 2013 on."""
_OF_STYLES = frozenset(W + name for name in ("pStyle", "sectPr", "rPr", "rStyle", "lang", "noProof"))
_CHANGES = tuple(W + name for name in ("ins", "del", "moveFrom", "moveTo", "commentReference"))
_STORY = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_EXCERPT = 40


def notes(rendered: Mapping[str, Element], own: Mapping[str, Element], title: str) -> Iterator[Diagnostic]:
    """Notes on the text of a template: with `title` put in, and as its file has it."""
    body = child(rendered["word/document.xml"], "body")
    if body is not None:
        yield from _pages(body)
        yield from _words(body, title)
    yield from _settings(rendered)
    stories = {part: root for part, root in own.items() if _STORY.fullmatch(part)}
    yield from _braces(stories)
    yield from _formatting(stories, own["word/styles.xml"])
    yield from _pictures(stories)
    if any(next(root.iter(*_CHANGES), None) is not None for root in stories.values()):
        yield warning(
            "template-changes",
            _("there are tracked changes or comments in the template"),
            _("accept the changes and delete the comments: Review > Accept"),
        )


# --------------------------------------------------------------------------------------------------- pages and words


def _pages(body: Element) -> Iterator[Diagnostic]:
    sections = list(body.iter(W + "sectPr"))
    hint = _("choose paper and margins in Layout > Margins > Custom Margins")
    if not sections:
        yield warning("template-page", _("the template does not say how large its pages are"), hint)
    for section in sections:
        size, margins = child(section, "pgSz"), child(section, "pgMar")
        missing = [name for name in _MARGINS if not value(margins, name)]
        missing += [] if value(size, "w") and value(size, "h") else ["pgSz"]
        if missing:
            names = ", ".join(missing)
            yield warning("template-page", _("measures of the page are missing: {names}").format(names=names), hint)
    if any(child(section, "footnotePr") is not None for section in sections):
        yield info(
            "template-notes",
            _("the template says where footnotes stand or how they are numbered; reports do not follow that"),
            _("let it be as Word has it: References > Footnotes"),
        )


def _words(body: Element, title: str) -> Iterator[Diagnostic]:
    inside = [
        i for i, block in enumerate(body) if block.tag != W + "sectPr" and block.find(f".//{W}sectPr") is not None
    ]
    blocks = [block for block in body if block.tag != W + "sectPr"]
    said = " ".join(text_of(block) for block in blocks)
    if (said.strip() or inside) and title not in said:
        yield warning(
            "template-title",
            _("the title of the report does not stand on the cover"),
            _("write {{ title }} where it is to stand, in the style Title"),
        )
    rest = "".join(text_of(block) for block in blocks[inside[-1] + 1 :]) if inside else ""
    if rest.strip():
        message = _("there is text after the cover: «{text}»").format(text=_short(rest))
        yield warning("template-sample-text", message, _("delete it: the text of the report is put in there"))


def _braces(stories: Mapping[str, Element]) -> Iterator[Diagnostic]:
    """Expressions that end in another paragraph, or nowhere: what is between would be lost."""
    for root in stories.values():
        for paragraph in root.iter(W + "p"):
            text = text_of(paragraph)
            if any(text.count(begin) != text.count(end) for begin, end in (("{{", "}}"), ("{%", "%}"))):
                message = _("«{text}»: a brace is missing").format(text=_short(text))
                yield warning("template-braces", message, _("write two braces on each side: {{ title }}"))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _EXCERPT else f"{words[:_EXCERPT].rstrip()} …"


# ---------------------------------------------------------------------------------------------------------- settings


def _settings(parts: Mapping[str, Element]) -> Iterator[Diagnostic]:
    if compatibility_mode(parts.get("word/settings.xml")) < _NEWEST:
        yield warning(
            "template-compatibility",
            _("the template is in compatibility mode: an older Word's rules decide lines and pages"),
            _("open it in Word and choose File > Info > Convert"),
        )
    if not value(child(parts["word/styles.xml"], "docDefaults/rPrDefault/rPr/lang")):
        yield info(
            "template-language",
            _("the template does not say what language it is in"),
            _("choose it in Review > Language > Set Proofing Language > Set As Default"),
        )
    notes = parts.get("word/footnotes.xml")
    if notes is not None and any(not value(note, "type") for note in notes.iter(W + "footnote")):
        message = _("there is a footnote in the template; notes of reports would be numbered after it")
        yield warning("template-notes", message, _("delete its number in the text"))


# ------------------------------------------------------------------------------------------------------------ stories


def _formatting(stories: Mapping[str, Element], styles: Element) -> Iterator[Diagnostic]:
    """Paragraphs that look otherwise than their style says: a change of the style would not change them."""
    names = {value(style, "styleId"): name_of(style) for style in styles.findall(W + "style")}
    for root in stories.values():
        for paragraph in root.iter(W + "p"):
            properties = [child(paragraph, "pPr"), *(child(run, "rPr") for run in paragraph.iter(W + "r"))]
            direct = {node.tag for found in properties if found is not None for node in found} - _OF_STYLES
            if direct and text_of(paragraph).strip():
                said = ", ".join(sorted(etree.QName(tag).localname for tag in direct))
                style = style_name(names.get(value(child(paragraph, "pPr/pStyle")), "normal"))
                message = _("«{text}» has formatting of its own ({said}), besides the style «{style}»")
                yield info(
                    "template-formatting",
                    message.format(text=_short(text_of(paragraph)), said=said, style=style),
                    _("put it in the style: Home > Styles > Modify; then Home > Clear All Formatting"),
                )


def _pictures(stories: Mapping[str, Element]) -> Iterator[Diagnostic]:
    for root in stories.values():
        for drawing in root.iter(WP + "docPr"):
            decorative = any(node.get("val") == "1" for node in drawing.iter() if node.tag.endswith("}decorative"))
            if not drawing.get("descr") and not decorative:
                message = _("the picture «{name}» has no alternative text").format(name=drawing.get("name", ""))
                hint = _("right-click it > View Alt Text; say what it shows, or that it is decorative")
                yield warning("template-alt", message, hint)
