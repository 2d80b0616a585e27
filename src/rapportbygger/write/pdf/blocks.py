"""Each kind of block as calls of typst/blocks.typ, in the style that pandoc's docx writer gives it.

Rule 10 of equal pages: First Paragraph after headings and the like, Compact in tight lists and in cells, Normal in
loose lists, so that both files follow the same Word styles.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from rapportbygger.model import PAGE_BREAK, SECTION_START
from rapportbygger.nodes import Node, pairs_of
from rapportbygger.theme.line_height import half_up, per_cent
from rapportbygger.theme.look import Style
from rapportbygger.write.pdf.call import call, raw_inline
from rapportbygger.write.pdf.contents import CONTENTS, write_contents
from rapportbygger.write.pdf.figures import write_figure
from rapportbygger.write.pdf.flow import Flow
from rapportbygger.write.pdf.inlines import with_addresses_as_text
from rapportbygger.write.pdf.lists import write_bullets, write_ordered
from rapportbygger.write.pdf.tables import write_table


def write_block(flow: Flow, block: Node) -> None:
    """Write one block into the flow; a kind that is not known is left out."""
    write = _WRITERS.get(block["t"])
    if write is not None:
        write(flow, block.get("c"))


def _para(flow: Flow, inlines: list[Node]) -> None:
    if not inlines:
        return
    style = flow.container or flow.style(*_running(flow, inlines))
    flow.paragraph(style, inlines)
    flow.first = style.name not in (
        "first paragraph",
        "body text",
    )  # running text that follows none is a first paragraph


def _running(flow: Flow, inlines: list[Node]) -> tuple[str, ...]:
    if all(inline["t"] == "Image" for inline in inlines):
        return ("figure",)  # an exact height of the lines would leave no room for it
    if flow.level >= 0:
        return ()
    return ("first paragraph",) if flow.first else ("body text",)


def _plain(flow: Flow, inlines: list[Node]) -> None:
    if flow.container is None and flow.compact:
        flow.paragraph(flow.style("compact"), inlines)
        flow.first = True
    else:
        _para(flow, inlines)


def _header(flow: Flow, content: Any) -> None:
    """The look is that of the level written at; no level may be left out in the tag tree (PDF/UA-1, 7.4.2)."""
    level, attributes, inlines = content
    identifier, classes, _ = attributes
    pairs = pairs_of(attributes)
    style = flow.style(f"heading {level}")
    flow.heading(style)
    wanted = int(pairs.get("structure", level)) if pairs.get("structure", "1").isdigit() else level
    flow.noted(inlines, style)
    flow.after = None
    flow.structure = max(1, min(wanted, flow.structure + 1))
    name = flow.names.take(identifier)
    head = call(
        "head",
        flow.structure,
        style.name,
        name,
        number=None if "unnumbered" in classes else pairs.get("number"),
        listed="unlisted" not in classes and level <= flow.depth,
        **flow.dressing(inlines, style),
    )
    flow.content(head, with_addresses_as_text(inlines))
    flow.headings, flow.first = flow.headings + 1, True


def _block_quote(flow: Flow, blocks: list[Node]) -> None:
    flow.styled(flow.style("block text", "quote"), blocks)
    flow.first = True


def _div(flow: Flow, content: Any) -> None:
    attributes, blocks = content
    identifier, classes, _ = attributes
    kind = next((name for name in classes if name in CONTENTS), None)
    if kind is not None:
        write_contents(flow, kind, pairs_of(attributes))
        return
    if SECTION_START in classes:
        flow.turn(pairs_of(attributes)["orientation"])
        return
    if PAGE_BREAK in classes:
        flow.above, flow.first, flow.chain = None, True, None
        return
    name = flow.names.take(identifier)
    if name:
        flow.code("#" + call("anchor", name))
    own = pairs_of(attributes).get("custom-style")
    bibliography = "references" in classes or identifier == "refs"
    style = flow.style("bibliography") if bibliography else flow.container
    flow.styled(flow.style(own.casefold()) if own else style, blocks)


def _line_block(flow: Flow, lines: list[list[Node]]) -> None:
    _para(flow, [inline for i, line in enumerate(lines) for inline in [{"t": "LineBreak"}] * (i > 0) + line])


def _code_block(flow: Flow, content: Any) -> None:
    lines = content[1].split("\n")
    code = [{"t": "Code", "c": [["", [], []], line]} for line in lines]
    inlines = [inline for i, line in enumerate(code) for inline in [{"t": "LineBreak"}] * (i > 0) + [line]]
    flow.styled(_code_style(flow), [{"t": "Para", "c": inlines}])
    flow.first = True


def _code_style(flow: Flow) -> Style:
    """What multiple spacing adds to a line is a part of its own height, which is that of the code's letters."""
    style, letters = flow.style("source code"), flow.theme.characters.get("verbatim char")
    if letters is None or not style.surplus:
        return style
    scale = 1.0 if "size" in flow.theme.own["verbatim char"] else style.look.size / letters.size
    height = half_up((letters.ascent + letters.descent) * scale)
    return replace(style, surplus=(per_cent(style.line) - 100) * height // 100)


def _horizontal_rule(flow: Flow, _content: Any) -> None:
    style = flow.style()  # the rule stands on a line of its own, as high as one of text
    flow.paragraph(style, [raw_inline(f"#{call('strut', style.name)};"), raw_inline("#horizontalrule;")])
    flow.first = True


def _raw_block(flow: Flow, content: list[str]) -> None:
    if content[0] == "typst":
        flow.code(content[1])


def _definition_list(flow: Flow, items: list[Any]) -> None:
    for term, definitions in items:
        flow.styled(flow.style("definition term"), [{"t": "Para", "c": term}])
        for definition in definitions:
            flow.styled(flow.style("definition"), definition)
    flow.first = True


_WRITERS: Mapping[str, Callable[[Flow, Any], None]] = {
    "Para": _para,
    "Plain": _plain,
    "Header": _header,
    "BlockQuote": _block_quote,
    "Div": _div,
    "LineBlock": _line_block,
    "CodeBlock": _code_block,
    "HorizontalRule": _horizontal_rule,
    "RawBlock": _raw_block,
    "DefinitionList": _definition_list,
    "BulletList": write_bullets,
    "OrderedList": write_ordered,
    "Figure": write_figure,
    "Table": write_table,
}
