"""The lists before the text: contents, figures, tables. Their entries are the writers' own (live fields)."""

from __future__ import annotations

from rapportbygger.diagnostics import Problems
from rapportbygger.language import labels
from rapportbygger.model import Document, Setting, div


def resolve(document: Document, setting: Setting) -> tuple[Document, Problems]:
    """The document with the lists that the manifest asks for at its top; none where there is nothing to list."""
    report, texts = setting.report, labels(document.metadata.lang)
    targets = document.targets.values()
    asked = [
        ("toc", report.toc, "sec", texts.contents),
        ("list-of-figures", report.list_of_figures, "fig", texts.list_of_figures),
        ("list-of-tables", report.list_of_tables, "tbl", texts.list_of_tables),
    ]
    lists = [
        div([], name, depth=str(report.toc_depth), title=title)
        for name, wanted, kind, title in asked
        if wanted and any(target.kind == kind and target.listed for target in targets)
    ]
    return Document(document.metadata, (*lists, *document.blocks), document.texts, document.targets), ()
