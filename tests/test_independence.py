"""No document depends on what its process made before: in any order, and alone, the bytes are the same."""

from __future__ import annotations

import marshal
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Pt

from documents import make_project
from rapportbygger import interning, load, validate
from rapportbygger.build import Workshop
from rapportbygger.fonts import load as load_fonts
from rapportbygger.pandoc import Pandoc
from rapportbygger.schedule import document
from rapportbygger.schedule.plan import planned

DATE = 1_650_000_000
MANIFEST = "municipalities: municipalities/*.yaml\nbibliography: verk.yaml"
REPORTS = """\
  nummerert:
    for-each: municipality
    chapters: [local/*.md]
    number-sections: true
    caption-numbers: chapter
    list-of-figures: true
  engelsk:
    for-each: municipality
    chapters: [local/*.md]
    template: annen.docx
    lang: en
    toc-depth: 1
    word-citations: true
"""
SAME = 'Samme avsnitt, med "sitat" og s. 7-9.'
SHARED = f"""# {{{{ municipality.navn }}}} {{#sec-navn}}

{SAME}

{{{{ municipality.ord }}}}

![Felles](figures/wide.png){{#fig-felles fig-alt="En flate"}}

Se @fig-felles, @sec-egen og @tbl-egen. [@aas2020]
"""
OWN = [
    SAME,
    f"- {SAME}\n- Et punkt",
    f"1. {SAME}\n\n    Mer.\n\n2. To",
    f"> {SAME}",
    f"{SAME}^[En note.]",
    "Et avsnitt med fotnote.^[En note.]",
    "Prosjektet skulle:\n\n- gjøre\n- lære",
    f"::: {{lang=nn}}\n{SAME}\n:::",
    "Ifølge @aas2020b og [@berg2019; @aas2020, s. 7].",
    f"| Sted | Tall |\n|:--|--:|\n| {SAME} | 1 234 |\n| Ås | 2 |",
    f"::: {{.landscape}}\n\n| Sted | Tall |\n|:--|--:|\n| {SAME} | 1 234 |\n| Ås | 2 |\n\n{SAME}\n\n:::",
    "![](figures/wide.png){.decorative width=20%}",
    "![](figures/wide.png){.decorative width=60%}",
    "### Samme overskrift",
    "## Uten nummer {.unnumbered}",
    "Summen $\\frac{a}{b}$ og *ord* og `kode`, se [side @sec-navn]{.page}.",
]
"""What every municipality has, each between other neighbours."""
MUNICIPALITIES = {
    "aas": 'navn: Ås\nord: "*ikke* kursiv? [@berg2019]"',
    "boe": 'navn: Bø\nmålform: nynorsk\nord: "# Ser ut som en overskrift"',
    "dal": 'navn: Dal_og_fjell\nmålform: bokmål\nord: "Vanlige ord."',
}
WORKS = """\
- {id: aas2020, type: book, title: Om en ås, author: [{family: Aas, given: Anne}], issued: 2020}
- {id: aas2020b, type: book, title: Om en annen, author: [{family: Aas, given: Anne}], issued: 2020}
- {id: berg2019, type: book, title: Om berg, author: [{family: Berg, given: Ole}], issued: 2019}
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which much is the same in all documents, and little around it is."""
    root = make_project(tmp_path_factory.mktemp("independence"), "# Alt", manifest=MANIFEST, report=REPORTS)
    content = root / "content"
    files = {
        "local/01.md": SHARED,
        "local/02.md": "# Erstattes {#sec-egen}",
        "local/03.md": "# Til sist",
        "verk.yaml": WORKS,
    }
    for number, (name, values) in enumerate(MUNICIPALITIES.items()):
        blocks = [*OWN, *OWN[:6]]
        random.Random(number).shuffle(blocks)
        table = f"| A |\n|---|\n| {number % 2} |\n\n: En tabell {{#tbl-egen}}"
        own = "\n\n".join(("# Bakgrunn {#sec-egen}", *blocks[:number], table, *blocks[number:]))
        files |= {f"municipalities/{name}.yaml": values, f"municipalities/{name}/local/02.md": own}
    for name, text in files.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(text, encoding="utf-8")
    with_smaller_letters(root / "templates" / "annen.docx")
    return root


def with_smaller_letters(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    word = Document(str(Path(load.__file__).parents[1] / "templates" / "standard.docx"))
    for name in ("Body Text", "First Paragraph", "Normal"):
        word.styles[name].font.size = Pt(9)
    word.save(str(path))


@pytest.fixture(scope="module")
def workshop(root: Path) -> Iterator[Workshop]:
    """What documents are made with, one after another."""
    with Pandoc(epoch=DATE) as pandoc, ThreadPoolExecutor(max_workers=1) as side:
        sources, _problems = load.sources(root, pandoc)
        assert sources is not None
        project, _found = validate.project(sources)
        assert project is not None
        yield Workshop(project, pandoc, load_fonts(root / "templates" / "fonts"), side, DATE, lambda _stage: None)


def made(workshop: Workshop, names: list[str]) -> dict[str, str]:
    """The hashes of the files of documents that are made in this order."""
    jobs = {job.name: job for job in planned(workshop.project).jobs}
    outputs = {name: document.make(jobs[name], workshop, ()) for name in names}
    assert [name for name, output in outputs.items() if not output.whole] == []
    return {f"{name}.{kind}": hashed(data) for name, output in outputs.items() for kind, data in output.files.items()}


def hashed(data: bytes) -> str:
    return sha256(data).hexdigest()


def test_a_document_is_what_it_is_alone(root: Path, workshop: Workshop) -> None:
    names = [job.name for job in planned(workshop.project).jobs]
    in_order = made(workshop, names)
    assert made(workshop, names[::-1]) == in_order
    one = "engelsk/aas"
    report, municipality = one.split("/")
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(DATE)}
    command = [sys.executable, "-m", "rapportbygger", "build", report, "-m", municipality]
    subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
    alone = {f"{one}.{kind}": hashed((root / "build" / f"{one}.{kind}").read_bytes()) for kind in ("docx", "pdf")}
    assert alone == {name: in_order[name] for name in alone}


def test_nobody_writes_into_blocks_that_documents_share(workshop: Workshop) -> None:
    made(workshop, [job.name for job in planned(workshop.project).jobs])
    known = {**interning._known._old, **interning._known._young}
    assert len(known) > 50
    assert [block for (written, _number), block in known.items() if marshal.dumps(block, 2) != written] == []
