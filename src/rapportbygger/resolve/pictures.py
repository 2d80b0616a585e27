"""Pictures: found, known to be of a kind that both Word and PDF can hold, sized, and with an alternative text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from rapportbygger import localised
from rapportbygger.diagnostics import Diagnostic, Location, Problems, Severity, nearest
from rapportbygger.drawings import is_chart
from rapportbygger.messages import _
from rapportbygger.model import Document, Setting, orientation, sections
from rapportbygger.nodes import Node, elements, holding, holds, pairs_of, walk, words
from rapportbygger.resolve.charts import Drawn
from rapportbygger.resolve.named_files import found
from rapportbygger.resolve.picture_files import picture_file

FORMATS = (".png", ".jpg", ".jpeg", ".gif")
_UNITS = {"in": 1.0, "cm": 1 / 2.54, "mm": 1 / 25.4, "pt": 1 / 72, "px": 1 / 96, "": 1 / 96}
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(%|in|cm|mm|pt|px|)\s*")
_TALLEST = 0.85
"""Of the page's text height: a taller picture leaves no room for its caption."""
_CELL_MARGINS = 1 / 6
DECORATIVE = "decorative"
"""The class of a picture that says nothing, which is passed over by those who listen; `fig-alt=""` says the same."""


def resolve(document: Document, setting: Setting) -> tuple[Document, Problems]:
    """Every picture with an absolute path, its width and height in inches, and its alternative text as inlines.

    The alternative text is the attribute `fig-alt` (Quarto's word), else the caption.
    """
    problems: list[Diagnostic] = []
    places = _Places(document)
    rooms = _rooms(document, setting)
    drawn = Drawn()

    def change(node: Node) -> Node:
        own = rooms.get(id(node), setting)
        picture, found = _picture(node, places.next(node["c"][2][0]), document, own, drawn)
        problems.extend(found)
        return picture

    blocks = walk(document.blocks, {"Figure": _figure_with_alt, "Image": change})
    problems += _without_alternative(document)
    return replace(document, blocks=tuple(blocks), drawings=drawn.drawings), tuple(problems)


def _rooms(document: Document, setting: Setting) -> dict[int, Setting]:
    """What holds for the pictures that have other room than a page's text: in tables, and on pages on their side."""
    rooms: dict[int, Setting] = {}
    if not any(map(orientation, document.blocks)) and not any(map(_is_table, holding(document.blocks, "Image"))):
        return rooms
    wide, high = setting.landscape or (setting.text_width, setting.text_height)
    turned = replace(setting, text_width=wide, text_height=high)
    for pages, blocks in sections(document.blocks):
        here = turned if pages == "landscape" else setting
        rooms |= {id(image): here for image in elements(blocks, "Image")} if here is turned else {}
        rooms |= _rooms_in_tables(blocks, here)
    return rooms


def _is_table(block: Node) -> bool:
    return holds(block, "Table")


def _rooms_in_tables(blocks: list[Node], setting: Setting) -> dict[int, Setting]:
    """Pictures in tables share the text's width alike with the other columns."""
    return {
        id(image): replace(setting, text_width=setting.text_width / max(1, len(table["c"][2])) - _CELL_MARGINS)
        for table in elements(tuple(blocks), "Table")
        for image in elements((table,), "Image")
    }


def _figure_with_alt(figure: Node) -> Node:
    """`fig-alt` may stand on the figure when pandoc moved the picture's attributes there."""
    attributes, caption, blocks = figure["c"]
    text = pairs_of(attributes).get("fig-alt")
    if text is None:
        return figure
    kept = [pair for pair in attributes[2] if pair[0] != "fig-alt"]

    def change(node: Node) -> Node:
        return {"t": "Image", "c": [node["c"][0], words(text), node["c"][2]]}

    return {"t": "Figure", "c": [[attributes[0], attributes[1], kept], caption, walk(blocks, {"Image": change})]}


class _Places:
    """Where each picture is named: its first use is its name's first place, and so on."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._places: dict[str, Iterator[Location]] = {}
        self._last: dict[str, Location] = {}
        self._passed: dict[str, int] = {}

    def passed(self, source: str) -> None:
        """A use of a picture whose place nobody asks for."""
        self._passed[source] = self._passed.get(source, 0) + 1

    def next(self, source: str) -> Location | None:
        """The place of the next use of a picture; that of the last one, if it is named more often than it stands."""
        for _passed in range(self._passed.pop(source, 0)):
            self._next(source)
        return self._next(source)

    def _next(self, source: str) -> Location | None:
        if source not in self._places:
            names = "|".join(map(re.escape, dict.fromkeys((source, unquote(source)))))
            self._places[source] = self._document.locate(rf"(?:{names})(?=[\s)\]>\"'])")
        place = next(self._places[source], self._last.get(source))
        if place:
            self._last[source] = place
        return place


def _picture(
    image: Node, place: Location | None, document: Document, setting: Setting, drawn: Drawn
) -> tuple[Node, Problems]:
    (identifier, classes, pairs), alternative, (source, title) = image["c"]
    attributes = dict(pairs)
    path = found(source, document, setting)
    problem = _unusable(source, path, place, setting)
    if problem or path is None:
        return image, (problem,) if problem else ()
    name, size, problems = _shown(path, attributes, place, setting, drawn)
    if size is None:
        return image, problems or (_unreadable(source, place),)
    width, height = _size(attributes, size, setting)
    kept = [[k, v] for k, v in pairs if k not in ("width", "height", "fig-alt")]
    sized = [*kept, ["width", f"{width:.4f}in"], ["height", f"{height:.4f}in"]]
    text = words(attributes["fig-alt"]) if "fig-alt" in attributes else alternative
    text = [] if DECORATIVE in classes else text
    return {"t": "Image", "c": [[identifier, classes, sized], text, [name, title]]}, problems


def _shown(
    path: Path, attributes: dict[str, str], place: Location | None, setting: Setting, drawn: Drawn
) -> tuple[str, tuple[float, float] | None, Problems]:
    """What the writers know a picture by, and its own size."""
    if is_chart(path.name) and setting.charts:
        return drawn.chart(path, _length, attributes, place, setting)
    return str(path), picture_file(path).size, ()


# ------------------------------------------------------------------------------------------------------------- the file


def _unusable(source: str, path: Path | None, where: Location | None, setting: Setting) -> Diagnostic | None:
    if re.match(r"[a-z]+://|data:", source):
        hint = _("save the picture in content/figures/ and name it from there")
        return Diagnostic("remote-picture", _("picture «{name}» is not a file").format(name=source[:80]), where, hint)
    source = unquote(source)
    if path is None:
        return Diagnostic(
            "missing-picture", _("there is no picture «{name}»").format(name=source), where, _near(source, setting)
        )
    if not path.is_relative_to(setting.project.root):
        hint = _("save the picture in content/figures/ and name it from there")
        return Diagnostic("outside-project", _("«{path}» is outside the project").format(path=source), where, hint)
    own = localised.own_folder(setting.project, where.file) if where else None
    if own and localised.is_anothers(setting.project, path, own):
        message = _("«{path}» is another municipality's").format(path=source)
        return Diagnostic("anothers-picture", message, where, _("save the picture in the municipality's own folder"))
    return _of_wrong_kind(source, path, where)


def _of_wrong_kind(source: str, path: Path, where: Location | None) -> Diagnostic | None:
    if is_chart(path.name):
        return None
    if path.suffix.lower() not in FORMATS:
        hint = _("save it as PNG or JPEG")
        return Diagnostic(
            "picture-format", _("«{name}» is not a PNG, JPEG or GIF picture").format(name=source), where, hint
        )
    if picture_file(path).colours > 3:
        message = _("«{name}» is in the colours of a printing press (CMYK)").format(name=source)
        return Diagnostic("picture-format", message, where, _("save it in the colours of a screen (RGB)"))
    return None


def _near(source: str, setting: Setting) -> str:
    content = setting.project.content
    known = [
        p.relative_to(content).as_posix() for p in content.rglob("*") if p.suffix.lower() in FORMATS or is_chart(p.name)
    ]
    match = nearest(source, known)
    return (
        _("did you mean «{name}»?").format(name=match)
        if match
        else _("pictures are named from content/, as figures/map.png")
    )


def _unreadable(source: str, place: Location | None) -> Diagnostic:
    message = _("picture «{name}» is damaged or not of the kind that its name says").format(name=source)
    return Diagnostic("damaged-picture", message, place, _("open it in a picture program and save it again"))


# ------------------------------------------------------------------------------------------------------------- its size


def _size(attributes: dict[str, str], natural: tuple[float, float], setting: Setting) -> tuple[float, float]:
    """As asked for, never larger than the room on a page, the proportions kept."""
    wide, high = natural
    ratio = high / wide if wide else 1.0
    width = _length(attributes.get("width"), setting.text_width)
    height = _length(attributes.get("height"), setting.text_height)
    if width is None:
        width = height / ratio if height is not None else wide
    if height is None:
        height = width * ratio
    shrink = min(1.0, setting.text_width / width, _TALLEST * setting.text_height / height)
    return width * shrink, height * shrink


def _length(text: str | None, whole: float) -> float | None:
    match = _LENGTH.fullmatch(text) if text else None
    if match is None or float(match[1]) == 0:
        return None
    return float(match[1]) * (whole / 100 if match[2] == "%" else _UNITS[match[2]])


# ---------------------------------------------------------------------------------------------------- alternative texts


def _without_alternative(document: Document) -> Iterator[Diagnostic]:
    """Pictures that nobody has described, and figures whose caption is read out twice: what they show is not said."""
    places = _Places(document)
    captioned = {
        id(image): pairs_of(figure["c"][0])
        for figure in elements(document.blocks, "Figure")
        for image in elements(figure["c"][2], "Image")
        if figure["c"][1][1]
    }
    for image in elements(document.blocks, "Image"):
        (_identifier, classes, pairs), alternative, (source, _title) = image["c"]
        described = DECORATIVE in classes or "fig-alt" in {**captioned.get(id(image), {}), **dict(pairs)}
        if described or (alternative and id(image) not in captioned):
            places.passed(source)
        elif id(image) in captioned:
            message = _("picture «{name}» has no alternative text; its caption is used")
            yield _undescribed(message, source, places.next(source))
        else:
            yield _undescribed(_("picture «{name}» has no alternative text"), source, places.next(source))


def _undescribed(message: str, source: str, place: Location | None) -> Diagnostic:
    hint = _("say what it shows: {attribute} after the picture, or {decorative} if it is decoration only").format(
        attribute='{fig-alt="..."}', decorative="{.decorative}"
    )
    return Diagnostic("missing-alternative-text", message.format(name=source), place, hint, Severity.INFO)
