"""The files of data that charts may read, known without drawing them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from unicodedata import normalize
from urllib.parse import unquote

from rapportbygger.schedule.tree import Tree

_DATA = (".csv", ".tsv", ".json", ".yaml", ".yml", ".xlsx")
_NAMED_BY_VALUES = re.compile(r"url[^\n]*\{[{%]")


def chart_data(specifications: Iterable[str], tree: Tree) -> list[str]:
    """The files whose names stand in the texts of specifications; all data, where a name is put together of values."""
    text = "\n".join(_folded(unquote(each)) for each in specifications)
    data = [file for file in tree.files if file.lower().endswith(_DATA)]
    if _NAMED_BY_VALUES.search(text):
        return data
    return [file for file in data if _folded(PurePosixPath(file).name) in text]


def _folded(text: str) -> str:
    return normalize("NFC", text).casefold()
