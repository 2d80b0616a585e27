"""The few marks of Markdown that titles in CSL YAML have, as the tags of CSL-JSON. What is no mark stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_TEXTS = frozenset((
    "title", "title-short", "shortTitle", "container-title", "container-title-short", "collection-title", "event-title",
    "event", "original-title", "volume-title", "part-title", "reviewed-title", "genre", "note", "publisher", "medium",
))  # fmt: skip
_MARKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\[([^\[\]]+)\]\{\.nocase\}"), r'<span class="nocase">\1</span>'),
    (re.compile(r"\[([^\[\]]+)\]\{\.smallcaps\}"), r"<sc>\1</sc>"),
    (re.compile(r"\*\*(?=\S)([^*]+?)(?<=\S)\*\*"), r"<b>\1</b>"),
    (re.compile(r"\*(?=\S)([^*]+?)(?<=\S)\*"), r"<i>\1</i>"),
    (re.compile(r"(?<!\w)_(?=\S)([^_]+?)(?<=\S)_(?!\w)"), r"<i>\1</i>"),
    (re.compile(r"\^([^\s^]+)\^"), r"<sup>\1</sup>"),
    (re.compile(r"(?<!~)~([^\s~]+)~(?!~)"), r"<sub>\1</sub>"),
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def tagged(item: Mapping[str, Any]) -> dict[str, Any]:
    """The item with its titles in CSL-JSON's own form: `*Skam*` as `<i>Skam</i>`."""
    return {
        name: _tagged(value) if name in _TEXTS and isinstance(value, str) else value for name, value in item.items()
    }


def _tagged(text: str) -> str:
    # Escaped signs are hidden while marks are looked for.
    hidden = _ESCAPED.sub(lambda match: chr(0xE100 + ord(match[1])), text)
    for pattern, tags in _MARKS:
        hidden = pattern.sub(tags, hidden)
    return re.sub("[\ue100-\ue17f]", lambda match: chr(ord(match[0]) - 0xE100), hidden)
