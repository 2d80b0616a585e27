"""What a document becomes is what it becomes alone, though blocks and citations of those before it are remembered."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from documents import document, pandoc, setting
from numbered_styles import NOTES, NUMERIC
from rapportbygger.diagnostics import Problems
from rapportbygger.memory import Memory
from rapportbygger.model import Document, Setting
from rapportbygger.recent import GENERATION, begin_document
from rapportbygger.resolve import resolve
from rapportbygger.resolve.citations.csl import OWN

PIECES = (
    "# Om {#sec-om}",
    "## Del med @aas2020",
    "### Del",
    "Ifølge @aas2020, s. 7-9, og (jf. @berg2019) var det 10 000 kr.",
    "Ifølge @aas2020, s. 7-9, og (jf. @berg2019) var det 10 000 kr.",
    "Sagt før [@aas2020; @berg2019, s. 3] og etter [se @berg2019, jf. @aas2020b].",
    "En note.^[Se @berg2019 og «[@aas2020]».]",
    "En note til.^[[@berg2019].]",
    'Se @tbl-tall, [-@sec-om], [side @tbl-tall]{.page} og "[der](#sec-om)".',
    "Feil: @fig-finnes-ikke og [@sec-om; @aas2020] og [dit](#ikke).",
    "| Sted | Tall |\n|:--|--:|\n| [@berg2019] | 1 234 |\n\n: Tall fra @aas2020 {#tbl-tall}",
    "| A |\n|---|\n| 1 |\n\n: Andre tall [@aas2020b]",
    "Prosjektet skulle:\n\n- lære av @aas2020b, 3. trinn\n- «gjøre»",
    "::: {.landscape}\n[På engelsk [@berg2019]]{lang=en} og [*Dr. Aas*](https://a.no)\n:::",
)


def work(key: str, name: str) -> dict[str, Any]:
    return {"id": key, "type": "book", "title": f"Om {key}", "author": [{"family": name}], "issued": 2020}


WORKS = {key: work(key, name) for key, name in (("aas2020", "Aas"), ("aas2020b", "Aas"), ("berg2019", "Berg"))}


def documents() -> list[Document]:
    """Documents that have most of their blocks in common, in other surroundings."""
    made = []
    for number in range(8):
        order = random.Random(number)
        pieces = order.sample(PIECES, len(PIECES) - number % 3)
        made.append(document("\n\n".join(pieces), lang=order.choice(("nb", "nb", "en"))))
    return made


def told(csl: Path, memory: Memory | None) -> Setting:
    """The setting of a project with the works, a style and a memory."""
    knowing = setting(csl.parent, number_sections=True)
    project = replace(knowing.project, references=WORKS, csl=csl)
    return replace(knowing, project=project, memory=memory, pandoc=pandoc())


def forget_everything() -> None:
    for _document in range(2 * GENERATION):
        begin_document()


def said(resolved: tuple[Document, Problems]) -> tuple[object, ...]:
    """All that a document has become."""
    document, problems = resolved
    return document.blocks, document.targets, document.citations, problems


@pytest.mark.parametrize("style", ["", NUMERIC, NOTES], ids=["author-date", "numeric", "notes"])
@pytest.mark.parametrize("remembering", [True, False])
def test_a_document_becomes_what_it_becomes_alone(tmp_path: Path, style: str, remembering: bool) -> None:
    csl = tmp_path / "stil.csl"
    csl.write_bytes(style.encode() or OWN.read_bytes())
    made, knowing = documents(), told(csl, Memory() if remembering else None)
    alone = []
    for one in made:
        forget_everything()
        alone.append(said(resolve(one, knowing)))
    together = []
    for one in made:
        begin_document()
        together.append(said(resolve(one, knowing)))
    assert together == alone
