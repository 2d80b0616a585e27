"""A Word template opened once: its parts as they are saved, and those that words of the report stand in as Jinja.

docxtpl opens, fills in and saves a template for each report. What follows from the template alone is known here after
the first: each report costs the parts that it fills in, and of these only what was not made for one of the last.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from lxml import etree

from rapportbygger.recent import Recent
from rapportbygger.theme.markup import WP

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

    from rapportbygger.merge.sandbox import Sandbox

_Write: TypeAlias = Callable[[str, str], bytes]
_SIGNS = ("{{", "{%", "{#")
_FIRST_DRAWING = 1001
"""The number that docxtpl gives the first drawing of a body."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A part as docxtpl's Jinja; `frame` is the document around its body, empty for what is no document.

    `written` makes the part's bytes of what Jinja has made, and of the frame.
    """

    part: str
    jinja: str
    written: _Write
    frame: str = ""

    def filled(self, values: Mapping[str, Any], environment: Sandbox) -> bytes:
        """The part with the values. Raises what Jinja and lxml do."""
        if any(sign in self.jinja for sign in _SIGNS):
            return self._written(values, environment)
        return _still.of((self.written, self.jinja, self.frame), lambda: self._written(values, environment))

    def _written(self, values: Mapping[str, Any], environment: Sandbox) -> bytes:
        from docxtpl import DocxTemplate

        xml = DocxTemplate("").render_xml_part(self.jinja, None, values, environment)
        return _made.of((self.written, xml, self.frame), lambda: self.written(xml, self.frame))


_still = Recent[tuple[_Write, str, str], bytes]()
"""The last parts without Jinja."""
_made = Recent[tuple[_Write, str, str], bytes]()
"""The last parts, by what Jinja made of them: a header is the same in most reports."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The parts of a template, and those to fill in, in docxtpl's order."""

    parts: Mapping[str, bytes]
    sources: tuple[_Source, ...]

    def filled(self, values: Mapping[str, Any], environment: Sandbox) -> dict[str, bytes]:
        """The parts with the values. Raises what Jinja and lxml do."""
        return {**self.parts, **self.spoken(lambda _part: values, environment)}

    def spoken(self, values: Callable[[str], Mapping[str, Any]], environment: Sandbox) -> dict[str, bytes]:
        """The parts that words can stand in, each with the values that it has. Raises what Jinja and lxml do."""
        return {source.part: source.filled(values(source.part), environment) for source in self.sources}


def opened(content: bytes) -> Opened:
    """The template of these bytes. Raises whatever a damaged file makes fail."""
    return _opened.of(content, lambda: _open(content))


_opened = Recent[bytes, Opened]()


def _open(content: bytes) -> Opened:
    from docxtpl import DocxTemplate

    template = DocxTemplate(io.BytesIO(content))
    template.init_docx()
    return Opened(_saved(template), tuple(_sources(template)))


def rendered(
    content: bytes, values: Callable[[DocxTemplate], Mapping[str, Any]], environment: Sandbox
) -> dict[str, bytes]:
    """The parts with values that docxtpl itself has to put into the file; `values` is told of its template."""
    from docxtpl import DocxTemplate

    template = DocxTemplate(io.BytesIO(content))
    template.fix_tables = _whole_first(template.fix_tables)
    # The report has properties of its own. In a file from LibreOffice docxtpl would write the part a second time.
    template.render_properties = lambda *_: None
    template.render(values(template), environment, autoescape=True)
    return _saved(template)


def _saved(template: DocxTemplate) -> dict[str, bytes]:
    """The parts of a template as python-docx writes them."""
    stream = io.BytesIO()
    template.docx.save(stream)
    with zipfile.ZipFile(stream) as archive:
        return {part: archive.read(part) for part in archive.namelist()}


def _sources(template: DocxTemplate) -> Iterator[_Source]:
    """The body, headers, footers and footnotes of a template."""
    document = template.docx
    root = document.element
    jinja = template.patch_xml(template.get_xml())
    root.replace(root.body, etree.Element(root.body.tag))
    yield _Source(name_of(document.part), jinja, _document, etree.tostring(root, encoding="unicode"))
    for kind in (template.HEADER_URI, template.FOOTER_URI):
        for _relation, part in template.get_headers_footers(kind):
            yield _Source(name_of(part), template.patch_xml(template.get_part_xml(part)), _story)
    for part in document.part.package.parts:
        if part.content_type.endswith(".wordprocessingml.footnotes+xml"):
            yield _Source(name_of(part), template.patch_xml(part.blob.decode("utf-8")), _notes)


def name_of(part: Any) -> str:
    """The name of one of python-docx's parts."""
    return str(part.partname).removeprefix("/")


# ------------------------------------------------------------------------------------------------- what Jinja has made


def _whole_first(fix: Callable[[str], Any]) -> Callable[[str], Any]:
    """docxtpl's mending of tables, after a look at whether there is XML to mend: it would lose text in silence."""

    def fixed(xml: str) -> Any:
        etree.fromstring(xml)
        return fix(xml)

    return fixed


def _document(xml: str, frame: str) -> bytes:
    from docx.opc.oxml import serialize_part_xml
    from docx.oxml.parser import parse_xml
    from docxtpl import DocxTemplate

    body = _whole_first(DocxTemplate("").fix_tables)(xml)
    for number, drawing in enumerate(body.iter(WP + "docPr"), _FIRST_DRAWING):
        drawing.set("id", str(number))
    root: Any = parse_xml(frame)
    root.replace(root.body, body)
    written: bytes = serialize_part_xml(root)
    return written


def _story(xml: str, _frame: str) -> bytes:
    from docx.opc.oxml import serialize_part_xml
    from docx.oxml.parser import parse_xml

    written: bytes = serialize_part_xml(parse_xml(xml.encode("utf-8")))
    return written


def _notes(xml: str, _frame: str) -> bytes:
    return xml.encode("utf-8")
