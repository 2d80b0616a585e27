"""Reads CSL styles: what they say of citations, and the parts of an author-date style that are formatted apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, TypeAlias

from rapportbygger.diagnostics import Diagnostic, Location, Problems
from rapportbygger.messages import _

OWN = Path(__file__).parents[2] / "styles" / "norsk-apa.csl"
"""The style of a project that has none."""

_NAMESPACE = "{http://purl.org/net/xbiblio/csl}"
_AMPERSANDS = ("&", "&amp;")

Element: TypeAlias = Any
"""An element of lxml's, which is imported where it is used."""


class Part(Enum):
    """What of a citation is formatted: who the work is by, or what follows that."""

    AUTHOR = "author"
    DETAILS = "details"


@dataclass(frozen=True, slots=True)
class Style:
    """An author-date style (CSL 1.0.2) and what it says of whole citations.

    `between` stands between author and year, `delimiter` between works, `group_delimiter` between the years of one
    author. `et_al_min` is how many names are shortened, 0 for never.
    """

    xml: bytes
    prefix: str
    suffix: str
    delimiter: str
    between: str
    group_delimiter: str
    sorts: bool
    collapses: bool
    adds_initials: bool
    adds_names: bool
    adds_suffixes: bool
    et_al_min: int


def read(path: Path | None) -> tuple[Style, Problems]:
    """The style in a file, or the package's own: that too where the file is no style, with what is wrong with it."""
    if path is None:
        return _style(_root(OWN.read_bytes())), ()
    from lxml import etree

    try:
        root = _root(path.read_bytes())
    except OSError as error:
        return _refused(path, 0, _("cannot read «{name}»: {reason}"), reason=error.strerror or "")
    except etree.XMLSyntaxError as error:
        return _refused(path, error.lineno or 1, _("«{name}» is not valid XML: {reason}"), reason=error.msg or "")
    problem = next(_faults(path, root), None)
    return (_style(root), ()) if problem is None else (read(None)[0], (problem,))


def _root(xml: bytes) -> Element:
    from lxml import etree

    parser = etree.XMLParser(remove_comments=True, remove_pis=True, resolve_entities=False, no_network=True)
    return etree.fromstring(xml, parser)


# -------------------------------------------------------------------------------------------------------------- faults


def _refused(path: Path, line: int, message: str, **values: str) -> tuple[Style, Problems]:
    return read(None)[0], (_fault(path, line, message.format(name=path.name, **values)),)


def _fault(path: Path, line: int, message: str) -> Diagnostic:
    hint = _("give an author-date style in CSL 1.0, or leave out `csl` to use the package's own")
    return Diagnostic("invalid-style", message, Location(path.as_posix(), line), hint)


def _faults(path: Path, root: Element) -> Iterator[Diagnostic]:
    line = root.sourceline or 1
    if root.tag != f"{_NAMESPACE}style":
        yield _fault(path, line, _("«{name}» is not a CSL style").format(name=path.name))
        return
    if root.getroottree().docinfo.doctype:
        yield _fault(path, line, _("«{name}» has a document type, which a CSL style must not").format(name=path.name))
    yield from _faults_in_layouts(path, root)
    yield from _faults_in_macros(path, root)
    yield from _faults_in_locales(path, root)


def _faults_in_layouts(path: Path, root: Element) -> Iterator[Diagnostic]:
    for name in ("citation", "bibliography"):
        if root.find(f"{_NAMESPACE}{name}/{_NAMESPACE}layout") is None:
            message = _("«{name}» does not say how to write «{part}»").format(name=path.name, part=name)
            yield _fault(path, root.sourceline, message)
            return
    category = root.find(f"{_NAMESPACE}info/{_NAMESPACE}category[@citation-format]")
    kind = "note" if root.get("class") == "note" else category.get("citation-format") if category is not None else ""
    if kind not in ("author-date", "author", "") or not _prints_names(root, _author(root)):
        line = root.sourceline if category is None else category.sourceline
        yield _fault(path, line, _("«{name}» is not an author-date style").format(name=path.name))


def _faults_in_macros(path: Path, root: Element) -> Iterator[Diagnostic]:
    known = {macro.get("name") for macro in root.iter(f"{_NAMESPACE}macro")}
    for element in root.iter(f"{_NAMESPACE}text", f"{_NAMESPACE}key"):
        name = element.get("macro")
        if name is not None and name not in known:
            yield _fault(path, element.sourceline, _("unknown macro «{macro}»").format(macro=name))


def _faults_in_locales(path: Path, root: Element) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for locale in root.findall(f"{_NAMESPACE}locale"):
        lang = locale.get("{http://www.w3.org/XML/1998/namespace}lang", "")
        if lang in seen:
            yield _fault(path, locale.sourceline, _("locale «{lang}» stands there twice").format(lang=lang))
        seen.add(lang)


def _prints_names(root: Element, element: Element, seen: frozenset[str] = frozenset()) -> bool:
    """Whether an element writes names, by itself or through the macros it calls."""
    if next(element.iter(f"{_NAMESPACE}names"), None) is not None:
        return True
    called = {text.get("macro") for text in element.iter(f"{_NAMESPACE}text")} - seen - {None}
    return any(
        _prints_names(root, macro, seen | called)
        for macro in root.findall(f"{_NAMESPACE}macro")
        if macro.get("name") in called
    )


# --------------------------------------------------------------------------------------------------------------- style


def _layout(root: Element) -> Element:
    return root.find(f"{_NAMESPACE}citation/{_NAMESPACE}layout")


def _author(root: Element) -> Element:
    """The element that writes who a work is by: the first one in the layout, within the groups that begin there."""
    element = _layout(root)
    while len(element) and _is_group(element):
        element = element[0]
    return element


def _is_group(element: Element) -> bool:
    return element.tag in (f"{_NAMESPACE}layout", f"{_NAMESPACE}group")


def _style(root: Element) -> Style:
    citation = root.find(f"{_NAMESPACE}citation")
    layout = _layout(root)
    group = _author(root).getparent()
    return Style(
        xml=_bytes(root),
        prefix=layout.get("prefix", ""),
        suffix=layout.get("suffix", ""),
        delimiter=layout.get("delimiter", ""),
        between=group.get("delimiter", "") if group.tag == f"{_NAMESPACE}group" else ", ",
        group_delimiter=citation.get("cite-group-delimiter", ", "),
        sorts=citation.find(f"{_NAMESPACE}sort") is not None,
        collapses=citation.get("collapse", "").startswith("year"),
        adds_initials=citation.get("disambiguate-add-givenname") == "true",
        adds_names=citation.get("disambiguate-add-names") == "true",
        adds_suffixes=citation.get("disambiguate-add-year-suffix") == "true",
        et_al_min=_number(citation.get("et-al-min") or root.get("et-al-min")),
    )


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _bytes(root: Element) -> bytes:
    from lxml import etree

    made: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def part(style: Style, which: Part, *, shown: int = 0, in_text: bool = False) -> bytes:
    """The style with a citation layout that writes one part only; its reference list is as it was.

    `shown` is how many names are shown of those that are shortened (0: as the style says). `in_text` is for running
    text, where «and» is a word.
    """
    root = _root(style.xml)
    _keep(root, which)
    if shown:
        _show_names(root, shown)
    if in_text:
        _spell_and(root)
    return _bytes(root)


def _keep(root: Element, which: Part) -> None:
    """Leave in the citation's layout the author, or all but the author."""
    layout, author = _layout(root), _author(root)
    for name in ("prefix", "suffix", "delimiter"):
        layout.attrib.pop(name, None)
    if which is Part.DETAILS:
        author.getparent().remove(author)
    else:
        for element in (author, *author.iterancestors()):
            if element is layout:
                break
            element.getparent()[1:] = []
    for sort in root.findall(f"{_NAMESPACE}citation/{_NAMESPACE}sort"):
        sort.getparent().remove(sort)


def _show_names(root: Element, shown: int) -> None:
    """Shorten lists of more than `shown` names to that many, wherever the style shortens."""
    citation = root.find(f"{_NAMESPACE}citation")
    for element in [citation, *root.iter(f"{_NAMESPACE}name")]:
        if element is citation or element.get("et-al-min"):
            element.set("et-al-min", str(shown + 1))
            element.set("et-al-use-first", str(shown))


def _spell_and(root: Element) -> None:
    for element in root.iter():
        if element.get("and") == "symbol":
            element.set("and", "text")
    _remove(root, lambda term: term.get("name") == "and" and (term.text or "").strip() in _AMPERSANDS)


def _remove(root: Element, unwanted: Callable[[Element], bool]) -> None:
    for term in [term for term in root.iter(f"{_NAMESPACE}term") if unwanted(term)]:
        term.getparent().remove(term)
