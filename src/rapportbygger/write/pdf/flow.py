"""The flow of paragraphs: what came before decides the space above, the style and the number of what comes next."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from rapportbygger.model import LEAD_IN
from rapportbygger.nodes import Node, has_class, plain
from rapportbygger.theme import Theme
from rapportbygger.theme.look import Style
from rapportbygger.write.cells import TableLetters
from rapportbygger.write.formulas import parted, with_formulas
from rapportbygger.write.pdf.call import Value, call, raw, raw_inline
from rapportbygger.write.pdf.inlines import Names
from rapportbygger.write.pdf.marks import END_MARK, cut, note_words, postponed, with_marks
from rapportbygger.write.pdf.spacing import Gap, gap
from rapportbygger.write.pdf.story_height import body_margins
from rapportbygger.write.pdf.units import Crowded, Mend, Mends, Unit
from rapportbygger.write.pdf.unusual import is_unusual
from rapportbygger.write.pdf.wording import wording


@dataclass
class Flow:
    """Blocks being written, in reading order: what changes while a document is written.

    `out` are pandoc blocks, raw calls around plain inlines. `setting` stands for the template and the language. The
    fields from `container` on hold for what is inside a container and are set with `inside`.
    """

    theme: Theme
    names: Names
    mends: Mends
    write: Callable[[Flow, Node], None]
    letters: TableLetters
    setting: Hashable = None
    out: list[Node] = field(default_factory=list)
    above: Style | None = None
    joined: int = 0
    first: bool = True
    chain: int | None = None
    lead: int | None = None
    listed: tuple[Any, ...] = ()
    depth: int = 0
    headings: int = 0
    heads: int = 0
    structure: int = 0
    units: list[Unit] = field(default_factory=list)
    crowded: list[Crowded] = field(default_factory=list)
    chapter: int = 0
    landscape: bool = False
    after: int | None = None
    container: Style | None = None
    compact: bool = False
    level: int = -1
    left: int = 0
    align: str | None = None
    room: int | None = None
    cell: str = ""
    opening: Gap | None = None
    keeps_opening: bool = False

    @contextmanager
    def inside(self, **changes: Any) -> Iterator[None]:
        """These fields have other values within."""
        before = {name: getattr(self, name) for name in changes}
        self._set(changes)
        yield
        self._set(before)

    def _set(self, fields: Mapping[str, Any]) -> None:
        for name, value in fields.items():
            setattr(self, name, value)

    def style(self, *names: str) -> Style:
        """The first of the named styles that the template has, or its default one; as it is in the cell around it."""
        if self.cell and "compact" in names:
            names = ("table text", *names)
        style = self.theme.style(*names)
        return self.theme.styles.get(f"{style.name}|{self.cell}", style) if self.cell else style

    # --------------------------------------------------------------------------------------------------------- space

    def gap_above(self, style: Style) -> Gap:
        """The space above a paragraph of this style, which from now on is the one above."""
        space, above = gap(self.above, style, sum_spacing=self.theme.sum_spacing), self.above
        framed = bool(style.borders or style.shading) and above is not None and not space.new_page
        same = above is not None and (above.borders, above.shading) == (style.borders, style.shading)
        self.joined = space.amount if framed and same else 0
        self.above = style
        return space

    def space(self, space: Gap) -> None:
        """Write the space above a block; above the first one in an item or a cell, the list or table does it."""
        self.chapter += space.new_page
        self.after = None if space.new_page else self.after
        if self.keeps_opening:
            self.opening, self.keeps_opening, space = space, False, Gap()
        self.out.append(raw("#" + call("new-page" if space.new_page else "space", space.amount)))

    # -------------------------------------------------------------------------------------------------------- blocks

    def blocks(self, blocks: Iterable[Node]) -> None:
        """Write blocks one after the other. Between tables without a caption pandoc puts an empty paragraph."""
        before = None
        for block in blocks:
            if before == block["t"] == "Table" and not block["c"][1][1]:
                self.paragraph(self.style(), [])
            for part in parted(block):
                self.write(self, part)
            before = block["t"]

    def styled(self, style: Style | None, blocks: Iterable[Node]) -> None:
        """Write blocks whose paragraphs all have one style."""
        with self.inside(container=style):
            self.blocks(blocks)

    def turn(self, orientation: str) -> None:
        """What follows stands on new pages, upright or on their side."""
        section = self.theme.section
        self.code("#set page(.." + call("sheet", orientation) + ")")
        self.landscape = orientation == "landscape"
        self.room = section.turned.text_width if self.landscape else None
        self.above, self.first, self.chain = None, True, None

    def content(self, function: str, inlines: Sequence[Node], *more: Sequence[Node]) -> None:
        """Write a call with inlines as its trailing content."""
        for opening, part in zip((f"#{function}[", *["]["] * len(more)), (inlines, *more), strict=True):
            self.out += [raw(opening), wording(part, self.names)]
        self.out.append(raw("]"))

    def code(self, *text: str) -> None:
        """Write Typst calls as they are."""
        self.out.extend(raw(line) for line in text)

    # ---------------------------------------------------------------------------------------------------- paragraphs

    def heading(self, style: Style) -> None:
        """Write the space above a heading, which may begin a chain of such as are kept with what follows."""
        space, after = self.gap_above(style), self.after
        if self.chain is None and style.keep_next:
            self.chain = self.headings
            self.lead = None if after is None or space.new_page else after + space.amount
        self.space(space)

    def paragraph(self, style: Style, inlines: Sequence[Node]) -> None:
        """Write a paragraph; one that the layout broke badly around its footnotes is written in parts."""
        style = with_formulas(style, inlines)
        space, notes = self.gap_above(style), note_words(inlines)
        top = style.look.ascent + space.amount
        reach = None if self.after is None or space.new_page else self.after + top
        reach = reach if self.chain is None else self.lead
        number = len(self.units)
        if notes:
            self.unit("row" if self.cell else "lines", notes, style, reach=reach, text=plain(inlines))
        self.space(space)
        dressing = self.dressing(inlines, style)
        if notes and not self.cell:
            self._noted(style, with_marks(inlines, number), self.mends.get(number, Mend()), dressing)
        else:
            late = self.mends.get(number, Mend()).late if notes else ()
            ends = [] if self.cell else [END_MARK]
            self._para(style, [*postponed(inlines, late), *ends] if inlines else [], **dressing)
        self.chain, self.after = None, style.look.descent

    def dressing(self, inlines: Sequence[Node], style: Style) -> dict[str, Value]:
        """What the call of a paragraph says of the words in it."""
        whole = self.theme.section.text_width
        room = whole if self.room is None else min(self.room, whole)
        letters = (self.letters.head if self.cell == "head" else self.letters.cell) if self.cell else None
        return {"unusual": True} if is_unusual(inlines, style, room, letters) else {}

    def unit(self, kind: str, notes: Sequence[int], style: Style, **more: Any) -> None:
        """Take down what calls footnotes after so many words."""
        section = self.theme.section.turned if self.landscape else self.theme.section
        top, foot = body_margins(section, sum_spacing=self.theme.sum_spacing)
        own = {"heading": self.chain, "top": top, **more}
        self.units.append(Unit(kind, tuple(notes), self.chapter, style, section.height - foot, **own))

    def noted(self, inlines: Sequence[Node], style: Style, tall: int = 0) -> None:
        """Take down the footnotes of a heading or a caption, and move it as a whole where the layout asks for that."""
        notes = note_words(inlines)
        if notes:
            self.need(self.mends.get(len(self.units), Mend()).room)
            self.unit("block", notes, style, tall=tall)

    def need(self, room: float) -> None:
        """What follows needs more room on its page than this, in points."""
        if room:
            self.code("#" + call("need", round(room, 2)))

    def _noted(self, style: Style, inlines: Sequence[Node], mend: Mend, dressing: dict[str, Value]) -> None:
        """A paragraph with footnotes, of which some lines or all may have to stand on the next page."""
        inlines = postponed(inlines, mend.late)
        own = dressing | ({"apart": True} if mend.late else {})
        if not mend.at:
            self.need(mend.room)
            self._para(style, inlines, **own)
            return
        first, rest = cut(inlines, [mend.at])
        if style.align == "justify":  # its last line is none of the paragraph's
            first.append(raw_inline(f"#{call('linebreak', justify=True)};"))
        self._para(style, first, **own)
        self.joined = style.surplus if style.borders or style.shading else 0
        self.space(Gap(style.surplus))
        self.need(mend.apart)
        self._para(style, rest, first=-style.first, **own)  # the rest of a paragraph: no indent

    def _para(self, style: Style, inlines: Sequence[Node], **named: Value) -> None:
        own: dict[str, Value] = {"align": self.align, "room": self.room, "joined": self.joined or None}
        if style.look is not self.style(style.name).look:
            own["line"] = (style.look.ascent, style.look.descent)
        elif style.surplus != self.style(style.name).surplus:
            own["surplus"] = style.surplus
        own["leads"] = any(has_class(inline, LEAD_IN) for inline in inlines[:1]) or None
        own["cell"] = bool(self.cell) or None
        own["flat"] = (self.level >= 0 and bool(style.left or style.first)) or None
        inlines = inlines or [raw_inline(f"#{call('strut', style.name)};")]
        self.content(call("para", style.name, **named, **{k: v for k, v in own.items() if v is not None}), inlines)
