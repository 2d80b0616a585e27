"""Reads CSL styles: what a style is called, how it cites, and what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

from rapportbygger.diagnostics import Diagnostic, Location, Problems
from rapportbygger.memory import key_of
from rapportbygger.messages import _
from rapportbygger.protocols import Memory
from rapportbygger.recent import Recent
from rapportbygger.resolve.citations.provenance import own_code

OWN = Path(__file__).parents[2] / "styles" / "norsk-apa.csl"
"""The style of a project that has none."""

NAMESPACE = "{http://purl.org/net/xbiblio/csl}"

Element: TypeAlias = Any
"""An element of lxml's, which is imported where it is used."""


@dataclass(frozen=True, slots=True)
class Style:
    """A CSL style (1.0.2) as it was read: its XML, what it calls itself, and the SHA-256 of its file.

    `category` is how it cites: author-date, author, numeric, label or note (CSL 1.0.2, category and class).
    """

    xml: bytes
    title: str
    id: str
    category: str
    sha256: str


def read(path: Path | None, memory: Memory | None = None) -> tuple[Style, Problems]:
    """The style in a file, or the package's own: that too where the file is no style, with what is wrong with it."""
    file = path or OWN
    try:
        source = file.read_bytes()
    except OSError as error:
        return _refused(file, 0, _("cannot read «{name}»: {reason}"), reason=error.strerror or "")
    known = _known.get(source)
    if known is not None:
        return known, ()
    style, problems = _remembered(file, source, memory)
    if not problems:
        _known.put(source, style)
    return style, problems


_known = Recent[bytes, Style]()
"""The styles of the last documents, by their files."""


def _remembered(file: Path, source: bytes, memory: Memory | None) -> tuple[Style, Problems]:
    key = key_of(own_code(), sha256(source).hexdigest()) if memory else ""
    found = memory.get("style", key) if memory else None
    if found is not None:
        return _from_json(found), ()
    style, problems = _read(file, source)
    if memory and not problems:
        memory.put("style", key, _as_json(style))
    return style, problems


def _read(path: Path, source: bytes) -> tuple[Style, Problems]:
    from lxml import etree

    try:
        root = root_of(source)
    except etree.XMLSyntaxError as error:
        if not source.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return _refused(path, 1, _("«{name}» is not a CSL style"))
        return _refused(path, error.lineno or 1, _("«{name}» is not valid XML: {reason}"), reason=error.msg or "")
    problem = next(_faults(path, root), None)
    return (read_bytes(source), ()) if problem is None else (read(None)[0], (problem,))


def _as_json(style: Style) -> bytes:
    return json.dumps({**asdict(style), "xml": style.xml.decode("utf-8")}).encode("ascii")


def _from_json(value: bytes) -> Style:
    said = json.loads(value)
    return Style(**{**said, "xml": said["xml"].encode("utf-8")})


@lru_cache(8)
def read_bytes(source: bytes) -> Style:
    """The style in the bytes of a file that is known to be one."""
    root = root_of(source)
    info = f"{NAMESPACE}info/{NAMESPACE}"
    title, identifier = (" ".join((root.findtext(f"{info}{name}") or "").split()) for name in ("title", "id"))
    return Style(written(root), title, identifier, _category(root), sha256(source).hexdigest())


def root_of(xml: bytes) -> Element:
    """The style's root element, without comments. Raises lxml's XMLSyntaxError."""
    from lxml import etree

    parser = etree.XMLParser(remove_comments=True, remove_pis=True, resolve_entities=False, no_network=True)
    return etree.fromstring(xml, parser)


def written(root: Element) -> bytes:
    """A style's XML."""
    from lxml import etree

    made: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def called(root: Element, element: Element) -> tuple[Element, ...]:
    """The macros that an element of a style calls, by itself or through others, as they stand in the style."""
    macros = root.findall(f"{NAMESPACE}macro")
    by_name = {macro.get("name"): macro for macro in macros}
    waiting, found = _calls(element), set[str]()
    while waiting:
        name = waiting.pop()
        if name in by_name and name not in found:
            found.add(name)
            waiting |= _calls(by_name[name])
    return tuple(macro for macro in macros if macro.get("name") in found)


def _calls(element: Element) -> set[str]:
    return {name for text in element.iter(f"{NAMESPACE}text") if (name := text.get("macro"))}


def _category(root: Element) -> str:
    """What the style says; where it does not, what its citations write."""
    if root.get("class") == "note":
        return "note"
    said = root.find(f"{NAMESPACE}info/{NAMESPACE}category[@citation-format]")
    if said is not None:
        return str(said.get("citation-format"))
    for variable, category in (("citation-number", "numeric"), ("citation-label", "label")):
        if root.find(f"{NAMESPACE}citation//*[@variable='{variable}']") is not None:
            return category
    return "author-date"


# -------------------------------------------------------------------------------------------------------------- faults


def _refused(path: Path, line: int, message: str, **values: str) -> tuple[Style, Problems]:
    return read(None)[0], (_fault(path, line, message.format(name=path.name, **values)),)


def _fault(path: Path, line: int, message: str) -> Diagnostic:
    hint = _("give a style in CSL 1.0, or leave out `csl` to use the package's own")
    return Diagnostic("invalid-style", message, Location(path.as_posix(), line), hint)


def _faults(path: Path, root: Element) -> Iterator[Diagnostic]:
    line = root.sourceline or 1
    if root.tag != f"{NAMESPACE}style":
        yield _fault(path, line, _("«{name}» is not a CSL style").format(name=path.name))
        return
    if root.getroottree().docinfo.doctype:
        yield _fault(path, line, _("«{name}» has a document type, which a CSL style must not").format(name=path.name))
    yield from _faults_in_layouts(path, root)
    yield from _faults_in_macros(path, root)
    yield from _faults_in_locales(path, root)


def _faults_in_layouts(path: Path, root: Element) -> Iterator[Diagnostic]:
    parent = root.find(f"{NAMESPACE}info/{NAMESPACE}link[@rel='independent-parent']")
    if root.find(f"{NAMESPACE}citation/{NAMESPACE}layout") is not None:
        return
    if parent is not None:
        message = _("«{name}» only names another style: «{parent}»")
        yield _fault(path, parent.sourceline, message.format(name=path.name, parent=parent.get("href", "")))
        return
    message = _("«{name}» does not say how to write «{part}»").format(name=path.name, part="citation")
    yield _fault(path, root.sourceline, message)


def _faults_in_macros(path: Path, root: Element) -> Iterator[Diagnostic]:
    known = {macro.get("name") for macro in root.iter(f"{NAMESPACE}macro")}
    for element in root.iter(f"{NAMESPACE}text", f"{NAMESPACE}key"):
        name = element.get("macro")
        if name is not None and name not in known:
            yield _fault(path, element.sourceline, _("unknown macro «{macro}»").format(macro=name))
    for macro in root.iter(f"{NAMESPACE}macro"):
        if macro in called(root, macro):
            message = _("the macro «{macro}» calls itself").format(macro=macro.get("name"))
            yield _fault(path, macro.sourceline, message)


def _faults_in_locales(path: Path, root: Element) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for locale in root.findall(f"{NAMESPACE}locale"):
        lang = locale.get("{http://www.w3.org/XML/1998/namespace}lang", "")
        if lang in seen:
            yield _fault(path, locale.sourceline, _("locale «{lang}» stands there twice").format(lang=lang))
        seen.add(lang)
