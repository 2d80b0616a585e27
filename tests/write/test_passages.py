"""Blocks that are written again become what they would become if they were written anew."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rapportbygger import fonts, theme
from rapportbygger.nodes import Node, attr, span, words
from rapportbygger.template import STANDARD
from rapportbygger.write.cells import table_letters
from rapportbygger.write.docx.package import read_parts
from rapportbygger.write.pdf.blocks import write_block
from rapportbygger.write.pdf.contents import listed
from rapportbygger.write.pdf.flow import Flow
from rapportbygger.write.pdf.inlines import Names
from rapportbygger.write.pdf.passages import setting_of, write_again
from rapportbygger.write.pdf.units import Mend, Mends

FONTS = fonts.load()
LOOK = theme.read(read_parts(STANDARD.read_bytes()), FONTS, "standard.docx")[0]
LETTERS = table_letters(LOOK, FONTS)


def heading(level: int, text: str) -> Node:
    return {"t": "Header", "c": [level, attr(f"sec-{text}"), words(text)]}


def para(text: str) -> Node:
    return {"t": "Para", "c": words(text)}


REFERENCE: Node = {"t": "Para", "c": [span(words("kapittel 2"), "crossref", target="sec-to")]}
NOTE: Node = {"t": "Para", "c": [*words("Se noten."), {"t": "Note", "c": [para("En note.")]}]}
LIST: Node = {"t": "BulletList", "c": [[{"t": "Plain", "c": words("ett")}], [{"t": "Plain", "c": words("to")}]]}


def flow(*ids: str, write: Any = write_again, mends: Mends | None = None, **state: Any) -> Flow:
    names, setting = Names(frozenset(ids), {}, set()), setting_of(LOOK, "theme", LETTERS)
    return Flow(LOOK, names, mends or {}, write, letters=LETTERS, setting=setting, **state)


def told(flow: Flow, *blocks: Node) -> tuple[str, Any]:
    """What Typst is told of the blocks, and where they leave the flow."""
    flow.blocks(blocks)
    text = "\n".join(str(block["c"][1] if block["t"] == "RawBlock" else block["c"]) for block in flow.out)
    left = replace(flow, out=[], write=write_block, names=flow.names)
    return text, left


DOCUMENTS: tuple[tuple[Node, ...], ...] = (
    (heading(1, "en"), para("Brødtekst."), LIST, para("Mer."), heading(2, "to"), REFERENCE),
    (heading(2, "to"), para("Brødtekst."), heading(1, "en"), LIST, REFERENCE, NOTE),
    (NOTE, para("Brødtekst."), NOTE, heading(1, "en"), heading(2, "to"), para("Brødtekst."), para("Mer.")),
)


@pytest.mark.parametrize("ids", [(), ("sec-en", "sec-to")])
@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_block_becomes_the_same_the_second_time(document: tuple[Node, ...], turn: int, ids: tuple[str, ...]) -> None:
    assert told(flow(*ids), *document) == told(flow(*ids, write=write_block), *document)


def test_a_block_goes_by_what_stands_above_it() -> None:
    block = para("Avsnitt.")
    above, alone = told(flow(), heading(1, "over"), block)[0], told(flow(), block)[0]
    assert "space" in above.split("head")[-1]
    assert "new-page" in alone


def test_a_reference_leads_somewhere_only_where_its_target_is() -> None:
    assert "goto" in told(flow("sec-to"), REFERENCE)[0]
    assert "goto" not in told(flow(), REFERENCE)[0]


def test_the_first_to_have_an_id_keeps_it() -> None:
    block = heading(1, "samme")
    once = told(flow(), block)[0]
    assert "sec-samme" in once
    assert told(flow(), block, para("Mellom."), block)[0].count("sec-samme") == 1


def test_a_list_of_contents_names_what_the_document_has() -> None:
    toc: Node = {"t": "Div", "c": [attr("", "toc", title="Innhold"), []]}
    for text in ("fiskeri", "skogbruk", "fiskeri"):
        document = heading(1, text), toc
        own = tuple(listed(document))
        said, left = told(flow(listed=own), toc)
        assert text in said
        assert (said, left.depth) == (told(flow(listed=own, write=write_block), toc)[0], 3)


def test_footnotes_are_counted_each_time() -> None:
    counted = flow()
    counted.blocks([NOTE, para("Mellom."), NOTE])
    assert len(counted.units) == 2


def test_footnotes_behind_others_are_told_from_them() -> None:
    alone, behind = told(flow(), NOTE)[0], told(flow(), para("Før."), NOTE, NOTE)[0]
    assert "#word(0, " in alone
    assert "#word(1, " in behind


def test_only_what_is_mended_is_written_anew() -> None:
    document = heading(1, "en"), para("Brødtekst."), NOTE, para("Mer."), NOTE
    before, after = flow(), flow(mends={1: Mend(room=30.0)})
    before.blocks(document)
    said, left = told(after, *document)
    assert (said, left) == told(flow(mends={1: Mend(room=30.0)}, write=write_block), *document)
    assert said.count("#need(30.0)") == 1
    assert [one is other for one, other in zip(before.out, after.out, strict=True)] == [True, True, True, True, False]
