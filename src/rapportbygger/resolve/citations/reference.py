"""Formats one reference with citeproc-py, which is neither changed nor asked about anything but one reference."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Mapping
from typing import Any

from rapportbygger.resolve.citations import richtext
from rapportbygger.resolve.citations.authordate_style import AuthorDateStyle, Part, part
from rapportbygger.resolve.citations.clusters import Item
from rapportbygger.resolve.citations.locators import Locator
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
        self._tailors: dict[Any, Tailor] = {}
        self._variants: dict[tuple[Part, int, bool], Any] = {}

    def author(self, item: Item, *, shown: int = 0, in_text: bool = False) -> str:
        """Who a work is by, as it is cited: «Tiller», «Dahl mfl.», a title where there is nobody."""
        return self._citation(self._variant(Part.AUTHOR, shown, in_text), item, None)

    def details(self, item: Item, locator: Locator | None = None) -> str:
        """What follows the author: «2006, s. 12»."""
        return _lettered(self._citation(self._variant(Part.DETAILS), item, locator), item)

    def entry(self, item: Item) -> str:
        """The work in the reference list."""
        text = self._formatted(self._variant(Part.DETAILS), "bibliography", item, None)
        literal = item.get("issued", {}).get("literal")
        # No style can tell a literal date from others, so one that writes year and day apart writes it twice.
        return text.replace(f"{literal}, {literal}", literal) if literal else _lettered(text, item)

    def _citation(self, style: Any, item: Item, locator: Locator | None) -> str:
        return self._formatted(style, "citation", item, locator)

    def _tailor(self, style: Any) -> Tailor:
        if style not in self._tailors:
            self._tailors[style] = Tailor(style.root)
        return self._tailors[style]

    def _variant(self, which: Part, shown: int = 0, in_text: bool = False) -> Any:
        wanted = (which, shown, in_text)
        if wanted not in self._variants:
            self._variants[wanted] = self._parse(part(self._style, which, shown=shown, in_text=in_text))
        return self._variants[wanted]

    def _parse(self, xml: bytes) -> Any:
        from citeproc import CitationStylesStyle

        if xml not in self._parsed:
            self._parsed[xml] = CitationStylesStyle(io.BytesIO(xml), locale=self._lang, validate=False)
        return self._parsed[xml]

    def _formatted(self, style: Any, layout: str, item: Item, locator: Locator | None) -> str:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._tailor(style).fit(layout, item, locator=locator is not None)
                text = _rendered(style, layout, item, locator)
        except Exception:  # noqa: BLE001, RUF100 - whatever one reference does to citeproc-py must not stop a report
            return ""
        return richtext.tidy_stops(str(text or ""))


def _lettered(text: str, item: Item) -> str:
    """The text with the letter after the year where the style leaves it to the processor (CSL 1.0.2, year-suffix)."""
    parts = item.get("issued", {}).get("date-parts")
    if not parts or not item.get("year-suffix"):
        return text
    year, letter = str(parts[0][0]), item["year-suffix"]
    return text if f"{year}{letter}" in text else text.replace(year, f"{year}{letter}", 1)


def _rendered(style: Any, layout: str, item: Item, locator: Locator | None) -> object:
    """What citeproc-py writes of one work with one of a style's layouts."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography
    from citeproc.source.json import CiteProcJSON

    made = CitationStylesBibliography(style, CiteProcJSON([{**item, "id": _KEY}]), _Formatter)
    citation = Citation([CitationItem(_KEY, **_located(locator))])
    made.register(citation)
    return made.bibliography()[0] if layout == "bibliography" else made.cite(citation, lambda _item: "")


def _located(locator: Locator | None) -> Mapping[str, Any]:
    from citeproc import Locator as Located

    if locator is None:
        return {}
    value = locator.value
    return {
        "locator": Located(locator.label, value.replace("-", richtext.HYPHEN) if locator.label == "section" else value)
    }
