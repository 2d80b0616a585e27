"""A Word template filled in with a municipality's crest.

python-docx has to put the picture into the file: a part of its own, relations to it, and drawings that name these. It
does so for one crest; the next in the same places gets all that, and is only another picture.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from rapportbygger import template_parts
from rapportbygger.crest import HIGH, WIDE, Crest
from rapportbygger.recent import Recent

if TYPE_CHECKING:
    from docx.oxml.shape import CT_Inline
    from docx.shared import Length
    from docxtpl import DocxTemplate

    from rapportbygger.merge.sandbox import Sandbox

_KIND = 4
"""So many bytes at its beginning tell what kind of a picture a file is."""
_Place: TypeAlias = tuple[int, str, str]
"""A drawing's number, the relation that it names, and its picture's name."""


@dataclass(frozen=True, slots=True)
class _Sample:
    """The parts of a template with a crest, its drawings by the parts that they are in, and the picture's own part."""

    parts: Mapping[str, bytes]
    places: Mapping[str, _Place]
    picture: str


_samples = Recent[tuple[bytes, bytes], _Sample]()
"""The last, by template and kind of picture."""


def filled(content: bytes, values: Mapping[str, Any], environment: Sandbox) -> dict[str, bytes]:
    """The parts of a template with values among which is a crest. Raises what docxtpl, Jinja and lxml do."""
    own: Crest = values["crest"]
    opened, key = template_parts.opened(content), (content, own.picture[:_KIND])
    if own.picture in opened.parts.values():  # python-docx takes that for the crest too
        return dict(_by_docxtpl(content, values, environment).parts)
    known = _samples.get(key)
    parts = _like(known, opened, values, environment) if known else None
    if parts is None:
        sample = _by_docxtpl(content, values, environment)
        parts = dict(sample.parts)
        if sample.picture:
            _samples.put(key, sample)
    return parts


def _like(
    sample: _Sample, opened: template_parts.Opened, values: Mapping[str, Any], environment: Sandbox
) -> dict[str, bytes] | None:
    """The parts as in the sample; None where the crest does not stand in the same ones."""
    own, used = values["crest"], set[str]()
    spoken = opened.spoken(lambda part: {**values, "crest": _Placed(own, part, sample.places, used)}, environment)
    return {**sample.parts, **spoken, sample.picture: own.picture} if used == sample.places.keys() else None


def _by_docxtpl(content: bytes, values: Mapping[str, Any], environment: Sandbox) -> _Sample:
    drawn: list[_Drawn] = []

    def with_drawing(template: DocxTemplate) -> Mapping[str, Any]:
        drawn.append(_Drawn(values["crest"], template))
        return {**values, "crest": drawn[0]}

    parts = template_parts.rendered(content, with_drawing, environment)
    return _Sample(parts, drawn[0].places, drawn[0].picture)


# ---------------------------------------------------------------------------------------------------------- in the text


@dataclass(slots=True)
class _Drawn:
    """A crest as docxtpl's own pictures are, but with an alternative text, and a name that no file gave it."""

    crest: Crest
    template: DocxTemplate
    places: dict[str, _Place] = field(default_factory=dict)
    picture: str = ""

    def __html__(self) -> str:
        part = self.template.current_rendering_part
        drawing = part.new_pic_inline(io.BytesIO(self.crest.picture), *_size(self.crest))
        shown = drawing.graphic.graphicData.pic
        relation = shown.blipFill.blip.embed
        self.picture = template_parts.name_of(part.related_parts[relation])
        self.places[template_parts.name_of(part)] = (drawing.docPr.id, relation, shown.nvPicPr.cNvPr.name)
        return _run(drawing, self.crest.alt)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A crest in a part of a template, drawn where the one before was; `used` learns of the part."""

    crest: Crest
    part: str
    places: Mapping[str, _Place]
    used: set[str]

    def __html__(self) -> str:
        from docx.oxml.shape import CT_Inline

        self.used.add(self.part)
        if self.part not in self.places:
            return ""
        return _run(CT_Inline.new_pic_inline(*self.places[self.part], *_size(self.crest)), self.crest.alt)


def _size(crest: Crest) -> tuple[Length, Length]:
    from docx.shared import Cm

    high = min(HIGH, WIDE / crest.ratio)
    return Cm(high * crest.ratio), Cm(high)


def _run(drawing: CT_Inline, alternative: str) -> str:
    """The end of the text that a drawing stands in, the drawing, and the beginning of the text after it."""
    drawing.docPr.set("descr", alternative)
    return f'</w:t></w:r><w:r><w:drawing>{drawing.xml}</w:drawing></w:r><w:r><w:t xml:space="preserve">'
