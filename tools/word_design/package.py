"""The package: its parts, what they are, how they hang together, and the zip file, the same bytes every time."""

import io
import zipfile

from word_design import parts, story
from word_design.designs import Design
from word_design.styles import styles
from word_design.theme import theme
from word_design.xml import Element, plain, serialise

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_FIRST = ("[Content_Types].xml", "_rels/.rels")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip file can hold

# part: (relation type, content type)
_KINDS = {
    "styles.xml": ("styles", f"{WORD}.styles+xml"),
    "settings.xml": ("settings", f"{WORD}.settings+xml"),
    "fontTable.xml": ("fontTable", f"{WORD}.fontTable+xml"),
    "theme/theme1.xml": ("theme", "application/vnd.openxmlformats-officedocument.theme+xml"),
    "numbering.xml": ("numbering", f"{WORD}.numbering+xml"),
    "footnotes.xml": ("footnotes", f"{WORD}.footnotes+xml"),
    "endnotes.xml": ("endnotes", f"{WORD}.endnotes+xml"),
} | {name: (name[:6], f"{WORD}.{name[:6]}+xml") for name in story.EDGES}
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_EXTENDED = "application/vnd.openxmlformats-officedocument.extended-properties+xml"


def package(design: Design) -> bytes:
    """The .docx of a design."""
    word = _word(design)
    files = {
        "[Content_Types].xml": _types(word),
        "_rels/.rels": _package_relations(),
        "docProps/app.xml": parts.application(),
        "docProps/core.xml": parts.core(design),
        "word/document.xml": story.document(design),
        "word/_rels/document.xml.rels": _relations(word),
    } | {f"word/{name}": element for name, element in word.items()}
    return _zip({name: serialise(element) for name, element in files.items()})


def _word(design: Design) -> dict[str, Element]:
    """The parts that the document refers to, by name under word/."""
    found = {
        "styles.xml": styles(design),
        "settings.xml": parts.settings(),
        "fontTable.xml": parts.font_table(design),
        "theme/theme1.xml": theme(design),
        "numbering.xml": parts.numbering(),
        "footnotes.xml": parts.notes("footnote"),
        "endnotes.xml": parts.notes("endnote"),
    }
    return found | story.edges(design)


def _types(word: dict[str, Element]) -> Element:
    overrides = {f"/word/{name}": _KINDS[name][1] for name in word} | {
        "/word/document.xml": f"{WORD}.document.main+xml",
        "/docProps/core.xml": _CORE,
        "/docProps/app.xml": _EXTENDED,
    }
    return plain(
        TYPES,
        "Types",
        plain(
            TYPES, "Default", Extension="rels", ContentType="application/vnd.openxmlformats-package.relationships+xml"
        ),
        plain(TYPES, "Default", Extension="xml", ContentType="application/xml"),
        *(plain(TYPES, "Override", PartName=name, ContentType=kind) for name, kind in sorted(overrides.items())),
    )


def _package_relations() -> Element:
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return plain(
        RELATIONSHIPS,
        "Relationships",
        _relation("rId1", f"{OFFICE}/officeDocument", "word/document.xml"),
        _relation("rId2", core, "docProps/core.xml"),
        _relation("rId3", f"{OFFICE}/extended-properties", "docProps/app.xml"),
    )


def _relations(word: dict[str, Element]) -> Element:
    names = [
        (story.EDGES[name][0] if name in story.EDGES else f"rId{number}", name)
        for number, name in enumerate(sorted(word), 1)
    ]
    relations = (_relation(identifier, f"{OFFICE}/{_KINDS[name][0]}", name) for identifier, name in names)
    return plain(RELATIONSHIPS, "Relationships", *relations)


def _relation(identifier: str, kind: str, target: str) -> Element:
    return plain(RELATIONSHIPS, "Relationship", Id=identifier, Type=kind, Target=target)


def _zip(files: dict[str, bytes]) -> bytes:
    """The zip file with fixed dates and the parts sorted, but for the two that readers want first."""
    names = [*_FIRST, *sorted(files.keys() - set(_FIRST))]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, files[name])
    return stream.getvalue()
