"""Invented prose in bokmål and nynorsk, from a seed: a small grammar over words as long as Norwegian words are.

The same seed gives the same text in both forms of Norwegian, sentence by sentence.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

_GRAMMAR = """
kommunen; kulturskolen/kulturskulen; kommunestyret; prosjektgruppen/prosjektgruppa; rektor; lærerne i
kulturskolen/lærarane i kulturskulen; ungdomsrådet; lederne for barnehagene/leiarane for barnehagane;
skolefritidsordningen/skulefritidsordninga; biblioteket; arbeidsgruppen for medvirkning/arbeidsgruppa for medverknad;
foreldrene/foreldra; nabokommunene/nabokommunane; helsesykepleieren/helsesjukepleiaren; utvalget for oppvekst/utvalet
for oppvekst; korpset og koret; de frivillige/dei frivillige; planleggerne/planleggjarane; elevene på
mellomtrinnet/elevane på mellomtrinnet; folkehelsekoordinatoren; sykehjemmet/sjukeheimen; frivilligsentralen; læreren
med ansvar for dans/læraren med ansvar for dans; rådhuset; bygdelagene/bygdelaga
|
drøftet/drøfta; prøvde ut; la fram; vurderte; kartla; ba om/bad om; samordnet/samordna; planla; fant fram til/fann
fram til; utviklet/utvikla; stilte spørsmål ved; tok ansvar for; satte av tid til/sette av tid til; skrev ned/skreiv
ned; viste fram; beskrev/beskreiv; støttet/støtta; gikk gjennom/gjekk gjennom; oppsummerte; kom tilbake til
|
et bredere tilbud/eit breiare tilbod; nye møteplasser/nye møteplassar; en felles tiltaksplan/ein felles tiltaksplan;
åpne verksteder/opne verkstader; rutinene for samarbeid/rutinane for samarbeid; ventelistene/ventelistene; bruken av
lokalene/bruken av lokala; en årlig erfaringsdag/ein årleg erfaringsdag; gruppetimene/gruppetimane; barnas egne
forslag/framlegga frå barna; et fast oppdrag/eit fast oppdrag; handlingsdelen i planen; overgangen til
ungdomsskolen/overgangen til ungdomsskulen; søknaden om midler/søknaden om midlar; konserter på sykehjemmet/konsertar
på sjukeheimen; en lærende organisasjon/ein lærande organisasjon; det som ikke gikk som planlagt/det som ikkje gjekk
som planlagt; rådene fra ungdommene/råda frå ungdomane; kompetansen i lærergruppen/kompetansen i lærargruppa; de små
forsøkene/dei små forsøka; forventningene til prosjektet/forventingane til prosjektet; tilbudet i de minste
bygdene/tilbodet i dei minste bygdene
|
i løpet av våren; etter den andre samlingen/etter den andre samlinga; sammen med fritidsklubben/saman med
fritidsklubben; for første gang/for første gong; i alle deler av kommunen/i alle delar av kommunen; høsten
2021/hausten 2021; uten at det kostet mer/utan at det kosta meir; på et åpent møte i kulturhuset/på eit ope møte i
kulturhuset; på bakgrunn av samtaler med elevene/på bakgrunn av samtalar med elevane; hver tredje uke/kvar tredje
veke; i tråd med kommuneplanens samfunnsdel/i tråd med samfunnsdelen i kommuneplanen; gjennom hele skoleåret/gjennom
heile skuleåret; på tvers av tjenestene/på tvers av tenestene; før budsjettet ble vedtatt/før budsjettet vart vedteke;
da prosjektet var halvveis/då prosjektet var halvvegs; med hjelp fra veilederne/med hjelp frå rettleiarane
|
fordi mange savnet det/fordi mange sakna det; slik at flere kunne delta/slik at fleire kunne delta; noe som overrasket
de fleste/noko som overraska dei fleste; men det tok tid; og det ga resultater/og det gav resultat; selv om det var
lite penger/sjølv om det var lite pengar; der avstandene er store/der avstandane er store; og ansvaret ble
tydeligere/og ansvaret vart tydelegare; som andre også har erfart/som andre òg har erfart; uten å vente på flere
vedtak/utan å vente på fleire vedtak; og barna merket forskjell/og barna merka skilnad; for ellers ville lite ha
skjedd/for elles ville lite ha hendt; før noen hadde bestemt hvordan/før nokon hadde avgjort korleis
|
samarbeid; medvirkning/medverknad; ledelse/leiing; forankring; tilbud/tilbod; økonomi; organisering; læring;
erfaringer/erfaringar; roller; tiltak; ressurser/ressursar; kompetanse; møteplasser/møteplassar; nettverk; evaluering;
framdrift; samskaping; oppvekst; frivillighet/friviljug innsats; lokaler/lokale; forventninger/forventingar; ansvar;
planer/planar
"""
"""Who; does; what; when and where; and so on; nouns. After a slash: what it is in nynorsk."""

AND = {"nb": "og", "nn": "og"}


@cache
def _words(lang: str) -> tuple[tuple[str, ...], ...]:
    at = {"nb": 0, "nn": -1}[lang]
    return tuple(
        tuple(" ".join(pair.split()).split("/")[at] for pair in words.split(";")) for words in _GRAMMAR.split("|")
    )


@dataclass(frozen=True, slots=True)
class Author:
    """Writes Markdown in one form of Norwegian."""

    chance: random.Random
    lang: str

    def sentence(self) -> str:
        who, does, what, when, more, _ = _words(self.lang)
        out = " ".join(self.chance.choice(words) for words in (who, does, what, when))
        more_of_it = f", {self.chance.choice(more)}" if self.chance.random() < 0.6 else ""
        return f"{out[0].upper()}{out[1:]}{more_of_it}."

    def paragraph(self, sentences: int = 4, ending: str = "") -> str:
        """Sentences, now and then with emphasis; the ending (a citation, a note) is put before the last full stop."""
        out = [self._emphasised(self.sentence()) for _ in range(sentences)]
        return f"{' '.join(out)[:-1]}{ending}."

    def paragraphs(self, count: int, sentences: int = 4) -> str:
        return "\n\n".join(self.paragraph(sentences) for _ in range(count))

    def bullets(self, count: int, mark: str = "-") -> str:
        return "\n".join(f"{mark} {self.sentence()}" for _ in range(count))

    def nouns(self, count: int) -> str:
        chosen = self.chance.sample(_words(self.lang)[5], count)
        return " ".join([", ".join(chosen[:-1]), AND[self.lang], chosen[-1]]) if count > 1 else chosen[0]

    def title(self) -> str:
        return self.nouns(2).capitalize()

    def choose(self, bokmal: str, nynorsk: str) -> str:
        return bokmal if self.lang == "nb" else nynorsk

    def _emphasised(self, sentence: str) -> str:
        drawn, words = self.chance.random(), sentence.split(" ")
        if drawn > 0.2:
            return sentence
        sign, at = "*" if drawn < 0.14 else "**", 2
        return " ".join(
            [*words[:at], f"{sign}{words[at].rstrip(',')}{sign}{',' * words[at].endswith(',')}", *words[3:]]
        )


def citations(chance: random.Random, keys: Sequence[str]) -> Iterator[str]:
    """Citations without end, in every shape that editors use; each work comes before any comes again."""
    while True:
        left = chance.sample(list(keys), len(keys))
        while len(left) > 3:
            one, two = left.pop(), left.pop()
            yield f" [@{one}, s. {chance.randint(2, 180)}]"
            yield f" [@{two}; @{left[0]}]"
            yield f" [se @{left.pop()}, kap. {chance.randint(2, 9)}]"
