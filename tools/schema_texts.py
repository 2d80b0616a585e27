"""What the manifest's schema says to users, for the catalogue: Babel's extractor for `make messages`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

import yaml


def extract(
    file: IO[bytes], keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Line, function, message and comments of each text of a schema in YAML that can be shown (Babel's signature)."""
    del keywords, comment_tags, options
    for text in sorted(set(texts(yaml.safe_load(file.read())))):
        yield 1, "_", text, []


def texts(schema: Any) -> Iterator[str]:
    """The descriptions, and the titles of what must be there and of what fields can belong to."""
    if not isinstance(schema, dict):
        return
    if isinstance(schema.get("description"), str):
        yield schema["description"]
    properties = schema.get("properties", {})
    required = [properties[name] for name in schema.get("required", ()) if name in properties]
    owners = [each for each in schema.get("$defs", {}).values() if "properties" in each]
    yield from (each["title"] for each in (*required, *owners) if "title" in each)
    for value in schema.values():
        yield from texts(value)
