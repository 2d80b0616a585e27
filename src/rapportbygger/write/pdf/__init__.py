"""The document and the template's theme become a PDF, by Typst, on the pages that Word gives them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapportbygger.diagnostics import Problems
from rapportbygger.fonts import Fonts
from rapportbygger.model import Document, Metadata, orientation
from rapportbygger.nodes import Node, words
from rapportbygger.theme import Theme
from rapportbygger.write.cells import TableLetters, table_letters
from rapportbygger.write.pdf.compiler import Compiler, compiler_with
from rapportbygger.write.pdf.contents import Listed, is_contents, listed
from rapportbygger.write.pdf.flow import Flow
from rapportbygger.write.pdf.footnotes import asked_for, mended
from rapportbygger.write.pdf.foresight import foreseen, learn
from rapportbygger.write.pdf.inlines import Names
from rapportbygger.write.pdf.labels import labelled, names_in
from rapportbygger.write.pdf.layout import Layout, pages_of
from rapportbygger.write.pdf.objects import taken_apart
from rapportbygger.write.pdf.passages import setting_of, write_again
from rapportbygger.write.pdf.pictures import Packed, called, in_place, put_pictures
from rapportbygger.write.pdf.problems import narrow_columns, refused, warning
from rapportbygger.write.pdf.source import Part, Source
from rapportbygger.write.pdf.story_height import body_margins, first_margins
from rapportbygger.write.pdf.streams import clear_ends
from rapportbygger.write.pdf.tags import in_order_of_painting
from rapportbygger.write.pdf.theme_data import QUIRKS, data_files, note_gap
from rapportbygger.write.pdf.units import POINT, Mend, Mends, NoteLook

if TYPE_CHECKING:
    from rapportbygger.pandoc import Pandoc

ROUNDS = 12
"""Each round mends one place in every chapter; four were the most ever needed."""


def typeset(
    document: Document,
    theme: Theme,
    *,
    pandoc: Pandoc,
    fonts: Fonts,
    contents: Path,
    date: int | None,
    forget: bool = False,
    meanwhile: Callable[[], None] = lambda: None,
) -> tuple[Layout, Problems]:
    """The document as PDF/A-2a and PDF/UA-1 at once, and where everything in it stands.

    `date` is seconds since 1970, for the file's own dates; with it the same document gives the same bytes. Without a
    layout (Typst refused) the PDF is empty and the problems say why. Typst keeps what the next documents may need of
    it, unless it is to `forget` so large a one. `meanwhile` is called once, when pandoc is free and the long work of
    the layout is about to begin.
    """
    blocks = labelled(document.blocks)
    with compiler_with(fonts, forget=forget) as compiler:
        placed, pictures = put_pictures(blocks, contents, compiler.folder)
        names = names_in(blocks, placed)
        files = data_files(theme, document.metadata, compiler.folder)
        compiler.write(files)
        try:
            letters = table_letters(theme, fonts)
            setting, found = setting_of(theme, files["theme.json"], letters), tuple(listed(blocks))
            own = (blocks, names, pictures, letters, found, meanwhile)
            job = _Job(document, theme, setting, Source(pandoc), *own)
            return _mended(job, compiler, date, forget=forget)
        except RuntimeError as error:  # what Typst raises
            return Layout(b"", {}, 0), refused(error, document)


@dataclass(frozen=True, slots=True)
class _Job:
    document: Document
    theme: Theme
    setting: Hashable
    source: Source
    blocks: tuple[Node, ...]
    names: Names
    pictures: Mapping[str, Packed]
    letters: TableLetters
    listed: tuple[Listed, ...]
    meanwhile: Callable[[], None]


def _mended(job: _Job, compiler: Compiler, date: int | None, *, forget: bool) -> tuple[Layout, Problems]:
    """Lay out until no footnote breaks a paragraph badly; the PDF is made of the last layout."""
    flow, files, found = _laid_out(job, compiler)
    pdf, warnings = compiler.pdf(date, forget=forget)
    whole = _finished(pdf, called(job.pictures, files.values()))
    narrow = (narrow_columns(table, job.document) for table in flow.crowded)
    return Layout(whole, pages_of(found), found["count"], found["before"]), (*narrow, *map(warning, warnings))


def _finished(pdf: bytes, pictures: Collection[Packed]) -> bytes:
    """The PDF as it is to be: tags as it is painted, pictures as their files have them, whole ends of streams."""
    objects = taken_apart(pdf)
    return clear_ends(in_place(in_order_of_painting(objects), pictures)).written()


def _laid_out(job: _Job, compiler: Compiler) -> tuple[Flow, dict[str, str], dict[str, Any]]:
    """The body, in files too, and what its layout says once footnotes have broken no paragraph badly.

    The first layout is of what the documents before needed. Where that is not surely what this one would have come to,
    it is begun without.
    """
    look, doubted = _note_look(job.theme), dict[int, Mend]()
    flow, files = _body_of(job, {})
    mends = foreseen(job.setting, flow.units) if _may_foresee(job.theme, files) else {}
    flow, files = _body_of(job, mends) if mends else (flow, files)
    for turn in range(ROUNDS):
        if turn:
            flow, files = _body_of(job, mends)
        compiler.write(files)
        if turn == 0:
            job.meanwhile()
        found = compiler.layout(job.names.ids)
        if turn == 0 and mends and not asked_for(found, flow.units, mends, look):
            doubted, mends = mends, {}
        elif new := mended(found, flow.units, mends, look):
            mends |= new
        else:
            break
    learn(job.setting, flow.units, mends, doubted=doubted)
    return flow, files, found


def _may_foresee(theme: Theme, files: Mapping[str, str]) -> bool:
    """Whether a page's text ends where all pages' does, and no line depends on what number a page has."""
    section, sum_spacing = theme.section, theme.sum_spacing
    _, foot = body_margins(section, sum_spacing=sum_spacing)
    _, first = first_margins(section, sum_spacing=sum_spacing)
    return foot == first and not any("#page-number(" in text for text in files.values())


def _note_look(theme: Theme) -> NoteLook:
    style = theme.style("footnote text")
    line = style.look.ascent + style.look.descent + style.surplus
    above = sum(QUIRKS[f"footnote_{part}"] for part in ("above", "line", "below"))
    return NoteLook(line / POINT, style.surplus / POINT, note_gap(theme) / POINT, (above + style.before) / POINT)


def _body_of(job: _Job, mends: Mends) -> tuple[Flow, dict[str, str]]:
    """The body as it flows, and as files."""
    names = replace(job.names, written=set(), language=job.document.metadata.lang)
    own: dict[str, Any] = {"letters": job.letters, "setting": job.setting, "listed": job.listed}
    flow = Flow(job.theme, names, mends, write_again, **own)
    if not job.theme.cover:
        _title(flow, job.document.metadata)
    flow.above = job.theme.opening_style or flow.above
    lists = [block for block in job.blocks if is_contents(block)]
    flow.blocks(lists)
    flow.first = True
    if lists:
        flow.above = None  # the text begins on a page of its own
    parts = [Part(0, "part-0.typ")]
    flow.blocks(_divided([block for block in job.blocks if not is_contents(block)], flow, parts))
    return flow, job.source.files(flow.out, parts)


def _divided(blocks: Iterable[Node], flow: Flow, parts: list[Part]) -> Iterator[Node]:
    """The blocks, each told of before the flow writes it: `parts` learns where those begin that have a heading.

    Parts are known by their place, not by what they hold: Typst never forgets the name of a file.
    """
    chapter = number = 0
    for block in blocks:
        if block["t"] == "Header":
            chapter, number = (chapter + 1, 0) if block["c"][0] == 1 else (chapter, number + 1)
            parts.append(Part(len(flow.out), f"part-{chapter}-{number}.typ"))
        if turned := bool(orientation(block)):
            parts.append(Part(len(flow.out), ""))
        yield block
        if turned:
            number += 1
            parts.append(Part(len(flow.out), f"part-{chapter}-{number}.typ"))


def _title(flow: Flow, metadata: Metadata) -> None:
    """The title block of a document whose template has no cover, in pandoc's styles."""
    lines = [("title", metadata.title), ("subtitle", metadata.subtitle)]
    lines += [*(("author", author) for author in metadata.authors), ("date", metadata.date)]
    for style, text in lines:
        if text:
            flow.paragraph(flow.theme.style(style), words(text))
