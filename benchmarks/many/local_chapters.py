"""The local report of a generated project: chapters of about 12 pages, in both forms of Norwegian.

What is the same for all municipalities is sampled once (`texts.py`); values, tables and longer texts of each are merged
in. Each chapter is a function of its author and of the works that it may cite.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

from benchmarks.many.texts import Author, citations

LOCAL = ("kort", "prosjektet", "kommunen", "metode", "tiltak", "drofting", "tall", "videre", "litteratur")

Cites = Iterator[str]


def local(lang: str, seed: int, keys: Sequence[str], chart: bool) -> dict[str, str]:
    """The chapters of a local report by file name. `chart`: with a chart of the municipality's own numbers."""
    by = Author(random.Random(f"local {seed}"), lang)
    cites = citations(random.Random(f"cited {seed}"), keys)
    suffix = "" if lang == "nb" else f".{lang}"
    chapters = {name: _LOCAL[name](by, cites) for name in LOCAL}
    if not chart:
        chapters["tall"] = _without_chart(chapters["tall"])
    return {f"{number:02}-{name}{suffix}.md": chapters[name] for number, name in enumerate(LOCAL, 1)}


def _without_chart(text: str) -> str:
    return "\n\n".join(part for part in text.split("\n\n") if "fig-elever" not in part)


# ------------------------------------------------------------------------------------------------------- local reports


def brief(by: Author, cites: Cites) -> str:
    where = by.choose(
        "{{ k.navn }} kommune i {{ k.fylke }} har {{ k.innbyggere | number }} innbyggere. Av barna i grunnskolealder "
        "har {{ k.andel | number }} prosent plass i kulturskolen.",
        "{{ k.navn }} kommune i {{ k.fylke }} har {{ k.innbyggere | number }} innbyggjarar. Av barna i grunnskulealder "
        "har {{ k.andel | number }} prosent plass i kulturskulen.",
    )
    missing = by.choose("ikke levert", "ikkje levert")
    rows = "\n".join(
        f"| {field.capitalize()} | {{% if k.{field} %}}levert{{% else %}}{missing}{{% endif %}} |"
        for field in ("gjort", "lært", "lurt", "video")
    )
    caption = by.choose("Hva {{ k.navn }} har levert", "Kva {{ k.navn }} har levert")
    return f"""# Kort om rapporten {{#sec-kort}}

{{% set k = municipality %}}
{where} {by.paragraph(3)}

{{{{ k.innledning }}}}

{by.paragraph(4)}

| Del av bidraget | Status |
|:------------------------|:--------------|
{rows}

: {caption} {{#tbl-levert}}

{by.paragraph(4, next(cites))}
"""


def project(by: Author, cites: Cites) -> str:
    caption = by.choose("Slik arbeidet gikk i sykluser", "Slik arbeidet gjekk i syklusar")
    alt = by.choose("Fargede felt i en ring", "Farga felt i ein ring")
    return f"""# Prosjektet {{#sec-prosjektet}}

{by.paragraph(4, next(cites))}

## {by.title()} {{#sec-prosjektet-1}}

{by.paragraph(5, next(cites))}

@fig-modell viser arbeidsmåten. {by.paragraph(4)}

![{caption}](figures/modell.png){{#fig-modell fig-alt="{alt}" width=75%}}

{by.paragraph(4, next(cites))}

## {by.title()} {{#sec-prosjektet-2}}

{by.paragraph(4, "[^utvalg]")}

{by.bullets(4)}

{by.paragraph(4, next(cites))}

### {by.title()} {{#sec-prosjektet-3}}

{by.paragraph(4)}

[^utvalg]: {by.sentence()} {by.sentence()}
"""


def the_municipality(by: Author, cites: Cites) -> str:
    caption = by.choose("Fra arbeidet i {{ k.navn }}", "Frå arbeidet i {{ k.navn }}")
    alt = by.choose("Åser under en lys himmel", "Åsar under ein lys himmel")
    who = by.choose(
        "Arbeidet i {{ k.navn }} ble samordnet av {{ k.koordinator }}. I gruppen satt {{ k.deltakere | listing }}.",
        "Arbeidet i {{ k.navn }} vart samordna av {{ k.koordinator }}. I gruppa sat {{ k.deltakere | listing }}.",
    )
    shown = by.choose("Et glimt er vist i @fig-eget.", "Eit glimt er vist i @fig-eget.")
    return f"""# Om kommunen {{#sec-kommunen}}

{{% set k = municipality %}}
{who} {by.paragraph(4, next(cites))}

## {by.title()} {{#sec-kommunen-1}}

{shown} {by.paragraph(4)}

![{caption}](municipalities/{{{{ k.id }}}}/bilde.png){{#fig-eget fig-alt="{alt}" width=80%}}

{{{{ k.gjort }}}}

{by.paragraph(4, next(cites))}

{by.paragraph(4)} {by.choose("Slik var det også i {{ k.navn }}.", "Slik var det òg i {{ k.navn }}.")}
"""


def method(by: Author, cites: Cites) -> str:
    head = by.choose("| Samling | Tema | Sted | Deltakere |", "| Samling | Tema | Stad | Deltakarar |")
    rows = "\n".join(
        f"| {number}. samling | {by.title()} | {place} | {by.chance.randint(30, 90)} |"
        for number, place in enumerate(("Nordnes", "Sørdal", "Austvik", "Vestby", "Midtfjord"), 1)
    )
    seen = by.choose("Samlingene står i @tbl-samlinger.", "Samlingane står i @tbl-samlinger.")
    return f"""# Metode {{#sec-metode}}

{by.paragraph(4, next(cites))}

## {by.title()} {{#sec-metode-1}}

{seen} {by.paragraph(3)}

{head}
|:-------------|:------------------------------|:------------|-------:|
{rows}

: {by.choose("Samlinger i prosjektet", "Samlingar i prosjektet")} {{#tbl-samlinger}}

{by.paragraph(5, next(cites))}

## {by.title()} {{#sec-metode-2}}

{by.paragraph(3)}

{by.bullets(5, "1.")}

{by.paragraph(4, "[^notater]")}

{by.paragraph(4, next(cites))}

[^notater]: {by.sentence()} {by.choose("Se også", "Sjå òg")} <https://www.example.org/notater>.
"""


def measures(by: Author, cites: Cites) -> str:
    head = by.choose("| Tiltak | Ansvar | Frist | Elever |", "| Tiltak | Ansvar | Frist | Elevar |")
    shown = by.choose(
        "{{ k.navn }} satte seg {{ k.mål | length | spelled }} mål, og @tbl-tiltak viser tiltakene.",
        "{{ k.navn }} sette seg {{ k.mål | length | spelled }} mål, og @tbl-tiltak viser tiltaka.",
    )
    return f"""# Mål og tiltak {{#sec-tiltak}}

{{% set k = municipality %}}
{shown} {by.paragraph(4, next(cites))}

{{% for m in k.mål %}}
## {{{{ m.tittel }}}} {{#sec-mal-{{{{ loop.index }}}}}}

{{{{ m.tekst }}}}

{{% for d in m.delmål %}}
- {{{{ d }}}}
{{% endfor %}}

{{% endfor %}}
## {by.title()} {{#sec-tiltakene}}

{head}
|:------------------------|:------------------|:----------------|------:|
{{% for t in k.tiltak %}}
| {{{{ t.navn }}}} | {{{{ t.ansvar }}}} | {{{{ t.frist | date }}}} | {{{{ t.elever }}}} |
{{% endfor %}}

: Tiltak i {{{{ k.navn }}}} {{#tbl-tiltak}}

{by.paragraph(4, next(cites))}
"""


def discussion(by: Author, cites: Cites) -> str:
    back = by.choose("Det er omtalt i @sec-metode.", "Det er omtala i @sec-metode.")
    return f"""# Drøfting {{#sec-drofting}}

{by.paragraph(4, next(cites))}

## {by.title()} {{#sec-drofting-1}}

{back} {by.paragraph(4)}

> {by.paragraph(2, next(cites))}

{{{{ municipality.lært }}}}

## {by.title()} {{#sec-drofting-2}}

{by.paragraph(4, next(cites))}

![{by.choose("Tre løp ved siden av hverandre", "Tre løp ved sida av kvarandre")}](figures/lop.png){{#fig-lop fig-alt="{
        by.choose("Tre bånd med ulik farge", "Tre band med ulik farge")
    }" width=60%}}

{by.paragraph(4)}
"""


def numbers(by: Author, cites: Cites) -> str:
    head = by.choose("| År | Elever | På venteliste |", "| År | Elevar | På venteliste |")
    shown = by.choose(
        "@tbl-elever viser elever og ventelister i {{ k.navn }}. {% if k.endring > 0 %}Elevtallet har økt med "
        "{{ k.endring }}{% else %}Elevtallet har gått ned med {{ -k.endring }}{% endif %} prosent i perioden.",
        "@tbl-elever viser elevar og ventelister i {{ k.navn }}. {% if k.endring > 0 %}Elevtalet har auka med "
        "{{ k.endring }}{% else %}Elevtalet har gått ned med {{ -k.endring }}{% endif %} prosent i perioden.",
    )
    caption = by.choose("Elever i {{ k.navn }} år for år", "Elevar i {{ k.navn }} år for år")
    alt = by.choose("Søyler for hvert år", "Søyler for kvart år")
    return f"""# {by.choose("Omfanget i tall", "Omfanget i tal")} {{#sec-tall}}

{{% set k = municipality %}}
{shown} {by.paragraph(3, next(cites))}

![{caption}](figures/elever.vl.yaml){{#fig-elever fig-alt="{alt}" width=90%}}

{head}
|:--------|------:|------:|
{{% for rad in k.elever %}}
| {{{{ rad.år }}}} | {{{{ rad.elever | number }}}} | {{{{ rad.venteliste | number }}}} |
{{% endfor %}}

: {by.choose("Elever og ventelister", "Elevar og ventelister")} {{#tbl-elever}}

{{{{ k.resultater }}}}

{by.paragraph(4)}
"""


def onward(by: Author, cites: Cites) -> str:
    return f"""# {by.choose("Veien videre", "Vegen vidare")} {{#sec-videre}}

{by.paragraph(4, next(cites))}

{by.bullets(4)}

{{% set k = municipality %}}
{{{{ k.lurt }}}}

{by.paragraph(5, next(cites))}
"""


def references(by: Author, _cites: Cites) -> str:
    return f"# {by.choose('Litteratur', 'Litteratur')} {{#sec-litteratur .unnumbered}}\n\n::: {{#refs}}\n:::\n"


_LOCAL: dict[str, Callable[[Author, Cites], str]] = {
    "kort": brief,
    "prosjektet": project,
    "kommunen": the_municipality,
    "metode": method,
    "tiltak": measures,
    "drofting": discussion,
    "tall": numbers,
    "videre": onward,
    "litteratur": references,
}
