"""What styles are called, and how a note about a template is made."""

from __future__ import annotations

from collections.abc import Mapping

from rapportbygger.diagnostics import Diagnostic, Severity
from rapportbygger.write.docx.template_styles import IDS

NORWEGIAN: Mapping[str, str] = {
    **{f"heading {level}": f"Overskrift {level}" for level in range(1, 10)},
    **{f"toc {level}": f"INNH {level}" for level in range(1, 10)},
    "bibliography": "Bibliografi",
    "block text": "Blokktekst",
    "body text": "Brødtekst",
    "caption": "Bildetekst",
    "closing": "Hilsen",
    "date": "Dato",
    "default paragraph font": "Standardskrift for avsnitt",
    "footer": "Bunntekst",
    "footnote reference": "Fotnotereferanse",
    "footnote text": "Fotnotetekst",
    "header": "Topptekst",
    "hyperlink": "Hyperkobling",
    "list paragraph": "Listeavsnitt",
    "normal table": "Vanlig tabell",
    "quote": "Sitat",
    "signature": "Underskrift",
    "subtitle": "Undertittel",
    "table of figures": "Figurliste",
    "title": "Tittel",
    "toc heading": "Overskrift for innholdsfortegnelse",
}
"""What Norwegian Word calls its own styles, by their English names in small letters."""


def style_name(name: str) -> str:
    """A style as both Norwegian and English Word show it."""
    norwegian = NORWEGIAN.get(name.casefold())
    if norwegian and norwegian.casefold() != name.casefold():
        return f"{norwegian} ({name})"
    return name.title() if name in IDS else name


def warning(code: str, message: str, hint: str) -> Diagnostic:
    """What a reader of the report would notice."""
    return Diagnostic(code, message, hint=hint, severity=Severity.WARNING)


def info(code: str, message: str, hint: str) -> Diagnostic:
    """What a designer may want to know."""
    return Diagnostic(code, message, hint=hint, severity=Severity.INFO)
