"""What depends on the whole document: on random corpora dense in ambiguity, it is what citeproc-js makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from corpora import Cited, Corpus, corpus
from judges import citeproc
from judges.citeproc import Judged, as_html
from rapportbygger.resolve.citations import csl
from rapportbygger.resolve.citations.clusters import Formatted
from rapportbygger.resolve.citations.engines import CITEPROC_PY, Task, Tools, format_citations

SEEDS = range(101, 109)
NOTHING = "[NO_PRINTED_FORM]"
"""What citeproc-js writes in running text for the author of a work that has none: ours is its title."""


@cache
def compared() -> tuple[tuple[Corpus, Formatted, Judged], ...]:
    citeproc.require()
    made = [corpus(seed, ("nb", "nn")[seed % 2]) for seed in SEEDS]
    judged = citeproc.citeproc_js(one.job(str(csl.OWN)) for one in made)
    return tuple((one, ours(one), theirs) for one, theirs in zip(made, judged, strict=True))


def ours(made: Corpus) -> Formatted:
    style, _problems = csl.read(None)
    return format_citations(Task(made.cited(), made.references(), style, made.lang), Tools(), CITEPROC_PY)


def clusters() -> Iterator[tuple[Corpus, Cited, str, str]]:
    for made, formatted, judged in compared():
        for cluster, text, theirs in zip(made.clusters, formatted.clusters, judged.clusters, strict=True):
            yield made, cluster, as_html(text), theirs


def in_doubt(made: Corpus, cluster: Cited, theirs: str) -> bool:
    """Whether citeproc-js has no one answer.

    It puts several works without authors together, unless something that is cited later makes it write the citation
    again: then each has its own place. Ours have their own place always (CSL 1.0.2, cite grouping: names only).
    """
    works = made.references()
    return NOTHING in theirs or len({cite["id"] for cite in cluster["items"] if "author" not in works[cite["id"]]}) > 1


def share(pairs: Sequence[tuple[str, str]]) -> float:
    return sum(one == other for one, other in pairs) / len(pairs)


def test_citations_are_those_of_citeproc_js() -> None:
    settled = [(text, theirs) for made, cluster, text, theirs in clusters() if not in_doubt(made, cluster, theirs)]
    assert len(settled) > 500
    assert share(settled) >= 0.995


def test_the_works_in_the_other_citations_are_the_same() -> None:
    doubtful = [(text, theirs) for made, cluster, text, theirs in clusters() if in_doubt(made, cluster, theirs)]
    ordered = [(parts(text), parts(theirs)) for text, theirs in doubtful if NOTHING not in theirs]
    assert ordered
    assert share(ordered) >= 0.99


def parts(text: str) -> str:
    return "; ".join(sorted(text.strip("()").split("; ")))


def test_the_list_is_in_the_same_order() -> None:
    for _made, formatted, judged in compared():
        assert [entry.key for entry in formatted.entries] == list(judged.keys)


def test_entries_are_those_of_citeproc_js() -> None:
    pairs = [
        (as_html(entry.inlines), theirs)
        for _made, formatted, judged in compared()
        for entry, theirs in zip(formatted.entries, judged.entries, strict=True)
    ]
    assert share(pairs) >= 0.995


def test_the_same_seed_gives_the_same_corpus() -> None:
    assert corpus(7) == corpus(7)
    assert corpus(7) != corpus(8)
