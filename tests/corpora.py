"""Random bibliographies and citations, dense in what makes works look alike: the same seed gives the same corpus.

made = corpus(7, "nn")
made.items      # CSL-JSON
made.clusters   # citations, as citeproc-js takes them
made.cited()    # the same, as `rapportbygger.resolve.citations` takes them
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from rapportbygger.nodes import words
from rapportbygger.resolve.citations.clusters import Cite, Cluster, Form
from rapportbygger.resolve.citations.locators import Locator

Item: TypeAlias = dict[str, Any]
Cited: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Corpus:
    """Works, and citations of them: `{"items": [{"id", "locator", "label", ...}], "mode": "composite"}`."""

    lang: str
    items: tuple[Item, ...]
    clusters: tuple[Cited, ...]

    def references(self) -> dict[str, Item]:
        """The works by key."""
        return {item["id"]: item for item in self.items}

    def cited(self) -> tuple[Cluster, ...]:
        """The citations as this project has them."""
        return tuple(_cluster(cluster) for cluster in self.clusters)

    def job(self, style: str) -> dict[str, Any]:
        """What `judges.citeproc` takes."""
        return {
            "style": style,
            "lang": {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}[self.lang],
            "items": self.items,
            "clusters": self.clusters,
        }


def corpus(seed: int, lang: str = "nb", works: int = 60, citations: int = 80) -> Corpus:
    """A corpus of at most that many works; those that nobody cites are left out."""
    maker = _Maker(random.Random(seed))
    items = [maker.work(f"k{number}") for number in range(works)]
    clusters = [maker.cluster(items) for _ in range(citations)]
    cited = {cite["id"] for cluster in clusters for cite in cluster["items"]}
    return Corpus(lang, tuple(item for item in items if item["id"] in cited), tuple(clusters))


def _cluster(cluster: Cited) -> Cluster:
    made = [_cite(cite) for cite in cluster["items"]]
    if cluster.get("mode") == "composite":
        first = made[0]
        made[0] = Cite(first.key, Form.IN_TEXT, first.locator, first.prefix, first.suffix)
    return tuple(made)


def _cite(cite: Mapping[str, Any]) -> Cite:
    return Cite(
        cite["id"],
        Form.SUPPRESSED if cite.get("suppress-author") else Form.NORMAL,
        Locator(cite.get("label", "page"), cite["locator"]) if cite.get("locator") else None,
        tuple(words(cite.get("prefix", "").strip())),
        tuple(words(cite.get("suffix", ""))),
    )


# ---------------------------------------------------------------------------------------------------------------- names

# fmt: off
_FAMILIES = (
    "Hansen", "Olsen", "Dahl", "Berg", "Eng", "Gran", "Lie", "Moe", "Aas", "Ås", "Ødegård", "Østby", "Æsøy", "Aarre",
    "Bakke-Lie", "Haugen", "Vik", "Bø", "Öberg", "Ärlig", "Müller",
)
_GIVENS = (
    "Anne", "Anders", "Anne-Berit", "Jan-Erik", "Jan Erik", "J. E.", "J.E.", "Bjørn", "Bente", "B.", "Camilla",
    "Øyvind", "Åse", "Per Åge", "Per", "Pia", "Eva Marie", "E. M.", "É.",
)
# fmt: on
_PARTICLES: Sequence[Mapping[str, str]] = (
    {"non-dropping-particle": "von"},
    {"non-dropping-particle": "van der"},
    {"non-dropping-particle": "de"},
    {"dropping-particle": "von"},
    {"dropping-particle": "de"},
)
_GROUPS = (
    "KS",
    "Nordland fylkeskommune",
    "Nordre Follo kommune",
    "Helsedirektoratet",
    "Statistisk sentralbyrå",
    "Kommunal- og distriktsdepartementet, Avdeling for forvaltning, styring og tjenester i kommunesektoren",
    "Aa kommune",
    "OECD",
    "8-åringene",
)
_TITLES = (
    "Samhandling i kommunene",
    "Samhandling i fylkene",
    "Årsrapport",
    "Aarsmelding",
    "Om «varme hender»",
    'Hva er "kvalitet"?',
    "Hvem har makten?",
    "Se opp!",
    "<i>Homo ludens</i> i skolen",
    "Fra <i>Ibsen</i> til Fosse",
    "10 år etter",
    "9 år etter",
    "2010-tallet",
    "øyer i nord",
    "Ære være",
    "En studie av E. coli",
    "Kommune og stat: roller og ansvar",
    "The long road",
    "Énquete om skole",
)
_YEARS = (2009, 2010, 2010, 2011, 2012)


# ---------------------------------------------------------------------------------------------------------------- works


class _Maker:
    """Makes works and citations from one source of chance."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._families = chance.sample(_FAMILIES, 5)
        self._givens = chance.sample(_GIVENS, 5)
        self._groups = chance.sample(_GROUPS, 3)
        self._titles = chance.sample(_TITLES, 8)

    def _often(self, share: float) -> bool:
        return self._chance.random() < share

    def _one(self, several: Sequence[Any]) -> Any:
        return self._chance.choice(several)

    def work(self, key: str) -> Item:
        kind = self._one(list(_KINDS))
        made: Item = {"id": key, "type": kind, "title": self._one(self._titles), **_KINDS[kind](self)}
        if self._often(0.85):
            made["author"] = self._authors()
        elif self._often(0.3):
            made["editor"] = self._authors()
        if self._often(0.93):
            made["issued"] = self._date()
        if self._often(0.05):
            made["title-short"] = made["title"].split(":")[0].split(" <")[0]
        return made

    def _authors(self) -> list[Item]:
        if self._often(0.15):
            return [{"literal": self._one(self._groups)}, *([self._person()] if self._often(0.1) else [])]
        count = self._one((1, 1, 1, 1, 2, 2, 3, 3, 4, 5, 7))
        if self._often(0.03):
            count = self._one((19, 20, 21, 22, 25))
        first = [self._person() for _ in range(count)]
        return first + ([{"literal": self._one(self._groups)}] if self._often(0.04) else [])

    def _person(self) -> Item:
        name: Item = {"family": self._one(self._families), "given": self._one(self._givens)}
        if self._often(0.06):
            name |= self._one(_PARTICLES)
        if self._often(0.03):
            name["suffix"] = self._one(("jr.", "III"))
        if self._often(0.02):
            name["family"] = name["family"].lower()
        if self._often(0.02):
            del name["given"]
        return name

    def _date(self) -> Item:
        year = self._one(_YEARS)
        kinds: Sequence[tuple[float, Item]] = (
            (0.04, {"literal": self._one(("våren 2010", "i trykk", "udatert"))}),
            (0.08, {"date-parts": [[year], [year + self._one((1, 2))]]}),
            (0.11, {"date-parts": [[year]], "circa": True}),
            (0.13, {"date-parts": [[year]], "season": self._one((1, 2, 3, 4))}),
            (0.14, {"date-parts": [[self._one((-44, -350, 120))]]}),
            (0.35, {"date-parts": [[year, self._one((3, 4, 11)), self._one((1, 7, 19))]]}),
            (0.40, {"date-parts": [[year, 5]]}),
            (1, {"date-parts": [[year]]}),
        )
        chance = self._chance.random()
        return next(date for limit, date in kinds if chance < limit)

    def container(self) -> str:
        return str(self._one(("Tidsskrift for velferd", "Plan og by", "Festskrift")))

    def pages(self) -> str:
        return str(self._one(("12-34", "101-9", "7", "e12", "S1-S9")))

    def publisher(self) -> Item:
        return {"publisher": self._one(("Universitetsforlaget", "Gyldendal", "KS"))} if self._often(0.9) else {}

    def web(self) -> Item:
        number = self._chance.randrange(900)
        made: Item = {"URL": f"https://example.org/{number}"} if self._often(0.6) else {}
        if made and self._often(0.5):
            made["accessed"] = {"date-parts": [[2022, self._one((1, 5, 10)), self._one((1, 4, 30))]]}
        if self._often(0.2):
            made["DOI"] = f"10.1000/{number}"
        return made

    def edition(self) -> Item:
        return {"edition": self._one(("2", "3", "rev. utg."))} if self._often(0.3) else {}

    def editors(self) -> Item:
        return {"editor": [self._person() for _ in range(self._one((1, 2, 3)))]} if self._often(0.7) else {}

    def issue(self) -> Item:
        made: Item = {"volume": str(self._chance.randrange(1, 40))} if self._often(0.8) else {}
        return made | ({"issue": self._one(("1", "2-3", "4"))} if self._often(0.7) else {})

    # ------------------------------------------------------------------------------------------------------- citations

    def cluster(self, items: Sequence[Item]) -> Cited:
        cites = [self._cite(self._one(items)) for _ in range(self._one((1, 1, 1, 2, 2, 3, 4, 6)))]
        if self._often(0.15):
            cites.append(self._cite(self._one(self._by_the_same(items, cites[0]["id"]))))
        if self._often(0.04):
            cites.append(self._cite(next(item for item in items if item["id"] == cites[0]["id"])))
        if self._often(0.1):
            plain = {name: cites[0][name] for name in ("id", "locator", "label") if name in cites[0]}
            return {"items": [plain], "mode": "composite"}
        return {"items": cites}

    def _by_the_same(self, items: Sequence[Item], key: str) -> list[Item]:
        authors = next(item.get("author") for item in items if item["id"] == key)
        return [item for item in items if item.get("author") == authors]

    def _cite(self, item: Item) -> Cited:
        made: Cited = {"id": item["id"]}
        if self._often(0.25):
            made |= self._one(_PLACES)
        if self._often(0.07):
            made["prefix"] = self._one(("se ", "jf. ", "se også ", "f.eks. "))
        if self._often(0.06):
            made["suffix"] = self._one((" og mer", ", min utheving", " mfl.", ", upaginert"))
        if self._often(0.07):
            made["suppress-author"] = True
        return made


_PLACES: Sequence[Mapping[str, str]] = (
    {"locator": "7", "label": "page"},
    {"locator": "12-14", "label": "page"},
    {"locator": "88, 91", "label": "page"},
    {"locator": "7, 12-14", "label": "page"},
    {"locator": "iv-vi", "label": "page"},
    {"locator": "101-109", "label": "page"},
    {"locator": "3", "label": "chapter"},
    {"locator": "3-4", "label": "chapter"},
    {"locator": "2", "label": "paragraph"},
    {"locator": "7", "label": "section"},
    {"locator": "4", "label": "figure"},
    {"locator": "5", "label": "table"},
    {"locator": "1", "label": "volume"},
    {"locator": "2", "label": "part"},
    {"locator": "12", "label": "verse"},
    {"locator": "3", "label": "note"},
    {"locator": "9", "label": "line"},
    {"locator": "2", "label": "column"},
    {"locator": "4", "label": "issue"},
)

_KINDS: Mapping[str, Callable[[_Maker], Item]] = {
    "book": lambda m: m.publisher() | m.edition() | m.web(),
    "report": lambda m: m.publisher() | m.web() | {"genre": "Rapport", "number": "3/2011"},
    "chapter": lambda m: m.publisher() | m.editors() | {"container-title": m.container(), "page": m.pages()},
    "article-journal": lambda m: m.issue() | m.web() | {"container-title": m.container(), "page": m.pages()},
    "article-newspaper": lambda m: m.web() | {"container-title": "Nordlys", "page": m.pages()},
    "article-magazine": lambda m: m.issue() | m.web() | {"container-title": m.container()},
    "webpage": lambda m: m.web() | {"container-title": "Regjeringen.no"},
    "thesis": lambda m: m.publisher() | m.web() | {"genre": "masteroppgave"},
    "paper-conference": lambda m: m.publisher() | {"container-title": m.container(), "page": m.pages()},
    "entry-encyclopedia": lambda m: m.web() | {"container-title": "Store norske leksikon"},
    "legislation": lambda m: m.web() | {"number": "LOV-2010-06-24-29"},
    "motion_picture": lambda m: m.publisher() | {"genre": "film"},
    "broadcast": lambda m: m.publisher() | m.web() | {"medium": "podkast"},
    "dataset": lambda m: m.publisher() | m.web() | {"version": "2"},
}
