"""A municipality's crest, for the slot `crest` of a Word template.

It is named in the municipality's data (`kommunevåpen`, `crest` or `logo`, seen from its folder), or it is the picture
`kommunevåpen` in its folder.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

from rapportbygger import localised, svg_raster
from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity
from rapportbygger.files import project_files
from rapportbygger.messages import _
from rapportbygger.model import Municipality, Project

FIELDS = ("kommunevåpen", "crest", "logo")
ENDINGS = (".png", ".jpg", ".jpeg", ".svg")
"""What is looked for, the first of them first; of the last a picture is made, which Word can show."""
HIGH, WIDE = 2.5, 6.0
"""How high the slot is, and how wide a crest can be, in centimetres."""
_SPOKEN = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
"""The parts of a template in which words of the report can stand."""
_TAG = re.compile(rb"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Crest:
    """A picture that Word can show, its proportions (width to height), and what is read out for it."""

    picture: bytes
    ratio: float
    alt: str


def of(project: Project, municipality: Municipality | None, template: Path, lang: str) -> tuple[Crest | None, Problems]:
    """The crest of a municipality; None where it has none, the template no slot for it, or where it is not right."""
    if municipality is None or not _has_slot(template, _written(template)):
        return None, ()
    path, problems = _file(project, municipality)
    if path is None:
        return None, problems
    file = project_files.name(project.root, path)
    if path.suffix.lower() not in ENDINGS:
        message = _("Word cannot show the crest «{name}»").format(name=path.name)
        hint = _("save it as PNG beside it, under the same name")
        return None, (Diagnostic("picture-format", message, Location(file), hint, Severity.WARNING),)
    data, ratio = _read(project, path)
    if not ratio:
        message = _("picture «{name}» is damaged or not of the kind that its name says").format(name=path.name)
        hint = _("open it in a picture program and save it again")
        return None, (Diagnostic("damaged-picture", message, Location(file), hint),)
    return Crest(data, ratio, _alternative(municipality, lang)), ()


@lru_cache(maxsize=16)
def _has_slot(template: Path, _written: int) -> bool:
    """Whether a Word template speaks of the crest; one that cannot be read is told of elsewhere."""
    try:
        with zipfile.ZipFile(template) as archive:
            parts = [archive.read(name) for name in archive.namelist() if _SPOKEN.fullmatch(name)]
    except (OSError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return False
    return any(b"crest" in _TAG.sub(b"", part) for part in parts)


def _written(template: Path) -> int:
    try:
        return template.stat().st_mtime_ns
    except OSError:
        return 0


# ------------------------------------------------------------------------------------------------------------- its file


def _file(project: Project, municipality: Municipality) -> tuple[Path | None, Problems]:
    """The file that is named in the data, else the one with the crest's name."""
    folder = localised.folder(project, municipality)
    field = next((name for name in FIELDS if isinstance(municipality.values.get(name), str)), None)
    if field is None:
        return next(_named(folder), None), ()
    at, name = municipality.source.location((field,)), municipality.values[field]
    found, problems = project_files.find(project.root, folder, name, at)
    if found and localised.is_anothers(project, found[0], folder):
        message = _("«{path}» is another municipality's").format(path=name)
        return None, (
            Diagnostic("anothers-picture", message, at, _("save the picture in the municipality's own folder")),
        )
    return (found[0] if found else None), problems


def _named(folder: Path) -> Iterator[Path]:
    """The files in a folder with the crest's name, however its letters are written."""
    names = {normalize("NFC", name).casefold(): name for name in project_files.siblings(folder)}
    for ending in ENDINGS:
        name = names.get(f"{FIELDS[0]}{ending}")
        if name is not None and (folder / name).is_file():
            yield folder / name


def _read(project: Project, path: Path) -> tuple[bytes, float]:
    """The picture and its proportions, 0 where they cannot be read."""
    from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
    from docx.image.image import Image

    unreadable = (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError)
    try:
        data = path.read_bytes() if project_files.is_inside(project.root, path) else b""
        if path.suffix.lower() == ENDINGS[-1]:
            data = svg_raster.png(data, HIGH) or b""
        image = Image.from_blob(data)
        return data, image.px_width / image.px_height
    except (OSError, ValueError, KeyError, ArithmeticError, *unreadable):
        return b"", 0


def _alternative(municipality: Municipality, lang: str) -> str:
    words = "The coat of arms of {name}" if lang == "en" else "Kommunevåpenet til {name}"
    return words.format(name=municipality.values.get("navn") or municipality.id)
