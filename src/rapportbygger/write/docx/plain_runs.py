"""Word's markup of inlines as pandoc writes it, without asking pandoc: words, markup, links, notes and pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from rapportbygger.nodes import Node
from rapportbygger.write.docx import pandoc_markup as markup
from rapportbygger.write.docx.counting import Counting, UnsureError
from rapportbygger.write.docx.fragments import counts
from rapportbygger.write.docx.pandoc_reference import Lookup

_WORDS = re.compile(r"[ -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u20ac\u2212]+")
"""What needs no font of its own, and no mark for a place to break."""
_MARKUP = re.compile(r"<[^\n]*>")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
"""An identifier that is a bookmark's name as it is."""
_ADDRESS = re.compile(r"[A-Za-z0-9:/._~?&=@+,;-]+")
_LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*")
_INCHES = re.compile(r"[0-9]+(?:\.[0-9]+)?in")
_EMU_PER_POINT = 12700
_PICTURES = {".png": (".png", "image/png"), ".jpg": (".jpg", "image/jpeg"), ".jpeg": (".jpg", "image/jpeg")}
"""The kinds of pictures by their files' endings: that of the part, and its type."""

Look: TypeAlias = frozenset[tuple[int, str]]
"""What runs say of their letters, each with its place among the properties."""
PLAIN: Look = frozenset()
_STYLE, _LANGUAGE = 0, 5
_SIGNS = {
    "Strong": (1, "<w:b /><w:bCs />"),
    "Emph": (2, "<w:i /><w:iCs />"),
    "Strikeout": (3, "<w:strike />"),
    "Superscript": (4, '<w:vertAlign w:val="superscript" />'),
    "Subscript": (4, '<w:vertAlign w:val="subscript" />'),
}


class Runs:
    """Writes the inlines of one block; all of it raises UnsureError where pandoc has to be asked."""

    def __init__(self, lookup: Lookup, counting: Counting) -> None:
        self._lookup, self._counting, self._in_note = lookup, counting, False

    def paragraph(self, name: str, inlines: Sequence[Node], more: str = "") -> str:
        """A paragraph in the style of that name ("": none), with more properties."""
        style = markup.style("p", style_id(self._lookup, "paragraph", name)) if name else ""
        if not inlines:
            raise UnsureError
        return markup.paragraph(style + more, self.of(inlines))

    def empty(self, name: str) -> str:
        """A paragraph without text in the style of that name."""
        return markup.paragraph(markup.style("p", style_id(self._lookup, "paragraph", name)), "")

    def of(self, inlines: Sequence[Node], look: Look = PLAIN) -> str:
        """Runs: words with single spaces between them are one."""
        runs, words, spaces, properties, last = list[str](), "", 0, _properties(look), len(inlines) - 1
        for at, inline in enumerate(inlines):
            kind = inline["t"]
            if kind == "Str" and inline["c"]:
                words += inline["c"]
            elif kind == "Space" and words and at < last and inlines[at + 1]["t"] == "Str":
                words, spaces = words + " ", spaces + 1
            else:
                runs += (_words(words, spaces, properties), self._other(inline, look, properties))
                words, spaces = "", 0
        return "".join((*runs, _words(words, spaces, properties)))

    def _other(self, inline: Node, look: Look, properties: str) -> str:
        kind = inline["t"]
        if kind in {"Space", "SoftBreak"}:
            return markup.run(" ", properties)
        if kind == "LineBreak":
            return markup.LINE_BREAK
        if kind in _SIGNS:
            return self.of(inline["c"], _with(look, *_SIGNS[kind]))
        if kind not in _OTHERS:
            raise UnsureError
        return _OTHERS[kind](self, inline["c"], look)

    def _raw(self, content: Sequence[str], _look: Look) -> str:
        return raw(content)

    def _span(self, content: Sequence[Any], look: Look) -> str:
        (identifier, classes, pairs), inlines = content
        said = dict(pairs)
        lang = said.pop("lang", "")
        if classes or said or (lang and not _LANG.fullmatch(lang)) or (identifier and not _NAME.fullmatch(identifier)):
            raise UnsureError
        runs = self.of(inlines, _with(look, _LANGUAGE, f'<w:lang w:val="{lang}" />') if lang else look)
        return "".join(markup.bookmark(self._counting.number(), identifier, [runs])) if identifier else runs

    def _link(self, content: Sequence[Any], look: Look) -> str:
        (identifier, _classes, pairs), inlines, (address, _title) = content
        inner = address.startswith("#") and bool(_NAME.fullmatch(address[1:]))
        if identifier or pairs or not (inner or _ADDRESS.fullmatch(address)):
            raise UnsureError
        style = markup.style("r", style_id(self._lookup, "character", "Hyperlink"))
        runs = self.of(inlines, _with(look, _STYLE, style))
        if inner:
            return markup.inner_link(address[1:], runs)
        return markup.link(self._counting.link(markup.escaped(address)), runs)

    def _note(self, blocks: Sequence[Node], look: Look) -> str:
        """Nothing but the language goes on in a footnote."""
        abroad = any(place == _LANGUAGE for place, _said in look)
        if self._in_note or abroad or not blocks or any(block["t"] != "Para" for block in blocks):
            raise UnsureError
        number, letters = self._counting.number(), style_id(self._lookup, "character", "footnote reference")
        style = markup.style("p", style_id(self._lookup, "paragraph", "footnote text"))
        self._in_note = True
        runs = [self.of(block["c"]) for block in blocks]
        self._in_note = False
        runs[0] = markup.note_number(letters) + runs[0]
        self._counting.note("".join(markup.paragraph(style, each) for each in runs), number)
        return markup.note_call(number, letters)

    def _image(self, content: Sequence[Any], _look: Look) -> str:
        (identifier, classes, pairs), alternative, (path, title) = content
        name = path.replace("\\", "/").rpartition("/")[2]
        kind = _PICTURES.get(name[name.rfind(".") :])
        if identifier or classes or title or kind is None or self._in_note:
            raise UnsureError
        width, height = _size(dict(pairs), self._lookup)
        numbers = self._counting.picture(path, *kind)
        return markup.picture(numbers, "", _said(alternative), width, height)


_OTHERS: Mapping[str, Callable[[Runs, Any, Look], str]] = {
    "RawInline": Runs._raw,
    "Span": Runs._span,
    "Link": Runs._link,
    "Note": Runs._note,
    "Image": Runs._image,
}


def _words(said: str, spaces: int, properties: str) -> str:
    """A run of words, between which there are so many spaces."""
    if not said:
        return ""
    if not _WORDS.fullmatch(said) or said.count(" ") != spaces:
        raise UnsureError
    return markup.run(said, properties)


def _with(look: Look, place: int, said: str) -> Look:
    """With one thing more. Raises UnsureError where something of its kind is said already."""
    if any(other == place for other, _said in look):
        raise UnsureError
    return look | {(place, said)}


@lru_cache(maxsize=64)
def _properties(look: Look) -> str:
    return markup.run_properties(said for _place, said in sorted(look))


@lru_cache(maxsize=64)
def style_id(lookup: Lookup, kind: str, name: str) -> str:
    """The id of a style. Raises UnsureError where the template has none of that name, or several."""
    found = [ident for each, ident, own in lookup.styles if each == kind and own.casefold() == name.casefold()]
    if len(found) != 1:
        raise UnsureError
    return found[0]


def raw(content: Sequence[str]) -> str:
    """Word's markup itself, in which nothing is counted. Raises UnsureError."""
    form, said = content
    if form != "openxml" or not _MARKUP.fullmatch(said) or counts(said):
        raise UnsureError
    return said


def bookmarked(counting: Counting, identifier: str, blocks: list[str]) -> list[str]:
    """Blocks in a bookmark, where they have an identifier. Raises UnsureError."""
    if not identifier:
        return blocks
    if not _NAME.fullmatch(identifier):
        raise UnsureError
    return markup.bookmark(counting.number(), identifier, blocks)


def _said(inlines: Sequence[Node]) -> str:
    """What an alternative text of words says."""
    if any(inline["t"] not in {"Str", "Space", "SoftBreak"} for inline in inlines):
        raise UnsureError
    text = "".join(inline.get("c", " ") for inline in inlines)
    if text and not _WORDS.fullmatch(text):
        raise UnsureError
    return text


def _size(said: dict[str, str], lookup: Lookup) -> tuple[int, int]:
    """A picture's width and height in EMU, both said in inches. Raises UnsureError."""
    if said.keys() != {"width", "height"} or not all(map(_INCHES.fullmatch, said.values())):
        raise UnsureError
    width, height = (72 * float(said[name].removesuffix("in")) * _EMU_PER_POINT for name in ("width", "height"))
    if width > _room(lookup):
        raise UnsureError
    return int(width), int(height)


@lru_cache(maxsize=8)
def _room(lookup: Lookup) -> int:
    """The text's width in EMU."""
    if not all(side.isdecimal() for side in lookup.page):
        raise UnsureError
    width, left, right = map(int, lookup.page)
    return (width - left - right) // 20 * _EMU_PER_POINT
