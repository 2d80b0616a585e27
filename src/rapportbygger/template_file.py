"""What a Word template must be before anything is filled in: whole, not too large, and without a document type.

Its parts are read by several libraries, not all of which are as careful with a file from elsewhere.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path

from rapportbygger.diagnostics import Diagnostic, Location, Problems
from rapportbygger.messages import _
from rapportbygger.recent import Recent
from rapportbygger.theme.markup import PACKAGE, Element, W

LARGEST = 200_000_000
"""How many bytes the parts of a template may have unpacked: a small file can hold endless zeros."""

_MAIN = "word/document.xml"
_NEEDED = (_MAIN, "word/_rels/document.xml.rels", "word/styles.xml")
_UNREADABLE = (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error, lzma.LZMAError)
"""What zipfile raises; RuntimeError where there is a password."""
_DOCUMENT, _BODY = W + "document", W + "body"
_WITHIN = frozenset(
    (
        *("header", "footer", "styles", "settings", "theme", "numbering", "fontTable", "footnotes", "endnotes"),
        *("officeDocument", "webSettings", "comments"),
    )
)
"""Kinds of parts that belong to the file itself."""


def problems(path: Path, name: str) -> Problems:
    """What is wrong with the file of a Word template; `name` is what problems call it."""
    try:
        content = path.read_bytes()
        if _sound.get(content):
            return ()
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = tuple(_problems(archive, name))
    except _UNREADABLE:
        return (damaged(name),)
    if not found:
        _sound.put(content, True)
    return found


_sound = Recent[bytes, bool]()
"""The last templates, as bytes, that nothing was wrong with."""


def is_whole(parts: Collection[str]) -> bool:
    """Whether those parts are there, by their names, that every template has."""
    return set(_NEEDED) <= set(parts)


def damaged(name: str) -> Diagnostic:
    """A file that no Word file is like."""
    message = _("the Word template is damaged or not a Word file")
    return Diagnostic("template", message, Location(name), _("open it in Word and save it as .docx"))


def _problems(archive: zipfile.ZipFile, name: str) -> Iterator[Diagnostic]:
    if sum(part.file_size for part in archive.infolist()) > LARGEST:
        message = _("the Word template is too large: more than {size} MB unpacked").format(size=LARGEST // 1_000_000)
        yield Diagnostic("template", message, Location(name), _("make its pictures smaller"))
    elif not is_whole(archive.namelist()):
        yield damaged(name)
    else:
        for part in archive.namelist():
            if part.endswith((".xml", ".rels")):
                yield from _of_part(part, archive.read(part), name)


def _of_part(part: str, content: bytes, name: str) -> Iterator[Diagnostic]:
    from lxml import etree

    hint = _("open it in Word and save it as .docx")
    try:
        tree = etree.ElementTree(etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True)))
    except etree.XMLSyntaxError:
        message = _("the Word template is damaged in its part «{part}»").format(part=part)
        yield Diagnostic("template", message, Location(name), hint)
        return
    if tree.docinfo.doctype:  # type: ignore[attr-defined, unused-ignore] # missing in the stubs
        message = _("a document type (DOCTYPE) in the part «{part}» is not allowed in a Word template")
        yield Diagnostic("template", message.format(part=part), Location(name), hint)
    elif part == _MAIN and (tree.getroot().tag != _DOCUMENT or tree.find(_BODY) is None):
        yield damaged(name)
    elif part.endswith(".rels"):
        yield from _elsewhere(tree.getroot(), part, name)


def _elsewhere(relations: Element, part: str, name: str) -> Iterator[Diagnostic]:
    """Parts that are said to be in another file. Only links and pictures can be."""
    for relation in relations.iter(PACKAGE + "Relationship"):
        kind = relation.get("Type", "").rpartition("/")[2]
        if relation.get("TargetMode") == "External" and kind in _WITHIN:
            message = _("a part of the Word template is in another file: «{target}», the {kind} named in «{part}»")
            message = message.format(target=relation.get("Target", ""), kind=kind, part=part)
            yield Diagnostic("template", message, Location(name), _("make it anew in Word, in the template itself"))
