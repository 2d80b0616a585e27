"""Inlines on their way to pandoc's Typst writer: our named classes become calls, and lines can be followed and cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from rapportbygger.nodes import Node, pairs_of, plain, walk
from rapportbygger.write.formulas import tall
from rapportbygger.write.pdf.breaks import address, parts
from rapportbygger.write.pdf.call import Value, call, literal, raw_inline
from rapportbygger.write.pdf.marks import INSIDE, inner, rebuilt
from rapportbygger.write.pdf.spoken import spoken

TWIPS_IN_AN_INCH = 1440


@dataclass(frozen=True, slots=True)
class Names:
    """What inlines may point at: the document's ids, and the files that its pictures have in Typst's folder.

    `written` are the ids that have been given to something already: the first to have an id keeps it. Formulas are read
    aloud in `language`.
    """

    ids: Collection[str]
    pictures: Mapping[str, str]
    written: set[str]
    language: str = "nb"

    def take(self, identifier: str) -> str | None:
        """The id, if it has not been given away; None else."""
        if not identifier or identifier in self.written:
            return None
        self.written.add(identifier)
        return identifier


def typst_inlines(inlines: Sequence[Node], names: Names, *, inside: bool = False) -> list[Node]:
    """The inlines with calls in place of what pandoc's Typst writer does not know or does otherwise.

    Before an address stands a mark that says where the word before it ends; if the inlines are all that is `inside`
    another one, the mark of their first stands before that.
    """
    out: list[Node] = []
    plain_word = _PLAIN_WORD.fullmatch
    for i, inline in enumerate(inlines):
        kind = inline["t"]
        if kind == "Space" or (kind == "Str" and plain_word(inline["c"])):
            out.append(inline)
            continue
        if _begins_with_address(inline) and not (inside and i == 0):
            _mark_word_before(out, inlines[i + 1 :])
        convert = _CONVERTERS.get(kind, _within)
        out.extend(convert(inline, names))
    return out


_PLAIN_WORD = re.compile(r"[(«“]?[^\W_]{1,36}[,.;:)»”]?")
"""A word in which nothing breaks, and which Typst reads as it is: most are."""


def with_addresses_as_text(inlines: Sequence[Node]) -> list[Node]:
    """The inlines of a heading, of which the PDF's bookmarks are made too: they hold text, and no calls."""

    def text(inline: Node) -> Node | None:
        return raw_inline(f"#{literal(inline['c'])};") if address(inline["c"]) else None

    return list(walk(list(inlines), {"Str": text}))


def _mark_word_before(out: list[Node], behind: Sequence[Node]) -> None:
    """A mark where the word before an address ends: whether a space follows it, signs that open, signs behind."""
    at = next((i for i in range(len(out), 0, -1) if out[i - 1]["t"] != "Str"), 0)
    spaced = at > 0 and out[at - 1]["t"] in ("Space", "SoftBreak")
    closing = behind[0]["c"] if behind and behind[0]["t"] == "Str" else ""
    out.insert(at - spaced, raw_inline(f"#{call('before-address', spaced, plain(out[at:]), closing)};"))


def _begins_with_address(inline: Node) -> bool:
    if inline["t"] in INSIDE:
        inside = inner(inline)
        return bool(inside) and _begins_with_address(inside[0])
    return inline["t"] == "Str" and bool(address(inline["c"]))


# ---------------------------------------------------------------------------------------------------------- converters


def _within(inline: Node, names: Names) -> list[Node]:
    if inline["t"] in INSIDE:
        return [rebuilt(inline, typst_inlines(inner(inline), names, inside=True))]
    return [inline]


def _span(inline: Node, names: Names) -> list[Node]:
    (identifier, classes, _), content = inline["c"]
    pairs = pairs_of(inline["c"][0])
    inside = typst_inlines(content, names, inside=True)
    if "pageref" in classes:
        target = pairs.get("target", "")
        return [raw_inline(f"#{call('page-number', target)};")] if target in names.ids else inside
    if ("crossref" in classes or "cited" in classes) and pairs.get("target") in names.ids:
        inside = _wrapped(call("goto", pairs["target"]), inside)
    if "csl-left-margin" in classes:
        inside = _wrapped("margin-label", inside)
    if "lang" in pairs:
        inside = _wrapped(call("in-language", *_language(pairs["lang"])), inside)
    return _anchor(identifier, names) + inside


def _language(tag: str) -> tuple[str, str | None]:
    """The language and the region of a tag (BCP 47) that may have a script between them."""
    language, *others = tag.split("-")
    return language.lower(), next((part.upper() for part in others if len(part) == 2), None)


def _link(inline: Node, names: Names) -> list[Node]:
    (identifier, _, _), content, (url, _) = inline["c"]
    inside = typst_inlines(content, names, inside=True)
    if url.startswith("#"):
        inside = _wrapped(call("goto", url[1:]), inside) if url[1:] in names.ids else inside
    elif url:
        inside = _wrapped(call("link", url), inside)
    return _anchor(identifier, names) + inside


def _image(inline: Node, names: Names) -> list[Node]:
    attributes, alt, (path, _) = inline["c"]
    width, height = (picture_length(pairs_of(attributes).get(side, "")) for side in ("width", "height"))
    if path not in names.pictures:
        return typst_inlines(alt, names)
    picture = call("picture", names.pictures[path], width, height, plain(alt))
    return [*_anchor(attributes[0], names), raw_inline(f"#box({picture});")]


def picture_length(text: str) -> int | None:
    """A picture's width or height ("3.25in") in twips; None where it has none."""
    try:
        return round(float(text.removesuffix("in")) * TWIPS_IN_AN_INCH)
    except ValueError:
        return None


def picture_name(path: str, number: int) -> str:
    """The name that a picture's file has in Typst's folder."""
    return f"img-{number}{PurePath(path).suffix.lower()}"


def _note(inline: Node, names: Names) -> list[Node]:
    return [{"t": "Note", "c": _blocks(inline["c"], names)}]


def _blocks(node: Any, names: Names) -> Any:
    """Blocks that pandoc writes itself (a footnote's): their inlines are converted, and nothing in them has an id."""
    if isinstance(node, list):
        return [_blocks(child, names) for child in node]
    if not isinstance(node, dict):
        return node
    if node["t"] in ("Para", "Plain"):
        return {**node, "c": typst_inlines(node["c"], names)}
    if node["t"] == "Header":
        return {"t": "Para", "c": typst_inlines(node["c"][2], names)}
    if node["t"] == "Div":
        return {**node, "c": [["", [], []], _blocks(node["c"][1], names)]}
    return {key: _blocks(value, names) for key, value in node.items()}


def _code(inline: Node, _names: Names) -> list[Node]:
    return [{"t": "Code", "c": [["", [], []], inline["c"][1]]}]


def _math(inline: Node, names: Names) -> list[Node]:
    """A formula is read aloud in words (PDF/UA-1, 7.7)."""
    kind, tex = inline["c"]
    high = None if kind["t"] == "DisplayMath" else tall(tex)
    named: dict[str, Value] = {} if high is None else {"height": high}
    return _wrapped(call("formula", spoken(tex, names.language), **named), [inline])


_SHORTHAND = re.compile(r"\.\.\.|--|-\?|(?<!\w)-\d")
"""What Typst would read as an ellipsis, a dash, a soft hyphen or a minus sign."""


def _str(inline: Node, _names: Names) -> list[Node]:
    if pieces := address(inline["c"]):
        return [raw_inline(f"#{call('address', pieces)};")]
    out: list[Node] = []
    for part in parts(inline["c"]):
        node = raw_inline(f"#{literal(part)};") if _SHORTHAND.search(part) else {"t": "Str", "c": part}
        out += [raw_inline("#may-break;"), node] if out else [node]
    return out


def _cite(inline: Node, names: Names) -> list[Node]:
    return typst_inlines(inline["c"][1], names, inside=True)


def _raw(inline: Node, _names: Names) -> list[Node]:
    return [inline] if inline["c"][0] == "typst" else []


def _wrapped(function: str, inlines: Sequence[Node]) -> list[Node]:
    return [raw_inline(f"#{function}["), *inlines, raw_inline("];")]


def _anchor(identifier: str, names: Names) -> list[Node]:
    name = names.take(identifier)
    return [raw_inline(f"#{call('anchor', name)};")] if name else []


_CONVERTERS: Mapping[str, Callable[[Node, Names], list[Node]]] = {
    "Str": _str,
    "Span": _span,
    "Link": _link,
    "Image": _image,
    "Note": _note,
    "Code": _code,
    "Math": _math,
    "Cite": _cite,
    "RawInline": _raw,
}
