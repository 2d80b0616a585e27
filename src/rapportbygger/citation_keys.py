"""Keys with spaces, `@{Hansen 2010}`, which pandoc would not take for keys: their spaces are hidden from it."""

from __future__ import annotations

import re
from typing import Any

_KEY = re.compile(r"(?<=@\{)[^\s{}@](?:[^{}\n@]*[^\s{}@])?(?=\})")
_HIDDEN = "\uf8f0"


def hidden(markdown: str) -> str:
    """The text with another sign for each space in a key in braces."""
    return _KEY.sub(lambda match: match[0].replace(" ", _HIDDEN).replace("\u00a0", _HIDDEN), markdown)


def shown(node: Any) -> Any:
    """What pandoc made of such a text, with the spaces in their places again."""
    if isinstance(node, str):
        return node.replace(_HIDDEN, " ")
    if isinstance(node, list):
        return [shown(child) for child in node]
    return {name: shown(value) for name, value in node.items()} if isinstance(node, dict) else node
