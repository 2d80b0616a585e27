"""Inlines by their words: marks that tell where lines end, and cuts at the first word of a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rapportbygger.nodes import Node, branches, elements
from rapportbygger.write.pdf.call import call, raw_inline

INSIDE: Mapping[str, int] = {
    "Emph": 0,
    "Strong": 0,
    "Underline": 0,
    "Strikeout": 0,
    "SmallCaps": 0,
    "Superscript": 0,
    "Subscript": 0,
    "Span": 1,
    "Link": 1,
    "Quoted": 1,
    "Cite": 1,
}
"""The inlines that hold others: 1 where those come after attributes."""


SPACES = ("Space", "SoftBreak", "LineBreak")


def inner(inline: Node) -> list[Node]:
    """What an inline of INSIDE holds."""
    content: list[Node] = inline["c"][1] if INSIDE[inline["t"]] else inline["c"]
    return content


def rebuilt(inline: Node, inlines: list[Node]) -> Node:
    """The same inline around others."""
    return {**inline, "c": [inline["c"][0], inlines, *inline["c"][2:]] if INSIDE[inline["t"]] else inlines}


def note_words(inlines: Sequence[Node]) -> list[int]:
    """For each footnote among inlines: how many words stand before it, as `with_marks` counts them."""
    held = branches(inlines)
    return _note_words(inlines, 0)[0] if held and elements(held, "Note") else []


def _note_words(inlines: Sequence[Node], n: int) -> tuple[list[int], int]:
    out: list[int] = []
    for inline in inlines:
        if inline["t"] in INSIDE:
            within, n = _note_words(inner(inline), n)
            out += within
        elif inline["t"] == "Note":
            out.append(n)
        n += inline["t"] in SPACES
    return out, n


def postponed(inlines: Sequence[Node], late: Sequence[tuple[int, float]]) -> list[Node]:
    """The inlines with those of their footnotes marked that are left for the next page: which, and for what room."""
    return _postponed(inlines, dict(late), 0)[0] if late else list(inlines)


def _postponed(inlines: Sequence[Node], late: Mapping[int, float], n: int) -> tuple[list[Node], int]:
    out: list[Node] = []
    for inline in inlines:
        if inline["t"] in INSIDE:
            within, n = _postponed(inner(inline), late, n)
            out.append(rebuilt(inline, within))
        elif inline["t"] == "Note":
            out.append(_late(inline, late[n]) if n in late else inline)
            n += 1
        else:
            out.append(inline)
    return out, n


def _late(note: Node, room: float) -> Node:
    mark = raw_inline(f"#{call('late', round(room, 2))};")
    first, *rest = note["c"]
    if first["t"] not in ("Para", "Plain"):
        return {**note, "c": [{"t": "Plain", "c": [mark]}, first, *rest]}
    return {**note, "c": [{**first, "c": [mark, *first["c"]]}, *rest]}


def _walk_words(
    inlines: Sequence[Node], n: int, end: Callable[[int], Node] | None, start: Callable[[int], Node] | None
) -> tuple[list[Node], int]:
    """The inlines with end(n) after word n and start(n) before it, inside emphasis and links too; the last n."""
    out: list[Node] = []
    for inline in inlines:
        if inline["t"] in INSIDE:
            within, n = _walk_words(inner(inline), n, end, start)
            out.append(rebuilt(inline, within))
            continue
        space = inline["t"] in SPACES
        out += ([end(n)] if space and end else []) + [inline]
        n += space
        out += [start(n)] if space and start else []
    return out, n


def with_marks(inlines: Sequence[Node], paragraph: int) -> list[Node]:
    """The inlines with a mark at the end of every word, which the layout reports. Nothing can break before a mark."""

    def mark(n: int) -> Node:
        return raw_inline(f"#{call('word', paragraph, n)};")

    out, last = _walk_words(inlines, 0, mark, None)
    return [*out, mark(last)]


END_MARK = raw_inline(f"#{call('word', -1, 0)};")
"""Stands at the end of a paragraph without footnotes."""


def cut(inlines: Sequence[Node], starts: Sequence[int]) -> list[list[Node]]:
    """The inlines in parts that begin with the words of these numbers."""
    rest, _ = _walk_words(inlines, 0, None, lambda n: {"t": "Cut", "c": n})
    parts = []
    for at in starts:
        part, after = _split(rest, at)
        parts.append(_without_cuts(part))
        rest = after or []
    return [*parts, _without_cuts(rest)]


def _split(inlines: list[Node], at: int) -> tuple[list[Node], list[Node] | None]:
    for k, inline in enumerate(inlines):
        if inline["t"] == "Cut" and inline["c"] == at:
            return inlines[:k], inlines[k + 1 :]
        if inline["t"] in INSIDE:
            left, right = _split(inner(inline), at)
            if right is not None:
                return [*inlines[:k], rebuilt(inline, left)], [rebuilt(inline, right), *inlines[k + 1 :]]
    return inlines, None


def _without_cuts(inlines: Sequence[Node]) -> list[Node]:
    return [
        rebuilt(inline, _without_cuts(inner(inline))) if inline["t"] in INSIDE else inline
        for inline in inlines
        if inline["t"] != "Cut"
    ]
