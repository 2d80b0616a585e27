"""The lists before the text: contents, figures, tables. Their entries are the writers' own live fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rapportbygger.diagnostics import Problems
from rapportbygger.language import labels
from rapportbygger.model import Document, Setting, Target
from rapportbygger.nodes import Node, div, elements


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
    blocks = (*lists, *document.blocks)
    return replace(document, blocks=blocks, targets=_with_final_titles(document)), ()


def _with_final_titles(document: Document) -> Mapping[str, Target]:
    """The targets with their titles as they are now, with citations and quotation marks in them resolved."""
    titles = {
        identifier: tuple(title)
        for node in elements(document.blocks, "Header", "Figure", "Table")
        for identifier, title in [_title(node)]
    }
    return {name: _titled(target, titles.get(name, target.title)) for name, target in document.targets.items()}


def _titled(target: Target, title: tuple[Node, ...]) -> Target:
    return target if title == target.title else replace(target, title=title)


def _title(node: Node) -> tuple[str, list[Node]]:
    if node["t"] == "Header":
        return node["c"][1][0], node["c"][2]
    caption = node["c"][1][1]
    return node["c"][0][0], caption[0]["c"][3:] if caption else []
