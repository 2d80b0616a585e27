"""The final report of a generated project: about ten pages, and a row (or a section too) for each municipality."""

from __future__ import annotations

import random
from collections.abc import Sequence

from benchmarks.many.local_chapters import Cites, references
from benchmarks.many.texts import Author, citations

FINAL = ("innledning", "kommunene", "litteratur")


def final(seed: int, keys: Sequence[str], sections: bool) -> dict[str, str]:
    """The chapters of the final report. `sections`: a section for each municipality, not only a row."""
    by = Author(random.Random(f"final {seed}"), "nb")
    cites = citations(random.Random(f"cited at last {seed}"), keys)
    texts = (_opening(by, cites), _all_of_them(by, sections), references(by, cites))
    return {f"{number:02}-{name}.md": text for number, (name, text) in enumerate(zip(FINAL, texts, strict=True), 1)}


def _opening(by: Author, cites: Cites) -> str:
    sections = "\n\n".join(
        f"## {by.title()} {{#sec-{number}}}\n\n{by.paragraph(5, next(cites))}\n\n{by.paragraphs(2)}"
        for number in range(1, 6)
    )
    return f"""# Innledning {{#sec-innledning}}

I prosjektet var {{{{ municipalities | length }}}} kommuner med. {by.paragraph(4, next(cites))}

{sections}
"""


def _all_of_them(by: Author, sections: bool) -> str:
    """A row for each municipality, or a section too."""
    each = """
{% for k in municipalities %}
## {{ k.navn }} {#sec-kommune-{{ k.id }}}

{{ k.lært }}

{% endfor %}
"""
    told = " | ".join(f"{{% if k.{field} %}}ja{{% else %}}nei{{% endif %}}" for field in ("gjort", "lært", "lurt"))
    return f"""# Kommunene {{#sec-kommunene}}

{by.paragraph(4)} @tbl-kommunene viser hva hver av dem har levert.

| Kommune | Fylke | Tiltak | Gjort | Lært | Lurt | Rapport |
|:-------------|:-------------|---:|:------|:------|:------|:-------------|
{{% for k in municipalities %}}
| {{{{ k.navn }}}} | {{{{ k.fylke }}}} | {{{{ k.tiltak | length }}}} | {told} | \
[lokal rapport](kommunerapport/{{{{ k.id }}}}.pdf){{% if k.video %}}, [video]({{{{ k.video }}}}){{% endif %}} |
{{% endfor %}}

: Hva kommunene har levert {{#tbl-kommunene}}
{each if sections else ""}
{by.paragraph(4)}
"""
