"""What a municipality has written in another language than the report's, marked where Markdown has room for it.

A long text that a chapter writes stands between two characters for private use (Unicode 23.5) until the chapter is
merged. Then they become a Div where the text stands by itself, a Span where it stands in a line, and nothing where
neither can be: in code, in attributes, in addresses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any

from rapportbygger import fences

LEAST_WORDS = 4
"""Shorter texts are names, places and headwords, which are the same in both forms of Norwegian."""

CHANGING = ("capitalize", "lower", "replace", "striptags", "trim", "truncate", "upper")
"""Jinja's filters that make another text of a text, in the same language."""

_OPENS = {"\U0010fff2": "nb", "\U0010fff3": "nn", "\U0010fff4": "en"}
_OPEN = {lang: sign for sign, lang in _OPENS.items()}
_CLOSE = "\U0010fff5"
_TEXT = re.compile(f"([{''.join(_OPENS)}])([^{''.join(_OPENS)}{_CLOSE}]*){_CLOSE}")
_MARKS = re.compile(f"\U0010fff0[0-9]+\U0010fff1|[{''.join(_OPENS)}{_CLOSE}]")
_STRAY = re.compile(f"[{''.join(_OPENS)}{_CLOSE}]")
_INDENTED = re.compile(r"(?: {4}|\t)\s*(?!\s|[-+*]\s|\d+[.)]\s)")
_BEGINS_BLOCK = re.compile(r"[-+*]\s|[#>:~=|]|\d+[.)]\s")


class Quotation(str):
    """A text in another language than the report's."""

    lang = ""


class Quoting(Mapping[Any, Any]):
    """A municipality's values, its long texts as quotations."""

    def __init__(self, values: Mapping[Any, Any], lang: str) -> None:
        self._values, self._lang = values, lang

    def __getitem__(self, key: Any) -> Any:
        """The value, or a `Quotation` of it."""
        return quoting(self._values[key], self._lang)

    def __iter__(self) -> Iterator[Any]:
        """The fields' names."""
        return iter(self._values)

    def __len__(self) -> int:
        """How many fields there are."""
        return len(self._values)


def quoting(value: Any, lang: str) -> Any:
    """A value in a language; texts of few words as they are."""
    if isinstance(value, Mapping):
        return Quoting(value, lang)
    if isinstance(value, list):
        return [quoting(each, lang) for each in value]
    if isinstance(value, str) and lang in _OPEN and len(value.split()) >= LEAST_WORDS:
        quotation = Quotation(value)
        quotation.lang = lang
        return quotation
    return value


def like(value: Any, changed: Any) -> Any:
    """What was made of a value, in the value's language."""
    return quoting(changed, value.lang) if isinstance(value, Quotation) else changed


def kept(change: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that changes a text (`trim`, `replace`), with a quotation for a quotation."""

    @wraps(change)
    def changed(*arguments: Any, **named: Any) -> Any:
        said = next((each for each in arguments if isinstance(each, Quotation)), None)
        return like(said, change(*arguments, **named))

    return changed


def opened(value: Any) -> Any:
    """What is written for a value, or put together with others: a quotation between its signs."""
    return f"{_OPEN[value.lang]}{value}{_CLOSE}" if isinstance(value, Quotation) else value


def marked(text: str) -> str:
    """The merged text with Divs and Spans for the signs; line marks stay where they are."""
    if not _STRAY.search(text):
        return text
    code = [is_code for _line, is_code in fences.lines(_MARKS.sub("", text))]
    written: list[str] = []
    line = start = end = 0
    for found in _TEXT.finditer(text):
        line, start = line + text.count("\n", start, found.start()), found.start()
        said = found[2] if code[line] else _spoken(found[2], _OPENS[found[1]], _Place(text, start, found.end()))
        written += [text[end:start], said]
        end = found.end()
    return _STRAY.sub("", "".join([*written, text[end:]]))


def unmarked(text: str) -> str:
    """A text without the signs, where no language can be marked."""
    return _STRAY.sub("", text)


class _Place:
    """What stands around a text: on its line before and after it, and on the lines beside."""

    def __init__(self, text: str, start: int, end: int) -> None:
        first, last = _begin(text, start), _end(text, end)
        above, below = max(first - 1, 0), min(last + 1, len(text))
        self.before = _MARKS.sub("", text[first:start])
        self.after = _MARKS.sub("", text[end:last])
        self.above = _MARKS.sub("", text[_begin(text, above) : above])
        self.below = _MARKS.sub("", text[below : _end(text, below)])

    @property
    def alone(self) -> bool:
        """Whether the text is blocks of its own."""
        beside = (self.above.strip(), self.below.strip())
        return not self.before and not self.after.strip() and all(not line or line[:3] == ":::" for line in beside)

    @property
    def in_words(self) -> bool:
        """Whether the text stands in a line where a Span can."""
        line = self.before
        closed = all(line.count(a) == line.count(b) for a, b in ("{}", "()", "<>")) and "![" not in line
        return closed and not line.count("`") % 2 and not line.count("$") % 2 and not _INDENTED.match(f"{line}x")


def _begin(text: str, at: int) -> int:
    """Where the line begins that a place is on."""
    return text.rfind("\n", 0, at) + 1


def _end(text: str, at: int) -> int:
    """Where it ends."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _spoken(text: str, lang: str, place: _Place) -> str:
    if place.alone:
        fenced = any(sign in text for sign in (":::", "```", "~~~"))
        return text if fenced else f"::: {{lang={lang}}}\n\n{text.strip()}\n\n:::"
    bare = text.strip()
    if "\n" in bare or not place.in_words or not _balanced(bare) or _BEGINS_BLOCK.match(bare):
        return text
    return f"[{bare}]{{lang={lang}}}"


def _balanced(text: str) -> bool:
    """Whether brackets and code close in the text."""
    depth = 0
    for sign in re.sub(r"\\.", "", text):
        depth += (sign == "[") - (sign == "]")
        if depth < 0:
            return False
    return depth == 0 and not text.count("`") % 2 and not text.endswith("\\")
