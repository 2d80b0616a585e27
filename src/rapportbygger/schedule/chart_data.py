"""The files of data that charts may read, known without drawing them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote

from rapportbygger.schedule import named_files
from rapportbygger.schedule.named_files import Endings, Named, folded

_DATA = (".csv", ".tsv", ".json", ".yaml", ".yml", ".xlsx")
_NAMED_BY_VALUES = re.compile(r"url[^\n]*\{[{%]")


class ChartData:
    """The files of data among the files of a project."""

    def __init__(self, files: Iterable[str]) -> None:
        data = [file for file in files if file.lower().endswith(_DATA)]
        self._names = {file: folded(file.rpartition("/")[2]) for file in data}
        self._by_ending = Endings(data)
        self._standing_in: dict[str, list[str]] = {}

    def used(self, specifications: Iterable[Named], values: Mapping[str, Any]) -> list[str]:
        """The files whose names stand in the texts of specifications; all, where one is put together of values.

        `values` are the municipality's.
        """
        said = list(specifications)
        text = "\n".join(folded(unquote(one.rest)) for one in said)
        names = [named_files.filled(name, values) for one in said for name in one.names]
        if None in names or _NAMED_BY_VALUES.search(text):
            return list(self._names)
        exact = {file for name in names if name for file in self._by_ending.of(name)}
        return sorted(exact.union(self._mentioned(text)))

    def _mentioned(self, text: str) -> list[str]:
        if text not in self._standing_in:
            self._standing_in[text] = [file for file, name in self._names.items() if name in text]
        return self._standing_in[text]
