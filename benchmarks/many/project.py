"""A project of many municipalities, each with a local report of about 12 pages, generated from a seed.

    python -m benchmarks.many.project FOLDER [--count N] [--seed N] [--chart] [--sections]

Every municipality has values, texts, tables and a picture of its own; every fourth writes nynorsk. All share chapters,
pictures and a bibliography of invented works. Templates and citation style are those of this repository.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from benchmarks.many.final_chapters import final
from benchmarks.many.local_chapters import local
from benchmarks.many.pictures import picture
from benchmarks.many.texts import Author

ROOT = Path(__file__).parents[2]

_BEGINNINGS = """
nord sør øst vest øvre nedre stor sand lang berg fjell elv skog havn høg svart kvit grøn rød mid brei bjørk or gran
furu eik lind stein lei kald varm ny gammel ytter inner hol krok mose myr orre ørn ulv hest geit lam sau due sild
gås sel hval elg
"""
_ENDINGS = """
vik nes dal fjord øy stad vang land sund heim bygd mo ås tveit lund strand sjø haug voll eid foss elva bakken myra
sletta holmen odden bukta lia kroken tangen øra vågen marka haugen moen skaret osen tjern engene
"""
_COUNTIES = ("Nordfylket", "Sørfylket", "Austfylket", "Vestfylket", "Midtfylket", "Fjordfylket", "Skogfylket")
_FAMILIES = ("Hansen", "Olsen", "Dahl", "Berg", "Eng", "Gran", "Lie", "Moe", "Aas", "Ås", "Ødegård", "Bakke", "Vik")
_GIVEN = ("Anne", "Bjørn", "Camilla", "Dag", "Eva", "Fredrik", "Grete", "Håkon", "Ida", "Jon", "Kari", "Lars")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})
_MEASURES = {
    "nb": "Verksted på kaia;Felles time for lærere;Åpen øving på biblioteket;Sang i dagligstuen;Bandskole;"
    "Danseverksted;Utlån av instrumenter;Kulturskole på småtrinnet;Konsertuke;Teater i skogen;Digital øvedagbok",
    "nn": "Verkstad på kaia;Felles time for lærarar;Open øving på biblioteket;Song i daglegstova;Bandskule;"
    "Danseverkstad;Utlån av instrument;Kulturskule på småtrinnet;Konsertveke;Teater i skogen;Digital øvedagbok",
}
_ROLES = {
    "nb": "rektor;kommunalsjef for oppvekst;folkehelsekoordinator;leder av ungdomsrådet;biblioteksjef;lærer i dans",
    "nn": "rektor;kommunalsjef for oppvekst;folkehelsekoordinator;leiar av ungdomsrådet;biblioteksjef;lærar i dans",
}
_MANIFEST = """title: Små forsøk i mange kommuner
subtitle: Sluttrapport
author: [Fylkene i fellesskap]
date: 2022-11-30
lang: nb
bibliography: ../bibliography/references.yaml
csl: ../bibliography/norsk-apa.csl
schema: municipality.schema.yaml
municipalities: municipalities/*
reports:
  sluttrapport:
    template: sluttrapport.docx
    chapters: [chapters/*.md]
    toc-depth: 2
    number-sections: true
    list-of-tables: true
  kommunerapport:
    for-each: municipality
    title:
      nb: Små forsøk i mange kommuner
      nn: Små forsøk i mange kommunar
    subtitle: Lokal rapport
    template: kommunerapport.docx
    chapters: [local/*.md]
    toc-depth: 2
    number-sections: true
"""
_SCHEMA = """$schema: https://json-schema.org/draft/2020-12/schema
type: object
additionalProperties: false
required: [navn, kommunenummer, fylke, målform, innbyggere, mål, tiltak, elever]
properties:
  navn: {type: string, minLength: 1}
  kommunenummer: {type: string, pattern: "^[0-9]{4}$"}
  fylke: {type: string, minLength: 1}
  målform: {enum: [bokmål, nynorsk]}
  koordinator: {type: string}
  deltakere: {type: array, items: {type: string}, uniqueItems: true}
  innbyggere: {type: integer, minimum: 1}
  andel: {type: number, minimum: 0, maximum: 100}
  endring: {type: integer}
  video: {type: string, format: uri}
  innledning: {type: string}
  gjort: {type: string}
  lært: {type: string}
  lurt: {type: string}
  resultater: {type: string}
  mål:
    type: array
    items:
      type: object
      additionalProperties: false
      required: [tittel, tekst]
      properties: {tittel: {type: string}, tekst: {type: string}, delmål: {type: array, items: {type: string}}}
  tiltak:
    type: array
    items:
      type: object
      additionalProperties: false
      required: [navn, ansvar, frist, elever]
      properties:
        navn: {type: string}
        ansvar: {type: string}
        frist: {type: string, format: date}
        elever: {type: integer, minimum: 0}
  elever:
    type: array
    items:
      type: object
      additionalProperties: false
      required: [år, elever, venteliste]
      properties: {år: {type: integer}, elever: {type: integer}, venteliste: {type: integer}}
"""


def make(root: Path, count: int, seed: int = 1, *, chart: bool = False, sections: bool = False) -> Path:
    """A project of `count` municipalities in the folder `root`, which is emptied first."""
    shutil.rmtree(root, ignore_errors=True)
    content = root / "content"
    works = bibliography(random.Random(f"works {seed}"))
    keys = [work["id"] for work in works]
    _write(content / "report.yaml", _MANIFEST)
    _write(content / "municipality.schema.yaml", _SCHEMA)
    _write(root / "bibliography" / "references.yaml", _as_yaml({"references": works}))
    _write_all(content / "chapters", final(seed, keys, sections))
    for lang in ("nb", "nn"):
        _write_all(content / "local", local(lang, seed, keys[:15], chart))
    if chart:
        axis = "{% if lang == 'nn' %}Elevar og venteliste{% else %}Elever og venteliste{% endif %}"
        _write(content / "figures" / "elever.vl.yaml", _as_yaml(chart_of("{{ municipality.elever }}", axis)))
    for name in ("modell", "lop"):
        _write_bytes(content / "figures" / f"{name}.png", picture(random.Random(name), 720, 420))
    for id_, values in municipalities(count, seed, keys).items():
        _write(content / "municipalities" / f"{id_}.yaml", _as_yaml(values))
        _write_bytes(content / "municipalities" / id_ / "bilde.png", picture(random.Random(f"{seed} {id_}"), 720, 420))
    for source in ("bibliography/norsk-apa.csl", "templates/sluttrapport.docx", "templates/kommunerapport.docx"):
        (root / source).parent.mkdir(exist_ok=True)
        shutil.copyfile(ROOT / source, root / source)
    return root


def chart_of(values: Any, axis: str) -> dict[str, Any]:
    """A chart of one municipality's numbers, as Vega-Lite 5: a bar for each year, and a line for those who wait."""
    year = {"field": "år", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}}
    bars = {"mark": "bar", "encoding": {"y": {"field": "elever", "type": "quantitative", "title": axis}}}
    on_list = {"y": {"field": "venteliste", "type": "quantitative"}}
    waiting = {"mark": {"type": "line", "point": True, "color": "#e0861a"}, "encoding": on_list}
    return {"data": {"values": values}, "height": 200, "encoding": {"x": year}, "layer": [bars, waiting]}


def _write_all(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        _write(folder / name, text)


def _write(path: Path, text: str) -> None:
    _write_bytes(path, text.encode())


def _write_bytes(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _as_yaml(value: Any) -> str:
    return yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=110)


# ----------------------------------------------------------------------------------------------------- what is in it


def municipalities(count: int, seed: int, keys: list[str]) -> dict[str, dict[str, Any]]:
    """What each municipality delivers, by its id."""
    names = [f"{first}{last}".capitalize() for first in _BEGINNINGS.split() for last in _ENDINGS.split()]
    random.Random(f"names {seed}").shuffle(names)
    if count > len(names):
        sys.exit(f"no more than {len(names)} municipalities have names")
    return {_id(name): _delivered(name, number, seed, keys) for number, name in enumerate(names[:count])}


def _id(name: str) -> str:
    return name.lower().translate(_LETTERS)


def _delivered(name: str, number: int, seed: int, keys: list[str]) -> dict[str, Any]:
    chance = random.Random(f"{seed} {name}")
    lang = "nn" if number % 4 == 3 else "nb"
    by = Author(chance, lang)
    pupils = _pupils(chance)
    roles = _ROLES[lang].split(";")
    cited = f" [@{chance.choice(keys)}]" if chance.random() < 0.5 else ""
    told = {
        "gjort": f"{by.paragraph(4)}\n\n{by.bullets(3)}\n",
        "lært": f"{by.paragraph(4, cited)}\n",
        "lurt": f"{by.bullets(3, '1.')}\n\n{by.paragraph(3)}\n",
    }
    return {
        "navn": name,
        "kommunenummer": f"{1000 + 4 * number}",
        "fylke": chance.choice(_COUNTIES),
        "målform": {"nb": "bokmål", "nn": "nynorsk"}[lang],
        "koordinator": chance.choice(roles),
        "deltakere": chance.sample(roles, 4),
        "innbyggere": chance.randint(900, 60000),
        "andel": chance.randint(80, 340) / 10,
        "endring": round(100 * (pupils[-1]["elever"] / pupils[0]["elever"] - 1)) or 1,
        **({"video": f"https://www.example.org/video/{1000 + number}"} if chance.random() < 0.7 else {}),
        "innledning": f"{by.paragraph(4)}\n",
        **{field: text for field, text in told.items() if field == "gjort" or chance.random() < 0.95},
        "resultater": f"{by.paragraph(4)}\n\n{by.bullets(3)}\n",
        "mål": [
            {"tittel": by.title(), "tekst": by.paragraph(3), "delmål": [by.sentence() for _ in range(2)]}
            for _ in range(3)
        ],
        "tiltak": [_measure(chance, lang, title) for title in chance.sample(_MEASURES[lang].split(";"), 7)],
        "elever": pupils,
    }


def _pupils(chance: random.Random) -> list[dict[str, int]]:
    pupils = chance.randint(80, 900)
    out = []
    for year in range(2015, 2023):
        out.append({"år": year, "elever": pupils, "venteliste": int(pupils * chance.uniform(0.1, 0.5))})
        pupils = max(40, int(pupils * chance.uniform(0.9, 1.12)))
    return out


def _measure(chance: random.Random, lang: str, title: str) -> dict[str, Any]:
    return {
        "navn": title,
        "ansvar": chance.choice(_ROLES[lang].split(";")),
        "frist": f"2022-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        "elever": chance.randint(6, 60),
    }


def bibliography(chance: random.Random, count: int = 24) -> list[dict[str, Any]]:
    """Invented works, as CSL data."""
    return [_work(chance, f"verk{number:02}") for number in range(1, count + 1)]


def _work(chance: random.Random, key: str) -> dict[str, Any]:
    by = Author(chance, "nb")
    kind = chance.choice(("article-journal", "book", "chapter", "report", "webpage"))
    people = [
        {"family": family, "given": chance.choice(_GIVEN)}
        for family in chance.sample(_FAMILIES, chance.choice((1, 1, 2, 3)))
    ]
    out: dict[str, Any] = {"id": key, "type": kind, "language": "nb-NO", "author": people}
    out |= {"issued": chance.randint(2005, 2022), "title": f"{by.title()}: {by.title()}"}
    if kind in ("article-journal", "chapter"):
        first = chance.randint(1, 200)
        out |= {"container-title": f"Tidsskrift for {by.nouns(1)}", "page": f"{first}-{first + chance.randint(5, 30)}"}
    if kind == "article-journal":
        out |= {"volume": chance.randint(1, 40), "issue": chance.randint(1, 4)}
    if kind in ("book", "chapter", "report"):
        out |= {"publisher": "Fjordforlaget", "publisher-place": "Nordnes"}
    if kind == "webpage":
        out |= {"URL": f"https://www.example.org/{key}", "accessed": "2022-09-01"}
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--chart", action="store_true")
    parser.add_argument(
        "--sections", action="store_true", help="a section in the final report for each, not only a row"
    )
    arguments = parser.parse_args()
    make(arguments.folder, arguments.count, arguments.seed, chart=arguments.chart, sections=arguments.sections)


if __name__ == "__main__":
    main()
