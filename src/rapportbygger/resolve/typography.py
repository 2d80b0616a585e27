"""The finishing of the text: quotation marks, no-break spaces and dashes of the language it is in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from operator import is_
from typing import Any, NamedTuple

from rapportbygger.diagnostics import Problems
from rapportbygger.language import labels
from rapportbygger.model import Document, Setting
from rapportbygger.nodes import ATTRIBUTES, LEAVES, Node, attributes, branches, has_class, pairs_of, plain, string
from rapportbygger.recent import OfEach, Recent
from rapportbygger.resolve.characters import FORMULA, OBJECT, finished
from rapportbygger.resolve.no_break_spaces import NO_BREAK_SPACE

_TEXT = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n", "Math": FORMULA}
_INSIDE = {
    "Emph": None,
    "Strong": None,
    "Underline": None,
    "Strikeout": None,
    "SmallCaps": None,
    "Span": 1,
    "Link": 1,
    "Cite": 1,
}
"""Where the inlines of an element stand (None: they are all its content) that is read on with the text around it."""
_APART = frozenset(("Superscript", "Subscript", "Image", "Note"))
"""What holds words, but not of the sentence that it stands in."""
_AS_IT_IS = frozenset(("Code", "CodeBlock", "Math", "RawInline", "RawBlock", "HorizontalRule"))
_TREES = (dict, list)
_INLINES = frozenset((*_TEXT, *_INSIDE, *_APART, "Str", "Quoted", "Code", "RawInline"))


class _Voice(NamedTuple):
    """Who speaks: in which language ("": one without rules here), and whether by a style for references, which has its
    own signs."""

    lang: str
    styled: bool = False


def resolve(document: Document, _setting: Setting) -> tuple[Document, Problems]:
    """The document with «» (nb, nn) or “” (en) instead of pandoc's Quoted, and the characters of finished text.

    What is in another language has that one's, where it is nb, nn or en. Code, formulas, addresses, identifiers, labels
    of captions and the numbers of cross references stay as they are; so do dashes in what a CSL style has formatted.
    """
    finished_block = _finishers.of(document.metadata.lang, lambda: _finisher(document.metadata.lang))
    return replace(document, blocks=tuple(map(finished_block, document.blocks))), ()


def _finisher(lang: str) -> OfEach[Node, Node]:
    """Finishes the blocks of documents in one language, of which it knows the last."""
    return _Finisher(lang).block


_finishers = Recent[str, OfEach[Node, Node]]()


class _Finisher:
    """Finishes the trees of documents of which `lang` is the language."""

    def __init__(self, lang: str) -> None:
        self._lang, self._own = lang, _Voice(lang)
        self.block = OfEach[Node, Node](lambda block: self.tree(block, self._own))

    def tree(self, node: Any, voice: _Voice) -> Any:
        """A part of the document, in which `voice` speaks; what does not change is shared."""
        if type(node) is dict:
            return self._element(node, voice)
        if type(node) is not list or not node or type(node[0]) is str:  # attributes and the like
            return node
        if type(node[0]) is dict and node[0].get("t") in _INLINES:
            return self._sentence(node, voice)
        return _shared(node, [self.tree(child, voice) if type(child) in _TREES else child for child in node])

    def _element(self, node: Node, voice: _Voice) -> Node:
        kind = node.get("t")
        if kind is None:
            return {key: self.tree(value, voice) for key, value in node.items()}
        content = node.get("c")
        if not content or kind in _AS_IT_IS:
            return node
        inside = _voice(node, voice) if kind in ATTRIBUTES else voice
        if kind == "Div" and inside == self._own and has_class(node, "references"):  # its entries are others' too
            new = _shared(content, [content[0], _shared(content[1], [self.block(block) for block in content[1]])])
        else:
            new = self.tree(content, inside)
        return node if new is content else {"t": kind, "c": new}

    def _sentence(self, inlines: Sequence[Node], voice: _Voice) -> Sequence[Node]:
        """The inlines of one paragraph, heading, cell or the like, read as one text across their boundaries."""
        if branches(inlines):
            inlines = self._all_prepared(inlines, voice)
            pieces = _pieces(inlines, voice)
            before = "".join([text for text, _ in pieces])
            after = _finished(pieces, before)
        else:  # as most are
            before = plain(inlines)
            after = finished(before, voice.lang, dashes=not voice.styled)
        return inlines if after == before else _Rewriter(after).inlines(inlines)

    def _all_prepared(self, inlines: Sequence[Node], voice: _Voice) -> Sequence[Node]:
        prepared, end = list[Node](), 0
        for at in _marks(inlines):
            new = self._prepared(inlines[at], voice)
            if new is not inlines[at]:
                prepared += (*inlines[end:at], *(new if isinstance(new, list) else (new,)))
                end = at + 1
        return [*prepared, *inlines[end:]] if prepared else inlines

    def _prepared(self, inline: Node, voice: _Voice) -> Node | list[Node]:
        """The inline with its quotation marks, and finished where it is a text of its own."""
        kind = inline["t"]
        if kind == "Quoted":
            outer, inner = labels(voice.lang or self._lang).quotes
            opening, closing = outer if inline["c"][0]["t"] == "DoubleQuote" else inner
            return _joined(string(opening), self._all_prepared(inline["c"][1], voice), string(closing))
        if kind in _APART or _is_title(inline):
            return self._element(inline, voice)
        if kind not in _INSIDE:
            return inline
        content = _content(inline)
        new = self._all_prepared(content, _voice(inline, voice))
        return inline if new is content else _with_content(inline, new)


def _finished(pieces: Sequence[tuple[str, _Voice]], text: str) -> str:
    """The text of the pieces (each with its voice), of which each voice is finished apart from the others."""
    voices = {voice for piece, voice in pieces if piece}
    if len(voices) == 1:
        (voice,) = voices
        return finished(text, voice.lang, dashes=not voice.styled)
    ends = list(accumulate(len(piece) for piece, _ in pieces))
    done = {voice: finished(_alone(pieces, voice), voice.lang, dashes=not voice.styled) for voice in voices}
    return "".join(
        done[voice][end - len(piece) : end] for (piece, voice), end in zip(pieces, ends, strict=True) if piece
    )


def _alone(pieces: Sequence[tuple[str, _Voice]], voice: _Voice) -> str:
    """What one voice says, with signs in place of what the others do."""
    return "".join([piece if own == voice else OBJECT * len(piece) for piece, own in pieces])


def _pieces(inlines: Sequence[Node], voice: _Voice) -> list[tuple[str, _Voice]]:
    """The text of inlines in pieces, each with its voice; what is no text has the length 1."""
    pieces, text, end = list[tuple[str, _Voice]](), "", 0
    for at in _marks(inlines):
        inline = inlines[at]
        text += plain(inlines[end:at])
        end = at + 1
        if _is_read(inline):
            pieces += [(text, voice), *_pieces(_content(inline), _voice(inline, voice))]
            text = ""
        else:
            text += _TEXT.get(inline["t"], OBJECT)
    return [*pieces, (text + plain(inlines[end:]), voice)]


def _marks(inlines: Sequence[Node]) -> list[int]:
    """Where among inlines the others than words and the spaces between them stand."""
    return [at for at, inline in enumerate(inlines) if inline["t"] not in LEAVES]


class _Rewriter:
    """Puts a text that was finished back where its pieces came from."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0

    def inlines(self, inlines: Sequence[Node]) -> list[Node]:
        """The same inlines with the text's characters; words that are held together become one Str."""
        out: list[Node] = []
        after_word = False
        for inline in inlines:
            new = self._word(inline) if inline["t"] == "Str" else self._other(inline)
            is_word = new["t"] == "Str"
            if is_word and after_word:
                out[-1] = string(out[-1]["c"] + new["c"])
            else:
                out.append(new)
            after_word = is_word
        return out

    def _word(self, word: Node) -> Node:
        said = word["c"]
        self._at += len(said)
        if self._text.startswith(said, self._at - len(said)):
            return word
        return string(self._text[self._at - len(said) : self._at])

    def _other(self, inline: Node) -> Node:
        if inline["t"] not in LEAVES and _is_read(inline):
            return _with_content(inline, self.inlines(_content(inline)))
        self._at += 1
        return string(NO_BREAK_SPACE) if self._text[self._at - 1] == NO_BREAK_SPACE else inline


# --------------------------------------------------------------------------------------------------------- the elements


def _is_read(inline: Node) -> bool:
    """Whether an inline's words belong to the text around it, and may change with it."""
    if inline["t"] == "Link":
        return not _is_address(inline)
    return inline["t"] in _INSIDE and not _is_title(inline) and "caption-label" not in _classes(inline)


def _is_address(link: Node) -> bool:
    text = plain(link["c"][1])
    return "uri" in link["c"][0][1] or text in (link["c"][2][0], link["c"][2][0].removeprefix("mailto:"))


def _is_title(inline: Node) -> bool:
    """Whether an inline is another place's words: they are finished as they are there."""
    return "crossref" in _classes(inline) and pairs_of(inline["c"][0]).get("part") == "title"


def _classes(inline: Node) -> Sequence[str]:
    return inline["c"][0][1] if inline["t"] == "Span" else ()


def _voice(node: Node, voice: _Voice) -> _Voice:
    """Who speaks inside an element."""
    if node["t"] not in ATTRIBUTES:
        return voice
    styled = voice.styled or has_class(node, "citation") or has_class(node, "csl-entry")
    tag = pairs_of(attributes(node)).get("lang")
    if tag is None:
        return voice._replace(styled=styled)
    primary = re.split("[-_]", tag, maxsplit=1)[0].lower()
    return _Voice({"nb": "nb", "no": "nb", "nn": "nn", "en": "en"}.get(primary, ""), styled)


def _content(inline: Node) -> Any:
    at = _INSIDE[inline["t"]]
    return inline["c"] if at is None else inline["c"][at]


def _with_content(inline: Node, content: Sequence[Node]) -> Node:
    at = _INSIDE[inline["t"]]
    whole = content if at is None else [*inline["c"][:at], content, *inline["c"][at + 1 :]]
    return {"t": inline["t"], "c": whole}


def _shared(old: Sequence[Any], new: list[Any]) -> Sequence[Any]:
    """The old sequence, if the new one holds the same things."""
    return old if len(old) == len(new) and all(map(is_, old, new)) else new


def _joined(opening: Node, inlines: Sequence[Node], closing: Node) -> list[Node]:
    """Marks and words as one Str where they touch: a line must not break between them."""
    out = [opening, *inlines, closing]
    if len(out) > 2 and out[1]["t"] == "Str":
        out[:2] = [string(opening["c"] + out[1]["c"])]
    if len(out) > 1 and out[-2]["t"] == "Str":
        out[-2:] = [string(out[-2]["c"] + closing["c"])]
    return out
