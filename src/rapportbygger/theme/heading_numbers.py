"""Numbers that a template gives its headings: a report has its own, the same in Word and in the PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rapportbygger.diagnostics import Diagnostic, Location, Severity
from rapportbygger.messages import _
from rapportbygger.theme.markup import tree
from rapportbygger.theme.properties import Element, W, child, value
from rapportbygger.theme.styles import StyleSheet

_PLAIN = re.compile(r"(%\d\.)*%\d\.?")
"""Level texts as a report has them (1, 1.1), with or without a full stop."""


def own_numbers(numbering: bytes | None, sheet: StyleSheet, file: str) -> Iterator[Diagnostic]:
    """A warning for each heading style that is bound to numbers of another form; `numbering` is its part."""
    hint = _("number-sections: true in content/report.yaml gives headings numbers, false takes them away")
    for style, text in _other_forms(numbering, sheet) if numbering else ():
        message = _("the style «{name}»: numbers in the form «{text}» are 1, 1.1 and so on in Word and PDF")
        yield Diagnostic("heading-numbers", message.format(name=style, text=text), Location(file), hint, _WARNING)


@lru_cache(maxsize=8)
def _other_forms(numbering: bytes, sheet: StyleSheet) -> tuple[tuple[str, str], ...]:
    """The heading styles with numbers of another form, and that form (17.9.11, 17.9.17)."""
    root = tree(numbering)
    headings = ((name, ident) for name, ident in sheet.named("paragraph") if re.fullmatch(r"heading \d", name))
    found = []
    for name, ident in sorted(headings):
        level = _level(root, sheet, ident)
        text, form = value(child(level, "lvlText")), value(child(level, "numFmt"), default="decimal")
        if text and (form != "decimal" or not _PLAIN.fullmatch(text)):
            found.append((value(child(sheet.by_id[ident], "name"), default=name), text))
    return tuple(found)


_WARNING = Severity.WARNING


def _level(numbering: Element, sheet: StyleSheet, ident: str) -> Element | None:
    """The level of the numbering that a style, or what it is based on, is bound to."""
    bound = (child(style, "pPr/numPr") for style in sheet.chain(ident))
    properties = next((found for found in bound if found is not None), None)
    wanted = value(child(properties, "numId"), default="0")
    instance = next((num for num in numbering.findall(W + "num") if value(num, "numId") == wanted), None)
    abstract = value(child(instance, "abstractNumId"))
    levels = (
        level
        for each in numbering.findall(W + "abstractNum")
        if instance is not None and value(each, "abstractNumId") == abstract
        for level in each.findall(W + "lvl")
    )
    at = value(child(properties, "ilvl"), default="0")
    return next((level for level in levels if value(level, "ilvl") == at), None)
