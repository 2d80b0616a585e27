"""Word's own citations: CITATION fields (ECMA-376 part 1, 17.16.5.8), a BIBLIOGRAPHY field (17.16.5.5), and sources."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from rapportbygger.cited import Citations, CitedWork
from rapportbygger.language import language
from rapportbygger.write.docx import ooxml_citations
from rapportbygger.write.docx.citation_fields import Program, Shown
from rapportbygger.write.docx.package import Parts
from rapportbygger.write.docx.word_sources import source, tags

_LCID: Mapping[str, int] = {"nb": 1044, "nn": 2068, "en": 2057}
"""Word's numbers for languages (MS-LCID)."""
_NORWEGIAN = {
    "act": "akt",
    "appendix": "vedlegg",
    "article-locator": "art.",
    "book": "bok",
    "canon": "kanon",
    "chapter": "kap.",
    "column": "sp.",
    "elocation": "sted",
    "equation": "likning",
    "figure": "fig.",
    "folio": "fol.",
    "issue": "nr.",
    "line": "linje",
    "note": "note",
    "opus": "op.",
    "paragraph": "avsn.",
    "part": "del",
    "rule": "regel",
    "scene": "scene",
    "section": "§",
    "sub-verbo": "s.v.",
    "supplement": "tillegg",
    "table": "tabell",
    "verse": "vers",
    "version": "versjon",
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "nb": _NORWEGIAN,
    "nn": _NORWEGIAN | {"elocation": "stad", "rule": "regel", "version": "versjon"},
    "en": {
        "appendix": "app.",
        "article-locator": "art.",
        "chapter": "chap.",
        "column": "col.",
        "elocation": "loc.",
        "equation": "eq.",
        "figure": "fig.",
        "folio": "fol.",
        "issue": "no.",
        "line": "line",
        "note": "note",
        "opus": "op.",
        "paragraph": "para.",
        "part": "pt.",
        "section": "sec.",
        "sub-verbo": "s.v.",
        "supplement": "supp.",
        "table": "table",
        "verse": "v.",
        "version": "version",
    },
}
"""What stands before a place in a work where Word has no switch for it (it has for pages and volumes)."""
_WITHOUT_WORD = ("timestamp", "title-locator")


def program(citations: Citations, lang: str) -> Program:
    """What Word needs to go on citing in a document in nb, nn or en."""
    names = tags(citations.works)
    lcid = _LCID[language(lang)]
    return Program(
        instruction=lambda shown: instruction(shown, names, lang),
        list_instruction=f"BIBLIOGRAPHY \\l {lcid}",
        parts=partial(_with_sources, citations=citations, names=names, lang=lang),
        controls=True,
    )


def instruction(shown: Shown, names: Mapping[str, str], lang: str) -> str:
    """What a CITATION field says: «CITATION Til06 \\p 7 \\l 1044 \\m KS18 \\f "jf. "».

    Each switch is about the work named last before it (MS-OI29500, 2.1.464). Where the author is left out (\\n), so is
    the title (\\t): Word's styles would show it in the author's place.
    """
    first, *others = shown.works
    said = f"CITATION {names[first.key]}{_switches(first, lang, apart=shown.in_text)} \\l {_LCID[language(lang)]}"
    return said + "".join(f" \\m {names[work.key]}{_switches(work, lang)}" for work in others)


def _switches(work: CitedWork, lang: str, *, apart: bool = False) -> str:
    """The switches for one work. `apart` says that its author stands before the field."""
    pages = work.locator if work.label == "page" else ""
    volume = work.locator if work.label == "volume" else ""
    switches = [
        ("f", f"{work.prefix.rstrip()} " if work.prefix.strip() else ""),
        ("p", pages),
        ("v", volume),
        ("s", _suffix(work, lang)),
    ]
    left_out = " \\n \\t" if apart or work.form == "SuppressAuthor" else ""
    return "".join(f" \\{letter} {_argument(text)}" for letter, text in switches if text) + left_out


def _suffix(work: CitedWork, lang: str) -> str:
    """What Word is to write behind the work: a place that it has no switch for, and what the author has written."""
    own = work.suffix.rstrip()
    own = f" {own}" if own[:1].isalnum() else own
    if not work.locator or work.label in ("page", "volume"):
        return own
    word = "" if work.label in _WITHOUT_WORD else _WORDS[language(lang)].get(work.label, work.label)
    return f", {word}\u00a0{work.locator}{own}" if word else f", {work.locator}{own}"


def _argument(text: str) -> str:
    """A text as a field's argument: in quotation marks where it is not one word (17.16.1)."""
    if re.fullmatch(r"[\w.:–-]+", text):
        return text
    return '"' + re.sub(r'(["“”„\\])', r"\\\1", text) + '"'


def _with_sources(parts: Parts, citations: Citations, names: Mapping[str, str], lang: str) -> dict[str, bytes]:
    order = _order(tuple(citations.clusters.values()))
    every = [source(work, names[key], order.get(key, 0), lang) for key, work in citations.works.items()]
    data = ooxml_citations.sources(every)
    return ooxml_citations.with_sources(parts, data, f"{{{str(uuid5(NAMESPACE_URL, data.decode())).upper()}}}")


def _order(clusters: Sequence[Sequence[CitedWork]]) -> dict[str, int]:
    """The place of every work among those cited, by where each is first."""
    keys = dict.fromkeys(work.key for cluster in clusters for work in cluster)
    return {key: at for at, key in enumerate(keys, 1)}
