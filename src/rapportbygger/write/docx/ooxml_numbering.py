"""Word's markup for numberings: those of headings, and a paragraph's place in one (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

from collections.abc import Sequence


def heading_levels(number: int, indents: Sequence[int]) -> str:
    """An abstract multilevel numbering that is bound to the heading styles (17.9.1, 17.9.23).

    The text of level n begins at `indents[n]` twips, also on its second line; at 0 a space parts it from the number.
    """
    levels = "".join(_heading_level(level, indents[level]) for level in range(9))
    return f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'


def _heading_level(level: int, indent: int) -> str:
    text = ".".join(f"%{n + 1}" for n in range(level + 1))
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading{level + 1}"/>'
        f'<w:suff w:val="{"tab" if indent else "space"}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr></w:lvl>'
    )


def no_levels(number: int) -> str:
    """An abstract numbering that numbers nothing: for headings without a number in a style that has one."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="none"/><w:suff w:val="nothing"/>'
        '<w:lvlText w:val=""/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
        for level in range(9)
    )
    return f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'


def numbering_instance(number: int, abstract: int) -> str:
    """A numbering that paragraphs can use."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>'


def numbering_properties(number: int, level: int) -> str:
    """A paragraph's or style's place in a numbering (17.3.1.19)."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def hanging(indent: int) -> str:
    """A paragraph's indent, its first line out at the margin (17.3.1.12)."""
    return f'<w:ind w:left="{indent}" w:hanging="{indent}"/>'
