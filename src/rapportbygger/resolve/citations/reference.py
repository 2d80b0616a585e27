"""Formats one reference with citeproc-py, which is neither changed nor asked about anything but one reference."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rapportbygger.resolve.citations import richtext
from rapportbygger.resolve.citations.authordate_style import AuthorDateStyle, Part, part
from rapportbygger.resolve.citations.clusters import Item
from rapportbygger.resolve.citations.finishing import finished
from rapportbygger.resolve.citations.locators import Locator
from rapportbygger.resolve.citations.prepared import Prepared, values_of
from rapportbygger.resolve.citations.rewriting import prepared
from rapportbygger.resolve.citations.specialised import Tailor

_KEY = "work"
"""citeproc-py lowers keys, so «ks2018» and «KS2018» would be one work: it gets one work at a time, under this key."""


def _marked(kind: str) -> Callable[[object], str]:
    return lambda text: richtext.mark(kind, text)


class _Formatter:
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
    """Formats references in one style and language (`nb-NO`), as text marked as `richtext` marks it.

    What citeproc-py cannot format is an empty text.
    """

    def __init__(self, style: AuthorDateStyle, lang: str) -> None:
        self._style = style
        self._lang = lang
        self._parsed: dict[bytes, Any] = {}
        self._variants: dict[tuple[Part, int, bool], Any] = {}

    def author(self, item: Item, *, shown: int = 0, in_text: bool = False) -> str:
        """Who a work is by, as it is cited: «Tiller», «Dahl mfl.», a title where there is nobody."""
        return self._citation(self._variant(Part.AUTHOR, shown, in_text), item)

    def details(self, item: Item, locator: Locator | None = None) -> str:
        """What follows the author: «2006, s. 12»."""
        return self._citation(self._variant(Part.DETAILS), {**item, **_located(locator)})

    def entry(self, item: Item) -> str:
        """The work in the reference list."""
        return self._formatted(self._variant(Part.DETAILS), item, "bibliography")

    def _citation(self, variant: _Variant, item: Item) -> str:
        return self._formatted(variant, item, "citation")

    def _variant(self, which: Part, shown: int = 0, in_text: bool = False) -> _Variant:
        wanted = (which, shown, in_text)
        if wanted not in self._variants:
            self._variants[wanted] = self._parse(part(self._style, which, shown=shown, in_text=in_text))
        return self._variants[wanted]

    def _parse(self, xml: bytes) -> _Variant:
        from citeproc import CitationStylesStyle

        if xml not in self._parsed:
            made = prepared(xml, self._lang)
            style = CitationStylesStyle(io.BytesIO(made.xml), locale="en-US", validate=False)
            self._parsed[xml] = _Variant(made, style, Tailor(style.root))
        return self._parsed[xml]

    def _formatted(self, variant: _Variant, item: Item, area: str) -> str:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                values = variant.prepared.values(item, area)
                variant.tailor.fit(area, {**values, "type": item["type"]})
                text = _rendered(variant.style, str(item["type"]), str(item["language"]), values, area)
        except Exception:  # noqa: BLE001, RUF100 - whatever one reference does to citeproc-py must not stop a report
            return ""
        return finished(text, variant.prepared.words.locale, str(item["language"]))


@dataclass(frozen=True, slots=True)
class _Variant:
    """A part of a style, rewritten, as citeproc-py reads it, and cut to fit each reference."""

    prepared: Prepared
    style: Any
    tailor: Tailor


def _rendered(style: Any, kind: str, language: str, values: Mapping[str, str], area: str) -> str:
    """What citeproc-py makes of one work: its citation, or its entry in the list."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography
    from citeproc.source import BibliographySource, Reference
    from citeproc.string import String

    source = BibliographySource()
    texts = {name: String(text) for name, text in values_of(values).items()}
    source.add(Reference(_KEY, kind, language=language, **texts))
    made = CitationStylesBibliography(style, source, _Formatter)
    citation = Citation([CitationItem(_KEY)])
    made.register(citation)
    return str((made.cite(citation, lambda _item: "") if area == "citation" else made.bibliography()[0]) or "")


def _located(locator: Locator | None) -> Mapping[str, str]:
    if locator is None:
        return {}
    value = locator.value.replace("-", richtext.HYPHEN) if locator.label == "section" else locator.value
    return {"locator": value, "locator-label": locator.label}
