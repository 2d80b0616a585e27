"""The files of data that charts may read, known without drawing them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from rapportbygger.schedule import named_files
from rapportbygger.schedule.named_files import Named, folded
from rapportbygger.schedule.tree import Tree

_DATA = (".csv", ".tsv", ".json", ".yaml", ".yml", ".xlsx")
_NAMED_BY_VALUES = re.compile(r"url[^\n]*\{[{%]")


def chart_data(specifications: Iterable[Named], values: Mapping[str, Any], tree: Tree) -> list[str]:
    """The files whose names stand in the texts of specifications; all data, where a name is put together of values.

    `values` are the municipality's.
    """
    said = list(specifications)
    text = "\n".join(folded(unquote(one.rest)) for one in said)
    data = [file for file in tree.files if file.lower().endswith(_DATA)]
    names = [named_files.filled(name, values) for one in said for name in one.names]
    if None in names or _NAMED_BY_VALUES.search(text):
        return data
    exact = {file for name in names if name for file in named_files.ending_in(name, data)}
    return [file for file in data if file in exact or folded(PurePosixPath(file).name) in text]
