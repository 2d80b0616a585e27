"""Projects with long Norwegian documents, made from a seed: what equal pages are measured on.

make(root, "rapport", seed)  about 65 pages with everything that a report may have
make(root, "lokal", seed)    a municipality's own report, about 12 pages
make(root, "prosa", seed)    headings, paragraphs and lists only

The sentences are invented: a small grammar over words as long as Norwegian words are.
"""

from __future__ import annotations

import random
import shutil
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

KINDS = ("rapport", "lokal", "prosa")

_GRAMMAR = """
kommunen; kulturskolen; kommunestyret; prosjektgruppa; rektor; oppvekstsektoren; fylkeskommunen; lærerne;
elevrådet; kommunedirektøren; samarbeidsutvalget; frivilligheten; ungdomsrådet; de tre nabokommunene;
kulturskolelærerne; styringsgruppa; arbeidsgruppa for medvirkning; innbyggerne; helsesykepleieren; den nye
enhetslederen; virksomheten; bygdene langs fjorden
|
drøftet; prøvde ut; la fram; vurderte; videreutviklet; kartla; ba om; prioriterte; samordnet; evaluerte; tok i
bruk; forankret; planla; presenterte; har gjennomført; skal bygge videre på; ønsker å styrke; kan ikke alene løse;
fant; stilte spørsmål ved
|
et bredere tilbud; planarbeidet; nye møteplasser; en felles tiltaksplan; økonomiplanen; medvirkningsprosessene;
samskaping; kulturskoletilbudet; en årlig erfaringskonferanse; oppvekstreformen; rutinene for samhandling;
ventelistene; lokalene; samfunnsoppdraget; et tverrsektorielt lederteam; kompetansehevingstiltak;
folkehelsearbeidet; søknaden om skjønnsmidler; utviklingsplanen; et forslag til organisasjonsstruktur; rammeplanen;
tre pilotskoler; barn og unges oppvekstvilkår
|
i løpet av våren; etter den tredje samlingen; sammen med KS; uten at det kostet mer; høsten 2021; for første gang;
i alle deler av kommunen; på bakgrunn av spørreundersøkelsen; i møte med ungdommene; når budsjettet tillot det; til
tross for pandemien; slik planen var; i samråd med de tillitsvalgte; over 3 år; fra og med 1. august; i tråd med
kommuneplanens samfunnsdel
|
fordi mange savnet det; slik at flere kunne delta; noe som overrasket de fleste; men det tok tid; og det ga
resultater; selv om ressursene var små; der avstandene er store; som også andre har erfart; og ansvaret ble
tydeligere; før vedtaket ble fattet
|
samarbeid; medvirkning; ledelse; forankring; tilbud; økonomi; organisering; læring; erfaringer; mål; tiltak;
ressurser; kompetanse; møteplasser; nettverk; evaluering; framdrift; samskaping; utviklingsarbeid; oppvekst;
frivillighet; lokaler"""
"""What does something; does; what is done; when and where; and so on; nouns."""
_WORDS = [[" ".join(word.split()) for word in words.split(";")] for words in _GRAMMAR.split("|")]
_LINK = "https://www.eksempelkommune.no/tjenester/kultur-og-fritid/kulturskolen/utviklingsprosjekt-2021-2023/dokumenter"
_FORMULAS = (r"a^2 + b^2 = c^2", r"\frac{n}{k+1}", r"\sum_{i=1}^n x_i", r"\bar{x}", r"p_{t+1} = p_t (1 + r)")
_KEYS = ("dahl2018", "eng2020", "ks2018", "meld2021", "vik2019")
_REFERENCES = """references:
- {id: dahl2018, type: book, author: [{family: Dahl, given: Ane}], issued: {date-parts: [[2018]]},
   title: Å lede endring, publisher: Fjordforlaget, publisher-place: Bergen}
- {id: eng2020, type: article-journal, author: [{family: Eng, given: Bo}, {family: Li, given: Ida}], volume: "12",
   issued: {date-parts: [[2020]]}, title: Samskaping i små kommuner, page: 12-31,
   container-title: Tidsskrift for kommuner}
- {id: ks2018, type: report, author: [{literal: KS}], issued: {date-parts: [[2018]]}, title: En kommune i utvikling}
- {id: meld2021, type: report, author: [{literal: Kulturdepartementet}], issued: {date-parts: [[2021]]},
   title: En melding om kunst for og med barn og unge i hele landet, URL: "https://www.eksempel.no/meldinger/2021/kunst"}
- {id: vik2019, type: chapter, author: [{family: Vik, given: Per}], issued: {date-parts: [[2019]]},
   title: Om møteplasser, container-title: Kulturlivets rom, publisher: Nordforlaget, page: 40-58}
"""


# ------------------------------------------------------------------------------------------------------- its sentences


@dataclass
class Author:
    """Writes Markdown, and keeps count of what can be referred to."""

    rnd: random.Random
    notes: list[str] = field(default_factory=list)
    figures: int = 0
    tables: int = 0
    sections: int = 0
    noted: int = 0

    def phrase(self) -> str:
        who, does, what, _, _, _ = (self.rnd.choice(words) for words in _WORDS)
        return f"{who} {does} {what}"

    def sentence(self) -> str:
        out = self.phrase()
        out += f" {self.rnd.choice(_WORDS[3])}" if self.rnd.random() < 0.7 else ""
        out += f", {self.rnd.choice(_WORDS[4])}" if self.rnd.random() < 0.4 else ""
        out += f", mens {self.phrase()}" if self.rnd.random() < 0.2 else ""
        return f"{out[0].upper()}{out[1:]}."

    def text(self, low: int = 2, high: int = 7) -> str:
        return " ".join(self.sentence() for _ in range(self.rnd.randint(low, high)))

    def words(self, low: int, high: int) -> str:
        return " ".join(self.rnd.choice(_WORDS[5]) for _ in range(self.rnd.randint(low, high)))

    def title(self) -> str:
        shape = self.rnd.random()
        if shape < 0.15:
            return self.sentence()[:-1]
        joined = f"{self.rnd.choice(_WORDS[5])} og {self.rnd.choice(_WORDS[5])}" if shape < 0.6 else self.words(1, 4)
        return joined.capitalize()

    def note(self) -> str:
        """A footnote's mark; its text stands at the end of the chapter."""
        self.noted += 1
        self.notes.append(f"[^n{self.noted}]: {self.text(*self.rnd.choice([(1, 1), (1, 2), (1, 2), (3, 6)]))}")
        return f"[^n{self.noted}]"

    def marked(self, text: str, odds: float) -> str:
        """The text with a footnote at its end, or after one of its sentences."""
        if self.rnd.random() >= odds:
            return text
        head, dot, rest = text.partition(". ")
        return f"{head}.{self.note()} {rest}" if dot and self.rnd.random() < 0.5 else text + self.note()


# ---------------------------------------------------------------------------------------------------------- its blocks


def paragraph(by: Author) -> str:
    return by.marked(by.text(), 0.25)


def decorated(by: Author) -> str:
    """A paragraph with everything that stands in a line."""
    formula, key = by.rnd.choice(_FORMULAS), by.rnd.choice(_KEYS)
    extra = [
        f"*{by.phrase()}* og **{by.words(1, 3)}**.",
        f"Det er vist for ${formula}$ i [@{key}, s. {by.rnd.randint(2, 90)}].",
        f"Se {_LINK}/{by.rnd.randint(10, 99)} eller [kommunens egne sider](https://www.eksempelkommune.no).",
        f"Av dette gjaldt `{by.rnd.choice(_WORDS[5])}_{by.rnd.randint(1, 9)}` 10 000 kroner, se kap. 3 og § 4.",
        f"@{key} kaller det «{by.words(2, 4)}», H~2~O og x^2^.",
    ]
    return f"{by.text(1, 3)} {by.rnd.choice(extra)} {by.marked(by.text(1, 3), 0.25)}"


def references(by: Author) -> str:
    """A paragraph that points at what stands elsewhere."""
    section = f"@sec-{by.rnd.randint(1, by.sections)}"
    out = [f"Dette er omtalt i {section} på [side {section}]{{.page}}."]
    if by.figures:
        out.append(f"@fig-{by.rnd.randint(1, by.figures)} viser hvordan {by.phrase()}.")
    if by.tables:
        out.append(f"Det går fram av @tbl-{by.rnd.randint(1, by.tables)} at {by.phrase()} [@{by.rnd.choice(_KEYS)}].")
    return " ".join([*out, by.text(1, 4)])


def bullets(by: Author, mark: str = "-") -> str:
    """A list: tight or loose, flat or nested."""
    between = by.rnd.choice(["\n", "\n\n"])
    out = []
    for _ in range(by.rnd.randint(2, 7)):
        out.append(f"{mark:4}{by.marked(by.text(1, 2) if by.rnd.random() < 0.7 else by.words(1, 4), 0.05)}")
        if by.rnd.random() < 0.2:
            out.append("\n".join(f"    - {by.words(2, 6)}" for _ in range(by.rnd.randint(1, 3))))
        if between == "\n\n" and by.rnd.random() < 0.15:
            out.append(f"    {by.text(1, 2)}")
    return between.join(out)


def ordered(by: Author) -> str:
    return bullets(by, by.rnd.choice(["1.", "a)", "i.", "(1)"]))


def quote(by: Author) -> str:
    out = "> " + by.marked(by.text(1, 4), 0.15)
    return out + (f"\n>\n> {by.text(1, 2)}" if by.rnd.random() < 0.4 else "")


def code(by: Author) -> str:
    rows = [f"{by.rnd.choice(_WORDS[5])} = {by.rnd.randint(1, 999)}" for _ in range(by.rnd.randint(2, 9))]
    return "\n".join(["```", *rows, "```"])


def definitions(by: Author) -> str:
    return "\n\n".join(f"{by.words(1, 2).capitalize()}\n:   {by.text(1, 3)}" for _ in range(by.rnd.randint(2, 3)))


def verse(by: Author) -> str:
    return "\n".join(f"| {by.words(2, 5).capitalize()}" for _ in range(by.rnd.randint(3, 5)))


def formula(by: Author) -> str:
    return f"{by.text(1, 2)}\n\n$${by.rnd.choice(_FORMULAS)}$$\n\n{by.text(1, 3)}"


def figure(by: Author) -> str:
    by.figures += 1
    file, width = by.rnd.choice(["bred", "hoy", "liten"]), by.rnd.choice([30, 45, 60, 80, 100])
    caption = by.marked(by.text(1, 2) if by.rnd.random() < 0.5 else by.title(), 0.1)
    width = min(width, 60) if file == "hoy" else width
    return f'![{caption}](figures/{file}.png){{#fig-{by.figures} fig-alt="{by.title()}" width={width}%}}'


def table(by: Author) -> str:
    """A pipe table of 2 to 8 columns with short, long, numeric and noted cells."""
    columns, rows = by.rnd.randint(2, 8), by.rnd.choice([3, 5, 8, 12, 20])
    long_one = by.rnd.randrange(columns) if columns < 6 and rows < 12 else -1
    head = [by.rnd.choice(_WORDS[5]).capitalize() for _ in range(columns)]
    marks = [by.rnd.choice(["---", "---", "--:", ":-:"]) * (3 if n == long_one else 1) for n in range(columns)]
    cells = [[_cell(by, n == long_one) for n in range(columns)] for _ in range(rows)]
    if long_one >= 0:
        marks = ["-" * (30 if n == long_one else 10) for n in range(columns)]
    return "\n".join(_row(cells) for cells in [head, marks, *cells]) + _table_caption(by)


def _cell(by: Author, long_one: bool) -> str:
    if long_one:
        return by.marked(by.text(1, 3), 0.05)
    shape = by.rnd.random()
    return str(by.rnd.randint(1, 9999)) if shape < 0.4 else by.words(1, 3) if shape < 0.95 else "–"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _table_caption(by: Author) -> str:
    by.tables += 1
    return f"\n\n: {by.marked(by.title(), 0.1)} {{#tbl-{by.tables}}}"


def long_table(by: Author) -> str:
    """A table of more than a page."""
    rows = [[str(n), by.words(1, 5), by.title(), str(by.rnd.randint(1, 9999))] for n in range(1, 61)]
    marks = ["---:", "-" * 16, "-" * 20, "-----:"]
    return "\n".join(map(_row, [["Nr.", "Tiltak", "Beskrivelse", "Beløp"], marks, *rows])) + _table_caption(by)


def merged_table(by: Author) -> str:
    """A grid table with header cells over several columns and rows."""
    line = f"+{'-' * 22}+{'-' * 22}+{'-' * 22}+"
    split = f"|{' ' * 22}+{'-' * 22}+{'-' * 22}+"
    head = [line, _grid("Område", "Resultat", None), split, _grid("", "2020", "2021"), line.replace("-", "=")]
    body = [_grid(by.rnd.choice(_WORDS[5]), str(by.rnd.randint(1, 99)), by.words(1, 1)) for _ in range(6)]
    return "\n".join([*head, *(each for row in body for each in (row, line))]) + _table_caption(by)


def _grid(first: str, second: str, third: str | None) -> str:
    return f"| {first:20} | {second:43} |" if third is None else f"| {first:20} | {second:20} | {third:20} |"


# -------------------------------------------------------------------------------------------------------- its chapters

Block = Callable[[Author], str]

_PROSE: dict[Block, int] = {paragraph: 12, bullets: 2, ordered: 1}
_ALL: dict[Block, int] = {
    paragraph: 38, decorated: 12, references: 8, bullets: 7, ordered: 5, quote: 5, figure: 7, table: 4, merged_table: 1,
    long_table: 1, code: 1, definitions: 1, verse: 1, formula: 2,
}  # fmt: skip


def chapter(by: Author, sections: int, blocks: dict[Block, int]) -> str:
    """A heading of level 1, and sections of level 2 to 4 under it."""
    out, level = [_heading(by, 1), by.text()], 1
    for _ in range(sections):
        level = by.rnd.randint(2, min(level + 1, 4))
        out.append(_heading(by, level))
        out += [block(by) for block in by.rnd.choices(list(blocks), list(blocks.values()), k=by.rnd.randint(2, 6))]
    notes, by.notes = by.notes, []
    return "\n\n".join([*_apart(out), *notes]) + "\n"


def _heading(by: Author, level: int) -> str:
    by.sections += 1
    return f"{'#' * level} {by.marked(by.title(), 0.05)} {{#sec-{by.sections}}}"


def _apart(blocks: Sequence[str]) -> list[str]:
    """Blocks, with a comment between two lists: Markdown would make one of them."""
    out: list[str] = []
    for block in blocks:
        if out and _listed(out[-1]) and (_listed(block) or block.startswith("    ")):
            out.append("<!-- -->")
        out.append(block)
    return out


def _listed(block: str) -> bool:
    return block.split(" ", 1)[0] in ("-", "1.", "a)", "i.", "(1)") or "\n:   " in block


def _rapport(by: Author) -> list[str]:
    must: list[Block] = [long_table, merged_table, definitions, verse, code, formula, *[figure] * 2, *[table] * 3]
    body = [chapter(by, by.rnd.randint(6, 9), _ALL) for _ in range(6)]
    last = "\n\n".join([_heading(by, 1), *(f"{by.text()}\n\n{block(by)}\n\n{by.text(1, 3)}" for block in must)])
    return [*body, "\n\n".join([last, *by.notes]) + "\n"]


def _lokal(by: Author) -> list[str]:
    opening = "# Om {{ municipality.navn }} {#sec-om}\n\nVi er {{ municipality.innbyggere }} innbyggere."
    return [f"{opening} {by.text()}\n", *(chapter(by, 4, _ALL) for _ in range(2))]


def _prosa(by: Author) -> list[str]:
    return [chapter(by, 7, _PROSE) for _ in range(6)]


_CHAPTERS: dict[str, Callable[[Author], list[str]]] = {"rapport": _rapport, "lokal": _lokal, "prosa": _prosa}


# --------------------------------------------------------------------------------------------------------- its project


def make(root: Path, kind: str, seed: int, template: Path | None = None) -> Path:
    """A project of one report, `rapport`, in the folder `root`; in the package's own template, or in the one given."""
    by = Author(random.Random(f"{kind} {seed}"))
    return make_project(root, _CHAPTERS[kind](by), template, local=kind == "lokal")


def make_project(root: Path, chapters: Sequence[str], template: Path | None = None, local: bool = False) -> Path:
    """A project of these chapters, with the pictures and references that they may name."""
    content = root / "content"
    for folder in ("chapters", "figures", "municipalities"):
        (content / folder).mkdir(parents=True)
    (root / "bibliography").mkdir()
    (root / "bibliography" / "references.yaml").write_text(_REFERENCES, encoding="utf-8")
    for n, markdown in enumerate(chapters, 1):
        (content / "chapters" / f"{n:02}.md").write_text(markdown, encoding="utf-8")
    for name, width, height in (("bred", 1600, 700), ("hoy", 600, 900), ("liten", 640, 480)):
        (content / "figures" / f"{name}.png").write_bytes(png(width, height))
    (content / "municipalities" / "vik.yaml").write_text("navn: Vik\ninnbyggere: 2 600\n", encoding="utf-8")
    (content / "report.yaml").write_text(_manifest(template, local), encoding="utf-8")
    if template:
        (root / "templates").mkdir()
        shutil.copyfile(template, root / "templates" / template.name)
    return root


def _manifest(template: Path | None, local: bool) -> str:
    lines = [
        "title: Kulturskolen i utvikling",
        "subtitle: En rapport",
        "author: [Kari Berg, Ola Nes]",
        "date: 2022-06-17",
    ]
    lines += ["bibliography: ../bibliography/references.yaml", "municipalities: municipalities/*.yaml"]
    lines += [
        "reports:",
        "  rapport:",
        "    chapters: [chapters/*.md]",
        "    toc-depth: 3",
        "    list-of-figures: true",
    ]
    lines += ["    list-of-tables: true", "    number-sections: true"]
    lines += ["    for-each: municipality"] if local else []
    lines += [f"    template: {template.name}"] if template else []
    return "\n".join(lines) + "\n"


def png(width: int, height: int) -> bytes:
    """A picture in one colour, 8 bits RGB, at 150 dots an inch (PNG, 11.2 and 11.3.5.3)."""
    rows = (b"\x00" + b"\xb8\xc8\xd4" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    density = struct.pack(">IIB", 5906, 5906, 1)
    parts = [(b"IHDR", header), (b"pHYs", density), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
