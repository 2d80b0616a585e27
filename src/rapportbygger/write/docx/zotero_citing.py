"""Zotero's citations: ADDIN fields with CSL-JSON, and the document's preferences among its properties."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from html import escape
from typing import Any

from rapportbygger.cited import Citations, CitedWork
from rapportbygger.language import labels
from rapportbygger.write.docx import ooxml_citations
from rapportbygger.write.docx.citation_fields import Program, Shown
from rapportbygger.write.docx.package import Parts

_SCHEMA = "https://github.com/citation-style-language/schema/raw/master/csl-citation.json"
_SIGNS = "23456789ABCDEFGHIJKLMNPQRSTUVWXYZ"
"""What Zotero's keys are made of."""


def program(citations: Citations, lang: str) -> Program:
    """What Zotero's plugin needs to go on citing in a document in nb, nn or en."""
    cited = {work.key for cluster in citations.clusters.values() for work in cluster}
    uncited = [[_address(key, work)] for key, work in citations.works.items() if key not in cited]
    listed = {"uncited": uncited, "omitted": [], "custom": []}
    return Program(
        instruction=lambda shown: instruction(shown, citations),
        list_instruction=f"ADDIN ZOTERO_BIBL {_json(listed)} CSL_BIBLIOGRAPHY",
        parts=partial(_with_preferences, preferences=_preferences(citations, lang)),
    )


def instruction(shown: Shown, citations: Citations) -> str:
    """What a field says: the citation with its works, so that it can be formatted where a library has not got them."""
    value = {
        "citationID": _key(f"{shown.number} {shown.text}"),
        "properties": {"formattedCitation": shown.text, "plainCitation": shown.text, "noteIndex": shown.note},
        "citationItems": [
            _item(work, citations.works[work.key], apart=shown.in_text and at == 0)
            for at, work in enumerate(shown.works)
        ],
        "schema": _SCHEMA,
    }
    return f"ADDIN ZOTERO_ITEM CSL_CITATION {_json(value)}"


def _item(cited: CitedWork, work: Mapping[str, Any], *, apart: bool) -> dict[str, Any]:
    """A work in a citation. `apart` says that its author stands before the field."""
    address = _address(cited.key, work)
    data = {name: value for name, value in work.items() if name != "custom"}
    said: dict[str, Any] = {"id": cited.key, "uris": [address], "itemData": {**data, "id": cited.key}}
    if cited.locator:
        said |= {"locator": cited.locator, "label": cited.label}
    said |= {name: text for name, text in (("prefix", cited.prefix), ("suffix", cited.suffix)) if text}
    return said | ({"suppress-author": True} if apart or cited.form == "SuppressAuthor" else {})


def _address(key: str, work: Mapping[str, Any]) -> str:
    """The work's own address in Zotero, where it came from there; else one that no library has."""
    custom = work.get("custom")
    uri = custom.get("uri") if isinstance(custom, Mapping) else None
    return str(uri or f"http://zotero.org/users/local/{_key('rapportbygger')}/items/{_key(key)}")


def _key(text: str) -> str:
    """Eight signs as Zotero's keys have, always the same for the same text."""
    digest = sha256(text.encode()).digest()
    return "".join(_SIGNS[byte % len(_SIGNS)] for byte in digest[:8])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def _preferences(citations: Citations, lang: str) -> str:
    """What Zotero knows a document of its own by: the style, and that it is written in fields."""
    style = f'id="{escape(citations.style)}" locale="{labels(lang).bcp47}"'
    return (
        f'<data data-version="3" zotero-version="7.0.0"><session id="{_key(citations.style)}"/>'
        f'<style {style} hasBibliography="1" bibliographyStyleHasBeenSet="1"/>'
        '<prefs><pref name="fieldType" value="Field"/></prefs></data>'
    )


def _with_preferences(parts: Parts, preferences: str) -> dict[str, bytes]:
    """In pieces, each as long as Word lets a property be."""
    limit = ooxml_citations.LIMIT
    pieces = [preferences[at : at + limit] for at in range(0, len(preferences), limit)]
    texts = {f"ZOTERO_PREF_{number}": piece for number, piece in enumerate(pieces, 1)}
    return ooxml_citations.with_custom_properties(parts, texts)
