"""Formats one reference with citeproc-py, which is neither changed nor asked about anything but one reference."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock
from typing import Any

from rapportbygger.protocols import Memory
from rapportbygger.resolve.citations.clusters import Item
from rapportbygger.resolve.citations.locators import Locator
from rapportbygger.resolve.citations.reference import richtext
from rapportbygger.resolve.citations.reference.finishing import finished
from rapportbygger.resolve.citations.reference.prepared import values_of
from rapportbygger.resolve.citations.reference.rewriting import prepared
from rapportbygger.resolve.citations.reference.specialised import Tailor
from rapportbygger.resolve.citations.remembered import Texts

_KEY = "work"
"""citeproc-py lowers keys, so «ks2018» and «KS2018» would be one work: it gets one work at a time, under this key."""


def _marked(kind: str) -> Callable[[object], str]:
    return lambda text: richtext.styled(kind, text)


class Formatter:
    """What citeproc-py calls for every piece of formatting in a style."""

    preformat = str
    Bold = staticmethod(_marked("Strong"))
    Italic = staticmethod(_marked("Emph"))
    Light = str
    Oblique = staticmethod(_marked("Emph"))
    SmallCaps = staticmethod(_marked("SmallCaps"))
    Subscript = staticmethod(_marked("Subscript"))
    Superscript = staticmethod(_marked("Superscript"))
    Underline = staticmethod(_marked("Underline"))


class Renderer:
    """Formats references in styles and in one language (`nb-NO`), as text marked as `richtext` marks it.

    What citeproc-py cannot cite is an empty text.
    """

    def __init__(self, lang: str, memory: Memory | None = None) -> None:
        self._lang = lang
        self._memory = memory
        self._parsed: dict[tuple[bytes, str], _Layout] = {}

    def cite(self, xml: bytes, item: Item, locator: Locator | None = None) -> str:
        """What a style's citations write of the work."""
        return self._text(xml, "citation", {**item, **_located(locator)}) or ""

    def entry(self, xml: bytes, item: Item) -> str | None:
        """The work in a style's reference list: None where it cannot be formatted, nothing where it is not listed."""
        return self._text(xml, "bibliography", item)

    def _text(self, xml: bytes, area: str, item: Item) -> str | None:
        if (xml, area) not in self._parsed:
            self._parsed[xml, area] = _Layout(xml, area, self._lang, self._memory)
        try:
            return self._parsed[xml, area].text(item)
        except _Unformatted:
            return None


class _Unformatted(Exception):  # noqa: N818 - told as a warning
    """citeproc-py cannot format a reference."""


class _Layout:
    """The layout of a style's citations or of its list, read when there is a work that it has not written before."""

    def __init__(self, xml: bytes, area: str, lang: str, memory: Memory | None) -> None:
        self._said = xml, area, lang
        self._texts = Texts(memory, xml.decode("utf-8"), area, lang)

    def text(self, item: Item) -> str:
        """What it writes of a work."""
        return self._texts.text(item, lambda: _read(*self._said).text(item))


class _ReadLayout:
    """A layout as citeproc-py has read it, rewritten before that, and cut to fit each reference."""

    def __init__(self, xml: bytes, area: str, lang: str) -> None:
        from citeproc import CitationStylesStyle

        self._area = area
        self._rewritten = prepared(xml, lang, area)
        with _ALONE, _citeproc_py():
            self._style = CitationStylesStyle(io.BytesIO(self._rewritten.xml), locale="en-US", validate=False)
        self._tailor = Tailor(self._style.root)

    def text(self, item: Item) -> str:
        """What it writes of a work."""
        kind, language = str(item["type"]), str(item["language"])
        values = self._rewritten.values(item, self._area)
        with _ALONE:
            self._tailor.fit(self._area, {**values, "type": kind})
            with _citeproc_py():
                text = _rendered(self._style, kind, language, values, self._area)
        return finished(text, self._rewritten.words.locale, language)


@lru_cache(maxsize=32)
def _read(xml: bytes, area: str, lang: str) -> _ReadLayout:
    """The layout, read once for all documents: a style has five or six parts in each language."""
    return _ReadLayout(xml, area, lang)


@contextmanager
def _citeproc_py() -> Iterator[None]:
    """What citeproc-py does, without its warnings. Whatever a reference does to it must not stop a report."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except Exception as error:  # it raises whatever Python does
        raise _Unformatted from error


_ALONE = Lock()
"""One thread at a time: warnings are the whole process's, and a layout is cut to one reference after the other."""


def _rendered(style: Any, kind: str, language: str, values: Mapping[str, str], area: str) -> str:
    """What citeproc-py makes of one work: its citation, or its entry in the list."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography
    from citeproc.source import BibliographySource, Reference
    from citeproc.string import String

    source = BibliographySource()
    texts = {name: String(text) for name, text in values_of(values).items()}
    source.add(Reference(_KEY, kind, language=language, **texts))
    made = CitationStylesBibliography(style, source, Formatter)
    citation = Citation([CitationItem(_KEY)])
    made.register(citation)
    written = [made.cite(citation, lambda _item: "")] if area == "citation" else made.bibliography()
    return str(written[0] or "") if written else ""


def _located(locator: Locator | None) -> Mapping[str, str]:
    if locator is None:
        return {}
    value = locator.value.replace("-", richtext.HYPHEN) if locator.hyphenated else locator.value
    return {"locator": value, "locator-label": locator.label}
