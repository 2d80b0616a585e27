"""Files that chapters name: pictures, and tables of data."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from rapportbygger import localised
from rapportbygger.model import Document, Setting


def folders(document: Document, setting: Setting) -> Iterator[Path]:
    """Where such a name is looked up: from content/, then beside the chapters, then from the project's folder.

    For chapters of a municipality's own its folder is among those.
    """
    yield setting.project.content
    for file in dict.fromkeys(PurePosixPath(text.chapter.file).parent for text in document.texts):
        yield setting.project.root / file
    own = (localised.own_folder(setting.project, text.chapter.file) for text in document.texts)
    yield from dict.fromkeys(filter(None, own))
    yield setting.project.root


def found(source: str, document: Document, setting: Setting) -> Path | None:
    """The file that a chapter names."""
    names = dict.fromkeys((source, unquote(source)))  # pandoc writes spaces and some signs as on the web
    paths = (folder / name for name in names for folder in folders(document, setting))
    return next((Path(os.path.normpath(path)) for path in paths if path.is_file()), None)
