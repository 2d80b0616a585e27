"""Formulas as TeX writes them, taken apart: enough of it to say how high they are, and to say them aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r"\\[a-zA-Z]+\*?|\\.|\s+|\d+(?:(?:\{,\}|[.,])\d+)*|.", re.DOTALL)
_ARGUMENTS = {
    **dict.fromkeys(("\\frac", "\\dfrac", "\\tfrac", "\\cfrac", "\\binom", "\\dbinom", "\\tbinom"), 2),
    **dict.fromkeys(("\\overset", "\\underset", "\\stackrel"), 2),
    **dict.fromkeys(("\\sqrt", "\\overbrace", "\\underbrace", "\\overline", "\\underline", "\\boxed", "\\phantom"), 1),
    **dict.fromkeys(("\\bar", "\\hat", "\\tilde", "\\vec", "\\dot", "\\ddot", "\\widehat", "\\widetilde"), 1),
    **dict.fromkeys(("\\text", "\\textrm", "\\textbf", "\\textit", "\\mbox", "\\operatorname"), 1),
    **dict.fromkeys(("\\mathrm", "\\mathbf", "\\mathit", "\\mathbb", "\\mathcal", "\\mathsf", "\\boldsymbol"), 1),
}
_TEXT = ("\\text", "\\textrm", "\\textbf", "\\textit", "\\mbox", "\\operatorname")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a formula: a sign or command with what it takes (`arguments`), and what stands below and above it.

    `kind` is the sign itself, the command's name with its backslash, "{" for a group, or "rows" for what stands in
    rows (whose `arguments` they are).
    """

    kind: str
    arguments: tuple[Formula, ...] = ()
    below: Formula = ()
    above: Formula = ()


Formula = tuple[Part, ...]


def parse(tex: str) -> Formula:
    """A formula's parts. What cannot be understood is left out."""
    return _Reader(list(_TOKEN.findall(tex))).rows("")


class _Reader:
    def __init__(self, tokens: list[str]) -> None:
        self._tokens, self._at = tokens, 0

    def _next(self) -> str:
        token = self._tokens[self._at] if self._at < len(self._tokens) else ""
        self._at += 1
        return token

    def _peek(self) -> str:
        while self._at < len(self._tokens) and self._tokens[self._at].isspace():
            self._at += 1
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def rows(self, end: str) -> Formula:
        """Parts up to the closing token; several rows are one part."""
        found: list[Formula] = [()]
        while (token := self._peek()) not in (end, ""):
            if token == "\\\\":
                self._next()
                found.append(())
                continue
            part = self._part()
            if part is not None:
                found[-1] = (*found[-1], part)
        self._next()
        whole = [row for row in found if row]
        return (Part("rows", tuple(whole)),) if len(whole) > 1 else (*(whole[0] if whole else ()),)

    def _part(self) -> Part | None:
        part = self._bare(self._next())
        below: Formula = ()
        above: Formula = ()
        while self._peek() in ("^", "_", "'", "\\limits", "\\nolimits"):
            mark = self._next()
            if mark == "^":
                above = self._argument()
            elif mark == "_":
                below = self._argument()
            elif mark == "'":
                above = (*above, Part("'"))
        if part is None or not (below or above):
            return part
        return Part(part.kind, part.arguments, below, above)

    def _bare(self, token: str) -> Part | None:
        if token == "{":
            return Part("{", (self.rows("}"),))
        if token == "\\begin":
            name = self._name()
            inside = self.rows("\\end")
            self._name()
            return Part("{", (inside,)) if name else None
        if token in ("\\left", "\\right", "&", "}", "\\!", "\\displaystyle", "\\textstyle", "\\nonumber"):
            return None
        if token in _TEXT:
            return Part("\\text", ((Part(self._name()),),))
        if token == "\\sqrt" and self._peek() == "[":
            self._next()
            degree = self.rows("]")
            return Part(token, (self._argument(), degree))
        return Part(token, tuple(self._argument() for _ in range(_ARGUMENTS.get(token, 0))))

    def _argument(self) -> Formula:
        self._peek()
        token = self._next()
        if token == "{":
            return self.rows("}")
        part = self._bare(token)
        return () if part is None else (part,)

    def _name(self) -> str:
        """What stands in braces, as it is."""
        if self._peek() != "{":
            return self._next()
        self._next()
        out, depth = "", 1
        while self._at < len(self._tokens):
            token = self._next()
            depth += {"{": 1, "}": -1}.get(token, 0)
            if not depth:
                break
            out += token
        return out


def parts_in(formula: Formula) -> Iterator[Part]:
    """Every part of a formula, the outer ones first."""
    for part in formula:
        yield part
        for inner in (*part.arguments, part.below, part.above):
            yield from parts_in(inner)
