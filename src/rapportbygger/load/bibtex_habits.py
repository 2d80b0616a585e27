"""What programs and people write in BibTeX that neither BibTeX nor BibLaTeX knows, as those would have it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from rapportbygger.load import latex
from rapportbygger.load.bibtex import Entry, Field

_KINDS = {
    "url": "online",
    "webpage": "online",
    "website": "online",
    "internet": "online",
    "blog": "online",
    "masterthesis": "mastersthesis",
    "film": "movie",
}
_PRESS = {"magazine": "magazine", "newspaper": "newspaper"}
_ENDNOTE = frozenset((
    "book", "book section", "conference paper", "conference proceedings", "edited book", "electronic article",
    "electronic book", "generic", "government document", "journal article", "magazine article", "newspaper article",
    "report", "thesis", "web page",
))  # fmt: skip
"""What EndNote writes in `type` that the entry's own type says already."""
_ADDRESS = re.compile(r"\s*(?:\\url\s*)?\{?\s*(https?://\S+?)\}?\s*")


def tidied(entry: Entry) -> Entry:
    """The entry with its address in `url`, and of a type that is known where there is a common name for it."""
    kind, fields = _KINDS.get(entry.kind, entry.kind), dict(entry.fields)
    written = latex.plain(fields["type"].value).lower() if "type" in fields else ""
    if written in _ENDNOTE:
        del fields["type"]
    if kind == "misc" and written == "web page":
        kind = "online"
    press = _PRESS.get(kind) or _PRESS.get(written.removesuffix(" article"))
    if press:
        kind = "article"
        fields.setdefault("entrysubtype", Field(press, entry.at))
    return replace(entry, kind=kind, fields=_with_address(fields))


def _with_address(fields: Mapping[str, Field]) -> Mapping[str, Field]:
    """An address in `howpublished`, as BibTeX has it, is one in `url`."""
    how = fields.get("howpublished")
    address = _ADDRESS.fullmatch(how.value) if how else None
    if how is None or address is None or "url" in fields:
        return fields
    return {
        **{name: one for name, one in fields.items() if name != "howpublished"},
        "url": replace(how, value=address[1]),
    }
