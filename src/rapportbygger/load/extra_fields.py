"""Fields that Zotero has no room for, which people write in its field «Extra»: `Citation Key: hansen2010`, a line each.

Zotero exports them as the item's `note`; citeproc-js and Zotero read them from there, and so do we.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rapportbygger.csl_variables import DATES, NAMES, VARIABLES

_LINE = re.compile(r"\{:([\w -]+):([^{}]*)\}|^([^\W\d_][\w -]{0,40}):[ \t]*(.*)$", re.MULTILINE)
_BY_LABEL = {name.lower(): name for name in (*VARIABLES, *NAMES, *DATES, "type", "citation-key")} | {
    "citekey": "citation-key",
    "publication-title": "container-title",
    "place": "publisher-place",
    "pages": "page",
    "series": "collection-title",
    "date": "issued",
    "original-publication-date": "original-date",
}


def spread(item: Mapping[str, Any]) -> dict[str, Any]:
    """The item with the fields that its note holds, which it has not itself, and the rest of the note."""
    note = item.get("note")
    if not isinstance(note, str) or ":" not in note:
        return dict(item)
    found: dict[str, Any] = {}

    def taken(match: re.Match[str]) -> str:
        label, text = (match[1], match[2]) if match[1] else (match[3], match[4])
        name = _BY_LABEL.get(re.sub(r"[ _]+", "-", label.strip().lower()))
        if name is None or not text.strip() or name == "note":
            return match[0]
        _put(found, name, text.strip())
        return ""

    rest = "\n".join(line for line in _LINE.sub(taken, note).splitlines() if line.strip())
    kind = {"type": found["type"]} if "type" in found else {}
    return {**found, **{name: value for name, value in item.items() if name != "note"}, **kind} | (
        {"note": rest} if rest else {}
    )


def _put(found: dict[str, Any], name: str, text: str) -> None:
    if name not in NAMES:
        found.setdefault(name, text)
        return
    family, divided, given = (part.strip() for part in text.partition("||"))
    one = {"family": family, "given": given} if divided else {"literal": text}
    found.setdefault(name, []).append(one)
