"""What the validators of schemas do not see: a table of checks, each of which tells what is wrong with a package."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from judges import fields, parts, readers, text
from judges.package import Package

CHECKS: dict[str, Callable[[Package], Iterator[str]]] = {
    "relations": parts.relations,
    "content-types": parts.content_types,
    "document-types": parts.document_types,
    "settings": parts.settings,
    "properties": parts.properties,
    "revisions": parts.revisions,
    "sections": parts.sections,
    "styles": parts.styles,
    "numbering": parts.numbering,
    "bookmarks": fields.bookmarks,
    "fields": fields.balance,
    "results": fields.results,
    "dirty": fields.dirty,
    "anchors": fields.anchors,
    "notes": fields.notes,
    "drawings": readers.drawings,
    "alternative-text": readers.alternative_text,
    "header-rows": readers.header_rows,
    "grids": readers.grids,
    "cells": readers.cells,
    "headings": readers.headings,
    "contrast": readers.contrast,
    "white-space": text.white_space,
    "empty-paragraphs": text.empty_paragraphs,
    "bold-paragraphs": text.bold_paragraphs,
    "typed-lists": text.typed_lists,
    "links": text.links,
}


def structure(path: Path, skip: tuple[str, ...] = ()) -> list[str]:
    """Everything the checks find, but for those that are skipped by name, as `check: problem`."""
    unknown = set(skip) - CHECKS.keys()
    if unknown:
        raise ValueError(f"no such check: {unknown}")
    package = Package.open(path)
    chosen = {name: check for name, check in CHECKS.items() if name not in skip}
    return [f"{name}: {problem}" for name, check in chosen.items() for problem in check(package)]
