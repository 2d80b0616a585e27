"""Keeps what is merged into a row of a table in its cell: no line breaks, and no `|` that would begin another cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.nodes import Expr, Template

FILTER = "rapportbygger.cell"
"""What the filter is called in templates' trees; no template can write such a name."""

_ROW = re.compile(r"\s*(\{%.*?%\}\s*)*\|")


def guarded(tree: Template, source: str, jinja: Environment) -> Template:
    """The parsed template, with the filter around each value that it writes into a row of a table.

    A row is a line of `source` that begins with `|`, after tags or not. The tree is changed in place.
    """
    from jinja2 import nodes

    rows = {number for number, line in enumerate(source.split("\n"), 1) if _ROW.match(line)}
    for output in tree.find_all(nodes.Output) if rows else ():
        output.nodes = [_in_cell(node) if node.lineno in rows else node for node in output.nodes]
    tree.set_environment(jinja)
    return tree


def _in_cell(node: Expr) -> Expr:
    from jinja2 import nodes

    if isinstance(node, nodes.TemplateData) or any(_makes_cells(node)):
        return node
    return nodes.Filter(node, FILTER, [], [], None, None, lineno=node.lineno)


def _makes_cells(node: Expr) -> Iterator[bool]:
    """Whether an expression is there to write several cells: it calls a macro, or joins with `|`."""
    from jinja2 import nodes

    yield isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name)
    joins = [node] if isinstance(node, nodes.Filter) else []
    for call in (*joins, *node.find_all(nodes.Filter)):
        signs = [argument.value for argument in call.args if isinstance(argument, nodes.Const)]
        yield call.name == "join" and any("|" in str(sign) for sign in signs)


def cell(value: Any) -> Any:
    """Text as it can stand in one cell. Every other value is for others to put in words."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if "\n" in text:
        text = re.sub(r"\s*\n\s*", " ", text)
    return re.sub(r"(\\.)|\|", lambda found: found[1] or r"\|", text) if "|" in text else text
