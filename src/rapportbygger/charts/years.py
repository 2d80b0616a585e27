"""Years as dates: to Vega, the number 2019 is two seconds after the beginning of 1970."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapportbygger.charts.specification import Rows, views


def temporal_fields(value: Mapping[str, Any]) -> frozenset[str]:
    """The fields that a specification takes for dates."""
    encodings = (view["encoding"] for view, _path, _name in views(value) if isinstance(view.get("encoding"), Mapping))
    channels = (how for encoding in encodings for how in encoding.values() if isinstance(how, Mapping))
    return frozenset(str(how["field"]) for how in channels if "field" in how and _is_temporal(how))


def _is_temporal(how: Mapping[str, Any]) -> bool:
    return how.get("type") == "temporal" or ("timeUnit" in how and "type" not in how)


def as_dates(rows: Rows, fields: frozenset[str]) -> Rows:
    """The rows with years in these fields as their first days."""
    if not fields:
        return rows
    return [
        {name: _date(cell) if name in fields else cell for name, cell in row.items()} if isinstance(row, dict) else row
        for row in rows
    ]


def _date(cell: Any) -> Any:
    return f"{cell}-01-01" if type(cell) is int and 1000 <= cell <= 9999 else cell
