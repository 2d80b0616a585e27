"""The files of data that charts may read, known without drawing them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
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
    data = tree.named(_DATA)
    names = [named_files.filled(name, values) for one in said for name in one.names]
    if None in names or _NAMED_BY_VALUES.search(text):
        return list(data)
    exact = {file for name in names if name for file in _meant(name, data)}
    return [file for file, name in data.items() if file in exact or name in text]


def _meant(name: str, data: Mapping[str, str]) -> Iterator[str]:
    last = named_files.last(name)
    return named_files.ending_in(name, (file for file, called in data.items() if called == last))
