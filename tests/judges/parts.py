"""Checks of the package: parts and relations, settings, properties, sections, styles and numbering."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from judges.package import Package, R, W, attribute, child, is_on

_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "language": "{http://purl.org/dc/elements/1.1/}language",
}
_MARGINS = ("top", "right", "bottom", "left", "header", "footer", "gutter")


def relations(package: Package) -> Iterator[str]:
    """Relations that lead nowhere, and references to relations that are not there."""
    for name in package.parts:
        if name.endswith(".rels"):
            continue
        known = package.relations(name)
        for relation in known.values():
            yield from _target(package, name, relation)
        attributes = [pair for e in package.parts[name].iter("*") for pair in e.attrib.items()]
        used = {str(value) for key, value in attributes if str(key).startswith(R)}
        yield from (
            f"{name} refers to {identifier}, which is no relation" for identifier in sorted(used - known.keys())
        )


def _target(package: Package, name: str, relation: etree._Element) -> Iterator[str]:
    target = relation.get("Target", "")
    path = posixpath.normpath(posixpath.join(posixpath.dirname(f"/{name}"), target)).lstrip("/")
    if relation.get("TargetMode") != "External" and path not in package.names:
        yield f"{name} refers to the part {target}, which is not there"
    if relation.get("TargetMode") == "External" and not target:
        yield f"{name} links to nothing"


def content_types(package: Package) -> Iterator[str]:
    """Parts of no known kind, kinds of no part, and names that stand twice in the zip."""
    types = package.parts["[Content_Types].xml"]
    overrides = {entry.get("PartName", "").lstrip("/") for entry in types if entry.get("PartName")}
    defaults = {entry.get("Extension", "").lower() for entry in types if entry.get("Extension")}
    parts = [name for name in package.names if name != "[Content_Types].xml" and not name.endswith("/")]
    for name in parts:
        if name not in overrides and name.rpartition(".")[2].lower() not in defaults:
            yield f"{name} has no content type"
    yield from (f"{name} has a content type and is not there" for name in sorted(overrides - set(parts)))
    yield from (f"{name} is there twice" for name, count in Counter(package.names).items() if count > 1)


def document_types(package: Package) -> Iterator[str]:
    """XML with a DOCTYPE, which readers of untrusted files refuse."""
    yield from (f"{name} has a DOCTYPE" for name in package.declared)


def settings(package: Package) -> Iterator[str]:
    """What makes Word ask, warn, or spoil pictures."""
    found = package.parts["word/settings.xml"]
    modes = [attribute(s) for s in found.iter(W + "compatSetting") if attribute(s, "name") == "compatibilityMode"]
    if modes != ["15"]:
        yield f"compatibilityMode is {modes}, not 15: Word shows «compatibility mode»"
    if is_on(child(found, "updateFields")):
        yield "updateFields makes Word ask whether to update fields"
    if not is_on(child(found, "doNotAutoCompressPictures")):
        yield "doNotAutoCompressPictures is missing: Word blurs the pictures when it saves"
    if not attribute(child(found, "themeFontLang")):
        yield "themeFontLang is missing"


def properties(package: Package) -> Iterator[str]:
    """Title and language, and nothing that is untrue."""
    core = package.parts.get("docProps/core.xml")
    if core is None:
        yield "there are no core properties"
        return
    yield from (f"the core properties have no {name}" for name, tag in _CORE.items() if not core.findtext(tag))
    said = " ".join(str(text) for text in core.itertext())
    yield from (f"the core properties say «{lie}»" for lie in ("python-docx", "2013-", "1970-01-01") if lie in said)


def revisions(package: Package) -> Iterator[str]:
    """Traces of editing sessions."""
    traces = {
        name for part in package.parts.values() for e in part.iter("*") for name in e.attrib if "}rsid" in str(name)
    }
    if traces:
        yield f"rsid attributes: {sorted(str(trace) for trace in traces)}"
    if any(part.find(f".//{W}rsid") is not None for part in package.parts.values()):
        yield "rsid elements"
    tracked = sorted({etree.QName(change).localname for change in package.every("ins", "del", "moveFrom", "moveTo")})
    if tracked:
        yield f"tracked changes: {tracked}"


def sections(package: Package) -> Iterator[str]:
    """Sections without a full set of margins, and note numbering that LibreOffice restarts."""
    for number, section in enumerate(package.document.iter(W + "sectPr"), 1):
        margins = child(section, "pgMar")
        missing = [side for side in _MARGINS if not attribute(margins, side)]
        if missing:
            yield f"section {number} has no margins {missing}"
        if not attribute(child(section, "pgSz"), "w"):
            yield f"section {number} has no page size"
        if child(section, "footnotePr") is not None:
            yield f"section {number} has a footnotePr"


def styles(package: Package) -> Iterator[str]:
    """Styles used and not defined, defaults without a language, highlighting that fills the styles pane."""
    known = package.styles
    used = {attribute(e) for e in package.every("pStyle", "rStyle", "tblStyle")}
    part = package.parts["word/styles.xml"]
    kin = {attribute(e) for e in part.iter(W + "basedOn", W + "next", W + "link")}
    yield from (f"the style «{name}» is used and not defined" for name in sorted((used | kin) - known.keys()))
    if not attribute(child(part, "docDefaults/rPrDefault/rPr/lang")):
        yield "docDefaults have no language: Word underlines every word in red"
    strangers = sorted(name for name in known if name.endswith("Tok"))
    if strangers:
        yield f"styles of syntax highlighting: {strangers[:3]}"
    names = Counter(attribute(child(style, "name")).lower() for style in known.values())
    yield from (f"two styles are called «{name}»" for name, count in names.items() if count > 1)


def numbering(package: Package) -> Iterator[str]:
    """Lists whose numbering is missing or has levels without a number format."""
    part = package.parts.get("word/numbering.xml")
    nums = {} if part is None else {attribute(num, "numId"): num for num in part.findall(W + "num")}
    kinds = {} if part is None else {attribute(k, "abstractNumId"): k for k in part.findall(W + "abstractNum")}
    used = {attribute(e) for e in package.every("numId")} - {"0"}
    yield from (f"the numbering {number} is used and not defined" for number in sorted(used - nums.keys()))
    for number, num in nums.items():
        if attribute(child(num, "abstractNumId")) not in kinds:
            yield f"the numbering {number} is of no kind"
    for kind, found in kinds.items():
        for level in found.findall(W + "lvl"):
            if child(level, "numFmt") is None or child(level, "lvlText") is None:
                yield f"level {attribute(level, 'ilvl')} of the numbering {kind} is incomplete"
