"""Word's markup for citations that live on: content controls, the document's sources, properties of other programs.

Source: ECMA-376 part 1 (5th edition): 17.5.2 (content controls), 22.6 (bibliography), 22.3 (custom properties), 15.2.5
and 15.2.6 (custom XML). Word limits texts among sources and properties to 255 characters (MS-OI29500).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from lxml import etree

from rapportbygger.theme.markup import PACKAGE, TYPES
from rapportbygger.write.docx import ooxml
from rapportbygger.write.docx.ooxml import Element

LIMIT = 255
"""How long a text among sources and properties may be."""

_FIRST_CONTROL = 1_000_000_000
"""From where content controls are numbered: a template may have some, which Word numbers at random."""
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SOURCES = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"


# ---------------------------------------------------------------------------------------------------- content controls


def citation_begin(number: int, instruction: str) -> str:
    """The beginning of a citation: a content control with a field whose result is what follows (17.5.2.5)."""
    properties = f'<w:sdtPr><w:id w:val="{_FIRST_CONTROL + number}"/><w:citation/></w:sdtPr>'
    return f"<w:sdt>{properties}<w:sdtContent>{ooxml.field_begin(instruction)}"


def citation_end() -> str:
    """The end of that."""
    return f"{ooxml.field_end()}</w:sdtContent></w:sdt>"


def bibliography_control() -> Element:
    """An empty content control for the field with the list (17.5.2.2)."""
    return _control(f'<w:id w:val="{_FIRST_CONTROL - 1}"/><w:bibliography/>')


def gallery_control() -> Element:
    """An empty content control for the list and its heading, as from Word's gallery of bibliographies (17.5.2.12)."""
    part = '<w:docPartGallery w:val="Bibliographies"/><w:docPartUnique/>'
    return _control(f'<w:id w:val="{_FIRST_CONTROL - 2}"/><w:docPartObj>{part}</w:docPartObj>')


def _control(properties: str) -> Element:
    return ooxml.element(f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent/></w:sdt>")


# ------------------------------------------------------------------------------------------------------------- sources


@dataclass(frozen=True, slots=True)
class Person:
    """A person's names; an organisation among persons has a last name only."""

    last: str
    first: str = ""
    middle: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A work as Word knows it: texts by Word's names for them, and who made it by their role.

    A role is several persons, or the name of one organisation.
    """

    texts: Mapping[str, str]
    roles: Mapping[str, tuple[Person, ...] | str]


def sources(all_of_them: Iterable[Source]) -> bytes:
    """The part with the sources (22.6.2.60), to be written as Word's own APA does.

    Word itself also notes a version of the style there, in an attribute that no schema has.
    """
    style = r'SelectedStyle="\APASixthEditionOfficeOnline.xsl" StyleName="APA"'
    inside = "".join(map(_source, all_of_them))
    return f'{_HEAD}<b:Sources {style} xmlns:b="{_SOURCES}" xmlns="{_SOURCES}">{inside}</b:Sources>'.encode()


def _source(source: Source) -> str:
    roles = "".join(_element(role, _names(names)) for role, names in source.roles.items())
    texts = [(name, _element(name, escape(text))) for name, text in source.texts.items()]
    identity = "".join(text for name, text in texts if name in _IDENTITY)
    others = "".join(text for name, text in texts if name not in _IDENTITY)
    return _element("Source", identity + (_element("Author", roles) if roles else "") + others)


_IDENTITY = ("Tag", "SourceType", "Guid", "LCID")
"""What Word writes before the authors."""


def _names(names: tuple[Person, ...] | str) -> str:
    if isinstance(names, str):
        return _element("Corporate", escape(names))
    return _element("NameList", "".join(map(_person, names)))


def _person(person: Person) -> str:
    names = (("Last", person.last), ("First", person.first), ("Middle", person.middle))
    return _element("Person", "".join(_element(name, escape(text)) for name, text in names if text))


def _element(name: str, inside: str) -> str:
    return f"<b:{name}>{inside}</b:{name}>"


def with_sources(parts: Mapping[str, bytes], data: bytes, identifier: str) -> dict[str, bytes]:
    """The parts with sources among them: Word finds them by the schema that their properties name (15.2.6)."""
    number = next(n for n in range(1, len(parts) + 2) if f"customXml/item{n}.xml" not in parts)
    item, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    target = f"itemProps{number}.xml"
    relation = f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/customXmlProps" Target="{target}"/>'
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    main = "word/_rels/document.xml.rels"
    return {
        **parts,
        item: data,
        properties: _item_properties(identifier),
        f"customXml/_rels/item{number}.xml.rels": (
            f'{_HEAD}<Relationships xmlns="{PACKAGE[1:-1]}">{relation}</Relationships>'.encode()
        ),
        main: _related(parts[main], f"{_OFFICE}/relationships/customXml", f"../{item}"),
        "[Content_Types].xml": _typed(parts["[Content_Types].xml"], properties, kind),
    }


def _item_properties(identifier: str) -> bytes:
    schema = f'<ds:schemaRefs><ds:schemaRef ds:uri="{_SOURCES}"/></ds:schemaRefs>'
    item = f'<ds:datastoreItem ds:itemID="{identifier}" xmlns:ds="{_CUSTOM}">{schema}</ds:datastoreItem>'
    return (_HEAD + item).encode()


def _related(part: bytes, kind: str, target: str) -> bytes:
    """Relations with one more."""
    root = etree.fromstring(part)
    used = {child.get("Id") for child in root}
    name = next(f"rId{n}" for n in range(1, len(used) + 2) if f"rId{n}" not in used)
    etree.SubElement(root, PACKAGE + "Relationship", Id=name, Type=kind, Target=target)
    return ooxml.serialise(root)


def _typed(part: bytes, name: str, kind: str) -> bytes:
    """Content types with that of one more part, if they do not have it."""
    root = etree.fromstring(part)
    if all(child.get("PartName") != f"/{name}" for child in root):
        etree.SubElement(root, TYPES + "Override", PartName=f"/{name}", ContentType=kind)
    return ooxml.serialise(root)


# ----------------------------------------------------------------------------------------------------------- properties


def with_custom_properties(parts: Mapping[str, bytes], texts: Mapping[str, str]) -> dict[str, bytes]:
    """The parts with properties of other programs (22.3.2.2) in docProps/custom.xml, instead of any there."""
    name, kind = "docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    types = {"xmlns": f"{_OFFICE}/custom-properties", "xmlns:vt": f"{_OFFICE}/docPropsVTypes"}
    spaces = " ".join(f'{prefix}="{space}"' for prefix, space in types.items())
    form = 'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"'
    inside = "".join(
        f'<property {form} pid="{number}" name="{escape(key)}"><vt:lpwstr>{escape(text)}</vt:lpwstr></property>'
        for number, (key, text) in enumerate(texts.items(), 2)
    )
    made = {**parts, name: f"{_HEAD}<Properties {spaces}>{inside}</Properties>".encode()}
    relation = f"{_OFFICE}/relationships/custom-properties"
    if relation.encode() not in made["_rels/.rels"]:
        made["_rels/.rels"] = _related(made["_rels/.rels"], relation, name)
    return made | {"[Content_Types].xml": _typed(made["[Content_Types].xml"], name, kind)}
