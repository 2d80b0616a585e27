"""What is put together of remembered blocks is what pandoc makes of the whole document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import pytest

import documents
from rapportbygger import template
from rapportbygger.memory import Memory
from rapportbygger.nodes import Node, walk
from rapportbygger.pandoc import Pandoc
from rapportbygger.recent import Recent
from rapportbygger.write.docx import pandoc_reference, template_settings, template_styles, writing
from rapportbygger.write.docx.lists import numbered_from_its_start, with_boxes
from rapportbygger.write.docx.package import read_parts, write_parts
from rapportbygger.write.docx.pandoc_reference import frame
from word_templates import png

TEXT = """
# A heading ^[A note with a [link](https://a.b/c?x=1&y=2).]

A [link](https://a.b/c?x=1&y=2), [another](mailto:x@y.z "title") and one in a note.[^n]

[^n]: Of several [paragraphs](http://o.o),

    - a list in them
    - and ![a picture](PICTURE){width=1in height=1in}

1. one

   with more of it [to read](http://o.o)

2. two

   - nested

     loose

     1) x
     2) y

> a quote [with a link](http://o.o)
>
> - and a list

Term
:   its definition

```
code <of>
two lines
```

----

![a picture](PICTURE){width=2in height=1in #pic} ![another](OTHER){width=2in height=1in}

| a | b |
|---|---|
| 1 | [r](http://o.o)[^t] |

[^t]: in a table

| c | d |
|---|---|
| 1 | 2 |

+---+-----+
| a | - x |
|   |     |
|   | b   |
+===+=====+
| p | 1. q|
+---+-----+

::: {custom-style="Not there"}
A style that the template lacks [here]{custom-style="Nor this"}.
:::

:::: {#named lang=nn}
::: {custom-style="body text"}
[text]{#span lang=en} [x]{custom-style="verbatim char"}
:::
::::

| lines
|   of their own

$$x^2$$

Text $y$ and &lt;?cut?&gt;

iv. roman

a. letters

(@) example

- [ ] to do

```{=openxml}
<w:p><w:r><w:t>raw</w:t></w:r></w:p>
```

-

    - nothing but nested
"""


@pytest.fixture(scope="module")
def pandoc() -> Pandoc:
    return documents.pandoc()


@pytest.fixture(scope="module")
def blocks(pandoc: Pandoc, tmp_path_factory: pytest.TempPathFactory) -> Sequence[Node]:
    folder = tmp_path_factory.mktemp("pictures")
    for name in ("one.png", "two.png"):
        (folder / name).write_bytes(png())
    text = TEXT.replace("PICTURE", str(folder / "one.png")).replace("OTHER", str(folder / "two.png"))
    found = pandoc.parse([text])[0].blocks
    return list(walk(found, {"Header": _bare, "OrderedList": numbered_from_its_start, "BulletList": with_boxes}))


def _bare(heading: Node) -> Node:
    return {"t": "Header", "c": [heading["c"][0], ["", [], []], heading["c"][2]]}


@pytest.fixture(scope="module")
def standard() -> Mapping[str, bytes]:
    parts = read_parts(template.STANDARD.read_bytes())
    return template_settings.modern(template_styles.completed(parts))


def _by_pandoc(blocks: Sequence[Node], parts: Mapping[str, bytes], pandoc: Pandoc, folder: Path) -> dict[str, bytes]:
    reference, output = folder / "whole-reference.docx", folder / "whole.docx"
    reference.write_bytes(write_parts(parts, compress=False))
    pandoc.docx(blocks, reference, output).result()
    return read_parts(output.read_bytes())


def _comparable(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Without what `assemble` says anew: the last section, the first paragraph of several, and pictures' paths."""
    out = {name: data for name, data in parts.items() if name != "docProps/core.xml"}
    text = re.sub(rb"\s*<w:sectPr.*", b"", out["word/document.xml"], flags=re.DOTALL)
    text = re.sub(rb'(\n    <w:p><w:pPr><w:pStyle w:val=")FirstParagraph', rb"\1BodyText", text)
    out["word/document.xml"] = text
    return {name: re.sub(rb'(<pic:cNvPr descr=")[^"]*', rb"\1", data) for name, data in out.items()}


@pytest.mark.parametrize("seed", range(8))
def test_document_of_remembered_blocks_is_the_one_that_pandoc_writes(
    seed: int, blocks: Sequence[Node], standard: Mapping[str, bytes], pandoc: Pandoc, tmp_path: Path
) -> None:
    chosen = Random(seed).sample(blocks, k=len(blocks) * (8 - seed) // 8) if seed else list(blocks)
    wanted = _comparable(_by_pandoc(chosen, standard, pandoc, tmp_path))
    for _again in range(2):
        assert _comparable(writing.begin(chosen, standard, pandoc, tmp_path).parts()) == wanted


def test_same_block_twice_is_counted_twice(
    blocks: Sequence[Node], standard: Mapping[str, bytes], pandoc: Pandoc, tmp_path: Path
) -> None:
    twice = [*blocks, *blocks[::-1]]
    wanted = _comparable(_by_pandoc(twice, standard, pandoc, tmp_path))
    assert _comparable(writing.begin(twice, standard, pandoc, tmp_path).parts()) == wanted


def test_pandoc_is_asked_for_new_blocks_only(
    blocks: Sequence[Node], standard: Mapping[str, bytes], pandoc: Pandoc, tmp_path: Path
) -> None:
    writing.begin(blocks, standard, pandoc, tmp_path).parts()
    assert writing.begin(blocks, standard, pandoc, tmp_path).job is None
    words: Node = {"t": "Str", "c": "written"}
    new = {"t": "Para", "c": [words, {"t": "Space"}, {"t": "Code", "c": [["", [], []], "never before"]}]}
    assert len(writing.begin([*blocks, new], standard, pandoc, tmp_path).new) == 1
    assert writing.begin([*blocks, {"t": "Para", "c": [words]}], standard, pandoc, tmp_path).job is None


def test_frame_of_a_template_holds_each_documents_own_footer(
    standard: Mapping[str, bytes], pandoc: Pandoc, tmp_path: Path
) -> None:
    footer = next(name for name in standard if name.startswith("word/footer"))
    other = {**standard, footer: standard[footer].replace(b"</w:ftr>", b"<w:p/></w:ftr>")}
    made = [frame(parts, frozenset(), pandoc, tmp_path).result() for parts in (standard, other)]
    assert made[0] is made[1]
    assert made[1].around(other)[footer] == other[footer]


def test_frame_is_remembered_from_one_run_to_the_next(
    standard: Mapping[str, bytes], pandoc: Pandoc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory, namings = Memory(), frozenset({("Span", "Of this test only")})
    made = frame(standard, namings, pandoc, tmp_path, memory).result()
    monkeypatch.setattr(pandoc_reference, "_frames", Recent())
    with Pandoc(processes=1, at_once=False) as idle:
        assert frame(standard, namings, idle, tmp_path, memory).result() == made
        assert idle._started == []
