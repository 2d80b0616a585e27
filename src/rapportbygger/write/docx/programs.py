"""The programs that may go on citing in a Word file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rapportbygger.cited import Citations
from rapportbygger.model import Document
from rapportbygger.write.docx import word_citing, zotero_citing
from rapportbygger.write.docx.citation_fields import Program

PROGRAMS: Mapping[str, Callable[[Citations, str], Program]] = {
    "word": word_citing.program,
    "zotero": zotero_citing.program,
}


def program_for(name: str, document: Document) -> Program | None:
    """The program of that name with what a document cites; none for "", and where nothing is cited."""
    citations = document.citations
    return PROGRAMS[name](citations, document.metadata.lang) if name and citations.works else None
