"""Text with marks for italics and the like, as citeproc-py hands it on, to and from pandoc's inlines.

A mark is a pair of private-use characters, so it passes through every operation on text as a character does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rapportbygger.nodes import Node, attr, string, words

MARKS: Mapping[str, tuple[str, str]] = {
    "Emph": ("\ue000", "\ue001"),
    "Strong": ("\ue002", "\ue003"),
    "Superscript": ("\ue004", "\ue005"),
    "Subscript": ("\ue006", "\ue007"),
    "SmallCaps": ("\ue008", "\ue009"),
    "Underline": ("\ue00a", "\ue00b"),
}
"""For each of pandoc's inlines, how marked text begins and ends."""
HYPHEN = "\ue010"
"""A hyphen that must not become a dash: «§ 3-4» is one section."""
QUOTES = ("\ue020", "\ue021")
"""Quotation marks, which become the language's own when it is known how deep they stand."""
KEPT = ("\ue022", "\ue023")
"""Around what keeps its letters as they are (CSL-JSON's `<span class="nocase">`)."""
GUARD = "\ue024"
"""Between two points of an author's own («?!», «...»), which are no meeting of points."""

_TAGS = {"i": "Emph", "b": "Strong", "sup": "Superscript", "sub": "Subscript", "sc": "SmallCaps", "u": "Underline"}
OPENERS = "".join(pair[0] for pair in (*MARKS.values(), QUOTES, KEPT))
CLOSERS = "".join(pair[1] for pair in (*MARKS.values(), QUOTES, KEPT))
_OPENING = {pair[0]: kind for kind, pair in MARKS.items()}
_CLOSING = {pair[1]: kind for kind, pair in MARKS.items()}
_MARK = re.compile(f"([{''.join((*_OPENING, *_CLOSING))}])")
_ADDRESS = re.compile(r"https?://[^\s<>«»\ue000-\uf8ff]+")


STYLED: Mapping[str, tuple[str, str]] = {"Emph": ("\ue040", "\ue041"), "Strong": ("\ue042", "\ue043")}
"""Italics and bold of a style, which stay so inside each other, while those of an author turn inside them."""


def styled(kind: str, text: object) -> str:
    """The text as a style formats it."""
    opening, closing = STYLED.get(kind, MARKS[kind])
    return f"{opening}{text}{closing}"


def mark(kind: str, text: object) -> str:
    """The text between the marks of one of pandoc's inlines."""
    opening, closing = MARKS[kind]
    return f"{opening}{text}{closing}"


_FORMATTING: Mapping[tuple[str, str], str] = {
    ("font-style", "italic"): "Emph",
    ("font-style", "oblique"): "Emph",
    ("font-variant", "small-caps"): "SmallCaps",
    ("font-weight", "bold"): "Strong",
    ("text-decoration", "underline"): "Underline",
    ("vertical-align", "sup"): "Superscript",
    ("vertical-align", "sub"): "Subscript",
}


def formatted(text: str, attributes: Mapping[str, str]) -> str:
    """The text marked as the formatting attributes of a CSL element say."""
    for item in attributes.items():
        if text and item in _FORMATTING:
            text = styled(_FORMATTING[item], text)
    return text


_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>i|b|sup|sub|sc|u)>"
    r"|<span\s+(?:(?P<kept>class=\"no(?:case|decor)\")|style=\"font-variant:\s*small-caps;?\")\s*>|(?P<span></span>)",
    flags=re.IGNORECASE,
)


def from_html(text: str) -> str:
    """CSL-JSON's `<i>`, `<b>`, `<sup>`, `<sub>`, `<sc>` and spans for small capitals and kept letters, as marks."""
    if "<" not in text:
        return text
    spans: list[tuple[str, str]] = []

    def replaced(match: re.Match[str]) -> str:
        if match["name"]:
            return MARKS[_TAGS[match["name"].lower()]][1 if match["end"] else 0]
        if match["span"]:
            return spans.pop()[1] if spans else ""
        spans.append(KEPT if match["kept"] else MARKS["SmallCaps"])
        return spans[-1][0]

    return _TAG.sub(replaced, text)


def inlines(text: str) -> list[Node]:
    """Marked text as inlines; addresses become links. Italics inside italics are upright."""
    made: list[Node] = []
    depth = dict.fromkeys(MARKS, 0)
    for part in _MARK.split(text):
        if part in _OPENING:
            depth[_OPENING[part]] += 1
        elif part in _CLOSING:
            depth[_CLOSING[part]] -= 1
        elif part:
            made += _styled(_linked(part.replace(HYPHEN, "-")), [kind for kind, n in depth.items() if n % 2])
    return made


def _styled(content: list[Node], kinds: Iterable[str]) -> list[Node]:
    for kind in kinds:
        content = [{"t": kind, "c": content}]
    return content


def _linked(text: str) -> list[Node]:
    made: list[Node] = []
    end = 0
    for match in _ADDRESS.finditer(text):
        address = _without_punctuation(match[0])
        made += [*words(text[end : match.start()]), link(address)]
        end = match.start() + len(address)
    return made + words(text[end:])


def _without_punctuation(address: str) -> str:
    """An address without the full stop or bracket of the sentence around it."""
    bare = address.rstrip(".,;:!?")
    while bare.endswith(")") and bare.count("(") < bare.count(")"):
        bare = bare[:-1].rstrip(".,;:!?")
    return bare


def link(address: str) -> Node:
    """An address as a link to itself."""
    return {"t": "Link", "c": [attr(), [string(address)], [address, ""]]}


def joined(nodes: Iterable[Node]) -> list[Node]:
    """Inlines with words that touch made one, and one space where there are two."""
    made: list[Node] = []
    for node in nodes:
        last = made[-1] if made else {"t": ""}
        if node["t"] == last["t"] == "Str":
            made[-1] = string(last["c"] + node["c"])
        elif not node["t"] == last["t"] == "Space":
            made.append(node)
    return made
